"""The rules of what is for machines to read: Atom (RFC 4287) and sitemaps (sitemaps.org), as far as we use them."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
ONCE = ("id", "title", "updated")
OF_A_FEED = {
    *ONCE,
    "author",
    "category",
    "contributor",
    "generator",
    "icon",
    "link",
    "logo",
    "rights",
    "subtitle",
    "entry",
}
OF_AN_ENTRY = {
    *ONCE,
    "author",
    "category",
    "content",
    "contributor",
    "link",
    "published",
    "rights",
    "source",
    "summary",
}
TEXTS = {"text", "html", "xhtml", None}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")

SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
W3C_DATE = re.compile(rf"\d{{4}}(-\d\d(-\d\d)?)?|{MOMENT.pattern}")
FREQUENCIES = {"always", "hourly", "daily", "weekly", "monthly", "yearly", "never"}
MOST_LOCATIONS, MOST_BYTES, LONGEST = 50_000, 50 * 2**20, 2_048


def faults_of_feed(text: str) -> list[str]:
    """Where an Atom feed breaks the rules, by element."""
    feed = ElementTree.fromstring(text)
    if feed.tag != f"{ATOM}feed":
        return [f"{feed.tag} is not a feed"]
    entries = feed.findall(f"{ATOM}entry")
    found = [*_of_part(feed, OF_A_FEED)]
    for entry in entries:
        found += _of_part(entry, OF_AN_ENTRY)
        if feed.find(f"{ATOM}author") is None and entry.find(f"{ATOM}author") is None:
            found.append("an entry without an author")
    identities = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    return found + [f"two entries {identity}" for identity, number in identities.items() if number > 1]


def _of_part(part: ElementTree.Element, known: set[str]) -> Iterator[str]:
    """Of a feed or an entry, without the entries."""
    names = Counter(child.tag.removeprefix(ATOM) for child in part)
    yield from (f"{name} is unknown" for name in names if name not in known)
    yield from (f"{names[name]} times {name}" for name in ONCE if names[name] != 1)
    for child in part:
        name, text = child.tag.removeprefix(ATOM), child.text or ""
        if name in ("updated", "published") and not MOMENT.fullmatch(text):
            yield f"{name} is {text!r}"
        if name in ("title", "summary", "content", "subtitle") and child.get("type") not in TEXTS:
            yield f"{name} is of type {child.get('type')}"
        if name in ("id", "link") and not is_absolute(text if name == "id" else child.get("href")):
            yield f"{name} is not absolute"
        if name == "author" and not child.findtext(f"{ATOM}name"):
            yield "an author without a name"
        if name == "category" and not child.get("term"):
            yield "a category without a term"
    links = Counter((link.get("rel", "alternate"), link.get("type")) for link in part.findall(f"{ATOM}link"))
    yield from (
        f"{number} links {link}" for link, number in links.items() if link[0] in ("alternate", "self") and number > 1
    )
    if not any(rel == "alternate" for rel, _kind in links):
        yield "no alternate link"


def faults_of_sitemap(text: str) -> list[str]:
    """Where a sitemap, or an index of sitemaps, breaks the rules."""
    root = ElementTree.fromstring(text)
    kinds = {f"{SITEMAPS}urlset": "url", f"{SITEMAPS}sitemapindex": "sitemap"}
    if root.tag not in kinds:
        return [f"{root.tag} is not a sitemap"]
    found = [f"{child.tag} is unknown" for child in root if child.tag != SITEMAPS + kinds[root.tag]]
    found += [fault for child in root for fault in _of_place(child)]
    places = Counter(child.findtext(f"{SITEMAPS}loc") for child in root)
    found += [f"{place} twice" for place, number in places.items() if number > 1]
    if len(root) > MOST_LOCATIONS or len(text.encode()) > MOST_BYTES:
        found.append("too large")
    return found


def _of_place(place: ElementTree.Element) -> Iterator[str]:
    told = {child.tag.removeprefix(SITEMAPS): child.text or "" for child in place}
    location = told.get("loc", "")
    if not is_absolute(location) or len(location) >= LONGEST or not location.isascii():
        yield f"loc is {location!r}"
    if "lastmod" in told and not W3C_DATE.fullmatch(told["lastmod"]):
        yield f"lastmod is {told['lastmod']!r}"
    if told.get("changefreq", "never") not in FREQUENCIES:
        yield f"changefreq is {told['changefreq']!r}"
    if not 0 <= float(told.get("priority", 0.5)) <= 1:
        yield f"priority is {told['priority']!r}"
    yield from (f"{name} is unknown" for name in told if name not in ("loc", "lastmod", "changefreq", "priority"))


def locations(text: str) -> list[str]:
    """What a sitemap or an index of sitemaps leads to."""
    return [loc.text or "" for loc in ElementTree.fromstring(text).iter(f"{SITEMAPS}loc")]


def is_absolute(address: str | None) -> bool:
    return bool(re.fullmatch(r"https?://[^\s/]+/\S*", address or ""))
