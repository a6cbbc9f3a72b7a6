"""The record as files: whole, or as much of it as meets the filters of the list of claims."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from claims import exporting, freshness, slots
from claims.api import schema, selected
from claims.api.base import GivenFilters, PublicView
from claims.filters import ClaimFilter
from claims.moments import Moment
from claims.selection import Selection


class ExportView(PublicView):
    """A file is of the moment when it was asked for, and sent while it is made."""

    noun = "claims"
    ending: str
    media_type: str

    def file(self, moment: Moment, chunks: Iterator[bytes]) -> StreamingHttpResponse:
        name = f"{self.noun}-{exporting.stamp(moment)}.{self.ending}"
        return StreamingHttpResponse(
            () if self.request.method == "HEAD" else in_a_slot(chunks),
            content_type=self.media_type,
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )


class ClaimsView(ExportView):
    filter_backends = (GivenFilters,)
    filterset_class = ClaimFilter

    def known_parameters(self) -> set[str]:
        return {*self.filterset_class.base_filters, "as_of"}

    def selection(self, request: Request) -> Selection:
        time = selected.read_as_of(request)
        moment = Moment.at(time) if time else freshness.present(request)
        return GivenFilters().filter_queryset(request, Selection(moment), self)


class ClaimLinesView(ClaimsView):
    """Every claim's document on a line of its own, the latest published first."""

    ending, media_type = "ndjson", "application/x-ndjson"

    @schema.of_export("claims_ndjson", media_type, filters=True)
    def get(self, request: Request) -> StreamingHttpResponse:
        selection = self.selection(request)
        return self.file(selection.moment, exporting.ndjson(selection))


class ClaimTableView(ClaimsView):
    """A line for every claim, the latest published first, with a header.

    An apostrophe stands before what a spreadsheet would take for a formula.
    """

    ending, media_type = "csv", "text/csv; charset=utf-8; header=present"

    @schema.of_export("claims_csv", media_type, filters=True)
    def get(self, request: Request) -> StreamingHttpResponse:
        selection = self.selection(request)
        return self.file(selection.moment, exporting.table(selection))


class ChangesView(ExportView):
    """Every ledger entry on a line of its own, the oldest first."""

    noun, ending, media_type = "changes", "ndjson", "application/x-ndjson"

    @schema.of_export("changes_ndjson", media_type)
    def get(self, request: Request) -> StreamingHttpResponse:
        moment = freshness.present(request) or Moment.now()
        return self.file(moment, exporting.changes(moment))


def in_a_slot(chunks: Iterator[bytes]) -> Iterator[bytes]:
    try:
        return slots.in_one(chunks)
    except slots.AllTaken as full:
        raise Throttled(full.retry_after, str(full)) from None
