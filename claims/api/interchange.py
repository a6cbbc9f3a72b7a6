"""The public record in other houses' words: schema.org ClaimReview and W3C Web Annotation."""

from typing import Any

import orjson
from django.http import HttpResponse
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from claims import annotations, claimreview
from claims.api import linked_data
from claims.api.base import PublicView
from claims.models.article import Article
from claims.models.publication import PublishedClaim


class LinkedDataView(PublicView):
    """JSON-LD of ``media_type``, described by ``described``. The ``queryset`` has what the address names."""

    schema = linked_data.LinkedData()
    media_type: str
    described: dict[str, Any]

    def get(self, request: Request, pk: int) -> HttpResponse:
        return HttpResponse(orjson.dumps(self.find(pk)), content_type=self.media_type)

    def find(self, pk: int) -> dict[str, Any]:
        """What is at this address; raises NotFound."""
        raise NotImplementedError


class ClaimReviewView(LinkedDataView):
    """A claim's verdict as schema.org ClaimReview. A listing has none, nor has a verdict that was retracted."""

    queryset = PublishedClaim.objects.public()
    media_type = claimreview.MEDIA_TYPE
    described = linked_data.CLAIM_REVIEW

    def find(self, pk: int) -> dict[str, Any]:
        for text in self.queryset.filter(pk=pk).values_list("publication__document", flat=True):
            if review := claimreview.claim_review(orjson.loads(text)):
                return review
        raise NotFound


class AnnotationsView(LinkedDataView):
    """An article's published claims as W3C Web Annotations, in its order and on one page, but for those retracted."""

    queryset = Article.objects.public()
    media_type = annotations.MEDIA_TYPE
    described = linked_data.ANNOTATION_PAGE

    def find(self, pk: int) -> dict[str, Any]:
        in_order = PublishedClaim.objects.public().filter(article=pk).order_by("quote_start", "ordinal")
        documents = [orjson.loads(stored) for stored in in_order.values_list("publication__document", flat=True)]
        for text in self.queryset.filter(pk=pk).values_list("text", flat=True):
            return annotations.annotation_page(pk, text, documents)
        raise NotFound
