"""An article whose text is corrected, and its pages for that."""

from django.urls import reverse

from claims import correcting
from tests.claims import factories

TEXT = (
    "The ministry said on Tuesday that 94 per cent of people were vaccinated, a record in the region.\n\n"
    "“Nobody was left behind,” the minister said. Prisoners came first of all, he added."
)
RECORD = "94 per cent of people were vaccinated"
FIRST = "Prisoners came first of all"


def an_article():
    return factories.article(TEXT)


def address(article, page="correct"):
    return reverse(f"admin:claims_article_{page}", args=[article.pk])


def corrected(article, *change):
    correcting.correct_text(article, article.text.replace(*change), by=factories.user("annotator"))
