"""What every public page has in common."""

import gzip
import hashlib
import re
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from claims import freshness
from claims.presentation import embedding
from claims.presentation.embedding import Picture

KEPT_FOR = 60 * 60  # seconds
COMPRESSION = 6  # of 9
# And not with a quality of zero, which refuses it.
ACCEPTED = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


class Gone(Http404):
    """What was public once and is no more, with what happened: 410, and a page that says so (config.errors)."""


class Page(TemplateResponseMixin, ContextMixin, View):
    """A view with a title, a description and one address of its own, for its head and for those who link to it."""

    title: object = ""
    description: object = ""
    # Parameters that the page depends on; others, as of those who count where readers come from, change nothing.
    depends_on: frozenset[str] = frozenset()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A page is made once for each version of the record, but for those that somebody searched or filtered for."""
        name, kept = kept_as(request, self.depends_on), caches["pages"]
        if name and (compressed := kept.get(name)):
            return as_asked(request, compressed)
        response: Any = super().dispatch(request, *args, **kwargs)
        # Made without any parameters, which might be in its links.
        if name and response.status_code == 200 and not request.GET:
            compressed = gzip.compress(response.render().content, COMPRESSION, mtime=0)
            kept.set(name, compressed, KEPT_FOR)
            return as_asked(request, compressed)
        return response

    def get_title(self) -> str:
        return str(self.title)

    def get_description(self) -> str:
        return str(self.description)

    def get_address(self) -> str:
        """The path by which this page should be known."""
        return self.request.path

    def get_picture(self) -> Picture:
        """What is shown where a link to it is shared."""
        return embedding.of_site()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("words", "")  # What is searched for: nothing, but on the one page where somebody does.
        return super().get_context_data(
            title=self.get_title(),
            description=self.get_description(),
            canonical=settings.SITE_URL + self.get_address(),
            picture=self.get_picture(),
            **kwargs,
        )


class SluggedPage(Page):
    """A page whose address holds a slug: all other spellings are sent to the current one for good."""

    subject: Any

    def get_subject(self) -> Any:
        """What the page is about; raises Http404 if that is not public."""
        raise NotImplementedError

    def get_spelling(self) -> str:
        """The path that this request should have used."""
        return self.get_address().partition("?")[0]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.subject = self.get_subject()
        return respelled(request, self.get_spelling()) or super().get(request, *args, **kwargs)


class PagedPage(Page):
    """A list in pages, each of which has an address of its own."""

    depends_on = frozenset({"page"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # However it was asked for: “last” is a page, too.
        page = context.get("page_obj")
        if page is not None and page.number > 1:
            context["canonical"] += f"?page={page.number}"
        return context


def respelled(request: HttpRequest, spelling: str) -> HttpResponse | None:
    """A redirect to the path that a request should have used, if it used another."""
    if request.path == spelling:
        return None
    query = request.META.get("QUERY_STRING")
    response = redirect(f"{spelling}?{query}" if query else spelling, permanent=True)
    # Names change, and may change back: then two that are remembered would lead to each other.
    response["Cache-Control"] = "no-cache"
    return response


def kept_as(request: HttpRequest, depends_on: frozenset[str]) -> str:
    """The name that a page is kept by; empty where it is not."""
    state = getattr(request, "record_state", None)
    if state is None or request.GET.keys() & depends_on:
        return ""
    # Links begin with where a server in front says that the site is, and so does the path.
    where = f"{request.path.removesuffix(request.path_info)} {request.path_info}"
    made_of = f"{state.version} {freshness.release().digits} {where}"
    return f"page-{hashlib.sha256(made_of.encode()).hexdigest()}"


def as_asked(request: HttpRequest, compressed: bytes) -> HttpResponse:
    """A page as whoever asks takes it: compressed, as nearly all do, or not."""
    if ACCEPTED.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(compressed, headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(compressed))
