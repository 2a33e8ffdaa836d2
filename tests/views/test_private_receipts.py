"""The private receipt page: each result in its own words, with times, reasons, and the way on."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from models.appointments import Appointment
from models.claims import not_me
from models.deciding import decline, grant, lapse_reviews
from models.receipts import Receipt
from models.reviews import Review
from tests.conftest import Clock
from tests.models.builders import DAY, NOW, choose, choose_and_confirm, confirm, make_appointment, make_slot
from tests.pages import StrictClient, words
from tests.views.visitors import found_by, page_of, rules, sign_in

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def mine() -> Appointment:
    return make_appointment()


@pytest.fixture
def visitor(client: StrictClient, mine: Appointment) -> StrictClient:
    return found_by(client, mine)


def shown(visitor: StrictClient, receipt: Receipt) -> BeautifulSoup:
    """The page of a receipt, which must carry its result and its code."""
    page = visitor.page(f"{page_of(receipt.appointment)}/receipts/{receipt.key}")
    marked = page.find(attrs={"data-result": True})
    assert (marked["data-result"], marked["data-code"]) == (receipt.result, receipt.code)
    return page


def wish_for_review(mine: Appointment) -> Receipt:
    choose(mine, make_slot(in_days=20), good_cause="other", good_cause_details="my own words")
    receipt = confirm(mine)
    assert receipt is not None
    return receipt


def test_moved_says_done_with_the_notice_and_both_clocks(visitor: StrictClient, mine: Appointment) -> None:
    page = shown(visitor, choose_and_confirm(mine, make_slot(in_days=20)))
    assert words(page.h1) == "Done. You are expected on Tuesday 3 February, 2:00 pm."
    said = words(page)
    for part in (
        "Your old time on Saturday 24 January, 2:00 pm is given back.", "We sent this to a•••@example.org.",
        "Wed 14 Jan 2026, 2:00 pm EST", "2026-01-14 19:00:00 UTC", "You, signed in as a•••@example.org",
    ):  # fmt: skip
        assert part in said
    assert page.find(class_="notice")
    for below in ("notice", "calendar.ics"):
        assert page.find("a", href=f"{page_of(mine)}/{below}", class_="btn")


def test_every_rule_that_was_looked_at_is_named(visitor: StrictClient, mine: Appointment) -> None:
    page = shown(visitor, choose_and_confirm(mine, make_slot(in_days=20)))
    listed = [words(item) for item in page.details.find_all("li")]
    assert len(listed) >= 20
    assert all(item.startswith("Does not apply:") for item in listed)
    assert page.details.find("a", href="/rules/biometrics#moved-twice")


def test_a_receipt_of_a_time_that_is_no_longer_yours_says_so(
    visitor: StrictClient, mine: Appointment
) -> None:
    first = choose_and_confirm(mine, make_slot(in_days=20), key="first")
    choose_and_confirm(mine, make_slot(in_days=25), key="second")
    page = shown(visitor, first)
    assert "The appointment was changed again after this receipt." in words(page)
    assert not page.find(class_="notice")


def test_refused_gives_each_reason_its_way_out_and_a_script_for_the_phone(client: StrictClient) -> None:
    mine = make_appointment(in_hours=2, moves_by_requestor=2)
    page = shown(found_by(client, mine), choose(mine, make_slot(in_days=20)))
    assert rules(page) == ["moved-twice", "within-twelve-hours"]
    assert all(reason.find(class_="out") for reason in page.find_all(attrs={"data-rule": True}))
    said = words(page)
    assert "Nothing has changed. You are still expected on Wednesday 14 January, 4:00 pm in New York" in said
    assert "It could not be moved to Tuesday 3 February, 2:00 pm." in said
    assert page.find("a", href="tel:+18003755283", class_="btn")
    assert Receipt.get().code in words(page.find(id="script"))
    assert "Applies:" in words(page.details)


def test_refused_while_changes_are_paused_says_until_when(visitor: StrictClient, mine: Appointment) -> None:
    not_me(mine, NOW)
    page = shown(visitor, choose(mine, make_slot(in_days=20)))
    assert "Changes are paused until Thursday 15 January, 2:00 pm" in words(page)
    assert rules(page) == []


def test_place_taken_offers_to_choose_another(visitor: StrictClient, mine: Appointment) -> None:
    page = shown(visitor, choose(mine, make_slot(in_days=20, free=0)))
    assert words(page.h1) == "Somebody else took the place on Tuesday 3 February, 2:00 pm just before you."
    assert "Nothing has changed." in words(page)
    assert page.find("a", href=f"{page_of(mine)}/move", class_="btn")


def test_changed_meanwhile_shows_the_time_that_counts(visitor: StrictClient, mine: Appointment) -> None:
    page = shown(visitor, choose(mine, make_slot(in_days=20), seen_version=mine.version + 1))
    assert "Something had changed while you were choosing" in words(page.h1)
    assert "You are still expected on Saturday 24 January, 2:00 pm" in words(page)
    assert page.find("a", href=f"{page_of(mine)}/move", class_="btn")


def test_sent_for_review_never_looks_like_a_move(visitor: StrictClient, mine: Appointment) -> None:
    page = shown(visitor, wish_for_review(mine))
    assert words(page.h1) == "We sent your wish to a person. Nothing has changed yet."
    said = words(page)
    assert "You asked for Tuesday 3 February, 2:00 pm in New York." in said
    assert "answer by Saturday 17 January, 2:00 pm at the latest" in said
    assert "You are still expected on Saturday 24 January, 2:00 pm" in said
    assert not page.find(class_="notice")


def decide_yes(review: Review) -> None:
    assert grant(review, "desk", NOW)


def decide_no(review: Review) -> None:
    assert decline(review, "desk", "No <b>proof</b> came.", NOW)


def decide_nothing(review: Review) -> None:
    assert lapse_reviews(NOW + 3 * DAY) == 1


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (decide_yes, "A person looked at your wish and said yes."),
        (decide_no, "could not say yes. You keep your time."),
        (decide_no, "No <b>proof</b> came."),
        (decide_nothing, "Nobody could decide in time"),
    ],
)
def test_what_became_of_a_wish_is_told(
    visitor: StrictClient, mine: Appointment, decide: Any, said: str
) -> None:
    receipt = wish_for_review(mine)
    decide(Review.get())
    assert said in words(shown(visitor, receipt))


def test_a_granted_wish_has_a_receipt_of_its_own(visitor: StrictClient, mine: Appointment) -> None:
    wish_for_review(mine)
    moved = grant(Review.get(), "desk", NOW)
    assert moved is not None
    assert "Done. You are expected on" in words(shown(visitor, moved))


def test_the_receipt_of_a_granted_wish_names_the_new_time_and_leads_to_its_receipt(
    visitor: StrictClient, mine: Appointment
) -> None:
    asked = wish_for_review(mine)
    moved = grant(Review.get(), "desk", NOW)
    page = shown(visitor, asked)
    assert "It was moved to Tuesday 3 February, 2:00 pm in New York." in words(page)
    way = page.find("a", string="See the receipt of the move")
    assert moved is not None
    assert moved.code in words(visitor.page(way["href"]))


def test_a_wish_past_its_time_is_not_said_to_wait(
    visitor: StrictClient, mine: Appointment, clock: Clock
) -> None:
    receipt = wish_for_review(mine)
    clock.set(NOW + 72 * HOUR)
    sign_in(visitor)
    assert "Nobody could decide in time" in words(shown(visitor, receipt))


def test_the_proof_stays_the_same_after_the_facts_have_changed(client: StrictClient, clock: Clock) -> None:
    mine = make_appointment(in_hours=2)
    receipt = choose(mine, make_slot(in_days=20))
    clock.set(NOW + 30 * DAY)
    page = shown(found_by(client, mine), receipt)
    assert rules(page) == ["within-twelve-hours"]


@pytest.mark.parametrize("key", ["no-such-key", "key%00", "..", "key/../other", "k" * 2000])
def test_a_key_that_stands_for_nothing_is_not_found(
    visitor: StrictClient, mine: Appointment, key: str
) -> None:
    assert visitor.get(f"{page_of(mine)}/receipts/{key}").status_code == 404


def test_a_key_of_another_appointment_opens_nothing_here(visitor: StrictClient, mine: Appointment) -> None:
    other = make_appointment("Binh")
    receipt = choose_and_confirm(other, make_slot(in_days=20))
    assert visitor.get(f"{page_of(mine)}/receipts/{receipt.key}").status_code == 404
    assert visitor.get(f"{page_of(other)}/receipts/{receipt.key}").status_code == 404


def test_a_stranger_sees_no_receipt(app: Flask, mine: Appointment) -> None:
    receipt = choose_and_confirm(mine, make_slot(in_days=20))
    address = f"{page_of(mine)}/receipts/{receipt.key}"
    assert sign_in(app.test_client(), "stranger@example.org").get(address).status_code == 404
    assert app.test_client().get(address).status_code == 303
