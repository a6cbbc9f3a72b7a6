"""What a search for verdicts finds, the latest published first; quick however many there are, and whatever is sought.

Pages are of the moment at which the first was asked for: each claim has one place then, so that none is skipped and
none comes twice while the record changes. But all that is found is shown as it is now, and nothing that was retracted.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, Exists, F, OuterRef, Subquery, TextField
from django.utils import timezone

from claims.api.fact_check_parameters import Place, Search
from claims.models.publication import Publication, PublishedClaim
from claims.models.record import PublishedVersion
from claims.moments import Moment
from claims.querysets import PublishedVersionQuerySet
from claims.stored import Given, Query

# Words that are common are found among so many of the latest entries; others are few enough to sort.
NEARBY = 1_000


MOMENT, SEQUENCE = Given("moment", BigIntegerField()), Given("sequence", BigIntegerField())
NEWEST = Subquery(PublishedVersion.objects.order_by("-pk").values("pk")[:1], BigIntegerField())
FIRST_SINCE = Subquery(
    Publication.objects.filter(published_at__gte=Given("since", DateTimeField()))
    .order_by("published_at", "sequence")
    .values("pk")[:1],
    BigIntegerField(),
)


def page_of(search: Search) -> tuple[list[bytes], Place | None]:
    """The documents of a page, and where the next one begins, if there is one."""
    given = _given(search)
    first = 0 if search.place else search.offset
    part = slice(first, first + search.size + 1)
    if first and first >= Moment.now().claims:
        return [], None
    rows = _rows(given, part, nearby=NEARBY) if search.query else []
    if len(rows) <= search.size:
        rows = _rows(given, part)
    documents = [document for *_, document in rows[: search.size]]
    return documents, Place(*rows[search.size - 1][:2]) if len(rows) > search.size else None


def _given(search: Search) -> dict[str, Any]:
    """What is asked for, by the names that the query has for it."""
    given: dict[str, Any] = {}
    if search.place:
        given |= search.place._asdict()
    if search.query:
        given["words"] = search.query
    if since := day_before(timezone.now().date(), search.max_age_days):
        given["since"] = datetime.combine(since, time(), UTC)
    return given


def day_before(today: date, days: int) -> date | None:
    """The day that was so many days ago; none for no days, which is how Google says that any will do."""
    return today - timedelta(days) if 0 < days < today.toordinal() else None


def _rows(given: dict[str, Any], part: slice, *, nearby: int = 0) -> list[tuple[int, int, bytes]]:
    """Moment, entry and document as it is now."""
    # An offset is one of very many, and would push out what is asked for often.
    query = _query.__wrapped__ if part.start else _query
    return query(frozenset(given), part.start, part.stop, nearby).rows(given)


@lru_cache(maxsize=256)
def _query(given: frozenset[str], start: int, stop: int, nearby: int) -> Query:
    versions = _matching(given)
    moment, latest = (MOMENT, SEQUENCE) if "moment" in given else (NEWEST, NEWEST)
    if nearby:
        versions = versions.filter(pk__gte=latest - nearby)
    # Not words that may be rare by the key itself: their index is to find them, not a walk through all that there is.
    by_words = "words" in given and not nearby
    versions = versions.order_by((F("pk") + 0).desc() if by_words else "-pk")
    if start:
        # Found first and told then: of what is only passed over, no document is looked up.
        versions = PublishedVersion.objects.filter(pk__in=versions.values("pk")[start:stop]).order_by("-pk")
    now = PublishedClaim.objects.filter(pk=OuterRef("claim")).order_by()
    told = versions.annotate(moment=moment, document=Subquery(now.values("publication__document")))
    return Query(told.values_list("moment", "pk", "document")[: stop - start], varies="words" in given)


def _matching(given: frozenset[str]) -> PublishedVersionQuerySet:
    versions, verdicts = PublishedVersion.objects, PublishedClaim.objects.public().verdicts()
    versions = versions.standing_at(MOMENT).filter(pk__lt=SEQUENCE) if "moment" in given else versions.current()
    if "words" in given:
        versions = versions.matching(Given("words", TextField()))
    if "since" in given:
        versions = versions.filter(pk__gte=FIRST_SINCE)
    return versions.filter(Exists(verdicts.filter(pk=OuterRef("claim"))))
