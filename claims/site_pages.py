"""What a newsroom should say of itself, as the IFCN's principles ask, and what of it is still to be written."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import SitePage

# What each of the samples in seeds/ says, and no page that a newsroom wrote.
SAMPLE = "This page is a sample"
# Titles to begin with, and what is to be said, by the pages' addresses.
WANTED: dict[str, tuple[str | Promise, str | Promise]] = {
    "method": (_("How we work"), _("how you choose, check and correct")),
    "about": (_("About us"), _("who you are, and that you take no side")),
    "funding": (_("Who pays for this"), _("who pays, and who owns it")),
    "contact": (_("How to reach us"), _("how to ask for a correction")),
}


class Unwritten(NamedTuple):
    """A page that is missing, or there as a sample (``is_sample``); ``href`` leads to the form for it."""

    slug: str
    about: str | Promise
    href: str
    is_sample: bool


def there() -> ArraySubquery:
    """Those of the wanted pages that there are, for ``unwritten``; for a query of something else."""
    is_sample = ExpressionWrapper(Q(text__contains=SAMPLE), BooleanField())
    pages = SitePage.objects.filter(slug__in=WANTED)
    return ArraySubquery(pages.values(told=JSONObject(slug="slug", pk="pk", is_sample=is_sample)))


def unwritten(there: Iterable[dict[str, Any]]) -> list[Unwritten]:
    """What is still to be written, in the order in which it is wanted."""
    found = {page["slug"]: page for page in there}
    return [
        Unwritten(slug, about, _form(slug, str(title), found.get(slug)), slug in found)
        for slug, (title, about) in WANTED.items()
        if slug not in found or found[slug]["is_sample"]
    ]


def _form(slug: str, title: str, page: dict[str, Any] | None) -> str:
    if page:
        return reverse("admin:claims_sitepage_change", args=[page["pk"]])
    return f"{reverse('admin:claims_sitepage_add')}?{urlencode({'slug': slug, 'title': title})}"
