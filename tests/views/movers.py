"""Somebody who moves an appointment with a browser: signed in, with a claim, step by step or straight to the form."""

from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from models.appointments import Appointment, Claim, Move
from models.audit import AuditEvent
from models.holds import Hold
from models.outbox import Letter
from models.people import Account
from models.receipts import Receipt
from models.reviews import Review
from models.sign_ins import start_session
from models.slots import Slot, SlotDay
from tests.models.builders import NOW, make_account
from tests.pages import StrictClient, read

TABLES = (Appointment, AuditEvent, Hold, Letter, Move, Receipt, Review, Slot, SlotDay)

# what can be read under an appointment's /move
ENDS = ("", "/days", "/slots", "/verdict", "/review")


def durable() -> list[list[tuple[Any, ...]]]:
    """Everything that a refusal must leave alone, row by row."""
    return [list(table.select().order_by(table.id).tuples()) for table in TABLES]


def sign_in(app: Flask, account: Account) -> StrictClient:
    """A browser of this account."""
    started = start_session(account.email, NOW, account.language)
    assert started
    client = app.test_client()
    assert isinstance(client, StrictClient)
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = started[0], True
    return client


def claim(appointment: Appointment, account: Account, **changes: Any) -> Claim:
    """A claim that stands, unless said otherwise."""
    row = {"appointment": appointment, "account": account, "made_at": NOW, "confirmed_at": NOW}
    return Claim.create(**{**row, **changes})


class Mover:
    """One account before one appointment; `steps` walks office, day and form in order, else the form comes first."""

    def __init__(self, app: Flask, appointment: Appointment, of: str = "Ana", steps: bool = False) -> None:
        self.account = make_account(of)
        if not Claim.get_or_none(Claim.appointment == appointment, Claim.account == self.account):
            claim(appointment, self.account)
        self.client, self.steps = sign_in(app, self.account), steps
        self.address = f"/appointments/{appointment.reference}/move"

    def page(self, query: str = "", status: int = 200) -> BeautifulSoup:
        return self.client.page(self.address + query, status)

    def form(self, slot: Slot | None = None, /, **changes: Any) -> dict[str, Any]:
        """The form filled in, as its page carried it."""
        page = self.page(f"?office={slot.office.slug}&day={slot.day}" if slot and self.steps else "")
        filled = {field["name"]: field["value"] for field in page.select("#choice input[type=hidden]")}
        filled |= {"slot": str(slot.id) if slot else "", "good_cause": "planned_travel"}
        return {name: value for name, value in (filled | changes).items() if value is not None}

    def send(self, form: dict[str, Any]) -> TestResponse:
        return self.client.post(self.address, data=form)

    def choose(self, slot: Slot, /, **changes: Any) -> TestResponse:
        return self.send(self.form(slot, **changes))

    def review(self, status: int = 200) -> BeautifulSoup:
        return self.client.page(f"{self.address}/review", status)

    def confirmation(self, **changes: Any) -> dict[str, Any]:
        """The form of the review page, with the way of the proof that is marked."""
        form = self.review().find("form", action=f"{self.address}/review")
        assert form
        filled = {
            field["name"]: field["value"] for field in form.select("input[type=hidden], input[checked]")
        }
        return filled | changes

    def confirm(self, form: dict[str, Any]) -> TestResponse:
        return self.client.post(f"{self.address}/review", data=form)


def faults(response: TestResponse) -> list[str]:
    """The fields that the summary of a faulty form leads to."""
    assert response.status_code == 422, response.status
    return [str(link["href"]) for link in read(response).select("#fix a")]


def answer(response: TestResponse) -> tuple[str, list[str]]:
    """Result and rules at the top of a 409."""
    assert response.status_code == 409, response.status
    top = read(response).select_one("#answer")
    assert top
    assert top.select_one('a[href*="/receipts/"]'), "no link to the receipt"
    return str(top["data-result"]), [str(rule["data-rule"]) for rule in top.select("[data-rule]")]
