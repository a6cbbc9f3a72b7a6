"""How much readers without a key have asked for of late, counted approximately and almost for nothing.

Each process counts by itself. Whenever it has let through a twentieth of the limit for one address, it adds that to a
table that all share, and takes over what is there. So all of them together let through at most the limit and, for each
process, a twentieth of it and what its threads are answering just then; an address that asks for less never costs a
query.

Counted are the ten seconds that are running and the sixty before. Who an address was is not known afterwards: what is
kept, here and in the table, is its HMAC with a key that changes every day. (So counts start anew at midnight, UTC.)
"""

import hmac
import logging
import socket
from collections import OrderedDict
from contextlib import suppress
from threading import Lock

from django.conf import settings
from django.db import Error, connection

SLOT = 10  # seconds
SLOTS = 7
SHARE = 20  # parts of the limit
KEPT = 20_000  # addresses in a process's memory, some 10 MB

logger = logging.getLogger(__name__)

ADD = """
    WITH added AS (
        INSERT INTO claims_anonymoususe AS u (slot, visitor, requests) VALUES (%(slot)s, %(visitor)s, %(number)s)
        ON CONFLICT (slot, visitor) DO UPDATE SET requests = u.requests + excluded.requests
        RETURNING slot, requests
    )
    SELECT slot, requests FROM added UNION ALL
    SELECT slot, requests FROM claims_anonymoususe WHERE slot = ANY(%(before)s) AND visitor = %(visitor)s
"""
FORGET = "DELETE FROM claims_anonymoususe WHERE slot <= %s"


class Visitor:
    """What is known of an address: how much was let through in each of the SLOTS that end with ``slot``.

    ``untold`` of them the other processes have not heard of; whoever tells them holds ``telling``.
    """

    __slots__ = ("counts", "slot", "telling", "untold")

    def __init__(self, slot: int) -> None:
        self.slot, self.counts, self.untold, self.telling = slot, [0] * SLOTS, 0, Lock()

    def move_to(self, slot: int) -> None:
        if (past := min(slot - self.slot, SLOTS)) > 0:
            self.slot, self.counts = slot, self.counts[past:] + [0] * past

    def wait(self, now: float) -> float:
        """Seconds until the first count that is not nothing is forgotten."""
        first = next((place for place, count in enumerate(self.counts) if count), SLOTS - 1)
        return (self.slot + first + 1) * SLOT - now


class Visitors:
    """Those of one process; its threads share them."""

    def __init__(self) -> None:
        self.kept: OrderedDict[bytes, Visitor] = OrderedDict()
        self.lock = Lock()
        self.swept = self.forgotten = 0
        self.day, self.day_key = -1, b""

    def count(self, address: str, limit: int, *, now: float) -> float:
        """Count a request if it is let through: 0, or after how many seconds to ask again."""
        slot = int(now) // SLOT
        name = self.name(address, int(now) // 86400)
        with self.lock:
            visitor = self.kept.get(name) or self.new(name, slot)
            visitor.move_to(slot)
            if sum(visitor.counts) >= limit:
                return visitor.wait(now)
            visitor.counts[-1] += 1
            visitor.untold += 1
            due = max(limit // SHARE, 1)
            if visitor.untold < due:
                return 0
        # Threads that let through as much in the meantime wait here, so that no more than one share is ever untold.
        with visitor.telling:
            if visitor.untold >= due:
                self.tell(name, visitor, slot)
        return 0

    def name(self, address: str, day: int) -> bytes:
        if day != self.day:
            self.day_key = hmac.digest(settings.SECRET_KEY.encode(), b"visitors %d" % day, "sha256")
            self.day = day
        return hmac.digest(self.day_key, network(address), "sha256")

    def new(self, name: bytes, slot: int) -> Visitor:
        """Makes room first: those not seen for a minute go, at most once a minute, or else whoever came first."""
        if slot >= self.swept + SLOTS:
            self.swept = slot
            self.kept = OrderedDict((name, known) for name, known in self.kept.items() if known.slot > slot - SLOTS)
        if len(self.kept) >= KEPT:
            self.kept.popitem(last=False)
        visitor = self.kept[name] = Visitor(slot)
        return visitor

    def tell(self, name: bytes, visitor: Visitor, slot: int) -> None:
        """Tell the other processes, and hear from them."""
        slots = range(slot - SLOTS + 1, slot + 1)
        with self.lock:
            number, visitor.untold = visitor.untold, 0
        given = {"slot": slot, "visitor": name, "number": number, "before": list(slots[:-1])}
        try:
            with connection.cursor() as cursor:
                cursor.execute(ADD, given)
                found = dict(cursor.fetchall())
                if slot >= self.forgotten + SLOTS:
                    self.forgotten = slot
                    cursor.execute(FORGET, [slot - SLOTS])
        except Error as error:
            logger.warning("Readers without a key are counted by each process alone: %s", error)
            return
        with self.lock:
            visitor.slot, visitor.counts = slot, [found.get(one, 0) for one in slots]
            visitor.counts[-1] += visitor.untold


def network(address: str) -> bytes:
    """An IPv4 address; of IPv6, the network that is one subscriber's."""
    if ":" in address:
        with suppress(OSError):
            packed = socket.inet_pton(socket.AF_INET6, address)
            return packed[:8] if any(packed[:8]) else packed
    return address.encode()
