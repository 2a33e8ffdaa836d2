"""Appointments whose calendar the agency keeps: verdict, reasons and channels, but no way to choose here."""

from typing import Any

import pytest

from models.appointments import Appointment
from models.holds import Hold
from tests.models.builders import (
    make_appointment,
    make_office,
    make_slot,
)
from tests.pages import StrictClient, words
from tests.views.visitors import found_by, page_of, rules, send, verdict

pytestmark = pytest.mark.usefixtures("clock")


def away(**changes: Any) -> Appointment:
    """An appointment whose calendar the agency keeps."""
    office = make_office(held="elsewhere", city="Baltimore")
    return make_appointment(slot=make_slot(office=office, in_days=10, free=0), **changes)


def test_held_elsewhere_shows_reasons_and_channels_and_no_way_to_choose(client: StrictClient) -> None:
    mine = away(moves_by_requestor=2)
    page = found_by(client, mine).page(page_of(mine))
    assert (verdict(page), rules(page)) == ("blocked", ["moved-twice"])
    assert not page.find("a", href=f"{page_of(mine)}/move")
    assert page.find("a", href="tel:+18003755283")
    assert "The agency keeps the calendar" in words(page)


@pytest.mark.parametrize(
    ("answers", "code", "slugs"),
    [
        ("", "allowed", []),
        ("?online_account=yes&tool_available=yes", "allowed", []),
        ("?online_account=no", "blocked", ["no-online-account"]),
        ("?tool_available=no", "blocked", ["tool-down"]),
        ("?online_account=maybe&tool_available=%00", "allowed", []),
        ("?status=completed&moves_by_requestor=2", "allowed", []),
    ],
)
def test_held_elsewhere_two_questions_make_the_answer_surer(
    client: StrictClient, answers: str, code: str, slugs: list[str]
) -> None:
    mine = away()
    page = found_by(client, mine).page(page_of(mine) + answers)
    assert (verdict(page), rules(page)) == (code, slugs)
    assert page.find(attrs={"name": "tool_available"}), "an answer can be taken back"


def test_held_elsewhere_nothing_is_asked_that_would_change_nothing(client: StrictClient) -> None:
    mine = away(moves_by_requestor=2)
    assert not found_by(client, mine).page(page_of(mine)).find(attrs={"name": "tool_available"})


def test_held_here_the_two_questions_are_not_asked_and_not_heard(client: StrictClient) -> None:
    mine = make_appointment()
    page = found_by(client, mine).page(f"{page_of(mine)}?tool_available=no&online_account=no")
    assert verdict(page) == "allowed"
    assert not page.main.find("form")


def test_a_paused_office_sends_people_to_the_telephone(client: StrictClient) -> None:
    mine = make_appointment(slot=make_slot(office=make_office(paused=True), free=0, in_days=10))
    page = found_by(client, mine).page(page_of(mine))
    assert (verdict(page), rules(page)) == ("blocked", ["tool-down"])


def test_held_elsewhere_no_place_here_can_be_asked_for_past_the_pages(client: StrictClient) -> None:
    mine, slot = away(), make_slot(in_days=20)
    asked = {"key": "a-key-that-no-page-made", "seen_version": mine.version, "slot": slot.id}
    person = found_by(client, mine)
    answer = send(
        person,
        f"{page_of(mine)}/move",
        on="/appointments/find",
        good_cause="illness_or_medical",
        good_cause_details="",
        **asked,
    )
    assert (answer.status_code, answer.location) == (303, page_of(mine))
    assert Hold.select().count() == 0
