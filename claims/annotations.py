"""Published claims as W3C Web Annotations of their articles (https://www.w3.org/TR/annotation-model/)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from claims import claimreview
from claims.enums import VerificationStatus
from claims.models.article import Article
from claims.presentation.marks import of_document
from claims.presentation.statements import is_in_its_place

Json = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'


def annotation_page(article_id: int, text: str, documents: Sequence[Json]) -> Json:
    """The annotations that an article's published documents make, in the order given, as one AnnotationPage.

    The article's ``text`` may have changed since: what is not in its place there has no position, and only its words.

    What was retracted makes none: the vocabulary has no word for an annotation that is withdrawn, and programs that
    show annotations would go on showing it as it was.
    """
    address = _address(article_id)
    items = [_annotation(doc, address, text) for doc in documents if _stands(doc)]
    whole = {"id": f"{address}#all", "type": "AnnotationCollection", "total": len(items), "first": address}
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationPage",
        "partOf": whole,
        "startIndex": 0,
        "items": items,
    }


def _address(article_id: int) -> str:
    return settings.SITE_URL + reverse("api:article-annotations", args=[article_id])


def _stands(doc: Json) -> bool:
    return doc["verification_status"] != VerificationStatus.RETRACTED


def _annotation(doc: Json, address: str, text: str) -> Json:
    target = {"type": "SpecificResource", "source": _source(doc["article"]), "selector": _selectors(doc["quote"], text)}
    return {
        "id": f"{address}#claim-{doc['id']}",
        "type": "Annotation",
        # A listing assesses nothing: it marks the words that are, or are not, to be checked.
        "motivation": "assessing" if claimreview.has_verdict(doc) else "highlighting",
        "creator": {"id": f"{settings.SITE_URL}/", "type": "Organization", "name": settings.SITE_NAME},
        "created": doc["first_published_at"],
        "modified": doc["published_at"],
        "body": [*_words(doc), *_links(doc)],
        "target": target,
    }


def _words(doc: Json) -> list[Json]:
    purpose = "assessing" if claimreview.has_verdict(doc) else "commenting"
    said = [(doc["summary"], purpose), (of_document(doc).word, "tagging")]
    return [
        {
            "type": "TextualBody",
            "value": value,
            "format": "text/plain",
            "language": settings.LANGUAGE_CODE,
            "purpose": purpose,
        }
        for value, purpose in said
        if value
    ]


def _links(doc: Json) -> list[Json]:
    addresses = [claimreview.page(doc)]
    if claimreview.has_verdict(doc):
        addresses.append(settings.SITE_URL + reverse("api:claim-claimreview", args=[doc["id"]]))
    return [{"type": "SpecificResource", "source": address, "purpose": "linking"} for address in addresses]


def _source(article: Json) -> str:
    """Where the article is: at its outlet, or else here."""
    here = Article(pk=article["id"], title=article["title"]).get_absolute_url()
    return article["url"] or settings.SITE_URL + here


def _selectors(quote: Json, text: str) -> list[Json]:
    words = {name: quote[name] for name in ("exact", "prefix", "suffix")}
    place = {name: quote[name] for name in ("start", "end")}
    selectors = [{"type": "TextQuoteSelector", **words}]
    if is_in_its_place(text, quote):
        selectors.append({"type": "TextPositionSelector", **place})
    return selectors
