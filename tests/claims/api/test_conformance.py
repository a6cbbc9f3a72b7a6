"""Schemathesis with all its checks on a running server, and all that the seeds publish against the schema."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from claims.models import Publication, PublishedClaim
from config.run import GUNICORN
from tests import demo

CONFIG = Path(__file__).with_name("schemathesis.toml")
# The same cases at every run: a change is judged by what it changes. By hand it is another seed each time.
ALL = "--checks=all --phases=examples,coverage,fuzzing,stateful"
BOUNDED = "--max-examples=3 --seed=7 --generation-database=none --no-color --wait-for-schema=30"


@pytest.fixture
def seeds(committed: None) -> None:
    demo.load()


@pytest.fixture
def server(seeds: None) -> Iterator[str]:
    """gunicorn as `make run` starts it, on the tests' database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings", "API_RATE_ANONYMOUS": "0"}
    command = [sys.executable, *GUNICORN.split(), f"--bind={address}", "config.wsgi"]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | environment) as running:
        yield f"http://{address}"
        running.terminate()


def test_running_server_does_what_the_schema_says(server: str, tmp_path: Path) -> None:
    command = [Path(sys.executable).with_name("st"), "--config-file", CONFIG, "run", f"{server}/api/schema/"]
    environment = os.environ | {"PYTHONPATH": str(settings.BASE_DIR)}
    done = subprocess.run(
        [*command, *ALL.split(), *BOUNDED.split()],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-5_000:]
    assert "25 selected / 25 total" in done.stdout


def component(client: Client, name: str) -> jsonschema.Draft202012Validator:
    components = client.get("/api/schema/").json()["components"]
    described = {"$ref": f"#/components/schemas/{name}", "components": components}
    return jsonschema.Draft202012Validator(described, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def everything(client: Client, address: str) -> Iterator[dict[str, Any]]:
    while address:
        page = client.get(address).json()
        yield from page["results"]
        address = page["next"]


def test_every_published_document_is_as_described(seeds: None, client: Client) -> None:
    described, found = component(client, "Document"), list(everything(client, "/api/v1/claims/?page_size=10"))
    assert len(found) == PublishedClaim.objects.count() > 20
    for document in found:
        described.validate(document)
        assert client.get(f"/api/v1/claims/{document['id']}/").json() == document


def test_every_entry_of_the_ledger_is_as_described(seeds: None, client: Client) -> None:
    described, found = component(client, "Entry"), list(everything(client, "/api/v1/changes/?page_size=10"))
    assert len(found) == Publication.objects.count() > 20
    for entry in found:
        described.validate(entry)
        assert client.get(f"/api/v1/changes/{entry['sequence']}/").json() == entry
