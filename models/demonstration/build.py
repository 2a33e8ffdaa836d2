"""Building the demonstration around now: everything it made before goes, everything is made anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN

from models import audit
from models.appointments import Appointment, Status
from models.audit import AuditEvent, AuditHead
from models.cases import Case
from models.database import write_tx
from models.demonstration.allowed import ALLOWED
from models.demonstration.blocked import BLOCKED
from models.demonstration.calendars import Calendar, last_day
from models.demonstration.crowd import crowd
from models.demonstration.examples import Example, Planned
from models.demonstration.lived import live
from models.demonstration.offices import KEPT_HERE, add_closures, add_offices
from models.demonstration.people import somebody
from models.demonstration.reviewed import NEEDS_REVIEW
from models.demonstration.rows import add_example, add_one_of_many, add_workers
from models.demonstration.special import SPECIAL
from models.demonstration.starts import InHours, start_of, starts_in_hours
from models.offices import Office
from models.people import Account, Person
from models.schema import TABLES

EXAMPLES = (*ALLOWED, *BLOCKED, *NEEDS_REVIEW)
BUILT = "demonstration-built"


@dataclass(frozen=True)
class Built:
    """What there is to try: the accounts, and each example with its appointment as it stands."""

    base_time: datetime
    accounts: list[Account]
    examples: list[tuple[Example, Appointment]]
    special: list[tuple[Example, Appointment]]


def rebuild(now: datetime) -> Built | None:
    """Build the demonstration; None, and nothing changed, when the database holds rows of somebody's own."""
    now = now.replace(microsecond=0)
    if not write_tx(lambda: _build(now)):
        return None
    live(now)
    accounts = list(Account.select(Account, Office).join(Office, JOIN.LEFT_OUTER).order_by(Account.id))
    return Built(now, accounts, _as_they_stand(EXAMPLES), _as_they_stand(SPECIAL))


def _build(now: datetime) -> bool:
    if not _holds_nothing_else():
        return False
    _clear()
    audit.record(BUILT, "demonstration", now)
    offices = add_offices()
    calendars = {}
    for slug in (f"asc-{code}" for code in KEPT_HERE):
        add_closures(offices[slug], now, last_day(offices[slug], now))
        calendars[slug] = Calendar(offices[slug], now)
    planned = [_plan(example, offices, calendars, now) for example in (*EXAMPLES, *SPECIAL)]
    crowded = list(crowd(calendars))
    slots = {slug: calendar.write() for slug, calendar in calendars.items()}
    add_workers(offices, now)
    for position, plan in enumerate(planned, start=1):
        slot = slots[plan.office.slug][plan.start] if plan.booked else None
        add_example(plan, position, slot, now)
    for number, (calendar, start) in enumerate(crowded, start=1):
        office = calendar.office
        add_one_of_many(somebody(number), number, office, slots[office.slug][start], now)
    return True


def _holds_nothing_else() -> bool:
    """Whether the database is empty or was filled by this function; a real one must never be cleared."""
    if AuditEvent.select().where(AuditEvent.number == 1, AuditEvent.what == BUILT).exists():
        return True
    return not any(table.select().exists() for table in (Office, Case, Appointment))


def _clear() -> None:
    for table in reversed(TABLES):
        if table is not AuditHead:
            table.delete().execute()
    AuditHead.update(number=0, signature=audit.START).execute()


def _plan(
    example: Example, offices: dict[str, Office], calendars: dict[str, Calendar], now: datetime
) -> Planned:
    """Find an example's time and, where it is to be kept here, take a place for it."""
    slug = example.office
    if isinstance(example.when, InHours):
        slug = _open_soon((slug, *example.or_at), offices, calendars, now)
    office, calendar = offices[slug], calendars.get(slug)
    start = start_of(example.when, office, calendar, now)
    stands = example.status == Status.SCHEDULED and start > now
    return Planned(example, office, start, stands and calendar is not None and calendar.book(start))


def _open_soon(
    slugs: tuple[str, ...], offices: dict[str, Office], calendars: dict[str, Calendar], now: datetime
) -> str:
    """The first of some offices that is open when an example should start soon; else the first of all."""
    open_then = (slug for slug in slugs if starts_in_hours(offices[slug], calendars.get(slug), now))
    return next(open_then, slugs[0])


def _as_they_stand(examples: tuple[Example, ...]) -> list[tuple[Example, Appointment]]:
    query = Appointment.select(Appointment, Case, Person, Office).join(Case).switch(Appointment)
    query = query.join(Person).switch(Appointment).join(Office)
    numbers = [example.number for example in examples]
    found = {
        row.confirmation_number: row for row in query.where(Appointment.confirmation_number.in_(numbers))
    }
    return [(example, found[example.number]) for example in examples]
