"""Receipts: what was asked, what came of it and when, with a code that anyone can check."""

from __future__ import annotations

import base64
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from peewee import Check, ForeignKeyField, TextField

from models import keys
from models.appointments import Appointment, Move
from models.database import BaseModel, InstantField, JsonField
from models.people import Account
from models.prepared import Prepared

CODE_LETTERS = 8
SIGNED_BYTES = struct.Struct(">BI")
MAC_BYTES = 10
# signed codes use the letters of all receipt codes; what is misread when typed stands for one of them
TO_OURS = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUV", keys.ALPHABET)
FROM_OURS = str.maketrans(keys.ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")
MISREAD = str.maketrans("ILOU", "110V")


class Result(StrEnum):
    """What came of a submission."""

    MOVED = "moved"
    REFUSED = "refused"
    PLACE_TAKEN = "place_taken"
    CHANGED_MEANWHILE = "changed_meanwhile"
    SENT_FOR_REVIEW = "sent_for_review"


class Receipt(BaseModel):
    """The dated answer to one submission; a form key of an appointment has at most one."""

    code = TextField(unique=True)
    appointment = ForeignKeyField(Appointment, backref="receipts", on_delete="RESTRICT", index=False)
    key = TextField()
    content = TextField()
    system = TextField()
    result = TextField()
    verdict = TextField()
    rules = JsonField()
    facts = JsonField()
    parameters = TextField()
    body = JsonField()
    account = ForeignKeyField(Account, null=True, on_delete="RESTRICT", index=False)
    move = ForeignKeyField(Move, null=True, on_delete="RESTRICT")
    made_at = InstantField()

    class Meta:
        indexes = ((("appointment", "key"), True),)
        constraints = (
            Check("result IN ('moved', 'refused', 'place_taken', 'changed_meanwhile', 'sent_for_review')"),
        )


@dataclass(frozen=True)
class Proof:
    """What anyone who holds a code may learn: no person, no place, no number."""

    code: str
    made_at: datetime
    system: str
    result: str


class SignedKind(StrEnum):
    """Answers that prove their time without a stored row, by the order of their numbers."""

    BUSY = "busy"
    CHECK_ALLOWED = "check_allowed"
    CHECK_NEEDS_REVIEW = "check_needs_review"
    CHECK_BLOCKED = "check_blocked"


def new_code() -> str:
    """A fresh receipt code such as GC-7F3K-92QD (40 random bits)."""
    letters = keys.random_letters(CODE_LETTERS)
    return f"GC-{letters[:4]}-{letters[4:]}"


def receipt_of(appointment: Appointment, key: str) -> Receipt | None:
    """The receipt of a form key of this appointment."""
    found = _OF_KEY.rows(appointment=appointment.id, key=key)
    return found[0] if found else None


_OF_KEY = Prepared(
    lambda appointment, key: Receipt.select().where(Receipt.appointment == appointment, Receipt.key == key)
)


def receipts_of(appointment: Appointment, most: int = 20) -> list[Receipt]:
    """The latest answers about an appointment, the newest first."""
    mine = Receipt.select().where(Receipt.appointment == appointment)
    return list(mine.order_by(Receipt.made_at.desc(), Receipt.id.desc()).limit(most))


def receipt_of_place(appointment: Appointment) -> Receipt | None:
    """The receipt of the move that led to where the appointment is now; None when an office set the time."""
    last = appointment.moves.order_by(Move.number.desc()).first()
    return Receipt.get_or_none(Receipt.move == last, Receipt.result == Result.MOVED) if last else None


def content_digest(**content: Any) -> str:
    """A digest of what was asked, so that the same key with another wish is noticed."""
    return keys.digest("content", repr(sorted(content.items())))


def signed_code(kind: SignedKind, now: datetime) -> str:
    """A code that proves this kind of answer at this second, verified by its signature alone."""
    payload = SIGNED_BYTES.pack(list(SignedKind).index(kind), int(now.timestamp()))
    mac = bytes.fromhex(keys.digest("signed-code", payload.hex()))[:MAC_BYTES]
    letters = base64.b32hexencode(payload + mac).decode().rstrip("=").translate(TO_OURS)
    return "GC-" + "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def proof_of(typed: str) -> Proof | None:
    """What a typed code proves, or None; spaces, dashes and case do not matter."""
    letters = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    letters = letters.removeprefix("GC").translate(MISREAD)
    if len(letters) != CODE_LETTERS:
        return _proof_of_signed(letters)
    receipt = Receipt.get_or_none(Receipt.code == f"GC-{letters[:4]}-{letters[4:]}")
    if receipt is None:
        return None
    return Proof(receipt.code, receipt.made_at, receipt.system, receipt.result)


def _proof_of_signed(letters: str) -> Proof | None:
    try:
        raw = base64.b32hexdecode(letters.translate(FROM_OURS) + "=" * (-len(letters) % 8))
    except ValueError:
        return None
    if len(raw) != SIGNED_BYTES.size + MAC_BYTES:
        return None
    number, seconds = SIGNED_BYTES.unpack(raw[: SIGNED_BYTES.size])
    if number >= len(SignedKind):
        return None
    kind, made_at = list(SignedKind)[number], datetime.fromtimestamp(seconds, UTC)
    code = signed_code(kind, made_at)
    if code.replace("-", "") != f"GC{letters}":
        return None
    return Proof(code, made_at, "biometrics" if kind != SignedKind.BUSY else "", kind)
