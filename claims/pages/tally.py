"""How many claims have each rating, and how many have none."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest

from claims import counting
from claims.counting import Verdicts
from claims.enums import VerificationStatus
from claims.models.rating import Rating
from claims.presentation.kept import kept
from claims.presentation.marks import Mark, of_rating, of_status

RETRACTED = VerificationStatus.RETRACTED
UNRATED = (VerificationStatus.UNVERIFIED, VerificationStatus.NOT_CHECKABLE, RETRACTED)
# What a claim with a rating may be that was not retracted.
RATED = (VerificationStatus.VERIFIED, VerificationStatus.UNVERIFIED)


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


def tally(request: HttpRequest, verdicts: Verdicts) -> Tally:
    """A retracted claim counts as that and not towards its former rating."""
    return Tally(_rated(kept(request, "scale", scale), verdicts), _unrated(verdicts.unrated))


def of_all(request: HttpRequest) -> Tally:
    """Of every claim that is published."""
    return tally(request, kept(request, "verdicts", counting.verdicts))


def scale() -> dict[str, Step]:
    columns = ("slug", "name", "value", "definition")
    return {slug: Step(*rest) for slug, *rest in Rating.objects.public().values_list(*columns)}


def _rated(steps: dict[str, Step], verdicts: Verdicts) -> list[Line]:
    counts = verdicts.rated
    # A retracted claim keeps the rating that it had, and the filter finds it by that.
    standing = [("verification_status", status) for status in RATED] if verdicts.unrated.get(RETRACTED) else []
    values = [step.value for step in steps.values() if step.value is not None]
    best, worst = max(values, default=None), min(values, default=None)
    # A rating that was struck from the scale is still what its claims were given.
    known = steps | {slug: Step(slug, None, "") for slug in counts if slug not in steps}
    ordered = sorted(known.items(), key=lambda item: (item[1].value is None, -(item[1].value or 0), item[1].name))
    return [
        Line(
            of_rating(name=name, value=value, best=best, worst=worst),
            counts.get(slug, 0),
            urlencode([("rating", slug), *standing]),
            slug,
            definition,
        )
        for slug, (name, value, definition) in ordered
    ]


def _unrated(statuses: dict[str, int]) -> list[Line]:
    # The filter's “unverified” takes in claims that were rated without a value.
    queries = {status: urlencode({"verification_status": status}) for status in UNRATED[1:]}
    return [
        Line(of_status(status), number, queries.get(status, ""))
        for status in UNRATED
        if (number := statuses.get(status))
    ]
