"""How many answers a second, against the yardsticks: the list, one claim, and what has not changed."""

import socket
import statistics
from typing import NamedTuple

from bench import load
from bench.measured import Measured, Say

ROUNDS, SECONDS, CONNECTIONS = 9, 1.5, 8
LIST = "/api/v1/claims/"


class Asked(NamedTuple):
    """A path, what is sent with it, and the least ratio to each yardstick."""

    name: str
    path: str
    targets: dict[str, float]
    headers: str = ""
    status: int = 200

    def client(self, port: int) -> load.Client:
        return load.Client(port, self.path, headers=self.headers, status=self.status)

    def a_second(self, port: int) -> float:
        sent = {"headers": self.headers, "status": self.status}
        return load.requests_per_second(port, self.path, seconds=SECONDS, connections=CONNECTIONS, **sent)


def measure(ports: dict[str, int], claim: int, say: Say) -> list[Measured]:
    """The servers are “Assay”, “bare” and “stock”."""
    unchanged = f"If-None-Match: {etag(ports['Assay'])}\r\n"
    asked = [
        Asked("list of 50", LIST, {"bare": 0.5, "stock": 15}),
        Asked("one claim", f"{LIST}{claim}/", {"bare": 0.5}),
        Asked("304 of the list", LIST, {"bare": 0.8}, unchanged, 304),
    ]
    return [measured for one in asked for measured in compared(one, ports, say)]


def compared(asked: Asked, ports: dict[str, int], say: Say) -> list[Measured]:
    check_same_bytes(asked, ports)
    rounds = []
    for number in range(1, ROUNDS + 1):
        speeds = {name: asked.a_second(ports[name]) for name in ("Assay", *asked.targets)}
        rounds.append(speeds)
        say(f"{asked.name}, round {number}: " + ", ".join(f"{name} {speed:.0f}/s" for name, speed in speeds.items()))
    ratios = {name: statistics.median(speeds["Assay"] / speeds[name] for speeds in rounds) for name in asked.targets}
    of = {"bare": "of bare", "stock": "times stock"}
    return [Measured(f"{asked.name}, {of[name]}", ratios[name], target) for name, target in asked.targets.items()]


def check_same_bytes(asked: Asked, ports: dict[str, int]) -> None:
    """What is compared is comparable: the bare application's answer is ours, byte for byte."""
    bodies = []
    for name in ("Assay", "bare"):
        with asked.client(ports[name]) as client:
            bodies.append(bytes(client.get()))
    if bodies[0] != bodies[1]:
        raise RuntimeError(f"The bare application and Assay do not answer the same to {asked.path}.")


def etag(port: int) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(f"HEAD {LIST} HTTP/1.1\r\n{load.ALWAYS}Connection: close\r\n\r\n".encode())
        head = connection.makefile().read()
    [tag] = (line[6:] for line in head.splitlines() if line.startswith("ETag: "))
    return tag
