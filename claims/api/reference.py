"""Reference data that published claims refer to: articles, speakers, sources, publishers, ratings, topics."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.serializers import BaseSerializer

from claims import counting
from claims.api import pagination, serializers
from claims.api.base import PublicViewSet
from claims.models.article import Article
from claims.models.publication import PublishedClaim
from claims.models.rating import Rating
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.querysets import public_publishers, public_sources


class ReferenceViewSet(ListModelMixin, RetrieveModelMixin, PublicViewSet):
    """Things with the number of published claims that have them as their ``facet``."""

    pagination_class: Any = pagination.KeysetPagination
    lookup_field = "pk"
    lookup_value_converter = "int"
    facet: str

    def paginate_queryset(self, queryset: QuerySet) -> list[Any]:
        return self.counted(super().paginate_queryset(queryset))

    def get_object(self) -> Any:
        return self.counted([super().get_object()])[0]

    def counted(self, things: list[Any]) -> list[Any]:
        numbers = counting.claims_of(self.facet, {thing: self.names_of(thing) for thing in things})
        for thing in things:
            thing.claim_count = numbers[thing]
        return things

    def names_of(self, thing: Any) -> Iterable[str]:
        """The values by which the facet knows it."""
        return [str(getattr(thing, self.lookup_field))]


class ArticleViewSet(ReferenceViewSet):
    """Articles that published claims are from; the detail has the text and the claims, in its order."""

    queryset = Article.objects.public().select_related("outlet")
    serializer_class = serializers.ArticleSerializer
    pagination_class = pagination.NewestFirst
    facet = "article"

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

    queryset = Speaker.objects.public().prefetch_related("merged")
    serializer_class = serializers.SpeakerSerializer
    facet = "speaker"

    def get_object(self) -> Speaker:
        return self.counted([get_object_or_404(self.get_queryset().one_with(self.kwargs["pk"]))])[0]

    def names_of(self, thing: Speaker) -> Iterable[str]:
        return [str(one.pk) for one in (thing, *thing.merged.all())]


class SourceViewSet(ReferenceViewSet):
    """What the evidence for published claims comes from."""

    serializer_class = serializers.SourceSerializer
    facet = "source"

    def get_queryset(self) -> QuerySet:
        return public_sources().select_related("publisher")


class PublisherViewSet(ReferenceViewSet):
    """Outlets of articles that published claims are from, and publishers of what their evidence comes from."""

    serializer_class = serializers.PublisherSerializer
    facet = "outlet"

    def get_queryset(self) -> QuerySet:
        of_each = public_sources().filter(publisher=OuterRef("pk")).order_by().values("publisher")
        number = Subquery(of_each.annotate(number=Count("pk")).values("number"))
        return public_publishers().annotate(source_count=Coalesce(number, 0))


class RatingViewSet(ReferenceViewSet):
    """The scale, the best rating first."""

    queryset = Rating.objects.public()
    serializer_class = serializers.RatingSerializer
    pagination_class = pagination.WholeList
    lookup_field = "slug"
    lookup_value_converter = "slug"
    facet = "rating"


class TopicViewSet(ReferenceViewSet):
    """What published claims are about."""

    queryset = Topic.objects.public()
    serializer_class = serializers.TopicSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"
    facet = "topic"
