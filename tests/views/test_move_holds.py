"""The place held while one looks a choice over: more time, run out, given back, not somebody else's (SL, CF)."""

from typing import Any

import pytest
from flask import Flask

from models.appointments import Appointment
from models.holds import Hold, HoldState
from tests.conftest import Clock
from tests.models.builders import (
    MINUTE,
    NOW,
    SECOND,
    choose_and_confirm,
    fresh,
    make_appointment,
    make_slot,
)
from tests.pages import read, words
from tests.views.movers import Mover, answer, durable

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def appointment(database: Any) -> Appointment:
    return make_appointment()


@pytest.fixture
def mover(app: Flask, appointment: Appointment) -> Mover:
    return Mover(app, appointment)


def test_minutes_left_are_those_of_the_moment_the_page_was_made(mover: Mover, clock: Clock) -> None:
    mover.choose(make_slot())
    clock.set(NOW + 8 * MINUTE + 30 * SECOND)
    page = mover.review()
    assert "1 more minute." in words(page.select_one(".hold"))
    assert len(page.select(".hold rect.a")) == 1


def test_sl_51_more_time_is_given_once(mover: Mover, clock: Clock) -> None:
    mover.choose(make_slot())
    clock.set(NOW + 5 * MINUTE)
    for _ in range(2):
        response = mover.client.post(f"{mover.address}/renew", data=mover.confirmation())
        assert (response.status_code, response.location) == (303, f"{mover.address}/review")
    assert Hold.get().until == NOW + 15 * MINUTE
    page = mover.review()
    assert not page.find("form", action=f"{mover.address}/renew")
    clock.set(NOW + 8 * MINUTE)
    mover.client.post(f"{mover.address}/renew", data=mover.confirmation())
    assert Hold.get().until == NOW + 15 * MINUTE


def test_sl_51_a_hold_that_has_run_out_is_said_kindly_and_confirming_tries_anew(
    mover: Mover, appointment: Appointment, clock: Clock
) -> None:
    slot = make_slot()
    mover.choose(slot)
    clock.set(NOW + 10 * MINUTE)
    assert "You can still confirm" in words(mover.review().select_one(".hold"))
    assert mover.confirm(mover.confirmation()).status_code == 303
    assert fresh(appointment).slot_id == slot.id


def test_sl_51_a_hold_that_has_run_out_may_find_its_place_gone(mover: Mover, clock: Clock) -> None:
    slot = make_slot()
    mover.choose(slot)
    form = mover.confirmation()
    clock.set(NOW + 11 * MINUTE)
    choose_and_confirm(make_appointment("Binh", in_hours=300), slot, "binh", NOW + 11 * MINUTE)
    assert words(mover.review().select_one("[data-rule=new-slot-unavailable] b"))
    response = mover.confirm(form)
    assert answer(response) == ("place_taken", [])
    assert read(response).select_one("input[name=good_cause][checked]")["value"] == "planned_travel"


def test_sl_51_a_hold_belongs_to_the_account_that_made_it(
    app: Flask, mover: Mover, appointment: Appointment
) -> None:
    mover.choose(make_slot())
    other = Mover(app, appointment, "Binh")
    response = other.client.get(f"{other.address}/review")
    assert (response.status_code, response.location) == (303, f"{other.address}?again=1")
    assert "We hold no new place" in words(other.page("?again=1"))


def test_the_old_time_is_kept_by_a_button_of_its_own(mover: Mover, appointment: Appointment) -> None:
    slot = make_slot()
    mover.choose(slot)
    form, page = mover.confirmation(), mover.review()
    assert words(page.select_one(f'button[formaction="{mover.address}/release"]')) == "Keep my old time"
    response = mover.client.post(f"{mover.address}/release", data=form)
    assert (response.status_code, response.location) == (303, f"/appointments/{appointment.reference}")
    assert (fresh(slot).free, Hold.get().state) == (1, HoldState.RELEASED)
    assert mover.client.get(f"{mover.address}/review").status_code == 303


def test_without_a_choice_there_is_nothing_to_look_over(mover: Mover) -> None:
    response = mover.client.get(f"{mover.address}/review")
    assert (response.status_code, response.location) == (303, f"{mover.address}?again=1")


def test_a_moved_appointment_has_nothing_left_to_look_over(mover: Mover) -> None:
    mover.choose(make_slot())
    mover.confirm(mover.confirmation())
    assert mover.client.get(f"{mover.address}/review").status_code == 303


@pytest.mark.parametrize("key", ["", "unknown-key-of-nobody", "x\0y" * 9, "k" * 5000, "a:granted" * 3])
def test_a_key_that_stands_for_nothing_has_expired(mover: Mover, key: str) -> None:
    mover.choose(make_slot())
    form = mover.confirmation(key=key)
    before = durable()
    response = mover.confirm(form)
    assert (response.status_code, "Nothing was changed" in response.text) == (400, True)
    for end in ("release", "renew"):
        assert mover.client.post(f"{mover.address}/{end}", data=form).status_code == 303
    assert durable() == before


def test_another_appointments_key_moves_nothing(app: Flask, mover: Mover) -> None:
    mover.choose(make_slot())
    other = Mover(app, make_appointment("Binh", in_hours=300), "Binh")
    other.choose(make_slot(in_days=21))
    before = durable()
    assert other.confirm(other.confirmation(key=mover.confirmation()["key"])).status_code == 400
    assert durable() == before


@pytest.mark.parametrize("end", ["review", "release", "renew"])
@pytest.mark.parametrize("token", ["", "wrong"], ids=["CF-01", "CF-02"])
def test_a_post_without_its_token_changes_nothing(mover: Mover, end: str, token: str) -> None:
    mover.choose(make_slot())
    form = mover.confirmation(csrf_token=token)
    before = durable()
    response = mover.client.post(f"{mover.address}/{end}", data=form)
    assert (response.status_code, durable()) == (400, before)


@pytest.mark.parametrize("end", ["", "/review", "/release", "/renew"])
def test_who_has_no_claim_posts_into_nothing(app: Flask, mover: Mover, end: str) -> None:
    mover.choose(make_slot())
    form = mover.confirmation()
    stranger = Mover(app, make_appointment("Binh", in_hours=300), "Binh")
    form["csrf_token"] = stranger.form()["csrf_token"]
    before = durable()
    assert stranger.client.post(mover.address + end, data=form).status_code == 404
    assert durable() == before


def test_twenty_holds_an_hour_are_enough(mover: Mover) -> None:
    slots = [make_slot(), make_slot(in_days=21)]
    statuses = [mover.choose(slots[number % 2]).status_code for number in range(21)]
    assert statuses == [303] * 20 + [429]
