"""Limits: counted per subject, lifted by time alone, the same for every process."""

from datetime import timedelta

import pytest
from peewee import Database

from models.limits import LOOK_UP_PER_CLIENT, LOOK_UP_PER_NUMBER, LimitCount, count, take_back
from tests.models.builders import HOUR, MINUTE, NOW, SECOND

LIMIT = LOOK_UP_PER_NUMBER


@pytest.fixture(autouse=True)
def _database(any_database: Database) -> None:
    """Both."""


def use_up(subject: str = "a number") -> None:
    for _ in range(LIMIT.most):
        assert count(LIMIT, subject, NOW) is None


def test_one_try_too_many_is_told_when_to_come_back() -> None:
    use_up()
    assert count(LIMIT, "a number", NOW + MINUTE) == NOW + HOUR


@pytest.mark.parametrize(("after", "over"), [(HOUR - SECOND, True), (HOUR, False)])
def test_a_limit_is_lifted_by_time_and_then_fully(after: timedelta, over: bool) -> None:
    use_up()
    told = [count(LIMIT, "a number", NOW + after) for _ in range(LIMIT.most)]
    assert told == [NOW + HOUR if over else None] * LIMIT.most


def test_one_subject_and_one_purpose_do_not_stand_in_the_way_of_another() -> None:
    use_up()
    assert count(LIMIT, "another number", NOW) is None
    assert count(LOOK_UP_PER_CLIENT, "a number", NOW) is None


def test_a_subject_is_kept_as_a_digest() -> None:
    count(LIMIT, "a number", NOW)
    assert "a number" not in LimitCount.get().subject


def test_a_try_that_was_right_is_taken_back_and_others_are_not() -> None:
    use_up()
    use_up("another number")
    take_back(LIMIT, "a number")
    assert count(LIMIT, "a number", NOW) is None
    assert count(LIMIT, "another number", NOW) == NOW + HOUR


def test_nothing_is_taken_back_below_nothing() -> None:
    take_back(LIMIT, "a number")
    count(LIMIT, "a number", NOW)
    for _ in range(2):
        take_back(LIMIT, "a number")
    assert LimitCount.get().count == 0
