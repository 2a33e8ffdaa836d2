"""Opening places from weekly hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from peewee import Database

from models import verifying
from models.database import write_tx
from models.offices import Closure, Held
from models.opening import DAYS_LIMIT, NotOpened, Opened, open_slots
from models.slots import Slot, SlotDay, lock_slots, take
from tests.models.import_files import NOW, office

MONDAY, FRIDAY = date(2026, 2, 2), date(2026, 2, 6)
OPEN = {"weekly_hours": "mon 08:00-09:00; wed 08:00-09:00", "places_per_slot": 3, "slot_minutes": 30}


def test_places_stand_at_the_hours_of_the_office(any_database: Database) -> None:
    assert open_slots(office(**OPEN), MONDAY, FRIDAY, "biometrics", NOW) == Opened(4, 12, 0, ())
    assert [slot.starts_at for slot in Slot.select().order_by(Slot.starts_at)] == [
        datetime(2026, 2, 2, 13, 0, tzinfo=UTC),
        datetime(2026, 2, 2, 13, 30, tzinfo=UTC),
        datetime(2026, 2, 4, 13, 0, tzinfo=UTC),
        datetime(2026, 2, 4, 13, 30, tzinfo=UTC),
    ]
    assert [(day.day, day.capacity, day.free) for day in SlotDay.select().order_by(SlotDay.day)] == [
        (MONDAY, 6, 6),
        (date(2026, 2, 4), 6, 6),
    ]


def test_repeating_it_changes_nothing_and_keeps_what_is_taken(any_database: Database) -> None:
    place = office(**OPEN)
    open_slots(place, MONDAY, MONDAY, "biometrics", NOW)
    slot = Slot.select().first()
    assert write_tx(lambda: take(lock_slots(slot.id)[slot.id]))
    assert open_slots(place, MONDAY, FRIDAY, "biometrics", NOW) == Opened(2, 6, 2, ())
    assert open_slots(place, MONDAY, FRIDAY, "biometrics", NOW) == Opened(0, 0, 4, ())
    assert Slot.get_by_id(slot.id).free == 2
    assert list(verifying.days()) == []


def test_closed_days_are_left_out(database: Database) -> None:
    place = office(**OPEN)
    Closure.create(office=place, day=MONDAY)
    assert open_slots(place, MONDAY, FRIDAY, "biometrics", NOW) == Opened(2, 6, 0, (MONDAY,))


@pytest.mark.parametrize(("minutes", "added"), [(-1, 1), (0, 0)])
def test_a_time_that_has_begun_gets_no_place(database: Database, minutes: int, added: int) -> None:
    last_start = datetime(2026, 2, 2, 13, 30, tzinfo=UTC)
    now = last_start + timedelta(minutes=minutes)
    assert open_slots(office(**OPEN), MONDAY, MONDAY, "biometrics", now) == Opened(added, added * 3, 0, ())


@pytest.mark.parametrize(
    ("more", "first", "last", "reason"),
    [
        ({"held": Held.ELSEWHERE}, MONDAY, FRIDAY, NotOpened.HELD_ELSEWHERE),
        ({"weekly_hours": ""}, MONDAY, FRIDAY, NotOpened.NO_HOURS),
        ({"places_per_slot": 0}, MONDAY, FRIDAY, NotOpened.NO_PLACES),
        ({"slot_minutes": 0}, MONDAY, FRIDAY, NotOpened.NO_PLACES),
        ({}, FRIDAY, MONDAY, NotOpened.DAYS_BACKWARDS),
        ({}, MONDAY, MONDAY + timedelta(days=DAYS_LIMIT), NotOpened.TOO_MANY_DAYS),
    ],
)
def test_what_cannot_be_opened_says_why(
    database: Database, more: dict[str, object], first: date, last: date, reason: NotOpened
) -> None:
    assert open_slots(office(**OPEN | more), first, last, "biometrics", NOW) is reason
    assert Slot.select().count() == 0


def test_the_longest_stretch_of_days_can_be_opened(database: Database) -> None:
    opened = open_slots(office(**OPEN), MONDAY, MONDAY + timedelta(days=DAYS_LIMIT - 1), "biometrics", NOW)
    assert isinstance(opened, Opened)
