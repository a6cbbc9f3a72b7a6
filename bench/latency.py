"""How long one answer takes, as a multiple: far into the record, filtered in every way, and searched."""

import statistics
from collections import Counter
from itertools import combinations
from urllib.parse import urlencode

from pyroaring import BitMap

from bench import load, psql
from bench.documents import FIRST_KEY, Documents
from bench.measured import Measured, Say
from claims.filters import ClaimFilter
from claims.models import Facet, PublishedVersion

LIST = "/api/v1/claims/"
ROUNDS, TIMES = 7, 3
SEARCHES = 200
# What no facet has: dates of a filter are given as a month.
MONTHS = {
    "stated_after": "stated_from_month",
    "stated_before": "stated_from_month",
    "published_after": "published_month",
    "published_before": "published_month",
}
FACETS = {"all_topics": "topic"} | MONTHS
Filters = dict[str, str]


def measure(port: int, say: Say) -> list[Measured]:
    return [deep(port), *filtered(port, say), *searched(port, say)]


def deep(port: int) -> Measured:
    """The last page, of the oldest claims, by its cursor; against the first."""
    newest = PublishedVersion.objects.latest("pk").pk
    oldest = PublishedVersion.objects.current().order_by("pk").values_list("pk", flat=True)[49]
    times = ratio(port, LIST, f"{LIST}?cursor=after-{oldest + 1}-at-{newest}")
    return Measured("the oldest 50 by cursor, times the newest 50", times, 1.2, at_least=False)


def filtered(port: int, say: Say) -> list[Measured]:
    """The slowest of all filters and of all pairs of them, with values that many claims have and such as few have."""
    common, rare = values(most=True), values(most=False)
    singles = [{name: of[name]} for of in (common, rare) for name in of]
    pairs = [{one: first[one], two: common[two]} for first in (common, rare) for one, two in combinations(common, 2)]
    found = []
    for what, asked in (("filter", singles), ("pair of filters", pairs)):
        times = {urlencode(filters): ratio(port, LIST, f"{LIST}?{urlencode(filters)}") for filters in asked}
        slowest = max(times, key=lambda query: times[query])
        say(f"{len(times)} {what}s: median {statistics.median(times.values()):.2f}, slowest {slowest}")
        for query in sorted(times, key=lambda query: -times[query])[:5]:
            say(f"    {times[query]:.2f} {query}")
        found.append(Measured(f"the slowest {what} of {len(times)}, times the first page", times[slowest], 2, False))
    return found


def values(*, most: bool) -> Filters:
    """Of every filter the value that most claims have, or one that few have."""
    found = {}
    for name in ClaimFilter.base_filters:
        if name == "q":
            found[name] = Documents([{}]).words.things[20 if most else 20_000]
        elif name == "publisher":
            found[name] = str(FIRST_KEY + (1 if most else 1500))
        else:
            found[name] = facet(FACETS.get(name, name), most=most)
    return found


def facet(kind: str, *, most: bool) -> str:
    sizes: Counter[str] = Counter()
    for value, entries in Facet.objects.filter(kind=kind).values_list("value", "entries"):
        sizes[value] += len(BitMap.deserialize(bytes(entries)))
    return (max if most else min)(sizes, key=lambda value: sizes[value])


def searched(port: int, say: Say) -> list[Measured]:
    """The 95th of a hundred searches, ours against those of psql; of what both find in memory."""
    words = Documents([{}]).words.things
    classes = {
        # Without those so short that no search may look for them, such as “the”.
        "common": [word for word in words if len(word) > 5][:SEARCHES],
        "rare": [words[-number] for number in range(1, SEARCHES + 1)],
        "absent": [f"nowhere{number}" for number in range(SEARCHES)],
    }
    found = []
    for name, sought in classes.items():
        by_http(port, sought)  # Whoever comes first waits for the disk.
        ours, theirs = p95(by_http(port, sought)), p95(psql.searches(sought, common=name == "common"))
        say(f"search for {name} words: p95 {ours * 1000:.1f} ms, in psql {theirs * 1000:.1f} ms")
        found.append(Measured(f"search for {name} words, p95, times psql", ours / theirs, 3, at_least=False))
    return found


def by_http(port: int, words: list[str]) -> list[float]:
    with load.Client(port, LIST) as client:
        client.get()
        return [load.seconds(client, f"{LIST}?{urlencode({'q': word})}") for word in words]


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def ratio(port: int, path: str, other: str) -> float:
    """How many times as long the other takes, in turns."""
    with load.Client(port, path) as one, load.Client(port, other) as two:
        rounds = [[_median(client) for client in (one, two)] for _ in range(ROUNDS)]
    first, second = (statistics.median(times) for times in zip(*rounds, strict=True))
    return second / first


def _median(client: load.Client) -> float:
    client.get()
    return statistics.median(load.seconds(client) for _ in range(TIMES))
