"""The hash chain: adding an entry, and checking every one that is there."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
from django.contrib.auth.models import User
from django.db import connection

from claims import document
from claims.enums import AMENDMENTS, Decision
from claims.models import Claim, Publication, Review
from claims.models.publication import GENESIS

# What a publication may say only if it was approved.
ASSESSED = ("rating", "summary", "explanation", "needed", "evidence", "contacts")


class Broken(Exception):
    """An entry that is not what was published; ``str()`` names it and says what is wrong."""


def lock() -> Publication | None:
    """Become the ledger's one writer until the transaction ends; returns the newest entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_lock_ledger()")
    return Publication.objects.order_by("-sequence").first()


def entry_hash(previous_hash: str, canonical_document: str) -> str:
    """SHA-256, in hexadecimal, of the previous entry's hash followed by the document's canonical JSON."""
    return hashlib.sha256((previous_hash + canonical_document).encode()).hexdigest()


def append(
    head: Publication | None,
    claim: Claim,
    doc: dict[str, Any],
    *,
    kind: str,
    note: str,
    approval: Review | None,
    by: User,
) -> Publication:
    """Add an entry after ``head``, which ``lock`` returned in this transaction."""
    previous_hash = head.hash if head else GENESIS
    text = document.canonical(doc)
    return Publication.objects.create(
        sequence=head.sequence + 1 if head else 1,
        claim=claim,
        version=doc["version"],
        kind=kind,
        note=note,
        document=text,
        content_hash=document.content_hash(doc),
        hash=entry_hash(previous_hash, text),
        previous_hash=previous_hash,
        approval=approval,
        published_by=by,
        published_at=_time(doc["published_at"]),
    )


def verify() -> Iterator[Publication]:
    """Check every entry in order, yielding each that is sound; raises Broken at the first that is not."""
    sequence, previous_hash = 0, GENESIS
    # Read first: an entry made meanwhile is in neither, or in the scan alone.
    entered = Publication.objects.last_entered()
    entries = Publication.objects.select_related("approval").with_journal().order_by("sequence")
    for entry in entries.iterator(chunk_size=500):
        sequence += 1
        faults = list(_faults(entry, sequence=sequence, previous_hash=previous_hash))
        if faults:
            raise Broken(f"Entry {entry.sequence} (claim {entry.claim_id}): {'; '.join(faults)}.")
        previous_hash = entry.hash
        yield entry
    if entered > sequence:
        raise Broken(f"Entry {sequence + 1}: it is missing, and so is every one up to {entered}.")


def _faults(entry: Publication, *, sequence: int, previous_hash: str) -> Iterator[str]:
    if entry.sequence != sequence:
        yield f"its number should be {sequence}"
    if entry.previous_hash != previous_hash:
        yield "it does not follow from the entry before"
    if entry.hash != entry_hash(entry.previous_hash, entry.document):
        yield "its hash does not match its document"
    if not entry.as_entered:  # type: ignore[attr-defined]
        yield "its columns are not those it was entered with"
    try:
        doc = orjson.loads(entry.document)
        intact = document.canonical(doc) == entry.document
    except (orjson.JSONDecodeError, ValueError):
        intact = False
    if not intact:
        yield "its document is not canonical JSON"
        return
    try:
        yield from _document_faults(entry, doc)
        yield from _approval_faults(entry, doc)
    except (AttributeError, KeyError, TypeError, ValueError):
        yield "its document does not have the shape of one"


def _document_faults(entry: Publication, doc: dict[str, Any]) -> Iterator[str]:
    if entry.content_hash != document.content_hash(doc):
        yield "its content hash does not match its document"
    if (doc["id"], doc["version"], _time(doc["published_at"])) != (
        entry.claim_id,
        entry.version,
        entry.published_at,
    ):
        yield "its claim, version or time is not its document's"
    said = [(c["kind"], c["note"]) for c in doc["corrections"] if c["version"] == entry.version]
    if said != ([(entry.kind, entry.note)] if entry.kind in AMENDMENTS else []) or (
        entry.kind not in AMENDMENTS and (entry.note or (entry.kind == "verdict") != bool(doc["rating"]))
    ):
        yield "its kind or note is not its document's"


def _approval_faults(entry: Publication, doc: dict[str, Any]) -> Iterator[str]:
    approval = entry.approval
    if approval is None:
        if entry.kind != "listing" or any(doc.get(k) for k in ASSESSED):
            yield "it has no approval"
    elif (approval.claim_id, approval.decision, approval.content_hash) != (
        entry.claim_id,
        Decision.APPROVED,
        entry.content_hash,
    ):
        yield "its approval is not of this content"


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
