"""The words of a Word document."""

import io
import zipfile

import mammoth
from django.utils.translation import gettext as _
from lxml import etree

from claims.reading.result import Reading, Unreadable, language_tag
from sources.text import normalise_line

# What a document may come to, unpacked.
MAX_BYTES, MAX_PARTS = 20 * 1024 * 1024, 5000
CORE = "docProps/core.xml"
DUBLIN = "{http://purl.org/dc/elements/1.1/}"


def read(data: bytes) -> Reading:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _check_parts(parts)
            core = parts.read(CORE) if CORE in parts.namelist() else b""
        return Reading(mammoth.extract_raw_text(io.BytesIO(data)).value, **_core(core))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(_("This Word document is damaged and cannot be read.")) from error


def _check_parts(parts: zipfile.ZipFile) -> None:
    known = parts.infolist()
    if any(part.flag_bits & 1 for part in known):
        raise Unreadable(_("This document is locked with a password. Save it without one."))
    if sum(part.file_size for part in known) > MAX_BYTES or len(known) > MAX_PARTS:
        raise Unreadable(_("This Word document is too large unpacked. Paste its text instead."))
    # Word writes none; entities that double and double would fill the memory.
    if any(b"<!DOCTYPE" in parts.read(part).replace(b"\0", b"") for part in known):
        raise Unreadable(_("This is not a document as Word writes them. Paste its text instead."))


def _core(xml: bytes) -> dict[str, str]:
    """What Word knows of a document; its author is whoever owns the program, and so is not taken for the byline."""
    if not xml:
        return {}
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    return {
        "title": normalise_line(root.findtext(f"{DUBLIN}title") or ""),
        "language": language_tag(root.findtext(f"{DUBLIN}language") or ""),
    }
