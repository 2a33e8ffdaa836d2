"""Letters: written once with their change, claimed by one worker, sent or tried again."""

from datetime import timedelta
from typing import Any

import pytest
from peewee import Database

from models.database import write_tx
from models.outbox import (
    CLAIM_TIME,
    CODE_KIND,
    FIRST_WAIT,
    MOST_TRIES,
    Letter,
    claim_next,
    mark_failed,
    mark_sent,
    oldest_waiting,
    post,
)
from tests.models.builders import DAY, MINUTE, NOW, SECOND, fresh


@pytest.fixture(autouse=True)
def _database(any_database: Database) -> None:
    """Both."""


def write(key: str = "a letter", kind: str = "moved", **data: Any) -> Letter:
    write_tx(lambda: post(key, kind, "ana@example.org", NOW, **data))
    return Letter.get(Letter.key == key)


def test_a_letter_is_written_once_for_its_key() -> None:
    write(number=1)
    write(number=2)
    assert (Letter.select().count(), Letter.get().data) == (1, {"number": 1})


def test_a_letter_of_a_change_that_was_undone_was_never_written() -> None:
    def work() -> None:
        post("a letter", "moved", "ana@example.org", NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_tx(work)
    assert claim_next(NOW) is None


def test_a_claimed_letter_is_not_given_to_another_worker() -> None:
    letter = write()
    assert (claim_next(NOW), claim_next(NOW)) == (letter, None)


@pytest.mark.parametrize(("after", "given"), [(CLAIM_TIME - SECOND, False), (CLAIM_TIME, True)])
def test_a_letter_of_a_worker_that_died_is_claimed_again_later(after: timedelta, given: bool) -> None:
    write()
    claim_next(NOW)
    assert bool(claim_next(NOW + after)) is given


def test_a_sent_letter_is_not_sent_again() -> None:
    write()
    mark_sent(claim_next(NOW), NOW)
    assert claim_next(NOW + DAY) is None
    assert oldest_waiting(NOW + DAY) is None


def test_the_code_in_a_sent_letter_is_forgotten_and_other_letters_keep_what_they_say() -> None:
    for letter in (write("one", CODE_KIND, code="123456"), write("other", "moved", receipt=1)):
        mark_sent(letter, NOW)
    assert {letter.kind: letter.data for letter in Letter.select()} == {
        CODE_KIND: {},
        "moved": {"receipt": 1},
    }


@pytest.mark.parametrize(("for_good", "data"), [(True, {}), (False, {"code": "123456"})])
def test_the_code_in_a_letter_given_up_is_forgotten_too(for_good: bool, data: dict[str, str]) -> None:
    write("a code", CODE_KIND, code="123456")
    mark_failed(claim_next(NOW), "refused", NOW, for_good=for_good)
    assert Letter.get().data == data


def test_a_letter_that_did_not_leave_waits_twice_as_long_each_time() -> None:
    letter, moment, waits = write(), NOW, []
    for _ in range(3):
        mark_failed(claim_next(moment), "away", moment)
        waits.append(fresh(letter).due_at - moment)
        moment = fresh(letter).due_at
    assert waits == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert fresh(letter).last_problem == "away"


def test_a_letter_is_given_up_after_eight_tries() -> None:
    letter, moment = write(), NOW
    for _ in range(MOST_TRIES):
        assert fresh(letter).given_up_at is None
        mark_failed(claim_next(moment), "away", moment)
        moment = fresh(letter).due_at
    assert fresh(letter).given_up_at is not None
    assert claim_next(moment + DAY) is None


def test_a_slow_worker_does_not_undo_that_another_has_sent_the_letter() -> None:
    letter = write()
    slow = claim_next(NOW)
    mark_sent(claim_next(NOW + CLAIM_TIME), NOW + CLAIM_TIME)
    mark_failed(slow, "too slow", NOW + CLAIM_TIME + MINUTE, for_good=True)
    assert (fresh(letter).given_up_at, fresh(letter).last_problem) == (None, "")


def test_the_letter_that_waits_longest_goes_first() -> None:
    write_tx(lambda: post("late", "moved", "ana@example.org", NOW + MINUTE))
    early = write("early")
    assert oldest_waiting(NOW + DAY) == NOW
    assert claim_next(NOW + DAY) == early


def test_a_long_problem_is_cut() -> None:
    write()
    mark_failed(claim_next(NOW), "x" * 5000, NOW)
    assert len(Letter.get().last_problem) == 200
