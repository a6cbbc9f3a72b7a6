"""Text that comes in, made regular once, before anything is measured or compared.

The result is Unicode NFC (UAX #15), has ``\\n`` for every kind of line end and no control characters but
``\\n`` and ``\\t``, so that offsets in code points mean the same to Python, PostgreSQL and a partner's script.
"""

import re
import unicodedata

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# NUL, C0 and C1 controls, lone surrogates (which UTF-8 cannot hold) and the byte order mark.
UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")


def normalise(text: str) -> str:
    """Return ``text`` with line ends, control characters and composition made regular."""
    return unicodedata.normalize("NFC", UNWANTED.sub("", LINE_ENDS.sub("\n", text)))


def normalise_line(text: str) -> str:
    """Return ``text`` normalised and on one line, white space folded to single spaces."""
    return " ".join(normalise(text).split())
