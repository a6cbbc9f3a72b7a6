"""The parameters of Google's Fact Check Tools API, and how Google reads them: what is empty or 0 was not given."""

import base64
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import QueryDict

from claims.api import partial

INT32 = re.compile(r"-?\d{1,10}", re.ASCII)
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*", re.ASCII)
REGION = re.compile(r"[A-Za-z]{2}|\d{3}", re.ASCII)
# Two numbers of six bytes each, in base64.
PAGE_TOKEN = re.compile(r"[A-Za-z0-9_-]{16}", re.ASCII)
DEFAULT_SIZE, MAX_SIZE = 10, 200
# Escaped, and of whatever script, it is not too long for an address.
LONGEST_QUERY = 500
FLAGS = {"true": True, "1": True, "false": False, "0": False}
SHAPE: partial.Shape = {
    "claims": {
        "text": {},
        "claimant": {},
        "claimDate": {},
        "claimReview": {
            "publisher": {"name": {}, "site": {}},
            "url": {},
            "title": {},
            "reviewDate": {},
            "textualRating": {},
            "languageCode": {},
        },
    },
    "nextPageToken": {},
}


class Place(NamedTuple):
    """Where a page begins: after the claim with this entry of the ledger, as of the moment of that one."""

    moment: int
    sequence: int


class Search(NamedTuple):
    """What is asked for; ``fields`` is how much of the answer is wanted."""

    query: str = ""
    language: str = ""
    site: str = ""
    max_age_days: int = 0
    size: int = DEFAULT_SIZE
    place: Place | None = None
    offset: int = 0
    alt: str = "json"
    pretty: bool = True
    fields: partial.Shape | None = None


class Refused(Exception):
    """Parameters that are wrong, each by its name with what is wrong about it."""

    def __init__(self, violations: dict[str, str]) -> None:
        super().__init__("\n".join(violations.values()))
        self.violations = violations


def read(given: QueryDict) -> Search:
    """The search that is asked for; raises Refused."""
    violations = {name: _unknown(name) for name in sorted(given.keys() - READERS.keys() - IGNORED)}
    read: dict[str, Any] = {}
    for name in given.keys() & READERS.keys():
        meaning, kind, reader = READERS[name]
        try:
            read[meaning] = reader(given[name])
        except ValueError as wrong:
            hint = f": {wrong}" if str(wrong) else ""
            violations[name] = f"Invalid value at '{name}' ({kind}), {json.dumps(given[name])}{hint}"
    if not violations and not read.get("query") and not read.get("site"):
        violations["query"] = "Request contains an invalid argument: give 'query' or 'reviewPublisherSiteFilter'."
    if violations:
        raise Refused(violations)
    return Search(**read)


def page_token(place: Place) -> str:
    return base64.urlsafe_b64encode(place.moment.to_bytes(6) + place.sequence.to_bytes(6)).decode()


def _unknown(name: str) -> str:
    return (
        f'Invalid JSON payload received. Unknown name "{name}": '
        f"Cannot bind query parameter. Field '{name}' could not be found in request message."
    )


def _place(text: str) -> Place | None:
    if not text:
        return None
    if not PAGE_TOKEN.fullmatch(text):
        raise ValueError("not a page token: take it from an answer's nextPageToken")
    numbers = base64.urlsafe_b64decode(text)
    return Place(int.from_bytes(numbers[:6]), int.from_bytes(numbers[6:]))


def _words(text: str) -> str:
    if "\0" in text:
        raise ValueError("there is a NUL in it")
    if len(text) > LONGEST_QUERY:
        raise ValueError(f"it is longer than {LONGEST_QUERY} characters")
    return text.strip()


def _language(text: str) -> str:
    """The tag up to its region, which Google does not consider: “en” of “en-US”, “sr-Latn” of “sr-Latn-RS”."""
    if text and not LANGUAGE_TAG.fullmatch(text):
        raise ValueError("not a BCP 47 tag")
    language, *subtags = text.replace("_", "-").split("-")
    region = next((place for place, subtag in enumerate(subtags) if REGION.fullmatch(subtag)), len(subtags))
    return "-".join([language, *subtags[:region]])


def _site(text: str) -> str:
    return text.strip().lower().removeprefix("www.")


def _whole(text: str) -> int:
    if not INT32.fullmatch(text) or not -(2**31) <= int(text) < 2**31:
        raise ValueError
    if int(text) < 0:
        raise ValueError("it must not be negative")
    return int(text)


def _size(text: str) -> int:
    return min(_whole(text) or DEFAULT_SIZE, MAX_SIZE)


def _json(text: str) -> str:
    if text not in ("", "json"):
        raise ValueError("there is nothing but json")
    return "json"


def _flag(text: str) -> bool:
    if text not in FLAGS:
        raise ValueError
    return FLAGS[text]


def _fields(text: str) -> partial.Shape | None:
    return partial.parse(text, SHAPE) if text else None


READERS: dict[str, tuple[str, str, Callable[[str], Any]]] = {
    "query": ("query", "TYPE_STRING", _words),
    "languageCode": ("language", "TYPE_STRING", _language),
    "reviewPublisherSiteFilter": ("site", "TYPE_STRING", _site),
    "maxAgeDays": ("max_age_days", "TYPE_INT32", _whole),
    "pageSize": ("size", "TYPE_INT32", _size),
    "pageToken": ("place", "TYPE_STRING", _place),
    "offset": ("offset", "TYPE_INT32", _whole),
    "alt": ("alt", "TYPE_ENUM", _json),
    "prettyPrint": ("pretty", "TYPE_BOOL", _flag),
    "fields": ("fields", "TYPE_STRING", _fields),
}
# Of every Google API, and without effect here; “key” is read where it is told who asks.
IGNORED = {"$.xgafv", "access_token", "callback", "key", "oauth_token", "quotaUser", "uploadType", "upload_protocol"}
