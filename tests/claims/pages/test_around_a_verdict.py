"""What a verdict page has beside the document: who wrote it, what changed, what to read on, and how to use it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, PublishedClaim
from tests.claims import factories
from tests.claims.pages.html import Node, parse

pytestmark = pytest.mark.django_db


def address(claim: Claim) -> str:
    return PublishedClaim.objects.get(pk=claim.pk).get_absolute_url()


def page(client: Client, url: str) -> Node:
    response = client.get(url)
    assert response.status_code == 200
    return parse(response)


def test_who_wrote_and_who_approved_each_version_is_said(client: Client) -> None:
    rosa = factories.user("researcher", first_name="Rosa", last_name="Searle")
    claim = factories.listed()
    factories.published(claim, by=rosa)
    factories.amended(claim)
    lines = page(client, address(claim)).one("section", class_="versions").all("p", class_="detail")
    said = [line.words.partition(" · ledger")[0] for line in lines]
    approved = "Written by Rosa Searle · Approved by Rita Reviewer"
    assert said == [approved, approved, "A listing, which needs no approval"]


def test_version_says_what_it_changed_word_by_word(client: Client) -> None:
    claim = factories.published(summary="It was so for a year.")
    factories.evidence(claim, source=factories.source(title="The census"), stance="refutes")
    factories.amended(claim, summary="It was so for two years.")
    url = address(claim)
    changed = page(client, f"{url}v2/").one("section", class_="changed")
    assert changed.one("h2").words == "What changed since version 1"
    assert [node.words for node in changed.all("del")] == ["removed: a year. end of what was removed"]
    assert [node.words for node in changed.all("ins")] == ["added: two years. end of what was added"]
    assert "The census Added." in changed.words
    assert not page(client, f"{url}v1/").all("section", class_="changed")
    assert not page(client, url).all("section", class_="changed")


def test_what_to_read_on_is_grouped_and_named_once(client: Client) -> None:
    mayor, article = factories.speaker("The Mayor"), factories.article("Rain fell. Trees grew. Birds sang.")
    wording = "It rained on one hundred and ninety-three days of the year in the town"
    claim = factories.published(factories.claim(speaker=mayor, article=article, wording=wording, topics=("Rain",)))
    same = factories.published(factories.claim(wording=f"{wording.replace('hundred', 'hundréd')}.", topics=("Rain",)))
    beside = factories.published(factories.claim(speaker=mayor, article=article, wording="Trees grew."))
    by_them = factories.published(factories.claim(speaker=mayor, wording="Nobody objected."))
    on_it = factories.listed(factories.claim(wording="An umbrella costs a lot.", topics=("Rain",)))
    factories.published(factories.claim(wording="Quite another thing."))
    factories.researched(factories.claim(wording=wording, speaker=mayor, topics=("Rain",)))
    related = page(client, address(claim)).one("aside", class_="related")
    groups = {group.one("h3").words: [link["href"] for link in group.all("a")] for group in related.all("section")}
    assert groups == {
        "Much the same claim elsewhere": [address(same)],
        "In the same article": [address(beside)],
        "By The Mayor": [address(by_them)],
        "On the same topics": [address(on_it)],
    }


def test_what_a_speaker_said_elsewhere_is_not_crowded_out_by_the_article(client: Client) -> None:
    mayor, article = factories.speaker("The Mayor"), factories.article("Rain fell. Trees grew. Birds sang.")
    other = factories.published(factories.claim(speaker=mayor, wording="Nobody objected."))
    claims = [factories.published(factories.claim(speaker=mayor, article=article, wording=f"{n}.")) for n in range(6)]
    groups = page(client, address(claims[5])).one("aside", class_="related").all("section")
    assert [(group.one("h3").words, len(group.all("li"))) for group in groups] == [
        ("In the same article", 4),
        ("By The Mayor", 1),
    ]
    assert groups[1].one("a")["href"] == address(other)


def test_claim_alone_has_nothing_to_read_on(client: Client) -> None:
    assert not page(client, address(factories.published())).all("aside", class_="related")


def test_claim_can_be_cited_in_a_sentence_and_for_bibtex(client: Client, settings) -> None:
    settings.SITE_NAME = "The Check"
    claim = factories.published(factories.claim(wording="100% of {them} & more."))
    use = page(client, address(claim)).one("section", class_="use")
    published = PublishedClaim.objects.get(pk=claim.pk)
    url = f"http://127.0.0.1:8000{address(claim)}"
    time = f"{published.published_at:%-d %B %Y, %H:%M} UTC"
    assert (
        use.one("p", class_="citation").words == f"The Check, “100% of {{them}} & more”: True. Version 1, {time}. {url}"
    )
    bibtex = use.all("pre")[0].text
    assert bibtex.startswith(f"@misc{{the-check-{claim.pk}-v1,\n  author = {{{{The Check}}}},\n")
    assert r"title = {{100\% of \{them\} \& more.}}" in bibtex
    assert f"url = {{{url}}}" in bibtex
    assert bibtex.count("{") == bibtex.count("}")


def test_shared_links_carry_the_address_and_nothing_that_tracks(client: Client) -> None:
    claim = factories.published()
    links = page(client, address(claim)).one("ul", class_="share").all("a")
    assert [link.words for link in links] == ["E-mail", "Bluesky", "Facebook", "LinkedIn", "Telegram", "WhatsApp", "X"]
    for link in links:
        assert "127.0.0.1%3A8000" in link["href"]
        assert not re.search(r"utm_|fbclid|ref=", link["href"])
        assert link["rel"] == "nofollow noopener noreferrer"


def test_code_to_embed_shows_the_card(client: Client) -> None:
    claim = factories.published(factories.claim(wording='Say "so" & <go>.'))
    code = page(client, address(claim)).one("section", class_="use").all("pre")[1].text
    frame = parse(code).one("iframe")
    assert frame["src"] == f"http://127.0.0.1:8000{address(claim)}card/"
    assert frame["title"] == 'Fact-check: Say "so" & <go>.'
    response = client.get(f"{address(claim)}card/")
    card = parse(response)
    assert card.one("h1").words == 'Say "so" & <go>.'
    assert card.one("h1").one("a")["href"] == f"http://127.0.0.1:8000{address(claim)}"
    assert "True" in card.one("main").words
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response


def test_no_other_page_may_be_framed(client: Client) -> None:
    response = client.get(address(factories.published()))
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_card_of_a_retracted_verdict_says_so(client: Client) -> None:
    claim = factories.published(summary="It is so.")
    factories.amended(claim, kind="retraction", note="Forged.")
    card = page(client, f"{address(claim)}card/")
    assert "Do not rely on it" in card.words
    assert "It is so." not in card.one("main").words


def test_card_at_another_spelling_redirects(client: Client) -> None:
    claim = factories.published()
    assert client.get(f"/claims/{claim.pk}-other/card/")["Location"] == f"{address(claim)}card/"


@pytest.mark.parametrize(
    "spelling", ["{url}", "{url}v1/", "{site}/claims/{pk}/", "{site}/claims/{pk}", "{url}#versions"]
)
def test_oembed_finds_a_claim_by_any_of_its_addresses(client: Client, spelling: str) -> None:
    claim = factories.published()
    site = "http://127.0.0.1:8000"
    asked = spelling.format(site=site, url=site + address(claim), pk=claim.pk)
    found = client.get("/oembed/", {"url": asked, "maxwidth": "400"}).json()
    assert (found["version"], found["type"], found["width"], found["height"]) == ("1.0", "rich", 400, 340)
    assert parse(found["html"]).one("iframe")["src"] == f"{site}{address(claim)}card/"
    link = page(client, address(claim)).one("link", type="application/json+oembed")
    assert link["href"].startswith(f"{site}/oembed/?url=")
    response = client.get(link["href"] + "&dnt=1")
    assert response.json()["title"] == found["title"]
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": "http://127.0.0.1:8000/claims/"}, 404),
        ({"url": "http://127.0.0.1:8000/claims/1-x/"}, 404),
        ({"url": "https://evil.example/claims/{pk}-x/"}, 404),
        ({"url": "http://[broken"}, 404),
        ({}, 404),
        ({"url": "http://127.0.0.1:8000/claims/{pk}-x/", "format": "xml"}, 501),
        ({"url": "http://127.0.0.1:8000/claims/{pk}-x/", "maxwidth": "wide"}, 400),
        ({"url": "http://127.0.0.1:8000/claims/{pk}-x/", "maxwidth": "9" * 5000}, 400),
        ({"url": "http://127.0.0.1:8000/claims/{pk}-x/", "maxheight": "0"}, 400),
    ],
)
def test_oembed_says_what_it_cannot(client: Client, query: dict[str, str], status: int) -> None:
    claim = factories.published()
    asked = {name: value.format(pk=claim.pk) for name, value in query.items()}
    response = client.get("/oembed/", asked)
    assert (response.status_code, response["Content-Type"]) == (status, "text/plain; charset=utf-8")


def test_reader_is_told_how_to_ask_for_a_correction(client: Client) -> None:
    factories.site_page("contact", title="How to reach us")
    wrong = page(client, address(factories.published())).one("section", class_="use")
    assert reverse("pages:corrections") + "#ask" in [link["href"] for link in wrong.all("a")]
    ask = page(client, "/corrections/").one("section", id="ask")
    assert ask.one("a")["href"] == "/contact/"


def test_rating_of_an_earlier_version_is_explained_as_itself(client: Client) -> None:
    factories.whole_scale()
    claim = factories.published(rating=factories.rating("mixed"))
    factories.amended(claim, rating=factories.rating("false"))
    meanings = {
        url: page(client, url).one("p", class_="finding-means").words
        for url in (f"{address(claim)}v1/", address(claim))
    }
    assert [words.partition(" The whole")[0] for words in meanings.values()] == [
        "What “Mixed” means: When a claim is mixed.",
        "What “False” means: When a claim is false.",
    ]


def test_card_that_is_still_good_may_still_be_framed(client: Client) -> None:
    url = f"{address(factories.published())}card/"
    unchanged = client.get(url, headers={"if-none-match": client.get(url)["ETag"]})
    assert (unchanged.status_code, "Content-Security-Policy" in unchanged) == (304, False)
