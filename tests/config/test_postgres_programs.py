from pathlib import Path

import pytest

from config import postgres_programs
from config.postgres_programs import Programs, ProgramsMissing


def fake(folder: Path, version: str, *, without: str = "") -> Path:
    folder.mkdir(parents=True)
    for name in postgres_programs.NEEDED:
        if name != without:
            (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
            (folder / name).chmod(0o755)
    return folder


def test_the_newest_usable_programs_are_chosen(tmp_path):
    folders = [
        fake(tmp_path / "14", "14.20"),
        fake(tmp_path / "16", "16.9 (Debian 16.9-1)"),
        fake(tmp_path / "16.11", "16.11"),
        fake(tmp_path / "17", "17.2", without="initdb"),
        tmp_path / "not there",
    ]
    assert postgres_programs.newest(folders) == Programs(tmp_path / "16.11", (16, 11))


def test_a_beta_counts_as_its_major_version(tmp_path):
    assert postgres_programs.inspect(fake(tmp_path / "18", "18beta1")) == Programs(tmp_path / "18", (18,))


def test_without_usable_programs_the_message_names_what_to_install(tmp_path):
    with pytest.raises(ProgramsMissing, match="apt-get install postgresql"):
        postgres_programs.newest([fake(tmp_path / "13", "13.4")])


def test_programs_on_the_path_in_pg_configs_folder_and_in_known_folders_are_found(tmp_path, monkeypatch):
    on_path, told, known = (fake(tmp_path / name, "16.1") for name in ("path", "told", "known"))
    (on_path / "pg_config").write_text(f"#!/bin/sh\necho {told}\n")
    (on_path / "pg_config").chmod(0o755)
    monkeypatch.setenv("PATH", str(on_path))
    monkeypatch.setattr(postgres_programs, "FOLDERS", (f"{tmp_path}/kno*",))
    assert list(postgres_programs.installed_folders()) == [on_path, told, known]


def test_bundled_programs_are_copied_for_those_who_cannot_reach_them(tmp_path):
    original = fake(tmp_path / "closed" / "bin", "17.10").parent
    (original / "share").mkdir()
    (original / "share" / "words").touch(mode=0o600)
    (original / "bin").chmod(0o700)
    copied = postgres_programs.copied(Programs(original / "bin", (17, 10)), tmp_path)
    assert copied == Programs(tmp_path / "postgresql-17.10" / "bin", (17, 10))
    assert copied.folder.stat().st_mode & 0o777 == 0o755
    assert (copied.folder / "postgres").stat().st_mode & 0o777 == 0o755
    assert (copied.folder.parent / "share" / "words").stat().st_mode & 0o777 == 0o644
