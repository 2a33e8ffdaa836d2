"""What letters are made of: times, addresses, proofs and ways on, shared by e-mails and text messages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import current_app
from flask_babel import get_locale

from models.offices import Office
from models.outbox import Letter
from models.receipts import Receipt
from models.sign_ins import CODE_TIME
from views.formats import Style, moment_text, zone_words
from views.language import SOURCE
from views.letter_tokens import LinkKind, token

CODE_MINUTES = int(CODE_TIME.total_seconds() // 60)


def site() -> str:
    """Who runs this installation."""
    return str(current_app.config["SITE_NAME"])


def address(path: str) -> str:
    """The full address of a page."""
    return str(current_app.config["BASE_URL"]).rstrip("/") + path


def public_address(path: str) -> str:
    """The full address of a public page in the language of the letter."""
    locale = get_locale()
    tag = locale.language if locale else SOURCE
    return address(path if tag == SOURCE else f"/{tag}{path}")


def receipt_of(letter: Letter) -> Receipt:
    """The receipt that a letter tells of."""
    receipt: Receipt = Receipt.get_by_id(letter.data["receipt"])
    return receipt


def full_time(end: dict[str, Any]) -> str:
    """One end of a move, as its receipt keeps it: day, time, zone and city."""
    office, instant = _read(end)
    day = moment_text(instant, office.zone, Style.SENTENCE_YEAR)
    return f"{day}, {zone_words(office, instant)}\n{office.city}"


def short_time(end: dict[str, Any]) -> str:
    """The same for a text message: day, time and city."""
    office, instant = _read(end)
    return f"{moment_text(instant, office.zone, Style.LIST_YEAR)}, {office.city}"


def _read(end: dict[str, Any]) -> tuple[Office, datetime]:
    return Office.get_by_id(end["office"]), datetime.fromtimestamp(end["starts_at"], UTC)


def is_to_contact(letter: Letter) -> bool:
    """Whether it goes to the contact on file and not to the account that did it."""
    return bool(letter.data.get("to_contact"))


def not_me_address(letter: Letter) -> str:
    """The page where the contact on file can stop all changes."""
    return address(f"/letters/{token(LinkKind.NOT_ME, letter.data['appointment'], letter.made_at)}")
