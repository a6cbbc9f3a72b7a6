"""The orders that lists of the public record have, and places in them."""

import datetime
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, DateField, F, Q

from claims.querysets import PublishedVersionQuerySet
from claims.stored import Given

STATED, SEQUENCE = Given("stated", DateField()), Given("sequence", BigIntegerField())


class Place(NamedTuple):
    """Where an entry is in an order: the day of its statement (date.min where it does not matter) and its sequence."""

    stated: datetime.date
    sequence: int


class Order(NamedTuple):
    """By the day of the statement and then the sequence, or by the sequence alone."""

    by_stated: bool
    falling: bool

    @property
    def reversed(self) -> "Order":
        return self._replace(falling=not self.falling)

    def of(self, versions: PublishedVersionQuerySet, *, unindexed: bool = False) -> PublishedVersionQuerySet:
        """The versions in this order; ``unindexed``, sorted, and not found by walking through all there are."""
        names = ["stated", "pk"] if self.by_stated else ["pk"]
        keys: list[Any] = [F(name) + 0 if unindexed else F(name) for name in names]
        return versions.order_by(*(key.desc() if self.falling else key.asc() for key in keys))

    def beyond(self, versions: PublishedVersionQuerySet) -> PublishedVersionQuerySet:
        """The versions that come after the place that is given when the query is run (``Place``, by name)."""
        side = "lt" if self.falling else "gt"
        if not self.by_stated:
            return versions.filter(**{f"pk__{side}": SEQUENCE})
        # Said twice, for the index.
        nearby = Q(**{f"stated__{side}e": STATED})
        same_day = Q(stated=STATED, **{f"pk__{side}": SEQUENCE})
        return versions.filter(nearby, Q(**{f"stated__{side}": STATED}) | same_day)


NEWEST_FIRST = Order(by_stated=False, falling=True)
ORDERS = {
    "-published": NEWEST_FIRST,
    "published": Order(by_stated=False, falling=False),
    "-stated": Order(by_stated=True, falling=True),
    "stated": Order(by_stated=True, falling=False),
}
