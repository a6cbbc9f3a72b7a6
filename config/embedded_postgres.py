"""A PostgreSQL server of our own, in the data folder, for as long as somebody uses it.

Two files in the data folder are held with flock, which the kernel lets go of however a process ends:

users.lock   shared by every process that uses the server. Whoever can have it alone when leaving was the
             last one, and stops the server.
server.lock  inherited by the server and all its processes. Whoever can have it knows that none of them is
             alive, whatever postmaster.pid says.
"""

import fcntl
import hashlib
import os
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import quote

from config.postgres_cluster import Cluster, EmbeddedPostgresError, is_postgres

ROLE = DATABASE = "assay"
PORT = 5432  # part of the socket's name; nothing listens on TCP
LONGEST_SOCKET_PATH = 100  # the system's limit is 104 bytes on macOS, 108 on Linux
PATIENCE = 60  # seconds for another's start, for a stop, and for a killed server's last processes to go
SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}

__all__ = ["EmbeddedPostgresError", "data_dir", "running", "stop", "url", "wanted"]


def wanted() -> bool:
    """Whether the embedded server is what DATABASE_URL, unset, leaves us with."""
    return not os.environ.get("DATABASE_URL")


def data_dir() -> Path:
    """DATA_DIR, else .data beside this package. Absolute; it need not exist yet."""
    return Path(os.path.realpath(os.environ.get("DATA_DIR") or Path(__file__).parent.parent / ".data"))


def url(data: Path) -> str:
    """The address of the data folder's server, running or not."""
    # The folder goes into the query: what stands in the host's place gets its capitals lowered on the way.
    return f"postgresql://{ROLE}@:{PORT}/{DATABASE}?host={quote(str(socket_dir(data)), safe='')}"


def cluster_dir(data: Path) -> Path:
    return data / "postgres"


def socket_dir(data: Path) -> Path:
    """The cluster's own folder or, where a socket cannot have such a path, a short one in /tmp."""
    cluster = cluster_dir(data)
    # A comma would make clients see two hosts.
    if len(os.fsencode(_socket(cluster))) <= LONGEST_SOCKET_PATH and "," not in str(cluster):
        return cluster
    # Not tempfile.gettempdir(): every process must come to the same path, whatever its environment.
    return Path("/tmp") / f"assay-{hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]}"  # noqa: S108


@contextmanager
def running(data: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[None]:
    """The server answers at url(data) inside the block; the last one to leave its block stops it.

    The settings are PostgreSQL's, and count for the one who starts the server. Raises EmbeddedPostgresError.
    """
    _make_data_dir(data)
    with open(data / "users.lock", "a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            _start(data, settings or {})
            yield
        finally:
            with _undisturbed():
                if _try_lock(users):
                    stop(data)


def _make_data_dir(data: Path) -> None:
    if not data.exists():
        data.mkdir(parents=True)
        # The server's user must be able to pass through; what is secret in here is closed by itself.
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if not os.access(data, os.W_OK | os.X_OK):
        raise EmbeddedPostgresError(
            f"{data} belongs to another user, and cannot be written to.\n"
            "Choose another folder (DATA_DIR=…), or run this as the user it belongs to."
        )


def _start(data: Path, settings: Mapping[str, str]) -> None:
    deadline = time.monotonic() + PATIENCE
    with open(data / "server.lock", "a") as lock:
        while not _answers(data):
            if _try_lock(lock):
                cluster = Cluster(cluster_dir(data), socket_dir(data), lock.fileno())
                cluster.start(role=ROLE, database=DATABASE, port=PORT, settings=settings)
                return
            # Another process is starting it, or a killed server's last processes are still at work.
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"An earlier PostgreSQL in {data} neither answers nor ends.")
            time.sleep(0.05)


def stop(data: Path) -> None:
    """Stops the server, whoever uses it. Open transactions are rolled back; returns when its last process is gone."""
    deadline, told = time.monotonic() + PATIENCE, None
    with open(data / "server.lock", "a") as lock:
        # An interrupted start may have processes at work and no postmaster yet: hence the loop.
        while not _try_lock(lock) and time.monotonic() < deadline:
            pid, _ = _postmaster(data)
            if pid and pid != told and is_postgres(pid):
                os.kill(pid, signal.SIGINT)
                told = pid
            time.sleep(0.02)
    if socket_dir(data) != cluster_dir(data):
        with suppress(OSError):
            socket_dir(data).rmdir()


def _answers(data: Path) -> bool:
    _, ready = _postmaster(data)
    if not ready:
        return False
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(os.fsencode(_socket(socket_dir(data)))) == 0


def _postmaster(data: Path) -> tuple[int | None, bool]:
    """The process id in postmaster.pid, and whether it says that the server is ready; see pg_ctl's source."""
    try:
        lines = (cluster_dir(data) / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), len(lines) > 7 and lines[7].strip() == "ready"
    except (OSError, ValueError, IndexError):
        return None, False


def _socket(folder: Path) -> Path:
    return folder / f".s.PGSQL.{PORT}"


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals that would end this process wait until the block is done."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
