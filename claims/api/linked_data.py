"""What the JSON-LD looks like that the API serves, for the OpenAPI schema."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse

from claims import annotations, claimreview
from claims.api.documents import PARTIAL_DATE
from claims.api.schema import ADDRESS, COUNT, TEXT, Json, PublicSchema


class Described(AutoSchema):
    def get_response_serializers(self) -> OpenApiResponse:
        return OpenApiResponse(self.view.described)


class LinkedData(PublicSchema, Described):
    """Answers are as the view's ``described`` and ``media_type`` say; refusals are as everywhere."""

    def get_response_serializers(self) -> Json:
        answers = super().get_response_serializers()
        media_type, _, _profile = self.view.media_type.partition(";")
        return {(200, media_type): answers.pop(200), **answers}


def said(schema: Json, words: str) -> Json:
    return {**schema, "description": words}


def constant(value: str) -> Json:
    return TEXT | {"const": value}


def node(kind: str, optional: tuple[str, ...] = (), *, at: str = "@", **members: Json) -> Json:
    """An object of one type, with nothing in it but ``members``; those named in ``optional`` may be absent."""
    members = {f"{at}type": constant(kind), **members}
    return {
        "type": "object",
        "properties": members,
        "required": [name for name in members if name not in optional],
        "additionalProperties": False,
    }


def many(items: Json, **limits: Any) -> Json:
    return {"type": "array", "items": items, **limits}


WORDS: Json = TEXT | {"minLength": 1}
DATE: Json = TEXT | {"pattern": PARTIAL_DATE, "description": "As much of it as is known: day, month or year."}
TIME: Json = TEXT | {"format": "date-time"}
NUMBER: Json = {"type": "integer"}
# As people typed it, which may be in any script.
WEB_ADDRESS: Json = TEXT | {"format": "iri"}
LANGUAGE: Json = TEXT | {"description": "A BCP 47 tag."}

ORGANIZATION = node("Organization", name=WORDS)
NEWSROOM = node("Organization", name=WORDS, url=ADDRESS)
# Who says something: neither an organisation's position nor addresses that there are none of.
PERSON = node("Person", ("jobTitle", "sameAs"), name=WORDS, jobTitle=WORDS, sameAs=many(WEB_ADDRESS, minItems=1))
SPEAKING_ORGANIZATION = node("Organization", ("sameAs",), name=WORDS, sameAs=many(WEB_ADDRESS, minItems=1))
NEWS_ARTICLE = node(
    "NewsArticle",
    ("url", "publisher", "datePublished"),
    url=WEB_ADDRESS,
    headline=WORDS,
    publisher=ORGANIZATION,
    datePublished=DATE,
    inLanguage=LANGUAGE,
)
CLAIM = node(
    "Claim",
    ("author", "datePublished"),
    **{"@id": said(ADDRESS, "What stays the same when the claim is worded anew.")},
    text=WORDS,
    author=said({"oneOf": [PERSON, SPEAKING_ORGANIZATION]}, "Who made the claim; absent where nobody is named."),
    datePublished=said(DATE, "When the claim was made."),
    appearance=said(NEWS_ARTICLE, "Where it was found, which need not be where it appeared first."),
)
NUMERIC_RATING = node(
    "Rating",
    ratingValue=said(NUMBER, "Higher is truer."),
    bestRating=NUMBER,
    worstRating=NUMBER,
    alternateName=said(WORDS, "The rating in words."),
)
WORDED_RATING = node("Rating", alternateName=said(WORDS, "A rating that is not a point on the scale."))
CREATIVE_WORK = node(
    "CreativeWork",
    ("url", "publisher", "datePublished"),
    name=WORDS,
    url=WEB_ADDRESS,
    publisher=ORGANIZATION,
    datePublished=DATE,
)
CLAIM_REVIEW = node(
    "ClaimReview",
    ("reviewBody", "correction", "citation"),
    **{
        "@context": constant(claimreview.CONTEXT),
        "@id": said(ADDRESS, "What stays the same when the claim is worded anew."),
    },
    url=said(ADDRESS, "The verdict's page."),
    datePublished=said(TIME, "When the claim was first published."),
    dateModified=said(TIME, "When this version was published."),
    version=NUMBER | {"minimum": 1},
    inLanguage=LANGUAGE,
    author=NEWSROOM,
    claimReviewed=WORDS,
    reviewRating={"oneOf": [NUMERIC_RATING, WORDED_RATING]},
    reviewBody=said(WORDS, "The verdict in one sentence."),
    itemReviewed=CLAIM,
    correction=many(node("CorrectionComment", text=WORDS, datePublished=TIME), minItems=1),
    citation=said(many(CREATIVE_WORK, minItems=1), "What the verdict rests on, each source once."),
)

TEXTUAL_BODY = node(
    "TextualBody",
    at="",
    value=WORDS,
    format=constant("text/plain"),
    language=LANGUAGE,
    purpose=TEXT | {"enum": ["assessing", "commenting", "tagging"]},
)
LINK = node(
    "SpecificResource",
    at="",
    source=said(ADDRESS, "The claim's page; its ClaimReview, if there is one."),
    purpose=constant("linking"),
)
QUOTE_SELECTOR = node("TextQuoteSelector", at="", exact=WORDS, prefix=TEXT, suffix=TEXT)
POSITION_SELECTOR = node(
    "TextPositionSelector",
    at="",
    start=said(COUNT, "In Unicode code points of the article's text as the API has it, zero-based."),
    end=said(COUNT, "Exclusive."),
)
TARGET = node(
    "SpecificResource",
    at="",
    source=said(WEB_ADDRESS, "The article at its outlet or, if it has no address there, its page here."),
    selector=said(
        many({"oneOf": [QUOTE_SELECTOR, POSITION_SELECTOR]}, minItems=1, maxItems=2),
        "The position is left out where the article's text has changed since, and the words are not at it any more.",
    ),
)
ANNOTATION = node(
    "Annotation",
    at="",
    id=ADDRESS,
    motivation=said(TEXT | {"enum": ["assessing", "highlighting"]}, "Assessing, where there is a verdict."),
    creator=node("Organization", at="", id=ADDRESS, name=WORDS),
    created=TIME,
    modified=TIME,
    body=many({"oneOf": [TEXTUAL_BODY, LINK]}, minItems=2),
    target=TARGET,
)
ANNOTATION_PAGE = node(
    "AnnotationPage",
    at="",
    **{"@context": constant(annotations.CONTEXT)},
    id=ADDRESS,
    partOf=node("AnnotationCollection", at="", id=ADDRESS, total=COUNT, first=ADDRESS),
    startIndex=NUMBER | {"const": 0},
    items=said(many(ANNOTATION), "In the order of the text."),
)
