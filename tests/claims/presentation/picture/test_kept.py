from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claims.presentation.picture import Face, kept

FACE = Face(("most",), "Assay", False, "It rained.", "Mostly true")


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[Face]:
    """Every face that is drawn."""
    drawn, seen = kept.drawn, []
    monkeypatch.setattr(kept, "drawn", lambda face: (seen.append(face), drawn(face))[1])
    return seen


def files(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_picture_is_drawn_once(drawings: list[Face], tmp_path: Path) -> None:
    first = kept.png(FACE)
    assert (kept.png(FACE), len(drawings)) == (first, 1)
    assert [path.read_bytes() for path in files(tmp_path)] == [first]


def test_other_face_has_another_file(drawings: list[Face], tmp_path: Path) -> None:
    assert kept.png(FACE) != kept.png(FACE._replace(headline="It snowed."))
    assert (len(files(tmp_path)), len(drawings)) == (2, 2)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-9])])
def test_file_that_is_lost_or_cut_off_is_made_anew(tmp_path: Path, spoil) -> None:
    first = kept.png(FACE)
    spoil(files(tmp_path)[0])
    assert kept.png(FACE) == first
    assert files(tmp_path)[0].read_bytes() == first


def test_folder_that_cannot_be_written_to_costs_no_picture(settings, tmp_path: Path, drawings: list[Face]) -> None:
    settings.DATA_DIR = tmp_path / "file"
    settings.DATA_DIR.touch()
    assert kept.png(FACE) == kept.png(FACE)
    assert len(drawings) == 2


def test_disk_that_is_full_leaves_no_part_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_paths: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(kept.os, "replace", full)
    assert kept.png(FACE).endswith(kept.END)
    assert files(tmp_path) == []


def test_many_at_once_get_the_same_picture_and_leave_one_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(kept.png, [FACE] * 16))
    assert len(found) == 1
    assert [path.read_bytes() for path in files(tmp_path)] == [*found]


def test_colours_are_those_of_the_pages_by_day() -> None:
    assert (kept.COLOURS["paper"], kept.COLOURS["full"]) == ("#fbfaf7", "#0b6a54")
