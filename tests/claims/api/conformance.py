"""What the schema cannot say of parameters. Schemathesis imports this, and puts right what it means to be accepted."""

from typing import Any

import schemathesis

Query = dict[str, Any]

PAST = "2024-02-29T10:00:00Z"


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    if case.meta and case.meta.generation.mode.is_positive:
        case.query = meant(case.path, dict(case.query or {}))


def meant(path: str, query: Query) -> Query:
    """A cursor is of a page that there is and of its own time, a time is over, fields have names, and something is
    searched for.
    """
    if "cursor" in query:
        query["cursor"] = cursor(path, query)
        query.pop("as_of", None)
    if "as_of" in query:
        query["as_of"] = sorted(("1000", str(query["as_of"]), PAST))[1]
    if query.get("fields"):
        query["fields"] = "claims(text,claimReview/url),nextPageToken"
    if path == "/v1alpha1/claims:search" and not str(query.get("query", "")).strip():
        query["query"] = "Cambodia OR China"
    return query


def cursor(path: str, query: Query) -> str:
    if path != "/api/v1/claims/":
        return "after-1"
    day = "2022-07-12-" if str(query.get("ordering")).endswith("stated") else ""
    return f"after-{day}1-at-1"
