"""Whether what somebody has of the public record is still what it says: validators, and conditional requests.

Everything public is made of the record at one version (claims.models.record.RecordState), so that a kept answer is
good while the version is; answering that it is costs one query of one row and looks at no document.
"""

import hashlib
import zlib
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.http import http_date, parse_http_date_safe

from claims import stored
from claims.selection import Moment

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
FOR_GOOD = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "public, no-cache"


class Version(NamedTuple):
    """Of the record, and since when it has been there."""

    version: int
    changed_at: datetime


class State(NamedTuple):
    """The record as it is: its version, since when, and the moment of its newest entry."""

    version: int
    changed_at: datetime
    moment: Moment


def current() -> State | None:
    """None before anything was ever recorded."""
    for version, changed_at, entry, claims in stored.fetch(STATE):
        return State(version, changed_at, Moment(entry or 0, claims or 0))
    return None


def validators(state: State | Version, address: str) -> dict[str, str]:
    """The ETag and, where it says enough, the Last-Modified of what is at an address (path and query)."""
    found = {"ETag": f'W/"{state.version:x}-{zlib.crc32(address.encode()):x}-{_release()}"'}
    if datetime.now(UTC) - state.changed_at > SETTLED:
        found["Last-Modified"] = http_date(state.changed_at.timestamp())
    return found


def still_good(found: dict[str, str], *, if_none_match: str, if_modified_since: str) -> bool:
    """Whether the client's validators (RFC 9110) are those found; times count only where no tags are given."""
    if if_none_match:
        tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return "*" in tags or found["ETag"].removeprefix("W/") in tags
    since = parse_http_date_safe(if_modified_since) if if_modified_since else None
    modified = parse_http_date_safe(found["Last-Modified"]) if "Last-Modified" in found else None
    return since is not None and modified is not None and modified <= since


@cache
def _release() -> str:
    """Eight digits that change with what makes the answers: the code, the templates and the site's own name."""
    digest = hashlib.sha256(f"{settings.SITE_URL} {settings.SITE_NAME}".encode())
    for folder in ("claims", "sources", "config", "templates"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".sql"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
