"""`make run`: the database, its tables, the demo, and gunicorn, until told to stop."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from types import FrameType

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config import embedded_postgres

HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"
REACHED_AT = "127.0.0.1" if HOST == "0.0.0.0" else HOST  # noqa: S104
HOME = f"http://{REACHED_AT}:{PORT}/"
OLDEST_POSTGRES = 15
GUNICORN = (
    "-m gunicorn --workers=2 --worker-class=gthread --threads=4 --log-level=warning --no-control-socket"
    # The longest that it can: one letter of a question may be twelve once it is escaped.
    " --limit-request-line=8190"
    # It believes no headers about where a request came from: behind a proxy Django does, and is told so (BEHIND_PROXY).
    " --forwarded-allow-ips= --forwarder-headers="
)
PATIENCE = 30  # seconds for the web server to answer, and for it to end


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    check_port()
    try:
        with database():
            prepare()
            with web_server() as server:
                wait_for_answer(server)
                print_addresses()
                server.wait()
                sys.exit("The web server has ended by itself; what it said of it is above.")
    except embedded_postgres.EmbeddedPostgresError as error:
        sys.exit(str(error))


def stop(number: int, frame: FrameType | None) -> None:
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    say("Stopping")
    sys.exit(0)


def check_port() -> None:
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        sys.exit(f"PORT should be a number from 1 to 65535, not {PORT!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except OSError as error:
            sys.exit(
                f"Port {PORT} of {HOST} cannot be used: {error.strerror}.\n"
                f"If Assay is running already, it is at {HOME}; else choose another port:  PORT=8001 make run"
            )


@contextmanager
def database() -> Iterator[None]:
    """A PostgreSQL that answers, ours or the one that DATABASE_URL names."""
    data = embedded_postgres.data_dir()
    embedded = embedded_postgres.wanted()
    if embedded:
        say(f"Starting PostgreSQL, with its data in {data}")
    with embedded_postgres.running(data) if embedded else nullcontext():
        django.setup()
        if not embedded:
            check_database()
        yield


def check_database() -> None:
    # Not through the pool of connections, which tries for half a minute and then does not say what was wrong.
    wanted = settings.DATABASES["default"]
    if connection.vendor != "postgresql":
        sys.exit("DATABASE_URL should name a PostgreSQL database: postgresql://user:password@host:5432/name")
    where = f"{wanted['NAME']} at {wanted['HOST'] or 'the local socket'}"
    say(f"Using the database {where}")
    try:
        with psycopg.connect(**connection.get_connection_params() | {"connect_timeout": 5}) as found:
            version = found.info.server_version // 10000
    except psycopg.OperationalError as error:
        sys.exit(f"The database that DATABASE_URL names, {where}, cannot be reached:\n{error}")
    if version < OLDEST_POSTGRES:
        sys.exit(f"Assay needs PostgreSQL {OLDEST_POSTGRES} or newer; {where} is {version}.")


def prepare() -> None:
    say("Bringing the tables up to date")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("rebuild_published_claims", if_behind=True)
    say("Collecting the style sheets and scripts")
    call_command("collectstatic", verbosity=0, interactive=False)
    say("Setting up roles and the demo")
    call_command("setup_roles", verbosity=0)
    call_command("load_demo")
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


@contextmanager
def web_server() -> Iterator[subprocess.Popen]:
    say(f"Starting the web server at {HOME}")
    options = f"{GUNICORN} --bind={HOST}:{PORT} config.wsgi".split()
    # A session of its own: Ctrl-C in the terminal is for us to handle, and gunicorn is told to end in good order.
    server = subprocess.Popen([sys.executable, *options], cwd=settings.BASE_DIR, start_new_session=True)
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def wait_for_answer(server: subprocess.Popen) -> None:
    deadline, status = time.monotonic() + PATIENCE, 0
    while not 0 < status < 500:
        if server.poll() is not None or time.monotonic() > deadline:
            sys.exit("The web server does not answer; what it said of it is above.")
        with (
            suppress(OSError, http.client.HTTPException),
            closing(http.client.HTTPConnection(REACHED_AT, int(PORT))) as client,
        ):
            client.request("GET", "/healthz")
            status = client.getresponse().status
        time.sleep(0.05)


def print_addresses() -> None:
    say(f"Assay is running. Ctrl-C stops it.\n\n  Home   {HOME}\n  Admin  {HOME}admin/\n  API    {HOME}api/v1/")
    passwords = embedded_postgres.data_dir() / "demo_passwords.txt"
    if passwords.exists():
        print(f"\nDemo sign-ins, kept in {passwords}:\n\n{passwords.read_text().rstrip()}\n", flush=True)


def say(text: str) -> None:
    print(f"— {text}", flush=True)


if __name__ == "__main__":
    main()
