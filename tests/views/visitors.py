"""Visitors of the pages: signing in, sending forms with their key, and finding what a page says."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from models.appointments import Appointment
from models.outbox import Letter
from tests.pages import StrictClient, read, words

MAIL = "ana@example.org"


def form_key(page: BeautifulSoup) -> str:
    """The hidden key that every form of the page carries."""
    field = page.find("input", attrs={"name": "csrf_token"})
    assert isinstance(field, Tag)
    return str(field["value"])


def send(client: StrictClient, address: str, *, on: str | None = None, **fields: Any) -> TestResponse:
    """Fills in and sends the form of a page (by default the page at the same address)."""
    return client.post(address, data={"csrf_token": form_key(client.page(on or address)), **fields})


def latest_code() -> str:
    """The code in the letter written last."""
    letter = Letter.select().where(Letter.kind == "code").order_by(Letter.id.desc()).first()
    return str(letter.data["code"])


def ask_for_code(client: StrictClient, email: str = MAIL, **fields: Any) -> str:
    """Asks for a code as somebody at the sign-in page does; the code from the letter."""
    assert send(client, "/sign-in", email=email, **fields).status_code == 303
    return latest_code()


def sign_in(client: StrictClient, email: str = MAIL) -> StrictClient:
    """Signs this browser in."""
    answer = send(client, "/sign-in/code", code=ask_for_code(client, email))
    assert answer.status_code == 303, words(read(answer))
    return client


def look_up(client: StrictClient, appointment: Appointment, **changes: Any) -> TestResponse:
    """Sends the look-up form with what is on this appointment's notice, or with changes."""
    fields = {
        "confirmation_number": appointment.confirmation_number,
        "date_of_birth": appointment.person.date_of_birth.isoformat(),
        "acting_as": "self",
    }
    return send(client, "/appointments/find", **{**fields, **changes})


def found_by(client: StrictClient, appointment: Appointment, email: str = MAIL) -> StrictClient:
    """Signs in and finds the appointment, as its contact on file."""
    answer = look_up(sign_in(client, email), appointment)
    assert answer.status_code == 303, words(read(answer))
    return client


def page_of(appointment: Appointment) -> str:
    return f"/appointments/{appointment.reference}"


def verdict(page: BeautifulSoup) -> str:
    return str(page.find(attrs={"data-verdict": True})["data-verdict"])


def rules(page: BeautifulSoup) -> list[str]:
    return [str(item["data-rule"]) for item in page.find_all(attrs={"data-rule": True})]


def errors(page: BeautifulSoup) -> dict[str, str]:
    """What stands at each field that is to be mended, by the field's id."""
    found = page.find_all("p", class_="msg")
    return {str(item["id"]).removesuffix("-error"): words(item) for item in found}
