"""What is asked of the calendar: a wish under its form key, and its confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.appointments import Appointment
from models.holds import Hold, HoldKind, HoldState
from models.judging import Actor
from models.outbox import Way
from models.receipts import content_digest, receipt_of
from models.reviews import Review


@dataclass(frozen=True)
class Wish:
    """What was asked under one form key, and which version of the appointment the person saw."""

    key: str
    slot_id: int
    good_cause: str
    good_cause_details: str
    address_changed: bool
    seen_version: int

    @property
    def content(self) -> str:
        """A digest of the wish, to tell a repeated form from another one under the same key."""
        return content_digest(
            slot=self.slot_id,
            good_cause=self.good_cause,
            details=self.good_cause_details,
            address_changed=self.address_changed,
        )


@dataclass(frozen=True)
class Asked:
    """A confirmation: the key of a held choice, by whom, and how to send the proof.

    `granted` is the review that a person decided for: its hits pass, a blocked one never does.
    """

    appointment_id: int
    key: str
    actor: Actor
    contact_by: Way = Way.EMAIL
    granted: Review | None = None
    granted_by: str = ""


def granted_key(key: str) -> str:
    """The key of the receipt of a move that a person granted; the key of the choice has its own receipt already."""
    return f"{key}:granted"


def wish_of(kept: Hold) -> Wish:
    """The wish that a hold remembers."""
    return Wish(
        key=kept.key,
        slot_id=kept.slot_id,
        good_cause=kept.good_cause,
        good_cause_details=kept.good_cause_details,
        address_changed=kept.address_changed,
        seen_version=kept.seen_version,
    )


def standing_choice(appointment: Appointment, account_id: int, now: datetime) -> Hold | None:
    """The latest choice of this account that was neither answered nor given up, its place still held or not."""
    mine = Hold.select().where(Hold.appointment == appointment, Hold.account == account_id)
    kept: Hold | None = mine.order_by(Hold.made_at.desc(), Hold.id.desc()).first()
    if kept is None or kept.kind != HoldKind.CHOICE or kept.state in (HoldState.USED, HoldState.RELEASED):
        return None
    if receipt_of(appointment, kept.key):
        return None
    given_up = kept.state == HoldState.GIVEN_BACK and now < kept.until
    return None if given_up else kept
