"""Limits: counted per subject, lifted by time alone, the same for every process."""

from datetime import timedelta

import pytest
from peewee import Database

from models.limits import LOOK_UP_PER_CLIENT, LOOK_UP_PER_NUMBER, LimitCount, count, forget, is_over
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


def test_looking_counts_nothing_and_sees_the_limit_before_the_next_try() -> None:
    assert is_over(LIMIT, "a number", NOW) is None
    use_up()
    for _ in range(3):
        assert is_over(LIMIT, "a number", NOW) == NOW + HOUR
    assert LimitCount.get().count == LIMIT.most


def test_one_left_is_not_over() -> None:
    for _ in range(LIMIT.most - 1):
        count(LIMIT, "a number", NOW)
    assert is_over(LIMIT, "a number", NOW) is None


@pytest.mark.parametrize(("after", "over"), [(HOUR - SECOND, True), (HOUR, False)])
def test_a_limit_is_lifted_by_time_and_then_fully(after: timedelta, over: bool) -> None:
    use_up()
    assert bool(is_over(LIMIT, "a number", NOW + after)) is over
    if not over:
        assert [count(LIMIT, "a number", NOW + after) for _ in range(LIMIT.most)] == [None] * LIMIT.most


def test_one_subject_and_one_purpose_do_not_stand_in_the_way_of_another() -> None:
    use_up()
    assert count(LIMIT, "another number", NOW) is None
    assert count(LOOK_UP_PER_CLIENT, "a number", NOW) is None


def test_a_subject_is_kept_as_a_digest() -> None:
    count(LIMIT, "a number", NOW)
    assert "a number" not in LimitCount.get().subject


def test_a_subject_that_proved_itself_starts_anew_and_others_do_not() -> None:
    use_up()
    use_up("another number")
    forget(LIMIT, "a number")
    assert is_over(LIMIT, "a number", NOW) is None
    assert is_over(LIMIT, "another number", NOW) is not None
