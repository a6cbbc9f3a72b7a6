"""The programs of docs/api.md, run as a partner would, against a running server."""

import hashlib
import json
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from claims import ledger
from claims.models import Claim, Publication, PublishedClaim
from tests import demo
from tests.claims import factories

PAGE = (settings.BASE_DIR / "docs" / "api.md").read_text()
SCRIPTS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
PUBLICATIONS, CONNECTIONS = 500, 5


@pytest.fixture
def follow(tmp_path: Path) -> list[str]:
    """The command of the script that keeps a copy and verifies it; the server and the copy are still to be said."""
    script = tmp_path / "follow.py"
    script.write_text(next(script for script in SCRIPTS if "previous_hash" in script))
    return [sys.executable, str(script)]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "ledger.ndjson"


def lines(copy: Path) -> list[dict]:
    return [json.loads(line) for line in copy.read_bytes().splitlines()]


def test_copy_is_kept_in_step_and_verified(
    committed: None, live_server: LiveServer, follow: list[str], copy: Path
) -> None:
    demo.load()
    command = [*follow, live_server.url, str(copy)]
    subprocess.run(command, check=True)
    factories.amended(Claim.objects.filter(publications__kind="verdict").first())
    copy.write_bytes(copy.read_bytes() + b'{"sequence":30,"doc')  # as a stop in the middle leaves it
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert said == f"30 entries; the last one's hash is {Publication.objects.last().hash}.\n"
    assert [entry["sequence"] for entry in lines(copy)] == list(range(1, 31))


@pytest.mark.parametrize("change", ['"note":"x"', '"claim":"Another'])
def test_copy_that_was_changed_is_found(
    committed: None, live_server: LiveServer, follow: list[str], copy: Path, change: str
) -> None:
    factories.published()
    factories.published()
    command = [*follow, live_server.url, str(copy)]
    subprocess.run(command, check=True)
    first, second = lines(copy)
    first["document"]["summary"] = change
    copy.write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n")
    refused = subprocess.run(command, capture_output=True, text=True)
    assert (refused.returncode, refused.stderr) == (1, "Entry 1 does not follow from entry 0.\n")


def test_partner_that_is_killed_twice_ends_with_exactly_the_record(
    committed: None, live_server: LiveServer, follow: list[str], copy: Path, client: Client
) -> None:
    command = [*follow, live_server.url, str(copy)]
    done = threading.Event()
    killed = threading.Thread(target=run_and_kill, args=(command, copy, done))
    killed.start()
    with ThreadPoolExecutor(max_workers=CONNECTIONS) as pool:
        list(pool.map(publish, [PUBLICATIONS // CONNECTIONS] * CONNECTIONS))
    done.set()
    killed.join()
    subprocess.run(command, check=True)
    record = Publication.objects.order_by("sequence").values_list("sequence", "kind", "document", "hash")
    assert [(e["sequence"], e["kind"], canonical(e["document"]), e["hash"]) for e in lines(copy)] == list(record)
    assert {kind for _, kind, _, _ in record} == {"listing", "verdict", "update", "correction", "retraction"}
    assert len(list(ledger.verify())) == PUBLICATIONS
    newest = {entry["document"]["id"]: canonical(entry["document"]) for entry in lines(copy)}
    assert newest == dict(PublishedClaim.objects.with_document().values_list("pk", "document"))


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def publish(number: int) -> None:
    """So many publications, one after another, over a connection of one's own."""
    try:
        for _ in range(number // 5):
            claim = factories.listed()
            factories.published(claim)
            for kind in ("update", "correction", "retraction"):
                factories.amended(claim, kind=kind)
    finally:
        connection.close()


def run_and_kill(command: list[str], copy: Path, done: threading.Event) -> None:
    """Follow again and again while the record grows; the first and the fourth time, stopped in the middle of it."""
    runs = 0
    while not done.is_set():
        before = copy.stat().st_size if copy.exists() else 0
        partner = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        if runs in (0, 3):
            while partner.poll() is None and (copy.stat().st_size if copy.exists() else 0) <= before:
                done.wait(0.001)
            partner.kill()
        partner.wait()
        runs += 1
        done.wait(0.5)
    assert runs > 4


def test_client_of_fact_check_tools_finds_what_the_page_asks_for(
    committed: None, live_server: LiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    demo.load()
    script = next(script for script in SCRIPTS if "googleapiclient" in script)
    exec(script.replace("http://127.0.0.1:8000", live_server.url), {})
    found = capsys.readouterr().out.splitlines()
    assert len(found) > 5
    assert all(": " in line and "/claims/" in line for line in found)


def test_every_program_of_the_page_is_run_here() -> None:
    assert len(SCRIPTS) == 2
    assert len(re.findall(r"^```js", PAGE, re.MULTILINE)) == 1


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_first_entry_follows_from_zeros(committed: None, client: Client) -> None:
    factories.published()
    entry = client.get("/api/v1/changes/1/").json()
    assert entry["hash"] == sha256("0" * 64 + canonical(entry["document"]))
