"""What has already happened in the demonstration, done through the same functions as everything that happens later."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.appointments import Appointment, CausedBy, Move
from models.database import write_tx
from models.demonstration.rows import wall_time
from models.judging import Actor
from models.moving import hold, move
from models.outbox import Letter
from models.people import Account
from models.slots import Slot
from models.wishes import Asked, Wish

MOVED_BY_BOTH = "PATH1015"
WAITS_FOR_REVIEW = "WAIT1016"


def live(now: datetime) -> None:
    """Give one appointment a history and leave the wish of another with the reviewers; the letters have gone out."""
    moved, waiting = _appointment(MOVED_BY_BOTH), _appointment(WAITS_FOR_REVIEW)
    write_tx(lambda: _moved_by_office(moved, now - timedelta(days=20)))
    _wish(moved, now + timedelta(days=20), "planned_travel", "", now - timedelta(days=2))
    reason = "The choir that I lead sings at the city's remembrance day that morning."
    _wish(waiting, now + timedelta(days=25), "other", reason, now - timedelta(hours=1))
    write_tx(lambda: Letter.update(sent_at=now).execute())


def _appointment(number: str) -> Appointment:
    appointment: Appointment = Appointment.get(Appointment.confirmation_number == number)
    return appointment


def _moved_by_office(appointment: Appointment, made_at: datetime) -> None:
    """A step of the history from before: the office moved everybody of that day by a week."""
    office, before = appointment.office, appointment.starts_at - timedelta(days=7)
    Move.create(
        appointment=appointment,
        number=1,
        caused_by=CausedBy.OFFICE,
        from_office=office,
        from_starts_at=before,
        from_local=wall_time(office, before),
        to_office=office,
        to_starts_at=appointment.starts_at,
        to_local=appointment.starts_local,
        made_at=made_at,
    )


def _wish(
    appointment: Appointment, after: datetime, good_cause: str, details: str, asked_at: datetime
) -> None:
    """Hold the first open place after an instant, and confirm it."""
    open_slots = Slot.select().where(Slot.office == appointment.office, Slot.free > 0, Slot.starts_at > after)
    slot = open_slots.order_by(Slot.starts_at).first()
    account = Account.get(Account.email == appointment.case.contact_email)
    actor, key = Actor(account.id, "self"), f"demonstration-{appointment.confirmation_number}"
    wish = Wish(key, slot.id, good_cause, details, False, appointment.version)
    hold(appointment.id, wish, actor, asked_at)
    move(Asked(appointment.id, key, actor), asked_at + timedelta(minutes=2))
