"""Choosing a place, with and without the order of steps (reliability.md SL)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from models.appointments import Appointment
from models.holds import Hold
from models.offices import Closure
from models.receipts import Receipt
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
from tests.pages import read, words
from tests.views.movers import Mover, answer, durable, faults

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(params=[False, True], ids=["form first", "step by step"])
def make_mover(app: Flask, request: pytest.FixtureRequest) -> Callable[..., Mover]:
    def make(appointment: Appointment, of: str = "Ana") -> Mover:
        return Mover(app, appointment, of, request.param)

    return make


@pytest.fixture
def appointment(database: Any) -> Appointment:
    return make_appointment()


def another_kind_of_office() -> int:
    return make_slot(office=make_office(kind="field_office")).id


def another_service() -> int:
    return make_slot(system="visit").id


def a_day_the_office_closed() -> int:
    slot = make_slot(in_days=22)
    Closure.create(office=slot.office, day=slot.day)
    return slot.id


def an_office_with_its_own_calendar() -> int:
    return make_slot(office=make_office(held="elsewhere")).id


def the_place_that_one_has() -> int:
    return Appointment.get().slot_id


FAULTY_SLOTS = {
    "SL-01 another kind of office": another_kind_of_office,
    "SL-02 another service": another_service,
    "SL-05 a day the office closed": a_day_the_office_closed,
    "SL-05 an office with its own calendar": an_office_with_its_own_calendar,
    "SL-06 a slot that never was": lambda: 999_999,
    "SL-07 negative": lambda: -1,
    "SL-10 exponent": lambda: "1e1",
    "SL-11 fraction": lambda: "1.5",
    "SL-12 letters": lambda: "abc",
    "SL-12 another script's digits": lambda: "١",
    "SL-15 5,000 digits": lambda: "9" * 5000,
    "SL-16 empty": lambda: "",
    "SL-16 left out": lambda: None,
    "SL-17 NUL": lambda: "1\0",
    "SL-22 the place that one has": the_place_that_one_has,
}


@pytest.mark.parametrize("wished", FAULTY_SLOTS.values(), ids=FAULTY_SLOTS)
def test_a_slot_that_cannot_be_wished_is_asked_for_again(
    make_mover: Callable[..., Mover], appointment: Appointment, wished: Callable[[], Any]
) -> None:
    mover, slot = make_mover(appointment), make_slot()
    form = mover.form(slot, slot=wished(), good_cause="life_event", good_cause_details="A wedding.")
    before = durable()
    response = mover.send(form)
    assert faults(response) == ["#slot"]
    assert durable() == before
    page = read(response)
    assert page.title.text.startswith("Please fix:")
    assert words(page.find("textarea")) == "A wedding."
    assert page.select_one("input[name=good_cause][checked]")["value"] == "life_event"
    assert page.find("input", {"name": "key"})["value"] != form["key"]


def test_the_places_of_another_office_of_the_kind_may_be_wished(
    make_mover: Callable[..., Mover], appointment: Appointment
) -> None:
    mover = make_mover(appointment)
    assert mover.choose(make_slot(office=make_office(city="Newark"))).status_code == 303
    assert "Another office" in words(mover.review())


def test_sl_20_a_slot_that_filled_up_meanwhile_is_said_to_be_gone_with_fresh_places(
    make_mover: Callable[..., Mover], appointment: Appointment
) -> None:
    mover, slot = make_mover(appointment), make_slot()
    left = make_slot(in_days=20.1)
    form = mover.form(slot)
    choose_and_confirm(make_appointment("Binh", in_hours=300), slot, "binh")
    response = mover.send(form)
    assert answer(response) == ("place_taken", [])
    page = read(response)
    assert [tile["value"] for tile in page.select("#slots input[type=radio]")] == [str(left.id)]
    assert page.find("input", {"name": "key"})["value"] != form["key"]
    assert fresh(appointment).version == appointment.version


def test_sl_21_a_page_older_than_another_tabs_change_says_so(
    make_mover: Callable[..., Mover], appointment: Appointment
) -> None:
    mover, slot, other = make_mover(appointment), make_slot(), make_slot(in_days=21)
    form = mover.form(slot)
    choose_and_confirm(appointment, other, "other tab")
    assert answer(mover.send(form)) == ("changed_meanwhile", [])
    assert fresh(appointment).slot_id == other.id


REFUSED = {
    "SL-25 cancelled": ({"status": "cancelled"}, 240.0, "already-cancelled"),
    "SL-26 less than 12 hours away": ({}, 11.0, "within-twelve-hours"),
    "SL-27 a third move": ({"moves_by_requestor": 2}, 240.0, "moved-twice"),
}


@pytest.mark.parametrize(("changes", "in_hours", "rule"), REFUSED.values(), ids=REFUSED)
def test_what_the_rules_block_is_refused_with_its_reason_and_a_receipt(
    make_mover: Callable[..., Mover], database: Any, changes: dict[str, Any], in_hours: float, rule: str
) -> None:
    appointment = make_appointment(in_hours=in_hours, **changes)
    mover = make_mover(appointment)
    response = mover.choose(make_slot())
    result, rules = answer(response)
    assert (result, rules[0]) == ("refused", rule)
    assert read(response).select_one("#answer")["data-verdict"] == "blocked"
    assert Receipt.get().rules == rules
    assert not Hold.select().exists()
    assert "Nothing was changed" in words(read(response).select_one("#answer"))


@pytest.mark.parametrize(
    ("late", "status"), [(0 * SECOND, 303), (1 * SECOND, 409)], ids=["exactly", "a second late"]
)
def test_sl_46_the_last_moment_belongs_to_the_applicant(
    make_mover: Callable[..., Mover], database: Any, clock: Clock, late: timedelta, status: int
) -> None:
    appointment = make_appointment(in_hours=12.4)
    mover, slot = make_mover(appointment), make_slot()
    form = mover.form(slot)
    clock.set(appointment.starts_at - 12 * HOUR + late)
    assert mover.send(form).status_code == status


def test_a_time_that_has_begun_is_refused(
    make_mover: Callable[..., Mover], appointment: Appointment, clock: Clock
) -> None:
    mover, slot = make_mover(appointment), make_slot(in_days=0.005)
    form = mover.form(slot)
    clock.set(slot.starts_at)
    assert answer(mover.send(form)) == ("refused", ["new-slot-passed"])


def test_a_frozen_case_is_refused_with_the_time_until_when(
    make_mover: Callable[..., Mover], database: Any
) -> None:
    appointment = make_appointment(case={"frozen_until": NOW + DAY})
    response = make_mover(appointment).choose(make_slot())
    assert answer(response) == ("refused", [])
    assert "paused until Thursday 15 January" in words(read(response).select_one("#answer"))


def test_sl_32_of_two_people_at_the_last_place_one_holds_it(
    make_mover: Callable[..., Mover], appointment: Appointment
) -> None:
    slot = make_slot()
    one, two = make_mover(appointment), make_mover(make_appointment("Binh", in_hours=300), "Binh")
    forms = one.form(slot), two.form(slot)
    assert one.send(forms[0]).status_code == 303
    assert answer(two.send(forms[1])) == ("place_taken", [])
    assert fresh(slot).free == 0


def test_sl_30_the_same_choice_sent_twelve_times_holds_one_place(
    make_mover: Callable[..., Mover], appointment: Appointment
) -> None:
    mover, slot = make_mover(appointment), make_slot(places=12)
    form = mover.form(slot)
    assert [mover.send(form).status_code for _ in range(12)] == [303] * 12
    assert fresh(slot).free == 11


def test_sl_51_a_second_choice_gives_the_first_place_back(
    make_mover: Callable[..., Mover], appointment: Appointment
) -> None:
    mover, one, two = make_mover(appointment), make_slot(), make_slot(in_days=21)
    mover.choose(one)
    mover.choose(two)
    assert (fresh(one).free, fresh(two).free) == (1, 0)


def test_sl_45_another_persons_key_neither_blocks_nor_reveals(
    make_mover: Callable[..., Mover], appointment: Appointment
) -> None:
    slot = make_slot(places=2)
    one, two = make_mover(appointment), make_mover(make_appointment("Binh", in_hours=300), "Binh")
    form = one.form(slot)
    assert one.send(form).status_code == 303
    assert two.choose(slot, key=form["key"]).status_code == 303
    assert fresh(slot).free == 0


def test_sl_52_an_officer_closes_the_case_while_the_page_is_open(
    make_mover: Callable[..., Mover], appointment: Appointment
) -> None:
    mover, slot = make_mover(appointment), make_slot()
    form = mover.form(slot)
    assert read(mover.client.get(mover.address)).select_one("#verdict button")
    Appointment.update(status="completed").execute()
    assert answer(mover.send(form)) == ("refused", ["already-attended"])
