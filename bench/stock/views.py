from django.db.models import Prefetch
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.viewsets import ReadOnlyModelViewSet

from bench.stock.serializers import ClaimSerializer
from claims.models import Claim, Publication

PUBLICATIONS = Publication.objects.only("claim_id", "version", "kind", "note", "published_at")


class Pagination(LimitOffsetPagination):
    default_limit = 50


class ClaimViewSet(ReadOnlyModelViewSet):
    queryset = (
        Claim.objects.filter(workflow_status="published")
        .select_related("article__outlet", "speaker", "relays", "assessment__rating")
        .prefetch_related("topics", "evidence__source__publisher", Prefetch("publications", PUBLICATIONS))
        .order_by("-pk")
    )
    serializer_class = ClaimSerializer
    pagination_class = Pagination
