"""Each invariant, broken by hand, is named; a check that cannot fail is no check."""

from collections.abc import Callable
from typing import Any

import pytest
from peewee import Database

from models.appointments import Appointment, Move
from models.audit import AuditEvent
from models.holds import Hold, HoldKind, HoldState
from models.moving import move
from models.outbox import Letter
from models.receipts import Receipt, Result
from models.reviews import Review, ReviewState
from models.slots import Slot, SlotDay
from models.verifying import breaches
from models.wishes import Asked
from tests.models.builders import (
    HOUR,
    NOW,
    actor_of,
    choose,
    choose_and_confirm,
    make_appointment,
    make_office,
    make_slot,
)

MOVED, HELD, WISHED = "moved", "held", "wished"


@pytest.fixture(autouse=True)
def busy_office(database: Database) -> dict[str, Slot]:
    """One who moved twice, one who holds a place, one who waits for a decision."""
    slots = {name: make_slot(20 + index, places=3) for index, name in enumerate((MOVED, HELD, WISHED))}
    mover = make_appointment("Ana", 240)
    choose_and_confirm(mover, make_slot(30), "first")
    choose_and_confirm(mover, slots[MOVED], "second")
    choose(make_appointment("Binh", 250), slots[HELD])
    wisher = make_appointment("Chidi", 260)
    choose(wisher, slots[WISHED], good_cause="other")
    move(Asked(wisher.id, "key", actor_of()), NOW)
    assert breaches() == []
    return slots


def update(model: Any, values: dict[str, Any], which: Any = None) -> Callable[[], Any]:
    """Change rows behind the back of everything that keeps them in step."""
    return lambda: model.update(values).where(which if which is not None else model.id > 0).execute()


def mover(**values: Any) -> Callable[[], Any]:
    return update(Appointment, values, Appointment.moves_by_requestor == 2)


def second_move(**values: Any) -> Callable[[], Any]:
    return update(Move, values, Move.number == 2)


def another_office(field: Any, which: Any) -> None:
    field.model.update({field: make_office()}).where(which).execute()


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (update(Slot, {"free": 0}), "free and"),
        (update(Slot, {"capacity": 9}), "in use of 9"),
        (update(Hold, {"state": HoldState.GIVEN_BACK}, Hold.kind == HoldKind.CHOICE), "in use of"),
        (update(SlotDay, {"free": 0}), "the day table and the slots"),
        (update(SlotDay, {"capacity": 99}), "the day table and the slots"),
        (lambda: SlotDay.delete().execute(), "the day table and the slots"),
        (mover(starts_at=NOW), "it is not where its slot is"),
        (
            lambda: another_office(Appointment.office, Appointment.moves_by_requestor == 2),
            "it is not where its slot is",
        ),
        (mover(starts_at=NOW), "it is not where its last move led"),
        (mover(moves_by_requestor=1), "fewer moves counted than made"),
        (second_move(number=3), "not numbered from 1 without gaps"),
        (second_move(from_starts_at=NOW), "does not begin where the one before it ended"),
        (
            lambda: another_office(Move.from_office, Move.number == 2),
            "does not begin where the one before it ended",
        ),
        (second_move(to_starts_at=NOW + HOUR), "it is not where its last move led"),
        (update(Receipt, {"move": None}), "it has no receipt"),
        (update(Receipt, {"move": None}), "it says moved and names no move"),
        (update(Letter, {"key": "receipt:another:requestor"}, Letter.id == 1), "nobody was told"),
        (lambda: Letter.delete().execute(), "nobody was told"),
        (update(Hold, {"state": HoldState.USED}, Hold.kind == HoldKind.REVIEW), "its place was used"),
        (update(Hold, {"until": NOW}, Hold.kind == HoldKind.REVIEW), "its place is not held for it"),
        (update(Review, {"state": ReviewState.DECLINED}), "a review that does not wait"),
        (update(AuditEvent, {"what": "nothing"}), "audit: event 1 was changed"),
    ],
)
def test_what_was_tampered_with_is_named(tamper: Callable[[], Any], words: str) -> None:
    tamper()
    assert any(words in breach for breach in breaches()), breaches()


def test_a_cancelled_appointment_needs_its_place_no_more(busy_office: dict[str, Slot]) -> None:
    mover(status="cancelled")()
    assert breaches() == [f"slot {busy_office[MOVED].id}: 2 free and 0 in use of 3"]
    update(Slot, {"free": 3}, Slot.id == busy_office[MOVED].id)()
    update(SlotDay, {"free": 3}, SlotDay.day == busy_office[MOVED].day)()
    assert breaches() == []


def test_a_move_by_the_office_needs_no_receipt() -> None:
    Receipt.update(move=None, result=Result.REFUSED).execute()
    Move.update(caused_by="office").execute()
    mover(moves_by_requestor=0)()
    assert breaches() == []
