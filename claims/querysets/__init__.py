"""Questions asked of the models, in words."""

from claims.querysets.claims import ClaimQuerySet
from claims.querysets.expressions import AnyOf
from claims.querysets.record import PublicationQuerySet, PublishedClaimQuerySet, PublishedVersionQuerySet
from claims.querysets.reference import (
    ArticleQuerySet,
    RatingQuerySet,
    SpeakerQuerySet,
    TopicQuerySet,
    public_outlets,
    public_publishers,
    public_sources,
    site_pages_once_at,
    was_in_the_record,
)
from claims.querysets.words import WordQuerySet

__all__ = [
    "AnyOf",
    "ArticleQuerySet",
    "ClaimQuerySet",
    "PublicationQuerySet",
    "PublishedClaimQuerySet",
    "PublishedVersionQuerySet",
    "RatingQuerySet",
    "SpeakerQuerySet",
    "TopicQuerySet",
    "WordQuerySet",
    "public_outlets",
    "public_publishers",
    "public_sources",
    "site_pages_once_at",
    "was_in_the_record",
]
