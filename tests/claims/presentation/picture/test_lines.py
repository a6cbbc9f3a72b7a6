"""Texts in the fonts that this machine has: Pillow's own at least, which is enough for plain English."""

import unicodedata

import pytest

from claims.presentation.picture import fonts, lines
from claims.presentation.picture.lines import Lines, fit

ENGLISH = "More than nine of ten people had been vaccinated by then."
BOX = {"width": 1000, "height": 300, "sizes": range(80, 35, -4)}


def told(found: Lines | None) -> list[str]:
    assert found is not None
    return ["".join(piece.text for piece in line).strip() for line in found.lines]


def is_inside(found: Lines | None) -> bool:
    assert found is not None
    return found.width <= BOX["width"] and found.height <= BOX["height"]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch):
    """A machine without any fonts."""
    monkeypatch.setattr(fonts, "files", lambda: ())
    fonts.fonts.cache_clear()
    yield
    fonts.fonts.cache_clear()


def test_text_is_written_whole_and_as_large_as_it_fits() -> None:
    short, long = fit("It rained.", "serif", **BOX), fit(ENGLISH * 3, "serif", **BOX)
    assert told(short) == ["It rained."]
    assert " ".join(told(long)) == ENGLISH * 3
    assert short.size == 80 > long.size
    assert is_inside(short)
    assert is_inside(long)


def test_text_that_is_too_long_ends_after_a_word_with_an_ellipsis() -> None:
    found = fit(" ".join([ENGLISH] * 30), "serif", **BOX)
    text = " ".join(told(found))
    assert text.endswith("…")
    assert text[:-1].split()[-1].strip(".") in ENGLISH
    assert is_inside(found)


@pytest.mark.parametrize("word", ["w" * 160, "W" * 2000, "w" * 160 + " and more"])
def test_word_that_no_line_has_room_for_is_broken(word: str) -> None:
    found = fit(word, "serif", **BOX)
    assert len(told(found)) > 1
    assert is_inside(found)


def test_nothing_is_no_lines() -> None:
    assert fit(" \n ", "serif", **BOX) is None


def test_text_that_no_font_has_is_left_out_whole(bare: None) -> None:
    assert told(fit(ENGLISH, "serif", **BOX))
    for text in ("កម្ពុជា", "تلقّى معظم السكان", "新冠疫苗", "Nine of ten 🐦", "É"):
        assert fit(text, "serif", **BOX) is None, text


@pytest.mark.parametrize("voice", fonts.VOICES)
def test_no_text_is_written_in_a_font_that_lacks_a_letter(voice: str) -> None:
    """Nor in one that has a box for it, or nothing to be seen: whatever the fonts of this machine are."""
    for text in ("Żółć", "Ελλάδα", "Україна", "កម្ពុជា", "تلقّى", "हिन्दी", "新冠", "\ue000", "\U0010fffd"):
        found = fit(text, voice, **BOX)
        pieces = [piece for line in found.lines for piece in line] if found else []
        assert all(piece.font.writes(sign) for piece in pieces for sign in piece.text), text


def test_character_that_is_nowhere_is_written_by_no_font() -> None:
    assert not any(font.writes("\uffff") or font.writes("\U0002ffff") for font in fonts.fonts("sans"))


def test_file_that_is_no_font_writes_nothing(tmp_path) -> None:
    path = tmp_path / "NotoSans-Regular.ttf"
    path.write_bytes(b"no font")
    assert not fonts.Font(str(path)).writes("a")


def test_without_raqm_no_script_is_written_that_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "is_shaped", lambda: False)
    monkeypatch.setattr(lines, "is_shaped", lambda: False)
    monkeypatch.setattr(fonts.Font, "_has", lambda font, sign: True)
    monkeypatch.setattr(fonts, "fonts", lambda voice: (fonts.Font(),))
    monkeypatch.setattr(lines, "fonts", fonts.fonts)
    written = [text for text in ("Tree", "дерево", "δέντρο", "កម្ពុជា", "شجرة", "पेड़") if fit(text, "serif", **BOX)]
    assert written == ["Tree", "дерево", "δέντρο"]


def test_letters_that_belong_together_are_never_parted() -> None:
    khmer = "ចាក់វ៉ាក់សាំងដល់ប្រជាជន"
    clusters = list(lines._clusters(khmer))
    assert "".join(clusters) == khmer
    assert "ប្រ" in clusters
    assert not any(unicodedata.category(cluster[0])[0] == "M" for cluster in clusters)
    assert list(lines._clusters("e\u0301t\U0001f469\u200d\U0001f33e")) == ["e\u0301", "t", "\U0001f469\u200d\U0001f33e"]


def test_scripts_without_spaces_break_between_letters_and_not_before_a_stop() -> None:
    pieces = [lines.Piece(sign, fonts.Font()) for sign in "新冠。Covid 19"]
    words = ["".join(piece.text for piece in word) for word in lines._words(pieces)]
    assert words == ["新", "冠。", "Covid ", "19"]


@pytest.mark.parametrize(
    ("text", "rtl"), [("A", False), ("تلقّى A", True), ("12 שלום", True), ("12", False), ("A تلقّى", False)]
)
def test_direction_is_that_of_the_first_letter(text: str, rtl: bool) -> None:
    assert lines._is_rtl(text) is rtl
