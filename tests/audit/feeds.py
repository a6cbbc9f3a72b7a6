"""Feeds and sitemaps as they are served, by the rules of their formats."""

import feedparser

from tests.audit.html import fetched
from tests.claims.pages.for_machines import MOST_LOCATIONS, faults_of_feed, faults_of_sitemap, locations

FEEDS = ("/feeds/claims.atom", "/feeds/corrections.atom")


def faults(home: str, paths: dict[str, str]) -> list[str]:
    found = []
    for path in FEEDS:
        text = fetched(home + path)
        told = feedparser.parse(text.encode())
        found += [f"{path}: {told.bozo_exception}"] if told.bozo else []
        found += [f"{path}: {fault}" for fault in faults_of_feed(text)]
    index = fetched(f"{home}/sitemap.xml")
    maps = {address: fetched(address) for address in locations(index)}
    for address, text in {"/sitemap.xml": index, **maps}.items():
        found += [f"{address}: {fault}" for fault in faults_of_sitemap(text)]
    pages = [page for text in maps.values() for page in locations(text)]
    print(
        f"   {len(FEEDS)} feeds, {len(maps)} sitemaps with {len(pages)} pages (at most {MOST_LOCATIONS} in one)",
        flush=True,
    )
    elsewhere = [page for page in pages if not page.startswith(f"{home}/")]
    return (
        found
        + [f"{page} is elsewhere" for page in elsewhere]
        + (["a page twice"] if len(set(pages)) < len(pages) else [])
    )
