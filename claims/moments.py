"""Moments of the public record, each named by the ledger's entry that was its newest one."""

import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import BigIntegerField, QuerySet

from claims.models.publication import Publication
from claims.models.record import PublishedVersion
from claims.stored import Given, Query


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
        for row in _moment().rows({"entry": sequence}):
            return cls(*row)
        return None

    @classmethod
    def _newest(cls, versions: QuerySet) -> "Moment":
        for row in versions.order_by("-pk").values_list("pk", "claims")[:1]:
            return cls(*row)
        return cls(0, 0)


@lru_cache(maxsize=1)
def _moment() -> Query:
    return Query(
        PublishedVersion.objects.filter(pk=Given("entry", BigIntegerField())).order_by().values_list("pk", "claims")
    )
