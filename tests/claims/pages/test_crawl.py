"""The whole site, from its front page on: every link leads somewhere, the sitemap has it all, no draft is in sight."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.browser import exhibits
from tests.claims import factories
from tests.claims.pages.for_machines import ATOM, locations
from tests.claims.pages.html import parse
from tests.claims.test_no_draft_gets_out import STATUSES, draft, redraft, tracked

pytestmark = pytest.mark.django_db

SITE = re.compile(r"http://(127\.0\.0\.1:8000|testserver)(?=/)")
STATIC = "/static/"
# What a reader may come to that search engines need not know.
NOT_IN_THE_SITEMAP = {
    "what somebody searched or filtered for, and the further pages of lists": r"\?",
    "versions, which name the claim's page as their own": r"/v\d+/$",
    "cards to embed, which do the same": r"/card/$",
    "what programs read": r"^/(api|v1alpha1|feeds|oembed)/",
    "files of pages": rf"^{STATIC}|\.(png|svg|ico|xml|txt)$",
}
# Feeds name claims by addresses that stay as they are, which lead on to those of today.
LEADS_ON = re.compile(r"/claims/\d+/")
# Elements of a page that lead somewhere, and by which attribute.
LEAD = {"a": "href", "link": "href", "img": "src", "script": "src", "use": "href", "form": "action", "meta": "content"}


class Answer(NamedTuple):
    status: int
    kind: str
    text: str


class Crawl:
    """All that can be reached, by path and query; ``seen`` has the answers, and ``faults`` what is broken."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.seen: dict[str, Answer] = {}
        self.faults: list[str] = []
        waiting = [("/", ""), ("/robots.txt", "")]
        while waiting:
            address, found_on = waiting.pop()
            if address in self.seen:
                continue
            waiting += [(link, address) for link in self.follow(address, found_on)]

    def follow(self, address: str, found_on: str) -> list[str]:
        """What it leads to; nothing if it is broken."""
        if address.startswith(STATIC):
            self.seen[address] = Answer(200 if finders.find(address.removeprefix(STATIC)) else 404, "", "")
        else:
            response = self.client.get(address)
            text = response.getvalue().decode(errors="replace")
            self.seen[address] = Answer(response.status_code, response.get("Content-Type", "").partition(";")[0], text)
            if response.status_code == 301 and LEADS_ON.fullmatch(address):
                return [response["Location"]]
        if self.seen[address].status != 200:
            self.faults.append(f"{self.seen[address].status} for {address}, which {found_on} leads to")
            return []
        found = {absolute(link, address) for link in links(self.seen[address])}
        # Of a list, every choice is tried; choices of choices are as many as there are sets of claims.
        return sorted(link for link in found if link and not ("?" in link and "?" in address))


def links(answer: Answer) -> Iterator[str]:
    if answer.kind == "text/html":
        for node in parse(answer.text).all():
            target = node[LEAD[node.tag]] if node.tag in LEAD else None
            # A form with nothing filled in; and of what search engines are told, addresses.
            if target and (node.tag != "meta" or SITE.match(target)):
                yield target
    elif answer.kind == "application/atom+xml":
        for node in ElementTree.fromstring(answer.text).iter():
            if node.tag == f"{ATOM}link":
                yield node.get("href", "")
            elif node.tag == f"{ATOM}content":
                yield from (link["href"] or "" for link in parse(node.text or "").all("a"))
    elif answer.kind == "application/xml":
        yield from locations(answer.text)
    elif answer.kind == "text/plain":
        yield from re.findall(r"^Sitemap: (\S+)$", answer.text, re.MULTILINE)


def absolute(link: str, address: str) -> str:
    """The path and query on this site; empty for what is elsewhere, or is the page itself."""
    link = SITE.sub("", link).partition("#")[0]
    link = address.partition("?")[0] + link if link.startswith("?") else link
    return link if link.startswith("/") and not link.startswith("//") else ""


def listed(crawl: Crawl) -> list[str]:
    """What the sitemaps have."""
    maps = [SITE.sub("", found) for found in locations(crawl.seen["/sitemap.xml"].text)]
    return [SITE.sub("", page) for file in maps for page in locations(crawl.seen[file].text)]


@pytest.fixture
def secrets() -> list[str]:
    """Words of drafts in every status, of claims that readers know and of others, beside one of everything."""
    exhibits.install()
    words = [draft(status) for status in STATUSES]
    words += [redraft(status) for status in ("researching", "in_review", "approved")]
    return words + [tracked(status) for status in ("new", "researching", "in_review", "approved")]


def test_all_that_can_be_reached_is_sound_listed_and_public(client: Client, secrets: list[str]) -> None:
    crawl = Crawl(client)
    assert crawl.faults == []
    pages = listed(crawl)
    rules = re.compile("|".join(NOT_IN_THE_SITEMAP.values()))
    assert len(pages) == len(set(pages))
    assert set(pages) == {address for address in reachable(crawl) if not rules.search(address)}
    assert [(word, address) for address, answer in crawl.seen.items() for word in secrets if word in answer.text] == []


def reachable(crawl: Crawl) -> set[str]:
    """What readers come to from the front page; that the sitemap or a feed leads there is not enough."""
    found, waiting = {"/"}, ["/"]
    while waiting:
        address = waiting.pop()
        if crawl.seen[address].kind == "text/html":
            new = {absolute(node["href"] or "", address) for node in parse(crawl.seen[address].text).all("a")}
            new = {link for link in new if link in crawl.seen} - found
            found |= new
            waiting += new
    return found


def test_every_rule_of_what_is_not_in_the_sitemap_is_needed(client: Client) -> None:
    factories.amended(factories.published())
    addresses = Crawl(client).seen
    for what, rule in NOT_IN_THE_SITEMAP.items():
        assert any(re.search(rule, address) for address in addresses), what
