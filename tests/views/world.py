"""One appointment with everything that can be asked for, somebody else's, and a visitor of each kind."""

import hashlib
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from models.appointments import Appointment, Claim
from models.people import Account, Role
from models.receipts import Receipt
from models.schema import TABLES
from models.slots import Slot
from tests.models import builders
from tests.pages import StrictClient
from tests.views.access_table import LOGIN, STATUS, TABLE
from tests.views.visitors import form_key
from views.letter_tokens import LinkKind, token

MAY_CHANGE = {"limitcount", "session"}  # tries are counted, and a session remembers that somebody is there
EMAILS = {"owner": "ana@example.org", "other": "binh@example.org", "pending": "chidi@example.org",
          "officer": "officer@example.org", "ended": "dalia@example.org"}  # fmt: skip


@dataclass
class World:
    """An appointment with everything that can be asked for, and somebody else's."""

    app: Flask
    mine: Appointment
    theirs: Appointment
    receipt: Receipt
    open_slot: Slot

    def client(self, role: str) -> StrictClient:
        built = self.app.test_client()
        assert isinstance(built, StrictClient)
        if role != "stranger":
            built.sign_in(EMAILS[role])
        if role == "ended":
            Account.update(ended_at=builders.NOW).where(Account.email == EMAILS[role]).execute()
        return built

    def address(self, endpoint: str, ref: str | None = None) -> str:
        """The address of an endpoint about the owner's appointment, or about the one named."""
        row = next(row for (name, _method), row in TABLE.items() if name == endpoint)
        ref = ref or self.mine.reference
        with self.app.test_request_context():
            letter = token(LinkKind.NOT_ME, self.theirs.id, builders.NOW)
        values = {"ref": ref, "key": self.receipt.key, "code": self.receipt.code, "system": "biometrics",
                  "page": "moving", "tag": "es", "token": letter}  # fmt: skip
        rule = next(rule for rule in self.app.url_map.iter_rules() if rule.endpoint == endpoint)
        address = rule.rule
        for name in rule.arguments:
            address = address.replace(f"<{name}>", values[name])
        return address + row.query

    def filled(self, text: str) -> str:
        """An address or a value with what belongs to the owner put in."""
        with self.app.test_request_context():
            letter = token(LinkKind.NOT_ME, self.theirs.id, builders.NOW)
        known = {"<ref>": self.mine.reference, "<number>": self.mine.confirmation_number,
                 "<slot>": str(self.open_slot.id), "<token>": letter}  # fmt: skip
        for name, value in known.items():
            text = text.replace(name, value)
        return text

    def ask(self, client: StrictClient, method: str, address: str, headers: dict[str, str]) -> TestResponse:
        if method == "GET":
            return client.get(address, headers=headers)
        here = (
            "/sign-in" if client.get("/appointments").status_code == STATUS[LOGIN] else "/appointments/find"
        )
        data = {"csrf_token": form_key(client.page(here))}
        return client.post(address, data=data, headers=headers)


def rows() -> dict[str, Any]:
    """A digest of every table whose rows may not change."""
    found = {}
    for table in TABLES:
        name = table._meta.name
        ordered = sorted(map(repr, table.select().tuples()))
        found[name] = (
            len(ordered) if name in MAY_CHANGE else hashlib.sha256("\n".join(ordered).encode()).digest()
        )
    found.pop("limitcount")
    return found


def build(app: Flask) -> World:
    """Ana's appointment, moved once and with a place held; Chidi waits for its code. Binh has another one."""
    builders.make_office("XNY")
    mine, theirs = builders.make_appointment("Ana"), builders.make_appointment("Binh")
    receipt = builders.choose_and_confirm(mine, builders.make_slot(20), "a-key-of-a-move-made")
    builders.choose(builders.fresh(mine), builders.make_slot(21), "a-key-of-a-held-place")
    confirmed = {"made_at": builders.NOW, "confirmed_at": builders.NOW}
    Claim.create(appointment=mine, account=builders.make_account("Ana"), **confirmed)
    Claim.create(appointment=theirs, account=builders.make_account("Binh"), **confirmed)
    Claim.create(appointment=mine, account=builders.make_account("Chidi"), made_at=builders.NOW)
    Claim.create(appointment=mine, account=builders.make_account("Dalia"), **confirmed)
    builders.make_account(email=EMAILS["officer"], role=Role.OFFICER, office=builders.the_office())
    return World(app, mine, theirs, receipt, builders.make_slot(22, places=3))
