"""Letters waiting to be sent: rows written with the change they tell of."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from peewee import SQL, IntegerField, TextField

from models.database import BaseModel, InstantField, JsonField, is_postgres, write_tx

CLAIM_TIME = timedelta(minutes=10)
FIRST_WAIT = timedelta(minutes=1)
MOST_TRIES = 8
CODE_KIND = "code"


class Way(StrEnum):
    """How a letter travels."""

    EMAIL = "email"
    SMS = "sms"


class Letter(BaseModel):
    """One message to one recipient. `key` makes it unique; `data` holds what its words need."""

    key = TextField(unique=True)
    kind = TextField()
    way = TextField(default=Way.EMAIL)
    recipient = TextField()
    language = TextField(default="en")
    data = JsonField()
    made_at = InstantField()
    due_at = InstantField()
    claimed_until = InstantField(null=True)
    tries = IntegerField(default=0)
    last_problem = TextField(default="")
    sent_at = InstantField(null=True)
    given_up_at = InstantField(null=True)


Letter.add_index(
    Letter.index(Letter.due_at, where=SQL("sent_at IS NULL AND given_up_at IS NULL"), name="letter_waiting")
)


def post(
    key: str,
    kind: str,
    recipient: str,
    now: datetime,
    *,
    way: Way = Way.EMAIL,
    language: str = "en",
    **data: Any,
) -> None:
    """Write a letter once per key. Call inside write_tx(), with the change it tells of."""
    row = {
        "key": key, "kind": kind, "way": way, "recipient": recipient, "language": language,
        "data": data, "made_at": now, "due_at": now,
    }  # fmt: skip
    Letter.insert(row).on_conflict_ignore().execute()


def claim_next(now: datetime) -> Letter | None:
    """Claim the next due letter for this worker, or None; a claim left behind by a dead worker lapses."""

    def work() -> Letter | None:
        waiting = (
            Letter.select()
            .where(
                Letter.sent_at.is_null(),
                Letter.given_up_at.is_null(),
                Letter.due_at <= now,
                Letter.claimed_until.is_null() | (Letter.claimed_until <= now),
            )
            .order_by(Letter.due_at, Letter.id)
            .limit(1)
        )
        letter: Letter | None = (waiting.for_update(skip_locked=True) if is_postgres() else waiting).first()
        if letter:
            letter.claimed_until, letter.tries = now + CLAIM_TIME, letter.tries + 1
            letter.save(only=[Letter.claimed_until, Letter.tries])
        return letter

    return write_tx(work)


def mark_sent(letter: Letter, now: datetime) -> None:
    """Note that a claimed letter has left; the code that one carried is forgotten."""
    left = {"sent_at": now, "claimed_until": None} | _without_code(letter)
    write_tx(lambda: Letter.update(left).where(Letter.id == letter.id).execute())


def mark_failed(letter: Letter, problem: str, now: datetime, *, for_good: bool = False) -> None:
    """Note why a claimed letter could not leave, and when to try again (doubling waits, eight tries)."""
    noted: dict[str, Any] = {
        "last_problem": problem[:200],
        "claimed_until": None,
        "due_at": now + FIRST_WAIT * 2 ** (letter.tries - 1),
    }
    if for_good or letter.tries >= MOST_TRIES:
        noted |= {"given_up_at": now} | _without_code(letter)
    unsent = (Letter.id == letter.id) & Letter.sent_at.is_null()
    write_tx(lambda: Letter.update(noted).where(unsent).execute())


def _without_code(letter: Letter) -> dict[str, Any]:
    """A one-time code must not stay readable in the table of letters, nor in its backups."""
    return {"data": {}} if letter.kind == CODE_KIND else {}


def oldest_waiting(now: datetime) -> datetime | None:
    """When the oldest letter that is due and not sent was due, for readiness."""
    waiting = Letter.select(Letter.due_at).where(
        Letter.sent_at.is_null(), Letter.given_up_at.is_null(), Letter.due_at <= now
    )
    letter = waiting.order_by(Letter.due_at).first()
    return letter.due_at if letter else None
