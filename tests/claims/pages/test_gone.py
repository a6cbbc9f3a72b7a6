"""What was public once and is there no longer says so, and is not called a mistyped address."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, SitePage, Speaker, Topic
from claims.presentation import addresses
from sources.models import Publisher, Source
from tests.claims import factories
from tests.claims.pages.html import parse

pytestmark = pytest.mark.django_db


def amended() -> Claim:
    """A claim whose next version names another topic, source, speaker and outlet than its first."""
    outlet, mayor = factories.publisher("The Gazette"), factories.speaker("The Mayor")
    article = factories.article("It rained in May.", outlet=outlet)
    claim = factories.claim(article=article, topics=("Weather",), speaker=mayor)
    source = factories.source(title="The gauge")
    piece = factories.evidence(claim, source=source)
    factories.published(claim)
    Claim.objects.filter(pk=claim.pk).update(speaker=factories.speaker("The Baker"))
    claim.topics.set([factories.topic("Trade")])
    piece.delete()
    article.outlet = factories.publisher("The Herald")
    article.save()
    claim.refresh_from_db()
    factories.amended(claim)
    return claim


THINGS: dict[str, tuple[Callable[[], object], Callable[[object], str]]] = {
    "topic": (lambda: Topic.objects.get(slug="weather"), lambda topic: addresses.topic(topic.slug)),
    "source": (lambda: Source.objects.get(title="The gauge"), lambda one: addresses.source(one.pk, one.title)),
    "speaker": (lambda: Speaker.objects.get(name="The Mayor"), Speaker.get_absolute_url),
    "outlet": (lambda: Publisher.objects.get(name="The Gazette"), lambda one: addresses.outlet(one.pk, one.name)),
}


@pytest.mark.parametrize("kind", THINGS)
def test_what_the_record_named_keeps_its_page_until_it_is_removed(
    client: Client, kind: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    amended()
    find, address_of = THINGS[kind]
    thing = find()
    url = address_of(thing)
    assert client.get(url).status_code == 200
    thing.delete()
    with django_assert_num_queries(3):
        response = client.get(url)
    assert response.status_code == 410
    shown = parse(response)
    assert shown.one("h1").words == "What was here is gone"
    assert "every document that named it is in the ledger" in shown.one("main").words
    assert {"/claims/", "/ledger/"} <= {link["href"] for link in shown.one("main").all("a")}
    assert shown.one("meta", name="robots")["content"] == "noindex"
    assert not {"ETag", "Cache-Control"} & set(response.headers)


@pytest.mark.parametrize("kind", THINGS)
def test_what_only_the_desk_knew_was_never_there(client: Client, kind: str) -> None:
    factories.published()
    draft = factories.claim(
        article=factories.article("It rained.", outlet=factories.publisher("The Gazette")),
        topics=("Weather",),
        speaker=factories.speaker("The Mayor"),
    )
    factories.evidence(draft, source=factories.source(title="The gauge"))
    find, address_of = THINGS[kind]
    assert client.get(address_of(find())).status_code == 404


@pytest.mark.parametrize("url", ["/topics/nothing/", "/sources/9-x/", "/speakers/9-x/", "/outlets/9-x/", "/nothing/"])
def test_what_never_was_is_not_gone(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


def test_page_about_the_newsroom_that_was_taken_away_is_gone(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.site_page("funding").delete()
    client.get("/")  # What is asked for once for many pages is asked for by now.
    with django_assert_num_queries(3):
        response = client.get("/funding/")
    assert response.status_code == 410
    assert "has since taken it away" in parse(response).one("main").words


def test_page_about_the_newsroom_that_was_moved_redirects(client: Client) -> None:
    SitePage.objects.filter(pk=factories.site_page("funding").pk).update(slug="money")
    response = client.get("/funding/")
    assert (response.status_code, response["Location"]) == (301, "/money/")
    assert client.get("/money/").status_code == 200
    factories.site_page("funding", title="Another")
    assert client.get("/funding/").status_code == 200
