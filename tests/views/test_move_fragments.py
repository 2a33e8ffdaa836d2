"""The pieces of the choose page that htmx asks for (reliability.md HX)."""

from typing import Any

import pytest
from flask import Flask

from models.appointments import Appointment
from tests.models.builders import (
    make_appointment,
    make_slot,
)
from tests.pages import words
from tests.views.movers import ENDS, Mover

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def appointment(database: Any) -> Appointment:
    return make_appointment()


NONSENSE = ["/days?office=asc-X0", "/days?month=2026-13", "/slots?day=2026-02-30", "/slots?day=9999-12-31"]
NONSENSE += ["/verdict?slot=-1", "/verdict?good_cause=because", "/slots?office=" + "x" * 3000]


@pytest.mark.parametrize("end", NONSENSE)
def test_a_fragment_of_nonsense_is_one_sentence(app: Flask, appointment: Appointment, end: str) -> None:
    mover = Mover(app, appointment)
    assert len(mover.client.fragment(mover.address + end, 422).find_all("p")) == 1


def test_a_fragment_is_the_block_of_its_page(app: Flask, appointment: Appointment) -> None:
    slot = make_slot(places=3)
    mover = Mover(app, appointment)
    place = f"office={slot.office.slug}&day={slot.day}"
    chosen = f"slot={slot.id}&good_cause=planned_travel"
    page = mover.client.get(f"{mover.address}?{place}&{chosen}").text
    for end, query in (("days", place), ("slots", f"{place}&{chosen}"), ("verdict", chosen)):
        fragment = mover.client.get(f"{mover.address}/{end}?{query}", headers={"HX-Request": "true"})
        assert fragment.text.strip() in page, end
        assert (fragment.headers["Cache-Control"], "HX-Request" in fragment.vary) == ("no-store", True)


def test_no_address_of_the_page_carries_what_belongs_in_the_form(
    app: Flask, appointment: Appointment
) -> None:
    slot = make_slot()
    mover = Mover(app, appointment)
    page = mover.page(f"?day={slot.day}")
    for tag in page.select("[hx-get]"):
        asked = f"{tag['hx-get']} {tag.get('hx-include', '')}"
        assert not [name for name in ("key", "details", "csrf", "version") if name in asked]


@pytest.mark.parametrize("end", ENDS)
def test_hx_01_02_12_a_stranger_is_sent_to_the_sign_in(
    app: Flask, appointment: Appointment, end: str
) -> None:
    stranger, day = app.test_client(), make_slot().day
    address = f"/appointments/{appointment.reference}/move{end}?day={day}"
    answers = stranger.get(address), stranger.get(address, headers={"HX-Request": "true"})
    assert [response.status_code for response in answers] == [303, 401]
    assert answers[1].headers["HX-Redirect"].startswith("/sign-in")
    assert "place" not in answers[0].text + answers[1].text


def test_hx_05_history_gets_the_whole_page(app: Flask, appointment: Appointment) -> None:
    mover = Mover(app, appointment)
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert mover.client.get(mover.address, headers=headers).text.startswith("<!doctype html>")


def test_hx_07_what_htmx_says_of_itself_is_not_repeated(app: Flask, appointment: Appointment) -> None:
    mover = Mover(app, appointment)
    script = '"><script>alert(1)</script>'
    headers = {"HX-Request": "true", "HX-Target": script, "HX-Trigger": script, "HX-Source": script}
    assert script not in mover.client.get(f"{mover.address}/slots", headers=headers).text


VERDICTS: dict[str, tuple[str, str | None, str]] = {
    "nothing chosen": ("", None, "Still to answer: your reason and the new time."),
    "a reason": ("good_cause=life_event", None, "Still to answer: the new time."),
    "a time": ("slot={slot}", None, "Still to answer: your reason."),
    "both": ("slot={slot}&good_cause=life_event", "allowed", "This will be move 1 of 2."),
    "another reason": ("slot={slot}&good_cause=other", "needs_review", "A person has to look at it first."),
}


@pytest.mark.parametrize(("query", "code", "said"), VERDICTS.values(), ids=VERDICTS)
def test_the_box_says_what_is_missing_or_what_the_rules_say(
    app: Flask, appointment: Appointment, query: str, code: str | None, said: str
) -> None:
    mover, slot = Mover(app, appointment), make_slot()
    box = mover.client.fragment(f"{mover.address}/verdict?{query.format(slot=slot.id)}")
    found = box.select_one("[data-verdict]")
    assert (found["data-verdict"] if found else None) == code
    assert said in words(box)
    assert bool(box.select_one(".box .mark")) == (code is not None)
    assert words(box.find("button")) == ("Ask for it" if code == "needs_review" else "Look it over")


def test_a_blocked_box_names_the_way_that_is_left_in_place_of_the_button(app: Flask, database: Any) -> None:
    mover = Mover(app, make_appointment(moves_by_requestor=2))
    box = mover.client.fragment(f"{mover.address}/verdict?slot={make_slot().id}&good_cause=life_event")
    assert box.select_one("[data-verdict]")["data-verdict"] == "blocked"
    assert [str(item["data-rule"]) for item in box.select("[data-rule]")] == ["moved-twice"]
    assert not box.find("button")
    assert str(box.find("a")["href"]).startswith("tel:")


def test_a_time_that_was_taken_leaves_the_button_for_another_one(
    app: Flask, appointment: Appointment
) -> None:
    mover, slot = Mover(app, appointment), make_slot(free=0)
    box = mover.client.fragment(f"{mover.address}/verdict?slot={slot.id}&good_cause=life_event")
    assert box.select_one("[data-rule]")["data-rule"] == "new-slot-unavailable"
    assert box.find("button")


def test_the_page_and_the_box_judge_alike(app: Flask, appointment: Appointment) -> None:
    mover, slot = Mover(app, appointment), make_slot()
    query = f"slot={slot.id}&good_cause=other"
    page = mover.page(f"?{query}").select_one("#verdict [data-verdict]")
    box = mover.client.fragment(f"{mover.address}/verdict?{query}").select_one("[data-verdict]")
    assert page["data-verdict"] == box["data-verdict"] == "needs_review"
