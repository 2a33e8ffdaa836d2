"""The questions of the calendar are answered from their indexes, so they cost the same at ten million places."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from peewee import Database

from models.openings import first_open_day, last_day, open_days, open_times
from tests.models.builders import DAY, MINUTE, NOW, choose, make_appointment, make_slot, the_office

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

WEEK = timedelta(days=7)
SLOT_OPEN = "USING INDEX slot_open (office_id=? AND system=? AND starts_at>?)"
SLOT_NEAR_DAY = (
    "USING INDEX slot_office_id_system_starts_at (office_id=? AND system=? AND starts_at>? AND starts_at<?)"
)
DAY_RANGE = "USING INDEX slot_day_office_id_system_day (office_id=? AND system=? AND day>? AND day<?)"
DAYS_OF_OFFICE = "slot_day_office_id_system_day (office_id=? AND system=?)"
LIVE_HOLDS = "USING INDEX hold_live_slot"
SLOT_BY_ID = "USING INTEGER PRIMARY KEY (rowid=?)"


@contextmanager
def statements(database: Any) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that runs meanwhile, with its values."""
    ran: list[tuple[str, Any]] = []
    bound = database.obj
    plain = bound.execute_sql

    def execute_sql(sql: str, params: Any = None) -> Any:
        ran.append((sql, params))
        return plain(sql, params)

    bound.execute_sql = execute_sql
    try:
        yield ran
    finally:
        del bound.execute_sql


def plans(database: Any, question: Callable[[], Any]) -> list[str]:
    """How SQLite finds the rows of the slot tables and the holds, step by step, for each statement of a question."""
    with statements(database) as ran:
        question()
    found = []
    for sql, params in ran:
        steps = [row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", params)]
        if any(table in sql for table in ('"slot"', '"slot_day"', '"hold"')):
            found.append(" | ".join(steps))
    return found


@pytest.fixture
def office(database: Database) -> Any:
    """An office with a place on each of thirty days, and a hold that has run out."""
    for day in range(10, 40):
        make_slot(day, 2)
    choose(make_appointment(), make_slot(45), now=NOW)
    return the_office()


LATER = NOW + 11 * MINUTE
FIRST = (NOW + 15 * DAY).date()

QUESTIONS = {
    "days of a month": (
        lambda office: open_days(office, "biometrics", FIRST, FIRST + 4 * WEEK, LATER),
        DAY_RANGE,
    ),
    "times of a day": (lambda office: open_times(office, "biometrics", FIRST, LATER), SLOT_NEAR_DAY),
    "first open day": (lambda office: first_open_day(office, "biometrics", LATER), SLOT_OPEN),
    "last day": (lambda office: last_day(office, "biometrics"), DAYS_OF_OFFICE),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_uses_the_index_made_for_it(name: str, database: Database, office: Any) -> None:
    ask, index = QUESTIONS[name]
    found = plans(database, lambda: ask(office))
    assert any(index in plan for plan in found), found


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_walks_a_whole_table_or_a_whole_calendar(
    name: str, database: Database, office: Any
) -> None:
    ask, _index = QUESTIONS[name]
    allowed = (SLOT_OPEN, SLOT_NEAR_DAY, DAY_RANGE, DAYS_OF_OFFICE, LIVE_HOLDS, SLOT_BY_ID)
    for plan in plans(database, lambda: ask(office)):
        assert any(index in plan for index in allowed), plan


def test_places_whose_hold_ran_out_are_found_from_the_holds(database: Database, office: Any) -> None:
    found = plans(database, lambda: open_times(office, "biometrics", (NOW + 45 * DAY).date(), LATER))
    assert sum(LIVE_HOLDS in plan for plan in found) == 1
    assert sum(SLOT_BY_ID in plan for plan in found) == 1


def test_without_a_hold_that_ran_out_the_slots_are_not_asked_for_it(database: Database, office: Any) -> None:
    found = plans(database, lambda: open_times(office, "biometrics", (NOW + 45 * DAY).date(), NOW))
    assert sum(SLOT_BY_ID in plan for plan in found) == 0


def test_the_opposite_spelling_would_leave_the_partial_index_unused(database: Any, office: Any) -> None:
    """What the other tests guard against: `free <> 0` says the same and walks the calendar."""
    sql = "SELECT starts_at FROM slot WHERE office_id = 1 AND system = 'biometrics' AND starts_at > 0 AND {} ORDER BY 1"
    as_indexed, otherwise = (
        " ".join(row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql.format(words)}"))
        for words in ("free > 0", "free <> 0")
    )
    assert "slot_open" in as_indexed
    assert "slot_open" not in otherwise
