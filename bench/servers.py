"""gunicorn as `make run` starts it, with whatever application is to be measured."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from config.run import GUNICORN

PATIENCE = 30


class Server(NamedTuple):
    """Where it answers, and its first process."""

    port: int
    pid: int


@contextmanager
def serving(application: str, *, port: int = 0, **environment: str) -> Iterator[Server]:
    """The application answers inside the block, at the port or, without one, at any."""
    port = port or free_port()
    command = [sys.executable, *GUNICORN.split(), f"--bind=127.0.0.1:{port}", application]
    server = subprocess.Popen(command, env=os.environ | environment, start_new_session=True)
    try:
        wait_for(server, port)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(server: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server does not answer; what it said is above.")
