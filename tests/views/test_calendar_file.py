"""The calendar file: one event that moves along, says place and time, and nothing about the person."""

import pytest
from icalendar import Calendar, Event
from werkzeug.test import TestResponse

from models.appointments import Appointment, Status
from tests.models.builders import choose_and_confirm, make_appointment, make_office, make_slot
from tests.pages import StrictClient
from tests.views.visitors import found_by, look_up, page_of

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def mine() -> Appointment:
    return make_appointment()


@pytest.fixture
def visitor(client: StrictClient, mine: Appointment) -> StrictClient:
    return found_by(client, mine)


def fetch(visitor: StrictClient, appointment: Appointment) -> TestResponse:
    answer = visitor.get(f"{page_of(appointment)}/calendar.ics")
    assert answer.status_code == 200
    return answer


def event_of(answer: TestResponse) -> Event:
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    return event


def test_it_is_a_calendar_to_keep_and_no_page_to_store(visitor: StrictClient, mine: Appointment) -> None:
    headers = fetch(visitor, mine).headers
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    assert headers["Cache-Control"] == "no-store"


def test_the_time_is_the_offices_with_its_zone(visitor: StrictClient, mine: Appointment) -> None:
    answer = fetch(visitor, mine)
    assert b"DTSTART;TZID=America/New_York:20260124T140000" in answer.data
    calendar = Calendar.from_ical(answer.data)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]
    assert event_of(answer)["DTSTART"].dt == mine.starts_at


def test_lines_end_and_fold_as_calendars_want_them(visitor: StrictClient, mine: Appointment) -> None:
    lines = fetch(visitor, mine).data.split(b"\r\n")
    assert not [line for line in lines if b"\n" in line or len(line) > 75]


def test_a_move_updates_the_same_event(visitor: StrictClient, mine: Appointment) -> None:
    before = event_of(fetch(visitor, mine))
    choose_and_confirm(mine, make_slot(in_days=20))
    after = event_of(fetch(visitor, mine))
    assert before["UID"] == after["UID"]
    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (0, 1)
    assert after["DTSTART"].dt > before["DTSTART"].dt


def test_two_appointments_are_two_events(visitor: StrictClient, mine: Appointment) -> None:
    other = make_appointment()
    look_up(visitor, other)
    uids = {event_of(fetch(visitor, each))["UID"] for each in (mine, other)}
    assert len(uids) == 2


def test_it_says_nothing_of_person_and_case(visitor: StrictClient, mine: Appointment) -> None:
    text = fetch(visitor, mine).text
    for secret in (
        "Ana",
        "Souza",
        "1990",
        "I-485",
        mine.confirmation_number,
        mine.reference,
        "ana@",
        "ingerprint",
    ):
        assert secret not in text


def test_a_cancelled_appointment_takes_itself_out(visitor: StrictClient, mine: Appointment) -> None:
    mine.status = Status.CANCELLED
    mine.save()
    answer = fetch(visitor, mine)
    assert event_of(answer)["STATUS"] == "CANCELLED"
    assert b"METHOD:CANCEL" in answer.data


@pytest.mark.parametrize(
    "name", ["Office\nBEGIN:VEVENT\nSUMMARY:injected", "Office\r\nSUMMARY:injected", "A; B, C\\n"]
)
def test_a_name_with_line_breaks_adds_no_event(client: StrictClient, name: str) -> None:
    mine = make_appointment(slot=make_slot(office=make_office(name=name), in_days=10, free=0))
    answer = fetch(found_by(client, mine), mine)
    lines = answer.data.split(b"\r\n")
    assert lines.count(b"BEGIN:VEVENT") == 1
    assert not [line for line in lines if line.startswith(b"SUMMARY:injected")]
    assert event_of(answer)["SUMMARY"] == "Appointment in New York"
