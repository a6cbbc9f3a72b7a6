"""A claim as the public document: what is approved, hashed, shown and served.

The reviewed part is everything but the envelope: id, version, url, corrections and times. Field names are a
public contract: within API version 1 fields are added, never renamed, removed or given another meaning.
"""

import hashlib
from datetime import datetime
from typing import Any

import rfc8785
from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse
from django.utils.text import slugify

from claims.enums import AMENDMENTS, Checkability, PublicationKind, VerificationStatus
from claims.models import Article, Assessment, Claim, Contact, Evidence, Rating, Speaker
from sources.models import Publisher, Source

Json = dict[str, Any]

ENVELOPE = ("id", "version", "url", "corrections", "first_published_at", "published_at")
SLUG_LENGTH = 60


def canonical(value: Json) -> str:
    """RFC 8785 canonical JSON."""
    return rfc8785.dumps(value).decode()


def content_hash(document: Json) -> str:
    """SHA-256, in hexadecimal, of the reviewed part of a document (or of that part alone)."""
    reviewed = {key: value for key, value in document.items() if key not in ENVELOPE}
    return hashlib.sha256(canonical(reviewed).encode()).hexdigest()


def content(claim: Claim, *, kind: str, scale: Json | None = None) -> Json:
    """The reviewed part of what a publication of ``kind`` would say, from the claim as it is on the desk.

    ``scale`` is what ``rating_scale`` gives, for who asks about many claims.
    """
    return {
        "verification_status": _verification_status(claim, kind),
        "claim": claim.wording,
        "quote": _quote(claim),
        "article": _article(claim.article),
        "speaker": _speaker(claim.speaker, position=claim.position),
        "relays": _speaker(claim.relays),
        "stated_on": claim.stated,
        "stated_on_note": claim.stated_on_note or None,
        "occasion": claim.occasion or None,
        "checkability": claim.checkability,
        "topics": [{"slug": topic.slug, "name": topic.name} for topic in claim.topics.all()],
        **_assessment(getattr(claim, "assessment", None), scale),
        "evidence": [_evidence(piece) for piece in claim.evidence.all()],
        **_contacts(claim),
    }


def bare_content(claim: Claim) -> Json:
    """The listing that needs no approval: that a statement is tracked, and nothing of its assessment."""
    told = content(claim, kind=PublicationKind.LISTING) | _assessment(None) | {"evidence": []}
    told.pop("contacts", None)
    return told


def document(
    claim: Claim, reviewed: Json, *, version: int, kind: str, note: str, at: datetime, previous: Json | None
) -> Json:
    """The reviewed part in its envelope; ``previous`` is the claim's document before this one."""
    published_at = timestamp(at)
    corrections = list(previous["corrections"]) if previous else []
    if kind in AMENDMENTS:
        corrections.append({"version": version, "kind": str(kind), "note": note, "published_at": published_at})
    return reviewed | {
        "id": claim.pk,
        "version": version,
        "url": settings.SITE_URL + reverse("pages:claim", args=[claim.pk, slug(claim.wording)]),
        "corrections": corrections,
        "first_published_at": previous["first_published_at"] if previous else published_at,
        "published_at": published_at,
    }


def slug(wording: str) -> str:
    """The readable part of a claim's address, cut between words."""
    words = slugify(wording)
    return (words if len(words) <= SLUG_LENGTH else words[: SLUG_LENGTH + 1].rpartition("-")[0]) or "claim"


def timestamp(at: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _verification_status(claim: Claim, kind: str) -> str:
    rating = getattr(getattr(claim, "assessment", None), "rating", None)
    if kind == PublicationKind.RETRACTION:
        return VerificationStatus.RETRACTED.value
    if rating and kind != PublicationKind.LISTING:
        rated = rating.value is not None
        return (VerificationStatus.VERIFIED if rated else VerificationStatus.UNVERIFIED).value
    checkable = claim.checkability == Checkability.CHECKABLE
    return (VerificationStatus.UNVERIFIED if checkable else VerificationStatus.NOT_CHECKABLE).value


def _quote(claim: Claim) -> Json:
    return {
        "exact": claim.quote,
        "prefix": claim.quote_prefix,
        "suffix": claim.quote_suffix,
        "start": claim.quote_start,
        "end": claim.quote_end,
        "form": claim.form,
    }


def _article(article: Article) -> Json:
    return {
        "id": article.pk,
        "title": article.title,
        "url": article.url or None,
        "outlet": _publisher(article.outlet),
        "published_on": article.published,
        "language": article.language,
    }


def _publisher(publisher: Publisher | None) -> Json | None:
    return {"id": publisher.pk, "name": publisher.name} if publisher else None


def _speaker(speaker: Speaker | None, *, position: str = "") -> Json | None:
    if speaker is None:
        return None
    return {
        "id": speaker.pk,
        "name": speaker.name,
        "kind": speaker.kind,
        "position": position or None,
        "same_as": speaker.same_as,
        "note": speaker.note or None,
    }


def rating_scale() -> Json:
    """The ends of the scale, as each rating in a document says them."""
    return Rating.objects.aggregate(best=Max("value"), worst=Min("value"))


def _assessment(assessment: Assessment | None, scale: Json | None = None) -> Json:
    if assessment is None:
        return {"rating": None, "summary": None, "explanation": None, "needed": None}
    return {
        "rating": _rating(assessment.rating, scale),
        "summary": assessment.summary or None,
        "explanation": assessment.explanation or None,
        "needed": assessment.needed or None,
    }


def _rating(rating: Rating | None, scale: Json | None) -> Json | None:
    if rating is None:
        return None
    return {"slug": rating.slug, "name": rating.name, "value": rating.value, **(scale or rating_scale())}


def _evidence(piece: Evidence) -> Json:
    return {
        "stance": piece.stance,
        "finding": piece.finding,
        "locator": piece.locator or None,
        "source": _source(piece.source),
    }


def _contacts(claim: Claim) -> Json:
    """The public ones; a document without any has no such key, as those had none that were published before it was."""
    public = [_contact(contact) for contact in claim.contacts.all() if contact.public]
    return {"contacts": public} if public else {}


def _contact(contact: Contact) -> Json:
    return {
        "kind": contact.kind,
        "party": contact.party,
        "on": contact.on.isoformat(),
        "summary": contact.summary or None,
        "outcome": contact.outcome,
    }


def _source(source: Source) -> Json:
    return {
        "id": source.pk,
        "title": source.title,
        "url": source.url or None,
        "publisher": source.publisher.name if source.publisher else None,
        "kind": source.kind,
        "published_on": source.published,
        "published_on_note": source.published_on_note or None,
        "access": source.access,
        "independence": source.independence or None,
        "independence_note": source.independence_note or None,
    }
