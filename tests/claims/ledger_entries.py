"""Ledger entries as the owner of the database would type them."""

import json

from claims import document, ledger
from claims.models import Claim, Publication, Review
from tests.claims import factories


def entry(claim, doc=None, **changes):
    """The columns of a well-made next entry for the claim, with what a case changes."""
    head = Publication.objects.last()
    last = Publication.objects.of(claim.pk).last()
    doc = doc or document.document(
        claim,
        document.content(Claim.objects.for_document().get(pk=claim.pk), kind="verdict"),
        version=last.version + 1 if last else 1,
        kind="verdict",
        note="",
        at=head.published_at if head else claim.submitted_at or claim.created_at,
        previous=json.loads(last.document) if last else None,
    )
    text = changes.pop("document", None) or document.canonical(doc)
    previous = changes.get("previous_hash", head.hash if head else "0" * 64)
    columns = {
        "sequence": head.sequence + 1 if head else 1,
        "claim_id": claim.pk,
        "version": doc["version"],
        "kind": "verdict",
        "note": "",
        "document": text,
        "content_hash": document.content_hash(doc),
        "previous_hash": previous,
        "hash": ledger.entry_hash(previous, text),
        "approval_id": Review.objects.filter(claim=claim).values_list("pk", flat=True).last(),
        "published_by_id": factories.user("publisher").pk,
        "published_at": doc["published_at"],
    }
    return columns | changes


def insert(columns):
    names = ", ".join(columns)
    return f"INSERT INTO claims_publication ({names}) VALUES ({', '.join(['%s'] * len(columns))})", *columns.values()


def changed(claim, **fields):
    doc = json.loads(entry(claim)["document"])
    return doc | fields
