"""A wall time as text, read on the clock of a zone, and written back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.rules.calendars import wall_time_trouble

_TEXT = re.compile(
    r"(?P<day>[12][0-9]{3}-[0-9]{2}-[0-9]{2})[T ](?P<minute>[0-9]{2}:[0-9]{2})(:00)?"
    r"(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?",
)


class Trouble(StrEnum):
    """Why a text is not one instant."""

    UNREADABLE = "unreadable"
    SKIPPED = "skipped"
    TWICE = "twice"
    OTHER_OFFSET = "other_offset"


def read_wall_time(text: str, zone: ZoneInfo) -> datetime | Trouble:
    """The UTC instant of `2026-11-01T01:30`; an offset behind it chooses between two and must fit the zone."""
    found = _TEXT.fullmatch(text)
    if found is None:
        return Trouble.UNREADABLE
    try:
        local = datetime.fromisoformat(f"{found['day']}T{found['minute']}")
        offset = datetime.fromisoformat(f"2000-01-01T00:00{found['offset'] or ''}").utcoffset()
    except ValueError:
        return Trouble.UNREADABLE
    trouble = wall_time_trouble(local, zone)
    if trouble == "skipped" or (trouble == "twice" and offset is None):
        return Trouble(trouble)
    return _instant(local, zone, offset)


def write_wall_time(instant: datetime, zone: ZoneInfo) -> str:
    """The wall time of an instant, with its offset only where the zone has this wall time twice."""
    local = instant.astimezone(zone)
    wall = local.replace(tzinfo=None, fold=0)
    text = wall.isoformat(timespec="minutes")
    return text + local.isoformat()[-6:] if wall_time_trouble(wall, zone) == "twice" else text


def _instant(local: datetime, zone: ZoneInfo, offset: timedelta | None) -> datetime | Trouble:
    for fold in (0, 1):
        meant = local.replace(tzinfo=zone, fold=fold)
        if offset is None or meant.utcoffset() == offset:
            return meant.astimezone(UTC)
    return Trouble.OTHER_OFFSET
