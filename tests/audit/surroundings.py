"""What a site of one's own needs before Django is set up."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from bench.database import database
from bench.servers import free_port


@contextmanager
def surroundings() -> Iterator[None]:
    """A database that is gone afterwards, and a free port, which the site's address names: documents carry it."""
    os.environ["PORT"] = str(free_port())
    os.environ["SITE_URL"] = f"http://127.0.0.1:{os.environ['PORT']}"
    with database():
        yield
