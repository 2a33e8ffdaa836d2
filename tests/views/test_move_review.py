"""Looking a choice over, confirming it, keeping the old time (reliability.md SL, GC)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from models.appointments import Appointment, Move
from models.cases import Case
from models.outbox import Letter
from models.people import Account
from models.receipts import Receipt
from models.reviews import Review
from tests.conftest import Clock
from tests.models.builders import (
    DAY,
    HOUR,
    NOW,
    SECOND,
    choose_and_confirm,
    fresh,
    make_appointment,
    make_office,
    make_slot,
)
from tests.pages import words
from tests.views.movers import Mover, answer, durable, faults

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def appointment(database: Any) -> Appointment:
    return make_appointment()


@pytest.fixture
def mover(app: Flask, appointment: Appointment) -> Mover:
    return Mover(app, appointment)


def test_a_choice_leads_to_its_review_and_its_confirmation_to_the_receipt(
    mover: Mover, appointment: Appointment
) -> None:
    slot = make_slot()
    response = mover.choose(slot)
    assert (response.status_code, response.location) == (303, f"{mover.address}/review")
    form = mover.confirmation()
    response = mover.confirm(form)
    receipt = Receipt.get()
    assert (response.status_code, receipt.result, receipt.key) == (303, "moved", form["key"])
    assert response.location == f"/appointments/{appointment.reference}/receipts/{form['key']}"
    assert (fresh(appointment).slot_id, fresh(appointment).moves_by_requestor) == (slot.id, 1)


def test_the_key_stands_in_no_address(mover: Mover) -> None:
    mover.choose(make_slot())
    form, page = mover.confirmation(), mover.review()
    assert form["key"] not in str([tag.get("href") or tag.get("action") for tag in page.select("a, form")])


def test_the_page_shows_old_and_new_the_cost_and_until_when_the_new_one_can_be_moved(mover: Mover) -> None:
    mover.choose(make_slot(), good_cause_details="A <b>trip</b>", address_changed="y")
    page = mover.review()
    said = words(page.main)
    assert "We hold the new place for you until 2:10 pm EST, 10 more minutes." in said
    assert [words(date) for date in page.select(".pair .date")] == [
        "Sat 24 Jan 20262:00 pm EST",
        "Tue 3 Feb 20262:00 pm EST",
    ]
    assert "Same office, 10 days later." in said
    assert [words(move) for move in page.select(".moves li span")] == [
        "Move 1 of 2This one is used up",
        "Move 2Stays yours",
    ]
    assert "You can move the new one online until Tuesday 3 February, 2:00 am EST." in said
    assert "time limits start over" in said
    assert "Your reason: a trip you planned before." in said
    assert "A <b>trip</b>" in said
    assert "Tell the agency your new address" in said


def test_the_last_move_says_that_it_is_the_last(app: Flask, database: Any) -> None:
    mover = Mover(app, make_appointment(moves_by_requestor=1))
    mover.choose(make_slot())
    said = words(mover.review().main)
    assert "Move 2 of 2" in said
    assert "You cannot move the new one online again." in said


def test_the_change_of_hours_is_counted_as_time_really_passes(app: Flask, database: Any) -> None:
    """SL-47: 9:00 am on 8 March 2026 in New York closes at 8:00 pm on 7 March."""
    mover = Mover(app, make_appointment())
    mover.choose(make_slot(starts_at=datetime(2026, 3, 8, 13, tzinfo=UTC)))
    assert "online until Saturday 7 March, 8:00 pm EST" in words(mover.review().main)


def test_sl_30_a_confirmation_sent_twelve_times_moves_once(mover: Mover, appointment: Appointment) -> None:
    mover.choose(make_slot(places=12))
    form = mover.confirmation()
    answers = [mover.confirm(form) for _ in range(12)]
    assert {(response.status_code, response.location) for response in answers} == {
        (303, f"/appointments/{appointment.reference}/receipts/{form['key']}")
    }
    assert (Move.select().count(), Letter.select().count()) == (1, 1)


def test_a_choice_sent_again_after_its_confirmation_leads_to_the_receipt(mover: Mover) -> None:
    choice = mover.form(make_slot())
    mover.send(choice)
    mover.confirm(mover.confirmation())
    assert f"/receipts/{choice['key']}" in str(mover.send(choice).location)


def test_sl_31_of_eight_tabs_one_moves_and_the_others_see_what_changed(mover: Mover) -> None:
    slots = [make_slot(in_days=20 + tab) for tab in range(8)]
    confirmations = []
    for slot in slots:
        mover.choose(slot)
        confirmations.append(mover.confirmation())
    statuses = [mover.confirm(form).status_code for form in confirmations]
    assert statuses == [303] + [409] * 7
    assert (Move.select().count(), Letter.select().count()) == (1, 1)


def test_sl_21_a_change_in_another_tab_is_told_before_anything_moves(
    mover: Mover, appointment: Appointment
) -> None:
    other = make_slot(in_days=21)
    mover.choose(make_slot())
    form = mover.confirmation()
    choose_and_confirm(appointment, other, "other tab")
    assert answer(mover.confirm(form)) == ("changed_meanwhile", [])
    assert fresh(appointment).slot_id == other.id


@pytest.mark.parametrize(
    ("status", "rule"),
    [("cancelled", "already-cancelled"), ("completed", "already-attended")],
    ids=["SL-25", "SL-52"],
)
def test_what_an_office_closed_after_the_choice_is_refused(mover: Mover, status: str, rule: str) -> None:
    mover.choose(make_slot())
    form = mover.confirmation()
    Appointment.update(status=status).execute()
    page = mover.review()
    assert page.select_one("[data-verdict]")["data-verdict"] == "blocked"
    response = mover.confirm(form)
    assert answer(response) == ("refused", [rule])
    assert answer(mover.confirm(form)) == ("refused", [rule])  # the same answer, however often it is asked
    assert Receipt.select().count() == 1


@pytest.mark.parametrize(
    ("late", "status"), [(0 * SECOND, 303), (SECOND, 409)], ids=["exactly", "a second late"]
)
def test_sl_46_the_last_moment_of_a_confirmation(
    app: Flask, database: Any, clock: Clock, late: timedelta, status: int
) -> None:
    appointment = make_appointment(in_hours=12.1)
    mover = Mover(app, appointment)
    mover.choose(make_slot())
    form = mover.confirmation()
    clock.set(appointment.starts_at - 12 * HOUR + late)
    assert mover.confirm(form).status_code == status


def other_reason(mover: Mover) -> None:
    mover.choose(make_slot(), good_cause="other", good_cause_details="My bus does not run.")


def test_a_wish_for_review_says_that_nothing_changes_and_until_when_it_is_held(
    mover: Mover, appointment: Appointment
) -> None:
    other_reason(mover)
    page = mover.review()
    assert page.select_one("[data-verdict]")["data-verdict"] == "needs_review"
    assert page.select_one("[data-rule]")["data-rule"] == "other-reason"
    assert "we hold the new place until Saturday 17 January, 2:00 pm at most" in words(page.main)
    response = mover.confirm(mover.confirmation())
    assert (response.status_code, Receipt.get().result, Review.select().count()) == (
        303,
        "sent_for_review",
        1,
    )
    assert fresh(appointment).version == appointment.version
    assert "A person is looking at your wish" in words(mover.page())


def test_a_wish_under_review_is_held_no_longer_than_until_the_old_start(app: Flask, database: Any) -> None:
    mover = Mover(app, make_appointment(in_hours=30))
    other_reason(mover)
    assert "until Thursday 15 January, 8:00 pm at most" in words(mover.review().main)


def test_text_messages_are_offered_only_where_number_and_sender_are_known(app: Flask, mover: Mover) -> None:
    mover.choose(make_slot())
    app.config["SMS_URL"] = "console:"
    assert "a•••@example.org" in words(mover.review().main)
    before = durable()
    assert faults(mover.confirm(mover.confirmation(contact_by="sms"))) == ["#contact_by"]
    assert faults(mover.confirm(mover.confirmation(contact_by="pigeon"))) == ["#contact_by"]
    assert durable() == before
    Account.update(phone="+19085550118").execute()
    app.config["SMS_URL"] = ""
    assert "SMS" not in words(mover.review().main)
    app.config["SMS_URL"] = "console:"
    assert "SMS to the number ending in 18" in words(mover.review().main)
    assert mover.confirm(mover.confirmation(contact_by="sms")).status_code == 303
    assert Letter.get().way == "sms"


def test_changing_the_reason_loses_nothing(mover: Mover) -> None:
    slot = make_slot(office=make_office("XNK", city="Newark"))
    mover.choose(slot, good_cause_details="Kept.")
    change = mover.review().find("a", string="Change")
    page = mover.client.page(str(change["href"]).split("#")[0])
    assert page.select_one("input[name=slot][checked]")["value"] == str(slot.id)
    assert words(page.find("textarea")) == "Kept."


def test_the_days_between_are_counted_in_both_directions(app: Flask, database: Any) -> None:
    mover = Mover(app, make_appointment(in_hours=240))
    said: list[str] = []
    for slot in (make_slot(in_days=9), make_slot(starts_at=NOW + 10 * DAY + HOUR), make_slot(in_days=11)):
        mover.choose(slot)
        said.append(words(mover.review().select(".pair .soft")[1]))
    assert said == ["Same office, 1 day earlier.", "Same office, same day.", "Same office, 1 day later."]


def test_a_blocked_choice_leaves_only_another_time_or_the_old_one(mover: Mover) -> None:
    mover.choose(make_slot())
    Appointment.update(status="cancelled").execute()
    page = mover.review()
    assert [words(press) for press in page.select(".presses .btn")] == [
        "Choose another time",
        "Keep my old time",
    ]


def test_paused_changes_are_said_before_one_confirms(mover: Mover) -> None:
    mover.choose(make_slot())
    Case.update(frozen_until=NOW + DAY).execute()
    assert "paused until Thursday 15 January" in words(mover.review().main)
    assert answer(mover.confirm(mover.confirmation())) == ("refused", [])
