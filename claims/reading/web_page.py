"""The article in a web page, without what stands around it."""

import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from django.utils.translation import gettext as _
from lxml import etree, html

from claims.reading.letters import MARKS, decoded
from claims.reading.result import Reading, Unreadable, address, iso_date, language_tag
from sources.text import normalise, normalise_line

PARAGRAPHS = ("p", "head", "item", "quote", "row", "code")
DECLARED = re.compile(rb"<meta[^>]{1,200}charset|<\?xml[^>]{1,100}encoding", re.IGNORECASE)


def read(data: bytes) -> Reading:
    tree, encoding = _tree(data)
    language = tree.get("lang") or ""
    found: Any
    try:
        found = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False)
    except Exception as error:
        raise Unreadable(_("This web page cannot be read. Paste its text instead.")) from error
    if found is None or found.body is None:
        raise Unreadable(_("No article was found in this web page. Paste its text instead."))
    title = normalise_line(found.title or "")
    blocks = [block for block in (normalise(block).strip() for block in _blocks(found.body)) if block]
    if blocks and normalise_line(blocks[0]) == title:
        del blocks[0]
    return Reading(
        "\n\n".join(blocks),
        title=title,
        byline=normalise_line(found.author or ""),
        published_on=iso_date(found.date or ""),
        language=language_tag(language),
        url=address(found.url or ""),
        encoding=encoding,
    )


def _tree(data: bytes) -> tuple[html.HtmlElement, str]:
    """A page that says its encoding is left to the parser, which heeds it."""
    parser, encoding = html.HTMLParser(), ""
    if data.startswith(tuple(MARKS)) or not DECLARED.search(data[:4096]):
        text, encoding = decoded(data)
        data, parser = text.encode(errors="replace"), html.HTMLParser(encoding="utf-8")
    try:
        return html.document_fromstring(data, parser=parser), encoding
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise Unreadable(_("This is not a web page, though it is named like one.")) from error


def _blocks(body: Any) -> Iterator[str]:
    """The paragraphs of the text that trafilatura took out (in TEI's words), each once."""
    words: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in PARAGRAPHS:
            yield "".join(words)
            words.clear()
        if event == "start":
            words += ["\n"] if element.tag == "lb" else [element.text or ""]
        else:
            words += [" "] if element.tag == "cell" else []
            words.append(element.tail or "")
    yield "".join(words)
