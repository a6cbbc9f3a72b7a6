"""What comes onto the desk: articles, and the statements found in them."""

from collections.abc import Iterable
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from claims.models import Article, Claim, Topic
from claims.refusals import refusals_of_database


def add_article(*, text: str, by: User, **fields: Any) -> Article:
    """Add an article, its text normalised; raises ValidationError naming the fields that are wrong."""
    article = Article(text=text, created_by=by, **fields)
    article.full_clean()
    with pghistory.context(user=by.pk):
        article.save()
    return article


@transaction.atomic
def record_claim(
    article: Article, *, start: int, end: int, by: User, topics: Iterable[Topic] = (), **fields: Any
) -> Claim:
    """Record the statement at ``article.text[start:end]``; raises ValidationError naming what is wrong."""
    if not 0 <= start < end <= len(article.text):
        raise ValidationError(f"The span {start} to {end} does not lie inside the article’s text.")
    claim = Claim(
        article=article,
        quote=article.text[start:end],
        quote_start=start,
        quote_end=end,
        created_by=by,
        **fields,
    )
    claim.full_clean()
    with pghistory.context(user=by.pk), refusals_of_database():
        claim.save()
        claim.topics.set(topics)
    return claim
