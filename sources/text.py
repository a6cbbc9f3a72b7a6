"""Text that comes in, made regular once, before anything is measured or compared.

The result is Unicode NFC (UAX #15), has ``\\n`` for every kind of line end and no control characters but
``\\n`` and ``\\t``, so that offsets in code points mean the same to Python, PostgreSQL and a partner's script.
"""

import re
import unicodedata

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# NUL, C0 and C1 controls, lone surrogates (which UTF-8 cannot hold) and the byte order mark.
UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")

# Embeddings, overrides and isolates: in a name they could only turn round what stands beside it, also where no
# element can keep that apart (an option, a tab's title, an e-mail). Marks of direction and joiners stay.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def normalise(text: str) -> str:
    """Return ``text`` with line ends, control characters and composition made regular."""
    return unicodedata.normalize("NFC", UNWANTED.sub("", LINE_ENDS.sub("\n", text)))


def normalise_line(text: str) -> str:
    """Return ``text`` normalised and on one line, white space folded to single spaces.

    Without the controls that turn the direction of what follows; in longer texts they stay, as words of the record.
    """
    return " ".join(normalise(TURNING.sub("", text)).split())
