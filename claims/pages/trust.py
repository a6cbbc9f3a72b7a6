"""Pages that show how far the record can be trusted: what was put right, the ledger, and the newsroom itself."""

import hashlib
import re
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from claims import freshness
from claims.models.publication import GENESIS, Publication
from claims.models.site_page import SitePage
from claims.pages.page import Gone, PagedPage, SluggedPage
from claims.presentation.kept import kept
from claims.presentation.records import Record
from claims.querysets import site_pages_once_at

COLUMNS = ("sequence", "version", "kind", "note", "hash", "previous_hash", "hash_before", "published_at", "document")
NUMBER = re.compile(r"[1-9]\d{0,17}", re.ASCII)


class Entry:
    """A ledger entry as a line of a list: the columns, the document read, and the claim's record."""

    hash: str
    previous_hash: str
    hash_before: str | None
    document: str

    def __init__(self, row: dict[str, Any]) -> None:
        self.__dict__.update(row)
        # By the slug of that version's own wording, which leads to the current one.
        [self.record] = Record.read([row["document"]])
        self.doc = self.record.doc

    @property
    def is_sound(self) -> bool:
        """Whether its hash follows from that of the entry before it and its document."""
        made_of = self.previous_hash + self.document
        chained = self.previous_hash == (self.hash_before or GENESIS)
        return chained and hashlib.sha256(made_of.encode()).hexdigest() == self.hash


class Ledger:
    """Its entries up to one, the newest first: a list for Django's paginator.

    The ledger has no gaps, and so needs no counting, nor a walk to where a page begins.
    """

    def __init__(self, newest: int) -> None:
        self.newest = newest

    def __len__(self) -> int:
        return self.newest

    def __getitem__(self, part: slice) -> QuerySet:
        entries = Publication.objects.filter(sequence__gt=self.newest - part.stop)
        return entries.filter(sequence__lte=self.newest - (part.start or 0)).order_by("-sequence")


class EntryList(PagedPage, ListView):
    """A paginated list of ledger entries; its template gets ``entries``."""

    paginate_by = 30
    depends_on = frozenset({"page", "claim"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"entries": [Entry(row) for row in context["object_list"].with_hash_before().values(*COLUMNS)]}


class CorrectionsView(EntryList):
    template_name = "claims/corrections.html"
    title = gettext_lazy("Corrections")
    description = gettext_lazy("Every update, correction and retraction of a published verdict, the newest first.")

    def get_queryset(self) -> QuerySet:
        return Publication.objects.amendments()

    def get_paginator(self, queryset: QuerySet, *args: Any, **kwargs: Any) -> Paginator:
        paginator = super().get_paginator(queryset, *args, **kwargs)
        paginator.count = kept(self.request, "number-of-corrections", queryset.count)
        return paginator


class LedgerView(EntryList):
    """The ledger for people: its newest entries, how to verify it, and one claim's entries looked up."""

    template_name = "claims/ledger.html"
    title = gettext_lazy("The ledger")
    description = gettext_lazy(
        "Every publication in order, each sealed with the hash of the one before, and how to check it."
    )

    def get_queryset(self) -> Ledger | QuerySet:
        if NUMBER.fullmatch(self.asked):
            return Publication.objects.filter(claim_id=int(self.asked)).order_by("-sequence")
        moment = freshness.present(self.request)
        return Ledger(moment.entry if moment else 0)

    @cached_property
    def asked(self) -> str:
        """The claim that somebody wants to check, by its number or by the address of its page."""
        text = self.request.GET.get("claim", "").strip()
        found = re.search(r"/claims/(\d{1,18})", text)
        return found[1] if found else text

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        checking = bool(NUMBER.fullmatch(self.asked))
        wrong = bool(self.asked) and not checking
        return super().get_context_data(asked=self.asked, checking=checking, wrong=wrong, **kwargs)


class SitePageView(SluggedPage, TemplateView):
    """A page that the newsroom wrote about itself; one that was moved is found at its new address."""

    template_name = "claims/site_page.html"
    subject: SitePage

    def get_subject(self) -> SitePage:
        pages = SitePage.objects.annotate(changed_at=Max("events__pgh_created_at"))
        for page in pages.filter(slug=self.kwargs["slug"]):
            return page
        for slug in site_pages_once_at(self.kwargs["slug"]):
            if slug is None:
                raise Gone(_("The newsroom had a page about itself here, and has since taken it away."))
            return SitePage(slug=slug)
        raise Http404(_("There is no page at this address."))

    def get_address(self) -> str:
        return self.subject.get_absolute_url()

    def get_title(self) -> str:
        return self.subject.title

    def get_description(self) -> str:
        return self.subject.summary or self.subject.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(page=self.subject, **kwargs)
