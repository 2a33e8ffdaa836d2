"""Finding an appointment, and whose agreement it takes before a claim stands."""

from datetime import date, timedelta
from typing import Any

import pytest
from peewee import Database

from models.appointments import ActingAs, Appointment, Claim, claim_of, claims_of, is_frozen, normal_number
from models.audit import AuditEvent
from models.cases import PROTECTED_FORMS
from models.claims import FREEZE_TIME, Found, confirm, find, not_me, paused_appointments, send_claim_code
from models.offices import Held, Office
from models.outbox import Letter, Way
from models.people import Account
from models.verifying import breaches
from tests.models.builders import DAY, NOW, PEOPLE, SECOND, fresh, make_account, make_appointment

BORN = PEOPLE["Ana"][1]


@pytest.fixture(autouse=True)
def _all_is_well_afterwards(any_database: Database) -> object:
    yield
    assert breaches() == []


def look(account: Account, appointment: Appointment, acting_as: ActingAs = ActingAs.SELF) -> Found | None:
    return find(account, appointment.confirmation_number, BORN, acting_as, NOW)


def test_the_contact_on_file_has_the_appointment_at_once() -> None:
    ana, appointment = make_account("Ana"), make_appointment(case={"contact_email": "Ana@Example.org"})
    found = look(ana, appointment)
    assert (found.code_to, found.claim.confirmed_at, found.claim.without_contact) == (None, NOW, False)
    assert claim_of(ana, appointment.reference) == found.claim


def test_somebody_else_waits_for_the_code_that_goes_to_the_contact() -> None:
    binh, appointment = make_account("Binh"), make_appointment()
    found = look(binh, appointment, ActingAs.PARENT)
    assert (found.code_to, found.claim.confirmed_at) == ((Way.EMAIL, "ana@example.org"), None)
    token, code = send_claim_code(found, NOW)
    letter = Letter.get()
    assert (letter.kind, letter.recipient, letter.data["code"]) == ("code", "ana@example.org", code)
    assert confirm(found.claim, token, code, NOW)
    assert (fresh(found.claim).confirmed_at, fresh(found.claim).acting_as) == (NOW, ActingAs.PARENT)
    assert Letter.get(Letter.kind == "claimed").recipient == "ana@example.org"


def test_a_contact_without_email_is_asked_by_text_message() -> None:
    appointment = make_appointment(case={"contact_email": "", "contact_phone": "+12025550123"})
    assert look(make_account("Ana"), appointment).code_to == (Way.SMS, "+12025550123")


def test_without_a_contact_the_first_claim_stands_and_the_next_needs_the_first_ones_word() -> None:
    appointment = make_appointment(case={"contact_email": ""})
    first = look(make_account("Binh"), appointment)
    assert (first.code_to, first.claim.without_contact) == (None, True)
    assert look(make_account("Chidi"), appointment).code_to == (Way.EMAIL, "binh@example.org")
    assert look(make_account("Binh"), appointment).code_to is None


def test_a_wrong_code_confirms_nothing() -> None:
    appointment = make_appointment()
    found = look(make_account("Binh"), appointment)
    token, code = send_claim_code(found, NOW)
    assert not confirm(found.claim, token, f"{(int(code) + 1) % 10**6:06}", NOW)
    assert fresh(found.claim).confirmed_at is None


def test_a_code_for_one_claim_does_not_confirm_another() -> None:
    binh = make_account("Binh")
    one, other = make_appointment(), make_appointment(case={"form_or_visa_class": "I-765"})
    token, code = send_claim_code(look(binh, one), NOW)
    assert not confirm(look(binh, other).claim, token, code, NOW)


def test_a_code_sent_for_a_claim_does_not_sign_in() -> None:
    from models.sign_ins import Purpose, use_code

    token, code = send_claim_code(look(make_account("Binh"), make_appointment()), NOW)
    assert use_code(Purpose.SIGN_IN, token, code, NOW) is None


def test_finding_twice_makes_one_claim_and_an_agreement_once_given_stays() -> None:
    ana, appointment = make_account("Ana"), make_appointment()
    first, again = look(ana, appointment), look(ana, appointment)
    assert (first.claim.id, again.claim.confirmed_at, Claim.select().count()) == (again.claim.id, NOW, 1)


def test_a_claim_that_was_ended_needs_a_new_agreement() -> None:
    binh, appointment = make_account("Binh"), make_appointment()
    found = look(binh, appointment)
    Claim.update(confirmed_at=NOW, ended_at=NOW).where(Claim.id == found.claim.id).execute()
    assert claim_of(binh, appointment.reference) is None
    again = look(binh, appointment)
    assert (again.code_to, again.claim.confirmed_at) == ((Way.EMAIL, "ana@example.org"), None)


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("{right}", BORN + timedelta(days=1)),
        ("GC99999999", BORN),
        ("", BORN),
        ("' OR 1=1 --", BORN),
        ("{right}", date(1, 1, 1)),
    ],
)
def test_a_miss_says_nothing_and_leaves_nothing(number: str, born: date) -> None:
    appointment = make_appointment()
    typed = number.format(right=appointment.confirmation_number)
    assert find(make_account("Ana"), typed, born, ActingAs.SELF, NOW) is None
    assert (Claim.select().count(), AuditEvent.select().count()) == (0, 0)


@pytest.mark.parametrize("case", [{"protected": True}, {"account_only": True}])
def test_a_protected_case_is_a_miss_like_any_other_also_for_its_contact(case: dict[str, Any]) -> None:
    assert look(make_account("Ana"), make_appointment(case=case)) is None
    assert Claim.select().count() == 0


@pytest.mark.parametrize("form", sorted(PROTECTED_FORMS))
def test_a_case_of_a_protected_form_is_never_found(form: str) -> None:
    case = {"form_or_visa_class": form, "protected": form in PROTECTED_FORMS}
    assert look(make_account("Ana"), make_appointment(case=case)) is None


@pytest.mark.parametrize("typed", ["gc-0000 0001", " GC00000001 ", "gc\u200b0000\u00ad0001"])
def test_a_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normal_number(typed) == "GC00000001"


def test_a_claim_opens_its_own_appointment_and_no_other() -> None:
    ana, mine, other = make_account("Ana"), make_appointment(), make_appointment("Binh")
    look(ana, mine)
    assert claim_of(ana, other.reference) is None
    assert claim_of(make_account("Binh"), mine.reference) is None


def test_the_next_appointment_is_listed_first() -> None:
    ana = make_account("Ana")
    late, soon = make_appointment(in_hours=300), make_appointment(in_hours=100)
    for appointment in (late, soon):
        look(ana, appointment)
    assert [claim.appointment for claim in claims_of(ana)] == [soon, late]


@pytest.mark.parametrize(("after", "frozen"), [(FREEZE_TIME - SECOND, True), (FREEZE_TIME, False)])
def test_this_was_not_me_pauses_changes_for_a_day(after: timedelta, frozen: bool) -> None:
    appointment = make_appointment()
    assert not_me(appointment, NOW) == NOW + DAY
    assert is_frozen(fresh(appointment.case), NOW + after) is frozen
    assert AuditEvent.get().what == "not-me"


@pytest.mark.parametrize(
    ("office", "letters"),
    [
        ({"email": "office@example.org"}, 1),
        ({"email": ""}, 0),
        ({"email": "office@example.org", "held": Held.ELSEWHERE}, 0),
    ],
)
def test_this_was_not_me_is_told_to_the_office_once_for_each_pause(
    office: dict[str, Any], letters: int
) -> None:
    appointment = make_appointment()
    Office.update(office).execute()
    for moment in (NOW, NOW + SECOND):
        not_me(appointment, moment)
    alerts = list(Letter.select().where(Letter.kind == "not_me_alert"))
    assert [(letter.recipient, letter.way) for letter in alerts] == [
        ("office@example.org", Way.EMAIL)
    ] * letters
    not_me(appointment, NOW + SECOND + FREEZE_TIME)
    assert Letter.select().where(Letter.kind == "not_me_alert").count() == 2 * letters


def test_what_is_paused_is_listed_until_the_pause_ends() -> None:
    appointment, other = make_appointment(), make_appointment("Binh")
    not_me(other, NOW + SECOND)
    not_me(appointment, NOW)
    assert paused_appointments(NOW + FREEZE_TIME - SECOND) == [appointment, other]
    assert paused_appointments(NOW + FREEZE_TIME) == [other]


def test_every_claim_leaves_an_event() -> None:
    appointment = make_appointment(case={"contact_email": ""})
    found = look(make_account("Binh"), appointment)
    event = AuditEvent.get()
    assert (event.what, event.body) == (
        "claim-without-contact",
        {"claim": found.claim.id, "acting_as": "self"},
    )
