"""Many people in the same second: exact results, and each race lost once its guard is taken out."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from peewee import Database

from models import moving, slots
from models.appointments import Appointment, Move
from models.database import Busy, database, is_postgres, open_connection
from models.holds import HOLD_TIME
from models.outbox import Letter
from models.receipts import Receipt, Result
from models.slots import Slot, SlotDay
from models.verifying import breaches
from tests.models.at_once import at_once, meanwhile
from tests.models.builders import (
    MINUTE,
    NOW,
    actor_of,
    choose,
    choose_and_confirm,
    confirm,
    fresh,
    make_appointment,
    make_slot,
)

WINDOW = 0.4  # seconds between looking and writing, where a guard was taken out


@pytest.fixture(autouse=True)
def _database(any_database: Database) -> None:
    """Every race is run on both."""


def outcomes(results: list[Any]) -> Counter[str]:
    """How often each result came; a problem counts under the name of its class."""
    return Counter(getattr(result, "result", None) or type(result).__name__ for result in results)


def patiently(work: Callable[[], Any]) -> Any:
    """As people do who read "busy, nothing was changed": send the same form again."""
    for _ in range(20):
        try:
            return work()
        except Busy:
            open_connection()
    return work()


def ready(number: int) -> list[Appointment]:
    """Appointments of as many people, with everything read and made that is not part of the race."""
    actor_of()
    return [make_appointment(f"Person {index}") for index in range(number)]


def take_out_the_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What most booking programs do: look, then write, in a plain transaction or in none."""

    def plain(work: Callable[[], Any]) -> Any:
        if not is_postgres():
            return work()
        with database.atomic():
            return work()

    def unlocked(*ids: int | None) -> dict[int, Slot]:
        return {slot.id: slot for slot in Slot.select().where(Slot.id.in_([id for id in ids if id]))}

    def look_then_write(slot: Slot, count: int = 1) -> bool:
        seen = Slot.get_by_id(slot.id).free
        time.sleep(WINDOW)
        return seen >= count and bool(Slot.update(free=seen - count).where(Slot.id == slot.id).execute())

    monkeypatch.setattr(moving, "write_tx", plain)
    monkeypatch.setattr(moving, "lock_slots", unlocked)
    monkeypatch.setattr(moving, "take", look_then_write)
    monkeypatch.setattr(moving, "lock_appointment", Appointment.get_by_id)
    monkeypatch.setattr(moving, "pause", lambda point: time.sleep(WINDOW) if point == "judged" else None)


@pytest.mark.parametrize(("takers", "places"), [(8, 1), (32, 1), (32, 10)])
def test_as_many_win_as_there_are_places(takers: int, places: int) -> None:
    slot, people = make_slot(places=places), ready(takers)
    results = at_once(
        [lambda mine=mine: patiently(lambda: choose_and_confirm(mine, slot)) for mine in people]
    )
    assert outcomes(results) == {Result.MOVED: places, Result.PLACE_TAKEN: takers - places}
    assert (breaches(), fresh(slot).free, Move.select().count()) == ([], 0, places)
    assert Receipt.select().count() == takers


@pytest.mark.parametrize(("takers", "places"), [(8, 1), (16, 10)])
def test_without_the_guard_places_are_sold_more_than_once(
    takers: int, places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot, people = make_slot(places=places), ready(takers)
    take_out_the_locks(monkeypatch)
    at_once([lambda mine=mine: choose_and_confirm(mine, slot) for mine in people])
    assert [breach for breach in breaches() if breach.startswith(f"slot {slot.id}:")]


def test_a_double_tap_twelve_times_at_once_makes_one_move_with_one_receipt() -> None:
    (mine,), slot = ready(1), make_slot(places=12)
    held = at_once([lambda: choose(mine, slot)] * 12)
    assert len({kept.id for kept in held}) == 1
    receipts = at_once([lambda: confirm(mine)] * 12)
    assert outcomes(receipts) == {Result.MOVED: 12}
    assert len({receipt.id for receipt in receipts}) == 1
    assert (Move.select().count(), Letter.select().count(), fresh(slot).free) == (1, 2, 11)
    assert breaches() == []


def test_without_the_guard_a_double_tap_has_no_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    (mine,), slot = ready(1), make_slot(places=12)
    choose(mine, slot)
    take_out_the_locks(monkeypatch)
    assert outcomes(at_once([lambda: confirm(mine)] * 12)) != {Result.MOVED: 12}


def test_eight_tabs_with_eight_choices_make_one_move() -> None:
    (mine,), chosen = ready(1), [make_slot(20 + index) for index in range(8)]
    tabs = [
        lambda tab=tab, slot=slot: choose_and_confirm(mine, slot, f"tab {tab}")
        for tab, slot in enumerate(chosen)
    ]
    assert outcomes(at_once(tabs)) == {Result.MOVED: 1, Result.CHANGED_MEANWHILE: 7}
    assert (breaches(), fresh(mine).version, Move.select().count()) == ([], 2, 1)


def test_without_the_guard_eight_tabs_get_no_eight_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    (mine,), chosen = ready(1), [make_slot(20 + index) for index in range(8)]
    take_out_the_locks(monkeypatch)
    tabs = [
        lambda tab=tab, slot=slot: choose_and_confirm(mine, slot, f"tab {tab}")
        for tab, slot in enumerate(chosen)
    ]
    assert outcomes(at_once(tabs)) != {Result.MOVED: 1, Result.CHANGED_MEANWHILE: 7}


def swapping(monkeypatch: pytest.MonkeyPatch, one: Slot, other: Slot) -> list[Any]:
    """Eight people move one way, eight the other; a deadlock shows, since nothing is tried twice."""
    monkeypatch.setattr("models.database.RETRIES", 1)
    actor_of()
    there = [(make_appointment(f"There {index}", slot=one), other) for index in range(8)]
    back = [(make_appointment(f"Back {index}", slot=other), one) for index in range(8)]
    for slot, people in ((one, there), (other, back)):
        Slot.update(free=Slot.free - len(people)).where(Slot.id == slot.id).execute()
        SlotDay.update(free=SlotDay.free - len(people)).where(SlotDay.day == slot.day).execute()
    return at_once(
        [lambda mine=mine, slot=slot: choose_and_confirm(mine, slot) for mine, slot in there + back]
    )


def test_people_swapping_two_times_never_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = make_slot(20, places=20), make_slot(21, places=20)
    assert outcomes(swapping(monkeypatch, one, other)) == {Result.MOVED: 16}
    assert breaches() == []


def test_people_crossing_between_two_days_never_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The four slots are all different; the counts of the two days are what both ways change."""
    monkeypatch.setattr("models.database.RETRIES", 1)
    monkeypatch.setattr(moving, "pause", lambda point: time.sleep(WINDOW / 4))
    one, other = make_appointment("Ana", 480), make_appointment("Binh", 504)
    choose(one, make_slot(21.1))
    choose(other, make_slot(20.1))
    lapsed = NOW + HOLD_TIME
    results = at_once([lambda mine=mine: confirm(mine, now=lapsed) for mine in (one, other)])
    assert outcomes(results) == {Result.MOVED: 2}
    assert breaches() == []


@pytest.mark.only_on("postgres")  # SQLite has one writer: nobody can wait for anybody in a circle
def test_without_an_order_of_locks_people_who_swap_block_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def as_they_come(*ids: int | None) -> dict[int, Slot]:
        found = {}
        for id in dict.fromkeys(id for id in ids if id):
            found |= slots.lock_slots(id)
            time.sleep(WINDOW / 4)
        return found

    monkeypatch.setattr(moving, "lock_slots", as_they_come)
    results = swapping(monkeypatch, make_slot(20, places=20), make_slot(21, places=20))
    assert outcomes(results)["Busy"]


@pytest.mark.only_on("postgres")  # SQLite has one writer: nobody comes between
def test_a_hold_given_away_by_a_clock_that_is_ahead_is_not_used_by_one_that_is_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (mine, other), slot = ready(2), make_slot(places=2)
    choose(mine, slot)
    real = moving.lock_slots
    ahead, behind = NOW + HOLD_TIME, NOW + HOLD_TIME - MINUTE

    def overtaken(*ids: int | None) -> dict[int, Slot]:
        monkeypatch.setattr(moving, "lock_slots", real)
        assert meanwhile(lambda: choose_and_confirm(other, slot, now=ahead)).result == Result.MOVED
        return real(*ids)

    monkeypatch.setattr(moving, "lock_slots", overtaken)
    assert confirm(mine, now=behind).result == Result.MOVED
    assert (fresh(slot).free, breaches()) == (0, [])
