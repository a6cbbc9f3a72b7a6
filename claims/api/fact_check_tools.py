"""Search for verdicts as clients of Google's Fact Check Tools API v1alpha1 do: its parameters, answers and errors.

The contract is Google's discovery document.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.urls import path, re_path
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.api import fact_check_schema, limits, partial, stored
from claims.api.base import FirstRenderer
from claims.api.fact_check_errors import GoogleErrors
from claims.api.fact_check_parameters import page_token, read
from claims.api.fact_check_search import page_of
from sources import dates

Json = dict[str, Any]

app_name = "fact-check-tools"
ELSEWHERE = "There is nothing at this address: of the Fact Check Tools API, only GET /v1alpha1/claims:search is here."


class FactCheckView(GoogleErrors, limits.Limited, APIView):
    """A key may come as a parameter, as clients of Google's APIs send it."""

    http_method_names = ["get", "head", "options"]
    authentication_classes = [limits.QueryKeyAuthentication]
    content_negotiation_class = FirstRenderer


class ClaimSearchView(FactCheckView):
    @fact_check_schema.of_search
    def get(self, request: Request) -> HttpResponse:
        search = read(request.GET)
        documents, following = page_of(search) if is_ours(search.site, search.language) else ([], None)
        found: Json = {}
        if documents:
            found["claims"] = [fact_checked(orjson.loads(document)) for document in documents]
        if following:
            found["nextPageToken"] = page_token(following)
        if search.fields is not None:
            found = partial.pick(found, search.fields)
        return stored.response(orjson.dumps(found, option=orjson.OPT_INDENT_2 if search.pretty else None))


class NothingView(FactCheckView):
    """What else Google has (imageSearch, pages), and every other address."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound(ELSEWHERE)


def is_ours(site: str, language: str) -> bool:
    """Whether verdicts of this site's and in its language are asked for, or of any site's and in any language."""
    tag = f"{settings.LANGUAGE_CODE}-".lower()
    return (not site or site in sites(settings.SITE_URL)) and (not language or tag.startswith(f"{language.lower()}-"))


@lru_cache(maxsize=8)
def sites(address: str) -> tuple[str, str]:
    """The site of an address as Google has it, host only and without “www.”; and with the port, if it has one."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www."), parts.netloc.removeprefix("www.")


def fact_checked(document: Json) -> Json:
    """A verdict's document as Google's Claim with its one ClaimReview; what is not known is left out."""
    claim = {"text": document["claim"]}
    if document["speaker"]:
        claim["claimant"] = document["speaker"]["name"]
    if stated := dates.parse(document["stated_on"] or "")[0]:
        claim["claimDate"] = f"{stated.isoformat()}T00:00:00Z"
    return claim | {"claimReview": [review(document)]}


def review(document: Json) -> Json:
    return {
        "publisher": {"name": settings.SITE_NAME, "site": sites(settings.SITE_URL)[0]},
        "url": document["url"],
        "title": document["summary"] or document["claim"],
        "reviewDate": document["published_at"],
        "textualRating": document["rating"]["name"],
        "languageCode": settings.LANGUAGE_CODE,
    }


urlpatterns = [
    path("claims:search", ClaimSearchView.as_view(), name="search"),
    re_path("", NothingView.as_view()),
]
