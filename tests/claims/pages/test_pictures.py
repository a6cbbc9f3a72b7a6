"""The picture of each version of a verdict, and where pages say that it is."""

import io
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from claims import freshness
from claims.models import Claim, PublishedClaim
from claims.presentation.picture.palette import COLOURS
from tests.claims import factories
from tests.claims.pages.html import Node, parse

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def address(claim: Claim) -> str:
    return PublishedClaim.objects.get(pk=claim.pk).get_absolute_url()


def picture(claim: Claim, version: int = 1) -> str:
    return f"{address(claim).rstrip('/')}/v{version}.png"


def told(client: Client, url: str) -> dict[str, str | None]:
    shown: Node = parse(client.get(url))
    names = ("og:image", "og:image:type", "og:image:width", "og:image:height", "og:image:alt")
    found = {name: shown.one("meta", property=name)["content"] for name in names}
    return found | {"card": shown.one("meta", name="twitter:card")["content"]}


def colours(content: bytes) -> set[str]:
    image = Image.open(io.BytesIO(content))
    return {"#{:02x}{:02x}{:02x}".format(*colour) for _number, colour in image.getcolors(1200 * 630)}


def test_picture_is_kept_in_a_folder_that_was_not_there_yet(client: Client, settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "not" / "yet"
    url = picture(factories.published())
    client.get(url)
    assert len(list(settings.DATA_DIR.rglob("*.png"))) == 1


def test_picture_is_a_png_that_is_kept_for_a_day(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = picture(factories.published())
    with django_assert_num_queries(2):
        response = client.get(url, headers={"accept-encoding": "gzip"})
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Cache-Control"] == "public, max-age=86400, stale-while-revalidate=604800" == freshness.A_DAY
    assert "Content-Encoding" not in response
    assert not response.cookies
    image = Image.open(io.BytesIO(response.content))
    image.verify()
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert COLOURS["full"] in colours(response.content)
    assert client.get(url).content == response.content


def test_picture_that_is_unchanged_is_not_sent_again(client: Client) -> None:
    url = picture(factories.published())
    unchanged = client.get(url, headers={"if-none-match": client.get(url)["ETag"]})
    assert (unchanged.status_code, unchanged["Cache-Control"]) == (304, freshness.A_DAY)


def test_each_version_has_a_picture_of_what_it_said(client: Client) -> None:
    factories.whole_scale()
    claim = factories.published()
    first = client.get(picture(claim)).content
    factories.amended(claim, rating=factories.rating("false"))
    second = client.get(picture(claim, 2)).content
    assert client.get(picture(claim)).content == first
    assert COLOURS["empty"] in colours(second)
    assert COLOURS["empty"] not in colours(first)


def test_picture_of_a_retraction_says_so(client: Client) -> None:
    claim = factories.published()
    factories.amended(claim, kind="retraction", note="Forged.")
    found = colours(client.get(picture(claim, 2)).content)
    assert COLOURS["retracted"] in found
    assert COLOURS["full"] not in found
    # Also where somebody shares an earlier version's page.
    of_the_first = told(client, f"{address(claim)}v1/")
    assert (of_the_first["og:image"], "True" in of_the_first["og:image:alt"]) == (SITE + picture(claim, 2), False)


def test_other_claims_have_other_pictures(client: Client) -> None:
    claims = [factories.published(factories.claim(wording=wording)) for wording in ("It rained.", "It snowed.")]
    assert len({client.get(picture(claim)).content for claim in claims}) == 2


def test_picture_at_another_spelling_redirects(client: Client) -> None:
    claim = factories.published()
    response = client.get(f"/claims/{claim.pk}-other/v1.png")
    assert (response.status_code, response["Location"]) == (301, picture(claim))
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("version", [0, 2, 10**40])
def test_version_that_never_was_has_no_picture(client: Client, version: int) -> None:
    response = client.get(picture(factories.published(), version))
    assert response.status_code == 404
    assert "Cache-Control" not in response


@pytest.mark.parametrize("status", ["new", "in_review", "approved", "dropped"])
def test_draft_has_no_picture(client: Client, status: str, tmp_path: Path) -> None:
    for slug in ("x", "claim"):
        assert client.get(f"/claims/{factories.at_status(status).pk}-{slug}/v1.png").status_code == 404
    assert not [*tmp_path.rglob("*.png")]


def test_reopened_claim_shows_no_draft(client: Client) -> None:
    claim = factories.published()
    before = client.get(picture(claim)).content
    Claim.objects.filter(pk=claim.pk).update(wording="A draft that nobody approved.")
    assert client.get(picture(claim)).content == before


def test_no_picture_takes_a_post(client: Client) -> None:
    assert client.post(picture(factories.published())).status_code == 405


def test_verdict_s_page_tells_of_its_picture(client: Client) -> None:
    claim = factories.published(factories.claim(wording='Say "so" & <go>.'))
    assert told(client, address(claim)) == {
        "og:image": SITE + picture(claim),
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": 'Fact-check: Say "so" & <go>. (True)',
        "card": "summary_large_image",
    }


def test_other_pages_tell_of_the_site_s(client: Client, settings) -> None:
    claim = factories.published()
    found = told(client, "/")
    assert found["og:image:alt"] == "Assay: What was said, and what the evidence shows."
    for url in ("/claims/", "/ledger/", claim.article.get_absolute_url()):
        assert told(client, url) == found
    response = client.get(found["og:image"].removeprefix(SITE))
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/png", freshness.A_DAY)
    assert COLOURS["accent"] in colours(response.content)
    settings.SITE_NAME = "The Check"
    renamed = told(client, "/")["og:image"].removeprefix(SITE)
    assert client.get(found["og:image"].removeprefix(SITE))["Location"] == renamed
    assert client.get(renamed).content != response.content


@pytest.mark.parametrize(
    ("bounds", "shown"),
    [({}, True), ({"maxwidth": "1200", "maxheight": "700"}, True), ({"maxwidth": "800"}, False)],
)
def test_oembed_has_the_picture_where_there_is_room_for_it(client: Client, bounds: dict[str, str], shown: bool) -> None:
    claim = factories.published()
    found = client.get("/oembed/", {"url": SITE + address(claim)} | bounds).json()
    thumbnail = {name: found[name] for name in found if name.startswith("thumbnail")}
    whole = {"thumbnail_url": SITE + picture(claim), "thumbnail_width": 1200, "thumbnail_height": 630}
    assert thumbnail == (whole if shown else {})


@pytest.mark.usefixtures("committed")
def test_pictures_are_not_kept_as_pages(client: Client, settings) -> None:
    settings.CACHES = settings.CACHES | {"pages": settings.CACHES["default"] | {"LOCATION": "pages"}}
    url = picture(factories.published())
    assert [client.get(url)["Content-Type"] for _ in range(2)] == ["image/png"] * 2
