"""A verdict as a card in other people's pages, and how their software finds it (oEmbed 1.0)."""

import re
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.generic.base import View

from claims.pages.feed import refusal
from claims.pages.verdict import PublishedPage
from claims.presentation import embedding
from claims.presentation.records import Record, documents_of, public_claims

PIXELS = re.compile("[1-9][0-9]{0,8}")


@method_decorator([xframe_options_exempt, csp_replace({"frame-ancestors": ["*"]})], name="dispatch")
class CardView(PublishedPage):
    """The claim, its mark and its summary; the only page that may be shown in a frame."""

    template_name = "claims/card.html"

    def get_spelling(self) -> str:
        return embedding.card(self.record)


class OEmbedView(View):
    """What to show in the place of a link to a claim. What it does not know is passed over, as consumers expect."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        sizes = {name: request.GET[name] for name in ("maxwidth", "maxheight") if request.GET.get(name)}
        if wrong := [name for name, size in sizes.items() if not PIXELS.fullmatch(size)]:
            return refusal({name: [_("Not a number of pixels.")] for name in wrong})
        if request.GET.get("format", "json") != "json":
            return HttpResponse(_("There is JSON only.") + "\n", "text/plain; charset=utf-8", status=501)
        for record in claim_at(request.GET.get("url", "")):
            width, height = (min(size, int(sizes.get(name, size))) for name, size in embedding.SIZE.items())
            fits = all(int(sizes.get(name, size)) >= size for name, size in embedding.PICTURE.items())
            return JsonResponse(embedding.rich(record, width=width, height=height, thumbnail=fits))
        return HttpResponse(_("There is no claim at this address.") + "\n", "text/plain; charset=utf-8", status=404)


def claim_at(address: str) -> list[Record]:
    """The one claim whose page, in any of its versions and spellings, has this address here; or none."""
    try:
        parts = urlsplit(address)
        # Without the slash at its end, too, which a page adds for those who forgot it.
        match = resolve(parts.path.removesuffix("/") + "/")
    except (Resolver404, ValueError):
        return []
    ours = f"{parts.scheme}://{parts.netloc}" == settings.SITE_URL
    if not ours or match.view_name not in ("pages:claim", "pages:claim-by-id", "pages:version", "pages:card"):
        return []
    return Record.read(documents_of(public_claims()).filter(pk=match.kwargs["pk"]))
