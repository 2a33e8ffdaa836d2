"""One-time codes and sessions: each opens once, for a time, and can be ended."""

from datetime import timedelta

import pytest
from peewee import Database

from models import keys
from models.database import Busy
from models.outbox import Letter
from models.people import Account, Role, account_for, normal_email
from models.sign_ins import (
    CODE_TIME,
    CODE_TRIES,
    IDLE_TIME,
    SESSION_TIME,
    OneTimeCode,
    Purpose,
    Session,
    account_of_session,
    end_session,
    send_code,
    start_session,
    use_code,
)
from tests.models.builders import MINUTE, NOW, SECOND, fresh

ANA = "ana@example.org"


@pytest.fixture(autouse=True)
def _database(database: Database) -> None:
    """One is enough: nothing here is the database's own."""


def sent() -> tuple[str, str]:
    return send_code(Purpose.SIGN_IN, ANA, NOW, language="es")


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_right_code_opens_once() -> None:
    token, code = sent()
    assert [use_code(Purpose.SIGN_IN, token, code, NOW) for _ in range(2)] == [ANA, None]


@pytest.mark.parametrize(("after", "opens"), [(CODE_TIME - SECOND, True), (CODE_TIME, False)])
def test_a_code_opens_for_ten_minutes(after: timedelta, opens: bool) -> None:
    token, code = sent()
    assert (use_code(Purpose.SIGN_IN, token, code, NOW + after) == ANA) is opens


@pytest.mark.parametrize(("misses", "opens"), [(CODE_TRIES - 1, True), (CODE_TRIES, False)])
def test_a_code_is_spent_by_its_fifth_miss(misses: int, opens: bool) -> None:
    token, code = sent()
    for _ in range(misses):
        assert use_code(Purpose.SIGN_IN, token, other_than(code), NOW) is None
    assert (use_code(Purpose.SIGN_IN, token, code, NOW) == ANA) is opens


@pytest.mark.parametrize("typed", ["", "0", "000000 ", "\x00", "\ud800", "٠" * 6, "9" * 5000])
def test_whatever_is_typed_is_only_a_miss(typed: str) -> None:
    token, _ = sent()
    assert use_code(Purpose.SIGN_IN, token, typed, NOW) is None


def test_a_code_opens_only_with_its_token_its_purpose_and_what_it_is_about() -> None:
    (token, code), (other_token, _) = sent(), sent()
    assert use_code(Purpose.SIGN_IN, "made up", code, NOW) is None
    assert use_code(Purpose.CLAIM, token, code, NOW) is None
    assert use_code(Purpose.SIGN_IN, token, code, NOW, about="claim:1") is None
    assert token != other_token


def test_an_older_code_stays_good_when_another_is_asked_for() -> None:
    token, code = sent()
    sent()
    assert use_code(Purpose.SIGN_IN, token, code, NOW) == ANA


def test_neither_code_nor_token_is_kept() -> None:
    token, code = sent()
    row = OneTimeCode.get()
    assert {token, code}.isdisjoint(str(value) for value in row.__data__.values())
    assert row.digest == keys.digest("code", f"{token}{code}")


def test_a_code_is_written_to_its_recipient_in_the_language_of_the_page() -> None:
    _, code = sent()
    letter = Letter.get()
    assert (letter.recipient, letter.language, letter.data["code"]) == (ANA, "es", code)
    assert len(code) == 6


def test_an_account_is_made_on_the_first_sign_in_and_found_on_the_next() -> None:
    _, first = start_session(" Ana@Example.ORG ", NOW, "es")
    _, again = start_session(ANA, NOW, "en")
    assert (first.id, first.email, first.language, first.role) == (again.id, ANA, "es", Role.APPLICANT)
    assert account_for(ANA, NOW).id == first.id


def test_an_ended_account_opens_no_session_and_its_sessions_are_over() -> None:
    token, account = start_session(ANA, NOW, "en")
    Account.update(ended_at=NOW).where(Account.id == account.id).execute()
    assert account_of_session(token, NOW) is None
    assert start_session(ANA, NOW, "en") is None


def test_a_session_that_was_ended_is_over_and_others_are_not() -> None:
    (one, _), (other, account) = start_session(ANA, NOW, "en"), start_session(ANA, NOW, "en")
    end_session(one, NOW)
    assert account_of_session(one, NOW) is None
    assert account_of_session(other, NOW) == account
    assert account_of_session("made up", NOW) is None


@pytest.mark.parametrize(("after", "open_still"), [(IDLE_TIME - SECOND, True), (IDLE_TIME, False)])
def test_a_session_is_over_after_half_an_hour_of_silence(after: timedelta, open_still: bool) -> None:
    token, _ = start_session(ANA, NOW, "en")
    assert bool(account_of_session(token, NOW + after)) is open_still


@pytest.mark.parametrize(("at_the_end", "open_still"), [(SESSION_TIME - SECOND, True), (SESSION_TIME, False)])
def test_a_session_is_over_after_twelve_hours_however_busy(at_the_end: timedelta, open_still: bool) -> None:
    token, _ = start_session(ANA, NOW, "en")
    moment = NOW
    while moment < NOW + SESSION_TIME - 20 * MINUTE:
        moment += 20 * MINUTE
        assert account_of_session(token, moment) is not None
    assert bool(account_of_session(token, NOW + at_the_end)) is open_still


def test_being_there_is_noted_once_a_minute() -> None:
    token, _ = start_session(ANA, NOW, "en")
    session = Session.get()
    account_of_session(token, NOW + MINUTE - SECOND)
    assert fresh(session).seen_at == NOW
    account_of_session(token, NOW + MINUTE)
    assert fresh(session).seen_at == NOW + MINUTE


def test_a_page_is_read_while_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    token, account = start_session(ANA, NOW, "en")

    def busy(work: object) -> None:
        raise Busy

    monkeypatch.setattr("models.sign_ins.write_tx", busy)
    assert account_of_session(token, NOW + MINUTE) == account


@pytest.mark.parametrize("typed", ["ana@example.org", " Ana@example.org", "ANA@EXAMPLE.ORG\n"])
def test_an_address_has_one_spelling(typed: str) -> None:
    assert normal_email(typed) == ANA


def test_a_token_kept_by_the_browser_is_kept_here_as_a_digest() -> None:
    token, _ = start_session(ANA, NOW, "en")
    assert Session.get().token == keys.digest("session", token)
    assert keys.same("session", token, Session.get().token)
    assert not keys.same("code-token", token, Session.get().token)
