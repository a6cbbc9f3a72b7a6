"""How many claims have each rating, and how many have none."""

from collections import Counter
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, IntegerField, SmallIntegerField, TextField, Value

from claims.enums import VerificationStatus
from claims.models.rating import Rating
from claims.presentation.marks import Mark, of_rating, of_status
from claims.querysets import PublishedClaimQuerySet

COLUMNS = ("name", "value", "definition", "claims")
UNRATED = (VerificationStatus.UNVERIFIED, VerificationStatus.NOT_CHECKABLE, VerificationStatus.RETRACTED)


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


def tally(claims: PublishedClaimQuerySet) -> Tally:
    """Count ``claims``, in one query. A retracted claim counts as that and not towards its former rating."""
    scale: dict[str, tuple[str, int | None, str]] = {}
    counts: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    for status, slug, name, value, definition, number in _rows(claims):
        if not status:
            scale[slug] = (name, value, definition)
        elif slug and status != VerificationStatus.RETRACTED:
            counts[slug] += number
        else:
            statuses[status] += number
    return Tally(_rated(scale, counts), _unrated(statuses))


def _rows(claims: PublishedClaimQuerySet) -> PublishedClaimQuerySet:
    """The scale, with an empty status, and the numbers of claims by status and rating: both in one query."""
    scale = Rating.objects.public().order_by().annotate(status=Value(""), claims=Value(0, IntegerField()))
    counts = claims.order_by().values("verification_status", "rating")
    counts = counts.annotate(
        name=Value(""),
        value=Value(None, SmallIntegerField()),
        definition=Value("", TextField()),
        claims=Count("pk"),
    )
    return scale.values_list("status", "slug", *COLUMNS).union(
        counts.values_list("verification_status", "rating", *COLUMNS), all=True
    )


def _rated(scale: dict[str, tuple[str, int | None, str]], counts: Counter[str]) -> list[Line]:
    values = [value for _name, value, _definition in scale.values() if value is not None]
    best, worst = max(values, default=None), min(values, default=None)
    # A rating that was struck from the scale is still what its claims were given.
    known = scale | {slug: (slug, None, "") for slug in counts if slug not in scale}
    ordered = sorted(known.items(), key=lambda item: (item[1][1] is None, -(item[1][1] or 0), item[1][0]))
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
