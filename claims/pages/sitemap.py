"""The pages that search engines should know (sitemaps.org): each public one, at its one address."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from claims.models.article import Article
from claims.models.site_page import SitePage
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.presentation import addresses
from claims.presentation.records import public_claims
from claims.querysets import public_outlets, public_sources


class OfSite(Sitemap):
    """With the addresses that the site is known by, whatever it was asked as."""

    # The most that a file may hold is 50,000, which would take seconds to make.
    limit = 10_000

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class Fixed(OfSite):
    def items(self) -> list[str]:
        names = ["home", "claims", "articles", "speakers", "topics", "sources", "outlets"]
        return [reverse(f"pages:{name}") for name in (*names, "ratings", "corrections", "ledger")]

    def location(self, item: str) -> str:
        return item


class Claims(OfSite):
    def items(self) -> QuerySet:
        return public_claims().order_by("ordinal").only("slug", "published_at")

    def lastmod(self, item: Any) -> datetime:
        return item.published_at

    def get_latest_lastmod(self) -> datetime | None:
        """By PostgreSQL: Django would look at every claim there is."""
        return public_claims().aggregate(latest=Max("published_at"))["latest"]


class Articles(OfSite):
    def items(self) -> QuerySet:
        return Article.objects.public().order_by("pk").only("title")


class Speakers(OfSite):
    def items(self) -> QuerySet:
        return Speaker.objects.public().order_by("pk").only("name")


class Topics(OfSite):
    def items(self) -> QuerySet:
        return Topic.objects.public().order_by("pk")

    def location(self, item: Topic) -> str:
        return addresses.topic(item.slug)


class Sources(OfSite):
    def items(self) -> QuerySet:
        return public_sources().order_by("pk").only("title")

    def location(self, item: Any) -> str:
        return addresses.source(item.pk, item.title)


class Outlets(OfSite):
    def items(self) -> QuerySet:
        return public_outlets().order_by("pk").only("name")

    def location(self, item: Any) -> str:
        return addresses.outlet(item.pk, item.name)


class AboutTheNewsroom(OfSite):
    def items(self) -> QuerySet:
        return SitePage.objects.order_by("pk").only("slug")


SITEMAPS = {
    "pages": Fixed,
    "about": AboutTheNewsroom,
    "claims": Claims,
    "articles": Articles,
    "speakers": Speakers,
    "topics": Topics,
    "sources": Sources,
    "outlets": Outlets,
}
