"""The calendar file of an appointment: place and time, nothing about the person or the case."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask_babel import gettext as _

from models import keys
from models.appointments import Appointment, Status
from models.offices import Office

if TYPE_CHECKING:  # else when the first file is asked for: a tenth of the time from start to first answer
    from icalendar import Event

USUAL_MINUTES = 30
PRODUCT = "-//Goodcause//Appointments//EN"


def calendar_file(appointment: Appointment, now: datetime, base_url: str) -> bytes:
    """One event. Its UID stays the same through every move and its SEQUENCE rises, so calendars update it."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.status == Status.CANCELLED else "PUBLISH")
    calendar.add_component(_event(appointment, now, base_url))
    calendar.add_missing_timezones(
        first_date=appointment.starts_at.date() - timedelta(days=366),
        last_date=appointment.starts_at.date() + timedelta(days=366),
    )
    return calendar.to_ical()


def _event(appointment: Appointment, now: datetime, base_url: str) -> Event:
    office: Office = appointment.office
    starts = office.local(appointment.starts_at)
    from icalendar import Event

    event = Event()
    event.add("uid", f"{keys.digest('calendar', appointment.reference)[:32]}@{urlsplit(base_url).hostname}")
    event.add("sequence", appointment.version - 1)
    event.add("dtstamp", now)
    event.add("dtstart", starts)
    event.add(
        "dtend", office.local(appointment.starts_at + timedelta(minutes=office.slot_minutes or USUAL_MINUTES))
    )
    event.add("summary", _("Appointment in %(city)s", city=office.city))
    event.add(
        "location",
        ", ".join(part for part in (office.name, office.address, office.city, office.region) if part),
    )
    event.add("status", "CANCELLED" if appointment.status == Status.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event
