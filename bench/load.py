"""Many browsers at once from one thread: requests made ready as bytes, sent over connections kept open."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

Script = Sequence[bytes]
END_OF_HEADERS = b"\r\n\r\n"
PATIENCE = 60.0


@dataclass
class Answer:
    """What came back: the status, the head, how many bytes, and after how long."""

    status: int
    head: bytes
    size: int
    seconds: float
    script: int
    body: bytes = b""

    def header(self, name: str) -> str:
        """A header's value, empty when it was not sent."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b": ")
            if key.lower() == name.lower().encode():
                return value.decode("latin-1")
        return ""


@dataclass
class _Browser:
    """One connection and the script that it is going through."""

    line: socket.socket
    waiting: Iterator[bytes] = field(default_factory=lambda: iter(()))
    script: int = -1
    received: bytearray = field(default_factory=bytearray)
    sent_at: float = 0.0

    def send(self, request: bytes) -> None:
        self.received = bytearray()
        self.sent_at = time.perf_counter()
        self.line.sendall(request)

    def answer(self) -> Answer | None:
        """The answer once it is all there."""
        end = self.received.find(END_OF_HEADERS)
        if end < 0:
            return None
        head = bytes(self.received[:end])
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
        size = end + len(END_OF_HEADERS) + length
        if len(self.received) < size:
            return None
        taken = time.perf_counter() - self.sent_at
        return Answer(int(head[9:12]), head, size, taken, self.script, bytes(self.received[end + 4 :]))


def get(path: str, cookie: str = "", **headers: str) -> bytes:
    """A GET as bytes."""
    return _request("GET", path, cookie, headers)


def post(path: str, fields: Mapping[str, str], cookie: str = "") -> bytes:
    """A form as bytes."""
    body = urlencode(fields).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    return _request("POST", path, cookie, headers) + body


def _request(method: str, path: str, cookie: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def drive(port: int, scripts: Sequence[Script], connections: int = 8) -> tuple[list[Answer], float]:
    """Go through the scripts, as many at a time as there are connections; all answers, and the time it took."""
    answers: list[Answer] = []
    left = iter(enumerate(scripts))
    with selectors.DefaultSelector() as ready:
        browsers = [_Browser(connect(port)) for _ in range(min(connections, len(scripts)))]
        for browser in browsers:
            ready.register(browser.line, selectors.EVENT_READ, browser)
        began = time.perf_counter()
        busy = sum(_go_on(browser, left) for browser in browsers)
        while busy:
            found = ready.select(PATIENCE)
            if not found:
                raise TimeoutError(f"no answer within {PATIENCE:.0f} seconds")
            for key, _mask in found:
                browser = key.data
                browser.received += browser.line.recv(65536)
                answer = browser.answer()
                if answer is None:
                    continue
                answers.append(answer)
                busy -= not _go_on(browser, left)
        took = time.perf_counter() - began
        for browser in browsers:
            browser.line.close()
    return answers, took


def _go_on(browser: _Browser, left: Iterator[tuple[int, Script]]) -> bool:
    """Send the next request of the script, or the first of the next script; False when all is done."""
    request = next(browser.waiting, None)
    if request is None:
        number, script = next(left, (-1, ()))
        browser.script, browser.waiting = number, iter(script)
        request = next(browser.waiting, None)
    if request is not None:
        browser.send(request)
    return request is not None


def connect(port: int) -> socket.socket:
    """A connection to a server of this machine."""
    line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line
