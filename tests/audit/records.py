"""Public records to judge pages by, served as `make run` does: none, one of everything, a real one, a large one."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction

from bench import record_data, servers
from bench.documents import Zipf
from tests.browser import exhibits, sizes
from tests.demo import OTHERS

Paths = dict[str, str]
LARGE = 10_000
# Of what a record of any size has.
ALWAYS = ("/api/docs/", "/nothing/here/")


@contextmanager
def served(record: str) -> Iterator[tuple[str, Paths]]:
    """The address of the site with this record alone, without a slash at its end, and its pages' paths by name."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    emptied()
    paths = FILLS[record]()
    paths |= {path.strip("/").replace("/", "-"): path for path in ALWAYS}
    connection.close()
    with servers.serving("config.wsgi", port=settings.PORT, API_RATE_ANONYMOUS="0"):
        yield settings.SITE_URL, paths


def emptied() -> None:
    """Every table, as only the ledger's owner could."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in set(connection.introspection.django_table_names(only_existing=True)) - set(OTHERS):
            cursor.execute(f'DELETE FROM "{table}"')
    for cache in caches.all():
        cache.clear()


def nothing() -> Paths:
    return by_address(sizes.pages())


def seeds() -> Paths:
    call_command("setup_roles", verbosity=0)
    call_command("load_demo", stdout=io.StringIO())
    return by_address(sizes.pages())


def ten_thousand() -> Paths:
    """All of them by one speaker, on one topic, in articles of one outlet, and with evidence from one source."""
    record = record_data.Record(lambda text: None, number=40)
    for nouns in ("speakers", "topics", "outlets", "sources"):
        setattr(record.documents, nouns, Zipf([1], record.documents.chance))
    record.grow(LARGE)
    return by_address(sizes.pages())


def by_address(found: list[str]) -> Paths:
    return {path: path for path in found}


FILLS: dict[str, Callable[[], Paths]] = {
    "nothing": nothing,
    "exhibits": exhibits.install,
    "seeds": seeds,
    "ten-thousand": ten_thousand,
}
