"""Offices, their weekly hours and their closed days."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from math import asin, cos, isnan, radians, sin, sqrt
from zoneinfo import ZoneInfo

from peewee import BooleanField, FloatField, ForeignKeyField, IntegerField, TextField

from models.database import BaseModel, DayField
from models.prepared import Prepared

EARTH_KM = 6371.0


class Kind(StrEnum):
    """What an office is; the first half of its name in addresses (`asc-XNY`)."""

    ASC = "asc"
    FIELD_OFFICE = "field_office"
    ASYLUM_OFFICE = "asylum_office"
    CONSULAR_POST = "consular_post"


class Held(StrEnum):
    """Who owns an office's calendar: this installation, or the government's own system."""

    HERE = "here"
    ELSEWHERE = "elsewhere"


class Office(BaseModel):
    """A place where appointments are kept."""

    kind = TextField()
    code = TextField()
    name = TextField()
    city = TextField()
    region = TextField(default="")
    country = TextField(default="US")
    postal_code = TextField(default="")
    time_zone = TextField()
    latitude = FloatField(null=True)
    longitude = FloatField(null=True)
    held = TextField(default=Held.ELSEWHERE)
    paused = BooleanField(default=False)
    phone = TextField(default="")
    email = TextField(default="")
    address = TextField(default="")
    weekly_hours = TextField(default="")
    places_per_slot = IntegerField(default=0)
    slot_minutes = IntegerField(default=0)
    source = TextField(default="")
    confidence = TextField(default="")
    notes = TextField(default="")

    class Meta:
        indexes = ((("kind", "code"), True),)

    @property
    def slug(self) -> str:
        """The office's name in commands, addresses and files."""
        return f"{self.kind}-{self.code}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose clock hangs on this office's wall."""
        return ZoneInfo(self.time_zone)

    @property
    def held_here(self) -> bool:
        """Whether places at this office can be taken here."""
        return self.held == Held.HERE

    def local(self, instant: datetime) -> datetime:
        """An instant on this office's clock."""
        return instant.astimezone(self.zone)

    def today(self, now: datetime) -> date:
        """The date at this office."""
        return self.local(now).date()


class Closure(BaseModel):
    """A day on which an office is closed."""

    office = ForeignKeyField(Office, backref="closures", on_delete="CASCADE", index=False)
    day = DayField()
    reason = TextField(default="")

    class Meta:
        indexes = ((("office", "day"), True),)


def find_office(name: str) -> Office | None:
    """The office called `KIND-CODE`, or by a bare code that only one office has."""
    if not name.isprintable():
        return None  # PostgreSQL takes no NUL, not even to look for it
    kind, dash, code = name.partition("-")
    if dash and kind in set(Kind):
        return Office.get_or_none(Office.kind == kind, Office.code == code.upper())
    found = list(Office.select().where(Office.code == name.upper()).limit(2))
    return found[0] if len(found) == 1 else None


def closed_days(office: Office, first: date, last: date) -> set[date]:
    """The closed days of an office from `first` to `last`, both included."""
    return {day for (day,) in _CLOSED.rows(office=office.id, first=first, last=last)}


_CLOSED = Prepared(
    lambda office, first, last: (
        Closure.select(Closure.day).where(Closure.office == office, Closure.day.between(first, last)).tuples()
    )
)


def kilometres(one: Office, other: Office) -> float:
    """Great-circle distance between two offices; infinity where one has no coordinates."""
    degrees = [one.latitude, one.longitude, other.latitude, other.longitude]
    north, west, south, east = (float("nan") if value is None else radians(value) for value in degrees)
    if isnan(north + west + south + east):
        return float("inf")
    turn = east - west
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(turn / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def offices_by_distance(assigned: Office, search: str = "", limit: int = 20) -> list[Office]:
    """Offices of the same kind whose places are held here: the assigned one first, then the nearest.

    `search` narrows them to those whose name, city, region or postal code contains it.
    """
    query = Office.select().where(Office.kind == assigned.kind, Office.held == Held.HERE)
    wanted = search.casefold().strip()
    found = [office for office in query if wanted in _words(office)]
    found.sort(key=lambda office: (office.id != assigned.id, kilometres(assigned, office), office.name))
    return found[:limit]


def _words(office: Office) -> str:
    return f"{office.name} {office.city} {office.region} {office.postal_code} {office.code}".casefold()
