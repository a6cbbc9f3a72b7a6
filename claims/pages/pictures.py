"""The pictures that are shown where links to the pages are shared: of one version of a claim, and of the site."""

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.generic.base import View

from claims.pages.page import respelled
from claims.pages.verdict import in_version, no_claim
from claims.presentation import embedding, picture
from claims.presentation.records import Record


class VersionPictureView(View):
    """A version never changes; how it is drawn may, as with the server's fonts, of which its address says nothing."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int, version: int, slug: str) -> HttpResponse:
        for claim in in_version(version).filter(pk=pk):
            record = Record(claim.pk, claim.slug, orjson.loads(claim.document))
            answer = respelled(request, embedding.picture(record, version))
            return answer or HttpResponse(picture.png(picture.of_document(record.doc)), "image/png")
        raise no_claim()


class SitePictureView(View):
    """The site's own; what it is made from is in its address."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, digits: str) -> HttpResponse:
        answer = respelled(request, embedding.site_picture())
        return answer or HttpResponse(picture.png(picture.of_site()), "image/png")
