"""Readable text out of what editors bring: plain text, Markdown, web pages, Word documents.

Nothing is fetched: pictures, style sheets and addresses in a file stay what they are, words.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from django.utils.translation import gettext as _

from claims.models.article import MAX_TEXT_BYTES
from claims.reading import markdown, web_page, word
from claims.reading.letters import decoded
from claims.reading.result import Reading, Unreadable
from sources.text import normalise

__all__ = ["ENDINGS", "MAX_FILE_BYTES", "Reading", "Unreadable", "check_size", "read"]

MAX_FILE_BYTES = 10 * 1024 * 1024


def _plain(data: bytes) -> Reading:
    text, encoding = decoded(data)
    return Reading(text, encoding=encoding)


READERS: dict[str, Callable[[bytes], Reading]] = {
    ".txt": _plain,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": web_page.read,
    ".htm": web_page.read,
    ".docx": word.read,
}
ENDINGS = tuple(READERS)


def read(name: str, data: bytes) -> Reading:
    """Read a file by its name's ending; raises Unreadable."""
    ending = PurePath(name).suffix.lower()
    if ending not in READERS:
        raise Unreadable(_("Assay reads files that end in %(endings)s.") % {"endings": ", ".join(ENDINGS)})
    if len(data) > MAX_FILE_BYTES:
        kb = f"{-(-len(data) // 1024):,}"
        raise Unreadable(_("This file is %(kb)s kB large; Assay reads up to 10,240 kB.") % {"kb": kb})
    _check_kind(ending, data)
    reading = READERS[ending](data)
    text = normalise(reading.text).strip()
    if not text:
        raise Unreadable(_("No readable text was found in this file. Paste the text instead."))
    check_size(text)
    return replace(reading, text=text)


def check_size(text: str) -> None:
    """Raise Unreadable if an article cannot be as long as this."""
    size = len(text.encode())
    if size > MAX_TEXT_BYTES:
        kb = f"{-(-size // 1024):,}"
        raise Unreadable(_("The text is %(kb)s kB long; Assay takes up to 1,024 kB. Split it.") % {"kb": kb})


def _check_kind(ending: str, data: bytes) -> None:
    """What the first bytes give away, where it is not what the name says."""
    zipped, start = data.startswith(b"PK\x03\x04"), data[:1024].lstrip().lower()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("This is an old Word file, or one locked with a password. Save it as .docx, without a password.")
        )
    if data.startswith(b"%PDF"):
        raise Unreadable(_("This is a PDF. Copy the text out of it and paste it."))
    if ending == ".docx" and not zipped:
        raise Unreadable(_("This is not a Word document (.docx), though it is named like one."))
    if ending != ".docx" and zipped:
        raise Unreadable(_("This is not a text file. If it is a Word document, name it .docx."))
    if ending == ".txt" and start.startswith((b"<!doctype html", b"<html")):
        raise Unreadable(_("This is a web page. Name it .html, so that its text can be taken out."))
