"""One-time codes and sessions: who is signed in, until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from peewee import ForeignKeyField, IntegerField, TextField

from models import audit, keys, outbox
from models.database import BaseModel, Busy, InstantField, open_connection, write_tx
from models.people import Account, account_for, normal_email
from models.prepared import Prepared

CODE_TIME = timedelta(minutes=10)
CODE_TRIES = 5
CODE_DIGITS = 6
SESSION_TIME = timedelta(hours=12)
IDLE_TIME = timedelta(minutes=30)
SEEN_STEP = timedelta(minutes=1)


class Purpose(StrEnum):
    """What a one-time code opens."""

    SIGN_IN = "sign-in"
    CLAIM = "claim"


class OneTimeCode(BaseModel):
    """A six-digit code, kept as a digest, spent by its first success or its fifth miss."""

    token = TextField(unique=True)
    purpose = TextField()
    recipient = TextField()
    about = TextField(default="")
    digest = TextField()
    tries = IntegerField(default=0)
    made_at = InstantField()
    until = InstantField()
    used_at = InstantField(null=True)


class Session(BaseModel):
    """One signed-in browser. Flask-Login's id is this row's token, so any session can be ended."""

    token = TextField(unique=True)
    account = ForeignKeyField(Account, backref="sessions", on_delete="CASCADE")
    made_at = InstantField()
    seen_at = InstantField()
    ended_at = InstantField(null=True)


def send_code(
    purpose: Purpose, recipient: str, now: datetime, *, language: str, about: str = "",
    way: outbox.Way = outbox.Way.EMAIL,
) -> tuple[str, str]:  # fmt: skip
    """Make a code and write its letter; returns (token that stands for it, the code). An older code stays valid."""
    token, code = keys.token(), keys.random_digits(CODE_DIGITS)

    def work() -> tuple[str, str]:
        OneTimeCode.create(
            token=keys.digest("code-token", token), purpose=purpose, recipient=recipient, about=about,
            digest=keys.digest("code", f"{token}{code}"), made_at=now, until=now + CODE_TIME,
        )  # fmt: skip
        outbox.post(
            f"code:{token[:12]}", outbox.CODE_KIND, recipient, now,
            way=way, language=language, code=code, purpose=purpose,
        )  # fmt: skip
        return token, code

    return write_tx(work)


def use_code(purpose: Purpose, token: str, typed: str, now: datetime, *, about: str = "") -> str | None:
    """Spend a code: the recipient it was sent to when it matches, else None (and one try is counted)."""

    def work() -> str | None:
        found = OneTimeCode.get_or_none(
            OneTimeCode.token == keys.digest("code-token", token),
            OneTimeCode.purpose == purpose,
            OneTimeCode.about == about,
            OneTimeCode.used_at.is_null(),
        )
        if found is None or found.until <= now:
            return None
        counted = (
            OneTimeCode.update(tries=OneTimeCode.tries + 1)
            .where(OneTimeCode.id == found.id, OneTimeCode.tries < CODE_TRIES)
            .execute()
        )
        if not counted or not keys.same("code", f"{token}{typed}", found.digest):
            return None
        spent = (
            OneTimeCode.update(used_at=now)
            .where(OneTimeCode.id == found.id, OneTimeCode.used_at.is_null())
            .execute()
        )
        return found.recipient if spent else None

    return write_tx(work)


def recipient_of(purpose: Purpose, token: str) -> str | None:
    """Whom the code behind a token was sent to, spent or not; None when there is no such code."""
    found = OneTimeCode.get_or_none(
        OneTimeCode.token == keys.digest("code-token", token), OneTimeCode.purpose == purpose
    )
    return str(found.recipient) if found else None


def start_session(email: str, now: datetime, language: str) -> tuple[str, Account] | None:
    """Open a session for a confirmed address (its account is made when new); None when the account was ended."""
    token = keys.token()

    def work() -> tuple[str, Account] | None:
        account = account_for(normal_email(email), now, language)
        if account.ended_at is not None:
            return None
        Session.create(token=keys.digest("session", token), account=account, made_at=now, seen_at=now)
        audit.record("signed-in", f"account:{account.id}", now, account.id)
        return token, account

    return write_tx(work)


def account_of_session(token: str, now: datetime) -> Account | None:
    """The account of a session that was not ended, is not over 12 hours old and was used in the last 30 minutes."""
    rows = _SESSION.rows(token=keys.digest("session", token))
    if not rows or rows[0].account.ended_at is not None:
        return None
    found = rows[0]
    if now - found.made_at >= SESSION_TIME or now - found.seen_at >= IDLE_TIME:
        return None
    if now - found.seen_at >= SEEN_STEP:  # a write a minute is enough to know that somebody is there
        _note_seen(found, now)
    account: Account = found.account
    return account


_SESSION = Prepared(
    lambda token: (
        Session.select(Session, Account)
        .join(Account)
        .where(Session.token == token, Session.ended_at.is_null())
    )
)


def _note_seen(session: Session, now: datetime) -> None:
    """Remember that somebody is there; reading goes on while nothing can be written."""
    try:
        write_tx(lambda: Session.update(seen_at=now).where(Session.id == session.id).execute())
    except Busy:
        open_connection()


def end_session(token: str, now: datetime) -> None:
    """Sign a browser out."""
    write_tx(
        lambda: (
            Session.update(ended_at=now)
            .where(Session.token == keys.digest("session", token), Session.ended_at.is_null())
            .execute()
        )
    )
