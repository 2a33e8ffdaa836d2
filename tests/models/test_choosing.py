"""Which places can be chosen, and what a choice that cannot be is told."""

import pytest
from peewee import Database, IntegrityError

from models.holds import Hold, HoldState
from models.moving import hold
from models.offices import Closure, Office
from models.receipts import Receipt, Result
from models.slots import Slot
from models.verifying import breaches
from tests.models.builders import (
    DAY,
    HOUR,
    NOW,
    SECOND,
    actor_of,
    choose,
    choose_and_confirm,
    fresh,
    make_appointment,
    make_office,
    make_slot,
    wish_for,
)


@pytest.fixture(autouse=True)
def _all_is_well_afterwards(any_database: Database) -> object:
    yield
    assert breaches() == []


def test_the_time_one_has_already_cannot_be_chosen() -> None:
    appointment = make_appointment(slot=make_slot(places=3, free=2))
    answer = choose(appointment, fresh(appointment.slot))
    assert (answer.result, answer.rules) == (Result.REFUSED, ["new-slot-unavailable"])
    assert fresh(appointment.slot).free == 2


def test_a_time_of_another_system_cannot_be_chosen() -> None:
    answer = choose(make_appointment(), make_slot(system="visit"))
    assert (answer.result, answer.facts["new_slot_state"]) == (Result.PLACE_TAKEN, "closed")


@pytest.mark.parametrize("held", ["elsewhere", "here"])
def test_only_a_place_at_an_office_held_here_can_be_taken(held: str) -> None:
    appointment = make_appointment()
    answer = choose(appointment, make_slot(office=make_office(held=held)))
    assert isinstance(answer, Hold) == (held == "here")


def test_a_day_closed_after_the_page_was_shown_cannot_be_chosen() -> None:
    appointment, slot = make_appointment(), make_slot()
    Closure.create(office=slot.office, day=slot.day)
    assert choose(appointment, slot).facts["new_slot_state"] == "closed"


@pytest.mark.parametrize("which", ["the old office", "the new office"])
def test_nothing_is_held_while_an_office_is_paused(which: str) -> None:
    appointment, slot = make_appointment(), make_slot(office=make_office())
    office = appointment.office if which == "the old office" else slot.office
    Office.update(paused=True).where(Office.id == office.id).execute()
    assert "tool-down" in choose(appointment, slot).rules


def test_a_place_that_has_begun_cannot_be_chosen() -> None:
    appointment, slot = make_appointment(), make_slot(starts_at=NOW)
    assert choose(appointment, slot).rules == ["new-slot-passed"]
    assert isinstance(choose(appointment, slot, "earlier", NOW - SECOND), Hold)


def test_a_page_older_than_a_change_is_told_so_and_holds_nothing() -> None:
    appointment, slot = make_appointment(), make_slot()
    assert choose(appointment, slot, seen_version=0).result == Result.CHANGED_MEANWHILE
    assert fresh(slot).free == 1


def test_a_refused_form_sent_again_has_the_same_receipt() -> None:
    appointment, slot = make_appointment(in_hours=2), make_slot()
    first, again = choose(appointment, slot), choose(appointment, slot, now=NOW + HOUR)
    assert (first.id, first.result, Receipt.select().count()) == (again.id, Result.REFUSED, 1)
    assert first.rules == ["within-twelve-hours"]


def test_another_wish_under_an_answered_key_is_told_that_things_changed() -> None:
    appointment, slot = make_appointment(in_hours=2), make_slot()
    first = choose(appointment, slot)
    second = choose(appointment, slot, good_cause="travel")
    assert (first.result, second.result) == (Result.REFUSED, Result.CHANGED_MEANWHILE)
    assert second.key != first.key


def test_a_slot_that_never_was_is_no_silent_answer() -> None:
    appointment, slot = make_appointment(), make_slot()
    with pytest.raises(KeyError):
        hold(appointment.id, wish_for(appointment, slot, slot_id=10**9), actor_of(), NOW)


def test_the_database_itself_allows_one_live_hold_of_a_kind() -> None:
    appointment, slot = make_appointment(), make_slot(places=3)
    row = {**choose(appointment, slot).__data__, "id": None, "key": "another"}
    with pytest.raises(IntegrityError):
        Hold.create(**row)


@pytest.mark.parametrize("free", [-1, 2])
def test_the_database_itself_keeps_free_places_within_the_capacity(free: int) -> None:
    slot = make_slot(places=1)
    with pytest.raises(IntegrityError):
        Slot.update(free=free).where(Slot.id == slot.id).execute()


def test_a_hold_of_days_ago_is_no_place(any_database: Database) -> None:
    slot = make_slot()
    choose(make_appointment("Ana"), slot)
    taken = choose_and_confirm(make_appointment("Binh"), slot, now=NOW + 3 * DAY)
    assert taken.result == Result.MOVED
    assert Hold.select().where(Hold.state == HoldState.GIVEN_BACK).count() == 1
