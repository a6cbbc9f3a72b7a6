"""A client that costs little, since it shares the machine with what it measures."""

import socket
import threading
import time
from collections.abc import Callable


class Client:
    """One kept connection; it counts the bytes of answers and looks at nothing but their heads."""

    def __init__(self, port: int, path: str) -> None:
        self.address = ("127.0.0.1", port)
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nAccept: application/json\r\n\r\n".encode()
        self.buffer = bytearray(2**20)
        self.connection = socket.create_connection(self.address, timeout=30)

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
        if b"connection: close" in head:
            self.connection.close()
            self.connection = socket.create_connection(self.address, timeout=30)
        return view[end + 4 : received]

    def receive(self, into: memoryview) -> int:
        number = self.connection.recv_into(into)
        if not number:
            raise RuntimeError("The server closed the connection.")
        return number


def requests_per_second(port: int, path: str, *, seconds: float, connections: int) -> float:
    """How many answers so many clients get, each asking again as soon as it has been answered."""
    clients = [Client(port, path) for _ in range(connections)]
    for client in clients:
        client.get()
    counts: list[int] = []
    start = time.perf_counter()
    ask = _asker(start + seconds, counts)
    threads = [threading.Thread(target=ask, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    for client in clients:
        client.connection.close()
    if len(counts) < connections:
        raise RuntimeError("A client failed; what it said is above.")
    return sum(counts) / elapsed


def _asker(deadline: float, counts: list[int]) -> Callable[[Client], None]:
    def ask(client: Client) -> None:
        number = 0
        while time.perf_counter() < deadline:
            client.get()
            number += 1
        counts.append(number)

    return ask
