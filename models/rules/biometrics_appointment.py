"""Biometrics rules that the appointment itself decides: its state, its time, its moves, form and place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.rules import Channel, Confidence, Rule, Verdict
from models.rules.moments import Boundary
from models.rules.parameters import Numbers

if TYPE_CHECKING:  # biometrics.py puts these rows together, so it cannot be imported from here
    from models.rules.biometrics import Facts

TOOL_LAUNCH = date(2023, 6, 28)
LAST_DAY_WITHOUT_TOOL = date(2023, 6, 27)
ADOPTION_OPENING = date(2024, 5, 29)
LAST_DAY_WITHOUT_ADOPTION = date(2024, 5, 28)

START = frozenset({"now", "office_time_zone", "starts_local"})


def _late(facts: Facts, numbers: Numbers) -> bool:
    return facts.started and not facts.denied_as_abandoned


def _abandoned(facts: Facts, numbers: Numbers) -> bool:
    return facts.started and facts.denied_as_abandoned


def _start(facts: Facts, numbers: Numbers) -> tuple[Boundary, ...]:
    return (Boundary(facts.start),)


def _short_notice(facts: Facts, numbers: Numbers) -> bool:
    return timedelta(0) < facts.notice < timedelta(hours=numbers.count("notice_hours"))


def _short_notice_begins_and_ends(facts: Facts, numbers: Numbers) -> tuple[Boundary, ...]:
    last_moment = facts.start - timedelta(hours=numbers.count("notice_hours"))
    return (Boundary(last_moment, after=True), Boundary(facts.start))


def _moves_used(facts: Facts, numbers: Numbers) -> bool:
    return facts.moves_by_requestor >= numbers.count("max_moves")


def _moves_used_with_office(facts: Facts, numbers: Numbers) -> bool:
    both = facts.moves_by_requestor + facts.moves_by_office
    return not _moves_used(facts, numbers) and both >= numbers.count("max_moves")


def _adoption(facts: Facts, numbers: Numbers) -> bool:
    return facts.form in numbers.words("adoption_forms")


def _set_before_opening(facts: Facts, numbers: Numbers) -> bool:
    return _adoption(facts, numbers) and facts.scheduled_on < numbers.day("adoption_opening")


def _asylum(facts: Facts, numbers: Numbers) -> bool:
    return facts.form == "I-589" or (facts.form == "I-765" and facts.eligibility_category == "c8")


ABOUT_THE_STATE: tuple[Rule[Facts], ...] = (
    Rule(
        slug="before-tool-launch",
        verdict=Verdict.BLOCKED,
        channel=Channel.CONTACT_CENTER,
        hit=lambda facts, numbers: True,
        reads=frozenset(),
        until=LAST_DAY_WITHOUT_TOOL,
        sources=("NEPY", "U24"),
        confidence=(Confidence.SECONDARY,),
    ),
    Rule(
        slug="identity-not-matched",
        verdict=Verdict.BLOCKED,
        channel=Channel.CHECK_NOTICE,
        hit=lambda facts, numbers: not facts.identity_matched,
        reads=frozenset({"identity_matched"}),
        sources=("FIRM1", "OMB21"),
        confidence=(Confidence.SECONDARY,),
    ),
    Rule(
        slug="already-attended",
        verdict=Verdict.BLOCKED,
        channel=Channel.NONE,
        hit=lambda facts, numbers: facts.status == "completed",
        reads=frozenset({"status"}),
    ),
    Rule(
        slug="already-cancelled",
        verdict=Verdict.BLOCKED,
        channel=Channel.CONTACT_CENTER,
        hit=lambda facts, numbers: facts.status == "cancelled",
        reads=frozenset({"status"}),
    ),
)

ABOUT_THE_TIME: tuple[Rule[Facts], ...] = (
    Rule(
        slug="untimely",
        verdict=Verdict.BLOCKED,
        channel=Channel.CONTACT_CENTER,
        hit=_late,
        reads=START | {"denied_as_abandoned"},
        boundaries=_start,
        since=TOOL_LAUNCH,
        sources=("8 CFR 103.2(b)(9)", "FIRM1", "U24", "FIRM2", "EIG"),
        confidence=(Confidence.OFFICIAL,),
    ),
    Rule(
        slug="denied-as-abandoned",
        verdict=Verdict.BLOCKED,
        channel=Channel.ATTORNEY,
        hit=_abandoned,
        reads=START | {"denied_as_abandoned"},
        boundaries=_start,
        sources=("GIP", "8 CFR 103.2(b)(15)"),
        confidence=(Confidence.SECONDARY,),
    ),
    Rule(
        slug="within-twelve-hours",
        verdict=Verdict.BLOCKED,
        channel=Channel.CONTACT_CENTER,
        hit=_short_notice,
        reads=START,
        boundaries=_short_notice_begins_and_ends,
        since=TOOL_LAUNCH,
        parameters=("notice_hours",),
        sources=("U24", "FIRM1", "FIRM2"),
        confidence=(Confidence.OFFICIAL, Confidence.INFERENCE),
    ),
    Rule(
        slug="moved-twice",
        verdict=Verdict.BLOCKED,
        channel=Channel.CONTACT_CENTER,
        hit=_moves_used,
        reads=frozenset({"moves_by_requestor"}),
        since=TOOL_LAUNCH,
        parameters=("max_moves",),
        sources=("U24", "FIRM1", "FIRM2"),
        confidence=(Confidence.OFFICIAL,),
    ),
    Rule(
        slug="moved-twice-by-office",
        verdict=Verdict.NEEDS_REVIEW,
        channel=Channel.OFFICIAL_TOOL,
        hit=_moves_used_with_office,
        reads=frozenset({"moves_by_requestor", "moves_by_office"}),
        since=TOOL_LAUNCH,
        parameters=("max_moves",),
        sources=("JL", "SWEET"),
        confidence=(Confidence.CONFLICTING,),
    ),
)

ABOUT_THE_FORM: tuple[Rule[Facts], ...] = (
    Rule(
        slug="adoption-form-not-open-yet",
        verdict=Verdict.BLOCKED,
        channel=Channel.NBC_ADOPTIONS_UNIT,
        hit=_adoption,
        reads=frozenset({"form"}),
        since=TOOL_LAUNCH,
        until=LAST_DAY_WITHOUT_ADOPTION,
        parameters=("adoption_forms",),
        sources=("U24", "AFUI"),
        confidence=(Confidence.OFFICIAL,),
    ),
    Rule(
        slug="set-before-adoption-opening",
        verdict=Verdict.BLOCKED,
        channel=Channel.NBC_ADOPTIONS_UNIT,
        hit=_set_before_opening,
        reads=frozenset({"form", "scheduled_on"}),
        since=ADOPTION_OPENING,
        parameters=("adoption_forms", "adoption_opening"),
        sources=("U24",),
        confidence=(Confidence.OFFICIAL,),
    ),
    Rule(
        slug="form-not-listed",
        verdict=Verdict.NEEDS_REVIEW,
        channel=Channel.OFFICIAL_TOOL,
        hit=lambda facts, numbers: facts.form not in numbers.words("listed_forms"),
        reads=frozenset({"form"}),
        since=TOOL_LAUNCH,
        parameters=("listed_forms",),
        sources=("U24",),
        confidence=(Confidence.OFFICIAL, Confidence.INFERENCE),
    ),
    Rule(
        slug="asylum-clock",
        verdict=Verdict.ALLOWED,
        channel=Channel.ATTORNEY,
        hit=_asylum,
        reads=frozenset({"form", "eligibility_category"}),
        sources=("IML", "8 CFR 208.10"),
        confidence=(Confidence.SECONDARY,),
    ),
)
