"""What the OpenAPI schema says of the search for clients of Google's Fact Check Tools API."""

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers as s

from claims.api.fact_check_parameters import DEFAULT_SIZE, IGNORED, LONGEST_QUERY, MAX_SIZE, PAGE_TOKEN
from claims.api.schema import TEXT, TOO_LONG, WORDS, Json

INT32: Json = {"type": "integer", "format": "int32", "minimum": 0, "maximum": 2**31 - 1}
PARAMETERS: dict[str, tuple[Json, str]] = {
    "query": (
        WORDS | {"maxLength": LONGEST_QUERY},
        "Words, as in the search of the claims page. Required unless reviewPublisherSiteFilter is given.",
    ),
    "languageCode": (
        TEXT | {"pattern": "^([A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*)?$"},
        "The review's, as a BCP 47 tag; its region is not considered.",
    ),
    "reviewPublisherSiteFilter": (TEXT, "This site's host, with or without “www.”; there is nothing of any other."),
    "maxAgeDays": (INT32, "Only what was reviewed so many days ago or later; 0 for any."),
    "pageSize": (
        INT32 | {"default": DEFAULT_SIZE},
        f"At most so many; {MAX_SIZE} if more are asked for, {DEFAULT_SIZE} for 0.",
    ),
    "pageToken": (TEXT | {"pattern": f"^({PAGE_TOKEN.pattern})?$"}, "The nextPageToken of the page before."),
    "offset": (INT32, "How many to pass over; of no effect where pageToken is given."),
    "fields": (TEXT, "What of the answer is wanted: “claims(text,claimReview/url),nextPageToken”."),
    "alt": (TEXT | {"enum": ["json"], "default": "json"}, "The format."),
    "prettyPrint": ({"type": "boolean", "default": True}, "With line breaks and indentation."),
}


# Nothing is required of an answer's parts, since “fields” may ask for less.
class FactCheckPublisher(s.Serializer):
    name = s.CharField(required=False)
    site = s.CharField(required=False, help_text="Its host, without “www.”.")


class FactCheckReview(s.Serializer):
    publisher = FactCheckPublisher(required=False)
    url = s.CharField(required=False, help_text="The claim's page.")
    title = s.CharField(required=False, help_text="The verdict in one sentence.")
    reviewDate = s.DateTimeField(required=False, help_text="Of the latest publication.")
    textualRating = s.CharField(required=False, help_text="The rating's name.")
    languageCode = s.CharField(required=False, help_text="The review's, as a BCP 47 tag.")


class FactCheckedClaim(s.Serializer):
    text = s.CharField(required=False, help_text="The statement.")
    claimant = s.CharField(required=False, help_text="Who made it, if that is known.")
    claimDate = s.DateTimeField(required=False, help_text="When; the first day that it may have been, if it is known.")
    claimReview = FactCheckReview(many=True, required=False)


class FactCheckedClaims(s.Serializer):
    """Empty where nothing is found. With “fields”, what was asked for of this."""

    claims = FactCheckedClaim(many=True, required=False)
    nextPageToken = s.CharField(required=False, help_text="For the page after; absent on the last.")


class GoogleError(s.Serializer):
    code = s.IntegerField(help_text="The HTTP status.")
    message = s.CharField()
    status = s.CharField(help_text="A google.rpc.Code.")
    details = s.ListField(child=s.DictField(), required=False, help_text="Which parameters are wrong, and why.")


class GoogleErrorResponse(s.Serializer):
    error = GoogleError()


def _parameters() -> list[OpenApiParameter]:
    """All but the key, which is one of the ways to say who asks."""
    ignored = dict.fromkeys(sorted(IGNORED - PARAMETERS.keys() - {"key"}), (TEXT, "Accepted, and of no effect."))
    return [
        OpenApiParameter(name, schema, description=description)
        for name, (schema, description) in (PARAMETERS | ignored).items()
    ]


of_search = extend_schema(
    operation_id="fact_check_search",
    tags=["fact-check-tools"],
    description="Verdicts, for clients of Google's Fact Check Tools API v1alpha1; the newest first.",
    parameters=_parameters(),
    responses={
        200: FactCheckedClaims,
        400: OpenApiResponse(GoogleErrorResponse, "A parameter is unknown or wrong, or the key is."),
        (414, "text/html"): OpenApiResponse(TEXT, TOO_LONG),
        429: OpenApiResponse(GoogleErrorResponse, "Too many requests."),
    },
)
