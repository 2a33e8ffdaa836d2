"""Weekly hours, start times and wall times around changes of the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.hours import Stretch, read_hours, start_times
from models.wall_time import Trouble, read_wall_time, write_wall_time

NEW_YORK = ZoneInfo("America/New_York")
NIGHTS = read_hours("sun 00:00-04:00")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)


def test_hours_are_read_in_the_order_of_the_week() -> None:
    assert read_hours("tue 13:00-16:00; mon 08:00-12:30; tue 08:00-12:00;") == (
        Stretch(0, 480, 750),
        Stretch(1, 480, 720),
        Stretch(1, 780, 960),
    )


def test_no_hours_are_no_fault() -> None:
    assert read_hours("") == ()


def test_the_day_may_end_at_midnight() -> None:
    assert read_hours("SAT 20:00 - 24:00") == (Stretch(5, 1200, 1440),)


@pytest.mark.parametrize(
    "text",
    [
        "mon",
        "mon 8-16",
        "mon 08:00",
        "xxx 08:00-16:00",
        "mon 16:00-08:00",
        "mon 08:00-08:00",
        "mon 08:60-09:00",
        "mon 08:00-24:01",
        "mon 08:00-12:00; mon 11:59-16:00",
        "mon 08:00-16:00, tue 08:00-16:00",
    ],
)
def test_hours_that_cannot_be_meant_are_refused(text: str) -> None:
    assert read_hours(text) is None


def test_stretches_may_touch() -> None:
    assert read_hours("mon 08:00-12:00; mon 12:00-16:00") == (Stretch(0, 480, 720), Stretch(0, 720, 960))


def test_the_last_place_ends_when_the_office_closes() -> None:
    hours = read_hours("wed 09:00-10:00; thu 09:00-12:00") or ()
    assert start_times(date(2026, 1, 14), hours, 25, NEW_YORK) == [
        datetime(2026, 1, 14, 14, 0, tzinfo=UTC),
        datetime(2026, 1, 14, 14, 25, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("day", "left"), [(SPRING, ["00:00", "01:00", "03:00"]), (AUTUMN, ["00:00", "02:00", "03:00"])]
)
def test_hours_that_the_clock_skips_or_shows_twice_have_no_places(day: date, left: list[str]) -> None:
    found = start_times(day, NIGHTS or (), 60, NEW_YORK)
    assert [f"{start.astimezone(NEW_YORK):%H:%M}" for start in found] == left


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-08T01:59", datetime(2026, 3, 8, 6, 59, tzinfo=UTC)),
        ("2026-03-08T02:00", Trouble.SKIPPED),
        ("2026-03-08T02:59", Trouble.SKIPPED),
        ("2026-03-08T03:00", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        ("2026-11-01T00:59", datetime(2026, 11, 1, 4, 59, tzinfo=UTC)),
        ("2026-11-01T01:00", Trouble.TWICE),
        ("2026-11-01T01:59", Trouble.TWICE),
        ("2026-11-01T01:30-04:00", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("2026-11-01T01:30-05:00", datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        ("2026-11-01T01:30-06:00", Trouble.OTHER_OFFSET),
        ("2026-11-01T02:00", datetime(2026, 11, 1, 7, 0, tzinfo=UTC)),
        ("2026-07-01 09:30:00", datetime(2026, 7, 1, 13, 30, tzinfo=UTC)),
        ("2026-07-01T09:30-05:00", Trouble.OTHER_OFFSET),
        ("2026-07-01T13:30Z", Trouble.OTHER_OFFSET),
        ("2026-02-30T09:00", Trouble.UNREADABLE),
        ("2026-07-01T24:00", Trouble.UNREADABLE),
        ("2026-07-01T09:30:30", Trouble.UNREADABLE),
        ("2026-07-01", Trouble.UNREADABLE),
        ("07/01/2026 9:30", Trouble.UNREADABLE),
        ("", Trouble.UNREADABLE),
    ],
)
def test_a_wall_time_is_one_instant_or_says_why_not(text: str, found: datetime | Trouble) -> None:
    assert read_wall_time(text, NEW_YORK) == found


@pytest.mark.parametrize(
    "text", ["2026-07-01T09:30", "2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00", "2026-11-01T02:00"]
)
def test_a_wall_time_is_written_as_it_is_read(text: str) -> None:
    instant = read_wall_time(text, NEW_YORK)
    assert isinstance(instant, datetime)
    assert write_wall_time(instant, NEW_YORK) == text
