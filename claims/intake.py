"""What comes onto the desk: articles, and the statements found in them."""

from collections.abc import Iterable

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from claims import anchoring
from claims.models import Article, Claim, Topic
from claims.refusals import refusals_of_database


def add_article(article: Article, *, by: User) -> Article:
    """Add an article, its text normalised; raises ValidationError naming the fields that are wrong."""
    article.created_by = by
    article.full_clean()
    with pghistory.context(user=by.pk):
        article.save()
    return article


@transaction.atomic
def record_claim(claim: Claim, *, by: User, topics: Iterable[Topic] = ()) -> Claim:
    """Record a statement found in an article; raises ValidationError naming what is wrong.

    ``quote_start`` and ``quote_end`` say where it is; the quote is read from the article.
    """
    start, end, text = claim.quote_start, claim.quote_end, claim.article.text
    if not 0 <= start < end <= len(text):
        raise ValidationError({"quote": f"The span {start} to {end} does not lie inside the article’s text."})
    claim.quote = text[start:end]
    claim.quote_prefix, claim.quote_suffix = anchoring.context(text, start, end)
    claim.created_by = by
    claim.full_clean()
    with pghistory.context(user=by.pk), refusals_of_database():
        claim.save()
        claim.topics.set(topics)
    return claim
