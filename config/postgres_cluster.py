"""A cluster's files: made, checked and served by a user that PostgreSQL accepts."""

import locale
import os
import pwd
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from config import postgres_programs

BIGGEST_LOG = 10_000_000
START_SECONDS = 600  # recovery after a crash can take its time; a server that dies is noticed at once
UNREACHABLE = """\
PostgreSQL refuses to run as root. It would run as the user {user}, who cannot reach {path}.
Keep the data where that user can reach it:   DATA_DIR=/var/lib/assay make run
or use a PostgreSQL server that is running:   DATABASE_URL=postgresql://… make run
or do this as an ordinary user."""


class EmbeddedPostgresError(RuntimeError):
    """The server cannot be had; the message says why and what to do about it."""


class Cluster:
    """The caller holds the data folder's server.lock; every program started here inherits it."""

    def __init__(self, path: Path, socket_dir: Path, lock: int) -> None:
        self.path, self.socket_dir, self.lock = path, socket_dir, lock
        self.log = path.parent / "postgres.log"
        self.uid, self.gid = _server_user(path)

    def start(self, *, role: str, database: str, port: int, settings: Mapping[str, str]) -> None:
        """Returns when the server answers. Makes the cluster where there is none yet."""
        self.programs = self._usable_programs()
        if not self.path.exists():
            self._create(role, database)
        self._check_version()
        self._forget_dead_server(port)
        self._make_private(self.socket_dir)
        folder = str(self.socket_dir).replace('"', '""')
        settings = {"listen_addresses": "", "port": str(port), "unix_socket_directories": f'"{folder}"', **settings}
        flags = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        self._run("pg_ctl", "start", "-D", self.path, "-w", "-t", str(START_SECONDS), "-o", flags)

    def _create(self, role: str, database: str) -> None:
        """All or nothing: an interrupted attempt leaves a folder that the next one throws away."""
        half_made = self.path.with_name("postgres.half-made")
        shutil.rmtree(half_made, ignore_errors=True)
        self._make_private(half_made)
        # Text is compared by code point, everywhere the same; what is a letter is Unicode's to say.
        words = ("--encoding=UTF8", "--locale=C", f"--lc-ctype={_utf8_locale()}")
        rest = ("--auth=trust", "--data-checksums", "--no-instructions")
        self._run("initdb", "-D", half_made, "-U", role, *words, *rest)
        sql = f"CREATE DATABASE {database};\n"
        self._run("postgres", "--single", "-D", half_made, "-c", "exit_on_error=on", "postgres", sql=sql)
        half_made.rename(self.path)

    def _usable_programs(self) -> postgres_programs.Programs:
        """The programs, copied beside the cluster where the server's user cannot reach them."""
        if not self._can("cd", self.path.parent):
            raise EmbeddedPostgresError(UNREACHABLE.format(user=_name(self.uid), path=self.path.parent))
        try:
            programs = postgres_programs.find()
        except postgres_programs.ProgramsMissing as error:
            raise EmbeddedPostgresError(str(error)) from None
        if self._can("exec", programs.folder / "postgres", "--version"):
            return programs
        if not programs.bundled:
            raise EmbeddedPostgresError(UNREACHABLE.format(user=_name(self.uid), path=programs.folder))
        return postgres_programs.copied(programs, self.path.parent)

    def _can(self, *command: Any) -> bool:
        command = ("/bin/sh", "-c", '"$0" "$@"', *command)
        return self._as_server_user(command, capture_output=True).returncode == 0

    def _check_version(self) -> None:
        made_by, ours = int((self.path / "PG_VERSION").read_text()), self.programs.version[0]
        if made_by != ours:
            raise EmbeddedPostgresError(
                f"The data in {self.path} was made by PostgreSQL {made_by}; the programs in\n"
                f"{self.programs.folder} are PostgreSQL {ours}, which cannot read it. Nothing was changed.\n"
                f"Install PostgreSQL {made_by} to carry the data over (pg_dump), or choose another DATA_DIR."
            )

    def _forget_dead_server(self, port: int) -> None:
        """PostgreSQL takes any process that has the number in its lock files for a server, and would not start."""
        for file in (self.path / "postmaster.pid", self.socket_dir / f".s.PGSQL.{port}.lock"):
            if file.exists() and not is_postgres(int(file.read_text().split()[0])):
                file.unlink()

    def _make_private(self, folder: Path) -> None:
        """The folder is there and belongs to the server's user alone."""
        if not folder.exists():
            folder.mkdir(mode=0o700)
            os.chown(folder, self.uid, self.gid)
        found = folder.lstat()
        if found.st_uid != self.uid or found.st_mode & 0o7777 != 0o700 or folder.is_symlink():
            raise EmbeddedPostgresError(f"{folder} should belong to {_name(self.uid)} alone (mode 0700). Remove it.")

    def _run(self, program: str, *arguments: Any, sql: str = "") -> None:
        """Its output goes to the log. Raises EmbeddedPostgresError with what it said."""
        with open(self.log, "a+", opener=_private) as log:
            if log.tell() > BIGGEST_LOG:
                log.truncate(0)
            start = log.seek(0, os.SEEK_END)
            command = [self.programs.folder / program, *arguments]
            done = self._as_server_user(command, input=sql, text=True, stdout=log, stderr=log)
            if done.returncode:
                log.seek(start)
                raise EmbeddedPostgresError(f"PostgreSQL's {program} failed (see {self.log}):\n{log.read()[-2000:]}")

    def _as_server_user(self, command: Sequence[Any], **options: Any) -> subprocess.CompletedProcess:
        # A session of its own: Ctrl-C in the terminal is for us to handle, and reaches the server through us.
        other: dict[str, Any] = (
            {"user": self.uid, "group": self.gid, "extra_groups": []} if self.uid != os.geteuid() else {}
        )
        # The folder "/": PostgreSQL insists on being able to enter the one it is started from.
        options |= {"cwd": "/", "env": self._environment(), "pass_fds": [self.lock], "start_new_session": True}
        return subprocess.run(command, check=False, **options, **other)

    def _environment(self) -> dict[str, str]:
        """Ours without PostgreSQL's variables, which would point its programs elsewhere."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return kept | {"LC_ALL": "C"}  # macOS stops a server that is started without a locale


def is_postgres(pid: int) -> bool:
    """Whether the process is alive and is PostgreSQL. One that nobody has reaped yet (a zombie) is not alive."""
    try:
        if Path("/proc/self/stat").exists():  # "7200 (postgres) S 1 …"; slim systems have no ps
            name, _, state = Path(f"/proc/{pid}/stat").read_text().partition(" (")[2].rpartition(") ")
        else:
            command = ["ps", "-p", str(pid), "-o", "stat=,comm="]
            state, _, name = subprocess.run(command, capture_output=True, text=True, check=False).stdout.partition(" ")
    except OSError:
        return False
    return not state.startswith("Z") and Path(name.strip()).name == "postgres"


def _server_user(cluster: Path) -> tuple[int, int]:
    """Ourselves; for root the cluster's owner, else postgres, else nobody."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    if cluster.exists() and (found := cluster.stat()).st_uid != 0:
        return found.st_uid, found.st_gid
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return user.pw_uid, user.pw_gid
    raise EmbeddedPostgresError("PostgreSQL refuses to run as root, and there is no user named postgres or nobody.")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)  # the log quotes statements, and so drafts


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"


def _utf8_locale() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            try:
                return locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise EmbeddedPostgresError("This machine has neither the locale C.UTF-8 nor en_US.UTF-8.")
