"""The whole record as one schema.org DataFeed of ClaimReviews, in a stream."""

from collections.abc import Iterator

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from claims import claimreview, exporting, slots
from claims.freshness import present
from claims.moments import Moment
from claims.pages.feed import FeedView
from claims.selection import Selection

CHUNK = 64 * 1024  # bytes


class ClaimReviewFeedView(FeedView):
    """Every claim that has a verdict or was retracted, newest publication first. It is an export like others."""

    content_type = claimreview.MEDIA_TYPE

    def get(self, request: HttpRequest) -> HttpResponseBase:
        try:
            chunks = slots.in_one(in_chunks(data_feed(Selection(present(request) or Moment.now()))))
        except slots.AllTaken as full:
            return later(full)
        return StreamingHttpResponse(chunks, content_type=self.content_type)

    def head(self, request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse((), content_type=self.content_type)


def later(full: slots.AllTaken) -> HttpResponse:
    headers = {"Retry-After": str(full.retry_after), "Cache-Control": "no-store"}
    return HttpResponse(f"{full}\n", content_type="text/plain; charset=utf-8", status=429, headers=headers)


def data_feed(selection: Selection) -> Iterator[bytes]:
    """The feed's JSON in pieces."""
    items = feed_items(selection)
    first = next(items, None)
    yield orjson.dumps(_head(first))[:-1] + b',"dataFeedElement":['
    if first:
        yield orjson.dumps(first)
    for item in items:
        yield b"," + orjson.dumps(item)
    yield b"]}"


def feed_items(selection: Selection) -> Iterator[claimreview.Json]:
    for batch in exporting.documents(selection):
        yield from (claimreview.feed_item(doc) for doc in map(orjson.loads, batch) if claimreview.is_in_feed(doc))


def in_chunks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces: each is written to the network on its own."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    if waiting:
        yield b"".join(waiting)


def _head(newest: claimreview.Json | None) -> claimreview.Json:
    head = {
        "@context": claimreview.CONTEXT,
        "@type": "DataFeed",
        "@id": settings.SITE_URL + reverse("pages:claimreview-feed"),
        "name": settings.SITE_NAME,
        "publisher": claimreview.publisher(),
    }
    return head | {"dateModified": newest["dateModified"]} if newest else head
