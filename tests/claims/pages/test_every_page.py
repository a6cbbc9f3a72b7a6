"""What holds for all public pages."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.views.defaults import server_error
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, PublishedClaim
from tests.claims import factories
from tests.claims.pages.html import Node, parse

pytestmark = pytest.mark.django_db

LISTS = ["/", "/claims/", "/articles/", "/speakers/", "/topics/", "/sources/", "/outlets/", "/ratings/"]
LISTS += ["/corrections/", "/ledger/"]


def addresses(claim: Claim) -> list[str]:
    url = PublishedClaim.objects.get(pk=claim.pk).get_absolute_url()
    return [*LISTS, url, f"{url}v1/", claim.article.get_absolute_url(), claim.speaker.get_absolute_url()]


def test_pages_set_no_cookies_and_do_not_vary_by_them(client: Client) -> None:
    for url in [*addresses(factories.published()), "/claims/999/"]:
        response = client.get(url)
        assert not response.cookies, url
        assert "cookie" not in response.get("Vary", "").lower(), url


@pytest.mark.parametrize("number", [1, 3])
def test_no_page_costs_more_than_three_queries_however_much_there_is(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    speaker, article = factories.speaker(), factories.article()
    for _ in range(number):
        claim = factories.claim(speaker=speaker, article=article, relays=factories.speaker(), topics=("Health",))
        factories.published(claim)
        factories.amended(claim)
    for url in addresses(claim):
        client.get(url)  # What is asked for once for many pages is asked for by now.
        with django_assert_max_num_queries(3):
            assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("url", ["/", "/ratings/"])
def test_verdicts_are_not_counted_one_by_one(client: Client, url: str) -> None:
    factories.published()
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert not [query["sql"] for query in asked if "COUNT" in query["sql"].upper()]


def test_pages_are_the_same_for_somebody_who_is_signed_in(client: Client) -> None:
    urls = addresses(factories.published())
    before = [client.get(url).content for url in urls]
    client.force_login(factories.user("reviewer", is_superuser=True))
    assert [client.get(url).content for url in urls] == before


def test_pages_need_no_script_no_inline_style_and_no_other_host(client: Client) -> None:
    urls = addresses(factories.published())
    for url in urls:
        response = client.get(url)
        shown = parse(response)
        # What is not a script but data: the verdict page's ClaimReview, and nothing else; scripts are files.
        data = [script.attributes for script in shown.all("script") if not script["src"]]
        assert data == ([{"type": "application/ld+json"}] if url == urls[len(LISTS)] else [])
        assert not shown.all("style")
        assert not [
            node for node in shown.all() if node["style"] or any(name.startswith("on") for name in node.attributes)
        ]
        assert all(node["src"].startswith("/") for node in shown.all() if node["src"])
        assert all(link["href"].startswith("/static/") for link in shown.all("link", rel="stylesheet"))
        assert "script-src 'self'" in response["Content-Security-Policy"]


def test_pages_have_one_heading_a_title_a_description_and_one_address(client: Client) -> None:
    titles = set()
    for url in addresses(factories.published()):
        shown = parse(client.get(url))
        assert len(shown.all("h1")) == 1
        titles.add(shown.one("head").one("title").words)
        assert len(shown.one("meta", name="description")["content"]) > 4
        assert shown.one("link", rel="canonical")["href"].startswith("http")
        assert shown.one("meta", property="og:url")["content"] == shown.one("link", rel="canonical")["href"]
    assert len(titles) == len(addresses(factories.published()))


def test_an_earlier_version_names_the_current_page_as_its_own(client: Client) -> None:
    url = addresses(factories.published())[len(LISTS)]
    shown = parse(client.get(f"{url}v1/"))
    assert shown.one("link", rel="canonical")["href"].endswith(url)
    assert shown.one("meta", name="robots")["content"] == "noindex, follow"


def test_no_page_takes_a_post(client: Client) -> None:
    for url in addresses(factories.published()):
        assert client.post(url).status_code == 405


def test_fragments_that_pages_link_to_are_there(client: Client) -> None:
    claim = factories.published()
    for url in addresses(claim):
        for link in parse(client.get(url)).all("a"):
            target, _, fragment = link["href"].partition("#")
            if fragment and (target or url).startswith("/"):
                assert parse(client.get(target or url)).all(id=fragment), link["href"]


def test_names_that_turn_the_direction_do_not_turn_the_dots_between_facts(client: Client) -> None:
    """The style sheet adds a dot to what is between two, where its own direction has it."""
    for url in addresses(factories.published(factories.claim(position="mayor"))):
        for line in parse(client.get(url)).all(class_="facts-line"):
            assert not [fact.attributes for fact in line.children if isinstance(fact, Node) and fact["dir"]], url


def test_ids_are_unique(client: Client) -> None:
    for url in addresses(factories.published()):
        ids = [node["id"] for node in parse(client.get(url)).all() if node["id"]]
        assert len(ids) == len(set(ids)), url


def test_what_is_not_there_is_said_in_style(client: Client) -> None:
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert parse(response).one("h1").words == "There is nothing published here"


def test_a_fault_is_told_in_style(client: Client) -> None:
    shown = parse(server_error(client.get("/").wsgi_request))
    assert shown.one("h1").words == "Something went wrong here"


def test_probes_answer(client: Client) -> None:
    assert [client.get(path).content for path in ("/healthz", "/readyz")] == [b"ok\n"] * 2


def test_probes_are_answered_without_tls(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert [client.get(path).status_code for path in ("/healthz", "/readyz", "/")] == [200, 200, 301]


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [("", ""), ("?page=1", ""), ("?page=01", ""), ("?page=02", "?page=2"), ("?page=last", "?page=3"), ("?other=1", "")],
)
def test_page_of_a_list_has_one_address_however_it_was_asked_for(
    client: Client, monkeypatch: pytest.MonkeyPatch, asked: str, canonical: str
) -> None:
    monkeypatch.setattr("claims.pages.claims.ClaimListView.paginate_by", 1)
    for _ in range(3):
        factories.published()
    shown = parse(client.get(f"/claims/{asked}"))
    assert shown.one("link", rel="canonical")["href"].partition("/claims/")[2] == canonical


def test_redirect_to_the_present_name_keeps_what_was_asked(client: Client) -> None:
    speaker = factories.published().speaker
    response = client.get(f"/speakers/{speaker.pk}-before/?page=2")
    assert response["Location"] == f"{speaker.get_absolute_url()}?page=2"


def test_health_needs_no_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_robots_are_kept_from_the_desk_only(client: Client) -> None:
    sitemap = b"Sitemap: http://127.0.0.1:8000/sitemap.xml"
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /admin/\n\n" + sitemap + b"\n"


def test_navigation_tells_where_the_reader_is(client: Client) -> None:
    claim = PublishedClaim.objects.get(pk=factories.published().pk)
    found = {}
    for path in ("/", "/claims/", claim.get_absolute_url(), claim.article.get_absolute_url(), "/nothing/"):
        links = parse(client.get(path)).one("header", class_="site-header").one("nav").all("a")
        found[path] = {link.words: link["aria-current"] for link in links if "aria-current" in link.attributes}
    assert [*found.values()] == [{}, {"Claims": "page"}, {"Claims": "true"}, {"Articles": "true"}, {}]
