"""What a first visit must receive before anything is painted: head and body of the page, as they travel."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from bench import ground, load, servers
from bench.measuring import Figure

WINDOW = "<= 14600"  # the bytes that a new connection may send at once
AIM = "<= 3000"
# elements that hold back the first paint
BLOCKING = re.compile(rb'<link[^>]*rel="?stylesheet|<script(?![^>]*(?:defer|async|type="?module))[^>]*src')


def measure() -> list[Figure]:
    """Bytes of the start page and the move page, as gzip (plain HTTP) and brotli (over TLS)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'weight.sqlite3'}"
        with ground.open_ground(url, folder) as app:
            office = ground.add_office()
            ground.add_places(office)
            mover = ground.add_movers(app, office, 1)[0]
        with servers.goodcause(folder, url) as product:
            start = _figures(product, "start page", "/", "")
            return start + _figures(product, "move page", mover.address, mover.cookie)


def _figures(product: servers.Server, name: str, path: str, cookie: str) -> list[Figure]:
    figures = []
    for coding in ("gzip", "br"):
        page = _fetched(product, path, cookie, coding)
        size = page.size + _held_back_by(product, path, cookie, coding)
        figures.append(Figure("bytes", f"{name}, {coding}, all that blocks painting", size, "bytes", WINDOW))
        figures.append(Figure("bytes", f"{name}, {coding}, against the aim", size, "bytes", AIM))
    return figures


def _fetched(product: servers.Server, path: str, cookie: str, coding: str) -> load.Answer:
    headers = {"Accept-Encoding": coding} if coding else {}
    answers, _took = load.drive(product.port, [[load.get(path, cookie, **headers)]])
    if answers[0].status != 200:
        raise RuntimeError(f"{path} answered {answers[0].status}")
    return answers[0]


def _held_back_by(product: servers.Server, path: str, cookie: str, coding: str) -> int:
    """Bytes of what the page loads before it can be painted."""
    html = _fetched(product, path, cookie, "").body
    addresses = []
    for element in re.findall(rb"<(?:link|script)[^>]*>", html):
        found = re.search(rb'(?:href|src)="?([^"\s>]+)', element)
        if BLOCKING.match(element) and found:
            addresses.append(found[1].decode())
    return sum(_fetched(product, address, "", coding).size for address in addresses)
