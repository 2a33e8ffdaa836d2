"""Whether the process lives and can work, for the machine that watches it."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, jsonify

from models import outbox, schema
from models.database import database
from views import clock

bp = Blueprint("health", __name__)

LATE = timedelta(minutes=30)


@bp.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return _answer(200, status="ok")


@bp.get("/readyz")
def ready() -> Response:
    """The database answers, no migration is missing, and no letter has waited too long."""
    database.execute_sql("SELECT 1")
    oldest = outbox.oldest_waiting(clock.now())
    behind = bool(schema.pending())
    late = oldest is not None and clock.now() - oldest > LATE
    return _answer(503 if behind or late else 200, migrations_missing=behind, letters_late=late)


def _answer(code: int, **said: object) -> Response:
    answer = jsonify(**said)
    answer.status_code = code
    answer.headers["Cache-Control"] = "no-store"
    return answer
