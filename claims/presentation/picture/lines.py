"""A text as lines to be drawn: in fonts that have all its characters, of a size at which it fits."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from PIL import ImageDraw

from claims.presentation.picture.fonts import Font, fonts, is_shaped

ELLIPSIS = "…"
LEADING, CAPITALS = 1.2, 0.7  # times the size
LONGEST = 600  # characters, more than which no picture has room for
# Scripts that part no words by spaces: a line may end after any of their letters.
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "KHMER", "LAO", "MYANMAR", "THAI", "TIBETAN", "YI ")
BREAK = "\u200b"  # is seen by nobody, and says that a line may end
VIRAMA = 9  # the combining class of what joins the letter after it to the one before
TRAILING = " ,;:–—-([“‘«"


class Piece(NamedTuple):
    """What stays together, such as a letter and its accents, and the font that has all of it."""

    text: str
    font: Font


Pieces = Sequence[Piece]


class Lines(NamedTuple):
    """Lines at one size; ``step`` is from one baseline to the next, ``first`` from the top to the first; in pixels."""

    lines: list[Pieces]
    size: int
    step: int
    first: int
    is_rtl: bool

    @property
    def height(self) -> int:
        return self.step * len(self.lines)

    @property
    def width(self) -> int:
        return max((_width(line, self.size) for line in self.lines), default=0)

    def draw(self, canvas: ImageDraw.ImageDraw, start: int, top: int, width: int, fill: str, *, rtl: bool) -> None:
        """Into a box; at its right end if ``rtl``."""
        for number, line in enumerate(self.lines):
            left = start + width - _width(line, self.size) if rtl else start
            self._draw(canvas, line, left, top + self.first + number * self.step, fill)

    def _draw(self, canvas: ImageDraw.ImageDraw, line: Pieces, left: float, baseline: int, fill: str) -> None:
        runs = list(_runs(line))
        for text, font in reversed(runs) if self.is_rtl else runs:
            drawn_in = font.at(self.size)
            direction = ("rtl" if self.is_rtl else "ltr") if is_shaped() else None
            canvas.text((left, baseline), text, fill, drawn_in, anchor="ls", direction=direction)
            left += drawn_in.getlength(text, direction=direction)


def fit(text: str, voice: str, *, width: int, height: int, sizes: Sequence[int]) -> Lines | None:
    """The lines of a text at the first of ``sizes`` at which it fits, and else its beginning, at the last.

    None where there is nothing to write, or no font has all of it.
    """
    pieces = _pieces(_seen(text)[:LONGEST], voice)
    if not pieces:
        return None
    words, rtl = list(_words(pieces)), _is_rtl(text)
    for size in sizes:
        lines = _wrapped(words, size, width)
        found = _set(lines, size, rtl)
        if lines and found.height <= height and not any(_width(line, size) > width for line in lines):
            return found
    size = sizes[-1]
    lines = _wrapped([part for word in words for part in _parts(word, size, width)], size, width)
    step = _set(lines, size, rtl).step
    room = max(height // step, 1)
    return _set([*lines[: room - 1], _clipped(lines[room - 1], size, width)] if len(lines) > room else lines, size, rtl)


def _seen(text: str) -> str:
    """Without what only tells programs something, but for those that will be asked to draw it."""
    told = {"Cc"} if is_shaped() else {"Cc", "Cf"}
    return "".join(sign for sign in " ".join(text.split()) if unicodedata.category(sign) not in told or sign == BREAK)


def _pieces(text: str, voice: str) -> list[Piece] | None:
    found: list[Piece] = []
    for cluster in _clusters(text):
        font = _font_for(cluster, voice, found[-1].font if found else None)
        if font is None:
            return None
        found.append(Piece(cluster, font))
    return found


def _clusters(text: str) -> Iterator[str]:
    held = ""
    for sign in text:
        joins = unicodedata.category(sign)[0] == "M" or sign in "\u200c\u200d"
        if held and not joins and not held.endswith("\u200d") and unicodedata.combining(held[-1]) != VIRAMA:
            yield held
            held = ""
        held += sign
    if held:
        yield held


def _font_for(cluster: str, voice: str, current: Font | None) -> Font | None:
    """What belongs to no script stays with what is before it."""
    seen = [sign for sign in cluster if unicodedata.category(sign) not in ("Cf", "Zs")]
    order = fonts(voice)
    if current and not any(unicodedata.category(sign)[0] in "LM" for sign in seen):
        order = (current, *order)
    return next((font for font in order if all(map(font.writes, seen))), None)


def _words(pieces: Pieces) -> Iterator[list[Piece]]:
    """What no line is to end within, with the space that follows it."""
    held: list[Piece] = []
    for piece in pieces:
        if held and not _closes(piece) and (_may_end(held) or _is_unspaced(piece)):
            yield held
            held = []
        held.append(piece)
    if held:
        yield held


def _may_end(word: Pieces) -> bool:
    last = word[-1]
    return last.text in (" ", BREAK) or _is_unspaced(last) or (_closes(last) and _is_unspaced(word[0]))


def _closes(piece: Piece) -> bool:
    return unicodedata.category(piece.text[0]) in ("Pe", "Pf", "Po", "Zs", "Cf")


def _is_unspaced(piece: Piece) -> bool:
    return unicodedata.name(piece.text[0], "").startswith(UNSPACED)


def _wrapped(words: Sequence[Pieces], size: int, width: int) -> list[Pieces]:
    lines: list[Pieces] = []
    for word in words:
        if lines and _width([*lines[-1], *word], size) <= width:
            lines[-1] = [*lines[-1], *word]
        else:
            lines.append(list(word))
    return lines


def _parts(word: Pieces, size: int, width: int) -> list[Pieces]:
    """A word, or the pieces of one that no line has room for."""
    return [word] if _width(word, size) <= width else [[piece] for piece in word]


def _clipped(line: Pieces, size: int, width: int) -> Pieces:
    """A line that ends after a word, and says that there was more."""
    words = list(_words(line))
    words = words if len(words) > 1 else [[piece] for piece in line]
    while words:
        kept = [piece for word in words for piece in word]
        while kept and kept[-1].text in TRAILING:
            kept.pop()
        mark = ELLIPSIS if kept and kept[-1].font.writes(ELLIPSIS) else "..."
        if kept and _width([*kept, Piece(mark, kept[-1].font)], size) <= width:
            return [*kept, Piece(mark, kept[-1].font)]
        words.pop()
    return line


def _set(lines: list[Pieces], size: int, rtl: bool) -> Lines:
    """With as much room for each as the tallest letters take, which in some scripts are stacked."""
    boxes = [font.at(size).getbbox(text, anchor="ls") for line in lines for text, font in _runs(line)]
    above = max([CAPITALS * size, *(-box[1] for box in boxes)])
    below = max([0.0, *(box[3] for box in boxes)])
    step = max(size * LEADING, above + below + size * 0.1)
    # Capitals in the middle of a line, unless what is below them needs the room.
    first = min((step + above) / 2, step - below)
    return Lines(lines, size, round(step), round(first), rtl)


def _width(line: Pieces, size: int) -> int:
    return round(sum(font.at(size).getlength(text) for text, font in _runs(line)))


def _runs(line: Pieces) -> Iterator[tuple[str, Font]]:
    """Without the space at the end."""
    told = [piece for piece in line if piece.text != BREAK]
    while told and told[-1].text == " ":
        told.pop()
    for font, pieces in groupby(told, key=lambda piece: piece.font):
        yield "".join(piece.text for piece in pieces), font


def _is_rtl(text: str) -> bool:
    strong = (unicodedata.bidirectional(sign) for sign in text)
    return next((found in ("R", "AL") for found in strong if found in ("L", "R", "AL")), False)
