"""Offices: found by name, sorted by distance, each on its own clock."""

from datetime import UTC, date, datetime

import pytest
from peewee import Database

from models.offices import Closure, Office, closed_days, find_office, kilometres, offices_by_distance
from tests.models.builders import make_office


@pytest.fixture(autouse=True)
def _database(database: Database) -> None:
    """One is enough: nothing here is the database's own."""


@pytest.mark.parametrize("name", ["asc-XNY", "asc-xny", "XNY", "xny"])
def test_an_office_is_found_by_its_full_name_or_by_a_code_that_only_one_has(name: str) -> None:
    office = make_office("XNY")
    assert find_office(name) == office


@pytest.mark.parametrize("name", ["", "-", "asc-", "asc", "XXX", "field_office-XNY", "asc-XNY-", "\u0131"])
def test_an_unknown_name_finds_nothing(name: str) -> None:
    make_office("XNY")
    assert find_office(name) is None


def test_a_code_of_two_offices_is_ambiguous() -> None:
    asc, field = make_office("NYC"), make_office("NYC", kind="field_office")
    assert find_office("NYC") is None
    assert [find_office(office.slug) for office in (asc, field)] == [asc, field]


def test_the_same_instant_is_another_day_at_another_office() -> None:
    instant = datetime(2026, 1, 1, 3, tzinfo=UTC)
    assert make_office().today(instant) == date(2025, 12, 31)
    assert make_office(time_zone="Asia/Tokyo").today(instant) == date(2026, 1, 1)


def test_the_assigned_office_comes_first_then_the_nearest_held_here() -> None:
    boston = make_office("BOS", name="Boston", latitude=42.36, longitude=-71.06)
    newark = make_office("EWR", name="Newark", latitude=40.73, longitude=-74.17)
    york = make_office("XNY", name="York", latitude=40.71, longitude=-74.0)
    somewhere = make_office("ZZZ", name="Somewhere")
    make_office("OUT", name="Held elsewhere", latitude=40.7, longitude=-74.0, held="elsewhere")
    make_office("FLD", name="Another kind", kind="field_office", latitude=40.7, longitude=-74.0)
    assert offices_by_distance(york) == [york, newark, boston, somewhere]
    assert offices_by_distance(somewhere)[0] == somewhere
    assert offices_by_distance(york, limit=2) == [york, newark]


@pytest.mark.parametrize("search", ["bost", " BOSTON ", "massa", "02108", "bos"])
def test_an_office_is_searched_by_name_place_or_postal_code(search: str) -> None:
    boston = make_office("BOS", name="Boston", region="Massachusetts", postal_code="02108")
    assert offices_by_distance(make_office("XNY"), search) == [boston]


def test_distances_are_those_of_the_globe() -> None:
    york, london = Office(latitude=40.71, longitude=-74.0), Office(latitude=51.51, longitude=-0.13)
    assert kilometres(york, london) == pytest.approx(5570, rel=0.01)
    assert kilometres(york, york) == 0
    assert kilometres(york, Office()) == float("inf")
    assert kilometres(Office(latitude=0, longitude=179.5), Office(latitude=0, longitude=-179.5)) < 112


def test_closed_days_are_counted_from_the_first_to_the_last_both_included() -> None:
    office, other = make_office(), make_office()
    for day in (1, 2, 3, 4):
        Closure.create(office=office, day=date(2026, 7, day))
    Closure.create(office=other, day=date(2026, 7, 3))
    assert closed_days(office, date(2026, 7, 2), date(2026, 7, 3)) == {date(2026, 7, 2), date(2026, 7, 3)}
