"""Moving an appointment: all of it or nothing, once, and judged at the moment of writing."""

import pytest
from peewee import Database

from models.appointments import CausedBy, Move, history_of
from models.audit import AuditEvent
from models.holds import HOLD_TIME
from models.moving import move
from models.offices import Office
from models.outbox import Letter, Way
from models.receipts import Receipt, Result
from models.slots import SlotDay
from models.verifying import breaches
from models.wishes import Asked
from tests.models.builders import (
    DAY,
    HOUR,
    NOW,
    actor_of,
    choose,
    choose_and_confirm,
    confirm,
    counted,
    fresh,
    live_hold_of,
    make_account,
    make_appointment,
    make_case,
    make_office,
    make_slot,
)


@pytest.fixture(autouse=True)
def _all_is_well_afterwards(any_database: Database) -> object:
    yield
    assert breaches() == []


def test_a_move_changes_everything_that_belongs_to_it() -> None:
    appointment, office = make_appointment(), make_office(time_zone="America/Los_Angeles")
    old, new = fresh(appointment.slot), make_slot(places=2, office=office)
    receipt = choose_and_confirm(appointment, new)
    moved = fresh(appointment)
    assert receipt.result == Result.MOVED
    assert (moved.slot, moved.office, moved.starts_at) == (new, office, new.starts_at)
    assert moved.starts_local == "2026-02-03T11:00"
    assert (moved.version, moved.moves_by_requestor, moved.moves_by_office) == (2, 1, 0)
    assert (fresh(old).free, fresh(new).free) == (1, 1)
    assert [day.free for day in SlotDay.select().order_by(SlotDay.day)] == [1, 1]


def test_a_move_is_written_into_the_history() -> None:
    appointment = make_appointment()
    one, other = make_slot(20), make_slot(21)
    choose_and_confirm(appointment, one, "one")
    choose_and_confirm(appointment, other, "other", NOW + DAY)
    last, first = history_of(appointment)
    assert [(first.number, first.caused_by), (last.number, last.made_at)] == [
        (1, CausedBy.REQUESTOR), (2, NOW + DAY),
    ]  # fmt: skip
    assert (first.from_starts_at, first.to_starts_at, last.to_starts_at) == (
        appointment.starts_at, one.starts_at, other.starts_at,
    )  # fmt: skip


def test_the_day_of_setting_is_the_day_at_the_new_office() -> None:
    tokyo = make_office(time_zone="Asia/Tokyo")
    appointment = make_appointment()
    choose_and_confirm(appointment, make_slot(office=tokyo))
    assert fresh(appointment).scheduled_on.isoformat() == "2026-01-15"  # there it is tomorrow already


def test_a_receipt_keeps_what_was_judged() -> None:
    receipt = choose_and_confirm(make_appointment(), make_slot())
    assert receipt.verdict == "allowed"
    assert receipt.facts["good_cause"] == "illness_or_medical"
    assert receipt.facts["now"] == NOW.isoformat()
    assert receipt.parameters
    assert receipt.body["new"]["local"] == "2026-02-03T14:00"


def test_a_move_leaves_one_event_in_the_chain_without_a_word_about_the_person() -> None:
    receipt = choose_and_confirm(make_appointment(), make_slot())
    event = AuditEvent.get(AuditEvent.what == "receipt")
    assert event.body == {"code": receipt.code, "result": "moved"}


def test_requestor_and_contact_are_told_each_in_their_language() -> None:
    account = make_account("Ana", language="es")
    appointment = make_appointment(case={"contact_email": "Kin@Example.org", "language": "fr"})
    receipt = choose_and_confirm(appointment, make_slot())
    letters = Letter.select().order_by(Letter.id)
    assert [(letter.recipient, letter.language, letter.key) for letter in letters] == [
        (account.email, "es", f"receipt:{receipt.code}:requestor"),
        ("kin@example.org", "fr", f"receipt:{receipt.code}:contact"),
    ]


def test_a_contact_who_is_the_requestor_is_told_once() -> None:
    choose_and_confirm(make_appointment(case={"contact_email": "ana@example.org"}), make_slot())
    assert Letter.select().count() == 1


@pytest.mark.parametrize(("phone", "way"), [("+12025550123", Way.SMS), ("", Way.EMAIL)])
def test_a_text_message_needs_a_number_else_an_email_goes(phone: str, way: Way) -> None:
    make_account("Ana", phone=phone)
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    move(Asked(appointment.id, "key", actor_of(), Way.SMS), NOW)
    assert Letter.get(Letter.key.endswith("requestor")).way == way


def test_confirming_twice_gives_the_same_receipt_and_one_move() -> None:
    appointment, slot = make_appointment(), make_slot(places=5)
    first = choose_and_confirm(appointment, slot)
    moves, letters = counted(Move), counted(Letter)
    assert confirm(appointment, now=NOW + DAY).id == first.id
    assert choose(appointment, slot, seen_version=1).id == first.id
    assert (moves(), letters(), fresh(slot).free) == (0, 0, 4)


def test_a_key_that_was_never_given_out_changes_nothing() -> None:
    appointment = make_appointment()
    assert confirm(appointment, "made up") is None
    assert Receipt.select().count() == 0


def test_a_lapsed_hold_is_no_refusal() -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    assert confirm(appointment, now=NOW + HOLD_TIME + HOUR).result == Result.MOVED


def test_a_place_given_away_after_the_hold_lapsed_is_taken() -> None:
    mine, slot = make_appointment("Ana"), make_slot()
    choose(mine, slot)
    choose_and_confirm(make_appointment("Binh"), slot, now=NOW + HOLD_TIME)
    answer = confirm(mine, now=NOW + HOLD_TIME)
    assert (answer.result, fresh(mine).version) == (Result.PLACE_TAKEN, 1)


def test_the_last_place_held_in_one_tab_may_be_confirmed_in_another() -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot, "first tab")
    choose(appointment, slot, "second tab")
    assert confirm(appointment, "first tab").result == Result.MOVED
    assert confirm(appointment, "second tab").result == Result.CHANGED_MEANWHILE


def test_a_move_gives_back_what_other_tabs_held() -> None:
    appointment, one, other = make_appointment(), make_slot(20), make_slot(21)
    choose(appointment, one, "first tab")
    choose(appointment, other, "second tab")
    assert confirm(appointment, "first tab").result == Result.MOVED
    assert (fresh(other).free, live_hold_of(appointment, NOW)) == (1, None)


def test_a_calendar_that_the_agency_takes_over_meanwhile_is_left_alone() -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    Office.update(held="elsewhere").where(Office.id == appointment.office_id).execute()
    receipt = confirm(fresh(appointment))
    assert receipt is not None
    assert receipt.result == Result.CHANGED_MEANWHILE
    assert fresh(appointment).slot == appointment.slot


def test_a_proof_sent_to_the_contacts_own_number_holds_the_way_to_object() -> None:
    case = make_case(contact_email="", contact_phone="+12025550123")
    appointment, slot = make_appointment(case=case), make_slot()
    choose(appointment, slot)
    move(Asked(appointment.id, "key", actor_of(), Way.SMS), NOW)
    told = Letter.get()
    assert (told.recipient, told.data["to_contact"]) == ("+12025550123", True)
