"""Importing offices: a known one (kind and code) is brought up to date, any other is added."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from models.appointments import Appointment
from models.hours import MINUTES_OF_A_DAY, read_hours
from models.imports.cells import Cells
from models.imports.importing import Sheet
from models.imports.reading import Columns
from models.offices import Held, Kind, Office
from models.slots import Slot

CODE = re.compile(r"[A-Z0-9]{2,8}")
COUNTRY = re.compile(r"[A-Z]{2}")
PLACES_LIMIT = 1000

COLUMNS = Columns(
    required=("code", "kind", "name", "city", "region", "country", "postal_code", "time_zone", "latitude",
              "longitude", "source", "confidence", "notes"),
    optional=("held", "phone", "email", "address", "weekly_hours", "places_per_slot", "slot_minutes"),
)  # fmt: skip


class Offices(Sheet[dict[str, Any]]):
    """Records are the values of an office row, of the columns that the file has."""

    kind = "offices"
    columns = COLUMNS

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self._known = {(office.kind, office.code): office for office in Office.select()}
        self._rows: dict[tuple[str, str], int] = {}
        self._zones = available_timezones()

    def read(self, cells: Cells) -> dict[str, Any]:
        """A row's values; a column that the file leaves out is not touched."""
        values: dict[str, Any] = {
            "kind": cells.choice("kind", Kind),
            "code": cells.code("code", CODE, "2 to 8 letters and digits"),
            "name": cells.words("name", required=True),
            "country": cells.code("country", COUNTRY, "2 letters"),
            "time_zone": self._zone(cells),
            "latitude": cells.degrees("latitude", 90),
            "longitude": cells.degrees("longitude", 180),
        }
        for column in ("city", "region", "postal_code"):
            values[column] = cells.words(column)
        for column in ("source", "confidence", "notes"):
            values[column] = cells.words(column, lines=True)
        return values | self._optional(cells)

    def compare(self, batch: list[tuple[Cells, dict[str, Any]]]) -> None:
        """Count what is new and what changes, and note what may not change."""
        for cells, values in batch:
            key = (values["kind"], values["code"])
            first = self._rows.setdefault(key, cells.number)
            if first != cells.number:
                cells.fault("code", "twice_in_file", str(first))
            known = self._known.get(key)
            if known and known.time_zone != values["time_zone"] and _in_use(known):
                cells.fault("time_zone", "zone_in_use", known.time_zone)

    def write(self, records: list[dict[str, Any]]) -> None:
        """Add the new offices and bring the known ones up to date."""
        for values in records:
            known = self._known.get((values["kind"], values["code"]))
            if known is None:
                Office.create(**values)
                self.added += 1
            elif any(getattr(known, name) != value for name, value in values.items()):
                Office.update(values).where(Office.id == known.id).execute()
                self.changed += 1

    def _zone(self, cells: Cells) -> str:
        name = cells.plain("time_zone")
        if name not in self._zones:
            cells.fault("time_zone", "zone" if name else "empty_cell")
        return name

    def _optional(self, cells: Cells) -> dict[str, Any]:
        readers = {
            "held": lambda: cells.choice("held", Held, Held.ELSEWHERE),
            "phone": lambda: cells.phone("phone"),
            "email": lambda: cells.email("email"),
            "address": lambda: cells.words("address", lines=True),
            "weekly_hours": lambda: _hours(cells),
            "places_per_slot": lambda: cells.count("places_per_slot", 0, PLACES_LIMIT, 0),
            "slot_minutes": lambda: cells.count("slot_minutes", 0, MINUTES_OF_A_DAY, 0),
        }
        return {column: read() for column, read in readers.items() if cells.has(column)}


def _hours(cells: Cells) -> str:
    text = cells.plain("weekly_hours")
    if read_hours(text) is None:
        cells.fault("weekly_hours", "hours")
    return text


def _in_use(office: Office) -> bool:
    """Whether times of this office are kept, which another zone would turn into other times."""
    return (
        Slot.select().where(Slot.office == office).exists()
        or Appointment.select().where(Appointment.office == office).exists()
    )
