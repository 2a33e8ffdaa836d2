"""What a confirmation is told when things changed after the page was shown, or go wrong in the middle."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from peewee import Database

from models import moving
from models.appointments import Appointment, Move
from models.audit import AuditEvent
from models.claims import not_me
from models.database import Busy, write_tx
from models.holds import Hold, HoldState
from models.judging import Actor
from models.moving import move
from models.outbox import Letter
from models.people import Account
from models.receipts import Receipt, Result
from models.slots import SlotDay
from models.verifying import breaches
from models.wishes import Asked
from tests.models.builders import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SECOND,
    choose,
    choose_and_confirm,
    confirm,
    counted,
    fresh,
    make_account,
    make_appointment,
    make_slot,
)


@pytest.fixture(autouse=True)
def _all_is_well_afterwards(any_database: Database) -> object:
    yield
    assert breaches() == []


def test_a_change_between_page_and_confirmation_stops_it_and_frees_the_place() -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    Appointment.update(version=2).where(Appointment.id == appointment.id).execute()
    assert confirm(appointment).result == Result.CHANGED_MEANWHILE
    assert fresh(slot).free == 1


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"status": "cancelled"}, "already-cancelled"),
        ({"status": "completed"}, "already-attended"),
        ({"moves_by_requestor": 2}, "moved-twice"),
        ({"place": "abroad"}, "collected-abroad"),
    ],
)
def test_what_changed_after_the_page_was_shown_is_judged_again(change: dict[str, Any], rule: str) -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    Appointment.update(change).where(Appointment.id == appointment.id).execute()
    if change.get("status") == "cancelled":
        Appointment.update(slot=None).where(Appointment.id == appointment.id).execute()
        SlotDay.update(free=1).where(SlotDay.day == appointment.slot.day).execute()
        type(slot).update(free=1).where(type(slot).id == appointment.slot_id).execute()
    answer = confirm(appointment)
    assert (answer.result, rule in answer.rules) == (Result.REFUSED, True)
    assert fresh(slot).free == 1


@pytest.mark.parametrize(
    ("before", "expected"), [(12 * HOUR, Result.MOVED), (12 * HOUR - SECOND, Result.REFUSED)]
)
def test_the_twelve_hours_end_with_the_clock_of_the_confirmation(before: timedelta, expected: Result) -> None:
    appointment, slot = make_appointment(in_hours=12.1), make_slot()
    starts_at = appointment.starts_at
    assert isinstance(choose(appointment, slot, now=starts_at - 12 * HOUR - MINUTE), Hold)
    assert confirm(appointment, now=starts_at - before).result == expected


@pytest.mark.parametrize(
    ("starts", "last_moment"),
    [
        (datetime(2026, 3, 8, 13, tzinfo=UTC), datetime(2026, 3, 8, 1, tzinfo=UTC)),  # 20:00 on the 7th
        (datetime(2026, 11, 1, 14, tzinfo=UTC), datetime(2026, 11, 1, 2, tzinfo=UTC)),  # 22:00 on 31 October
    ],
)
def test_twelve_hours_are_counted_as_they_pass_also_when_the_clocks_change(
    starts: datetime, last_moment: datetime
) -> None:
    appointment = make_appointment(starts_at=starts)
    later = make_slot(starts_at=starts + 7 * DAY)
    assert appointment.starts_local.endswith("09:00")
    refused = choose(appointment, later, "late", last_moment + SECOND)
    assert refused.rules == ["within-twelve-hours"]
    assert choose_and_confirm(appointment, later, "in time", last_moment).result == Result.MOVED


def test_a_third_move_is_refused() -> None:
    appointment, slots = make_appointment(), [make_slot(20 + n) for n in range(3)]
    results = [choose_and_confirm(appointment, slot, f"key {n}").result for n, slot in enumerate(slots)]
    assert results == [Result.MOVED, Result.MOVED, Result.REFUSED]


def test_moves_by_an_office_do_not_count_as_moves_by_the_person() -> None:
    appointment, slot = make_appointment(moves_by_requestor=1), make_slot()
    assert choose_and_confirm(appointment, slot).result == Result.MOVED


def test_changes_wait_while_the_contact_says_it_was_not_them() -> None:
    appointment, slot = make_appointment(), make_slot(places=2)
    choose(appointment, slot)
    until = not_me(appointment, NOW)
    answer = confirm(appointment)
    assert (answer.result, answer.body["frozen_until"]) == (Result.REFUSED, int(until.timestamp()))
    assert choose(appointment, slot, "again", until - SECOND).result == Result.REFUSED
    assert choose_and_confirm(appointment, slot, "later", until).result == Result.MOVED


def test_a_taken_place_does_not_hide_that_changes_are_paused() -> None:
    appointment = make_appointment()
    not_me(appointment, NOW)
    assert choose(appointment, make_slot(free=0, places=0)).result == Result.REFUSED


def test_a_representative_without_authority_moves_nothing() -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    asked = Asked(appointment.id, "key", Actor(make_account("Binh").id, "attorney"))
    assert move(asked, NOW).rules == ["authority-not-on-file"]


def test_an_appointment_without_a_slot_of_ours_is_moved_into_one() -> None:
    appointment = make_appointment()
    for counts in (type(appointment.slot), SlotDay):
        counts.update(free=1).execute()
    Appointment.update(slot=None).execute()
    assert choose_and_confirm(appointment, make_slot()).result == Result.MOVED


def test_swapping_two_times_takes_a_third_place_and_two_moves() -> None:
    one, other = make_appointment("Ana", 240), make_appointment("Binh", 264)
    between = make_slot()
    slots = one.slot, other.slot
    assert choose_and_confirm(one, between, "a").result == Result.MOVED
    assert choose_and_confirm(other, fresh(slots[0]), "b").result == Result.MOVED
    assert choose_and_confirm(one, fresh(slots[1]), "c").result == Result.MOVED


@pytest.mark.parametrize("point", moving.PAUSES)
def test_a_problem_at_any_point_leaves_everything_as_it_was(
    point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    counts = [counted(table) for table in (Move, Receipt, Letter, AuditEvent)]

    def trip(reached: str) -> None:
        if reached == point:
            raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(moving, "pause", trip)
        with pytest.raises(ZeroDivisionError):
            confirm(appointment)
    assert [count() for count in counts] == [0, 0, 0, 0]
    assert fresh(appointment) == appointment
    assert confirm(appointment).result == Result.MOVED


def test_a_pause_is_reached_in_the_order_of_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []
    monkeypatch.setattr(moving, "pause", reached.append)
    choose_and_confirm(make_appointment(), make_slot())
    assert tuple(reached) == moving.PAUSES


def test_nothing_is_written_outside_the_writing_transaction_of_a_move() -> None:
    appointment, slot = make_appointment(), make_slot()
    with pytest.raises(RuntimeError, match="does not nest"):
        write_tx(lambda: choose(appointment, slot))
    assert not issubclass(RuntimeError, Busy)


def test_a_wish_is_the_same_when_everything_asked_is_the_same() -> None:
    appointment, slot = make_appointment(), make_slot()
    first = choose(appointment, slot)
    wish = moving.wish_of(first)
    assert wish.content == dataclasses.replace(wish, seen_version=9, key="other").content
    for field, value in [
        ("slot_id", 0),
        ("good_cause", "x"),
        ("good_cause_details", "x"),
        ("address_changed", True),
    ]:
        assert wish.content != dataclasses.replace(wish, **{field: value}).content


def test_a_used_choice_stays_used() -> None:
    appointment, slot = make_appointment(), make_slot(places=2)
    choose_and_confirm(appointment, slot)
    moving.release(appointment.id, "key", NOW)
    assert Hold.get().state == HoldState.USED
    assert Account.select().count() == 1
