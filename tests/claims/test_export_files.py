"""`manage.py export`: complete, checkable files of one moment, or none."""

import gzip
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims import export_files, exporting
from claims.management.commands.export import cleaning_up
from claims.models import Publication
from claims.moments import Moment
from claims.selection import Selection
from tests.claims import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    factories.amended(factories.published())
    factories.listed()
    return tmp_path / "export"


def export(folder: Path, **options: Any) -> None:
    call_command("export", folder, **options)


def index(folder: Path) -> dict[str, Any]:
    return orjson.loads((folder / "index.json").read_bytes())


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_files_hold_what_the_exports_do(folder: Path) -> None:
    export(folder)
    stamp = exporting.stamp(Moment.now())
    assert stamp.endswith("-3")
    expected = {
        f"claims-{stamp}.ndjson.gz": exporting.ndjson(Selection()),
        f"claims-{stamp}.csv.gz": exporting.table(Selection()),
        f"changes-{stamp}.ndjson.gz": exporting.changes(Moment.now()),
    }
    assert set(content(folder)) == {*expected, "SHA256SUMS", "index.json"}
    assert {name: gzip.decompress((folder / name).read_bytes()) for name in expected} == {
        name: b"".join(chunks) for name, chunks in expected.items()
    }


def test_checksums_are_what_the_usual_program_computes(folder: Path) -> None:
    export(folder)
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, check=True)


def test_index_says_what_there_is(folder: Path) -> None:
    export(folder)
    told = index(folder)
    assert (told["sequence"], told["claims"], told["hash"]) == (3, 2, Publication.objects.get(pk=3).hash)
    assert [file["size"] for file in told["files"]] == [
        (folder / file["name"]).stat().st_size for file in told["files"]
    ]
    summed = "".join(f"{file['sha256']}  {file['name']}\n" for file in told["files"])
    assert summed == (folder / "SHA256SUMS").read_text()
    assert told["written_at"].endswith("Z")


def test_a_second_run_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export(folder)
    before = content(folder)
    export(folder)
    assert content(folder) == before
    assert "already" in capsys.readouterr().out


def test_the_same_record_gives_the_same_bytes(folder: Path) -> None:
    export(folder)
    export(folder.parent / "another")
    assert (folder / "SHA256SUMS").read_text() == (folder.parent / "another" / "SHA256SUMS").read_text()


@pytest.mark.parametrize("spoilt", ["claims-*.csv.gz", "SHA256SUMS", "index.json"])
@pytest.mark.parametrize("gone", [True, False])
def test_what_is_not_sound_is_written_anew(folder: Path, spoilt: str, gone: bool) -> None:
    export(folder)
    (path,) = folder.glob(spoilt)
    sound = (folder / "SHA256SUMS").read_bytes()
    path.unlink() if gone else path.write_bytes(b"{}")
    export(folder)
    assert (folder / "SHA256SUMS").read_bytes() == sound
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, check=True)
    assert index(folder)["sequence"] == 3


def test_later_files_stand_beside_the_earlier(folder: Path) -> None:
    export(folder)
    factories.listed()
    export(folder)
    assert len(list(folder.glob("*.gz"))) == 6
    assert index(folder)["sequence"] == 4
    assert [file["name"].endswith(("-4.ndjson.gz", "-4.csv.gz")) for file in index(folder)["files"]] == [True] * 3


def test_level_is_how_hard_it_is_pressed(folder: Path) -> None:
    export(folder, gzip=0)
    export(folder.parent / "pressed", gzip=9)
    sizes = [sum(file["size"] for file in index(place)["files"]) for place in (folder, folder.parent / "pressed")]
    assert sizes[1] < sizes[0] / 2


def test_progress_is_told_on_stderr(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export(folder)
    told = capsys.readouterr()
    assert [line.split(".")[1] for line in told.err.splitlines()] == ["ndjson", "csv", "ndjson"]
    assert told.out == f"Exported to {folder}\n"


def test_failure_leaves_what_was_there(folder: Path) -> None:
    export(folder)
    before = content(folder)
    factories.listed()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_publication RENAME COLUMN note TO remark")
    with pytest.raises(Exception, match="note"):
        export(folder)
    assert content(folder) == before


def test_folder_that_cannot_be_made_is_told(folder: Path) -> None:
    folder.write_text("A file.")
    with pytest.raises(CommandError, match="Nothing was exported"):
        export(folder)


@pytest.mark.parametrize("level", ["10", "fast"])
def test_unknown_level_is_refused(folder: Path, level: str) -> None:
    with pytest.raises(CommandError, match="--gzip"):
        call_command("export", str(folder), "--gzip", level)
    assert not folder.exists()


def test_told_to_end_it_leaves_nothing(folder: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended, cleaning_up():
        export_files.write(folder, level=1, tell=lambda text: os.kill(os.getpid(), signal.SIGTERM))
    assert (ended.value.code, list(folder.iterdir())) == (128 + signal.SIGTERM, [])
    assert signal.getsignal(signal.SIGTERM) == before
