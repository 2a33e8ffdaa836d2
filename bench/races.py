"""Fifty people press the button at once for one place, and for ten: how many get one, and how long they wait."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench import ground, load, servers
from bench.measuring import Figure
from models import verifying
from models.appointments import Appointment
from tests.installing import found_binaries
from tests.postgres import Server as Postgres
from tests.postgres import new_database

PEOPLE = 50
ROUNDS = 20
CONTROL_ROUNDS = 6
PLACES = (1, 10)


def measure() -> list[Figure]:
    """Both databases, two server processes, and the control without the guard."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, urls in (("SQLite", _sqlite(folder)), ("PostgreSQL", _postgres())):
            with urls as (guarded, unguarded):
                if not guarded:
                    print("race: no PostgreSQL server here; install one to race on it as well")
                    continue
                for places in PLACES:
                    figures += _exact(kind, guarded, folder, places)
                figures.append(_control(kind, unguarded, folder))
    return figures


@contextmanager
def _sqlite(folder: Path) -> Iterator[tuple[str, str]]:
    yield f"sqlite:///{folder / 'race.sqlite3'}", f"sqlite:///{folder / 'control.sqlite3'}"


@contextmanager
def _postgres() -> Iterator[tuple[str, str]]:
    """Two empty databases on a throw-away server; empty addresses where there is none."""
    binaries = found_binaries()
    if binaries is None:
        yield "", ""
        return
    server = Postgres(binaries)
    try:
        server.wait_until_ready()
        with new_database(server.url, "race") as one, new_database(server.url, "control") as other:
            yield one, other
    finally:
        server.stop()


def _exact(kind: str, url: str, folder: Path, places: int) -> list[Figure]:
    several = "s" if places > 1 else ""
    name = f"{kind}, {PEOPLE} people, {places} place{several}"
    inexact = f"{name}: rounds without exactly {places} winner{several}, of {ROUNDS}"
    winners, seconds = _race(url, folder, places, ROUNDS, "app")
    wrong = sum(count != places for count in winners)
    return [
        Figure("race", inexact, wrong, "rounds", "= 0"),
        Figure("race", f"{name}: median answer", median(seconds) * 1e3, "ms"),
        Figure("race", f"{name}: slowest answer", max(seconds) * 1e3, "ms", "< 150"),
    ]


def _control(kind: str, url: str, folder: Path) -> Figure:
    winners, _seconds = _race(url, folder, 1, CONTROL_ROUNDS, "bench.unguarded")
    oversold = sum(count > 1 for count in winners)
    what = (
        f"{kind}, control without the guard: oversold rounds of {CONTROL_ROUNDS}, most {max(winners)} winners"
    )
    return Figure("race", what, oversold, "rounds", ">= 1")


def _race(url: str, folder: Path, places: int, rounds: int, program: str) -> tuple[list[int], list[float]]:
    """The winners of each round as the database has them, and how long each press of the button took."""
    with ground.open_ground(url, folder) as app:
        number = Appointment.select().count()
        office = ground.add_office(number)
        movers = ground.add_movers(app, office, PEOPLE * rounds, first=number + 1)
        slots = [ground.add_time(office, places, in_days=20 + day) for day in range(rounds)]
    seconds: list[float] = []
    with servers.goodcause(folder, url, processes=2, app=program) as server:
        _warm_up(server, movers[0])
        for turn, slot in enumerate(slots):
            runners = movers[turn * PEOPLE : (turn + 1) * PEOPLE]
            pressed = [[mover.hold(slot, ground.form_key(mover.number))] for mover in runners]
            answers, _took = load.drive(server.port, pressed, connections=PEOPLE)
            seconds += [answer.seconds for answer in answers]
            held = [runners[a.script] for a in answers if a.header("location").endswith("/review")]
            confirmed = [[mover.confirm(ground.form_key(mover.number))] for mover in held]
            load.drive(server.port, confirmed, connections=PEOPLE)
    with ground.open_ground(url, folder):
        winners = [Appointment.select().where(Appointment.slot == slot).count() for slot in slots]
        breaches = list(verifying.breaches()) if program == "app" else []
    if breaches:
        raise RuntimeError(f"after the race: {breaches[0]}")
    return winners, seconds


def _warm_up(server: servers.Server, mover: ground.Mover) -> None:
    """Both processes read their templates and open their connections before anybody runs."""
    load.drive(server.port, [[load.get(mover.address, mover.cookie)]] * 40)
