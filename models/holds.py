"""Holds: a place kept for one appointment while a person looks the choice over, or while it is under review."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from peewee import SQL, BooleanField, Check, ForeignKeyField, IntegerField, TextField

from models.appointments import Appointment
from models.database import BaseModel, InstantField, for_update
from models.people import Account
from models.prepared import Prepared
from models.slots import Slot, give_back

HOLD_TIME = timedelta(minutes=10)
REVIEW_TIME = timedelta(days=3)


class HoldKind(StrEnum):
    """Why a place is kept."""

    CHOICE = "choice"
    REVIEW = "review"


class HoldState(StrEnum):
    """Only a live hold keeps a place; the others remember the choice that a form key stands for."""

    LIVE = "live"
    USED = "used"
    GIVEN_BACK = "given_back"
    RELEASED = "released"  # the person wished to keep the old time: confirming it later moves nothing


class Hold(BaseModel):
    """A choice (place, reason, what the person saw) under its form key; while live it counts as a taken place."""

    appointment = ForeignKeyField(Appointment, backref="holds", on_delete="RESTRICT", index=False)
    slot = ForeignKeyField(Slot, backref="holds", on_delete="RESTRICT", index=False)
    account = ForeignKeyField(Account, on_delete="RESTRICT", index=False)
    key = TextField()
    kind = TextField(default=HoldKind.CHOICE)
    state = TextField(default=HoldState.LIVE)
    good_cause = TextField()
    good_cause_details = TextField(default="")
    address_changed = BooleanField(default=False)
    seen_version = IntegerField()
    renewed = BooleanField(default=False)
    made_at = InstantField()
    until = InstantField()

    class Meta:
        indexes = ((("appointment", "key"), True),)
        constraints = (Check("state IN ('live', 'used', 'given_back', 'released')"),)

    def is_live(self, now: datetime) -> bool:
        """Whether it still keeps its place; decided when reading, no sweep needed."""
        return self.state == HoldState.LIVE and now < self.until


# one live hold of a kind for each appointment; few rows are live, so slots find theirs quickly
Hold.add_index(
    Hold.index(Hold.appointment, Hold.kind, unique=True, where=SQL("state = 'live'"), name="hold_live")
)
Hold.add_index(Hold.index(Hold.slot, Hold.until, where=SQL("state = 'live'"), name="hold_live_slot"))


def hold_of(appointment: Appointment, key: str) -> Hold | None:
    """The choice that a form key of this appointment stands for, live or not."""
    found = _OF_KEY.rows(appointment=appointment.id, key=key)
    return found[0] if found else None


_OF_KEY = Prepared(
    lambda appointment, key: Hold.select().where(Hold.appointment == appointment, Hold.key == key)
)


def live_holds_of(appointment: Appointment) -> list[Hold]:
    """The holds of an appointment whose places have not been given back, lapsed ones too."""
    return _LIVE.rows(appointment=appointment.id)


_LIVE = Prepared(
    lambda appointment: Hold.select().where(Hold.appointment == appointment, SQL("state = 'live'"))
)


def end_hold(hold: Hold, state: HoldState) -> None:
    """End a live hold: its place is used for the move, or given back. Call inside write_tx(), slot row locked."""
    ended = Hold.update(state=state).where(Hold.id == hold.id, Hold.state == HoldState.LIVE).execute()
    if ended and state != HoldState.USED:
        give_back(Slot.get_by_id(hold.slot_id))
    hold.state = state


def give_back_lapsed(slot_id: int, now: datetime) -> None:
    """Give back the places of a slot's lapsed holds. Call inside write_tx(), slot row locked."""
    for hold in _LAPSED.rows(slot=slot_id, now=now):
        end_hold(hold, HoldState.GIVEN_BACK)


_LAPSED = Prepared(
    lambda slot, now: for_update(
        Hold.select().where(Hold.slot == slot, SQL("state = 'live'"), Hold.until <= now).order_by(Hold.id)
    )
)
