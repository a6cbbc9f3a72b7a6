"""A published document as a row for spreadsheets, which would run what looks like a formula."""

import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Reading = Callable[[Json], Any]

LONGEST = 32_000  # characters; a spreadsheet puts what is beyond 32,767 elsewhere
# The signs that a formula begins with, also small and at full width.
FORMULA = r"=+\-@＝＋－＠﹦﹢﹣﹫"
# What ends the search for one; all else before such a sign, seen or not, may be passed over.
TEXT = r"\w\n!#$%&()*,./:;<>?\[\\\]^`{|}~“”‘’«»…–—"
BEGINS = re.compile(f"[^{TEXT}{FORMULA}]*[{FORMULA}]")
# Whatever a spreadsheet that is set up otherwise may take for the end of a cell.
BEGINS_AGAIN = re.compile(f"([;|\n])(?={BEGINS.pattern})")
# Most text: it begins with a letter or a number, and nothing in it is to be looked at.
PLAIN = re.compile(r"\w[^\x00-\x1f\x7f-\x9f;|]*")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def at(*path: str) -> Reading:
    """What a document has at the end of a path, if anything."""

    def read(doc: Any) -> Any:
        for key in path:
            doc = doc.get(key) if doc else None
        return doc

    return read


def each(things: str, *path: str) -> Reading:
    """What each of several things has at the end of a path, the same but once."""
    read = at(*path)
    return lambda doc: " | ".join(dict.fromkeys(found for found in map(read, doc[things]) if found))


def last_note(doc: Json) -> str | None:
    return doc["corrections"][-1]["note"] if doc["corrections"] else None


# Like a document's fields, columns are a public contract: more may come, at the end.
COLUMNS: dict[str, Reading] = {
    "id": at("id"),
    "version": at("version"),
    "url": at("url"),
    "verification_status": at("verification_status"),
    "claim": at("claim"),
    "quote": at("quote", "exact"),
    "form": at("quote", "form"),
    "speaker_id": at("speaker", "id"),
    "speaker": at("speaker", "name"),
    "position": at("speaker", "position"),
    "relays": at("relays", "name"),
    "stated_on": at("stated_on"),
    "occasion": at("occasion"),
    "checkability": at("checkability"),
    "article_id": at("article", "id"),
    "article_title": at("article", "title"),
    "article_url": at("article", "url"),
    "outlet": at("article", "outlet", "name"),
    "article_published_on": at("article", "published_on"),
    "language": at("article", "language"),
    "topics": each("topics", "name"),
    "rating": at("rating", "slug"),
    "rating_name": at("rating", "name"),
    "rating_value": at("rating", "value"),
    "summary": at("summary"),
    "sources": each("evidence", "source", "title"),
    "source_urls": each("evidence", "source", "url"),
    "corrections": lambda doc: len(doc["corrections"]),
    "last_correction": last_note,
    "first_published_at": at("first_published_at"),
    "published_at": at("published_at"),
}


def row(doc: Json) -> list[Any]:
    return [cell(read(doc)) for read in COLUMNS.values()]


def cell(value: Any) -> Any:
    """Text that a spreadsheet shows and does not run: an apostrophe stands before what looks like a formula."""
    if not isinstance(value, str):
        return value
    if PLAIN.fullmatch(value):
        return value[:LONGEST]
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    text = BEGINS_AGAIN.sub(r"\1'", CONTROL.sub(" ", lines).strip())[:LONGEST]
    return f"'{text}" if BEGINS.match(text) else text
