"""The chain of events: each row is signed together with the one before it, so a change shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from peewee import IntegerField, TextField

from models import keys
from models.database import BaseModel, InstantField, JsonField, canonical, for_update

START = "0" * 64


class AuditEvent(BaseModel):
    """What happened to what, by whom. Bodies hold ids and codes, never names or other personal text."""

    number = IntegerField(unique=True)
    made_at = InstantField()
    what = TextField()
    about = TextField()
    account_id = IntegerField(null=True)
    body = JsonField()
    previous = TextField()
    signature = TextField()


class AuditHead(BaseModel):
    """The one row that names the end of the chain; always locked last."""

    number = IntegerField()
    signature = TextField()


def record(what: str, about: str, now: datetime, account_id: int | None = None, **body: Any) -> AuditEvent:
    """Add an event at the end of the chain. Call inside write_tx(), after every other lock."""
    head = for_update(AuditHead.select().where(AuditHead.id == 1)).get()
    event = AuditEvent(
        number=head.number + 1,
        made_at=datetime.fromtimestamp(int(now.timestamp()), now.tzinfo),
        what=what,
        about=about,
        account_id=account_id,
        body=body,
        previous=head.signature,
    )
    event.signature = _sign(event)
    event.save(force_insert=True)
    AuditHead.update(number=event.number, signature=event.signature).where(AuditHead.id == 1).execute()
    return event


def breaches() -> Iterator[str]:
    """The first broken place of the chain in words for the operator, or nothing."""
    number, signature = 0, START
    for event in AuditEvent.select().order_by(AuditEvent.number).iterator():
        if event.number != number + 1:
            yield f"audit: event {number + 1} is missing"
            return
        if event.previous != signature or event.signature != _sign(event):
            yield f"audit: event {event.number} was changed"
            return
        number, signature = event.number, event.signature
    head = AuditHead.get_or_none(AuditHead.id == 1)
    if head is None or (head.number, head.signature) != (number, signature):
        yield f"audit: the chain ends at event {number}, not where its head says"


def _sign(event: AuditEvent) -> str:
    made_at = int(event.made_at.timestamp())
    fields = [event.number, made_at, event.what, event.about, event.account_id, event.body, event.previous]
    return keys.digest("audit", canonical(fields))
