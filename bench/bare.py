"""The yardstick from below: the same bytes with nothing between PostgreSQL and the WSGI server."""

import base64
import os
import re
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import orjson
import psycopg
from psycopg.adapt import Loader

Environ = dict[str, Any]
Answer = tuple[str, list[tuple[str, str]], bytes]

PAGE = """
SELECT v.publication_id, v.claims, p.document
FROM claims_publishedversion AS v JOIN claims_publication AS p ON p.sequence = v.publication_id
WHERE v.until IS NULL ORDER BY v.publication_id DESC LIMIT 51
"""
CLAIM = """
SELECT p.document
FROM claims_publishedclaim AS c JOIN claims_publication AS p ON p.sequence = c.publication_id WHERE c.id = %s
"""
STATE = "SELECT version FROM claims_recordstate"
SEARCH = """
SELECT v.publication_id, p.document
FROM claims_publishedversion AS v JOIN claims_publication AS p ON p.sequence = v.publication_id
JOIN claims_publishedclaim AS c ON c.id = v.claim
WHERE v.until IS NULL AND v.search @@ claims_search_query(%s)
    AND c.rating IS NOT NULL AND c.verification_status <> 'retracted'
ORDER BY v.publication_id DESC LIMIT 11
"""
NEWEST = "SELECT max(publication_id) FROM claims_publishedversion"
CLAIM_ADDRESS = re.compile(r"/api/v1/claims/(\d+)/")
THREAD = threading.local()


class Bytes(Loader):
    """Text as it comes: what is only passed on need not be decoded."""

    def load(self, data: Any) -> bytes:
        return bytes(data)


def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    if not hasattr(THREAD, "connection"):
        THREAD.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        THREAD.connection.adapters.register_loader("text", Bytes)
    status, headers, body = answer(environ)
    start_response(status, headers)
    return [body]


def answer(environ: Environ) -> Answer:
    if tag := environ.get("HTTP_IF_NONE_MATCH"):
        [(version,)] = rows(STATE)
        return "304 Not Modified", [("ETag", tag)], b"" if tag.startswith(f'W/"{version:x}-') else b"?"
    if found := CLAIM_ADDRESS.fullmatch(environ["PATH_INFO"]):
        [(document,)] = rows(CLAIM, found[1])
        return ok(document)
    if environ["PATH_INFO"] == "/v1alpha1/claims:search":
        return ok(search(parse_qs(environ["QUERY_STRING"])["query"][0]))
    return ok(page(environ["HTTP_HOST"]))


def rows(sql: str, *parameters: Any) -> list[Any]:
    return THREAD.connection.execute(sql, parameters).fetchall()


def ok(body: bytes) -> Answer:
    return "200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))], body


def page(host: str) -> bytes:
    found = rows(PAGE)
    newest, claims = found[0][:2]
    following = f"http://{host}/api/v1/claims/?cursor=after-{found[49][0]}-at-{newest}"
    documents = [document for *_, document in found[:50]]
    head = f'{{"count":{claims},"next":"{following}","previous":null,"sequence":{newest},"results":['
    documents[0] = head.encode() + documents[0]
    documents[-1] += b"]}"
    return b",".join(documents)


def search(words: str) -> bytes:
    found = rows(SEARCH, words)
    answer: dict[str, Any] = {"claims": [fact_checked(orjson.loads(document)) for _, document in found[:10]]}
    if len(found) > 10:
        [(newest,)] = rows(NEWEST)
        place = newest.to_bytes(6) + found[9][0].to_bytes(6)
        answer["nextPageToken"] = base64.urlsafe_b64encode(place).decode()
    return orjson.dumps(answer, option=orjson.OPT_INDENT_2)


def fact_checked(document: dict[str, Any]) -> dict[str, Any]:
    claim = {"text": document["claim"], "claimant": document["speaker"]["name"]}
    if stated := document["stated_on"]:
        claim["claimDate"] = f"{stated}{'-01-01'[len(stated) - 4 :][: 10 - len(stated)]}T00:00:00Z"
    review = {
        "publisher": {"name": "Assay", "site": "127.0.0.1"},
        "url": document["url"],
        "title": document["summary"],
        "reviewDate": document["published_at"],
        "textualRating": document["rating"]["name"],
        "languageCode": "en",
    }
    return claim | {"claimReview": [review]}
