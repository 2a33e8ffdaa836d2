"""What other visitors notice while many slow phones send a form."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench import ground, load, servers
from bench.measuring import Figure, in_turns

PHONES = 100
TURNS = 5
VISITS = 60
SECONDS_A_BYTE = 0.05  # a form of 2 KB takes a phone 100 seconds


def measure() -> list[Figure]:
    """The median answer with and without the phones, in turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'slow.sqlite3'}"
        with ground.open_ground(url, folder) as app:
            office = ground.add_office()
            slots = ground.add_places(office)
            movers = ground.add_movers(app, office, PHONES + VISITS)
        forms = [mover.hold(slots[0], ground.form_key(mover.number)) for mover in movers[:PHONES]]
        with servers.goodcause(folder, url, processes=2) as product:
            visits = [[load.get(mover.address, mover.cookie)] for mover in movers[PHONES:]]
            _median(product, visits)

            def beside_phones() -> float:
                with _phones(product, forms):
                    return _median(product, visits)

            taken = in_turns(TURNS, alone=lambda: _median(product, visits), beside=beside_phones)
    what = f"a visitor's median beside {PHONES} slow phones / alone"
    return [
        Figure("slow", what, taken["beside"] / taken["alone"], goal="<= 1.2"),
        Figure("slow", "a visitor's median, move page, 2 at a time", taken["alone"] * 1e3, "ms"),
    ]


def _median(product: servers.Server, visits: list[load.Script]) -> float:
    answers, _took = load.drive(product.port, visits, connections=2)
    return median(answer.seconds for answer in answers)


@contextmanager
def _phones(product: servers.Server, forms: list[bytes]) -> Iterator[None]:
    """Each phone sends its form a byte at a time, and hangs up unfinished when the block ends."""
    lines = [load.connect(product.port) for _form in forms]
    stop = threading.Event()
    sender = threading.Thread(target=_send_slowly, args=(lines, forms, stop))
    sender.start()
    try:
        yield
    finally:
        stop.set()
        sender.join()
        for line in lines:
            line.close()


def _send_slowly(lines: list[socket.socket], forms: list[bytes], stop: threading.Event) -> None:
    beginning = len(forms[0]) // 3  # the head is through, the form is not
    for line, form in zip(lines, forms, strict=True):
        line.sendall(form[:beginning])
    for at in range(beginning, min(map(len, forms)) - 1):
        if stop.wait(SECONDS_A_BYTE):
            return
        for line, form in zip(lines, forms, strict=True):
            line.sendall(form[at : at + 1])
