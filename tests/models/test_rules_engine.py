"""The engine: what a row declares is what it does, dated parameters, the timeline, strict facts."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.rules import Rule, Verdict, evaluate, timeline
from models.rules.calendars import AGENCY_ZONE, birthday, first_instant, wall_time_trouble
from models.rules.facts import FactFaults, parse
from models.rules.parameters import SHIPPED, Numbers, Parameter, Parameters
from models.rules.systems import SYSTEMS

REFERENCE = Path(__file__).parents[2] / "models" / "reference"
FILES = ("golden.json", "golden_more.json")
SCENARIOS = [scenario for name in FILES for scenario in json.loads((REFERENCE / name).read_text("utf-8"))]
BIOMETRICS = SYSTEMS["biometrics"]
PLAIN = parse(BIOMETRICS, SCENARIOS[0]["facts"])
ALL_RULES = [(system, rule) for system in SYSTEMS.values() for rule in system.rules]
MICROSECOND = timedelta(microseconds=1)


def watched(facts: Any, seen: set[str], names: tuple[str, ...]) -> Any:
    """The same facts, noting in `seen` which of `names` are read."""

    class Watched(type(facts)):  # type: ignore[misc]
        def __getattribute__(self, name: str) -> Any:
            if name in names:
                seen.add(name)
            return super().__getattribute__(name)

    return Watched(**{name: getattr(facts, name) for name in names})


class WatchedNumbers(Numbers):
    def __init__(self) -> None:
        super().__init__(SHIPPED.on(date(2026, 1, 1)).values)
        self.seen: set[str] = set()

    def count(self, name: str) -> int:
        self.seen.add(name)
        return super().count(name)

    def day(self, name: str) -> date:
        self.seen.add(name)
        return super().day(name)

    def words(self, name: str) -> frozenset[str]:
        self.seen.add(name)
        return super().words(name)


@pytest.mark.parametrize(
    ("system", "rule"),
    ALL_RULES,
    ids=lambda thing: getattr(thing, "slug", thing.name if hasattr(thing, "name") else ""),
)
def test_a_rule_reads_the_facts_and_parameters_that_it_declares_and_no_others(
    system: Any, rule: Rule[Any]
) -> None:
    seen: set[str] = set()
    numbers = WatchedNumbers()
    for scenario in SCENARIOS:
        if scenario["system"] == system.name:
            facts = watched(parse(system, scenario["facts"]), seen, system.fact_names)
            seen.clear() if not seen else None
            rule.hit(facts, numbers)
            rule.boundaries(facts, numbers)
    assert seen == rule.reads
    assert numbers.seen == set(rule.parameters)


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.name)
def test_slugs_are_unique_and_the_rules_that_silence_others_exist(system: Any) -> None:
    slugs = [rule.slug for rule in system.rules]
    assert len(slugs) == len(set(slugs))
    assert set(system.alone) <= set(slugs)


def test_the_timeline_names_each_stretch_and_whose_side_its_border_is_on() -> None:
    segments = timeline(BIOMETRICS, PLAIN)
    told = [(s.begins and s.begins.isoformat(), s.begins_after, [h.slug for h in s.hits]) for s in segments]
    assert told == [
        (None, False, []),
        ("2024-07-09T21:00:00-04:00", True, ["within-twelve-hours"]),
        ("2024-07-10T09:00:00-04:00", False, ["untimely"]),
    ]
    assert [segment.ends for segment in segments] == [segments[1].begins, segments[2].begins, None]


def test_a_change_among_blocking_reasons_is_a_segment_but_no_flip() -> None:
    outcome = evaluate(BIOMETRICS, replace(PLAIN, now=datetime(2024, 7, 10, 4, tzinfo=UTC)))
    assert [segment.verdict for segment in outcome.segments] == [Verdict.BLOCKED, Verdict.BLOCKED]
    assert outcome.flips_at is None


def test_what_was_not_asked_yet_is_left_out_and_listed() -> None:
    facts = replace(PLAIN, good_cause=None)
    assert evaluate(BIOMETRICS, facts).rules == ("no-reason",)
    asked_later = evaluate(BIOMETRICS, facts, frozenset({"good_cause", "address_changed"}))
    assert (asked_later.verdict, asked_later.rules) == (Verdict.ALLOWED, ())
    assert asked_later.unanswered == ("good_cause", "address_changed")
    assert "good_cause" not in asked_later.looked_at
    assert "starts_local" in asked_later.looked_at


def test_a_fact_that_no_rule_in_force_reads_is_not_asked_for() -> None:
    before_the_guidance = replace(PLAIN, now=datetime(2023, 7, 1, tzinfo=UTC))
    assert evaluate(BIOMETRICS, before_the_guidance, frozenset({"good_cause"})).unanswered == ()


@pytest.mark.parametrize(("now", "hours"), [("2024-07-08T03:59:59.999999", 12), ("2024-07-08T04:00:00", 24)])
def test_a_changed_number_counts_from_its_first_day_and_is_foreseen(now: str, hours: int) -> None:
    changed = Parameters((*SHIPPED.rows, Parameter("notice_hours", 24, since=date(2024, 7, 8))))
    facts = replace(PLAIN, now=datetime.fromisoformat(now).replace(tzinfo=UTC))
    outcome = evaluate(BIOMETRICS, facts, parameters=changed)
    assert outcome.numbers.count("notice_hours") == hours
    assert outcome.flips_at == datetime(2024, 7, 9, 13, tzinfo=UTC)
    assert changed.version != SHIPPED.version


def test_a_number_that_changes_inside_the_margin_flips_the_answer_at_midnight() -> None:
    changed = Parameters((*SHIPPED.rows, Parameter("notice_hours", 48, since=date(2024, 7, 9))))
    outcome = evaluate(BIOMETRICS, PLAIN, parameters=changed)
    assert outcome.flips_at == first_instant(date(2024, 7, 9), AGENCY_ZONE)


def test_a_number_may_end_and_the_one_before_holds_again() -> None:
    for_a_week = Parameter("max_moves", 3, since=date(2024, 7, 1), until=date(2024, 7, 7))
    changed = Parameters((*SHIPPED.rows, for_a_week))
    days = (date(2024, 6, 30), date(2024, 7, 1), date(2024, 7, 7), date(2024, 7, 8))
    assert [changed.on(day).count("max_moves") for day in days] == [2, 3, 3, 2]


@pytest.mark.parametrize(
    ("day", "zone", "begins"),
    [
        ("2024-07-02", "America/New_York", "2024-07-02T04:00:00"),
        ("2024-03-10", "America/New_York", "2024-03-10T05:00:00"),
        (
            "2024-09-08",
            "America/Santiago",
            "2024-09-08T04:00:00",
        ),  # midnight is skipped: the day begins at 01:00
        ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00"),  # the whole day is skipped
        ("2024-11-03", "America/Havana", "2024-11-03T04:00:00"),  # midnight comes twice: the first one
    ],
)
def test_a_day_begins_at_its_first_instant(day: str, zone: str, begins: str) -> None:
    found = first_instant(date.fromisoformat(day), ZoneInfo(zone))
    assert found == datetime.fromisoformat(begins).replace(tzinfo=UTC)
    assert (found - MICROSECOND).astimezone(ZoneInfo(zone)).date() < date.fromisoformat(day)


@pytest.mark.parametrize(
    ("local", "trouble"),
    [
        ("2024-03-10T01:59", None),
        ("2024-03-10T02:00", "skipped"),
        ("2024-03-10T02:59", "skipped"),
        ("2024-03-10T03:00", None),
        ("2024-11-03T00:59", None),
        ("2024-11-03T01:00", "twice"),
        ("2024-11-03T01:59", "twice"),
        ("2024-11-03T02:00", None),
    ],
)
def test_wall_times_of_the_nights_when_clocks_change(local: str, trouble: str | None) -> None:
    assert wall_time_trouble(datetime.fromisoformat(local), ZoneInfo("America/New_York")) == trouble


def test_a_birthday_on_leap_day_is_the_first_of_march_in_common_years() -> None:
    assert birthday(date(2012, 2, 29), 14) == date(2026, 3, 1)
    assert birthday(date(2012, 2, 29), 16) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("now", "2024-07-08T09:00:00", "unreadable"),
        ("now", "2024-02-30T09:00:00Z", "unreadable"),
        ("now", None, "unreadable"),
        ("office_time_zone", "Mars/Olympus", "unreadable"),
        ("office_time_zone", "../../etc/passwd", "unreadable"),
        ("office_time_zone", "America", "unreadable"),
        ("office_time_zone", "", "unreadable"),
        ("starts_local", "2024-07-10T09:00Z", "unreadable"),
        ("starts_local", "2024-03-10T02:30", "skipped"),
        ("starts_local", "2024-11-03T01:30", "twice"),
        ("scheduled_on", "2024-6-20", "unreadable"),
        ("scheduled_on", "9999-06-20", "unreadable"),
        ("status", "postponed", "unreadable"),
        ("status", ["scheduled"], "unreadable"),
        ("identity_matched", "true", "unreadable"),
        ("identity_matched", 1, "unreadable"),
        ("moves_by_office", -1, "unreadable"),
        ("moves_by_office", True, "unreadable"),
        ("moves_by_office", 1.0, "unreadable"),
        ("form", None, "unreadable"),
        ("actor_role", None, "unreadable"),
        ("a_fact_of_another_system", 1, "unknown"),
        ("new_slot_local", "2024-07-15T09:00", "torn_apart"),
        ("new_slot_state", "free", "torn_apart"),
    ],
)
def test_a_fact_that_is_not_as_declared_is_a_fault(fact: str, value: object, code: str) -> None:
    with pytest.raises(FactFaults) as found:
        parse(BIOMETRICS, {**SCENARIOS[0]["facts"], fact: value})
    assert code in {fault.code for fault in found.value.faults}


def test_every_missing_fact_is_named() -> None:
    with pytest.raises(FactFaults) as found:
        parse(BIOMETRICS, {})
    assert [(fault.fact, fault.code) for fault in found.value.faults] == [
        (name, "missing") for name in BIOMETRICS.fact_names
    ]


@pytest.mark.parametrize("value", ["a free word", "", "OTHER", "good cause with spaces"])
def test_free_words_are_accepted_where_the_vocabulary_says_so(value: str) -> None:
    read = parse(
        BIOMETRICS, {**SCENARIOS[0]["facts"], "good_cause": value, "actor_role": value, "form": value}
    )
    assert evaluate(BIOMETRICS, read).rules == ("role-not-authorised", "form-not-listed", "other-reason")


@pytest.mark.parametrize(
    ("now", "rules"),
    [
        ("2024-07-10T01:00Z", ()),
        ("2024-07-10T01:00:00,0Z", ()),
        ("2024-07-09T21:00:00.000000-0400", ()),
        ("2024-07-10T01:00:00.000001Z", ("within-twelve-hours",)),
        ("2024-07-10T01:00:00.0000001Z", ("within-twelve-hours",)),
        ("2024-07-10T12:59:59.9999999Z", ("within-twelve-hours",)),
        ("2024-07-10T13:00:00.0000000Z", ("untimely",)),
    ],
)
def test_an_instant_may_be_written_in_several_ways_and_to_any_fraction(
    now: str, rules: tuple[str, ...]
) -> None:
    assert evaluate(BIOMETRICS, parse(BIOMETRICS, {**SCENARIOS[0]["facts"], "now": now})).rules == rules
