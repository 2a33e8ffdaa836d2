"""Letters: what they say, what they keep to themselves, and the one link in them that acts."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask_babel import force_locale

from models.appointments import Appointment
from models.audit import AuditEvent
from models.cases import Case
from models.outbox import Letter, Way
from models.receipts import Receipt
from tests.conftest import Clock
from tests.models.builders import (
    NOW,
    SECOND,
    choose_and_confirm,
    make_appointment,
    make_slot,
)
from tests.pages import StrictClient, words
from tests.views.letter_causes import (
    BY_MAIL_ONLY,
    CAUSES,
    a_claim,
    a_declined_review,
    a_move,
    an_objection,
    letter_of,
    written,
)
from views import letter_tokens
from views.letter_texts import TEXTS
from views.letter_tokens import VALID, LinkKind
from views.letter_words import LETTERS, words_of

TELLING = re.compile(
    r"\d|immigra|inmigra|appointment|cita|visa|fingerprint|huella|office|oficina|USCIS|ASC|biometric",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("kind", CAUSES)
def test_subject_and_first_line_tell_nothing(app: Flask, kind: str, way: Way, language: str) -> None:
    CAUSES[kind]()
    for letter in Letter.select().where(Letter.kind == kind):
        letter.way = Way.EMAIL if kind in BY_MAIL_ONLY else way
        with app.app_context(), force_locale(language):
            found = words_of(letter)
        assert "Goodcause" in found.subject
        assert not TELLING.search(found.subject)
        assert letter.way == Way.SMS or not TELLING.search(found.text.splitlines()[0])
        assert "%(" not in found.text
        assert "\u00a0" not in found.text


def test_every_kind_has_words_for_both_ways() -> None:
    assert set(LETTERS) == set(CAUSES) == {*TEXTS, *BY_MAIL_ONLY}


def test_the_office_is_told_that_a_change_was_not_theirs_without_a_name_or_a_number(app: Flask) -> None:
    an_objection()
    text, appointment = written(app, letter_of("not_me_alert", "office@example.org")).text, Appointment.get()
    assert appointment.reference in text
    assert "paused until Thursday 15 January 2026, 2:00 pm, New York time (EST)" in text
    assert "review list" in text
    person, case = appointment.person, appointment.case
    private = (person.given_name, person.family_name, appointment.confirmation_number, case.contact_email)
    assert not [known for known in private if known in text]


def test_the_letter_of_a_move_says_when_where_and_how_to_prove_it(app: Flask) -> None:
    a_move()
    text = written(app, letter_of("moved", "ana@example.org")).text
    assert "Tuesday 3 February 2026, 2:00 pm, New York time (EST)\nNew York" in text
    assert Receipt.get().code in text
    assert "http://127.0.0.1:8000/sign-in\n" in text
    assert "/letters/" not in text


def test_the_contact_on_file_can_say_that_it_was_not_them(app: Flask) -> None:
    a_move()
    assert "/letters/" in written(app, letter_of("moved", "contact@example.org")).text


def test_only_the_mailbox_of_the_account_gets_the_calendar_file(app: Flask) -> None:
    a_move()
    assert b"20260203T140000" in (written(app, letter_of("moved", "ana@example.org")).calendar or b"")
    assert written(app, letter_of("moved", "contact@example.org")).calendar is None


def test_a_late_letter_of_an_earlier_move_leaves_the_calendar_to_the_later_one(app: Flask) -> None:
    appointment = make_appointment()
    first = choose_and_confirm(appointment, make_slot(20), "first")
    choose_and_confirm(appointment, make_slot(25), "second")
    letters = {letter.data["receipt"]: letter for letter in Letter.select()}
    assert written(app, letters.pop(first.id)).calendar is None
    assert written(app, letters.popitem()[1]).calendar is not None


@pytest.mark.parametrize("kind", CAUSES)
def test_the_same_letter_is_the_same_at_every_try(app: Flask, clock: Clock, kind: str) -> None:
    CAUSES[kind]()
    before = written(app, letter_of(kind))
    clock.set(NOW + timedelta(hours=3))
    assert written(app, letter_of(kind)) == before


def test_a_claim_code_says_what_it_opens(app: Flask) -> None:
    a_claim()
    code = letter_of("code")
    assert code.recipient == "contact@example.org"
    assert "see and change an appointment" in written(app, code).text


def test_a_review_that_was_declined_says_why_and_what_still_counts(app: Flask) -> None:
    a_declined_review()
    text = written(app, letter_of("review_declined")).text
    assert "The reason: The bus runs." in text
    assert "Saturday 24 January 2026, 2:00 pm" in text


# --- the link


def link_in_letter(app: Flask) -> str:
    a_claim()
    found = re.search(r"\S+/letters/\S+", written(app, letter_of("claimed")).text)
    assert found
    return urlsplit(found[0]).path


def test_looking_at_the_link_changes_nothing(app: Flask, client: StrictClient, clock: Clock) -> None:
    address = link_in_letter(app)
    page = client.page(address)
    client.page(address)
    assert [words(button) for button in page.select("main button")] == ["Pause all changes for 24 hours"]
    assert Case.get().frozen_until is None


def test_the_button_pauses_all_changes_for_a_day(app: Flask, client: StrictClient, clock: Clock) -> None:
    address = link_in_letter(app)
    answer = client.send(client.page(address))
    assert (answer.status_code, answer.location) == (303, address)
    assert Case.get().frozen_until == NOW + timedelta(hours=24)
    assert AuditEvent.select().where(AuditEvent.what == "not-me").count() == 1
    page = client.page(address)
    assert page.select_one("main time")["datetime"] == "2026-01-15T14:00:00-05:00"
    assert not page.select("main form")


def test_pressing_twice_is_fine_and_the_pause_starts_again(
    app: Flask, client: StrictClient, clock: Clock
) -> None:
    address = link_in_letter(app)
    page = client.page(address)
    client.send(page)
    clock.set(NOW + timedelta(hours=1))
    assert client.send(page).status_code == 303
    assert Case.get().frozen_until == NOW + timedelta(hours=25)


def test_after_the_pause_the_button_is_back(app: Flask, client: StrictClient, clock: Clock) -> None:
    address = link_in_letter(app)
    client.send(client.page(address))
    clock.set(NOW + timedelta(hours=24))
    assert client.page(address).select("main form")


def test_a_link_works_for_fourteen_days(app: Flask, client: StrictClient, clock: Clock) -> None:
    address = link_in_letter(app)
    clock.set(NOW + VALID - SECOND)
    page = client.page(address)
    clock.set(NOW + VALID)
    client.page(address, 410)
    assert client.send(page).status_code == 410
    assert Case.get().frozen_until is None


def test_a_link_that_we_did_not_sign_is_no_page(app: Flask, client: StrictClient, clock: Clock) -> None:
    address = link_in_letter(app)
    payload, dot, signature = address.rpartition(".")
    with app.app_context():
        app.config["SECRET_KEY"], kept = "another", app.config["SECRET_KEY"]
        foreign = letter_tokens.token(LinkKind.NOT_ME, Appointment.get().id, NOW)
        app.config["SECRET_KEY"] = kept
    for wrong in (f"{payload}{dot}{signature[:-2]}", f"/letters/{foreign}", "/letters/x", "/letters/é"):
        client.page(wrong, 404)


def test_a_link_to_an_appointment_that_is_gone_is_no_page(
    app: Flask, client: StrictClient, clock: Clock
) -> None:
    with app.app_context():
        token = letter_tokens.token(LinkKind.NOT_ME, 404, NOW)
    client.page(f"/letters/{token}", 404)
