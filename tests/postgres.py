"""A pytest plugin: the suite's own PostgreSQL server, and a data folder that is gone when the suite is.

TEST_DATABASE_URL or DATABASE_URL names another server to use; the tests make databases of their own there.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from config import embedded_postgres

# Nothing here needs to outlive a power cut.
UNSAFE_BUT_QUICK = {"fsync": "off", "full_page_writes": "off"}


# A wrapper, to come before pytest-django's hook of this name, which loads the settings.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    # The workers of pytest-xdist find in the environment what their controller has put there.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        stack = ExitStack()
        early_config.add_cleanup(stack.close)
        try:
            stack.enter_context(surroundings())
        except embedded_postgres.EmbeddedPostgresError as error:
            raise pytest.UsageError(str(error)) from None
    return (yield)


@contextmanager
def surroundings() -> Generator[None]:
    """DATA_DIR and DATABASE_URL are set for the suite."""
    data = Path(os.path.realpath(tempfile.mkdtemp(prefix="assay-tests-")))
    data.chmod(0o711)  # for the server's user to pass through, as in _make_data_dir
    os.environ["DATA_DIR"] = str(data)
    try:
        if given := os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = given
            yield
        else:
            with embedded_postgres.running(data, settings=UNSAFE_BUT_QUICK):
                os.environ["DATABASE_URL"] = embedded_postgres.url(data)
                yield
    finally:
        # Tests start servers of their own in here; an interrupted worker of pytest-xdist may leave one running.
        for lock in list(data.rglob("server.lock")):
            embedded_postgres.stop(lock.parent)
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    # python -m tests.postgres COMMAND…: the same surroundings for a command that is not pytest.
    with surroundings():
        sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)
