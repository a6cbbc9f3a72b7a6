"""Published claims that meet some filters, as the record had them at one of its entries.

A selection is of one moment: however many claims are published while somebody turns its pages, none is skipped and
none comes twice. Filters but for words are answered by bitmaps (claims.facets), so that they cost about the same
alone, together, with many matches or with none.
"""

import datetime
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import cycle
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Subquery, TextField
from pyroaring import BitMap

from claims import bitmaps
from claims.models.record import PublishedVersion, RecordState
from claims.moments import Moment
from claims.orders import NEWEST_FIRST, Order, Place
from claims.querysets import AnyOf
from claims.stored import Given, Query, Row, document_of

# So few entries are looked at one by one.
FEW = 500
BATCH = 250
MOST_COUNTED = 1_000
MOST_RARE = 10_000
KEPT_FOR, LONGEST_KEPT = 60 * 60, 60  # seconds, characters
# So many entries are found by walking through all there are in the time that their index takes to find as many.
WALKED = 50

ENTRY, WORDS = Given("entry", BigIntegerField()), Given("words", TextField())
KEYS = Given("keys", ArrayField(BigIntegerField()))


@dataclass(frozen=True)
class Selection:
    """As of a moment, or now. Each of ``filters`` is met by what has any of its facets."""

    model: ClassVar = PublishedVersion

    as_of: Moment | None = None
    filters: tuple[bitmaps.Filter, ...] = ()
    words: str = ""

    def having(self, *any_of: bitmaps.Having) -> "Selection":
        """Those among them that have any of these facets."""
        return replace(self, filters=(*self.filters, any_of))

    def saying(self, words: str) -> "Selection":
        """Those among them with these words, in web search syntax."""
        return replace(self, words=f"{self.words} {words}".strip())

    @property
    def moment(self) -> Moment:
        return self._found[0]

    @property
    def entries(self) -> BitMap | None:
        """The entries that meet the filters, words apart; None where there are no filters, and so all do."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[Moment, BitMap | None]:
        if not self.filters:
            return self.as_of or Moment.now(), None
        newest, met = bitmaps.meeting(self.filters, at=self.as_of and self.as_of.entry)
        return self.as_of or Moment(*newest), met

    def total(self) -> int | None:
        """How many claims there are; None for words, which it would take too long to count."""
        if self.words:
            return None
        return self.moment.claims if self.entries is None else len(self.entries)

    def count(self) -> int:
        """How many there are; of those with words, no more than ``MOST_COUNTED`` are counted."""
        total = self.total()
        return len(self._latest) if total is None else total

    def counted(self) -> BitMap:
        """The entries that are counted: all of them or, of those with words, the latest."""
        if self.words:
            return BitMap(self._latest)
        return BitMap(range(1, self.moment.entry + 1)) if self.entries is None else self.entries

    def __getitem__(self, part: slice) -> list[int]:
        """The sequences of a part of them, the latest published first."""
        return self._latest[part] if self.words else newest_first(self.standing, part)

    @cached_property
    def standing(self) -> BitMap:
        """The entries that meet the filters, words apart, also where there are none."""
        return bitmaps.meeting((), at=self.moment.entry)[1] if self.entries is None else self.entries

    def rows(self, part: slice, columns: tuple[str, ...]) -> list[Row]:
        """The rows of a part of them, the latest published first; ``columns`` as those of ``page``."""
        if not part.start and not self.words:
            return self.page(columns, part.stop) if part.stop else []
        return rows_of(self[part], columns)

    @cached_property
    def _latest(self) -> list[int]:
        """The latest ``MOST_COUNTED`` of those with words."""
        if self.entries is None or self._is_few:
            return [key for (key,) in self._rows(("pk",), NEWEST_FIRST, MOST_COUNTED)]
        return self._walked(NEWEST_FIRST, None, MOST_COUNTED)

    def page(
        self,
        columns: tuple[str, ...],
        limit: int,
        *,
        order: Order = NEWEST_FIRST,
        place: Place | None = None,
        backwards: bool = False,
    ) -> list[Row]:
        """So many rows beyond a place or, ``backwards``, before it and the nearest first, as claims.stored has rows.

        Columns are those of PublishedVersion, and the ``document``.
        """
        order = order.reversed if backwards else order
        if self.entries is None or (self._is_few and (self.words or order.by_stated)):
            return self._rows(columns, order, limit, place)
        if self.words or order.by_stated:
            if len(rows := self._soon(columns, order, place, limit)) == limit:
                return rows
            keys = self._walked(order, place, limit)
        else:
            keys = self._off_bitmap(order, place, limit)
        return _query(columns, order, limit, frozenset({"keys"})).rows({"keys": keys})

    def _soon(self, columns: tuple[str, ...], order: Order, place: Place | None, limit: int) -> list[Row]:
        """So many rows by one query, or fewer where it is not that easy to tell which they are.

        Looked at are as many entries as should do if those that meet the filters have the words as often as others.
        """
        if order.by_stated or not self._is_common:
            return []
        enough = min(2 * limit * self.moment.claims // max(self._expected, 1), MOST_RARE)
        given = {"keys": self._off_bitmap(order, place, enough), "words": self.words}
        return _query(columns, order, limit, frozenset(given)).rows(given)

    @property
    def _is_few(self) -> bool:
        return self.entries is not None and len(self.entries) <= FEW

    def _rows(
        self, columns: tuple[str, ...], order: Order, limit: int, place: Place | None = None, *, among: bool = False
    ) -> list[Row]:
        """Of all that have the words or, if few meet the filters or it is to be ``among`` them, of those."""
        among = among or self._is_few
        given: dict[str, Any] = {"keys": list(self.entries or ())} if among else {"entry": self.moment.entry}
        if self.words:
            given["words"] = self.words
        if place:
            given |= place._asdict()
        # The index of words is to find what is rare, and not a walk through all there is in its order.
        unindexed = not (among or self._is_common)
        return _query(columns, order, limit, frozenset(given), unindexed=unindexed).rows(given)

    @cached_property
    def _is_common(self) -> bool:
        """Whether a walk through all there is comes upon the words before their index would have found them all.

        So it does if there are none. The more entries have them, the longer the index takes, and the less the walk.
        """
        if not self.words:
            return True
        return self._expected**2 > WALKED * self.moment.claims

    @cached_property
    def _expected(self) -> int:
        # What is long is hardly asked for again, and would push out what is.
        expected = _expected if len(self.words) <= LONGEST_KEPT else _expected.__wrapped__
        return expected(self.words, self.moment.claims.bit_length(), int(time.time()) // KEPT_FOR)

    def _off_bitmap(self, order: Order, place: Place | None, limit: int) -> list[int]:
        """So many sequences beyond a place, in an order of sequences."""
        entries = self.entries or BitMap()
        if order.falling:
            # Before the first one, which is 1, there is none.
            end = entries.rank(max(place.sequence, 1) - 1) if place else len(entries)
            return list(entries[max(0, end - limit) : end])[::-1]
        start = entries.rank(place.sequence) if place else 0
        return list(entries[start : start + limit])

    def _walked(self, order: Order, place: Place | None, limit: int) -> list[int]:
        """So many sequences that have the words and meet the filters, or are in an order that the bitmap has not.

        There are two ways to find them, of which either may be very long. They take turns until one is through.
        """
        ways = [self._through_order(order, place)]
        if self._is_common and not order.by_stated:
            ways.insert(0, self._through_bitmap(order, place))
        found: list[list[int]] = [[] for _ in ways]
        for turn in cycle(range(len(ways))):
            step = next(ways[turn], None)
            found[turn] += step or ()
            if step is None or len(found[turn]) >= limit:
                break
        return found[turn][:limit]

    def _through_order(self, order: Order, place: Place | None) -> Iterator[list[int]]:
        """By looking up in the bitmap what comes next in the order."""
        entries, size = self.entries or BitMap(), BATCH if self._is_common else MOST_RARE
        while size < len(entries) or not self._is_common:
            rows = self._rows(("stated", "pk"), order, size, place)
            yield [sequence for _, sequence in rows if sequence in entries]
            if len(rows) < size:
                return
            place, size = Place(*rows[-1]), size * 2
        # They are fewer than what would be looked at next.
        enough = 1 << len(entries).bit_length()
        yield [sequence for _, sequence in self._rows(("stated", "pk"), order, enough, place, among=True)]

    def _through_bitmap(self, order: Order, place: Place | None) -> Iterator[list[int]]:
        """By asking PostgreSQL whether what comes next in the bitmap has the words."""
        size = BATCH
        while keys := self._off_bitmap(order, place, size):
            given = {"keys": keys, "words": self.words}
            yield [key for (key,) in _query(("pk",), order, size, frozenset(given)).rows(given)]
            place, size = Place(datetime.date.min, keys[-1]), size * 2


def newest_first(entries: BitMap, part: slice) -> list[int]:
    """A part of the entries, the last first; found as soon far into them as at their end."""
    start, stop = part.start or 0, part.stop
    return list(entries[max(0, len(entries) - stop) : max(0, len(entries) - start)])[::-1]


def rows_of(entries: list[int], columns: tuple[str, ...]) -> list[Row]:
    """The rows of some entries, the latest published first; ``columns`` as those of ``Selection.page``."""
    if not entries:
        return []
    return _query(columns, NEWEST_FIRST, len(entries), frozenset({"keys"})).rows({"keys": entries})


@lru_cache(maxsize=1024)
def _query(
    columns: tuple[str, ...], order: Order, limit: int, given: frozenset[str], *, unindexed: bool = False
) -> Query:
    versions = PublishedVersion.objects.all()
    if "keys" in given:
        versions = versions.filter(AnyOf(F("pk"), KEYS))
    if "entry" in given:
        versions = versions.standing_at(ENTRY)
    if "words" in given:
        versions = versions.matching(WORDS)
    if "sequence" in given:
        versions = order.beyond(versions)
    told = order.of(versions, unindexed=unindexed).annotate(document=document_of("pk"))
    return Query(told.values_list(*columns)[:limit], varies="words" in given)


def version_of(claim: int, moment: Moment | None) -> list[Row]:
    """A claim as it stood at a moment, or stands now, as the one row; none if there was none.

    Beside the document: the version of the record now, and since when it has been that.
    """
    if claim > BigIntegerField.MAX_BIGINT:
        # PostgreSQL would take it for another type, of which there is no index.
        return []
    given = {"claim": claim} if moment is None else {"claim": claim, "entry": moment.entry}
    return _version(frozenset(given)).rows(given)


@lru_cache(maxsize=2)
def _version(given: frozenset[str]) -> Query:
    versions = PublishedVersion.objects.filter(claim=Given("claim", BigIntegerField())).order_by()
    versions = versions.standing_at(ENTRY) if "entry" in given else versions.current()
    state = {name: Subquery(RecordState.objects.values(name)) for name in ("version", "changed_at")}
    told = versions.annotate(document=document_of("pk"), record=state["version"], since=state["changed_at"])
    return Query(told.values_list("document", "record", "since"))


@lru_cache(maxsize=1)
def _matching() -> Query:
    return Query(PublishedVersion.objects.matching(WORDS).order_by().values_list("pk"), varies=True)


@lru_cache(maxsize=4096)
def _expected(words: str, doublings: int, hours: int) -> int:
    """How many entries PostgreSQL expects to have the words.

    To ask takes as long as to find what is rare, so the answer is kept until the record has doubled, or the hour is
    over. By one that has become wrong the same is found, and not as soon.
    """
    return _matching().expected({"words": words})
