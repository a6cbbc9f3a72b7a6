"""Markdown without its marks."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from claims.reading.letters import decoded
from claims.reading.result import Reading, address, iso_date, language_tag
from sources.text import normalise, normalise_line

FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)


def read(data: bytes) -> Reading:
    source, encoding = decoded(data)
    matter, source = _front_matter(normalise(source))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    headings = (
        _inline(text) for opening, text in pairwise(tokens) if opening.type == "heading_open" and opening.tag == "h1"
    )
    title = next(headings, "")
    known = {"title": normalise_line(title)} | {name: value for name, value in matter.items() if value}
    return Reading("\n\n".join(filter(None, map(_block, tokens))), encoding=encoding, **known)


def _block(token: Token) -> str:
    if token.type == "inline":
        return _inline(token).strip()
    return token.content.strip("\n") if token.type in ("fence", "code_block") else ""


def _inline(token: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n", "html_inline": ""}
    return "".join(breaks.get(child.type, child.content) for child in token.children or [])


def _front_matter(source: str) -> tuple[dict[str, str], str]:
    """What stands, as YAML, between lines of dashes at the top of a Markdown file, and the rest of it."""
    found = FRONT_MATTER.match(source)
    if not found:
        return {}, source
    try:
        said = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, source
    return (_known(said), source[found.end() :]) if isinstance(said, Mapping) else ({}, source)


def _known(said: Mapping[Any, Any]) -> dict[str, str]:
    def line(*names: str) -> str:
        values = (said.get(name) for name in names)
        return next((normalise_line(str(value)) for value in values if isinstance(value, str | date)), "")

    return {
        "title": line("title"),
        "byline": line("byline", "author"),
        "published_on": iso_date(line("date", "published", "published_on")),
        "language": language_tag(line("language", "lang")),
        "url": address(line("url", "link")),
    }
