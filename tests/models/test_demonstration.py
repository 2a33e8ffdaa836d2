"""The demonstration: what it declares by hand is what the rules say, whenever it is built."""

from datetime import UTC, date, datetime, timedelta

import pytest
from peewee import Database

from models import claims, judging, openings, verifying
from models.appointments import ActingAs, Appointment, history_of
from models.cases import Case
from models.database import write_tx
from models.demonstration.allowed import ALLOWED
from models.demonstration.build import Built, rebuild
from models.demonstration.calendars import BIOMETRICS
from models.demonstration.examples import Example
from models.demonstration.people import WORKERS
from models.demonstration.reviewed import NEEDS_REVIEW
from models.offices import Held, Office, find_office
from models.people import Account
from models.receipts import Receipt, Result
from models.reviews import waiting_review_of
from models.rules import Verdict
from models.rules.calendars import birthday
from models.rules.systems import SYSTEMS
from models.schema import TABLES
from models.slots import Slot

WINTER = datetime(2026, 1, 14, 19, 0, tzinfo=UTC)
BASE_TIMES = {
    "a winter afternoon": WINTER,
    "the night on which clocks go forward": datetime(2026, 3, 8, 6, 40, tzinfo=UTC),
    "the night on which clocks go back": datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
    "nine hours before an hour that comes twice": datetime(2026, 10, 31, 20, 50, tzinfo=UTC),
    "the end of the year": datetime(2026, 12, 31, 23, 50, tzinfo=UTC),
    "a leap day, past the known holidays": datetime(2028, 2, 29, 4, 59, 59, tzinfo=UTC),
    "a Friday evening before a federal holiday": datetime(2026, 5, 23, 1, 15, tzinfo=UTC),
}
# what depends on who acts, or on a look-up that did not match, is no reason of an appointment's own
OF_OTHERS = {
    "identity-not-matched",
    "no-online-account",
    "authority-not-on-file",
    "role-not-authorised",
    "staff-draft-unconfirmed",
}


def build(now: datetime) -> Built:
    built = rebuild(now)
    assert built is not None
    return built


def everything(built: Built) -> list[tuple[Example, Appointment]]:
    return [*built.examples, *built.special]


def answer(example: Example, appointment: Appointment, now: datetime) -> tuple[Verdict, tuple[str, ...]]:
    """What the appointment's page says before anything is filled in."""
    tool = frozenset() if appointment.office.held_here else judging.TOOL_FACTS
    actor = judging.Actor(1, example.acting_as)
    outcome = judging.judge(appointment, actor, now, unanswered=judging.FORM_FACTS | tool).outcome
    return outcome.verdict, tuple(outcome.rules)


@pytest.mark.parametrize("now", BASE_TIMES.values(), ids=BASE_TIMES.keys())
def test_every_declared_answer_holds_for_six_hours(database: Database, now: datetime) -> None:
    built = build(now)
    told = {
        (example.number, hours): answer(example, row, built.base_time + timedelta(hours=hours))
        for example, row in everything(built)
        for hours in (0, 3, 6)
    }
    declared = {
        (example.number, hours): (example.verdict, example.rules)
        for example, _ in everything(built)
        for hours in (0, 3, 6)
    }
    assert told == declared
    assert verifying.breaches() == []


def test_there_is_an_example_of_every_verdict_and_every_reason(database: Database) -> None:
    built = build(WINTER)
    biometrics = SYSTEMS[BIOMETRICS]
    in_force = {
        rule.slug
        for rule in biometrics.rules
        if not rule.reads & judging.FORM_FACTS and (rule.until is None or rule.until >= WINTER.date())
    }
    shown = {slug for example, _ in built.examples for slug in example.rules}
    assert shown == in_force - OF_OTHERS
    assert {example.verdict for example, _ in built.examples} == set(Verdict)


def test_it_is_the_same_on_both_databases_and_however_often_it_is_built(any_database: Database) -> None:
    build(WINTER)
    first = [table.select().count() for table in TABLES]
    built = build(WINTER)
    assert [table.select().count() for table in TABLES] == first
    assert verifying.breaches() == []
    assert len({row.reference for _, row in everything(built)}) == len(everything(built))


def test_it_never_clears_a_database_with_rows_of_somebodys_own(database: Database) -> None:
    write_tx(lambda: Case.create(system=BIOMETRICS, form_or_visa_class="I-90", number="REAL"))
    assert rebuild(WINTER) is None
    assert Case.get().number == "REAL"
    assert not Office.select().exists()


def test_it_clears_what_people_did_in_it(database: Database) -> None:
    build(WINTER)
    write_tx(lambda: Account.create(email="visitor@mail.example", created_at=WINTER))
    built = build(WINTER)
    assert "visitor@mail.example" not in {account.email for account in built.accounts}


def test_all_real_offices_are_there_and_a_dozen_and_a_few_keep_their_calendar_here(
    database: Database,
) -> None:
    build(WINTER)
    assert Office.select().count() == 362
    assert Office.select().where(Office.held == Held.HERE).count() == 15
    kept = {row.office.slug for row in Slot.select(Slot.office).distinct()}
    assert kept == {office.slug for office in Office.select().where(Office.held == Held.HERE)}


def test_a_month_has_full_days_closed_days_and_days_with_room(database: Database) -> None:
    build(WINTER)
    elizabeth = find_office("asc-XNO")
    assert elizabeth is not None
    days = openings.open_days(elizabeth, BIOMETRICS, date(2026, 1, 15), date(2026, 3, 20), WINTER)
    places = {day.day: day.places for day in days}
    assert places[date(2026, 1, 15)] == 0
    assert 0 < places[date(2026, 1, 20)] < places[date(2026, 2, 10)]
    assert date(2026, 1, 19) not in places, "Martin Luther King Jr. Day"
    assert date(2026, 1, 25) not in places, "a Sunday"
    assert places[date(2026, 3, 20)] > 0


def test_an_account_finds_its_appointments_at_once(database: Database) -> None:
    built = build(WINTER)
    for example, row in built.examples:
        account = Account.get(Account.email == example.person.email)
        found = claims.find(
            account, example.number, row.person.date_of_birth, ActingAs(example.acting_as), WINTER
        )
        assert found is not None, example.number
        assert found.code_to is None, example.number
        assert found.claim.confirmed_at is not None, example.number


def test_special_cases_behave_as_their_notes_say(database: Database) -> None:
    built = build(WINTER)
    special = {example.why_special: (example, row) for example, row in built.special}
    stranger = next(account for account in built.accounts if account.email == WORKERS[0].email)
    for why in ("protected", "account_only"):
        example, row = special[why]
        born = row.person.date_of_birth
        assert claims.find(stranger, example.number, born, ActingAs.SELF, WINTER) is None
        assert [claim.account.email for claim in row.claims] == [example.person.email]
    assert special["frozen"][1].case.frozen_until == WINTER + timedelta(hours=24)
    assert not special["held_elsewhere"][1].office.held_here
    assert special["telephone_contact"][1].case.contact_email == ""


def test_one_has_a_history_and_one_waits_for_review(database: Database) -> None:
    built = build(WINTER)
    rows = {example.number: row for example, row in built.examples}
    assert [step.caused_by for step in history_of(rows["PATH1015"])] == ["requestor", "office"]
    receipt = Receipt.get(Receipt.appointment == rows["PATH1015"])
    assert (receipt.result, receipt.made_at < WINTER) == (Result.MOVED, True)
    assert waiting_review_of(rows["WAIT1016"], WINTER + timedelta(hours=6)) is not None


def test_nobody_in_it_can_be_reached(database: Database) -> None:
    built = build(WINTER)
    addresses = {account.email for account in built.accounts} | {case.contact_email for case in Case.select()}
    assert {address for address in addresses if address and not address.endswith(".example")} == set()
    numbers = {case.contact_phone for case in Case.select()} - {""}
    assert all(number.startswith("+120255501") for number in numbers)


def test_children_are_on_the_side_of_fourteen_that_their_examples_need() -> None:
    people = {example.number: example.person for example in (*ALLOWED, *NEEDS_REVIEW)}
    for today in (day.date() for day in BASE_TIMES.values()):
        assert birthday(people["KIDS1008"].born_on(today), 14) > today + timedelta(days=1)
        assert birthday(people["TEEN3005"].born_on(today), 14) < today
