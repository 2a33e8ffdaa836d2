"""Rows to measure on: an office with places, and people who are signed in and have an appointment there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from peewee import chunked

from app import create_app
from bench import load
from bench.servers import SECRET
from models import keys
from models.appointments import Appointment, Claim
from models.cases import Case
from models.database import close_connection, database, open_connection
from models.offices import Office
from models.people import Account, Person
from models.schema import migrate
from models.sign_ins import Session
from models.slots import Slot, SlotDay

TIMES_A_DAY = 24
FIRST_TIME = timedelta(hours=14)  # 9 o'clock in New York, in UTC
DAYS = 60
CSRF = "ab" * 20
CROWD = 100_000
BIOMETRICS = "biometrics"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Mover:
    """Somebody signed in, with an appointment: what a browser of theirs would send."""

    number: int
    reference: str
    cookie: str
    csrf_token: str

    @property
    def address(self) -> str:
        """The page on which the appointment is moved."""
        return f"/appointments/{self.reference}/move"

    def hold(self, slot_id: int, key: str) -> bytes:
        """The form that chooses a time."""
        fields = {
            "csrf_token": self.csrf_token, "key": key, "seen_version": "1", "slot": str(slot_id),
            "good_cause": "illness_or_medical", "good_cause_details": "",
        }  # fmt: skip
        return load.post(self.address, fields, self.cookie)

    def confirm(self, key: str) -> bytes:
        """The form that confirms it."""
        fields = {"csrf_token": self.csrf_token, "key": key, "contact_by": "email"}
        return load.post(f"{self.address}/review", fields, self.cookie)

    def journey(self, slot_id: int, key: str) -> load.Script:
        """Both, one after the other."""
        return [self.hold(slot_id, key), self.confirm(key)]


def form_key(number: int) -> str:
    """A form key as a page would carry it."""
    return f"benchmark-key-{number:08d}"


@contextmanager
def open_ground(url: str, folder: Path) -> Iterator[Flask]:
    """The product in this process on a migrated database; `folder` takes what it keeps beside."""
    app = create_app(SECRET_KEY=SECRET, DATABASE_URL=url, INSTANCE=str(folder), DEMO="1", LIMITS="track")
    open_connection()
    migrate()
    try:
        yield app
    finally:
        close_connection()


def add_office(number: int = 1, **changes: Any) -> Office:
    """An office whose calendar is held here."""
    row = {
        "kind": "asc", "code": f"B{number}", "name": f"Office {number}", "city": "New York", "region": "NY",
        "time_zone": "America/New_York", "held": "here", "latitude": 40.7, "longitude": -74.0,
    }  # fmt: skip
    office: Office = Office.create(**{**row, **changes})
    return office


def first_day() -> date:
    """The day on which the places begin."""
    return (datetime.now(UTC) + 14 * DAY).date()


def add_places(office: Office, capacity: int = CROWD, days: int = DAYS) -> list[int]:
    """Open places on the coming days; the ids of their times."""
    midnight = datetime.combine(first_day(), datetime.min.time(), UTC)
    rows = []
    for day in range(days):
        for time in range(TIMES_A_DAY):
            starts_at = midnight + day * DAY + FIRST_TIME + time * timedelta(minutes=20)
            local_day = office.local(starts_at).date()
            rows.append((office.id, BIOMETRICS, starts_at, local_day, capacity, capacity))
    fields = [Slot.office, Slot.system, Slot.starts_at, Slot.day, Slot.capacity, Slot.free]
    _insert(Slot, rows, fields)
    total = TIMES_A_DAY * capacity
    in_days = [(office.id, BIOMETRICS, first_day() + n * DAY, total, total) for n in range(days)]
    _insert(SlotDay, in_days, [SlotDay.office, SlotDay.system, SlotDay.day, SlotDay.capacity, SlotDay.free])
    return [slot.id for slot in Slot.select(Slot.id).where(Slot.office == office).order_by(Slot.id)]


def add_time(office: Office, capacity: int, in_days: int = 90) -> int:
    """One time on a day of its own."""
    starts_at = datetime.combine(first_day() + in_days * DAY, datetime.min.time(), UTC) + FIRST_TIME
    day = office.local(starts_at).date()
    slot = Slot.create(
        office=office, system=BIOMETRICS, starts_at=starts_at, day=day, capacity=capacity, free=capacity
    )
    SlotDay.create(office=office, system=BIOMETRICS, day=day, capacity=capacity, free=capacity)
    return int(slot.id)


def add_movers(app: Flask, office: Office, count: int, language: str = "en", first: int = 1) -> list[Mover]:
    """People with an appointment at the office in ten days, signed in a minute ago."""
    now = datetime.now(UTC)
    starts_at = (now + 10 * DAY).replace(hour=15, minute=0, second=0, microsecond=0)
    numbers = range(first, first + count)
    old, local = _old_place(office, starts_at, count), office.local(starts_at).strftime("%Y-%m-%dT%H:%M")
    scheduled = office.today(now) - 20 * DAY
    _insert(Account, [(n, f"person{n}@mail.example", language, now) for n in numbers],
            [Account.id, Account.email, Account.language, Account.created_at])  # fmt: skip
    _insert(Session, [(keys.digest("session", _token(n)), n, now, now) for n in numbers],
            [Session.token, Session.account, Session.made_at, Session.seen_at])  # fmt: skip
    _insert(Person, [(n, f"Family {n}", "Ana", date(1990, 5, 15)) for n in numbers],
            [Person.id, Person.family_name, Person.given_name, Person.date_of_birth])  # fmt: skip
    _insert(Case, [(n, BIOMETRICS, f"IOE{n:010d}", "I-485", f"person{n}@mail.example") for n in numbers],
            [Case.id, Case.system, Case.number, Case.form_or_visa_class, Case.contact_email])  # fmt: skip
    appointment = {
        "system": BIOMETRICS, "office": office.id, "slot": old, "starts_at": starts_at, "starts_local": local,
        "scheduled_on": scheduled, "created_at": now,
    }  # fmt: skip
    named = [
        {"id": n, "reference": f"BENCH{n:07d}", "confirmation_number": f"GC{n:08d}", "case": n, "person": n}
        for n in numbers
    ]
    _insert(Appointment, [{**row, **appointment} for row in named])
    _insert(Claim, [(n, n, now, now) for n in numbers],
            [Claim.appointment, Claim.account, Claim.made_at, Claim.confirmed_at])  # fmt: skip
    return _signed_in(app, numbers)


def _old_place(office: Office, starts_at: datetime, count: int) -> int:
    """The one time that all of them have now."""
    row = {"office": office, "system": BIOMETRICS, "starts_at": starts_at}
    old, _made = Slot.get_or_create(
        **row, defaults={"day": office.local(starts_at).date(), "capacity": 0, "free": 0}
    )
    Slot.update(capacity=Slot.capacity + count).where(Slot.id == old.id).execute()
    day, _made = SlotDay.get_or_create(
        office=office, system=BIOMETRICS, day=old.day, defaults={"capacity": 0, "free": 0}
    )
    SlotDay.update(capacity=SlotDay.capacity + count).where(SlotDay.id == day.id).execute()
    return int(old.id)


def _token(number: int) -> str:
    return f"benchmark-session-{number}"


def _signed_in(app: Flask, numbers: Iterable[int]) -> list[Mover]:
    """Cookies and form tokens as the product itself signs them."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer
    csrf_token = str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(CSRF))
    name = app.config["SESSION_COOKIE_NAME"]
    return [
        Mover(
            number=n,
            reference=f"BENCH{n:07d}",
            cookie=f"{name}={signer.dumps({'_user_id': _token(n), '_fresh': True, 'csrf_token': CSRF})}",
            csrf_token=csrf_token,
        )
        for n in numbers
    ]


def _insert(model: Any, rows: list[Any], fields: list[Any] | None = None) -> None:
    with database.atomic():
        for some in chunked(rows, 1000):
            model.insert_many(some, fields).execute()
