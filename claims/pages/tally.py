"""How many claims have each rating, and how many have none."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import ExtractYear, JSONObject
from django.http import HttpRequest

from claims.enums import VerificationStatus
from claims.models.rating import Rating
from claims.presentation.kept import kept
from claims.presentation.marks import Mark, of_rating, of_status
from claims.querysets import PublishedClaimQuerySet

Json = dict[str, Any]

# Of the first day that there is, which the record has in the place of none.
UNKNOWN = 1
UNRATED = (VerificationStatus.UNVERIFIED, VerificationStatus.NOT_CHECKABLE, VerificationStatus.RETRACTED)


class Step(NamedTuple):
    """A rating of the scale."""

    name: str
    value: int | None
    definition: str


class Line(NamedTuple):
    """``query`` selects the same claims in the list; it is empty where no filter can say that."""

    mark: Mark
    claims: int
    query: str = ""
    slug: str = ""
    definition: str = ""


class Tally(NamedTuple):
    """``rated`` has the whole scale, truest first, also where the count is 0; ``unrated`` only what there is."""

    rated: list[Line]
    unrated: list[Line]

    @property
    def lines(self) -> list[Line]:
        """What has any claims."""
        return [line for line in self.rated + self.unrated if line.claims]

    @property
    def total(self) -> int:
        return sum(line.claims for line in self.rated + self.unrated)


def counted(claims: PublishedClaimQuerySet, *, by_year: bool = False) -> PublishedClaimQuerySet:
    """How many ``claims`` there are of each status and rating, and year of the statement if that is wanted.

    As JSON objects, with 1 for the year that is not known: a query, or a subquery of another.
    """
    columns = {"status": "verification_status", "slug": "rating"}
    if by_year:
        claims = claims.annotate(year=ExtractYear("publication__standing__stated"))
        columns["year"] = "year"
    groups = claims.order_by().values(*columns.values()).annotate(number=Count("pk"))
    return groups.values_list(JSONObject(number="number", **columns), flat=True)


def by_year(counts: Iterable[Json]) -> dict[int | None, int]:
    """What ``counted`` found ``by_year``; None for the year that is not known."""
    numbers: Counter[int | None] = Counter()
    for group in counts:
        numbers[group["year"] if group["year"] > UNKNOWN else None] += group["number"]
    return numbers


def tally(request: HttpRequest, counts: Iterable[Json]) -> Tally:
    """What ``counted`` found. A retracted claim counts as that and not towards its former rating."""
    rated: Counter[str] = Counter()
    unrated: Counter[str] = Counter()
    for group in counts:
        is_rated = group["slug"] and group["status"] != VerificationStatus.RETRACTED
        (rated if is_rated else unrated)[group["slug" if is_rated else "status"]] += group["number"]
    return Tally(_rated(kept(request, "scale", scale), rated), _unrated(unrated))


def scale() -> dict[str, Step]:
    columns = ("slug", "name", "value", "definition")
    return {slug: Step(*rest) for slug, *rest in Rating.objects.public().values_list(*columns)}


def _rated(steps: dict[str, Step], counts: Counter[str]) -> list[Line]:
    values = [step.value for step in steps.values() if step.value is not None]
    best, worst = max(values, default=None), min(values, default=None)
    # A rating that was struck from the scale is still what its claims were given.
    known = steps | {slug: Step(slug, None, "") for slug in counts if slug not in steps}
    ordered = sorted(known.items(), key=lambda item: (item[1].value is None, -(item[1].value or 0), item[1].name))
    return [
        Line(
            of_rating(name=name, value=value, best=best, worst=worst),
            counts[slug],
            urlencode({"rating": slug}),
            slug,
            definition,
        )
        for slug, (name, value, definition) in ordered
    ]


def _unrated(statuses: Counter[str]) -> list[Line]:
    # The filter's “unverified” takes in claims that were rated without a value.
    queries = {status: urlencode({"verification_status": status}) for status in UNRATED[1:]}
    return [
        Line(of_status(status), statuses[status], queries.get(status, "")) for status in UNRATED if statuses[status]
    ]
