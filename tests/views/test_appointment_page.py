"""The page of one appointment: the verdict first, its reasons, the ticket, what waits and what happened."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from models.appointments import Appointment, Status
from models.cases import Case
from models.claims import FREEZE_TIME, not_me
from models.holds import Hold
from models.moving import hold, move
from models.receipts import Receipt
from models.wishes import Asked
from tests.conftest import Clock
from tests.models.builders import (
    NOW,
    actor_of,
    choose_and_confirm,
    make_appointment,
    make_slot,
    wish_for,
)
from tests.pages import StrictClient, words
from tests.views.visitors import found_by, look_up, page_of, rules, sign_in, verdict

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

# facts of the appointment, the verdict, the rules in order
ANSWERS: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "nothing in the way": ({}, "allowed", []),
    "exactly 12 hours left": ({"in_hours": 12}, "allowed", []),
    "a minute less than 12 hours": ({"in_hours": 12 - 1 / 60}, "blocked", ["within-twelve-hours"]),
    "begun": ({"in_hours": 0}, "blocked", ["untimely"]),
    "moved twice": ({"moves_by_requestor": 2}, "blocked", ["moved-twice"]),
    "moved once": ({"moves_by_requestor": 1}, "allowed", []),
    "moved once by each side": (
        {"moves_by_requestor": 1, "moves_by_office": 1}, "needs_review", ["moved-twice-by-office"],
    ),
    "all at once": (
        {"in_hours": 2, "moves_by_requestor": 2, "case": {"form_or_visa_class": "I-589"}},
        "blocked", ["moved-twice", "within-twelve-hours", "asylum-clock"],
    ),
    "a form nobody listed": ({"case": {"form_or_visa_class": "X-1"}}, "needs_review", ["form-not-listed"]),
    "asylum": ({"case": {"form_or_visa_class": "I-589"}}, "allowed", ["asylum-clock"]),
    "attended": ({"status": Status.COMPLETED}, "blocked", ["already-attended"]),
    "cancelled": ({"status": Status.CANCELLED}, "blocked", ["already-cancelled"]),
    "in a jail": ({"place": "jail"}, "allowed", ["held-outside-dhs"]),
    "abroad": ({"place": "abroad"}, "blocked", ["collected-abroad"]),
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(("facts", "code", "slugs"), ANSWERS.values(), ids=ANSWERS)
def test_the_verdict_and_every_reason_are_on_the_page(
    client: StrictClient, facts: dict[str, Any], code: str, slugs: list[str]
) -> None:
    mine = make_appointment(**facts)
    page = found_by(client, mine).page(page_of(mine))
    assert (verdict(page), rules(page)) == (code, slugs)
    for reason in page.find_all(attrs={"data-rule": True}):
        assert "Source:" in words(reason)


def test_the_moment_of_the_flip_is_in_the_sentence_on_the_offices_clock(client: StrictClient) -> None:
    mine = make_appointment()
    page = found_by(client, mine).page(page_of(mine))
    moment = page.h1.find("time")
    assert moment["datetime"] == "2026-01-24T02:00:00-05:00"
    assert words(page.h1) == "You can move this appointment online until Saturday 24 January, 2:00 am."
    assert page.title.text.startswith(words(page.h1)[:20])
    assert "New York time (EST)" in words(page)


def test_the_answer_flips_while_the_page_lies_open(client: StrictClient, clock: Clock) -> None:
    mine = make_appointment(in_hours=12.25)
    found_by(client, mine)
    told = []
    for minutes in (15, 15 + 1 / 60):
        clock.set(NOW + minutes * MINUTE)
        told.append(verdict(client.page(page_of(mine))))
    assert told == ["allowed", "blocked"]


@pytest.mark.parametrize(
    ("facts", "way_on"),
    [
        ({}, True), ({"moves_by_requestor": 2}, False), ({"in_hours": 3}, False),
        ({"case": {"form_or_visa_class": "X-1"}}, True),
    ],
)  # fmt: skip
def test_a_new_time_can_be_chosen_only_where_no_rule_blocks_it(
    client: StrictClient, facts: dict[str, Any], way_on: bool
) -> None:
    mine = make_appointment(**facts)
    page = found_by(client, mine).page(page_of(mine))
    assert bool(page.find("a", href=f"{page_of(mine)}/move")) == way_on
    assert bool(page.find("a", href="tel:+18003755283", class_="btn")) != way_on


@pytest.mark.parametrize(
    ("used", "said"), [(0, "2 moves left"), (1, "1 move left"), (2, "no move left"), (5, "no move left")]
)
def test_the_ticket_counts_the_moves(client: StrictClient, used: int, said: str) -> None:
    mine = make_appointment(moves_by_requestor=used)
    page = found_by(client, mine).page(page_of(mine))
    assert said in words(page.find(class_="tkt"))
    assert len(page.find(class_="moves").find_all("li", class_="used")) == min(used, 2)


def test_what_to_bring_what_was_looked_at_and_what_is_still_to_answer(client: StrictClient) -> None:
    mine = make_appointment()
    page = found_by(client, mine).page(page_of(mine))
    assert "A valid photo ID" in words(page)
    assert "No rule stands in the way." in words(page)
    assert "your start time" in words(page.details)
    assert words(page.find(id="still-to-answer")).startswith("Still to answer: your reason")


def test_the_name_is_text_and_keeps_its_direction(client: StrictClient) -> None:
    mine = make_appointment()
    mine.person.given_name = "<b>Ana</b> حداد"
    mine.person.save()
    page = found_by(client, mine).page(page_of(mine))
    assert page.find("bdi").text == "<b>Ana</b> حداد Souza"


@pytest.mark.parametrize(
    "over", [{"status": Status.CANCELLED}, {"in_hours": -72}], ids=["cancelled", "missed"]
)
def test_an_appointment_that_is_over_offers_no_notice(client: StrictClient, over: dict[str, Any]) -> None:
    mine = make_appointment(**over)
    page = found_by(client, mine).page(page_of(mine))
    assert not page.find("a", href=f"{page_of(mine)}/notice")
    assert "You had" in words(page.find(class_="tkt"))


@pytest.mark.parametrize(("passed", "paused"), [(FREEZE_TIME - MINUTE, True), (FREEZE_TIME, False)])
def test_after_this_was_not_me_nothing_can_be_chosen_for_a_day(
    client: StrictClient, clock: Clock, passed: timedelta, paused: bool
) -> None:
    mine = make_appointment()
    not_me(mine, NOW)
    clock.set(NOW + passed)
    page = found_by(client, mine).page(page_of(mine))
    assert bool(page.find(id="frozen")) == paused
    assert bool(page.find("a", href=f"{page_of(mine)}/move")) != paused


@pytest.mark.parametrize(("in_hours", "mark"), [(240, "allowed"), (2, "blocked")])
def test_a_pause_is_said_first_and_leaves_the_judges_answer_and_reasons(
    client: StrictClient, in_hours: int, mark: str
) -> None:
    mine = make_appointment(in_hours=in_hours)
    not_me(mine, NOW)
    page = found_by(client, mine).page(page_of(mine))
    assert words(page.h1) == "Changes to this appointment are paused until Thursday 15 January, 2:00 pm."
    assert page.h1.b.time["datetime"] == "2026-01-15T14:00:00-05:00"
    assert verdict(page) == mark
    assert rules(page) == (["within-twelve-hours"] if mark == "blocked" else [])
    assert not page.select(".btn")


def send_for_review(mine: Appointment) -> Receipt:
    """A wish with a reason of its own, which a person has to look at."""
    wish = wish_for(mine, make_slot(in_days=20), good_cause="other", good_cause_details="my own words")
    assert isinstance(hold(mine.id, wish, actor_of(), NOW), Hold)
    receipt = move(Asked(mine.id, "key", actor_of()), NOW)
    assert receipt is not None
    return receipt


def test_a_wish_that_waits_says_that_nothing_has_changed(client: StrictClient) -> None:
    mine = make_appointment()
    send_for_review(mine)
    page = found_by(client, mine).page(page_of(mine))
    waiting = words(page.find(id="waiting"))
    assert "Nothing has changed yet." in waiting
    assert "Tuesday 3 February, 2:00 pm" in waiting
    assert "Saturday 17 January, 2:00 pm" in waiting
    assert page.find("a", href=f"{page_of(mine)}/move")


def test_a_wish_that_nobody_decided_in_time_waits_no_longer(client: StrictClient, clock: Clock) -> None:
    mine = make_appointment()
    send_for_review(mine)
    clock.set(NOW + 72 * HOUR)
    assert not found_by(client, mine).page(page_of(mine)).find(id="waiting")


def test_the_history_says_who_moved_it(client: StrictClient, app: Flask) -> None:
    mine = make_appointment()
    found_by(client, mine)
    choose_and_confirm(mine, make_slot(in_days=20))
    page = client.page(page_of(mine))
    history = words(page.find(id="history"))
    assert history.startswith("What happened so far By you: from Sat 24 Jan 2026, 2:00 pm")
    assert "1 move left" in words(page.find(class_="tkt"))
    receipt = Receipt.get()
    assert page.find(id="receipts").a["href"] == f"{page_of(mine)}/receipts/{receipt.key}"
    Case.update(contact_email="binh@example.org").execute()
    other = sign_in(app.test_client(), "binh@example.org")
    look_up(other, mine)
    assert "By somebody else who may act for it:" in words(other.page(page_of(mine)).find(id="history"))


def test_looking_changes_nothing(client: StrictClient, rows: Callable[[], Any]) -> None:
    mine = make_appointment()
    found_by(client, mine)
    before = rows()
    for below in ("", "/notice", "/calendar.ics"):
        client.get(page_of(mine) + below)
    assert rows() == before


@pytest.fixture
def rows() -> Callable[[], Any]:
    """How many rows each table has."""
    from models.database import BaseModel

    return lambda: {model.__name__: model.select().count() for model in BaseModel.__subclasses__()}


@pytest.mark.parametrize("header", ["HX-Target", "HX-Trigger", "HX-Current-URL"])
def test_what_htmx_says_of_itself_is_not_repeated(client: StrictClient, header: str) -> None:
    mine = make_appointment()
    answer = found_by(client, mine).get(page_of(mine), headers={header: "https://evil.example/"})
    assert "evil" not in answer.text


def test_the_page_is_there_in_spanish(client: StrictClient) -> None:
    mine = make_appointment()
    found_by(client, mine)
    answer = client.get(f"/language/es?next={page_of(mine)}")
    assert answer.location == page_of(mine)
    page = client.page(page_of(mine))
    assert page.html["lang"] == "es"
    assert "sábado" in words(page.h1)
    assert ".." not in words(page.h1)
