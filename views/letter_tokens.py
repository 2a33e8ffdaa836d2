"""The signed links of letters: they act without a sign-in, for one thing, for two weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

VALID = timedelta(days=14)


class LinkKind(StrEnum):
    """What a link does."""

    NOT_ME = "not_me"


@dataclass(frozen=True)
class Link:
    """What a link stands for."""

    kind: LinkKind
    appointment_id: int
    until: datetime


def token(kind: LinkKind, appointment_id: int, written_at: datetime) -> str:
    """The same letter always holds the same token, so that a second copy of it has the same content."""
    return str(_serializer().dumps([kind, appointment_id, int(written_at.timestamp())]))


def read(text: str) -> Link | None:
    """What a token stands for, however old; None when we did not sign it."""
    try:
        kind, appointment_id, written_at = _serializer().loads(text)
    except BadData:
        return None
    return Link(LinkKind(kind), int(appointment_id), datetime.fromtimestamp(written_at, UTC) + VALID)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="letters")
