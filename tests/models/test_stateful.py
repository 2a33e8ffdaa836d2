"""Any order of steps by anybody, with a clock that runs, jumps and turns back: the invariants hold after each."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models import keys
from models.appointments import Appointment, Move
from models.claims import not_me
from models.database import close_connection, connect, open_connection
from models.deciding import decline, grant, lapse_reviews
from models.holds import Hold
from models.judging import Actor
from models.moving import hold, move, release, renew
from models.openings import open_times
from models.receipts import Receipt, Result
from models.reviews import Review
from models.slots import Slot
from models.verifying import breaches
from models.wishes import Asked, Wish
from tests.models.builders import HOUR, MINUTE, NOW, SECOND, actor_of, make_appointment, make_slot, the_office

PEOPLE = st.integers(0, 2)
SLOTS = st.integers(0, 3)
KEYS = st.sampled_from(["one tab", "other tab", "third tab"])
REASONS = st.sampled_from(["illness_or_medical", "other"])
STEPS = st.sampled_from([SECOND, 9 * MINUTE, 10 * MINUTE, HOUR, 72 * HOUR, -SECOND, -HOUR, -72 * HOUR])


class Office(RuleBasedStateMachine):
    """Three people, four times with few places, one or two keys each."""

    template: Path
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        path = self.folder / "steps.sqlite3"
        for old in self.folder.glob("steps.sqlite3*"):
            old.unlink()
        shutil.copy(self.template, path)
        connect(f"sqlite:///{path}")
        open_connection()
        self.now: datetime = NOW
        self.actor: Actor = actor_of()
        self.people = [
            make_appointment(name, 240 + index).id for index, name in enumerate(("Ana", "Binh", "Chidi"))
        ]
        self.slots = [make_slot(20 + index, places=1 + index % 2).id for index in range(4)]
        self.answers: dict[tuple[int, str], int] = {}
        self.moved = dict.fromkeys(self.people, 0)

    def teardown(self) -> None:
        close_connection()

    def note(self, person: int, key: str, answer: Any) -> None:
        """A key answers once: what it said first it says for ever."""
        if not isinstance(answer, Receipt) or answer.key != key:
            return
        first = self.answers.setdefault((person, key), answer.id)
        assert first == answer.id

    @rule(person=PEOPLE, slot=SLOTS, key=KEYS, reason=REASONS, old_page=st.booleans())
    def hold(self, person: int, slot: int, key: str, reason: str, old_page: bool) -> None:
        mine = self.people[person]
        version = Appointment.get_by_id(mine).version - (1 if old_page else 0)
        wish = Wish(key, self.slots[slot], reason, "", False, version)
        answer = hold(mine, wish, self.actor, self.now)
        self.note(mine, key, answer)
        if isinstance(answer, Hold):
            assert answer.is_live(self.now)

    @rule(person=PEOPLE, key=KEYS)
    def confirm(self, person: int, key: str) -> None:
        mine = self.people[person]
        known, moves = (mine, key) in self.answers, Move.select().count()
        answer = move(Asked(mine, key, self.actor), self.now)
        self.note(mine, key, answer)
        if not known and answer and answer.result == Result.MOVED:
            self.moved[mine] += 1
        assert Move.select().count() == sum(self.moved.values()) >= moves

    @rule(person=PEOPLE, key=KEYS)
    def release(self, person: int, key: str) -> None:
        release(self.people[person], key, self.now)

    @rule(person=PEOPLE, key=KEYS)
    def renew(self, person: int, key: str) -> None:
        renew(self.people[person], key, self.now)

    @precondition(lambda self: Review.select().exists())
    @rule(which=st.integers(0, 9), granted=st.booleans())
    def decide(self, which: int, granted: bool) -> None:
        reviews = list(Review.select())
        review, moves = reviews[which % len(reviews)], Move.select().count()
        if granted:
            grant(review, "Officer 7", self.now)
            self.moved[review.appointment_id] += Move.select().count() - moves
        else:
            decline(review, "Officer 7", "", self.now)

    @rule()
    def sweep(self) -> None:
        lapse_reviews(self.now)
        assert lapse_reviews(self.now) == 0

    @rule(step=STEPS)
    def turn_the_clock(self, step: timedelta) -> None:
        self.now += step

    @rule(person=PEOPLE)
    def freeze(self, person: int) -> None:
        not_me(Appointment.get_by_id(self.people[person]), self.now)

    @rule(slot=SLOTS)
    def look(self, slot: int) -> None:
        found = Slot.get_by_id(self.slots[slot])
        for time in open_times(the_office(), "biometrics", found.day, self.now):
            assert 0 < time.places <= found.capacity

    @invariant()
    def everything_adds_up(self) -> None:
        assert breaches() == []

    @invariant()
    def nobody_moves_more_than_twice_and_each_move_shows(self) -> None:
        for appointment in Appointment.select():
            assert appointment.version == 1 + self.moved[appointment.id]
            assert appointment.moves_by_requestor == self.moved[appointment.id] <= 2


def test_the_invariants_hold_whatever_happens_in_whatever_order(
    sqlite_template: Path, tmp_path: Path, secret: str
) -> None:
    keys.use(secret)
    Office.template, Office.folder = sqlite_template, tmp_path
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
