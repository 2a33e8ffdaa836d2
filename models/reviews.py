"""Wishes that a person has to look at first: waiting, decided, replaced or lapsed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from peewee import SQL, BooleanField, Check, ForeignKeyField, TextField

from models.appointments import Appointment
from models.database import BaseModel, InstantField, JsonField
from models.holds import REVIEW_TIME, Hold, HoldKind, HoldState, end_hold
from models.judging import Actor, Judgement
from models.people import Account
from models.receipts import Receipt, Result
from models.recording import Ground, write_receipt
from models.rules import Verdict
from models.slots import Slot


class ReviewState(StrEnum):
    """What has become of a wish sent for review."""

    WAITING = "waiting"
    GRANTED = "granted"
    DECLINED = "declined"
    REPLACED = "replaced"
    LAPSED = "lapsed"


class Review(BaseModel):
    """A wish under review. The old place stays; the wished one is held until `until`."""

    appointment = ForeignKeyField(Appointment, backref="reviews", on_delete="RESTRICT")
    hold = ForeignKeyField(Hold, on_delete="RESTRICT", index=False)
    receipt = ForeignKeyField(Receipt, on_delete="RESTRICT", index=False)
    actor_role = TextField()
    authority_on_file = BooleanField(default=False)
    account = ForeignKeyField(Account, backref="+", on_delete="RESTRICT", index=False)
    contact_by = TextField()
    rules = JsonField()
    state = TextField(default=ReviewState.WAITING)
    asked_at = InstantField()
    until = InstantField()
    decided_at = InstantField(null=True)
    decided_by = TextField(default="")
    reason = TextField(default="")

    class Meta:
        constraints = (Check("state IN ('waiting', 'granted', 'declined', 'replaced', 'lapsed')"),)

    @property
    def actor(self) -> Actor:
        """Who asked, as judged then and again when decided."""
        return Actor(self.account_id, self.actor_role, self.authority_on_file)

    def is_waiting(self, now: datetime) -> bool:
        """Whether it can still be decided."""
        return self.state == ReviewState.WAITING and now < self.until


Review.add_index(
    Review.index(Review.appointment, unique=True, where=SQL("state = 'waiting'"), name="review_waiting")
)


def waiting_review_of(appointment: Appointment, now: datetime) -> Review | None:
    """The appointment's wish that still waits for a decision."""
    review = Review.get_or_none(Review.appointment == appointment, Review.state == ReviewState.WAITING)
    return review if review and review.is_waiting(now) else None


def waiting_reviews(now: datetime) -> list[Review]:
    """Everything that waits for a decision, the most urgent first."""
    query = Review.select().where(Review.state == ReviewState.WAITING, Review.until > now)
    return list(query.order_by(Review.until))


def answer_due(appointment: Appointment, slot: Slot, now: datetime) -> datetime:
    """Until when a wish for this slot may wait: three days at most, never past the old start or the new one."""
    due: datetime = min(now + REVIEW_TIME, appointment.starts_at, slot.starts_at)
    return due


def send_for_review(ground: Ground, judgement: Judgement, kept: Hold, slot: Slot) -> Receipt:
    """Keep the wished place for the decision, three days at most and never past either start.

    Call inside write_tx(), the slots of all its live holds locked.
    """
    appointment, now = ground.appointment, ground.now
    end_waiting_review(appointment, ReviewState.REPLACED, now)
    until = answer_due(appointment, slot, now)
    Hold.update(kind=HoldKind.REVIEW, state=HoldState.LIVE, until=until).where(Hold.id == kept.id).execute()
    receipt = write_receipt(ground, Result.SENT_FOR_REVIEW, judgement, slot)
    Review.create(
        appointment=appointment,
        hold=kept,
        receipt=receipt,
        actor_role=ground.actor.role,
        authority_on_file=ground.actor.authority_on_file,
        account=ground.actor.account_id,
        contact_by=ground.contact_by,
        rules=_to_review(judgement),
        asked_at=now,
        until=until,
    )
    return receipt


def end_waiting_review(appointment: Appointment, state: ReviewState, now: datetime, by: str = "") -> None:
    """End the wish that waits, if any, and give its place back. Call inside write_tx(), its slot row locked."""
    review = Review.get_or_none(Review.appointment == appointment, Review.state == ReviewState.WAITING)
    if review is None:
        return
    Review.update(state=state, decided_at=now, decided_by=by).where(Review.id == review.id).execute()
    end_hold(review.hold, HoldState.GIVEN_BACK)


def must_be_seen_again(review: Review | None, judgement: Judgement) -> bool:
    """Whether a granted review meets something new to review; it is named then, for the next decision."""
    needed = _to_review(judgement)
    if review is None or set(needed) <= set(review.rules):
        return False
    Review.update(rules=needed).where(Review.id == review.id).execute()
    return True


def _to_review(judgement: Judgement) -> list[str]:
    return [hit.slug for hit in judgement.outcome.hits if hit.verdict == Verdict.NEEDS_REVIEW]
