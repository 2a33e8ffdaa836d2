"""hold() and move(): the only code that changes an appointment, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from models import audit
from models.appointments import Appointment, CausedBy, Move, is_frozen, lock_appointment
from models.database import write_tx
from models.holds import (
    HOLD_TIME,
    Hold,
    HoldKind,
    HoldState,
    end_hold,
    give_back_lapsed,
    hold_of,
    live_holds_of,
)
from models.judging import Actor, Choice, Judgement, judge, local_text, slot_state
from models.receipts import Receipt, Result, receipt_of
from models.recording import Ground, refuse, write_receipt
from models.reviews import Review, ReviewState, end_waiting_review, must_be_seen_again, send_for_review
from models.rules import Verdict
from models.slots import Slot, give_back, lock_slots, take
from models.wishes import Asked, Wish, granted_key, wish_of

# named points of a move; tests stop the process at each and look at what is left
PAUSES = ("judged", "place-taken", "old-place-given-back", "appointment-moved", "receipt-written")
pause: Callable[[str], None] = lambda point: None  # noqa: E731 - a hook that tests replace


def hold(appointment_id: int, wish: Wish, actor: Actor, now: datetime) -> Hold | Receipt:
    """Judge a wish and keep its place for ten minutes; the hold, or the receipt of why not.

    KeyError when there is no such slot.
    """
    return write_tx(lambda: _hold(lock_appointment(appointment_id), wish, actor, now))


def move(asked: Asked, now: datetime) -> Receipt | None:
    """Move an appointment to the place of a held choice; the same receipt however often it is asked.

    None when the key stands for no choice of this appointment (nothing was changed).
    """
    return write_tx(lambda: _move(lock_appointment(asked.appointment_id), asked, now))


def release(appointment_id: int, key: str, now: datetime) -> None:
    """Give a held place back; the old time stays, also when the choice is confirmed later from an old page."""

    def work() -> None:
        kept = hold_of(lock_appointment(appointment_id), key)
        if kept and kept.kind == HoldKind.CHOICE:
            lock_slots(kept.slot_id)
            end_hold(kept, HoldState.RELEASED)
            lapsed = (Hold.id == kept.id) & (Hold.state == HoldState.GIVEN_BACK)
            Hold.update(state=HoldState.RELEASED).where(lapsed).execute()

    write_tx(work)


def renew(appointment_id: int, key: str, now: datetime) -> bool:
    """Keep a live hold for ten more minutes, once."""

    def work() -> bool:
        lock_appointment(appointment_id)
        renewed = Hold.update(until=now + HOLD_TIME, renewed=True).where(
            Hold.appointment == appointment_id,
            Hold.key == key,
            Hold.kind == HoldKind.CHOICE,
            Hold.state == HoldState.LIVE,
            Hold.until > now,
            ~Hold.renewed,
        )
        return bool(renewed.execute())

    return write_tx(work)


def _hold(appointment: Appointment, wish: Wish, actor: Actor, now: datetime) -> Hold | Receipt:
    ground = Ground(appointment, wish.key, wish.content, actor, now)
    known, kept = receipt_of(appointment, wish.key), hold_of(appointment, wish.key)
    if known and known.content == wish.content:
        return known
    if kept and kept.is_live(now) and wish_of(kept) == wish:
        return kept  # a double tap
    slot = _lock_places(appointment, wish)[wish.slot_id]
    judgement = _judge(ground, wish, slot)
    if known or _is_not_as_seen(appointment, wish):
        ground = ground.with_new_key() if known else ground
        return write_receipt(ground, Result.CHANGED_MEANWHILE, judgement, slot)
    if _stands_in_the_way(ground, judgement):
        return refuse(ground, judgement, slot)
    _give_up_choices(appointment)
    give_back_lapsed(slot.id, now)
    if not take(slot):
        return write_receipt(ground, Result.PLACE_TAKEN, judgement, slot)
    return _keep(ground, wish, kept)


def _keep(ground: Ground, wish: Wish, kept: Hold | None) -> Hold:
    """Write the hold of a place just taken; a key that already has one remembers the latest choice."""
    row = {
        "slot": wish.slot_id, "good_cause": wish.good_cause, "good_cause_details": wish.good_cause_details,
        "address_changed": wish.address_changed, "seen_version": wish.seen_version,
        "account": ground.actor.account_id, "made_at": ground.now, "until": ground.now + HOLD_TIME,
        "state": HoldState.LIVE, "renewed": False,
    }  # fmt: skip
    if kept is None:
        kept = Hold.create(appointment=ground.appointment, key=wish.key, **row)
    else:
        Hold.update(row).where(Hold.id == kept.id).execute()
    fresh: Hold = Hold.get_by_id(kept.id)
    return fresh


def _move(appointment: Appointment, asked: Asked, now: datetime) -> Receipt | None:
    key = granted_key(asked.key) if asked.granted else asked.key
    known, kept = receipt_of(appointment, key), hold_of(appointment, asked.key)
    if known or kept is None or not _still_waits(asked.granted, now):
        return known
    wish = wish_of(kept)
    ground = Ground(appointment, key, wish.content, asked.actor, now, asked.contact_by)
    slots = _lock_places(appointment, wish)
    slot = slots[wish.slot_id]
    judgement = _judge(ground, wish, slot, HoldKind(kept.kind))
    pause("judged")
    changed = (
        kept.state == HoldState.RELEASED
        or _is_not_as_seen(appointment, wish)
        or must_be_seen_again(asked.granted, judgement)
    )
    if changed or _stands_in_the_way(ground, judgement):
        ground = _let_go(ground, asked, kept)
        if changed:
            return write_receipt(ground, Result.CHANGED_MEANWHILE, judgement, slot)
        return refuse(ground, judgement, slot)
    if not _has_place(kept, slot, now):
        return write_receipt(ground, Result.PLACE_TAKEN, judgement, slot)
    _give_up_choices(appointment, but=kept)
    pause("place-taken")
    if judgement.outcome.verdict == Verdict.NEEDS_REVIEW and asked.granted is None:
        return send_for_review(ground, judgement, kept, slot)
    return _carry_out(ground, judgement, kept, slots, asked.granted_by)


def _lock_places(appointment: Appointment, wish: Wish) -> dict[int, Slot]:
    """Lock every slot that this submission may take from or give back to."""
    held = (kept.slot_id for kept in live_holds_of(appointment))
    return lock_slots(wish.slot_id, appointment.slot_id, *held)


def _has_place(kept: Hold, slot: Slot, now: datetime) -> bool:
    """Whether the hold still keeps its place, or the place can be had once more."""
    give_back_lapsed(slot.id, now)  # this one too
    if Hold.get_by_id(kept.id).is_live(now):  # read once more: another's clock may be ahead of ours
        return True
    _give_up_choices(kept.appointment, at=slot)  # it may be held under the key of another tab
    return take(slot)


def _give_up_choices(appointment: Appointment, *, but: Hold | None = None, at: Slot | None = None) -> None:
    """Give back what the appointment's other choices hold (only those of one slot, if named)."""
    for held in live_holds_of(appointment):
        if held.kind == HoldKind.CHOICE and held != but and (at is None or held.slot_id == at.id):
            end_hold(held, HoldState.GIVEN_BACK)


def _let_go(ground: Ground, asked: Asked, kept: Hold) -> Ground:
    """Give up a choice that may not be carried out; a wish under review waits on and may be granted later."""
    if asked.granted:
        return ground.with_new_key()
    end_hold(kept, HoldState.GIVEN_BACK)
    return ground


def _judge(ground: Ground, wish: Wish, slot: Slot, own: HoldKind = HoldKind.CHOICE) -> Judgement:
    """The judgement of the wish as it stands in this transaction, nothing left unanswered."""
    state = slot_state(slot, ground.appointment, ground.now, own)
    choice = Choice(wish.good_cause or None, wish.address_changed, slot, state)
    return judge(ground.appointment, ground.actor, ground.now, choice)


def _is_not_as_seen(appointment: Appointment, wish: Wish) -> bool:
    """Whether the page is out of date: another version, or a calendar that the agency has taken over meanwhile."""
    return wish.seen_version != appointment.version or not appointment.office.held_here


def _stands_in_the_way(ground: Ground, judgement: Judgement) -> bool:
    frozen = is_frozen(ground.appointment.case, ground.now)
    return frozen or judgement.outcome.verdict == Verdict.BLOCKED


def _still_waits(review: Review | None, now: datetime) -> bool:
    """Whether the review that grants this move can still be decided, read under the appointment's lock."""
    return review is None or bool(Review.get_by_id(review.id).is_waiting(now))


def _carry_out(
    ground: Ground, judgement: Judgement, kept: Hold, slots: dict[int, Slot], granted_by: str
) -> Receipt:
    """Give the old place back, move the appointment, write its history and the receipt."""
    appointment, now, slot = ground.appointment, ground.now, slots[kept.slot_id]
    Hold.update(state=HoldState.USED).where(Hold.id == kept.id).execute()
    ended = ReviewState.GRANTED if kept.kind == HoldKind.REVIEW else ReviewState.REPLACED
    end_waiting_review(appointment, ended, now, granted_by)
    if appointment.slot_id in slots:
        give_back(slots[appointment.slot_id])
    pause("old-place-given-back")
    step = _write_history(ground, kept, slot)
    appointment.office, appointment.slot, appointment.starts_at = slot.office, slot, slot.starts_at
    appointment.starts_local, appointment.scheduled_on = local_text(slot), slot.office.today(now)
    appointment.moves_by_requestor += 1
    appointment.version += 1
    appointment.save()
    pause("appointment-moved")
    receipt = write_receipt(ground, Result.MOVED, judgement, slot, step)
    if kept.kind == HoldKind.REVIEW:
        audit.record("review-granted", f"appointment:{appointment.id}", now, receipt=receipt.code)
    pause("receipt-written")
    return receipt


def _write_history(ground: Ground, kept: Hold, slot: Slot) -> Move:
    appointment = ground.appointment
    step: Move = Move.create(
        appointment=appointment,
        number=appointment.moves.count() + 1,
        caused_by=CausedBy.REQUESTOR,
        account=ground.actor.account_id,
        good_cause=kept.good_cause,
        good_cause_details=kept.good_cause_details,
        from_office=appointment.office_id,
        from_starts_at=appointment.starts_at,
        from_local=appointment.starts_local,
        to_office=slot.office_id,
        to_starts_at=slot.starts_at,
        to_local=local_text(slot),
        made_at=ground.now,
    )
    return step
