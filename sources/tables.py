"""Tables that come in as files of separated values (CSV), as spreadsheet programs save them in various ways."""

import codecs
import csv
import io
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from sources.text import normalise, normalise_line

DELIMITERS = (",", ";", "\t")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Unreadable(Exception):
    """A file that is no such table; ``str()`` says why, and what to do."""


class Line(NamedTuple):
    """A row under the header, its ``number`` as a spreadsheet counts: a cell for each column, and those beyond."""

    number: int
    cells: dict[str, str]
    beyond: list[str]


class Table(NamedTuple):
    columns: list[str]
    lines: list[Line]

    def renamed(self, names: dict[str, str]) -> "Table":
        """With other names for some columns."""
        lines = [
            line._replace(cells={names.get(name, name): cell for name, cell in line.cells.items()})
            for line in self.lines
        ]
        return Table([names.get(name, name) for name in self.columns], lines)


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a byte order mark; raises Unreadable."""
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "") or _unmarked(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(_("This file is not in UTF-8. In your spreadsheet, save it as “CSV UTF-8”.")) from None


def _unmarked(data: bytes) -> str:
    """UTF-16 without its mark shows by the zero that is half of the first letter of a column's name."""
    if data[:2].count(0) == 1:
        return "utf-16-be" if data[0] == 0 else "utf-16-le"
    return "utf-8"


def read(text: str, known: Collection[str]) -> Table:
    """Read a table whose first row names its columns, in any order and capitals; raises Unreadable.

    Commas, semicolons or tabs part the cells: those that make the most ``known`` names of the first row. Rows
    without a word in them are left out. A column's name is folded: lower case, with underscores for spaces.
    """
    text = text.removeprefix("\ufeff")
    delimiter = max(DELIMITERS, key=lambda mark: len({*_header(text, mark)} & {*known}))
    lines: list[Line] = []
    columns: list[str] = []
    for number, row in _rows(text, delimiter):
        cells = [normalise(cell).strip() for cell in row]
        if number == 1:
            columns = [folded(cell) for cell in cells]
        elif any(cells):
            padded = cells + [""] * (len(columns) - len(cells))
            nameless = [cell for name, cell in zip(columns, padded, strict=False) if not name]
            beyond = [cell for cell in nameless + padded[len(columns) :] if cell]
            lines.append(Line(number, dict(zip(columns, padded, strict=False)), beyond))
    return Table(columns, lines)


def folded(name: str) -> str:
    return normalise_line(name).casefold().replace(" ", "_")


def _header(text: str, delimiter: str) -> list[str]:
    try:
        return [folded(cell) for cell in next(_rows(text, delimiter), (1, []))[1]]
    except Unreadable:
        return []


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, row
    except csv.Error as error:
        raise Unreadable(_complaint(str(error), number + 1)) from None


def _complaint(error: str, number: int) -> str:
    if "field larger than field limit" in error:
        why = _("a cell is longer than %(most)d characters") % {"most": csv.field_size_limit()}
    else:
        why = _('its quotation marks do not match: a cell that has any is put in "…", and each inside it is doubled')
    return _("Row %(number)d cannot be read: %(why)s.") % {"number": number, "why": why}
