"""The public record, or a selection of it, as bytes to send or to write one after another.

It is read in batches, so that memory stays flat however much there is and the database keeps nothing back meanwhile.
Entries are never rewritten and a selection is of one moment, so the batches belong together.
"""

import csv
import io
from collections.abc import Iterator

import orjson
from django.utils import timezone
from pyroaring import BitMap

from claims import spreadsheet, stored
from claims.models.publication import Publication
from claims.models.record import PublishedVersion
from claims.moments import Moment
from claims.orders import NEWEST_FIRST
from claims.querysets import PublishedVersionQuerySet
from claims.selection import Selection

BATCH = 200
KEYS = 10_000
# So that Excel reads UTF-8 as such.
BYTE_ORDER_MARK = "\ufeff"


def stamp(moment: Moment) -> str:
    """What the names of files of a moment end in: the day of its entry (UTC) and the entry's sequence."""
    entered = Publication.objects.filter(pk=moment.entry).values_list("published_at", flat=True).first()
    return f"{(entered or timezone.now()).date().isoformat()}-{moment.entry}"


def ndjson(selection: Selection) -> Iterator[bytes]:
    """Each claim's document on a line of its own, the latest published first."""
    for batch in documents(selection):
        yield b"\n".join([*batch, b""])


def table(selection: Selection) -> Iterator[bytes]:
    """CSV with a header: a line for each claim, the latest published first."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC)
    written.write(BYTE_ORDER_MARK)
    writer.writerow(spreadsheet.COLUMNS)
    for batch in documents(selection):
        writer.writerows(spreadsheet.row(orjson.loads(document)) for document in batch)
        yield written.getvalue().encode()
        written.seek(0)
        written.truncate()
    yield written.getvalue().encode()


def changes(moment: Moment) -> Iterator[bytes]:
    """Each ledger entry on a line of its own, the oldest first."""
    for first in range(1, moment.entry + 1, BATCH):
        last = min(first + BATCH - 1, moment.entry)
        entries = Publication.objects.filter(pk__range=(first, last)).order_by("pk").values_list(*stored.ENTRY)
        yield b"\n".join([*map(stored.entry, stored.rows(entries)), b""])


def documents(selection: Selection) -> Iterator[list[bytes]]:
    """The latest published first, in batches."""
    for versions in _batches(selection):
        rows = stored.rows(
            NEWEST_FIRST.of(versions).annotate(document=stored.document_of("pk")).values_list("document")
        )
        yield [document for (document,) in rows]


def _batches(selection: Selection) -> Iterator[PublishedVersionQuerySet]:
    """The latest first; empty ones too."""
    sequences = _sequences(selection)
    if sequences is None:
        standing = PublishedVersion.objects.standing_at(selection.moment.entry)
        for last in range(selection.moment.entry, 0, -BATCH):
            yield standing.filter(pk__gt=last - BATCH, pk__lte=last)
        return
    for end in range(len(sequences), 0, -BATCH):
        yield PublishedVersion.objects.filter(pk__in=list(sequences[max(0, end - BATCH) : end]))


def _sequences(selection: Selection) -> BitMap | None:
    """Of the entries selected; None where all that stood at the moment are."""
    if not selection.words:
        return selection.entries
    standing = PublishedVersion.objects.standing_at(selection.moment.entry)
    keys = standing.matching(selection.words).order_by().values_list("pk", flat=True)
    found = BitMap(keys.iterator(chunk_size=KEYS))
    return found if selection.entries is None else found & selection.entries
