"""A full move over HTTP (place held, then confirmed) against the same statements in SQLite itself."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from peewee import chunked

from bench import ground, load, raw, servers
from bench.measuring import Figure, cpu_seconds, in_turns
from models.judging import Actor
from models.moving import hold, move
from models.wishes import Asked, Wish

TURNS = 5
JOURNEYS = 150  # a turn
WARM_UP = 20
FORMS = 1500  # a turn, of those that are only parsed


def measure() -> list[Figure]:
    """Rates in turns: raw SQLite, the product with two processes, and a form that is only parsed."""
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder))


def _measure(folder: Path) -> list[Figure]:
    path = folder / "moves.sqlite3"
    url = f"sqlite:///{path}"
    with ground.open_ground(url, folder) as app:
        office = ground.add_office()
        slots = ground.add_places(office)
        movers = ground.add_movers(app, office, TURNS * JOURNEYS + WARM_UP)
    empty = raw.copied(path, folder / "empty.sqlite3")
    replayed = _recorded(folder, empty, movers[:JOURNEYS], slots)
    with servers.goodcause(folder, url, processes=2) as product, servers.bare(processes=2) as bare:
        scripts = [mover.journey(slots[n % len(slots)], ground.form_key(n)) for n, mover in enumerate(movers)]
        _journeys(product, scripts[:WARM_UP])
        turns = chunked(scripts[WARM_UP:], JOURNEYS)
        form = [load.post("/form", {"key": "k" * 20, "slot": "1", "good_cause": "x"}, movers[0].cookie)]
        cpu: list[float] = []

        def journeys() -> float:
            before = cpu_seconds(product.pids)
            rate = _journeys(product, next(turns))
            cpu.append((cpu_seconds(product.pids) - before) / JOURNEYS)
            return rate

        taken = in_turns(
            TURNS,
            raw=lambda: raw.transactions_a_second(raw.copied(empty, folder / "again.sqlite3"), replayed),
            journeys=journeys,
            forms=lambda: FORMS / load.drive(bare.port, [form] * FORMS)[1],
        )
    posts = 2 * taken["journeys"]
    return [
        Figure(
            "move", "POSTs of a move / raw SQLite FULL transactions", posts / taken["raw"], goal=">= 0.18"
        ),
        Figure("move", "whole moves / raw SQLite FULL whole moves", taken["journeys"] / (taken["raw"] / 2)),
        Figure(
            "move", "POSTs of a move / POSTs that only parse the form", posts / taken["forms"], goal=">= 0.25"
        ),
        Figure("move", "raw SQLite FULL transactions", taken["raw"], "a second"),
        Figure("move", "whole moves over HTTP, 8 at a time", taken["journeys"], "a second"),
        Figure("move", "CPU of a whole move (two POSTs)", sorted(cpu)[len(cpu) // 2] * 1e3, "ms"),
    ]


def _journeys(server: servers.Server, scripts: list[load.Script]) -> float:
    """Whole moves a second; every one of them must end with its receipt."""
    answers, took = load.drive(server.port, scripts)
    moved = sum("/receipts/" in answer.header("location") for answer in answers)
    if moved != len(scripts):
        raise RuntimeError(f"{moved} of {len(scripts)} were moved")
    return len(scripts) / took


def _recorded(
    folder: Path, empty: Path, movers: list[ground.Mover], slots: list[int]
) -> list[list[raw.Statement]]:
    """The statements of each writing transaction of some moves, without those that only read beforehand."""
    copy = raw.copied(empty, folder / "recorded.sqlite3")
    transactions: list[list[raw.Statement]] = []
    with ground.open_ground(f"sqlite:///{copy}", folder):
        for number, mover in enumerate(movers):
            for work in _steps(mover, slots[number % len(slots)], ground.form_key(number)):
                with raw.recorded() as statements:
                    work()
                transactions.append(list(statements))
    return transactions


def _steps(mover: ground.Mover, slot_id: int, key: str) -> list[Callable[[], object]]:
    now, actor = datetime.now(UTC), Actor(mover.number, "self")
    wish = Wish(key, slot_id, "illness_or_medical", "", address_changed=False, seen_version=1)
    return [
        lambda: hold(mover.number, wish, actor, now),
        lambda: move(Asked(mover.number, key, actor), now),
    ]
