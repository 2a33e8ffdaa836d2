"""What is open, at ten thousand places and at ten million: the models' own questions, and SQLite's share of them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench import ground, raw
from bench.measuring import Figure
from models.database import database
from models.offices import Office
from models.openings import first_open_day, open_days, open_times

# places: offices and kinds of appointment; each has a year of 23 times a day, half of it over
SIZES = {"10 k": (1, 1), "100 k": (3, 4), "1 M": (30, 4), "10 M": (300, 4)}
TIMES = 23
DAYS = 365
CALLS = 200
CALENDAR = """
WITH RECURSIVE
  offices(office) AS (SELECT 1 UNION ALL SELECT office + 1 FROM offices WHERE office < {offices}),
  kinds(kind) AS (SELECT 1 UNION ALL SELECT kind + 1 FROM kinds WHERE kind < {kinds}),
  days(day) AS (SELECT 0 UNION ALL SELECT day + 1 FROM days WHERE day < {days} - 1),
  times(time) AS (SELECT 0 UNION ALL SELECT time + 1 FROM times WHERE time < {times} - 1)
INSERT INTO slot (office_id, system, starts_at, day, capacity, free)
SELECT office, CASE kind WHEN 1 THEN 'biometrics' ELSE 'kind' || kind END,
       {begins} + day * 86400 + time * 1200, date({begins} + day * 86400, 'unixepoch'), 1,
       CASE WHEN office = 1 AND kind = 1 AND {offices} > 1 THEN day = {days} - 1
            WHEN day < {days} / 2 + 30 THEN abs(random()) % 100 < 3
            ELSE abs(random()) % 2 END
FROM offices, kinds, days, times
"""
SUMMED = """
INSERT INTO slot_day (office_id, system, day, capacity, free)
SELECT office_id, system, day, sum(capacity), sum(free) FROM slot GROUP BY office_id, system, day
"""


def measure(*, full: bool = False) -> list[Figure]:
    """Each size in a file of its own, gone afterwards; ten million only when asked for."""
    figures: list[Figure] = []
    taken: dict[str, dict[str, tuple[float, float]]] = {}
    sizes = [size for size in SIZES if full or size != "10 M"]
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            taken[size] = _at_size(Path(name), *SIZES[size])
    last = sizes[-1]
    goals = {"first open day": "< 50", "days of a month": "< 50", "times of a day": "< 100"}
    for what in taken[last]:
        sizes = [size for size in taken if what in taken[size]]
        first = sizes[0]
        for size in sizes:
            call, statements = taken[size][what]
            goal = goals.get(what, "") if size == last else ""
            figures.append(
                Figure("queries", f"{what}, {size} places, the statements", statements * 1e6, "us", goal)
            )
            figures.append(Figure("queries", f"{what}, {size} places, with the models", call * 1e6, "us"))
        growth = taken[last][what][1] / taken[first][what][1]
        figures.append(
            Figure("queries", f"{what}, statements from {first} to {last}", growth, "times", "< 1.5")
        )
    return figures


def _at_size(folder: Path, offices: int, kinds: int) -> dict[str, tuple[float, float]]:
    path = folder / "queries.sqlite3"
    today = datetime.now(UTC).date()
    with ground.open_ground(f"sqlite:///{path}", folder):
        for number in range(1, offices + 1):
            ground.add_office(number)
        _fill(offices, kinds, today)
        now = datetime.now(UTC)
        some = Office.get_by_id(min(2, offices))
        first, day = (today + timedelta(days=40)).replace(day=1), today + timedelta(days=45)
        last = first + timedelta(days=30)
        asked: dict[str, Callable[[], Any]] = {
            "days of a month": lambda: open_days(some, ground.BIOMETRICS, first, last, now),
            "times of a day": lambda: open_times(some, ground.BIOMETRICS, day, now),
            "first open day": lambda: first_open_day(some, ground.BIOMETRICS, now),
        }
        if offices > 1:
            asked["first open day, sold-out office"] = lambda: first_open_day(
                Office.get_by_id(1), ground.BIOMETRICS, now
            )
        return {what: _timed(question, path) for what, question in asked.items()}


def _fill(offices: int, kinds: int, today: date) -> None:
    """A calendar in SQL; what is written is thrown away, so nothing waits for the disk."""
    begins = (
        int(datetime.combine(today, datetime.min.time(), UTC).timestamp()) - DAYS // 2 * 86400 + 14 * 3600
    )
    database.execute_sql("PRAGMA synchronous = off")
    database.execute_sql(CALENDAR.format(offices=offices, kinds=kinds, days=DAYS, times=TIMES, begins=begins))
    database.execute_sql(SUMMED)
    database.execute_sql("PRAGMA wal_checkpoint(truncate)")
    database.execute_sql("PRAGMA synchronous = full")


def _timed(question: Callable[[], Any], path: Path) -> tuple[float, float]:
    """Seconds of a call of the models, and of its statements alone."""
    with raw.recorded() as statements:
        if not question():
            raise RuntimeError("nothing is open, so nothing was measured")
    with raw.opened(path) as connection:
        return _median(question), _median(lambda: raw.run(connection, statements))


def _median(work: Callable[[], Any]) -> float:
    taken = []
    for _call in range(CALLS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)
