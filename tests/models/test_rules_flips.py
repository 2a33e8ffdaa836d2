"""That flips_at is the first change of the verdict, and that some reasons never come together."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules import evaluate
from models.rules.biometrics import SYSTEM, Facts
from tests.models.plain_facts import NEW_YORK, PLAIN, at


def some_facts() -> st.SearchStrategy[Facts]:
    """Biometrics facts whose instants lie close together, so that boundaries fall among them."""
    near_dates = st.sampled_from(
        ["2023-03-07", "2023-06-28", "2023-07-06", "2024-03-10", "2024-05-29", "2024-11-03"]
    )
    seconds = st.integers(-3 * 86400, 3 * 86400)
    moment = st.builds(lambda day, off: at(day + "T04:00Z") + timedelta(seconds=off), near_dates, seconds)
    start = st.integers(-20, 100).map(lambda hours: timedelta(hours=hours))
    zone = st.sampled_from(
        ["America/New_York", "America/Los_Angeles", "America/Phoenix", "Pacific/Guam"]
    ).map(ZoneInfo)

    def build(now: datetime, office: ZoneInfo, ahead: timedelta, rest: dict[str, Any]) -> Facts:
        starts = (now + ahead).astimezone(office).replace(tzinfo=None, minute=0, second=0, microsecond=0)
        chosen = dict(rest)
        coming_of_age = now.astimezone(office).date() + timedelta(days=chosen.pop("days_to_birthday"))
        chosen["date_of_birth"] = coming_of_age.replace(year=coming_of_age.year - 14)
        if (slot_ahead := chosen.pop("slot_ahead")) is not None:
            new_zone = chosen.pop("slot_zone")
            new_start = (now + slot_ahead).astimezone(new_zone).replace(tzinfo=None, second=0, microsecond=0)
            chosen |= {"new_slot_local": new_start, "new_slot_time_zone": new_zone}
            chosen |= {"new_slot_state": chosen.pop("slot_state")}
        else:
            del chosen["slot_zone"], chosen["slot_state"]
        return replace(PLAIN, now=now, office_time_zone=office, starts_local=starts, **chosen)

    def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
        return st.sampled_from([usual] * 9 + list(others))

    rest = st.fixed_dictionaries(
        {
            "status": mostly("scheduled", "completed"),
            "denied_as_abandoned": st.booleans(),
            "identity_matched": mostly(True, False),
            "form": mostly("I-485", "I-800", "I-589", "G-325A"),
            "scheduled_on": st.dates(date(2024, 5, 25), date(2024, 6, 1)),
            "moves_by_requestor": mostly(0, 1, 2),
            "moves_by_office": mostly(0, 1, 2),
            "place": mostly("asc", "jail", "mobile", "abroad"),
            "actor_role": st.sampled_from(["self", "parent", "parent", "firm_staff"]),
            "days_to_birthday": st.integers(-2, 4),
            "good_cause": mostly("life_event", "other", None),
            "slot_ahead": st.none() | start,
            "slot_zone": zone,
            "slot_state": mostly("free", "full"),
        }
    )
    return st.builds(build, moment, zone, start, rest)


def instants_worth_asking(facts: Facts) -> list[datetime]:
    """Every place where an answer could change, found without the rules' own boundaries, and a grid between."""
    around = [facts.start, facts.start - timedelta(hours=12)]
    around += [facts.new_slot] if facts.new_slot else []
    for zone in (NEW_YORK, facts.office_time_zone):
        days = [facts.now.astimezone(zone).date() + timedelta(days=step) for step in range(-1, 4)]
        turns = [date(2023, 3, 7), date(2023, 6, 28), date(2023, 7, 6), date(2024, 5, 29)]
        turns.append(facts.date_of_birth.replace(year=facts.date_of_birth.year + 14))
        midnights = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (*days, *turns))
        around += [midnight.astimezone(UTC) for midnight in midnights]
    step = timedelta(microseconds=1)
    grid = [facts.now + timedelta(hours=hours) for hours in range(0, 80, 5)]
    return sorted({moment + nudge for moment in around for nudge in (-step, 0 * step, step)} | set(grid))


@settings(max_examples=300, deadline=None)
@given(some_facts())
def test_flips_at_is_the_first_change_of_the_verdict(facts: Facts) -> None:
    told = evaluate(SYSTEM, facts)
    moments = [facts.now, *(moment for moment in instants_worth_asking(facts) if moment > facts.now)]
    verdicts = [evaluate(SYSTEM, replace(facts, now=moment)).verdict for moment in moments]
    found = None
    for (before, _), (moment, verdict) in pairwise(zip(moments, verdicts, strict=True)):
        if verdict is not told.verdict:
            # Only a boundary with whole seconds can be one: the old answer still holds at it, or the new one begins.
            found = before if moment.microsecond == 1 and before == moment.replace(microsecond=0) else moment
            break
    # In UTC: within an hour that the clock shows twice, Python holds the same instant in two zones to be unequal.
    assert (told.flips_at and told.flips_at.astimezone(UTC)) == (found and found.astimezone(UTC))


@settings(deadline=None)
@given(some_facts())
def test_reasons_that_exclude_each_other_never_come_together(facts: Facts) -> None:
    hits = set(evaluate(SYSTEM, facts).rules)
    groups = [
        {"untimely", "denied-as-abandoned", "within-twelve-hours"},
        {"moved-twice", "moved-twice-by-office"},
        {"adoption-form-not-open-yet", "set-before-adoption-opening"},
        {"no-reason", "other-reason"},
        {"held-by-dhs", "collected-abroad", "mobile-collection", "held-outside-dhs"},
        {"new-slot-passed", "new-slot-unavailable"},
    ]
    assert all(len(hits & group) <= 1 for group in groups)
    for alone in ("identity-not-matched", "already-attended", "already-cancelled"):
        assert alone not in hits or hits == {alone}
