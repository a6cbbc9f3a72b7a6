"""An article of which statements are recorded, and what a browser posts to record them."""

from django.urls import reverse

TEXT = "It rained on Monday. He said: “It poured.”\n\nIt rained on 𝒯uesday, and it snowed."
JSON = {"accept": "application/json"}


def page(article):
    return reverse("admin:claims_article_annotate", args=[article.pk])


def statement(article, words="", **fields):
    """What the panel posts for the first place of ``words``."""
    start = article.text.index(words)
    return {
        "start": start,
        "end": start + len(words),
        "quote": words,
        "form": "paraphrase",
        "wording": "It rained.",
        "checkability": "checkable",
        **fields,
    }
