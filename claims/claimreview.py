"""A published document as schema.org ClaimReview in JSON-LD, as search engines, platforms and archives take it in.

It follows schema.org and Google's guidance for fact checks. What is not known is left out. Only a verdict that stands
has one: neither a listing nor what was retracted.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from claims.enums import PublicationKind, SpeakerKind, VerificationStatus

Json = dict[str, Any]

CONTEXT = "https://schema.org"
MEDIA_TYPE = "application/ld+json"


def has_verdict(doc: Json) -> bool:
    """Whether the document says, and still says, how true its claim is."""
    return bool(doc["rating"]) and doc["verification_status"] != VerificationStatus.RETRACTED


def claim_review(doc: Json) -> Json | None:
    """The document's ClaimReview, ready to be served; None where there is no verdict to stand by."""
    return {"@context": CONTEXT, **_review(doc)} if has_verdict(doc) else None


def is_in_feed(doc: Json) -> bool:
    """All but listings are: a verdict that was once given goes by a retraction only."""
    return bool(doc["rating"]) or doc["verification_status"] == VerificationStatus.RETRACTED


def feed_item(doc: Json) -> Json:
    """A DataFeedItem of a verdict or, once that was retracted, of what it was known by and when it went."""
    dates = {"dateCreated": doc["first_published_at"], "dateModified": doc["published_at"]}
    if has_verdict(doc):
        return {"@type": "DataFeedItem", **dates, "item": _review(doc)}
    return {"@type": "DataFeedItem", **dates, "dateDeleted": doc["published_at"], "item": _name(doc, _lasting(doc))}


def publisher() -> Json:
    """The newsroom."""
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}


def page(doc: Json) -> str:
    """The claim's one page, on the host that serves it now: of a page elsewhere, a review is not taken in."""
    return settings.SITE_URL + urlsplit(doc["url"]).path


def _lasting(doc: Json) -> str:
    """An address that stays when the claim is worded anew, and its page's with it."""
    return settings.SITE_URL + reverse("pages:claim-by-id", args=[doc["id"]])


def _name(doc: Json, lasting: str) -> Json:
    return {"@type": "ClaimReview", "@id": f"{lasting}#review", "url": page(doc)}


def _review(doc: Json) -> Json:
    lasting = _lasting(doc)
    return _known(
        **_name(doc, lasting),
        datePublished=doc["first_published_at"],
        dateModified=doc["published_at"],
        version=doc["version"],
        inLanguage=settings.LANGUAGE_CODE,
        author=publisher(),
        claimReviewed=doc["claim"],
        reviewRating=_rating(doc["rating"]),
        reviewBody=doc["summary"],
        itemReviewed=_claim(doc, lasting),
        correction=[_correction(said) for said in doc["corrections"] if said["kind"] == PublicationKind.CORRECTION],
        citation=_citations(doc["evidence"]),
    )


def _rating(rating: Json) -> Json:
    """A number only where it is one of a scale: a best that is not above the worst is no scale."""
    value, best, worst = rating["value"], rating["best"], rating["worst"]
    on_the_scale = value is not None and best > worst
    numbers = {"ratingValue": value, "bestRating": best, "worstRating": worst} if on_the_scale else {}
    return {"@type": "Rating", **numbers, "alternateName": rating["name"]}


def _claim(doc: Json, lasting: str) -> Json:
    # It is not said to be the first appearance: the desk knows where it found a statement, not where it began.
    return _known(
        **{"@type": "Claim", "@id": f"{lasting}#claim"},
        text=doc["claim"],
        author=_speaker(doc["speaker"]),
        datePublished=doc["stated_on"],
        appearance=_article(doc["article"]),
    )


def _speaker(speaker: Json | None) -> Json | None:
    if speaker is None:
        return None
    person = speaker["kind"] == SpeakerKind.PERSON
    return _known(
        **{"@type": "Person" if person else "Organization"},
        name=speaker["name"],
        # schema.org knows it of persons only.
        jobTitle=speaker["position"] if person else None,
        sameAs=speaker["same_as"],
    )


def _article(article: Json) -> Json:
    return _known(
        **{"@type": "NewsArticle"},
        url=article["url"],
        headline=article["title"],
        publisher=_organization((article["outlet"] or {}).get("name")),
        datePublished=article["published_on"],
        inLanguage=article["language"],
    )


def _organization(name: str | None) -> Json | None:
    return {"@type": "Organization", "name": name} if name else None


def _correction(correction: Json) -> Json:
    return {
        "@type": "CorrectionComment",
        "text": correction["note"],
        "datePublished": correction["published_at"],
    }


def _citations(evidence: list[Json]) -> list[Json]:
    """Each source once, whatever it is, as a CreativeWork: of a Dataset, say, more would be expected than is known."""
    sources = {piece["source"]["id"]: piece["source"] for piece in evidence}
    return [_citation(source) for source in sources.values()]


def _citation(source: Json) -> Json:
    return _known(
        **{"@type": "CreativeWork"},
        name=source["title"],
        url=source["url"],
        publisher=_organization(source["publisher"]),
        datePublished=source["published_on"],
    )


def _known(**node: Any) -> Json:
    return {name: value for name, value in node.items() if value not in (None, "", [])}
