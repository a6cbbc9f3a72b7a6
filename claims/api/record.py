"""The public record: documents and ledger entries, served as they are stored."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from claims import freshness
from claims.api import documents, pagination, schema, selected, stored
from claims.api.base import GivenFilters, PublicViewSet
from claims.filters import ClaimFilter
from claims.models.publication import Publication
from claims.moments import Moment
from claims.selection import Selection, version_of


class StoredViewSet(PublicViewSet):
    """Lists and details made of stored text. ``serializer_class`` does not make them: it describes them."""

    pagination_class: type[pagination.StoredPagination]

    def list(self, request: Request, **kwargs: Any) -> HttpResponse:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return stored.page(self.paginator.envelope(), [self.as_json(row) for row in rows])

    def retrieve(self, request: Request, **kwargs: Any) -> HttpResponse:
        for row in self.found(kwargs):
            return stored.response(self.as_json(row))
        raise NotFound

    def found(self, address: dict[str, Any]) -> Sequence[stored.Row]:
        """The row with this address, if there is one."""
        found = self.get_queryset().filter(**{self.lookup_field: address[self.lookup_field]})
        return stored.rows(found.values_list(*self.pagination_class.columns))

    def as_json(self, row: tuple[Any, ...]) -> bytes:
        return stored.entry(row[-len(stored.ENTRY) :])


class ClaimViewSet(StoredViewSet):
    """Every claim as it stands now, or as it stood at a time; the latest published first."""

    serializer_class = documents.Document
    pagination_class = selected.SelectionPagination
    filter_backends = (GivenFilters,)
    filterset_class = ClaimFilter
    lookup_field = "id"
    lookup_value_converter = "int"

    def known_parameters(self) -> set[str]:
        return {"as_of"} if self.detail else super().known_parameters()

    def get_queryset(self) -> Selection:
        return Selection(selected.read_moment(self.request) or freshness.present(self.request))

    @schema.takes_as_of
    def retrieve(self, request: Request, **kwargs: Any) -> HttpResponse:
        return super().retrieve(request, **kwargs)

    def found(self, address: dict[str, Any]) -> Sequence[stored.Row]:
        time = selected.read_as_of(self.request)
        found = version_of(address["id"], Moment.at(time) if time else None)
        for document, version, changed_at in found:
            self.request._request.record_state = freshness.Version(version, changed_at)
            return [(document,)]
        return []

    def as_json(self, row: tuple[Any, ...]) -> bytes:
        return row[-1]


class VersionViewSet(StoredViewSet):
    """A claim's ledger entries, the oldest first."""

    serializer_class = documents.Entry
    pagination_class = pagination.VersionPagination
    lookup_field = "version"
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Publication]:
        return Publication.objects.of(self.kwargs["id"])

    def paginate_queryset(self, queryset: QuerySet[Publication]) -> list[Any]:
        rows = super().paginate_queryset(queryset)
        if not self.paginator.count:
            raise NotFound
        return rows


class ChangeViewSet(StoredViewSet):
    """Every ledger entry after a sequence number, the oldest first: what a partner follows to keep in step."""

    queryset = Publication.objects.all()
    serializer_class = documents.Entry
    pagination_class = pagination.ChangePagination
    lookup_field = "sequence"
    lookup_value_converter = "int"
