"""Fonts to write with: those that the machine has, and Pillow's own, which has little more than English needs."""

import os
import shutil
import subprocess
import unicodedata
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from pathlib import Path

from PIL import ImageFont, features

FOLDERS: tuple[str, ...] = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FOLDERS += ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts")
ENDINGS = (".ttf", ".otf", ".ttc")
# By the beginnings of their files' names, the most wanted first; all others come after them.
VOICES = {
    "serif": ("SourceSerif4-SemiBold", "NotoSerif-SemiBold", "NotoSerif-Bold", "LiberationSerif-Bold", "Georgia Bold"),
    "sans": ("SourceSans3-Regular", "NotoSans-Regular", "LiberationSans-Regular", "DejaVuSans.", "Arial."),
    "strong": ("SourceSans3-Bold", "NotoSans-Bold", "LiberationSans-Bold", "DejaVuSans-Bold.", "Arial Bold."),
}
# Fonts that have a box for every character there is, or nothing at all.
NO_LETTERS = ("lastresort", "blank")
STYLED = ("italic", "oblique", "mono", "condensed", "narrow", "thin", "black", "light", "kufi", "nastaliq")
# Letters that stand beside each other as they are: all that can be written where Pillow has no Raqm to shape others.
UNSHAPED = ("LATIN", "GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARMENIAN", "GEORGIAN")
NO_CHARACTER = "\uffff"
PROBED_AT = 24  # pixels


class Font:
    """One font file; Pillow's own where ``path`` is empty."""

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.known: dict[str, bool] = {}

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """To draw and measure with, at ``size`` pixels; raises OSError if it is no font that scales."""
        return _opened(self.path, size)

    def writes(self, sign: str) -> bool:
        """Whether it has a picture of one character, other than the one that it has for those it lacks."""
        if sign not in self.known:
            self.known[sign] = self._writes(sign)
        return self.known[sign]

    def _writes(self, sign: str) -> bool:
        if unicodedata.category(sign)[0] in "LM" and not is_shaped():
            return unicodedata.name(sign, "").startswith(UNSHAPED) and self._has(sign)
        return self._has(sign)

    def _has(self, sign: str) -> bool:
        drawn = self._drawn(sign)
        return drawn not in (None, self._lacking)

    @cached_property
    def _lacking(self) -> tuple[object, bytes] | None:
        return self._drawn(NO_CHARACTER)

    def _drawn(self, sign: str) -> tuple[object, bytes] | None:
        """None where nothing is to be seen."""
        try:
            mask = _opened(self.path, PROBED_AT, ImageFont.Layout.BASIC).getmask(sign)
        except OSError:
            return None
        return (mask.size, bytes(mask)) if mask.getbbox() else None


@lru_cache(100)  # of the thousands that a machine may have
def _opened(path: str, size: int, layout: ImageFont.Layout | None = None) -> ImageFont.FreeTypeFont:
    if path:
        return ImageFont.truetype(path, size, layout_engine=layout)
    found = ImageFont.load_default(size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise OSError("Pillow was built without FreeType.")
    return found


@cache
def is_shaped() -> bool:
    """Whether letters are joined, stacked and put in the order of reading, as many scripts need."""
    return bool(features.check("raqm"))


@cache
def files() -> tuple[str, ...]:
    """The paths of all font files there are, in one order."""
    found: set[str] = set()
    if shutil.which("fc-list"):
        with suppress(subprocess.TimeoutExpired):
            command = ["fc-list", "--format", "%{file}\n"]
            told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)
            found = set(told.stdout.splitlines())
    for folder in () if found else FOLDERS:
        for base, _folders, names in os.walk(Path(folder).expanduser()):
            found |= {os.path.join(base, name) for name in names}
    usable = [path for path in found if path.lower().endswith(ENDINGS)]
    return tuple(sorted(path for path in usable if not any(word in _name(path) for word in NO_LETTERS)))


@cache
def fonts(voice: str) -> tuple[Font, ...]:
    """All fonts, those that suit the voice best first."""
    wanted, bold = VOICES[voice], voice != "sans"

    def order(path: str) -> tuple[object, ...]:
        name = Path(path).name
        place = next((number for number, start in enumerate(wanted) if name.startswith(start)), len(wanted))
        styled = any(word in _name(path) for word in STYLED)
        return place, styled, ("bold" in _name(path)) != bold, ("serif" in _name(path)) != (voice == "serif"), path

    return *(_font(path) for path in sorted(files(), key=order)), _font("")


@cache
def _font(path: str) -> Font:
    return Font(path)


def _name(path: str) -> str:
    return Path(path).name.lower()
