"""Published claims that meet some filters, as the record had them at one of its entries.

A selection is of one moment: however many claims are published while somebody turns its pages, none is skipped and
none comes twice. Filters but for words are answered by bitmaps (claims.facets), so that they cost about the same
alone, together, with many matches or with none.
"""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.db.models import BigIntegerField, BinaryField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from pyroaring import BitMap

from claims.models.publication import Publication
from claims.models.record import Facet, PublishedVersion
from claims.querysets import PublishedVersionQuerySet

# So few entries are looked at one by one.
FEW = 500
BATCH = 1_000
MOST_COUNTED = 10_000


class Place(NamedTuple):
    """Where an entry is in an order: the day of its statement (date.min where it does not matter) and its sequence."""

    stated: datetime.date
    sequence: int


class Order(NamedTuple):
    """By the day of the statement and then the sequence, or by the sequence alone."""

    by_stated: bool
    falling: bool

    def beyond(
        self, versions: PublishedVersionQuerySet, place: Place | None, *, backwards: bool = False
    ) -> PublishedVersionQuerySet:
        """The versions that come after ``place`` in this order or, ``backwards``, before it and the nearest first."""
        falling = self.falling != backwards
        names = ["stated", "pk"] if self.by_stated else ["pk"]
        versions = versions.order_by(*(f"-{name}" if falling else name for name in names))
        if place is None:
            return versions
        side = "lt" if falling else "gt"
        if not self.by_stated:
            return versions.filter(**{f"pk__{side}": place.sequence})
        # Said twice, for the index.
        nearby = Q(**{f"stated__{side}e": place.stated})
        same_day = Q(stated=place.stated, **{f"pk__{side}": place.sequence})
        return versions.filter(nearby, Q(**{f"stated__{side}": place.stated}) | same_day)


NEWEST_FIRST = Order(by_stated=False, falling=True)
ORDERS = {
    "-published": NEWEST_FIRST,
    "published": Order(by_stated=False, falling=False),
    "-stated": Order(by_stated=True, falling=True),
    "stated": Order(by_stated=True, falling=False),
}


class Moment(NamedTuple):
    """The record when ``entry`` was its newest one, and how many claims it had then."""

    entry: int
    claims: int

    @classmethod
    def now(cls) -> "Moment":
        return cls._newest(PublishedVersion.objects.all())

    @classmethod
    def at(cls, time: datetime.datetime) -> "Moment":
        until = Publication.objects.filter(published_at__lte=time).order_by("-published_at", "-sequence")
        return cls._newest(PublishedVersion.objects.filter(pk=until.values("pk")[:1]))

    @classmethod
    def of_entry(cls, sequence: int) -> "Moment | None":
        found = cls._newest(PublishedVersion.objects.filter(pk=sequence))
        return found if found.entry == sequence else None

    @classmethod
    def _newest(cls, versions: QuerySet) -> "Moment":
        for row in versions.order_by("-pk").values_list("pk", "claims")[:1]:
            return cls(*row)
        return cls(0, 0)


@dataclass(frozen=True)
class Selection:
    """As of a moment, or now. Each of ``filters`` is asked of Facet: it is met by what any of the found have."""

    model: ClassVar = PublishedVersion

    as_of: Moment | None = None
    filters: tuple[Q, ...] = ()
    words: str = ""

    def having(self, facets: Q) -> "Selection":
        """Those among them that have any of these facets."""
        return replace(self, filters=(*self.filters, facets))

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
        moment, superseded = self.as_of or Moment(0, 0), BitMap()
        unions = [BitMap() for _ in self.filters]
        for what, number, stored in self._bitmaps():
            match what:
                case "filter":
                    unions[number] |= BitMap.deserialize(stored)
                case "superseded":
                    superseded |= BitMap.deserialize(stored)
                case "superseded later":
                    superseded.discard(number)
                case "newest":
                    moment = Moment(number, int(stored))
        met = BitMap.intersection(*unions) - superseded
        met.remove_range(moment.entry + 1, 2**32)
        return moment, met

    def _bitmaps(self) -> QuerySet:
        """Each filter's facets, what was superseded, and the moment: in one query, so that they are of one state."""
        versions = PublishedVersion.objects.order_by("-pk")
        if self.as_of is None:
            last = _told("newest", versions[:1], F("pk"), Convert(Cast("claims", TextField())))
        else:
            entry = self.as_of.entry
            later = versions.order_by().filter(pk__gt=entry, previous__lte=entry)
            last = _told("superseded later", later, F("previous"), NOTHING)
        parts = [
            _told("filter", Facet.objects.filter(facets), Value(place, BigIntegerField()), F("entries"))
            for place, facets in enumerate(self.filters)
        ]
        superseded = _told("superseded", Facet.objects.filter(kind="superseded"), ZERO, F("entries"))
        # In this order: what was superseded later is taken away from what is.
        return superseded.union(*parts, last, all=True)

    def total(self) -> int | None:
        """How many claims there are; None for words, which it would take too long to count."""
        if self.words:
            return None
        return self.moment.claims if self.entries is None else len(self.entries)

    def count(self) -> int:
        """How many there are or, for words, how many of the ``MOST_COUNTED`` latest that have them."""
        total = self.total()
        if total is not None:
            return total
        return len(self._latest)

    @cached_property
    def _latest(self) -> list[int]:
        """Of the ``MOST_COUNTED`` latest entries with the words, those that meet the filters."""
        latest = NEWEST_FIRST.beyond(self.versions() if self._is_few else self._saying(), None)
        keys = latest.values_list("pk", flat=True)[:MOST_COUNTED]
        return [key for key in keys if self.entries is None or key in self.entries]

    @property
    def _is_few(self) -> bool:
        return self.entries is None or len(self.entries) <= FEW

    def versions(self) -> PublishedVersionQuerySet:
        """All of them, in no order."""
        saying = self._saying()
        return saying if self.entries is None else saying.filter(pk__in=list(self.entries))

    def _saying(self) -> PublishedVersionQuerySet:
        """All that have the words, whatever the filters."""
        versions = PublishedVersion.objects.standing_at(self.moment.entry)
        return versions.matching(self.words) if self.words else versions

    def __getitem__(self, part: slice) -> PublishedVersionQuerySet:
        """A part of them, the latest published first."""
        start, stop = part.start or 0, part.stop
        if self.words:
            keys = self._latest[part]
        elif self._is_few:
            return NEWEST_FIRST.beyond(self.versions(), None)[part]
        else:
            entries = self.entries or BitMap()
            keys = list(entries[max(0, len(entries) - stop) : max(0, len(entries) - start)])
        return NEWEST_FIRST.beyond(PublishedVersion.objects.filter(pk__in=keys), None)

    def page(
        self, limit: int, *, order: Order = NEWEST_FIRST, place: Place | None = None, backwards: bool = False
    ) -> PublishedVersionQuerySet:
        """So many of them beyond a place, as ``Order.beyond`` has it."""
        if self._is_few:
            return order.beyond(self.versions(), place, backwards=backwards)[:limit]
        if self.words or order.by_stated:
            keys = self._walk(order, place, backwards, limit)
        else:
            keys = self._beyond(place, falling=order.falling != backwards, limit=limit)
        return order.beyond(PublishedVersion.objects.filter(pk__in=keys), None, backwards=backwards)

    def _beyond(self, place: Place | None, *, falling: bool, limit: int) -> list[int]:
        """So many sequences beyond a place, off the bitmap."""
        entries = self.entries or BitMap()
        if falling:
            end = entries.rank(place.sequence - 1) if place else len(entries)
            return list(entries[max(0, end - limit) : end])
        start = entries.rank(place.sequence) if place else 0
        return list(entries[start : start + limit])

    def _walk(self, order: Order, place: Place | None, backwards: bool, limit: int) -> list[int]:
        """So many sequences in an order that the bitmap does not have, by looking each of the order's up in it."""
        entries, found, size = self.entries or BitMap(), list[int](), BATCH
        while len(found) < limit:
            rows = list(order.beyond(self._saying(), place, backwards=backwards).values_list("stated", "pk")[:size])
            found += [sequence for _, sequence in rows if sequence in entries]
            if len(rows) < size:
                break
            place, size = Place(*rows[-1]), size * 4
        return found[:limit]


class Convert(Func):
    """Text as bytes."""

    function = "convert_to"
    template = "%(function)s(%(expressions)s, 'UTF8')"
    output_field = BinaryField()


ZERO, NOTHING = Value(0, BigIntegerField()), Value(b"", BinaryField())


def _told(what: str, rows: QuerySet, number: Any, stored: Any) -> QuerySet:
    columns = {"what": Value(what), "number": number, "stored": stored}
    return rows.annotate(**columns).values_list(*columns)
