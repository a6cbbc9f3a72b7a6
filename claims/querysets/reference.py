"""What claims refer to. ``public`` is the one rule of what readers and partners may see of it."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce

from claims.enums import INTACT, WorkflowStatus
from claims.querysets.expressions import Number, Searched, outer, searched_for
from sources.addresses import AddressKey


def in_the_record(kind: str, key: str = "pk") -> Exists:
    """Whether the ledger has ever spoken of a thing: what was public once keeps its page."""
    return Exists(_facets(kind).filter(value=Cast(OuterRef(key), CharField())))


def was_in_the_record(kind: str, key: str) -> bool:
    """Whether it has spoken of one that may be there no longer."""
    return _facets(kind).filter(value=key).exists()


def _facets(kind: str) -> models.QuerySet:
    return apps.get_model("claims", "Facet").objects.filter(kind=kind)


def site_pages_once_at(slug: str) -> models.QuerySet:
    """Where pages about the newsroom are now that were at an address once, the last first; None of one that is gone."""
    events = apps.get_model("claims", "SitePageEvent").objects.filter(slug=slug).order_by("-pgh_id")
    now = apps.get_model("claims", "SitePage").objects.filter(pk=OuterRef("pgh_obj_id"))
    return events.values_list(Subquery(now.values("slug")), flat=True)[:1]


class NamedQuerySet(models.QuerySet):
    named_by = "name"

    def named(self, words: str) -> Self:
        """Those whose name, or title, has these words."""
        return self.annotate(searched=Searched(self.named_by)).filter(searched=searched_for(words))


class ArticleQuerySet(NamedQuerySet):
    named_by = "title"

    def same_as(self, url: str, text: str) -> "ArticleQuerySet":
        """Articles at this address, however it is spelt, or of this very text; an empty one says nothing."""
        at_address = Q(url_key=AddressKey(models.Value(url))) & ~Q(url_key="")
        return self.filter(at_address | Q(text=text) & ~Q(text=""))

    def with_claim_counts(self) -> "ArticleQuerySet":
        """Annotate each article with ``claim_count``, and ``adrift_count`` of those to be tied to their words again."""
        claims = apps.get_model("claims", "Claim").objects.filter(article=OuterRef("pk")).order_by()
        adrift = claims.exclude(anchor__in=INTACT).exclude(workflow_status=WorkflowStatus.DROPPED)
        return self.annotate(claim_count=_count(claims), adrift_count=_count(adrift))

    def public(self) -> "ArticleQuerySet":
        """Articles that published claims are from."""
        return self.filter(in_the_record("article"))


def _count(rows: models.QuerySet) -> Coalesce:
    counted = rows.values("article").values(count=models.Count("*"))
    return Coalesce(models.Subquery(counted), 0)


class SpeakerQuerySet(NamedQuerySet):
    def public(self) -> "SpeakerQuerySet":
        """Speakers of published claims, and those whose words some pass on, by the names they now go by."""
        heard = in_the_record("speaker")
        was_heard = Exists(self.model._default_manager.filter(heard, merged_into=OuterRef("pk")))
        return self.current().filter(heard | was_heard)

    def current(self) -> "SpeakerQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def one_with(self, speaker_id: Number) -> "SpeakerQuerySet":
        """A speaker, the one they were merged into, and all that were merged into that one."""
        asked = self.model._default_manager.filter(pk=outer(speaker_id))
        lasting = Subquery(asked.order_by().values(lasting=Coalesce("merged_into", "pk")))
        return self.filter(Q(pk=lasting) | Q(merged_into=lasting))


class TopicQuerySet(NamedQuerySet):
    def public(self) -> "TopicQuerySet":
        """Topics that published claims are, or once were, about."""
        return self.filter(in_the_record("topic", "slug"))


class RatingQuerySet(models.QuerySet):
    def public(self) -> "RatingQuerySet":
        """The whole scale: readers are owed the ratings that were not given too."""
        return self


def public_sources() -> models.QuerySet:
    """Sources that evidence of published claims comes, or once came, from."""
    source = apps.get_model("sources", "Source")
    return source.objects.filter(in_the_record("source"))


def public_outlets() -> models.QuerySet:
    """Those who published the article of a published claim."""
    return apps.get_model("sources", "Publisher").objects.filter(in_the_record("outlet"))


def public_publishers() -> models.QuerySet:
    """Those who published the article of a published claim, or a public source."""
    of_source = Exists(public_sources().filter(publisher=OuterRef("pk")))
    return apps.get_model("sources", "Publisher").objects.filter(in_the_record("outlet") | of_source)
