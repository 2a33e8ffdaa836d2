"""The reason for a move, with and without the order of steps (reliability.md GC)."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from models.appointments import Appointment
from models.holds import Hold
from tests.models.builders import (
    make_appointment,
    make_slot,
)
from tests.pages import read
from tests.views.movers import Mover, durable, faults

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(params=[False, True], ids=["form first", "step by step"])
def make_mover(app: Flask, request: pytest.FixtureRequest) -> Callable[..., Mover]:
    def make(appointment: Appointment, of: str = "Ana") -> Mover:
        return Mover(app, appointment, of, request.param)

    return make


@pytest.fixture
def appointment(database: Any) -> Appointment:
    return make_appointment()


FAULTY_REASONS: dict[str, tuple[dict[str, Any], str]] = {
    "GC-01 not on the list": ({"good_cause": "because"}, "#good_cause"),
    "GC-02 none": ({"good_cause": None}, "#good_cause"),
    "GC-02 empty": ({"good_cause": ""}, "#good_cause"),
    "GC-05 2,001 letters": ({"good_cause_details": "x" * 2001}, "#good_cause_details"),
    "GC-11 NUL": ({"good_cause_details": "a\0b"}, "#good_cause_details"),
    "another reason without words": (
        {"good_cause": "other", "good_cause_details": " \r\n "},
        "#good_cause_details",
    ),
}


@pytest.mark.parametrize(("changes", "field"), FAULTY_REASONS.values(), ids=FAULTY_REASONS)
def test_a_reason_that_cannot_be_taken_is_asked_for_again(
    make_mover: Callable[..., Mover], appointment: Appointment, changes: dict[str, Any], field: str
) -> None:
    mover, slot = make_mover(appointment), make_slot()
    form = mover.form(slot, **changes)
    before = durable()
    response = mover.send(form)
    assert faults(response) == [field]
    assert durable() == before
    assert read(response).select_one("input[name=slot][checked]")["value"] == str(slot.id)


KEPT_REASONS = {
    "GC-06 2,000 letters of four bytes": ("😀" * 2000, "😀" * 2000),
    "GC-06 2,000 letters with line ends": ("x\r\n" * 1000, "x\n" * 1000),
    "GC-07 image tag": ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    "GC-10 right-to-left override": ("note\u202egpj", "note\u202egpj"),
    "GC-12 terminal escapes and line breaks": ("\x1b[2Jone\r\ntwo", "[2Jone\ntwo"),
    "GC-15 out-of-band swap": (
        '<div id="slots" hx-swap-oob="true">x</div>',
        '<div id="slots" hx-swap-oob="true">x</div>',
    ),
    "GC-17 a header": ("Bcc: all@example.org\r\n\r\nhello", "Bcc: all@example.org\n\nhello"),
    "HX-11 an emoji and quotes": ("\"'😀", "\"'😀"),
}


@pytest.mark.parametrize(("typed", "kept"), KEPT_REASONS.values(), ids=KEPT_REASONS)
def test_own_words_are_kept_as_typed_and_shown_as_text(
    make_mover: Callable[..., Mover], appointment: Appointment, typed: str, kept: str
) -> None:
    mover = make_mover(appointment)
    assert mover.choose(make_slot(), good_cause="other", good_cause_details=typed).status_code == 303
    assert Hold.get().good_cause_details == kept
    page = mover.review()
    assert page.find("bdi").text == kept
    assert not page.select("main img, [hx-swap-oob]")
