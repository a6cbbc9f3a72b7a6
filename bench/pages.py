"""What readers browse, against what the API's documents could be served with at best."""

import statistics
from contextlib import ExitStack
from typing import NamedTuple

from django.core.management import call_command
from django.db import connection

from bench import latency, load, servers
from bench.measured import Measured, Say, line
from bench.record_data import Record, in_replica_mode
from bench.throughput import CONNECTIONS, LIST, ROUNDS, SECONDS
from claims import counting
from claims.models import Article, PublishedClaim
from claims.pages.record_list import RecordList
from claims.pages.trust import LedgerView

SIZE, TOPIC = 100_000, "subject-1"
APPLICATIONS = {
    "bare": ("bench.bare", {}),
    "kept": ("config.wsgi", {}),
    "anew": ("config.wsgi", {"DJANGO_SETTINGS_MODULE": "bench.anew"}),
}
# As browsers ask.
COMPRESSED = "Accept-Encoding: gzip\r\n"
SECTION = """\
## What readers browse

Ratios, with {size:,} published claims.

| answers a second, of the bare application's | kept | made anew | target of what is kept | |
|---|---|---|---|---|
{speeds}

| how long it takes | ratio | target | |
|---|---|---|---|
{times}

- *bare* is that of “What partners pull”: the verdict is held against its one claim, the other pages against its list.
- *kept*: as readers get it, from the second on who asks for a page since the record has last changed. *Made anew*: with
  nothing kept at all, as the first of them gets it; that is not held to a target.
- Pages are asked for as browsers do, and so compressed; the bare application's answers are not. The article is of 25
  statements in a text of {words:,} words.
- Measured as the API's answers are, in {rounds} rounds of {seconds:g} seconds with {connections} connections.
  Times are those of one connection, and of pages that are not kept.

A kept page is one query, of the record's version, and a look-up in memory; the bare application's list has more bytes
to send, hence the ratios above one. A verdict is held against one claim, which is one query as well: what its page
costs besides is Django's routing and middleware. Made anew, a page is mostly its template, and that of the list of
claims mostly the choices of some three hundred topics.
"""


class Page(NamedTuple):
    """Its path, that of the bare application's answer that it is held against, and the least ratio to that."""

    name: str
    path: str
    against: str
    target: float | None

    def a_second(self, name: str, port: int) -> float:
        path, headers = (self.against, "") if name == "bare" else (self.path, COMPRESSED)
        return load.requests_per_second(port, path, seconds=SECONDS, connections=CONNECTIONS, headers=headers)


def measure(say: Say) -> str:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    record = Record(say)
    record.grow(SIZE)
    article = written_out(record, SIZE // 2)
    connection.close()
    with ExitStack() as stack:
        serving = {name: stack.enter_context(servers.serving(app, **env)) for name, (app, env) in APPLICATIONS.items()}
        ports = {name: server.port for name, server in serving.items()}
        speeds = [compared(page, ports, say) for page in pages(SIZE // 2, article)]
        times = deep(ports["kept"], record.sequence)
    return SECTION.format(
        size=SIZE,
        speeds="\n".join(map(line, speeds)),
        times="\n".join(line([one]) for one in times),
        words=len(article.text.split()),
        rounds=ROUNDS,
        seconds=SECONDS,
        connections=CONNECTIONS,
    )


def written_out(record: Record, claim: int) -> Article:
    """A claim's article, with the text that its statements' templates are from."""
    template = record.documents.templates[claim % len(record.documents.templates) - 1]
    article = PublishedClaim.objects.get(pk=claim).article
    article.text = Article.objects.get(pk=template["article"]["id"]).text
    in_replica_mode(lambda: article.save(update_fields=["text"]))
    return article


def pages(claim: int, article: Article) -> list[Page]:
    verdict = PublishedClaim.objects.get(pk=claim).get_absolute_url()
    return [
        Page("a verdict", verdict, f"{LIST}{claim}/", 0.3),
        Page("home", "/", LIST, 0.2),
        Page("the list of claims", "/claims/", LIST, 0.2),
        Page("an article", article.get_absolute_url(), LIST, None),
    ]


def compared(page: Page, ports: dict[str, int], say: Say) -> list[Measured]:
    rounds = []
    for number in range(1, ROUNDS + 1):
        speeds = {name: page.a_second(name, port) for name, port in ports.items()}
        rounds.append(speeds)
        say(f"{page.name}, round {number}: " + ", ".join(f"{name} {speed:.0f}/s" for name, speed in speeds.items()))
    ratios = {name: statistics.median(speeds[name] / speeds["bare"] for speeds in rounds) for name in ("kept", "anew")}
    return [Measured(page.name, ratios["kept"], page.target), Measured(page.name, ratios["anew"], None)]


def deep(port: int, entries: int) -> list[Measured]:
    """The last pages of long lists, against their second ones; no page but the first is kept."""
    topic = counting.claims_of("topic", {TOPIC: [TOPIC]})[TOPIC]
    connection.close()
    lists = {
        "of the list of claims": ("/claims/", SIZE, RecordList.paginate_by),
        "of the ledger": ("/ledger/", entries, LedgerView.paginate_by),
        "of the most common topic": (f"/topics/{TOPIC}/", topic, RecordList.paginate_by),
    }
    found = []
    for name, (path, number, each) in lists.items():
        times = latency.ratio(port, f"{path}?page=2", f"{path}?page={number // each}")
        found.append(Measured(f"the last whole page {name}, times page 2", times, 1.2, at_least=False))
    return found
