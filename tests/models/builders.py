"""Boring offices, places, people and appointments; a test names only what it is about."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from models.appointments import Appointment
from models.cases import Case
from models.holds import Hold, HoldKind, HoldState
from models.judging import Actor
from models.moving import hold, move
from models.offices import Office
from models.people import Account, Person
from models.receipts import Receipt
from models.slots import Slot, SlotDay
from models.wishes import Asked, Wish

# A Wednesday afternoon in winter: no clock changes near, offices open.
NOW = datetime(2026, 1, 14, 19, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

PEOPLE = {
    "Ana": ("Souza", date(1990, 5, 15)),
    "Binh": ("Nguyễn", date(1985, 11, 2)),
    "Chidi": ("Okafor", date(1978, 2, 28)),
    "Dalia": ("حداد", date(2001, 7, 9)),
    "Emil": ("Łęcki", date(1966, 12, 31)),
}
_numbers = count(1)


def make_office(code: str | None = None, **changes: Any) -> Office:
    """An office in New York whose calendar is held here."""
    number = next(_numbers)
    row = {
        "kind": "asc", "code": code or f"X{number}", "name": f"Office {number}", "city": "New York",
        "time_zone": "America/New_York", "held": "here",
    }  # fmt: skip
    return Office.create(**{**row, **changes})


def the_office() -> Office:
    """The first office, made when there is none."""
    return Office.select().order_by(Office.id).first() or make_office("XNY")


def make_slot(in_days: float = 20, places: int = 1, *, free: int | None = None, **changes: Any) -> Slot:
    """A time with free places, counted in its day."""
    office = changes.pop("office", None) or the_office()
    starts_at = changes.pop("starts_at", NOW + in_days * DAY)
    free = places if free is None else free
    slot: Slot = Slot.create(
        office=office, system=changes.pop("system", "biometrics"), starts_at=starts_at,
        day=office.local(starts_at).date(), capacity=places, free=free, **changes,
    )  # fmt: skip
    mine = (SlotDay.office == office) & (SlotDay.system == slot.system) & (SlotDay.day == slot.day)
    counted = SlotDay.update(capacity=SlotDay.capacity + places, free=SlotDay.free + free).where(mine)
    if not counted.execute():
        SlotDay.create(office=office, system=slot.system, day=slot.day, capacity=places, free=free)
    return Slot.get_by_id(slot.id)


def make_account(of: str = "Ana", **changes: Any) -> Account:
    """Somebody who signs in; the same one for the same name."""
    email = changes.pop("email", f"{of.lower()}@example.org")
    known = Account.get_or_none(Account.email == email)
    return known or Account.create(email=email, name=of, created_at=NOW, **changes)


def make_case(of: str = "Ana", **changes: Any) -> Case:
    row = {
        "system": "biometrics",
        "form_or_visa_class": "I-485",
        "contact_email": f"{of.lower()}@example.org",
    }
    return Case.create(**{**row, **changes})


def make_person(of: str = "Ana", **changes: Any) -> Person:
    family_name, born = PEOPLE.get(of, ("Doe", date(1990, 1, 1)))
    row = {"given_name": of, "family_name": family_name, "date_of_birth": born}
    return Person.create(**{**row, **changes})


def make_appointment(of: str = "Ana", in_hours: float = 240, **changes: Any) -> Appointment:
    """A scheduled appointment in a place of its own; changes to the case go into `case`."""
    number = next(_numbers)
    starts_at = changes.pop("starts_at", NOW + in_hours * HOUR)
    slot = changes.pop("slot", None) or _a_place_of_its_own(starts_at)
    case = changes.pop("case", {})
    row = {
        "reference": f"ref-{number}", "confirmation_number": f"GC{number:08}", "system": "biometrics",
        "case": case if isinstance(case, Case) else make_case(of, **case),
        "person": changes.pop("person", None) or make_person(of),
        "office": slot.office, "slot": slot, "starts_at": slot.starts_at,
        "starts_local": slot.office.local(slot.starts_at).strftime("%Y-%m-%dT%H:%M"),
        "scheduled_on": NOW.date() - 20 * DAY, "created_at": NOW,
    }  # fmt: skip
    made: Appointment = Appointment.create(**{**row, **changes})
    return fresh(made)


def _a_place_of_its_own(starts_at: datetime) -> Slot:
    """A place nobody else has at that time: a new slot, or one more in the slot there is."""
    office = the_office()
    slot = Slot.get_or_none(Slot.office == office, Slot.system == "biometrics", Slot.starts_at == starts_at)
    if slot is None:
        return make_slot(starts_at=starts_at, free=0)
    Slot.update(capacity=Slot.capacity + 1).where(Slot.id == slot.id).execute()
    mine = (SlotDay.office == office) & (SlotDay.system == slot.system) & (SlotDay.day == slot.day)
    SlotDay.update(capacity=SlotDay.capacity + 1).where(mine).execute()
    return slot


def fresh(row: Any) -> Any:
    """The row as it stands in the database."""
    return type(row).get_by_id(row.id)


def actor_of(name: str = "Ana") -> Actor:
    return Actor(make_account(name).id, "self")


def wish_for(appointment: Appointment, slot: Slot, key: str = "key", **changes: Any) -> Wish:
    """The wish of somebody who sees the appointment as it stands and names a listed reason."""
    row = {
        "key": key, "slot_id": slot.id, "good_cause": "illness_or_medical", "good_cause_details": "",
        "address_changed": False, "seen_version": fresh(appointment).version,
    }  # fmt: skip
    return Wish(**{**row, **changes})


def choose(
    appointment: Appointment, slot: Slot, key: str = "key", now: datetime = NOW, **changes: Any
) -> Any:
    """What comes of holding a place: the hold, or the receipt of why not."""
    return hold(appointment.id, wish_for(appointment, slot, key, **changes), actor_of(), now)


def confirm(appointment: Appointment, key: str = "key", now: datetime = NOW) -> Receipt | None:
    """What comes of confirming a held choice."""
    return move(Asked(appointment.id, key, actor_of()), now)


def choose_and_confirm(appointment: Appointment, slot: Slot, key: str = "key", now: datetime = NOW) -> Any:
    chosen = choose(appointment, slot, key, now)
    return confirm(appointment, key, now) if isinstance(chosen, Hold) else chosen


def counted(model: Any) -> Callable[[], int]:
    """How many rows of a table came since."""
    before = model.select().count()
    return lambda: model.select().count() - before


def live_hold_of(appointment: Appointment, now: datetime, kind: HoldKind = HoldKind.CHOICE) -> Hold | None:
    """The appointment's hold of this kind that still keeps a place."""
    hold = Hold.get_or_none(Hold.appointment == appointment, Hold.kind == kind, Hold.state == HoldState.LIVE)
    return hold if hold and hold.is_live(now) else None
