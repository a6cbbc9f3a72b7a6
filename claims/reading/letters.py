"""Bytes to text, whatever its encoding."""

import re
from contextlib import suppress

import charset_normalizer
from django.utils.translation import gettext as _

from claims.reading.result import Unreadable

# Those that are in use, where UTF-8 is not; charset-normalizer knows many more, and finds them in place of these.
ENCODINGS = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1258", "cp874"]
ENCODINGS += ["koi8_r", "gb18030", "big5", "cp932", "euc_jp", "cp949"]
WESTERN = ("cp1250", "cp1252", "cp1254", "cp932")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe\x00\x00": "utf-32", b"\x00\x00\xfe\xff": "utf-32"}
MARKS |= {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def decoded(data: bytes) -> tuple[str, str]:
    """Text, and the encoding if that was a guess."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding), ""
            except UnicodeDecodeError:
                raise Unreadable(_("This file is damaged: it is not the Unicode that it says it is.")) from None
    with suppress(UnicodeDecodeError):
        text = data.decode()
        if "\0" not in text:
            return text, ""
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data):
        raise Unreadable(_("This is not a text file, though it is named like one."))
    return _guessed(data)


def _guessed(data: bytes) -> tuple[str, str]:
    matches = list(charset_normalizer.from_bytes(data, cp_isolation=ENCODINGS))
    likely = {match.encoding: match for match in matches}
    best, western = matches[0] if matches else None, likely.get("cp1252")
    if western and best and best.encoding in WESTERN and western.coherence >= best.coherence - 0.1:
        best = western
    encoding = best.encoding if best else "cp1252"
    try:
        return data.decode(encoding), encoding.replace("cp125", "windows-125")
    except UnicodeDecodeError:
        raise Unreadable(_("It cannot be told how this file’s letters are encoded. Save it as UTF-8.")) from None
