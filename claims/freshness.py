"""Whether what somebody has of the public record is still what it says, and for how long it may be kept.

Everything public is made of the record at one version (claims.models.record.RecordState), so that a kept answer is
good while the version is; answering that it is costs one query of one row and looks at no document.
"""

import hashlib
import re
import zlib
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.utils.http import http_date, parse_http_date_safe

from claims import stored
from claims.moments import Moment

VERSION = "SELECT version, changed_at FROM claims_recordstate"
STATE = """
SELECT s.version, s.changed_at, v.publication_id, v.claims
FROM claims_recordstate AS s
LEFT JOIN LATERAL (
    SELECT publication_id, claims FROM claims_publishedversion ORDER BY publication_id DESC LIMIT 1
) AS v ON true
"""
# A second may see several changes: only after it is a time, which has no fractions, a validator.
SETTLED = timedelta(seconds=2)
MINUTES = "public, max-age=60, stale-while-revalidate=600"
A_DAY = "public, max-age=86400, stale-while-revalidate=604800"
FOR_GOOD = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "public, no-cache"


class Policy(NamedTuple):
    """How long answers may be kept, by what headers they vary, and with what parameter by the day (UTC)."""

    cache_control: str = MINUTES
    vary: str = "Accept-Encoding"
    by_day: str = ""


USUAL = Policy()
POLICIES = (
    (re.compile(r"/api/v1/changes/"), Policy(ASKED_EACH_TIME)),
    (re.compile(r"/api/v1/(changes|claims/[0-9]+/versions)/[0-9]+/"), Policy(FOR_GOOD)),
    (re.compile(r"/claims/[0-9]+-[^/]+/v[0-9]+\.png|/picture-[0-9a-f]+\.png"), Policy(A_DAY)),
    (re.compile(r"/api/schema/"), Policy(vary="Accept, Accept-Encoding")),
    (re.compile(r"/v1alpha1/claims:search"), Policy(by_day="maxAgeDays")),
)


class Asked(NamedTuple):
    """What an answer depends on, beside the record: the host (links have it), the path, the query and ``Accept``."""

    host: str
    path: str
    query: str
    accept: str

    def policy(self) -> Policy:
        return next((policy for pattern, policy in POLICIES if pattern.fullmatch(self.path)), USUAL)


class Version(NamedTuple):
    """Of the record, and since when it has been there."""

    version: int
    changed_at: datetime


class State(NamedTuple):
    """The record as it is: its version, since when, and the moment of its newest entry."""

    version: int
    changed_at: datetime
    moment: Moment


class Release(NamedTuple):
    """What makes the answers: eight digits that change with it, and since when it may have been there."""

    digits: str
    made_at: float


def current() -> State | None:
    """None before anything was ever recorded."""
    for version, changed_at, entry, claims in stored.fetch(STATE):
        return State(version, changed_at, Moment(entry or 0, claims or 0))
    return None


def present(request: Any) -> Moment | None:
    """The moment that the answer to a request is of, which its tag stands for; None where nothing is recorded yet."""
    return request.record_state and request.record_state.moment


def headers(state: State | Version, asked: Asked) -> dict[str, str]:
    """What a good answer says of itself, and in its stead a 304, which is to say the same (RFC 9110, 15.4.5)."""
    policy, now = asked.policy(), datetime.now(UTC)
    by_day = bool(policy.by_day) and policy.by_day in unquote(asked.query)
    depends_on = f"{asked.host}{asked.path}?{asked.query}"
    depends_on += f" {asked.accept}" if policy.vary.startswith("Accept,") else ""
    depends_on += f" {now.date()}" if by_day else ""
    digits, made_at = release()
    tag = f'W/"{state.version:x}-{zlib.crc32(depends_on.encode()):x}-{digits}"'
    found = {"ETag": tag, "Cache-Control": policy.cache_control, "Vary": policy.vary}
    if not by_day and now - state.changed_at > SETTLED:
        found["Last-Modified"] = http_date(max(state.changed_at.timestamp(), made_at))
    return found


def still_good(found: dict[str, str], *, if_none_match: str, if_modified_since: str) -> bool:
    """Whether the client's validators (RFC 9110) are those found; times count only where no tags are given.

    Not so “*”, which is good for whatever is there: whether anything is, nobody has looked yet.
    """
    if if_none_match:
        return found["ETag"].removeprefix("W/") in (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    since = parse_http_date_safe(if_modified_since) if if_modified_since else None
    modified = parse_http_date_safe(found["Last-Modified"]) if "Last-Modified" in found else None
    return since is not None and modified is not None and modified <= since


@cache
def release() -> Release:
    """Of the code, the templates, the translations, the libraries, and the site's own name and language."""
    named = f"{settings.SITE_URL} {settings.SITE_NAME} {settings.LANGUAGE_CODE}"
    libraries = list(metadata.distributions())
    versions = sorted(f"{library.name} {library.version}" for library in libraries)
    digest = hashlib.sha256("\n".join([named, *versions]).encode())
    # A folder is as new as what was last put into it.
    made_at = max(Path(str(library.locate_file(""))).stat().st_mtime for library in libraries)
    for folder in ("claims", "sources", "config", "templates", "locale"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg", ".sql", ".mo"):
                digest.update(path.read_bytes())
                made_at = max(made_at, path.stat().st_mtime)
    return Release(digest.hexdigest()[:8], made_at)
