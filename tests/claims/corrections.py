"""An article whose text is corrected, and where its claims’ words are after that."""

from claims import correcting
from claims.models import Article, Claim
from tests.claims import factories

TEXT = (
    "The ministry said on Tuesday that 94 per cent of people were vaccinated, a record in the region.\n\n"
    "“Nobody was left behind,” the minister said. Prisoners came first of all, he added.\n\n"
    "A spokesman added that it had cost the state nothing at all."
)
RECORD = "94 per cent of people were vaccinated"
FIRST = "Prisoners came first of all"
COST = "it had cost the state nothing at all"


def an_article():
    return factories.article(TEXT)


def correct(article, *change, text=None):
    text = Article.objects.get(pk=article.pk).text.replace(*change) if change else text
    return correcting.correct_text(article, text, by=factories.user("annotator"))


def anchor(claim):
    row = Claim.objects.get(pk=claim.pk)
    return row.anchor, row.quote, row.article.text[row.quote_start : row.quote_end]
