"""Wishes under review: nothing changes until somebody decides, and only one decision counts."""

from datetime import timedelta

import pytest
from peewee import Database

from models.appointments import Appointment
from models.audit import AuditEvent
from models.claims import not_me
from models.deciding import decline, grant, lapse_reviews
from models.holds import REVIEW_TIME, Hold, HoldKind, HoldState
from models.offices import Closure
from models.outbox import Letter
from models.people import Account
from models.receipts import Receipt, Result
from models.reviews import Review, ReviewState, waiting_review_of, waiting_reviews
from models.slots import Slot
from models.verifying import breaches
from tests.models.builders import (
    DAY,
    HOUR,
    NOW,
    SECOND,
    choose,
    choose_and_confirm,
    confirm,
    fresh,
    live_hold_of,
    make_appointment,
    make_slot,
)


@pytest.fixture(autouse=True)
def _all_is_well_afterwards(any_database: Database) -> object:
    yield
    assert breaches() == []


def ask(appointment: Appointment, slot: Slot, key: str = "key") -> Review:
    """A wish with a reason of its own, sent for review."""
    choose(appointment, slot, key, good_cause="other", good_cause_details="My bus does not run.")
    receipt = confirm(appointment, key)
    assert receipt is not None
    assert receipt.result == Result.SENT_FOR_REVIEW
    return Review.get(Review.receipt == receipt)


def test_a_wish_under_review_changes_nothing_yet_and_keeps_its_place() -> None:
    appointment, slot = make_appointment(), make_slot()
    review = ask(appointment, slot)
    assert fresh(appointment) == appointment
    assert (fresh(appointment).version, fresh(slot).free, fresh(appointment.slot).free) == (1, 0, 0)
    assert (review.rules, review.until) == (["other-reason"], NOW + REVIEW_TIME)
    assert Letter.get().kind == "sent_for_review"


@pytest.mark.parametrize(
    ("old_in", "new_in", "until"),
    [(10 * DAY, 20 * DAY, 3 * DAY), (2 * DAY, 20 * DAY, 2 * DAY), (10 * DAY, 1 * DAY, 1 * DAY)],
)
def test_a_place_is_kept_three_days_and_never_past_either_start(
    old_in: timedelta, new_in: timedelta, until: timedelta
) -> None:
    appointment = make_appointment(starts_at=NOW + old_in)
    assert ask(appointment, make_slot(starts_at=NOW + new_in)).until == NOW + until


def test_asking_again_with_the_same_key_asks_once() -> None:
    appointment, slot = make_appointment(), make_slot()
    ask(appointment, slot)
    confirm(appointment)
    assert (Review.select().count(), Receipt.select().count()) == (1, 1)


def test_a_granted_wish_moves_the_appointment_and_says_by_whom() -> None:
    appointment, slot = make_appointment(), make_slot()
    review = ask(appointment, slot)
    receipt = grant(review, "Officer 7", NOW + HOUR)
    assert (receipt.result, receipt.account.email) == (Result.MOVED, "ana@example.org")
    assert (fresh(appointment).slot, fresh(slot).free) == (slot, 0)
    decided = fresh(review)
    assert (decided.state, decided.decided_by, decided.decided_at) == (
        ReviewState.GRANTED,
        "Officer 7",
        NOW + HOUR,
    )
    assert AuditEvent.select().where(AuditEvent.what == "review-granted").count() == 1


def test_granting_twice_moves_once() -> None:
    review = ask(make_appointment(), make_slot())
    first, again = grant(review, "Officer 7", NOW), grant(review, "Officer 8", NOW)
    assert first.id == again.id
    assert fresh(review).decided_by == "Officer 7"
    assert grant(fresh(review), "Officer 8", NOW) is None


@pytest.mark.parametrize(("after", "moves"), [(REVIEW_TIME - SECOND, True), (REVIEW_TIME, False)])
def test_a_wish_can_be_granted_until_its_last_second(after: timedelta, moves: bool) -> None:
    review = ask(make_appointment(), make_slot())
    assert bool(grant(review, "Officer 7", NOW + after)) is moves


def test_granting_passes_what_was_reviewed_and_never_what_is_blocked() -> None:
    appointment, slot = make_appointment(), make_slot()
    review = ask(appointment, slot)
    until = not_me(appointment, NOW)
    assert grant(review, "Officer 7", NOW).result == Result.REFUSED
    assert (fresh(review).state, fresh(slot).free) == (ReviewState.WAITING, 0)
    assert grant(review, "Officer 7", until).result == Result.MOVED


def test_a_wish_for_a_day_that_closed_meanwhile_is_not_granted() -> None:
    review = ask(make_appointment(), make_slot())
    Closure.create(office=review.hold.slot.office, day=review.hold.slot.day)
    assert grant(review, "Officer 7", NOW).result == Result.PLACE_TAKEN
    assert fresh(review).state == ReviewState.WAITING


def test_what_nobody_reviewed_is_shown_before_it_can_be_granted() -> None:
    appointment = make_appointment()
    review = ask(appointment, make_slot())
    Appointment.update(place="homebound").where(Appointment.id == appointment.id).execute()
    assert grant(review, "Officer 7", NOW).result == Result.CHANGED_MEANWHILE
    waiting = waiting_review_of(appointment, NOW)
    assert (waiting.id, waiting.rules) == (review.id, ["mobile-collection", "other-reason"])
    assert grant(waiting, "Officer 7", NOW).result == Result.MOVED


def test_a_wish_is_not_granted_after_the_appointment_changed() -> None:
    appointment = make_appointment()
    review = ask(appointment, make_slot())
    Appointment.update(version=2).where(Appointment.id == appointment.id).execute()
    assert grant(review, "Officer 7", NOW).result == Result.CHANGED_MEANWHILE


def test_a_declined_wish_frees_the_place_and_tells_the_requestor_once() -> None:
    appointment, slot = make_appointment(), make_slot()
    review = ask(appointment, slot)
    assert decline(review, "Officer 7", "Please send a letter.", NOW)
    assert not decline(review, "Officer 8", "Again.", NOW)
    assert (fresh(slot).free, fresh(review).reason, fresh(review).decided_by) == (
        1, "Please send a letter.", "Officer 7",
    )  # fmt: skip
    assert Letter.select().where(Letter.kind == "review_declined").count() == 1


def test_what_was_declined_is_not_granted_by_somebody_with_an_old_page() -> None:
    appointment = make_appointment()
    review = ask(appointment, make_slot())
    decline(review, "Officer 7", "", NOW)
    assert grant(review, "Officer 8", NOW) is None
    assert fresh(appointment).version == 1


def test_what_was_granted_is_not_declined_by_somebody_with_an_old_page() -> None:
    review = ask(make_appointment(), make_slot())
    grant(review, "Officer 7", NOW)
    assert not decline(review, "Officer 8", "", NOW)
    assert Letter.select().where(Letter.kind == "review_declined").count() == 0


def test_a_new_wish_replaces_the_one_that_waits() -> None:
    appointment, one, other = make_appointment(), make_slot(20), make_slot(21)
    first = ask(appointment, one, "one")
    second = ask(appointment, other, "other")
    assert (fresh(first).state, fresh(second).state) == (ReviewState.REPLACED, ReviewState.WAITING)
    assert (fresh(one).free, fresh(other).free) == (1, 0)
    assert grant(first, "Officer 7", NOW) is None


def test_a_move_that_needs_no_review_replaces_the_wish_that_waits() -> None:
    appointment, wished = make_appointment(), make_slot(20)
    review = ask(appointment, wished, "one")
    assert choose_and_confirm(appointment, make_slot(21), "other").result == Result.MOVED
    assert (fresh(review).state, fresh(wished).free) == (ReviewState.REPLACED, 1)


def test_choosing_the_place_under_review_once_more_leaves_the_review_as_it_is() -> None:
    appointment, slot = make_appointment(), make_slot()
    review = ask(appointment, slot)
    assert choose(appointment, slot, "again").result == Result.PLACE_TAKEN
    assert fresh(review).is_waiting(NOW)
    assert live_hold_of(appointment, NOW, HoldKind.REVIEW) is not None


def test_looking_at_other_times_does_not_give_up_the_review() -> None:
    appointment, slot = make_appointment(), make_slot(20)
    review = ask(appointment, slot)
    choose(appointment, make_slot(21), "look")
    assert fresh(review).is_waiting(NOW)
    assert Hold.select().where(Hold.state == HoldState.LIVE).count() == 2


def test_a_wish_nobody_decided_lapses_with_a_letter_and_frees_its_place_once() -> None:
    slot = make_slot()
    review = ask(make_appointment(), slot)
    assert lapse_reviews(NOW + REVIEW_TIME - SECOND) == 0
    assert [lapse_reviews(NOW + REVIEW_TIME) for _ in range(2)] == [1, 0]
    assert (fresh(review).state, fresh(slot).free) == (ReviewState.LAPSED, 1)
    assert Letter.select().where(Letter.kind == "review_lapsed").count() == 1


def test_a_lapsed_place_is_open_before_anybody_sweeps() -> None:
    slot = make_slot()
    review = ask(make_appointment("Ana"), slot)
    later = NOW + REVIEW_TIME
    assert choose_and_confirm(make_appointment("Binh"), slot, now=later).result == Result.MOVED
    assert lapse_reviews(later) == 1
    assert fresh(review).state == ReviewState.LAPSED


def test_what_waits_is_listed_with_the_most_urgent_first() -> None:
    calm = ask(make_appointment("Ana", 240), make_slot(20))
    urgent = ask(make_appointment("Binh", 48), make_slot(21))
    assert waiting_reviews(NOW) == [urgent, calm]
    assert waiting_reviews(NOW + 2 * DAY) == [calm]


@pytest.mark.parametrize(
    ("phone", "reached"), [("+12025550199", ("sms", "+12025550199")), ("", ("email", "ana@example.org"))]
)
def test_the_answer_to_a_wish_comes_the_way_that_was_chosen(phone: str, reached: tuple[str, str]) -> None:
    appointment = make_appointment()
    review = ask(appointment, make_slot())
    Review.update(contact_by="sms").execute()
    Account.update(phone=phone).execute()
    lapse_reviews(review.until)
    letter = Letter.get(Letter.kind == "review_lapsed")
    assert (letter.way, letter.recipient) == reached
