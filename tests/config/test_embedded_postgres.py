import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres
from config.embedded_postgres import EmbeddedPostgresError, running, url
from config.postgres_cluster import is_postgres
from tests.postgres import UNSAFE_BUT_QUICK

ROOT = Path(__file__).parent.parent.parent
as_root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user run the server")
HOLD = """
import sys
from pathlib import Path
from config.embedded_postgres import running
with running(Path(sys.argv[1])):
    print("up", flush=True)
    sys.stdin.read()
"""


def quickly(data: Path):
    return running(data, settings=UNSAFE_BUT_QUICK)


@contextmanager
def hold(data: Path) -> Iterator[subprocess.Popen]:
    """A process of a terminal's own that uses the server until its input ends."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-c", HOLD, data]
    with subprocess.Popen(command, cwd=ROOT, text=True, start_new_session=True, **pipes) as holder:
        assert holder.stdout.readline() == "up\n"
        try:
            yield holder
        finally:
            holder.stdin.close()
            holder.wait()  # leaving the block waits too, but hardly at all after Ctrl-C


def ask(data: Path, sql: str, *, answer: bool = True):
    with psycopg.connect(url(data), connect_timeout=5) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone()[0] if answer else None


def postmaster(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().split()[0])


def assert_stopped(data: Path) -> None:
    assert not (data / "postgres" / "postmaster.pid").exists()
    with pytest.raises(psycopg.OperationalError):
        ask(data, "SELECT 1")


def test_server_answers_inside_the_block_and_is_gone_after_it(data):
    with quickly(data):
        assert ask(data, "SHOW server_encoding") == "UTF8"
        assert ask(data, "SELECT lower('ÉTÉ') || ('é' ~ '[[:alpha:]]')::text") == "ététrue"
        assert ask(data, "SHOW listen_addresses") == ""
        assert ask(data, "SHOW data_checksums") == "on"
    assert_stopped(data)
    assert (data / "postgres").stat().st_mode & 0o777 == 0o700
    assert (data / "postgres.log").stat().st_mode & 0o777 == 0o600


def test_the_last_of_two_users_stops_the_server(data):
    with quickly(data):
        with quickly(data):
            first = postmaster(data)
        assert ask(data, "SELECT 1") == 1
        assert postmaster(data) == first
    assert_stopped(data)


def kill_server(data: Path) -> None:
    """Returns when it is dead: a signal arrives in its own time, and until then the server still answers."""
    pid = postmaster(data)
    os.kill(pid, signal.SIGKILL)
    while is_postgres(pid):
        time.sleep(0.01)


def test_a_killed_server_comes_back_with_its_data(data):
    with quickly(data):
        ask(data, "CREATE TABLE kept (n) AS VALUES (42)", answer=False)
        kill_server(data)
    with quickly(data):
        assert ask(data, "SELECT n FROM kept") == 42


def test_a_killed_server_comes_back_while_its_last_query_still_runs(data):
    with quickly(data):
        busy = "DO $$ BEGIN WHILE clock_timestamp() < now() + interval '3 seconds' LOOP END LOOP; END $$"
        script = "import sys, psycopg; psycopg.connect(sys.argv[1]).execute(sys.argv[2])"
        command = [sys.executable, "-c", script, url(data), busy]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as client:
            while not ask(data, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO%'"):
                assert client.poll() is None
                time.sleep(0.01)
            kill_server(data)
            client.kill()
        with quickly(data):
            assert ask(data, "SELECT 1") == 1


def test_a_server_that_a_killed_process_left_running_is_adopted_and_stopped(data):
    with hold(data) as holder:
        holder.kill()
    left = postmaster(data)
    with quickly(data):
        assert postmaster(data) == left
    assert_stopped(data)


def test_ctrl_c_leaves_nothing(data):
    with hold(data) as holder:
        os.killpg(holder.pid, signal.SIGINT)
        os.killpg(holder.pid, signal.SIGINT)  # an impatient one
    assert_stopped(data)


def test_a_lock_file_that_names_another_program_does_not_stop_the_start(data):
    with quickly(data):
        files = [data / "postgres" / "postmaster.pid", embedded_postgres.socket_dir(data) / ".s.PGSQL.5432.lock"]
        contents = [file.read_text().replace(str(postmaster(data)), str(os.getpid()), 1) for file in files]
    for file, content in zip(files, contents, strict=True):
        file.write_text(content)
    with quickly(data):
        assert ask(data, "SELECT 1") == 1


def test_a_half_made_cluster_is_made_again(data):
    half_made = data / "postgres.half-made"
    half_made.mkdir(parents=True)
    data.chmod(0o711)
    (half_made / "PG_VERSION").write_text("17\n")
    with quickly(data):
        assert ask(data, "SELECT current_database()") == "assay"
    assert not half_made.exists()


def test_a_long_path_has_its_socket_in_a_short_private_folder(data):
    data = data / ("long" * 20) / "Größe, 'quoted' and spaced"
    with quickly(data):
        folder = embedded_postgres.socket_dir(data)
        assert folder.parent == Path("/tmp")
        assert folder.stat().st_mode & 0o777 == 0o700
        assert ask(data, "SELECT 1") == 1
    assert not folder.exists()


def test_an_odd_path_works(data):
    data = data.parent / "Data & 'b' %2F"
    with quickly(data):
        assert ask(data, "SELECT 1") == 1


def test_a_cluster_of_another_major_version_is_left_alone(data):
    with quickly(data):
        pass
    version = data / "postgres" / "PG_VERSION"
    version.write_text("14\n")
    with pytest.raises(EmbeddedPostgresError, match="made by PostgreSQL 14"), quickly(data):
        pass
    assert version.read_text() == "14\n"


@as_root_only
def test_root_is_told_what_to_do_about_a_folder_the_server_cannot_reach(tmp_path):
    tmp_path.chmod(0o700)
    with pytest.raises(EmbeddedPostgresError, match="DATA_DIR=/var/lib/assay make run"), quickly(tmp_path / "data"):
        pass


@as_root_only
def test_for_root_the_cluster_belongs_to_an_unprivileged_user(data):
    with quickly(data):
        assert (data / "postgres").stat().st_uid != 0
        assert Path(f"/proc/{postmaster(data)}").stat().st_uid == (data / "postgres").stat().st_uid
