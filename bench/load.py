"""A client that costs little, since it shares the machine with what it measures."""

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

ALWAYS = "Host: 127.0.0.1:8000\r\nAccept: application/json\r\n"
RENEWED_AFTER = 0.2  # seconds
NOT_MODIFIED = b"http/1.1 304 "


class Client:
    """One kept connection; it looks at nothing but the heads of answers, which are to have this status."""

    def __init__(self, port: int, path: str, *, headers: str = "", status: int = 200) -> None:
        self.status = f"http/1.1 {status} ".encode()
        self.path, self.headers = path, headers
        self.buffer = bytearray(2**20)
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=30)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def get(self, path: str = "") -> memoryview:
        """The body, which the next call overwrites; what is not modified has none."""
        request = f"GET {path or self.path} HTTP/1.1\r\n{ALWAYS}{self.headers}\r\n"
        self.connection.sendall(request.encode())
        view, received, end = memoryview(self.buffer), 0, -1
        while end < 0:
            received += self.receive(view[received:])
            end = self.buffer.find(b"\r\n\r\n", 0, received)
        head = bytes(view[:end]).lower()
        if not head.startswith(self.status):
            raise RuntimeError(f"The server says: {head.decode(errors='replace')}")
        if self.status == NOT_MODIFIED:
            return view[received:received]
        length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
        while received < end + 4 + length:
            received += self.receive(view[received:])
        return view[end + 4 : received]

    def receive(self, into: memoryview) -> int:
        number = self.connection.recv_into(into)
        if not number:
            raise RuntimeError("The server closed the connection.")
        return number


def requests_per_second(port: int, path: str, *, seconds: float, connections: int, **asked: Any) -> float:
    """How many answers so many clients get, each asking again as soon as it has been answered.

    They connect anew every now and then: which of the server's workers gets a connection is left to chance, and where
    one worker has got them all the other has nothing to do.
    """
    with Client(port, path, **asked) as client:
        client.get()
    counts: list[int] = []
    start = time.perf_counter()
    asker = _asker(lambda: Client(port, path, **asked), start + seconds, counts)
    threads = [threading.Thread(target=asker) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) < connections:
        raise RuntimeError("A client failed; what it said is above.")
    return sum(counts) / (time.perf_counter() - start)


def _asker(connect: Callable[[], Client], deadline: float, counts: list[int]) -> Callable[[], None]:
    def ask() -> None:
        number = 0
        while (now := time.perf_counter()) < deadline:
            with connect() as client:
                until = min(now + RENEWED_AFTER, deadline)
                while time.perf_counter() < until:
                    client.get()
                    number += 1
        counts.append(number)

    return ask


def seconds(client: Client, path: str = "") -> float:
    """How long one answer takes, of another path if it is given."""
    start = time.perf_counter()
    client.get(path)
    return time.perf_counter() - start
