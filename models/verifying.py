"""The invariants, checked over the rows as they stand: what `verify` prints and tests demand to be empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

from peewee import SQL, fn

from models import audit
from models.appointments import Appointment, CausedBy, Move, Status
from models.database import read_tx, rows_of
from models.holds import Hold, HoldKind, HoldState
from models.outbox import Letter
from models.receipts import Receipt, Result
from models.reviews import Review, ReviewState
from models.slots import Slot, SlotDay


def breaches() -> list[str]:
    """Every broken invariant in words for the operator; empty when all is well.

    Read at one moment, so that a move that commits meanwhile is seen whole or not at all.
    """
    checks = (places, days, whereabouts, histories, receipts, reviews, audit.breaches)
    return read_tx(lambda: [breach for check in checks for breach in check()])


def places() -> Iterator[str]:
    """Free places + live holds + appointments = capacity, in every slot."""
    taken = _counts(Appointment.slot, Appointment.status != Status.CANCELLED)
    held = _counts(Hold.slot, Hold.state == HoldState.LIVE)
    for slot in Slot.select().order_by(Slot.id).iterator():
        used = taken.get(slot.id, 0) + held.get(slot.id, 0)
        if slot.free + used != slot.capacity:
            yield f"slot {slot.id}: {slot.free} free and {used} in use of {slot.capacity}"


def days() -> Iterator[str]:
    """The day table says what its slots say."""
    group = (Slot.office, Slot.system, Slot.day)
    sums = Slot.select(*group, fn.SUM(Slot.free), fn.SUM(Slot.capacity)).group_by(*group)
    told = SlotDay.select(SlotDay.office, SlotDay.system, SlotDay.day, SlotDay.free, SlotDay.capacity)
    differing = {*rows_of(sums)} ^ {*rows_of(told)}
    for office, system, day in sorted({row[:3] for row in differing}):
        yield f"office {office}, {system}: the day table and the slots of {day} differ"


def whereabouts() -> Iterator[str]:
    """An appointment with a slot is at the slot's office and time."""
    astray = (Slot.starts_at != Appointment.starts_at) | (Slot.office != Appointment.office)
    for appointment in Appointment.select(Appointment.id).join(Slot).where(astray).order_by(Appointment.id):
        yield f"appointment {appointment.id}: it is not where its slot is"


def histories() -> Iterator[str]:
    """Steps are numbered without gaps, follow one another, and end where the appointment is."""
    steps: dict[int, list[Move]] = {}
    for step in Move.select().order_by(Move.appointment, Move.number):
        steps.setdefault(step.appointment_id, []).append(step)
    moved = Appointment.select().where(Appointment.id.in_(Move.select(Move.appointment)))
    for appointment in moved.order_by(Appointment.id):
        for fault in _faults_of(steps[appointment.id], appointment):
            yield f"appointment {appointment.id}: {fault}"


def _faults_of(moves: list[Move], appointment: Appointment) -> Iterator[str]:
    if [step.number for step in moves] != list(range(1, len(moves) + 1)):
        yield "its moves are not numbered from 1 without gaps"
    if any(_end(before) != _start(after) for before, after in pairwise(moves)):
        yield "a move does not begin where the one before it ended"
    if _end(moves[-1]) != (appointment.office_id, appointment.starts_at):
        yield "it is not where its last move led"
    if sum(step.caused_by == CausedBy.REQUESTOR for step in moves) > appointment.moves_by_requestor:
        yield "fewer moves counted than made"


def _start(step: Move) -> tuple[int, datetime]:
    return step.from_office_id, step.from_starts_at


def _end(step: Move) -> tuple[int, datetime]:
    return step.to_office_id, step.to_starts_at


def receipts() -> Iterator[str]:
    """Every move of a requestor has its receipt and every such receipt its move and its letter."""
    with_receipt = Receipt.select(Receipt.move).where(Receipt.move.is_null(False))
    without = Move.select(Move.id).where(Move.caused_by == CausedBy.REQUESTOR, Move.id.not_in(with_receipt))
    for step in without.order_by(Move.id):
        yield f"move {step.id}: it has no receipt"
    letters = Letter.select(Letter.key).where(Letter.key.startswith("receipt:"))
    told = {key.split(":")[1] for (key,) in rows_of(letters)}
    for receipt in Receipt.select().where(Receipt.result == Result.MOVED).order_by(Receipt.id):
        if receipt.move_id is None:
            yield f"receipt {receipt.code}: it says moved and names no move"
        if receipt.code not in told:
            yield f"receipt {receipt.code}: nobody was told"


def reviews() -> Iterator[str]:
    """A wish that waits has its place held for it, or has waited too long; it never had its place used."""
    waiting = Review.select(Review, Hold).join(Hold).where(Review.state == ReviewState.WAITING)
    for review in waiting.order_by(Review.id):
        if review.hold.state == HoldState.USED:
            yield f"review {review.id}: it waits, but its place was used"
        elif review.hold.kind != HoldKind.REVIEW or review.hold.until != review.until:
            yield f"review {review.id}: its place is not held for it"
    held = Hold.select(Hold.id).where(Hold.kind == HoldKind.REVIEW, Hold.state == HoldState.LIVE)
    known = Review.select(Review.hold).where(Review.state == ReviewState.WAITING)
    for hold in held.where(Hold.id.not_in(known)).order_by(Hold.id):
        yield f"hold {hold.id}: it is kept for a review that does not wait"


def _counts(slot_field: Any, condition: Any) -> dict[Any, Any]:
    query = slot_field.model.select(slot_field, fn.COUNT(SQL("*"))).where(
        condition, slot_field.is_null(False)
    )
    return dict(rows_of(query.group_by(slot_field)))
