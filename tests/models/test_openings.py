"""What is shown as open: never less, never more than can be taken."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from peewee import Database

from models.holds import HOLD_TIME, Hold
from models.offices import Closure
from models.openings import OpenDay, first_open_day, open_days, open_times
from models.slots import Slot
from tests.models.builders import (
    DAY,
    MINUTE,
    NOW,
    SECOND,
    choose,
    make_appointment,
    make_office,
    make_slot,
    the_office,
)

TODAY = date(2026, 1, 14)


@pytest.fixture(autouse=True)
def _database(any_database: Database) -> None:
    """Both."""


def days(now: datetime = NOW) -> list[OpenDay]:
    return open_days(the_office(), "biometrics", date(2026, 1, 1), date(2026, 2, 28), now)


def times(day: date, now: datetime = NOW) -> list[int]:
    return [time.slot_id for time in open_times(the_office(), "biometrics", day, now)]


def test_days_are_counted_from_the_first_to_the_last_both_included() -> None:
    make_slot(starts_at=NOW + DAY, places=3)
    make_slot(starts_at=NOW + DAY + MINUTE, places=2, free=0)
    make_slot(starts_at=NOW + 2 * DAY, free=0)
    tomorrow = TODAY + DAY
    found = open_days(the_office(), "biometrics", tomorrow, tomorrow + DAY, NOW)
    assert found == [OpenDay(tomorrow, 3, 5), OpenDay(tomorrow + DAY, 0, 1)]


def test_days_gone_by_and_closed_days_have_nothing_open() -> None:
    make_slot(starts_at=NOW - DAY)
    closed = make_slot(starts_at=NOW + DAY)
    Closure.create(office=the_office(), day=closed.day)
    assert [day.places for day in days()] == [0, 0]
    assert times(closed.day) == []
    assert first_open_day(the_office(), "biometrics", NOW) is None


def test_of_today_only_what_has_not_begun_is_open() -> None:
    begun, next_one = make_slot(starts_at=NOW), make_slot(starts_at=NOW + SECOND, places=4)
    assert times(TODAY) == [next_one.id]
    assert days() == [OpenDay(TODAY, 4, 5)]
    assert times(TODAY, NOW - SECOND) == [begun.id, next_one.id]


@pytest.mark.parametrize(("after", "places"), [(HOLD_TIME - SECOND, 0), (HOLD_TIME, 1)])
def test_a_lapsed_hold_is_open_again_in_every_list(after: timedelta, places: int) -> None:
    slot = make_slot()
    choose(make_appointment(in_hours=500), slot)
    now = NOW + after
    assert [day.places for day in days(now) if day.day == slot.day] == [places]
    assert times(slot.day, now) == [slot.id] * places
    assert first_open_day(the_office(), "biometrics", now) == (slot.day if places else None)


def test_what_is_shown_as_open_is_what_can_be_taken() -> None:
    mine, other, now = make_appointment("Ana"), make_appointment("Binh"), NOW + HOLD_TIME
    slots = [make_slot(20 + index, places=index % 3) for index in range(6)]
    choose(mine, slots[1])
    for slot in slots:
        shown = slot.id in times(slot.day, now)
        assert isinstance(choose(other, slot, f"slot {slot.id}", now), Hold) == shown == (slot.capacity > 0)


def test_the_first_open_day_is_the_earliest_also_when_its_place_is_a_lapsed_hold() -> None:
    early = make_slot(20)
    make_slot(25, places=2)
    choose(make_appointment(), early)
    assert first_open_day(the_office(), "biometrics", NOW) == make_slot(25.1).day
    assert first_open_day(the_office(), "biometrics", NOW + HOLD_TIME) == early.day


def test_other_offices_and_other_systems_do_not_show() -> None:
    the_office()
    make_slot(office=make_office())
    make_slot(system="visit")
    assert (days(), first_open_day(the_office(), "biometrics", NOW)) == ([], None)


@pytest.mark.parametrize(
    "zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "America/New_York", "Asia/Beirut"]
)
def test_a_time_is_listed_on_the_day_of_its_own_wall_also_when_the_clocks_change(zone: str) -> None:
    office = make_office(time_zone=zone)
    for day in (date(2026, 3, 8), date(2026, 3, 29), date(2026, 11, 1)):
        for hour in (0, 12, 23):
            wall = datetime(day.year, day.month, day.day, hour, 30, tzinfo=ZoneInfo(zone))
            slot = make_slot(office=office, starts_at=wall.astimezone(UTC))
            listed = {time.slot_id for time in open_times(office, "biometrics", slot.day, NOW)}
            assert slot.id in listed
            assert all(Slot.get_by_id(id).day == slot.day for id in listed)


@pytest.mark.only_on("sqlite")  # PostgreSQL reads an empty table whole
def test_the_times_of_a_day_are_found_by_an_index() -> None:
    query = Slot.select().where(
        Slot.office == 1, Slot.system == "biometrics", Slot.starts_at.between(0, 10), Slot.day == "2026-01-14"
    )
    plan = query.model._meta.database.execute_sql(
        "EXPLAIN QUERY PLAN " + query.sql()[0], query.sql()[1]
    ).fetchall()
    assert "starts_at>? AND starts_at<?" in str(plan)
