"""`python -m config.run`, as `make run` starts it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def start(tmp_path):
    """Starts it with a port and folders of its own, on the embedded server unless told otherwise."""

    @contextmanager
    def start(**environment: str) -> Iterator[subprocess.Popen]:
        own = {"PORT": free_port(), "STATIC_ROOT": str(tmp_path), "DEMO_PASSWORD": "correct horse battery"}
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        # In our process group: Ctrl-C that ends the tests ends it too.
        with subprocess.Popen(
            [sys.executable, "-m", "config.run"],
            cwd=ROOT,
            env=inherited | own | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as runner:
            try:
                yield runner
            finally:
                runner.terminate()
                runner.wait()  # leaving the block waits too, but hardly at all after Ctrl-C

    return start


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_a_busy_port_is_named_before_anything_is_started(start):
    with socket.create_server(("127.0.0.1", 0)) as other:
        busy = other.getsockname()[1]
        with start(PORT=str(busy)) as runner:
            output = runner.communicate(timeout=30)[0]
    assert runner.returncode == 1
    assert output.startswith(f"Port {busy} of 127.0.0.1 cannot be used: Address already in use.")


def test_a_port_that_is_no_number_is_refused(start):
    with start(PORT="web") as runner:
        assert runner.communicate(timeout=30)[0] == "PORT should be a number from 1 to 65535, not 'web'.\n"


def test_a_database_that_cannot_be_reached_is_named_without_its_password(start):
    with start(DATABASE_URL="postgresql://someone:geheim@127.0.0.1:1/theirs") as runner:
        output = runner.communicate(timeout=30)[0]
    assert runner.returncode == 1
    assert "theirs at 127.0.0.1, cannot be reached" in output
    assert "geheim" not in output
    assert "Traceback" not in output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_serves_until_a_signal_stops_it_and_its_database(start, data, number):
    port = free_port()
    with start(PORT=port, DATA_DIR=str(data)) as runner:
        said = list(takewhile(lambda line: "/api/v1/" not in line, runner.stdout))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert answer.status == 200
        runner.send_signal(number)
        assert runner.stdout.read().endswith("— Stopping\n")
    assert runner.returncode == 0
    assert f"— Starting PostgreSQL, with its data in {data}\n" in said
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600
    assert not (data / "postgres" / "postmaster.pid").exists()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(port)), timeout=5)
