"""A client that costs little, since it shares the machine with what it measures."""

import socket
import threading
import time
from collections.abc import Callable

RENEWED_AFTER = 0.2  # seconds


class Client:
    """One kept connection; it looks at nothing but the heads of answers."""

    def __init__(self, port: int, path: str, *, headers: str = "") -> None:
        always = "Host: 127.0.0.1:8000\r\nAccept: application/json\r\n"
        self.request = f"GET {path} HTTP/1.1\r\n{always}{headers}\r\n".encode()
        self.buffer = bytearray(2**20)
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=30)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def get(self) -> memoryview:
        """The body, which the next call overwrites."""
        self.connection.sendall(self.request)
        view, received, end = memoryview(self.buffer), 0, -1
        while end < 0:
            received += self.receive(view[received:])
            end = self.buffer.find(b"\r\n\r\n", 0, received)
        head = bytes(view[:end]).lower()
        if not head.startswith(b"http/1.1 200 "):
            raise RuntimeError(f"The server says: {head.decode(errors='replace')}")
        length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
        while received < end + 4 + length:
            received += self.receive(view[received:])
        return view[end + 4 : received]

    def receive(self, into: memoryview) -> int:
        number = self.connection.recv_into(into)
        if not number:
            raise RuntimeError("The server closed the connection.")
        return number


def requests_per_second(port: int, path: str, *, seconds: float, connections: int) -> float:
    """How many answers so many clients get, each asking again as soon as it has been answered.

    They connect anew every now and then: which of the server's workers gets a connection is left to chance, and where
    one worker has got them all the other has nothing to do.
    """
    with Client(port, path) as client:
        client.get()
    counts: list[int] = []
    start = time.perf_counter()
    asker = _asker(port, path, start + seconds, counts)
    threads = [threading.Thread(target=asker) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) < connections:
        raise RuntimeError("A client failed; what it said is above.")
    return sum(counts) / (time.perf_counter() - start)


def _asker(port: int, path: str, deadline: float, counts: list[int]) -> Callable[[], None]:
    def ask() -> None:
        number = 0
        while (now := time.perf_counter()) < deadline:
            with Client(port, path) as client:
                until = min(now + RENEWED_AFTER, deadline)
                while time.perf_counter() < until:
                    client.get()
                    number += 1
        counts.append(number)

    return ask
