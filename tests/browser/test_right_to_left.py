"""A language that is written from the right, which only the tests have: the pages turn round, and stay whole."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from models.appointments import Appointment
from tests.browser.axe import faults_for_everybody
from tests.browser.journey import Applicant
from tests.models import builders
from views import language

PAGES = ("/ar/", "/ar/rules/biometrics", "/ar/check/biometrics", "/ar/guide/moving", "/ar/receipts")
LEFT_EDGE = "wanted => document.querySelector(wanted).getBoundingClientRect().left"


@pytest.fixture
def app(make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(language, "LANGUAGES", {**language.LANGUAGES, "ar": "العربية"})
    monkeypatch.setattr(language, "TRANSLATED", (*language.TRANSLATED, "ar"))
    return make_app(DEMO="1", CLOCK=builders.NOW.isoformat())


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The app on a port of its own, in this process."""
    server = make_server("127.0.0.1", 0, app, threaded=False)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def mine(app: Flask) -> Appointment:
    appointment = builders.make_appointment("Dalia")
    for days in (3, 4, 5, 6, 20):
        builders.make_slot(days, places=days)
        builders.make_slot(days + 0.125, places=2)
    return appointment


@pytest.fixture
def someone(mine: Appointment, address: str, open_page: Callable[..., Page]) -> Applicant:
    told: dict[str, Any] = {
        "reference": mine.reference, "confirmation_number": mine.confirmation_number, "acting_as": "self",
        "date_of_birth": mine.person.date_of_birth.isoformat(), "account": "dalia@example.org",
    }  # fmt: skip
    return Applicant(open_page(locale="ar"), address, told, builders.NOW.date())


def turned_round(page: Page) -> list[str]:
    """What is wrong with a page that is read from the right."""
    expect(page.locator("html[dir=rtl][lang=ar]")).to_be_attached()
    return faults_for_everybody(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_turns_round(someone: Applicant, path: str) -> None:
    someone.page.goto(someone.address + path)
    assert turned_round(someone.page) == []
    assert someone.page.evaluate(LEFT_EDGE, ".word") > someone.page.evaluate(LEFT_EDGE, ".nav")


def test_the_journey_turns_round(someone: Applicant) -> None:
    faults = []
    someone.open_own_page()
    faults += turned_round(someone.page)
    someone.choose_a_time()
    faults += turned_round(someone.page)
    someone.look_it_over()
    faults += turned_round(someone.page)
    assert someone.confirm().result == "moved"
    faults += turned_round(someone.page)
    someone.page.goto(f"{someone.own}/notice")
    faults += turned_round(someone.page)
    assert faults == []


def test_the_name_of_the_product_stays_as_it_is(someone: Applicant) -> None:
    someone.page.goto(f"{someone.address}/ar/")
    expect(someone.page.locator(".word").first).to_have_attribute("dir", "ltr")


def test_latin_letters_within_are_not_mixed_up(someone: Applicant) -> None:
    """What somebody typed stands in an element of its own direction."""
    someone.open_own_page()
    someone.choose_a_time("other", "abc \u202e def")
    someone.look_it_over()
    expect(someone.page.locator("bdi", has_text="abc")).to_be_visible()
