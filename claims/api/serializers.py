"""Reference data: what claims refer to. ``links`` lead on; ``claim_count`` counts published claims."""

from typing import Any

from django.conf import settings
from django.db.models import Field
from rest_framework import serializers as s
from rest_framework.reverse import reverse
from rest_framework.utils.urls import replace_query_param

from claims.api import schema
from claims.api.documents import Outlet, partial_date
from claims.models.article import Article
from claims.models.publication import PublishedClaim
from claims.models.rating import Rating
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.presentation import addresses
from sources.models import Publisher, Source


class Linked(s.ModelSerializer):
    """Adds the addresses of the thing itself, of its claims and, where there is one, of its page."""

    noun: str
    lookup = "pk"

    claim_count = s.IntegerField(read_only=True)
    links = s.SerializerMethodField()

    def build_standard_field(self, field_name: str, model_field: Field) -> tuple[type[s.Field], dict[str, Any]]:
        """Read only, and null where the column is empty, as in documents."""
        field_class, options = super().build_standard_field(field_name, model_field)
        kept = {name: options[name] for name in ("help_text", "choices", "child") if name in options}
        optional = options.get("allow_blank", False) or options.get("allow_null", False)
        return field_class, kept | {"read_only": True, "allow_null": optional}

    def to_representation(self, thing: Any) -> dict[str, Any]:
        return {name: None if value == "" else value for name, value in super().to_representation(thing).items()}

    @schema.links
    def get_links(self, thing: Any) -> dict[str, str]:
        request, key = self.context["request"], getattr(thing, self.lookup)
        claims = reverse("api:claim-list", request=request)
        links = {
            "self": reverse(f"api:{self.noun}-detail", args=[key], request=request),
            "claims": replace_query_param(claims, self.noun, key),
        }
        if page := self.page_of(thing):
            links["page"] = settings.SITE_URL + page
        return links

    def page_of(self, thing: Any) -> str:
        """Empty where there is none."""
        return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else ""


class ClaimOfArticle(s.ModelSerializer):
    links = s.SerializerMethodField()

    class Meta:
        model = PublishedClaim
        fields = ("id", "quote_start", "verification_status", "rating", "links")

    @schema.links
    def get_links(self, claim: PublishedClaim) -> dict[str, str]:
        detail = reverse("api:claim-detail", args=[claim.pk], request=self.context["request"])
        return {"self": detail, "page": settings.SITE_URL + claim.get_absolute_url()}


class ArticleSerializer(Linked):
    noun = "article"
    outlet = Outlet(read_only=True, allow_null=True)
    published_on = partial_date(source="published")

    class Meta:
        model = Article
        fields = (
            "id",
            "title",
            "title_note",
            "url",
            "outlet",
            "byline",
            "published_on",
            "published_on_note",
            "language",
            "limits",
            "claim_count",
            "links",
        )

    @schema.links
    def get_links(self, thing: Article) -> dict[str, str]:
        annotations = reverse("api:article-annotations", args=[thing.pk], request=self.context["request"])
        return super().get_links(thing) | {"annotations": annotations}


class ArticleDetailSerializer(ArticleSerializer):
    claims = ClaimOfArticle(source="published_claims", many=True, read_only=True)

    class Meta(ArticleSerializer.Meta):
        fields = (*ArticleSerializer.Meta.fields, "text", "claims")


class SpeakerSerializer(Linked):
    noun = "speaker"

    class Meta:
        model = Speaker
        fields = ("id", "name", "kind", "same_as", "note", "claim_count", "links")


class SourceSerializer(Linked):
    noun = "source"
    publisher = Outlet(read_only=True, allow_null=True)
    published_on = partial_date(source="published")

    class Meta:
        model = Source
        fields = (
            "id",
            "title",
            "url",
            "publisher",
            "kind",
            "published_on",
            "published_on_note",
            "access",
            "independence",
            "independence_note",
            "claim_count",
            "links",
        )

    def page_of(self, thing: Source) -> str:
        return addresses.source(thing.pk, thing.title)


class PublisherSerializer(Linked):
    """One that published no article has no page."""

    noun = "publisher"
    claim_count = s.IntegerField(read_only=True, help_text="Claims in articles that it published.")
    source_count = s.IntegerField(read_only=True, help_text="Sources that it published.")

    class Meta:
        model = Publisher
        fields = ("id", "name", "url", "same_as", "claim_count", "source_count", "links")

    def page_of(self, thing: Publisher) -> str:
        return addresses.outlet(thing.pk, thing.name) if thing.claim_count else ""  # type: ignore[attr-defined]

    @schema.links
    def get_links(self, thing: Publisher) -> dict[str, str]:
        """``claims`` are those in its articles, ``sourced`` those whose evidence comes from its sources."""
        links = super().get_links(thing)
        claims = reverse("api:claim-list", request=self.context["request"])
        return links | {"claims": replace_query_param(claims, "outlet", thing.pk), "sourced": links["claims"]}


class RatingSerializer(Linked):
    noun = "rating"
    lookup = "slug"

    class Meta:
        model = Rating
        fields = ("slug", "name", "value", "definition", "claim_count", "links")


class TopicSerializer(Linked):
    noun = "topic"
    lookup = "slug"

    class Meta:
        model = Topic
        fields = ("slug", "name", "claim_count", "links")

    def page_of(self, thing: Any) -> str:
        return addresses.topic(thing.slug)
