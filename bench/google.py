"""Searches as Google's own client makes them, against the bare application's."""

import statistics
import time
from typing import Any

from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import build

from bench import load
from bench.documents import Documents
from bench.measured import Measured, Say

ROUNDS, SEARCHES = 7, 40
PATH = "/v1alpha1/claims:search?query={}&alt=json"


def measure(ports: dict[str, int], say: Say) -> list[Measured]:
    words = [word for word in Documents([{}]).words.things if len(word) > 5][:SEARCHES]
    check_same_answers(ports, words)
    with_client = in_turns({name: client_of(ports[name]) for name in ("bare", "Assay")}, words)
    alone = {name: statistics.median(_plain(ports[name], words) for _ in range(ROUNDS)) for name in ("bare", "Assay")}
    say(f"fact-check search without the client: {alone['bare'] / alone['Assay']:.2f} of bare")
    return [Measured("fact-check search by Google's client, of bare", with_client, 0.3)]


def client_of(port: int) -> Any:
    where = {"credentials": AnonymousCredentials(), "client_options": {"api_endpoint": f"http://127.0.0.1:{port}"}}
    return build("factchecktools", "v1alpha1", static_discovery=True, **where)


def in_turns(clients: dict[str, Any], words: list[str]) -> float:
    rounds = [{name: _by_client(client, words) for name, client in clients.items()} for _ in range(ROUNDS)]
    return statistics.median(times["bare"] / times["Assay"] for times in rounds)


def check_same_answers(ports: dict[str, int], words: list[str]) -> None:
    for word in words:
        answers = []
        for port in (ports["Assay"], ports["bare"]):
            with load.Client(port, PATH.format(word)) as client:
                answers.append(bytes(client.get()))
        if answers[0] != answers[1]:
            raise RuntimeError(f"The bare application and Assay do not find the same for {word}.")


def _by_client(client: Any, words: list[str]) -> float:
    start = time.perf_counter()
    for word in words:
        client.claims().search(query=word).execute()
    return time.perf_counter() - start


def _plain(port: int, words: list[str]) -> float:
    start = time.perf_counter()
    for word in words:
        with load.Client(port, PATH.format(word)) as client:
            client.get()
    return time.perf_counter() - start
