"""The first visit: all that stands between a tap and the first paint fits into the first answer of the network."""

import gzip
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.pages import StrictClient
from tests.views.world import World

FIRST_FLIGHT = 14_600  # bytes that a server may send before it must wait for the other side
STYLES = Path(__file__).parent.parent.parent / "static" / "site.css"


def on_the_wire(answer: TestResponse) -> int:
    """Bytes of an answer with its status line and headers, as a server writes them (and names its time)."""
    lines = [f"HTTP/1.1 {answer.status}", "Date: Wed, 14 Jan 2026 19:00:00 GMT"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    return sum(len(line.encode()) + 2 for line in lines) + 2 + len(answer.data)


def blocking(client: StrictClient, address: str) -> int:
    """The page and what it waits for before it paints."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    page = gzip.decompress(answer.data).decode()
    head = page.partition("</head>")[0]
    scripts = head.count("<script")
    assert scripts == head.count("<script defer"), "a script stands before the first paint"
    sheets = head.count('rel="stylesheet"')
    assert sheets == (0 if "<style>" in head else 1)
    return on_the_wire(answer) + sheets * (len(gzip.compress(STYLES.read_bytes(), 9)) + 400)


@pytest.mark.parametrize("address", ["/", "/es/", "/guide/moving", "/check/biometrics", "/sign-in", "/rules"])
def test_a_strangers_first_page_fits_into_the_first_flight(world: World, address: str) -> None:
    assert blocking(world.client("stranger"), address) <= FIRST_FLIGHT


@pytest.mark.parametrize("end", ["", "/move", "/move/review", "/notice"])
def test_the_pages_of_a_move_fit_into_the_first_flight(world: World, end: str) -> None:
    assert blocking(world.client("owner"), f"/appointments/{world.mine.reference}{end}") <= FIRST_FLIGHT
