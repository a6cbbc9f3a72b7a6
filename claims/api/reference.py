"""Reference data that published claims refer to: articles, speakers, sources, publishers, ratings, topics."""

from typing import Any

from django.db.models import F, Func, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.serializers import BaseSerializer

from claims.api import pagination, serializers
from claims.api.base import PublicViewSet
from claims.models.article import Article
from claims.models.publication import PublishedClaim
from claims.models.rating import Rating
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.querysets import public_publishers, public_sources


def claims(**match: Any) -> QuerySet[PublishedClaim]:
    return PublishedClaim.objects.public().filter(**match)


def number_of(rows: QuerySet) -> Subquery:
    """How many rows there are for each row of the outer query."""
    counted = rows.order_by().annotate(number=Func(F("pk"), function="count", output_field=IntegerField()))
    return Subquery(counted.values("number"))


class ReferenceViewSet(ListModelMixin, RetrieveModelMixin, PublicViewSet):
    pagination_class: Any = pagination.KeysetPagination
    lookup_value_converter = "int"


class ArticleViewSet(ReferenceViewSet):
    """Articles that published claims are from; the detail has the text and the claims, in its order."""

    queryset = (
        Article.objects.public()
        .select_related("outlet")
        .annotate(claim_count=number_of(claims(article=OuterRef("pk"))))
    )
    serializer_class = serializers.ArticleSerializer
    pagination_class = pagination.NewestFirst

    def get_queryset(self) -> QuerySet[Article]:
        if not self.detail:
            return super().get_queryset().defer("text")
        in_order = PublishedClaim.objects.public().order_by("quote_start", "ordinal")
        return super().get_queryset().prefetch_related(Prefetch("published_claims", in_order))

    def get_serializer_class(self) -> type[BaseSerializer]:
        return serializers.ArticleDetailSerializer if self.detail else self.serializer_class


class SpeakerViewSet(ReferenceViewSet):
    """Those who made published claims, and those whose words one passes on.

    The number of one who was merged into another, which older documents have, gives that other.
    """

    queryset = Speaker.objects.public().annotate(
        claim_count=number_of(PublishedClaim.objects.public().involving(OuterRef("pk")))
    )
    serializer_class = serializers.SpeakerSerializer

    def get_object(self) -> Speaker:
        return get_object_or_404(self.get_queryset().one_with(self.kwargs["pk"]))


class SourceViewSet(ReferenceViewSet):
    """What the evidence for published claims comes from."""

    serializer_class = serializers.SourceSerializer

    def get_queryset(self) -> QuerySet:
        number = number_of(claims(sources__contains=[OuterRef("pk")]))
        return public_sources().select_related("publisher").annotate(claim_count=number)


class PublisherViewSet(ReferenceViewSet):
    """Outlets of articles that published claims are from, and publishers of what their evidence comes from."""

    serializer_class = serializers.PublisherSerializer

    def get_queryset(self) -> QuerySet:
        return public_publishers().annotate(
            claim_count=number_of(claims(outlet=OuterRef("pk"))),
            source_count=number_of(public_sources().filter(publisher=OuterRef("pk"))),
        )


class RatingViewSet(ReferenceViewSet):
    """The scale, the best rating first."""

    queryset = Rating.objects.public().annotate(claim_count=number_of(claims(rating=OuterRef("slug"))))
    serializer_class = serializers.RatingSerializer
    pagination_class = pagination.WholeList
    lookup_field = "slug"
    lookup_value_converter = "slug"


class TopicViewSet(ReferenceViewSet):
    """What published claims are about."""

    queryset = Topic.objects.public().annotate(claim_count=number_of(claims(topics__contains=[OuterRef("slug")])))
    serializer_class = serializers.TopicSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"
