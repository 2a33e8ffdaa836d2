"""A held place: for ten minutes, one for each appointment, given back exactly once."""

from datetime import timedelta

import pytest
from peewee import Database

from models.database import write_tx
from models.holds import HOLD_TIME, Hold, give_back_lapsed
from models.moving import release, renew
from models.receipts import Result
from models.slots import SlotDay, lock_slots
from models.verifying import breaches
from models.wishes import standing_choice
from tests.models.builders import (
    MINUTE,
    NOW,
    SECOND,
    actor_of,
    choose,
    choose_and_confirm,
    confirm,
    fresh,
    live_hold_of,
    make_appointment,
    make_slot,
)


@pytest.fixture(autouse=True)
def _all_is_well_afterwards(any_database: Database) -> object:
    yield
    assert breaches() == []


def test_a_hold_takes_a_place_from_the_slot_and_from_its_day() -> None:
    slot = make_slot(places=3)
    kept = choose(make_appointment(), slot)
    assert isinstance(kept, Hold)
    assert kept.until == NOW + 10 * MINUTE
    assert fresh(slot).free == 2
    assert SlotDay.get(SlotDay.day == slot.day).free == 2


def test_the_last_place_is_held_once() -> None:
    slot = make_slot()
    assert isinstance(choose(make_appointment("Ana"), slot), Hold)
    answer = choose(make_appointment("Binh"), slot)
    assert (answer.result, answer.rules) == (Result.PLACE_TAKEN, ["new-slot-unavailable"])
    assert answer.facts["new_slot_state"] == "held"


def test_a_place_that_somebody_has_is_full() -> None:
    slot = make_slot()
    choose_and_confirm(make_appointment("Ana"), slot)
    answer = choose(make_appointment("Binh"), slot)
    assert (answer.result, answer.facts["new_slot_state"]) == (Result.PLACE_TAKEN, "full")


def test_a_double_tap_holds_one_place_and_does_not_hold_it_longer() -> None:
    appointment, slot = make_appointment(), make_slot(places=2)
    first = choose(appointment, slot)
    again = choose(appointment, slot, now=NOW + MINUTE)
    assert (again.id, again.until) == (first.id, first.until)
    assert fresh(slot).free == 1


def test_another_choice_gives_the_first_place_back() -> None:
    appointment, one, other = make_appointment(), make_slot(20), make_slot(21)
    choose(appointment, one, "one")
    choose(appointment, other, "other")
    assert (fresh(one).free, fresh(other).free) == (1, 0)


def test_the_last_place_stays_ones_own_when_chosen_again_in_another_tab() -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot, "one tab")
    kept = choose(appointment, slot, "other tab")
    assert (kept.key, fresh(slot).free) == ("other tab", 0)


def test_the_page_gone_back_to_may_send_another_choice_under_its_key() -> None:
    appointment, one, other = make_appointment(), make_slot(20), make_slot(21)
    choose(appointment, one)
    kept = choose(appointment, other)
    assert (kept.slot_id, fresh(one).free, fresh(other).free) == (other.id, 1, 0)


def test_a_refused_second_choice_leaves_the_first_one_held() -> None:
    appointment, one, full = make_appointment(), make_slot(20), make_slot(21, free=0, places=0)
    choose(appointment, one, "one")
    assert choose(appointment, full, "other").result == Result.PLACE_TAKEN
    assert live_hold_of(appointment, NOW).slot_id == one.id


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (HOLD_TIME - SECOND, Result.PLACE_TAKEN),
        (HOLD_TIME - SECOND / 2, Result.PLACE_TAKEN),
        (HOLD_TIME, None),
    ],
)
def test_a_hold_keeps_others_out_for_ten_minutes_to_the_second(
    after: timedelta, expected: Result | None
) -> None:
    slot = make_slot()
    choose(make_appointment("Ana"), slot)
    answer = choose(make_appointment("Binh"), slot, now=NOW + after)
    assert getattr(answer, "result", None) == expected


def test_a_hold_made_within_a_second_ends_on_the_second_for_readers_and_queries_alike() -> None:
    appointment, slot = make_appointment(), make_slot()
    kept = choose(appointment, slot, now=NOW + SECOND * 0.9)
    for moment in (NOW + HOLD_TIME, NOW + HOLD_TIME + SECOND * 0.5):
        assert not kept.is_live(moment)
        assert Hold.select().where(Hold.id == kept.id, Hold.until <= moment).exists()
    just_before = NOW + HOLD_TIME - SECOND * 0.001
    assert kept.is_live(just_before)
    assert not Hold.select().where(Hold.id == kept.id, Hold.until <= just_before).exists()


def test_a_lapsed_hold_is_given_back_exactly_once(any_database: Database) -> None:
    slot = make_slot(places=5)
    choose(make_appointment("Ana"), slot)
    later = NOW + HOLD_TIME
    for _ in range(3):
        with any_database.atomic():
            lock_slots(slot.id)
            give_back_lapsed(slot.id, later)
    assert fresh(slot).free == 5


def test_releasing_twice_gives_one_place_back() -> None:
    appointment, slot = make_appointment(), make_slot(places=5)
    choose(appointment, slot)
    for _ in range(2):
        release(appointment.id, "key", NOW)
    assert fresh(slot).free == 5
    assert live_hold_of(appointment, NOW) is None


@pytest.mark.parametrize("released_after", [0 * SECOND, HOLD_TIME])
def test_a_released_choice_that_is_confirmed_later_moves_nothing_and_says_so(
    released_after: timedelta,
) -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    release(appointment.id, "key", NOW + released_after)
    receipt = confirm(appointment, now=NOW + HOLD_TIME)
    assert receipt.result == Result.CHANGED_MEANWHILE
    assert (fresh(appointment).starts_at, fresh(slot).free) == (appointment.starts_at, 1)
    assert standing_choice(appointment, actor_of().account_id, NOW + HOLD_TIME) is None


def test_a_released_place_whose_time_was_over_already_is_released_too() -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    write_tx(lambda: lock_slots(slot.id) and give_back_lapsed(slot.id, NOW + HOLD_TIME))
    release(appointment.id, "key", NOW + HOLD_TIME)
    assert confirm(appointment, now=NOW + HOLD_TIME).result == Result.CHANGED_MEANWHILE
    assert fresh(slot).free == 1


def test_a_choice_that_only_lapsed_can_still_be_confirmed() -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    assert confirm(appointment, now=NOW + HOLD_TIME).result == Result.MOVED


def test_releasing_after_the_place_was_given_back_for_somebody_else_changes_nothing() -> None:
    mine, slot = make_appointment("Ana"), make_slot()
    choose(mine, slot)
    choose(make_appointment("Binh"), slot, now=NOW + HOLD_TIME)
    release(mine.id, "key", NOW + HOLD_TIME)
    assert fresh(slot).free == 0


def test_a_key_opens_nothing_of_another_appointment() -> None:
    mine, other, slot = make_appointment("Ana"), make_appointment("Binh"), make_slot(places=2)
    choose(mine, slot, "mine")
    release(other.id, "mine", NOW)
    assert not renew(other.id, "mine", NOW)
    assert confirm(other, "mine") is None
    assert live_hold_of(mine, NOW) is not None


def test_two_appointments_may_have_the_same_key_by_chance() -> None:
    slot = make_slot(places=2)
    results = [choose_and_confirm(make_appointment(of), slot, "same").result for of in ("Ana", "Binh")]
    assert results == [Result.MOVED, Result.MOVED]


def test_a_hold_is_renewed_once() -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    assert renew(appointment.id, "key", NOW + 9 * MINUTE)
    assert live_hold_of(appointment, NOW + 18 * MINUTE) is not None
    assert not renew(appointment.id, "key", NOW + 18 * MINUTE)
    assert live_hold_of(appointment, NOW + 19 * MINUTE) is None


@pytest.mark.parametrize(("after", "renewed"), [(HOLD_TIME - SECOND, True), (HOLD_TIME, False)])
def test_only_a_live_hold_is_renewed(after: timedelta, renewed: bool) -> None:
    appointment, slot = make_appointment(), make_slot()
    choose(appointment, slot)
    assert renew(appointment.id, "key", NOW + after) is renewed
