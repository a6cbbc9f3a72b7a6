"""What finds faults in feeds and sitemaps does find them."""

import pytest

from tests.claims.pages.for_machines import faults_of_feed, faults_of_sitemap

LINK = '<link href="https://example.org/"/>'
ONCE = f"<id>urn:x:1</id><title>One</title><updated>2026-01-01T00:00:00Z</updated>{LINK}"
WHOLE = ONCE.replace("urn:x:1", "https://example.org/1")


def feed(inside: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{inside}</feed>'


def sitemap(inside: str) -> str:
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>'


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (feed(f"{WHOLE}<author><name>N</name></author><entry>{WHOLE}</entry>"), []),
        (feed(f"{WHOLE}<entry>{WHOLE}</entry>"), ["an entry without an author"]),
        (feed(ONCE), ["id is not absolute"]),
        (feed(WHOLE.replace("T00:00:00Z", "")), ["updated is '2026-01-01'"]),
        (feed(WHOLE.replace("<title>One</title>", "")), ["0 times title"]),
        (feed(WHOLE + LINK), ["2 links ('alternate', None)"]),
        (feed(f"{WHOLE}<colour/>"), ["colour is unknown"]),
        ("<rss/>", ["rss is not a feed"]),
    ],
)
def test_faults_of_a_feed_are_found(text: str, faults: list[str]) -> None:
    assert faults_of_feed(text) == faults


@pytest.mark.parametrize(
    ("inside", "faults"),
    [
        ("<url><loc>https://example.org/</loc><lastmod>2026-01-01</lastmod></url>", []),
        ("<url><loc>/claims/</loc></url>", ["loc is '/claims/'"]),
        ("<url><loc>https://example.org/</loc><lastmod>1 May</lastmod></url>", ["lastmod is '1 May'"]),
        ("<url><loc>https://example.org/</loc></url>" * 2, ["https://example.org/ twice"]),
        ("<page/>", ["{http://www.sitemaps.org/schemas/sitemap/0.9}page is unknown", "loc is ''"]),
    ],
)
def test_faults_of_a_sitemap_are_found(inside: str, faults: list[str]) -> None:
    assert faults_of_sitemap(sitemap(inside)) == faults
