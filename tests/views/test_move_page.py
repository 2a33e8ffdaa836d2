"""The choose page without script: its links, what it keeps, who may see it (reliability.md SL, CF)."""

from typing import Any

import pytest
from flask import Flask

from models.appointments import Appointment, Claim
from models.slots import Slot
from tests.conftest import Clock
from tests.models.builders import (
    HOUR,
    NOW,
    SECOND,
    choose,
    make_appointment,
    make_office,
    make_slot,
)
from tests.pages import read, words
from tests.views.movers import ENDS, Mover, durable, sign_in

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def appointment(database: Any) -> Appointment:
    return make_appointment()


@pytest.mark.parametrize(
    "changes", [{"confirmed_at": None}, {"ended_at": NOW}], ids=["SL-35 pending", "SL-36 former"]
)
def test_who_has_no_standing_claim_finds_nothing(
    app: Flask, appointment: Appointment, changes: dict[str, Any]
) -> None:
    mover, slot = Mover(app, appointment), make_slot()
    form = mover.form(slot)
    Claim.update(changes).execute()
    before = durable()
    tries = [mover.send(form), *(mover.client.get(mover.address + end) for end in ENDS)]
    assert {response.status_code for response in tries} == {404}
    absent = mover.client.get("/appointments/nowhere/move")
    assert all(response.data == absent.data for response in tries)
    assert durable() == before


def test_sl_37_and_sl_40_reading_changes_nothing(app: Flask, appointment: Appointment) -> None:
    mover, slot = Mover(app, appointment), make_slot()
    form = mover.form(slot)
    before = durable()
    for end in ENDS:
        for headers in ({}, {"X-HTTP-Method-Override": "POST"}, {"HX-Request": "true"}):
            mover.client.get(mover.address + end, query_string=form, headers=headers)
    assert durable() == before


def test_sl_41_a_scraped_slot_list_meets_a_limit_that_says_so(app: Flask, appointment: Appointment) -> None:
    mover = Mover(app, appointment)
    answers = [mover.client.get(f"{mover.address}/slots?day=2026-01-20") for _ in range(61)]
    assert [response.status_code for response in answers] == [200] * 60 + [429]
    assert "limit" in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("strange", ["..", "%2e%2e", "ref-1;2", "ref-1%00", "x" * 5000])
def test_sl_42_a_strange_reference_is_no_page(app: Flask, appointment: Appointment, strange: str) -> None:
    mover = Mover(app, appointment)
    assert mover.client.get(f"/appointments/{strange}/move").status_code == 404


def test_a_page_without_a_key_of_ours_has_expired(app: Flask, appointment: Appointment) -> None:
    mover, slot = Mover(app, appointment), make_slot()
    form = mover.form(slot)
    before = durable()
    wrong: tuple[dict[str, Any], ...] = ({"key": ""}, {"key": "x:granted" * 3}, {"seen_version": "9" * 5000})
    for changes in wrong:
        assert mover.send(form | changes).status_code == 400
    assert durable() == before


@pytest.mark.parametrize(
    ("changes", "headers"),
    [
        ({"csrf_token": ""}, {}),
        ({"csrf_token": "wrong"}, {}),
        ({}, {"Origin": "https://evil.example"}),
        ({}, {"Origin": "null"}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
    ],
    ids=["CF-01 no token", "CF-02 wrong token", "CF-05 other origin", "CF-06 no origin", "CF-07 cross-site"],
)
def test_a_form_from_elsewhere_changes_nothing(
    app: Flask, appointment: Appointment, changes: dict[str, Any], headers: dict[str, str]
) -> None:
    mover, slot = Mover(app, appointment), make_slot()
    form = mover.form(slot) | changes
    before = durable()
    response = mover.client.post(mover.address, data=form, headers=headers)
    assert (response.status_code, durable()) == (400, before)


def test_show_keeps_everything_and_saves_nothing(app: Flask, appointment: Appointment) -> None:
    mover, slot, later = Mover(app, appointment, steps=True), make_slot(), make_slot(in_days=25)
    form = mover.form(
        slot, good_cause="other", good_cause_details="Kept.", address_changed="y", show=str(later.day)
    )
    before = durable()
    response = mover.send(form)
    page = read(response)
    assert (response.status_code, durable()) == (200, before)
    assert [tile["value"] for tile in page.select("#slots input[type=radio]")] == [str(later.id)]
    assert page.select_one("input[name=good_cause][checked]")["value"] == "other"
    assert words(page.find("textarea")) == "Kept."
    assert page.select_one("input[name=address_changed]").has_attr("checked")
    assert page.find("input", {"name": "key"})["value"] != form["key"]


def test_without_script_the_links_lead_from_office_to_day_to_times(
    app: Flask, appointment: Appointment
) -> None:
    slot = make_slot(office=make_office("XNK", city="Newark"))
    mover = Mover(app, appointment)
    page = mover.page("?office=asc-XNK")
    day = page.select_one("a.day")
    assert (words(day.find("b")), day["hx-target"]) == (str(slot.day.day), "#slots")
    page = mover.client.page(str(day["href"]).split("#")[0])
    assert page.select_one("#slots input[type=radio]")["value"] == str(slot.id)
    assert page.select_one("a.day[aria-current=date]")


def test_an_office_is_found_by_its_name_or_said_to_be_missing(app: Flask, appointment: Appointment) -> None:
    make_slot(office=make_office("XHF", city="Honolulu", region="HI"))
    mover = Mover(app, appointment)
    page = mover.page("?search=honol&office=asc-XNY")
    assert page.select_one("#office option[selected]")["value"] == "asc-XHF"
    assert page.select("a.day")
    assert "no office" in words(mover.page("?search=<b>Atlantis").select_one("#search-note"))


@pytest.mark.parametrize(
    "query", ["?office=asc-NOWHERE", "?month=2026-13", "?day=2026-02-30", "?day=0001-01-01", "?slot=x"]
)
def test_a_page_of_nonsense_begins_where_it_always_does(
    app: Flask, appointment: Appointment, query: str
) -> None:
    make_slot()
    assert Mover(app, appointment).page(query).select("a.day")


def test_the_present_time_is_not_offered(app: Flask, appointment: Appointment) -> None:
    Slot.update(free=1, capacity=2).where(Slot.id == appointment.slot_id).execute()
    mover = Mover(app, appointment)
    page = mover.page(f"?day={appointment.slot.day}")
    assert not page.select("#slots input[type=radio]")


def test_coming_back_finds_what_was_chosen(app: Flask, appointment: Appointment, clock: Clock) -> None:
    slot = make_slot(office=make_office("XNK", city="Newark"))
    mover = Mover(app, appointment)
    mover.choose(slot, good_cause="other", good_cause_details="As before.", address_changed="y")
    for moment in (NOW, NOW + HOUR / 2 - SECOND):  # the hold lives, then it has run out
        clock.set(moment)
        page = mover.page()
        assert page.select_one("#office option[selected]")["value"] == "asc-XNK"
        assert page.select_one("input[name=slot][checked]")["value"] == str(slot.id)
        assert words(page.find("textarea")) == "As before."
        assert page.select_one("input[name=address_changed]").has_attr("checked")


def test_somebody_elses_hold_is_not_shown(app: Flask, appointment: Appointment) -> None:
    choose(appointment, make_slot(), good_cause_details="private words")
    assert "private words" not in str(Mover(app, appointment, "Binh").page())


def test_an_appointment_of_another_calendar_is_not_moved_here(app: Flask, database: Any) -> None:
    office = make_office(held="elsewhere")
    appointment = make_appointment(slot=make_slot(office=office, free=0))
    mover = Mover(app, appointment)
    response = mover.client.get(mover.address)
    assert (response.status_code, response.location) == (303, f"/appointments/{appointment.reference}")


def test_a_parent_and_a_child_that_is_not_under_fourteen(app: Flask, database: Any) -> None:
    appointment = make_appointment()
    mover = Mover(app, appointment)
    Claim.update(acting_as="parent").execute()
    box = mover.client.fragment(f"{mover.address}/verdict?slot={make_slot().id}&good_cause=life_event")
    assert "child-not-under-fourteen" in {str(item["data-rule"]) for item in box.select("[data-rule]")}


def test_the_page_speaks_spanish(app: Flask, appointment: Appointment) -> None:
    slot = make_slot()
    mover = Mover(app, appointment)
    mover.account.language = "es"
    mover.account.save()
    page = sign_in(app, mover.account).page(f"{mover.address}?day={slot.day}")
    assert page.html["lang"] == "es"
    assert "martes 3 de febrero" in words(page.select_one("#slots"))
