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


def described() -> Claim:
    """A claim with all that a verdict page can show."""
    article = factories.article(
        "Before it. The mayor said trees were planted. After it.",
        title="The title",
        language="de",
        published_on="2022-07-01",
        published_on_precision="month",
    )
    claim = factories.claim(
        "trees were planted",
        article=article,
        topics=("Health",),
        wording="Trees were planted in the town.",
        form="paraphrase",
        speaker=factories.speaker("The Mayor"),
        position="mayor of the town",
        relays=factories.speaker("The Forester"),
        stated_on="2022-07-12",
        stated_on_precision="day",
        stated_on_note="the day of the meeting",
        occasion="a meeting",
    )
    claim.refresh_from_db()
    factories.evidence(
        claim,
        stance="refutes",
        finding="Nobody planted any.",
        locator="page 3",
        source=factories.source(
            title="The register",
            url="https://example.org/register",
            published_on="2021-01-01",
            published_on_precision="year",
            published_on_note="from its first page",
            independence="primary",
            independence_note="Kept by the town.",
        ),
    )
    return factories.published(claim, summary="It is so.", explanation="It is **so**.", needed="A count of the trees.")


def test_verdict_page_shows_the_whole_document(client: Client) -> None:
    claim = described()
    shown = page(client, address(claim)).one("main")
    assert shown.one("h1").words == "Trees were planted in the town."
    quote = shown.one("blockquote")
    assert (quote["lang"], quote.words) == ("de", "Before it. The mayor said trees were planted. After it.")
    assert quote.one("mark").text == "trees were planted"
    for words in (
        "True",
        "When a claim is true.",
        "It is so.",
        "The Mayor",
        "mayor of the town",
        "The Forester",
        "12 July 2022",
        "the day of the meeting",
        "a meeting",
        "Paraphrase",
        "Checked and rated",
        "Health",
        "Nobody planted any.",
        "page 3",
        "The Daily Planet",
        "dataset",
        "from its first page",
        "primary record",
        "Kept by the town.",
        "A count of the trees.",
        "Approved by Rita Reviewer",
        "It says the same.",
    ):
        assert words.casefold() in shown.words.casefold()
    assert shown.one("strong").text == "so"
    links = {link["href"] for link in shown.all("a")}
    assert f"{claim.article.get_absolute_url()}#claim-{claim.pk}" in links
    assert {claim.speaker.get_absolute_url(), claim.relays.get_absolute_url()} <= links
    assert {f"/api/v1/claims/{claim.pk}/", "https://example.org/register"} <= links


def test_evidence_is_grouped_by_stance(client: Client) -> None:
    shown = page(client, address(described()))
    groups = shown.one("section", class_="evidence").all("section", class_="stance")
    assert [(group.one("h3").words, len(group.all("li"))) for group in groups] == [
        ("Supports the claim 1", 1),
        ("Refutes the claim 1", 1),
    ]


@pytest.mark.parametrize("path", ["/claims/{}/", "/claims/{}-other/", "/claims/{}-ünïcode/"])
def test_other_addresses_of_a_claim_redirect_to_its_own_for_good(client: Client, path: str) -> None:
    claim = factories.published()
    response = client.get(path.format(claim.pk))
    assert (response.status_code, response["Location"]) == (301, address(claim))


@pytest.mark.parametrize("status", ["new", "researching", "in_review", "approved", "dropped"])
def test_a_claim_that_was_never_published_is_not_found(client: Client, status: str) -> None:
    response = client.get(f"/claims/{factories.at_status(status).pk}/")
    assert response.status_code == 404
    assert "There is nothing published here" in parse(response).one("h1").words


@pytest.mark.parametrize("number", [0, 2**63, 10**40])
def test_an_impossible_id_is_not_found(client: Client, number: int) -> None:
    assert client.get(f"/claims/{number}/").status_code == 404
    assert client.get(f"/claims/{number}-x/v1/").status_code == 404


def test_a_listing_says_that_it_is_tracked_and_not_yet_checked(client: Client) -> None:
    shown = page(client, address(factories.listed()))
    assert "This statement is tracked, not yet checked." in shown.one("section", class_="finding").words
    assert "A listing, which needs no approval" in shown.words


def test_a_statement_that_is_not_checkable_says_why(client: Client) -> None:
    claim = factories.claim(checkability="opinion")
    factories.published(claim, kind="listing", rating=None, summary="A view.", explanation="Nothing to **test**.")
    shown = page(client, address(claim))
    finding = shown.one("section", class_="finding").words
    assert finding.startswith("Not checkable A view. Not checkable (opinion)")
    assert "Nothing to test." in shown.words


def test_a_correction_is_on_top_and_both_versions_stay(client: Client) -> None:
    claim = factories.published(summary="As it was.")
    factories.amended(claim, note="A figure was wrong.", summary="As it is.")
    shown = page(client, address(claim))
    assert "A figure was wrong." in shown.one("aside", class_="banner-corrected").words
    assert "As it is." in shown.one("section", class_="finding").words
    first, second = (reverse("pages:version", args=[claim.pk, address(claim).split("-", 1)[1][:-1], n]) for n in (1, 2))
    assert [link["href"] for link in shown.one("section", class_="versions").all("a")] == [second, first]
    earlier = page(client, first)
    assert "not the current version 2" in earlier.one("aside", class_="banner").words
    assert "As it was." in earlier.one("section", class_="finding").words
    assert "A figure was wrong." not in earlier.one("section", class_="finding").words
    assert "version 2, the current one" in page(client, second).all("aside", class_="banner")[0].words


def test_a_retraction_is_the_first_thing_said(client: Client) -> None:
    claim = factories.published()
    factories.amended(claim, kind="retraction", note="The document was forged.")
    shown = page(client, address(claim)).one("main")
    assert shown.words.startswith("This verdict is retracted. Do not rely on it.")
    assert "The document was forged." in shown.one("aside", class_="banner-retracted").words
    assert shown.one("section", class_="finding").one(class_="mark-word").text == "Retracted"


def test_a_version_at_another_spelling_redirects_and_one_that_never_was_is_not_found(client: Client) -> None:
    claim = factories.published()
    assert client.get(f"/claims/{claim.pk}-other/v1/")["Location"] == f"{address(claim)}v1/"
    assert client.get(f"{address(claim)}v2/").status_code == 404
    assert client.get(f"{address(claim)}v0/").status_code == 404


def test_a_rating_struck_from_the_scale_still_shows_its_name(client: Client) -> None:
    claim = factories.published()
    Claim.objects.get(pk=claim.pk).assessment.rating.__class__.objects.filter(slug="true").update(slug="verified-true")
    assert page(client, address(claim)).one("section", class_="finding").words.startswith("True It is so.")


def test_what_people_wrote_is_escaped(client: Client) -> None:
    nasty = '"><script>alert(1)</script>'
    article = factories.article(f"He said {nasty} to all.", title=f"T{nasty}")
    claim = factories.claim(nasty, article=article, wording=f"W{nasty}", speaker=factories.speaker(f"S{nasty}"))
    factories.published(claim, summary=f"Y{nasty}", explanation=f"E{nasty}", needed=f"N{nasty}")
    for url in (address(claim), article.get_absolute_url(), claim.speaker.get_absolute_url(), "/", "/claims/"):
        scripts = [script for script in page(client, url).all("script") if "src" not in script.attributes]
        assert {script["type"] for script in scripts} <= {"application/ld+json"}
        assert "<" not in "".join(script.text for script in scripts)
