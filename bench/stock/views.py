from rest_framework.pagination import LimitOffsetPagination
from rest_framework.viewsets import ReadOnlyModelViewSet

from bench.stock.serializers import ClaimSerializer
from claims.models import Claim


class Pagination(LimitOffsetPagination):
    default_limit = 50


class ClaimViewSet(ReadOnlyModelViewSet):
    queryset = (
        Claim.objects.filter(workflow_status="published")
        .select_related("article__outlet", "speaker", "relays", "assessment__rating")
        .prefetch_related("topics", "evidence__source__publisher")
        .defer("article__text")
        .order_by("-pk")
    )
    serializer_class = ClaimSerializer
    pagination_class = Pagination
