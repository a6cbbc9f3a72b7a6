"""Questions asked of the models, in words. ``public`` is the one rule of what readers and partners may see."""

from django.apps import apps
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce


def published() -> models.QuerySet:
    return apps.get_model("claims", "PublishedClaim").objects.public()


class ArticleQuerySet(models.QuerySet):
    def public(self) -> "ArticleQuerySet":
        """Articles with at least one published claim."""
        return self.filter(Exists(published().filter(article=OuterRef("pk"))))


class SpeakerQuerySet(models.QuerySet):
    def public(self) -> "SpeakerQuerySet":
        """Speakers of a published claim, and those whose words one passes on."""
        spoke = Exists(published().filter(speaker=OuterRef("pk")))
        relayed = Exists(published().filter(relays=OuterRef("pk")))
        return self.filter(spoke | relayed)

    def current(self) -> "SpeakerQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into=None)


class TopicQuerySet(models.QuerySet):
    def public(self) -> "TopicQuerySet":
        """Topics of a published claim."""
        return self.filter(Exists(published().filter(topics__contains=[OuterRef("slug")])))


class RatingQuerySet(models.QuerySet):
    def public(self) -> "RatingQuerySet":
        """The whole scale: readers are owed the ratings that were not given too."""
        return self


class ClaimQuerySet(models.QuerySet):
    def for_document(self) -> "ClaimQuerySet":
        """Claims with everything that their documents hold."""
        return self.select_related(
            "article__outlet",
            "speaker",
            "relays",
            "assessment__rating",
            "assessment__author",
        ).prefetch_related("topics", "evidence__source__publisher", "contacts")


def _journal() -> models.QuerySet:
    """The history's copy of each ledger entry, without its document."""
    return apps.get_model("claims", "PublicationEvent").objects.all()


class PublicationQuerySet(models.QuerySet):
    def of(self, claim_id: int) -> "PublicationQuerySet":
        """A claim's versions, oldest first."""
        return self.filter(claim_id=claim_id).order_by("version")

    def newest(self) -> "PublicationQuerySet":
        """The newest version of each claim."""
        later = self.model._default_manager.filter(claim=OuterRef("claim"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later))

    def with_journal(self) -> "PublicationQuerySet":
        """Annotate each entry with whether its columns are those it was entered with (``as_entered``)."""
        columns = ("sequence", "claim", "version", "kind", "note", "hash", "published_by", "published_at")
        journal = (
            _journal()
            .alias(approved=Coalesce("approval_id", 0))
            .filter(pgh_obj=OuterRef("pk"), approved=Coalesce(OuterRef("approval_id"), 0))
            .filter(**{column: OuterRef(column) for column in columns})
        )
        return self.annotate(as_entered=Exists(journal))

    def last_entered(self) -> int:
        """The highest sequence that the history knows of; 0 in an empty ledger."""
        return _journal().aggregate(last=Max("sequence"))["last"] or 0

    def with_approver(self) -> "PublicationQuerySet":
        return self.select_related("approval__reviewer")


class PublishedClaimQuerySet(models.QuerySet):
    def public(self) -> "PublishedClaimQuerySet":
        """All that was ever published: a retracted claim keeps its page, its history and its reason."""
        return self

    def with_document(self) -> "PublishedClaimQuerySet":
        return self.annotate(document=F("publication__document"))

    def involving(self, speaker_id: int) -> "PublishedClaimQuerySet":
        """Claims that a speaker made or whose words they pass on."""
        return self.filter(Q(speaker=speaker_id) | Q(relays=speaker_id))

    def matching(self, words: str) -> "PublishedClaimQuerySet":
        """Claims with these words, in web search syntax; accents and English endings do not matter."""
        query = SearchQuery(words)
        query.function = "claims_search_query"
        return self.filter(search=query)

    def newest_first(self) -> "PublishedClaimQuerySet":
        """By the time of their latest publication."""
        return self.order_by("-publication")


def public_sources() -> models.QuerySet:
    """Sources that evidence of a published claim came from."""
    source = apps.get_model("sources", "Source")
    return source.objects.filter(Exists(published().filter(sources__contains=[OuterRef("pk")])))
