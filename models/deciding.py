"""Deciding what was sent for review: grant it, decline it, or let it lapse."""

from __future__ import annotations

from datetime import datetime

from models import audit, outbox
from models.appointments import lock_appointment
from models.database import write_tx
from models.moving import move
from models.outbox import Way
from models.receipts import Receipt
from models.reviews import Review, ReviewState, end_waiting_review
from models.slots import lock_slots
from models.telling import way_to
from models.wishes import Asked


def grant(review: Review, by: str, now: datetime) -> Receipt | None:
    """Move the appointment as wished. The rules are judged again: a blocked one refuses it even now.

    A refused one waits on: what is in the way today may be gone tomorrow. None when the review
    was decided, replaced or lapsed meanwhile.
    """
    if not review.is_waiting(now):
        return None
    asked = Asked(
        appointment_id=review.appointment_id,
        key=review.hold.key,
        actor=review.actor,
        contact_by=Way(review.contact_by),
        granted=review,
        granted_by=by,
    )
    return move(asked, now)


def decline(review: Review, by: str, reason: str, now: datetime) -> bool:
    """Keep the old time, give the wished place back and write the requestor why."""
    return write_tx(lambda: _end(review, ReviewState.DECLINED, by, reason, now))


def lapse_reviews(now: datetime) -> int:
    """End the reviews nobody decided in time and write the requestors; how many. Safe to repeat."""
    late = list(Review.select().where(Review.state == ReviewState.WAITING, Review.until <= now))
    return sum(_lapse(review, now) for review in late)


def _lapse(review: Review, now: datetime) -> bool:
    return write_tx(lambda: _end(review, ReviewState.LAPSED, "", "", now))


def _end(review: Review, state: ReviewState, by: str, reason: str, now: datetime) -> bool:
    """End it with a letter that says so, unless somebody else was quicker."""
    appointment = lock_appointment(review.appointment_id)
    lock_slots(review.hold.slot_id)
    if not Review.select().where(Review.id == review.id, Review.state == ReviewState.WAITING).exists():
        return False
    Review.update(reason=reason).where(Review.id == review.id).execute()
    end_waiting_review(appointment, state, now, by)
    way, to = way_to(review.account, appointment, Way(review.contact_by))
    outbox.post(
        f"review:{review.id}:{state}", f"review_{state}", to, now, way=way,
        language=review.account.language, appointment=appointment.id, receipt=review.receipt_id, reason=reason,
    )  # fmt: skip
    audit.record(f"review-{state}", f"appointment:{appointment.id}", now, review=review.id)
    return True
