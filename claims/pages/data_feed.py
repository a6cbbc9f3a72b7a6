"""The whole record as one schema.org DataFeed of ClaimReviews, in a stream."""

from collections.abc import Iterator

import orjson
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse

from claims import claimreview
from claims.pages.feed import FeedView
from claims.presentation.records import public_claims

ROWS = 500
CHUNK = 64 * 1024  # bytes


class ClaimReviewFeedView(FeedView):
    """Every claim that has a verdict or was retracted, newest publication first."""

    content_type = claimreview.MEDIA_TYPE

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(in_chunks(data_feed()), content_type=self.content_type)

    def head(self, request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse((), content_type=self.content_type)


def data_feed() -> Iterator[bytes]:
    """The feed's JSON in pieces, out of one server-side cursor."""
    claims = public_claims().with_verdict_or_retracted().newest_first()
    # In a transaction, without which PostgreSQL would make a copy of the whole result before the first row of it.
    with transaction.atomic():
        documents = claims.values_list("publication__document", flat=True).iterator(chunk_size=ROWS)
        items = (claimreview.feed_item(orjson.loads(document)) for document in documents)
        first = next(items, None)
        yield orjson.dumps(_head(first))[:-1] + b',"dataFeedElement":['
        if first:
            yield orjson.dumps(first)
        for item in items:
            yield b"," + orjson.dumps(item)
    yield b"]}"


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
