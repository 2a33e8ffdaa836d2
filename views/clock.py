"""The one clock of a request: read once, the same for everything the request does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from flask import current_app, g, has_request_context

_started_at = datetime.now(UTC)


def now() -> datetime:
    """The moment of this request, in UTC."""
    if not has_request_context():
        return _read()
    if "now" not in g:
        g.now = _read()
    moment: datetime = g.now
    return moment


def _read() -> datetime:
    return read(str(current_app.config["CLOCK"]))


def read(told: str) -> datetime:
    """The real time, or the demonstration's: an instant stands still, `+instant` runs on, `@file` is read each time.

    ValueError, OverflowError or OSError for a setting that says no moment.
    """
    if told.startswith("@"):
        told = Path(told[1:]).read_text().strip()
    if not told:
        return datetime.now(UTC)
    if told.startswith("+"):
        return datetime.fromisoformat(told[1:]).astimezone(UTC) + (datetime.now(UTC) - _started_at)
    return datetime.fromisoformat(told).astimezone(UTC)
