"""The demonstration's offices: all that ship, of which a dozen and a few keep their calendar here."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from models.offices import Closure, Held, Kind, Office

REFERENCE = Path(__file__).parent.parent / "reference"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
SLOT_MINUTES = 30
TRAINING_DAY = 13  # the Nth weekday from today: far enough to be seen, near enough to be in the way


@dataclass(frozen=True)
class KeptHere:
    """How an office works whose places this installation gives out; `places` are those of one start time."""

    places: int
    opens: str = "08:00"
    closes: str = "16:00"
    saturday: str = ""
    paused: bool = False

    @property
    def weekly_hours(self) -> str:
        """The hours as written in `weekly_hours` of offices.csv."""
        week = [f"{day} {self.opens}-{self.closes}" for day in WEEKDAYS]
        return "; ".join([*week, f"sat {self.saturday}"] if self.saturday else week)


KEPT_HERE = {
    "XNO": KeptHere(2, saturday="08:00-11:00"),
    "XNK": KeptHere(4),
    "XNI": KeptHere(3),
    "XNP": KeptHere(2, opens="09:00"),
    "XPA": KeptHere(3),
    "XMA": KeptHere(4, saturday="08:00-12:00"),
    "XCA": KeptHere(3),
    "XDL": KeptHere(3),
    "XPQ": KeptHere(2, opens="07:00", closes="15:00"),
    "XLM": KeptHere(4),
    "XSE": KeptHere(2),
    "XAA": KeptHere(1, opens="09:00", closes="15:00"),
    "XHF": KeptHere(2),
    "XHG": KeptHere(1),
    "XIT": KeptHere(1, opens="09:00", closes="12:00", paused=True),
}


def add_offices() -> dict[str, Office]:
    """Write every office that ships; all of them by their names (`asc-XNO`)."""
    rows = list(_rows())
    Office.insert_many(rows).execute()
    return {office.slug: office for office in Office.select()}


def add_closures(office: Office, now: datetime, last: date) -> None:
    """Write the days on which an office is closed until `last`: federal holidays and one day of training."""
    today = office.today(now)
    days = {day: name for day, name in federal_holidays().items() if today <= day <= last}
    days.setdefault(nth_weekday(today, TRAINING_DAY), "Staff training")
    Closure.insert_many(
        [{"office": office, "day": day, "reason": why} for day, why in days.items()]
    ).execute()


def federal_holidays() -> dict[date, str]:
    """The federal holidays as observed, in the years that the shipped calendar covers."""
    calendars = json.loads((REFERENCE / "posts.json").read_text(encoding="utf-8"))["calendars"]
    return {date.fromisoformat(day["date"]): day["name"] for day in calendars["US-FEDERAL"]["closed_on"]}


def nth_weekday(day: date, number: int) -> date:
    """The day that is `number` weekdays after `day`, or before it when negative; holidays count."""
    step = timedelta(days=1 if number > 0 else -1)
    left = abs(number)
    while left:
        day += step
        left -= day.weekday() < len(WEEKDAYS)
    return day


def _rows() -> Iterator[dict[str, Any]]:
    with (REFERENCE / "offices.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kept = KEPT_HERE.get(row["code"]) if row["kind"] == Kind.ASC else None
            yield {
                **row,
                "latitude": float(row["latitude"]) if row["latitude"] else None,
                "longitude": float(row["longitude"]) if row["longitude"] else None,
                "held": Held.HERE if kept else Held.ELSEWHERE,
                "paused": kept.paused if kept else False,
                "weekly_hours": kept.weekly_hours if kept else "",
                "places_per_slot": kept.places if kept else 0,
                "slot_minutes": SLOT_MINUTES if kept else 0,
            }
