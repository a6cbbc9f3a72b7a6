from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims import merging
from tests.claims import factories
from tests.claims.pages.html import Node, parse

pytestmark = pytest.mark.django_db


def page(client: Client, query: str = "") -> Node:
    response = client.get(f"/claims/?{query}")
    assert response.status_code == 200
    return parse(response)


def wordings(shown: Node) -> list[str]:
    return [heading.words for heading in shown.all("h2", class_="record-claim")]


def published(wording: str, **submission: object) -> None:
    factories.published(factories.claim(wording=wording), **submission)


def test_claims_are_listed_newest_first(client: Client) -> None:
    for wording in ("One.", "Two."):
        published(wording)
    factories.researched(factories.claim(wording="A draft."))
    assert wordings(page(client)) == ["Two.", "One."]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_few_queries_filtered_or_not(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    page(client)
    speaker = factories.speaker()
    for _ in range(number):
        claim = factories.published(factories.claim(speaker=speaker, topics=("Health",)))
    with django_assert_num_queries(2):
        assert len(wordings(page(client))) == number
    outlet, source = claim.article.outlet_id, claim.evidence.get().source_id
    with django_assert_num_queries(6):
        assert len(wordings(page(client, "q=rained"))) == number
    with django_assert_num_queries(9):
        found = page(client, f"q=rained&rating=true&topic=health&speaker={speaker.pk}&outlet={outlet}&source={source}")
    assert len(wordings(found)) == 1


def test_filters_narrow_the_list_and_stay_in_the_form(client: Client) -> None:
    published("One.", rating=factories.rating("true"))
    published("Two.", rating=factories.rating("false"))
    shown = page(client, "rating=false&q=two")
    assert wordings(shown) == ["Two."]
    assert [box["value"] for box in shown.all("input", type="checkbox") if "checked" in box.attributes] == ["false"]
    assert shown.one("input", name="q")["value"] == "two"


def test_the_scale_is_offered_from_the_truest_down(client: Client) -> None:
    factories.whole_scale()
    boxes = page(client).all("input", name="rating")
    assert [box["value"] for box in boxes] == ["true", "mixed", "false", "unproven"]


def test_what_the_list_is_narrowed_to_has_a_name_and_can_be_taken_off(client: Client) -> None:
    claim = factories.claim(speaker=factories.speaker("The Mayor"), wording="One.")
    factories.published(claim)
    published("Two.")
    shown = page(client, f"speaker={claim.speaker_id}&q=one&page=1")
    assert wordings(shown) == ["One."]
    narrowed = shown.one("ul", class_="narrowed")
    assert narrowed.words == "Speaker The Mayor Remove"
    assert narrowed.one("a")["href"] == "?q=one"
    assert shown.one("input", type="hidden")["value"] == str(claim.speaker_id)


def test_each_of_all_topics_and_a_sources_publisher_can_be_taken_off(client: Client) -> None:
    source = factories.source(publisher=factories.publisher("The Office"))
    claim = factories.claim(topics=("Health", "Trade"), wording="One.")
    factories.evidence(claim, source=source)
    factories.published(claim)
    published("Two.")
    shown = page(client, f"all_topics=health&all_topics=trade&publisher={source.publisher_id}")
    assert wordings(shown) == ["One."]
    assert [link["href"] for link in shown.one("ul", class_="narrowed").all("a")] == [
        "?all_topics=health&all_topics=trade",
        f"?all_topics=trade&publisher={source.publisher_id}",
        f"?all_topics=health&publisher={source.publisher_id}",
    ]
    assert "The Office" in shown.one("ul", class_="narrowed").words
    hidden = [(field["name"], field["value"]) for field in shown.all("input", type="hidden")]
    assert hidden == [("publisher", str(source.publisher_id)), ("all_topics", "health"), ("all_topics", "trade")]


def test_a_speaker_who_is_not_public_is_not_named(client: Client) -> None:
    speaker = factories.speaker("A secret source")
    factories.claim(speaker=speaker)
    assert "secret" not in page(client, f"speaker={speaker.pk}").text


def test_a_value_that_makes_no_sense_is_told_and_finds_nothing(client: Client) -> None:
    published("One.")
    shown = page(client, "stated_after=July&speaker=x&rating=No+slug")
    assert wordings(shown) == []
    errors = shown.one(role="alert").words
    assert "“July” is not a date" in errors
    assert "Speaker:" in errors
    assert "“No slug” is not a slug" in errors


def test_nothing_found_and_nothing_published_are_told_apart(client: Client) -> None:
    assert "Nothing has been published yet." in page(client).words
    published("One.")
    assert "No published claim fits all of this." in page(client, "q=absent").words


def test_pages_keep_the_filters(client: Client) -> None:
    for number in range(25):
        published(f"Claim {number}.")
    shown = page(client, "q=claim&rating=true")
    assert len(wordings(shown)) == 24
    link = shown.one("nav", class_="pages").one("a")
    assert link["href"] == "?q=claim&rating=true&page=2"
    assert wordings(parse(client.get("/claims/" + link["href"]))) == ["Claim 0."]


@pytest.mark.parametrize("page", ["2", "0", "x", "9" * 30])
def test_a_page_that_is_not_there_is_not_found(client: Client, page: str) -> None:
    assert client.get("/claims/", {"page": page}).status_code == 404


def counts(shown: Node, name: str) -> dict[str, str]:
    boxes = (label for label in shown.all("label") if label.all("input", name=name))
    return {box.one("input")["value"]: box.one("span", class_="number").words for box in boxes}


def test_each_choice_says_how_many_claims_it_would_find(client: Client) -> None:
    factories.whole_scale()
    published("One.", rating=factories.rating("true"))
    published("Two.", rating=factories.rating("true"))
    factories.published(factories.claim(wording="Three.", topics=("Health",)), rating=factories.rating("false"))
    assert counts(page(client), "rating") == {"true": "2", "mixed": "0", "false": "1", "unproven": "0"}
    assert counts(page(client), "topic") == {"health": "1"}
    chosen = page(client, "rating=true")
    assert counts(chosen, "rating") == {"true": "2", "mixed": "0", "false": "1", "unproven": "0"}
    assert counts(chosen, "topic") == {"health": "0"}
    assert counts(page(client, "topic=health"), "rating") == {"true": "0", "mixed": "0", "false": "1", "unproven": "0"}
    assert counts(page(client, "q=two"), "rating") == {"true": "1", "mixed": "0", "false": "0", "unproven": "0"}


def test_choice_finds_what_it_says(client: Client) -> None:
    for rating, topic in (("true", "Health"), ("false", "Health"), ("true", "Trade")):
        factories.published(factories.claim(topics=(topic,)), rating=factories.rating(rating))
    for query in ("", "topic=health", "topic=trade&rating=false", "q=rained&topic=health"):
        for value, number in counts(page(client, query), "rating").items():
            others = "&".join(part for part in query.split("&") if not part.startswith("rating"))
            assert len(wordings(page(client, f"{others}&rating={value}"))) == int(number), (query, value)


def test_wrong_filters_count_nothing(client: Client) -> None:
    published("One.")
    assert not page(client, "stated_after=July").all("span", class_="number")


def test_words_that_were_searched_for_are_marked(client: Client) -> None:
    published("Nobody <planted> a façade.", summary="Planting was put off.")
    shown = page(client, "q=plant facade")
    assert [mark.words for mark in shown.all("mark")] == ["planted", "façade", "Planting"]
    assert wordings(shown) == ["Nobody <planted> a façade."]
    assert not page(client).all("mark")


def test_words_of_the_quote_alone_are_shown_in_it(client: Client) -> None:
    published("A thing.", summary="So.")
    shown = page(client, "q=rained")
    assert "rained" in shown.one("blockquote", class_="record-quote").one("mark").words
    assert not page(client, "q=thing").all("blockquote")


def test_list_leads_to_the_same_claims_for_programs(client: Client) -> None:
    published("One.")
    published("Two.", rating=factories.rating("false"))
    links = [link["href"] for link in page(client, "rating=false&page=1").one("ul", class_="elsewhere").all("a")]
    assert [link.partition("?")[2] for link in links] == ["rating=false"] * 3
    assert [doc["claim"] for doc in client.get(links[0]).json()["results"]] == ["Two."]
    plain = [link["href"] for link in page(client).one("ul", class_="elsewhere").all("a")]
    assert plain == ["/api/v1/claims/", "/api/v1/exports/claims.csv", "/feeds/claims.atom"]


def test_of_more_than_are_counted_no_parts_are_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("claims.selection", "claims.pages.facets", "claims.presentation.records"):
        monkeypatch.setattr(f"{module}.MOST_COUNTED", 2)
    for wording in ("One.", "Two.", "Three."):
        published(wording)
    shown = page(client, "q=rained")
    assert "there may be more" in shown.words
    assert not shown.all("span", class_="number")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vacinated", "vaccinated"),
        ("vaccinnated", "vaccinated"),
        ("vaccianted", "vaccinated"),
        ("snwo", "snow"),
        ("presdent", "president"),
        ("Sokhoern", "sokkhoeurn"),
        ("Précident", "president"),
        ('"free vacines"', '"free vaccines"'),
        ("vacinated -mayor", "vaccinated -mayor"),
        ("presdent's vacines’s", "president vaccines"),
        ("nurces", "nurses"),
    ],
)
def test_typing_errors_are_forgiven_where_nothing_is_found(client: Client, typed: str, meant: str) -> None:
    speaker = factories.speaker("An Sokkhœurn")
    factories.published(factories.claim(wording="The président was vaccinated: free vaccines.", speaker=speaker))
    factories.published(factories.claim(wording="There was snow for doctors/nurses."))
    shown = page(client, urlencode({"q": typed}))
    assert len(wordings(shown)) == 1
    assert shown.one("p", class_="meant").words == (
        f"Nothing has the words “{typed}”. This is what was found for “{meant}”."
    )
    assert shown.one("input", name="q")["value"] == meant
    assert {urlencode({"q": meant}) in link["href"] for link in shown.one("ul", class_="elsewhere").all("a")} == {True}


@pytest.mark.parametrize("typed", ["vaccination", "VACCINATED", "vaccinated 2021", "xqzkwv", "vaccinated mayor", "was"])
def test_words_that_the_record_has_are_taken_as_they_are(client: Client, typed: str) -> None:
    published("The president was vaccinated.")
    published("The mayor spoke.")
    shown = page(client, urlencode({"q": typed}))
    assert shown.all("p", class_="meant") == []
    assert shown.one("input", name="q")["value"] == typed


def test_filters_hold_for_what_was_meant(client: Client) -> None:
    published("It rained in May.", rating=factories.rating("true"))
    published("It rained in June.", rating=factories.rating("false"))
    assert wordings(page(client, "q=rainde&rating=false")) == ["It rained in June."]
    nothing = page(client, "q=rainde&rating=mixed")
    assert (wordings(nothing), nothing.one("input", name="q")["value"]) == ([], "rainde")
    without = nothing.one("p", class_="empty").one("a")
    assert (without["href"], without.words) == ("/claims/?q=rained", "Look for “rained” without filters")
    assert len(wordings(page(client, without["href"].partition("?")[2]))) == 2
    assert page(client, "q=absent&rating=mixed").one("p", class_="empty").all("a") == []


def test_search_leads_to_what_is_named_so(client: Client) -> None:
    article = factories.article("It rained.", title="Rain, and the wéather bureau")
    bureau = factories.speaker("The Weather Bureau")
    factories.published(factories.claim("It rained", article=article, speaker=bureau, topics=("Weather",)))
    factories.speaker("A weather frog, of whom nothing is public")
    shown = page(client, "q=weather")
    assert [thing.words for thing in shown.one("ul", class_="named").all("li")] == [
        "Speaker The Weather Bureau",
        "Topic Weather",
        "Article Rain, and the wéather bureau",
    ]
    links = [link["href"] for link in shown.one("ul", class_="named").all("a")]
    assert links == [bureau.get_absolute_url(), "/topics/weather/", article.get_absolute_url()]
    assert page(client, "q=frog").all("ul", class_="named") == []
    assert page(client, "q=weather&page=1").all("ul", class_="named") == []


def test_filter_by_a_speaker_under_another_name_says_the_name_that_they_have(client: Client) -> None:
    old, new = factories.speaker("The old name"), factories.speaker("The new name")
    factories.published(factories.claim(speaker=old))
    merging.merge(old, into=new, by=factories.user("administrator"))
    for speaker in (old, new):
        shown = page(client, f"speaker={speaker.pk}")
        assert len(wordings(shown)) == 1
        assert "Speaker The new name Remove" in shown.words, speaker


@pytest.mark.parametrize(("typed", "meant"), [("human-rigths", "human-rights"), ('"human rigths"', '"human rights"')])
def test_words_that_are_joined_are_each_looked_at(client: Client, typed: str, meant: str) -> None:
    published("On human-rights law, and human rights.")
    assert page(client, urlencode({"q": typed})).one("input", name="q")["value"] == meant


@pytest.mark.parametrize("typed", ["rigths", "rigths of hmuan beigns, mistpyed and muhc tooo mnay timse", "z" * 300])
def test_forgiving_costs_as_much_however_many_words_are_wrong(
    client: Client, typed: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    published("On the rights of human beings.")
    page(client)
    with django_assert_max_num_queries(12):
        page(client, urlencode({"q": typed}))


def test_search_for_what_is_not_there_leads_to_no_names(client: Client) -> None:
    factories.published(factories.claim(speaker=factories.speaker("The Mayor")))
    assert page(client, "q=-weather").all("ul", class_="named") == []
