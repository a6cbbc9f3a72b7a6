"""A face drawn: 1200 by 630 pixels, as those who show links want it, with nothing at the edges that they crop."""

import io
from threading import Lock

from PIL import Image, ImageDraw

from claims.presentation.picture import coins
from claims.presentation.picture.faces import Face
from claims.presentation.picture.lines import Lines, fit
from claims.presentation.picture.palette import COLOURS

WIDTH, HEIGHT = 1200, 630
MARGIN, EDGE = 80, 20
ROOM = WIDTH - 2 * MARGIN
# Where the texts begin, what comes after the first of them, and where the line above the mark is.
TOP, BELOW_BYLINE, FOOT = 66, 132, 474
HEADLINE, BYLINE = range(80, 35, -4), range(32, 25, -2)  # pixels
COIN, BRAND = 84, 40
# FreeType's fonts are not for two threads at once.
drawing = Lock()


class Sheet:
    """The picture while it is drawn; all begins at the right if it ``is_rtl``."""

    def __init__(self, *, is_rtl: bool) -> None:
        self.is_rtl = is_rtl
        self.image = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["paper"])
        self.canvas = ImageDraw.Draw(self.image)

    def bar(self, start: int, top: int, width: int, height: int, colour: str) -> None:
        self.canvas.rectangle(self.box(start, top, width, height), COLOURS[colour])

    def coin(self, shape: str, start: int, top: int, size: int, colour: str) -> None:
        left, top, *_end = self.box(start, top, size, size)
        self.image.paste(COLOURS[colour], (left, top, left + size, top + size), coins.mask(shape, size))

    def text(self, lines: Lines | None, start: int, top: int, colour: str, width: int = ROOM, *, own: bool) -> None:
        """``own`` says that the text begins where its script does, and not where the sheet does."""
        if lines:
            rtl = lines.is_rtl if own else self.is_rtl
            left, *_rest = self.box(start, top, width, 1)
            lines.draw(self.canvas, left, top, width, COLOURS[colour], rtl=rtl)

    def box(self, start: int, top: int, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, and the last pixels at right and bottom."""
        left = WIDTH - start - width if self.is_rtl else start
        return left, top, left + width - 1, top + height - 1


def drawn(face: Face) -> bytes:
    """A PNG file; the same bytes for the same face, with the same fonts."""
    with drawing:
        sheet = Sheet(is_rtl=face.is_rtl)
        (of_claim if face.word else of_all)(sheet, face)
        file = io.BytesIO()
        sheet.image.save(file, "PNG", optimize=True)
    return file.getvalue()


def of_claim(sheet: Sheet, face: Face) -> None:
    shape = face.shapes[0]
    sheet.bar(0, 0, EDGE, HEIGHT, shape)
    byline(sheet, face)
    end = FOOT - 34
    if warning := line(face.remark, "strong", 32, ROOM):
        sheet.text(warning, MARGIN, FOOT - 64, shape, own=False)
        end -= 52
    headline = fit(face.headline, "serif", width=ROOM, height=end - BELOW_BYLINE, sizes=HEADLINE)
    sheet.bar(MARGIN, FOOT, ROOM, 2, "line")
    if headline:
        sheet.text(headline, MARGIN, BELOW_BYLINE + (end - BELOW_BYLINE - headline.height) // 2, "ink", own=True)
        mark(sheet, face, FOOT + 36, COIN, ROOM // 2 + 40)
    else:
        mark(sheet, face, 200, 2 * COIN, ROOM)
    signed(sheet, face)


def byline(sheet: Sheet, face: Face) -> None:
    """Who said it, and when."""
    date, gap = line(face.date, "sans", BYLINE[0], ROOM), 40
    room = ROOM - (date.width + gap if date else 0)
    speaker, start = fit(face.speaker, "sans", width=room, height=50, sizes=BYLINE), MARGIN
    if speaker:
        sheet.text(speaker, start, TOP, "soft", speaker.width, own=False)
        start += speaker.width + gap
        date = line(face.date, "sans", speaker.size, ROOM)
        if date:
            sheet.coin("dot", start - gap // 2 - 4, TOP + speaker.height // 2 - 3, 8, "edge")
    if date:
        sheet.text(date, start, TOP, "soft", date.width, own=False)


def mark(sheet: Sheet, face: Face, top: int, size: int, width: int) -> None:
    shape, beside = face.shapes[0], size + size // 4
    sheet.coin(shape, MARGIN, top, size, shape)
    largest = size * 7 // 10
    word = fit(face.word, "strong", width=width - beside, height=size + 10, sizes=range(largest, 27, -2))
    if word:
        sheet.text(word, MARGIN + beside, top + (size - word.height) // 2, shape, width - beside, own=False)


def signed(sheet: Sheet, face: Face) -> None:
    """Whose verdict it is, and of when; at the other side."""
    name = fit(face.site, "serif", width=380, height=52, sizes=range(38, 25, -2))
    if name:
        start, top = WIDTH - MARGIN - name.width, FOOT + 34 + (44 - name.height) // 2
        sheet.text(name, start, top, "ink", name.width, own=False)
        sheet.coin("brand", start - BRAND - 14, FOOT + 34 + (44 - BRAND) // 2, BRAND, "accent")
    published = line(face.published, "sans", 25, 430)
    if published:
        sheet.text(published, WIDTH - MARGIN - published.width, FOOT + 88, "soft", published.width, own=False)


def of_all(sheet: Sheet, face: Face) -> None:
    """The name, large, and what it is there for."""
    sheet.bar(0, 0, EDGE, HEIGHT, "accent")
    sheet.coin("brand", MARGIN, 96, 92, "accent")
    name = fit(face.site, "serif", width=ROOM - 122, height=110, sizes=range(84, 39, -4))
    if name:
        sheet.text(name, MARGIN + 122, 96 + (92 - name.height) // 2, "ink", ROOM - 122, own=False)
    tagline = fit(face.headline, "serif", width=ROOM, height=220, sizes=range(60, 35, -4))
    if tagline:
        sheet.text(tagline, MARGIN, 250 + (200 - tagline.height) // 2, "soft", own=False)
    sheet.bar(MARGIN, FOOT, ROOM, 2, "line")
    for number, shape in enumerate(face.shapes):
        sheet.coin(shape, MARGIN + number * (COIN + 28), FOOT + 36, COIN, shape)


def line(text: str, voice: str, size: int, width: int) -> Lines | None:
    """A text in one line, clipped if it has to be."""
    return fit(text, voice, width=width, height=size * 2 - 1, sizes=(size,)) if text else None
