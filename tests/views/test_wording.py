"""A sentence for every code, no sentence without one, and the page's first sentence."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from models.channels import LINES
from models.rules import Channel, Confidence, Verdict, evaluate
from models.rules.biometrics import SYSTEM
from models.rules.parameters import SHIPPED, Parameters
from models.rules.systems import SYSTEMS
from tests.models.plain_facts import PLAIN
from views.wording import channels, facts, sources, verdicts
from views.wording.shapes import ChannelWords, RuleWords, said

GAP = re.compile(r"%\((\w+)\)s")
ALL_RULES = [(system.name, rule) for system in SYSTEMS.values() for rule in system.rules]
NOW = datetime(2026, 1, 14, 19, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def lines_of(words: RuleWords | ChannelWords) -> list[Any]:
    return [line for field in fields(words) if (line := getattr(words, field.name)) is not None]


def test_each_rule_has_its_words_and_no_words_lack_a_rule() -> None:
    for system in SYSTEMS.values():
        assert set(verdicts.RULES[system.name]) == {rule.slug for rule in system.rules}
    assert set(verdicts.RULES) == set(SYSTEMS)


def test_each_channel_has_its_words_and_each_line_its_name_hours_and_source() -> None:
    assert set(channels.WORDS) == set(Channel)
    lines = set(LINES.values())
    assert set(channels.LINE_NAMES) == set(channels.LINE_HOURS) == set(channels.LINE_SOURCES) == lines


def test_a_rule_that_blocks_has_a_sentence_for_the_page_or_a_telephone() -> None:
    blocking = [(system, rule) for system, rule in ALL_RULES if rule.verdict is Verdict.BLOCKED]
    assert all(verdicts.RULES[system][rule.slug].page or rule.channel in LINES for system, rule in blocking)


def test_without_an_end_in_sight_the_page_says_only_that_one_can_call() -> None:
    unchanging = Parameters(row for row in SHIPPED.rows if not row.since and not row.until)
    told = evaluate(SYSTEM, replace(PLAIN, moves_by_requestor=2), frozenset({"starts_local"}), unchanging)
    assert verdicts.page_sentence("biometrics", told, PLAIN.now).before == f"{NO_LONGER} You can call."


def test_each_channel_is_the_way_out_of_some_rule() -> None:
    assert {rule.channel for _, rule in ALL_RULES} == set(Channel)


def test_each_source_has_its_words_and_no_words_lack_a_use() -> None:
    used = chain(*(rule.sources for _, rule in ALL_RULES), *channels.LINE_SOURCES.values())
    assert set(sources.WORDS) == set(used) | {row.source for row in SHIPPED.rows}
    assert set(sources.CONFIDENCE) == set(Confidence)


def test_each_fact_has_its_name() -> None:
    assert {system: tuple(words) for system, words in facts.WORDS.items()} == {
        name: system.fact_names for name, system in SYSTEMS.items()
    }


@pytest.mark.parametrize(("system", "rule"), ALL_RULES, ids=lambda thing: getattr(thing, "slug", ""))
def test_the_gaps_of_a_sentence_are_parameters_of_the_rules(system: str, rule: Any) -> None:
    for line in lines_of(verdicts.RULES[system][rule.slug]):
        told = said(line, SHIPPED.on(NOW.date()))
        assert "%" not in told
        assert told.strip() == told != ""


def test_a_changed_number_changes_the_words() -> None:
    numbers = SHIPPED.on(NOW.date())
    numbers = type(numbers)(numbers.values | {"notice_hours": 24})
    assert "24 hours" in said(verdicts.RULES["biometrics"]["within-twelve-hours"].headline, numbers)


def test_forms_and_days_are_told_in_words() -> None:
    told = said(verdicts.RULES["biometrics"]["set-before-adoption-opening"].condition, SHIPPED.on(NOW.date()))
    assert "I-600, I-600A, I-800, and I-800A" in told
    assert "29\u00a0May\u00a02024" in told


def page(now: str, **changed: Any) -> tuple[str, str | None, str]:
    """What the page says, with its moment as an ISO text."""
    facts_now = replace(PLAIN, now=datetime.fromisoformat(now), **changed)
    told = verdicts.page_sentence("biometrics", evaluate(SYSTEM, facts_now), facts_now.now)
    return told.before, told.moment and told.moment.isoformat(), told.after


ONLINE = "You can move this appointment online"
NO_LONGER = "You can no longer move this appointment online."


@pytest.mark.parametrize(
    ("now", "changed", "told"),
    [
        ("2024-07-01T09:00-04:00", {}, (f"{ONLINE} until ", "2024-07-09T21:00:00-04:00", ".")),
        (
            "2024-07-01T09:00-04:00",
            {"good_cause": "other"},
            ("You can ask online until ", "2024-07-09T21:00:00-04:00", ". A person has to look at it first."),
        ),
        (
            "2024-07-01T09:00-04:00",
            {"actor_role": "parent", "date_of_birth": PLAIN.scheduled_on.replace(year=2010, month=7, day=5)},
            (f"{ONLINE}, without a review, until ", "2024-07-05T00:00:00-04:00", "."),
        ),
        (
            "2024-07-09T22:00-04:00",
            {},
            (f"{NO_LONGER} You can call until ", "2024-07-10T09:00:00-04:00", "."),
        ),
        (
            "2024-07-09T22:00-04:00",
            {"starts_local": datetime.fromisoformat("2024-07-10T08:00")},
            (f"{NO_LONGER} The phone line opens ", "2024-07-10T08:00:00-04:00", "."),
        ),
        (
            "2024-07-01T09:00-04:00",
            {"moves_by_requestor": 2},
            (f"{NO_LONGER} You can call until ", "2024-07-10T09:00:00-04:00", "."),
        ),
        (
            "2024-07-10T09:00-04:00",
            {"good_cause": None},
            ("It is too late to move this appointment online. Call as soon as you can.", None, ""),
        ),
        ("2024-07-01T09:00-04:00", {"good_cause": None}, ("Choose a reason first.", None, "")),
        (
            "2024-07-01T09:00-04:00",
            {"good_cause": None, "online_account": False},
            ("You need a USCIS online account first.", None, ""),
        ),
        ("2024-07-09T22:00-04:00", {"status": "cancelled"}, ("This appointment was cancelled.", None, "")),
        (
            "2023-06-20T09:00-04:00",
            {},
            ("You cannot move this appointment online yet. You can from ", "2023-06-28T00:00:00-04:00", "."),
        ),
    ],
)
def test_the_page_says_first_what_decides(
    now: str, changed: dict[str, Any], told: tuple[str, str | None, str]
) -> None:
    assert page(now, **changed) == told


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({}, ["online", "phone", "after"]),
        ({"moves_by_requestor": 2}, ["phone", "after"]),
        ({"good_cause": "other"}, ["online", "phone", "after"]),
        ({"place": "abroad"}, ["closed", "after"]),
        ({"status": "completed"}, ["after"]),
    ],
)
def test_neighbouring_stretches_with_one_name_are_one(changed: dict[str, Any], kinds: list[str]) -> None:
    outcome = evaluate(SYSTEM, replace(PLAIN, **changed))
    found = verdicts.stretches("biometrics", outcome)
    assert [stretch.kind for stretch in found] == kinds
    assert found[-1].ends is None


def test_a_reason_carries_its_mark_and_its_way_out() -> None:
    outcome = evaluate(SYSTEM, replace(PLAIN, good_cause="other", address_changed=True, moves_by_requestor=2))
    told = [verdicts.reason("biometrics", hit, outcome.numbers) for hit in outcome.hits]
    assert [(reason.slug, reason.mark) for reason in told] == [
        ("moved-twice", "blocked"),
        ("other-reason", "needs_review"),
        ("address-changed", "warning"),
    ]
    assert told[0].headline == "You have already moved it 2 times."
    assert all(reason.way_out for reason in told)


def test_facts_are_listed_as_a_person_would() -> None:
    assert (
        facts.facts_in_words("biometrics", ("now", "starts_local", "form")) == "your start time and your form"
    )
    assert facts.facts_in_words("biometrics", ()) == ""


def test_the_phone_says_whether_somebody_answers() -> None:
    line = LINES[Channel.CONTACT_CENTER]
    assert verdicts.line_state(line, NOW).before == "Open now."
    closed = verdicts.line_state(line, NOW.replace(hour=3))
    assert (closed.before, closed.moment) == ("Opens ", datetime(2026, 1, 14, 13, tzinfo=UTC))
    assert channels.button_text(line) == "Call 800-375-5283"
    assert channels.telephone_address(line.number) == "tel:+18003755283"
