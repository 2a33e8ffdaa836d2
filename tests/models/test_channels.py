"""The telephone lines: open on their own clock, closed on weekends and federal holidays."""

from datetime import UTC, datetime

import pytest

from models.channels import ADOPTIONS_UNIT, CONTACT_CENTER, Line, can_call_before, is_open, opens_next


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("line", "now", "answered"),
    [
        (CONTACT_CENTER, "2026-12-01T07:59:59-05:00", False),
        (CONTACT_CENTER, "2026-12-01T08:00-05:00", True),
        (CONTACT_CENTER, "2026-12-01T19:59:59-05:00", True),
        (CONTACT_CENTER, "2026-12-01T20:00-05:00", False),
        (CONTACT_CENTER, "2026-07-01T12:00+00:00", True),  # 8:00 am in summer time
        (CONTACT_CENTER, "2026-12-05T12:00-05:00", False),  # Saturday
        (CONTACT_CENTER, "2026-11-26T12:00-05:00", False),  # Thanksgiving
        (CONTACT_CENTER, "2026-12-01T17:30-08:00", False),  # still afternoon in Los Angeles
        (ADOPTIONS_UNIT, "2026-12-01T08:30-05:00", False),  # 7:30 am Central
        (ADOPTIONS_UNIT, "2026-12-01T16:59-05:00", True),
    ],
)
def test_a_line_is_open_in_its_hours_only(line: Line, now: str, answered: bool) -> None:
    assert is_open(line, at(now).astimezone(UTC)) is answered


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-12-01T07:59-05:00", "2026-12-01T08:00:00-05:00"),
        ("2026-12-01T08:00-05:00", "2026-12-02T08:00:00-05:00"),
        ("2026-12-04T21:00-05:00", "2026-12-07T08:00:00-05:00"),  # over the weekend
        ("2026-11-25T21:00-05:00", "2026-11-27T08:00:00-05:00"),  # over Thanksgiving
    ],
)
def test_the_next_opening_skips_nights_weekends_and_holidays(now: str, opens: str) -> None:
    assert opens_next(CONTACT_CENTER, at(now)).isoformat() == opens


@pytest.mark.parametrize(
    ("now", "end", "possible"),
    [
        ("2026-12-01T21:00-05:00", "2026-12-02T08:00-05:00", False),
        ("2026-12-01T21:00-05:00", "2026-12-02T08:00:01-05:00", True),
        ("2026-12-01T19:59-05:00", "2026-12-02T08:00-05:00", True),
        ("2026-12-01T12:00-05:00", "2026-12-01T12:00-05:00", False),
    ],
)
def test_a_call_is_possible_only_if_the_line_opens_before_the_end(now: str, end: str, possible: bool) -> None:
    assert can_call_before(CONTACT_CENTER, at(now), at(end)) is possible
