"""What the OpenAPI schema says beyond what it reads off views and serializers."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiFilterExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_parameter_type
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field

from claims.filters import MAX_ID, PartialDateField, SlugsField
from claims.orders import ORDERS

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
ADDRESS: Json = {"type": "string", "format": "uri"}
ADDRESSES: Json = {"type": "object", "additionalProperties": ADDRESS}
SLUG_OR_NONE: Json = {"type": "string", "pattern": "^[-a-zA-Z0-9_]*$"}
WORDS: Json = {"type": "string", "pattern": r"^[^\u0000]*$"}
DAY: Json = {"type": "string", "format": "date", "pattern": "^(?!0000)"}
MONTH_OR_YEAR: Json = {"type": "string", "pattern": "^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2]))?$"}
TIME: Json = {"type": "string", "format": "date-time"}
PROBLEM: Json = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
    },
    "required": ["type", "title", "status", "detail"],
}
ERRORS: Json = {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}}
REFUSED: Json = {
    "type": "object",
    "properties": {**PROBLEM["properties"], "errors": ERRORS},
    "required": [*PROBLEM["required"], "errors"],
}
TOO_LONG = "The address is longer than the server reads."
LIMITED: dict[int, tuple[Json, str]] = {
    401: (PROBLEM, "The key that was given is no key, or one no longer."),
    429: (PROBLEM, "Too many requests: Retry-After says after how many seconds to ask again."),
}
AS_OF = "What the record said at this time: 2026-11-23T10:00:00Z, or the end of a day, month or year that is over."
BUSY = "Too many requests, or as many exports as may run at once: try again after Retry-After."
WRONG_PARAMETER = "A parameter is unknown or malformed: what is wrong, by its name."
PAGING: dict[str, tuple[Json, str]] = {
    "cursor": (TEXT | {"minLength": 1}, "Where the page is, from another page's “next” or “previous”."),
    "after": (
        COUNT | {"maximum": 10**18 - 1},
        "The sequence of the last entry that you have; without it, all.",
    ),
    "ordering": (
        TEXT | {"enum": list(ORDERS), "default": "-published"},
        "By the latest publication or by the day of the statement; “-” puts the latest first.",
    ),
    "as_of": ({"anyOf": [TIME, DAY, MONTH_OR_YEAR]}, AS_OF),
    "page_size": ({"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "At most so many on a page."),
}

links = extend_schema_field(ADDRESSES)
as_of = OpenApiParameter("as_of", PAGING["as_of"][0], description=AS_OF)
takes_as_of = extend_schema(parameters=[as_of])
of_index = extend_schema(operation_id="index", responses=OpenApiResponse(ADDRESSES))


def _problems(told: dict[int, tuple[Json, str]]) -> dict[tuple[int, str], OpenApiResponse]:
    problems = {(status, "application/problem+json"): OpenApiResponse(*said) for status, said in told.items()}
    return {**problems, (414, "text/html"): OpenApiResponse(TEXT, TOO_LONG)}


def of_export(name: str, media_type: str, *, filters: bool = False) -> Callable:
    """A file of text; ``filters`` is whether it has those of the list of claims."""
    return extend_schema(
        operation_id=f"exports_{name}",
        filters=filters,
        parameters=[as_of] if filters else [],
        responses={
            (200, media_type.partition(";")[0]): OpenApiResponse(TEXT, "The file, as an attachment."),
            **_problems({400: (REFUSED, WRONG_PARAMETER), **LIMITED, 429: (PROBLEM, BUSY)}),
        },
    )


class PublicSchema(AutoSchema):
    """Every operation says how it fails; operations are grouped by the first word of their address."""

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").partition("/")[0] or "index"]

    def get_response_serializers(self) -> Json:
        found = super().get_response_serializers()
        told = {400: (REFUSED, WRONG_PARAMETER), **LIMITED}
        if "{" in self.path:
            told[404] = (PROBLEM, "There is no such thing.")
        return {200: found, **_problems(told)}

    def get_auth(self) -> list[Json]:
        """A key may be given, and need not be."""
        return [*super().get_auth(), {}]


class Pages:
    """A paginator's part of the schema."""

    parameters: Any
    more_members: Json = {}

    def get_paginated_response_schema(self, results: Json) -> Json:
        neighbour = {"type": ["string", "null"], "format": "uri"}
        members = {"count": COUNT, "next": neighbour, "previous": neighbour, **self.more_members, "results": results}
        return {"type": "object", "properties": members, "required": list(members)}

    def get_schema_operation_parameters(self, view: Any) -> list[Json]:
        return [_parameter(name, *PAGING[name]) for name in self.parameters]


class Key(OpenApiAuthenticationExtension):
    target_class = "claims.api.limits.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> Json:
        return {"type": "http", "scheme": "bearer", "description": "A key raises the limit of requests a minute."}


class QueryKey(OpenApiAuthenticationExtension):
    target_class = "claims.api.limits.QueryKeyAuthentication"
    name = "queryKey"

    def get_security_definition(self, auto_schema: AutoSchema) -> Json:
        return {"type": "apiKey", "in": "query", "name": "key", "description": "As clients of Google's APIs send it."}


class FilterParameters(OpenApiFilterExtension):
    """The filters as their form fields take them."""

    target_class = "claims.api.base.GivenFilters"
    priority = 1

    def get_schema_operation_parameters(self, auto_schema: AutoSchema, *args: Any, **kwargs: Any) -> list[Json]:
        filters = auto_schema.view.filterset_class.base_filters
        return [_filter(name, given) for name, given in filters.items()]


def _parameter(name: str, schema: Json, description: str) -> Json:
    return build_parameter_type(name=name, schema=schema, location="query", description=description)


def _filter(name: str, given: django_filters.Filter) -> Json:
    parameter = _parameter(name, _values(given), _description(given))
    # What a form leaves empty it sends all the same.
    return parameter | {"allowEmptyValue": "items" not in parameter["schema"]}


def _values(given: django_filters.Filter) -> Json:
    match given.field:
        case SlugsField():
            return {"type": "array", "items": SLUG_OR_NONE}
        case forms.MultipleChoiceField() as field:
            return {"type": "array", "items": TEXT | {"enum": [value for value, _ in field.choices]}}
        case PartialDateField():
            return {"anyOf": [DAY, MONTH_OR_YEAR]}
        case forms.IntegerField():
            return {"type": "integer", "minimum": 1, "maximum": MAX_ID}
        case forms.CharField(max_length=longest):
            return WORDS | {"maxLength": longest}
    raise TypeError(f"No schema for {given.field!r}")


def _description(given: django_filters.Filter) -> str:
    return str(given.extra.get("help_text") or given.label)
