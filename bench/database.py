"""A PostgreSQL of one's own, and Django set up on it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from config import embedded_postgres


@contextmanager
def database() -> Iterator[None]:
    """In a folder of its own, which is gone afterwards; DATABASE_URL names it, whatever that was before."""
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as folder:
        data = Path(os.path.realpath(folder))
        data.chmod(0o711)  # for the server's user to pass through
        (data / "static").mkdir()
        os.environ |= {"DATABASE_URL": embedded_postgres.url(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ |= {"DATA_DIR": str(data), "STATIC_ROOT": str(data / "static"), "DEBUG": "0"}
        with embedded_postgres.running(data, settings={"fsync": "off"}):
            django.setup()
            yield
