"""Pure judgement: rules in, an outcome out, with the moments at which the answer changes."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from models.rules.calendars import first_instant
from models.rules.moments import Boundary, Moment
from models.rules.parameters import SHIPPED, Numbers, Parameters


class Verdict(StrEnum):
    """What the rules say about a wish, mildest first."""

    ALLOWED = "allowed"
    NEEDS_REVIEW = "needs_review"
    BLOCKED = "blocked"

    @property
    def severity(self) -> int:
        """Its place from the mildest, 0, to the gravest."""
        return list(Verdict).index(self)


class Channel(StrEnum):
    """The way that a rule leaves open."""

    NONE = "none"
    CONTACT_CENTER = "contact_center"
    NBC_ADOPTIONS_UNIT = "nbc_adoptions_unit"
    OFFICIAL_TOOL = "official_tool"
    CREATE_ACCOUNT = "create_account"
    CHECK_NOTICE = "check_notice"
    COMPLETE_FORM = "complete_form"
    CHOOSE_OTHER_SLOT = "choose_other_slot"
    FILE_G28 = "file_g28"
    PERSON_ACTS = "person_acts"
    ATTORNEY_CONFIRMS = "attorney_confirms"
    ATTORNEY = "attorney"
    REPORT_ADDRESS = "report_address"
    ICE_ERO = "ice_ero"
    OFFICE_ABROAD = "office_abroad"


class Confidence(StrEnum):
    """How sure a rule is; a rule may carry two (the limit official, the side of the boundary our reading)."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    CONFLICTING = "conflicting"
    INFERENCE = "inference"


F_contra = TypeVar("F_contra", contravariant=True)
F = TypeVar("F", bound=Moment)


def _no_boundaries(facts: Any, numbers: Numbers) -> tuple[Boundary, ...]:
    return ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Rule(Generic[F_contra]):
    """One row: when it hits, what follows, which way stays open, and where it comes from."""

    slug: str
    verdict: Verdict
    channel: Channel
    hit: Callable[[F_contra, Numbers], bool]
    reads: frozenset[str]
    boundaries: Callable[[F_contra, Numbers], tuple[Boundary, ...]] = _no_boundaries
    since: date | None = None
    until: date | None = None
    parameters: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: tuple[Confidence, ...] = (Confidence.INFERENCE,)

    def in_force(self, day: date) -> bool:
        """Whether it counts on a day, both its first and its last included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Hit:
    """A rule that applies."""

    rule: Rule[Any]

    @property
    def slug(self) -> str:
        return self.rule.slug

    @property
    def verdict(self) -> Verdict:
        return self.rule.verdict

    @property
    def channel(self) -> Channel:
        return self.rule.channel


@dataclass(frozen=True)
class Segment:
    """A stretch of time with the same hits.

    `begins` is None for the one that is running. With `begins_after` the answer before it still
    holds at `begins` itself. Both ends are in the office's zone.
    """

    begins: datetime | None
    begins_after: bool
    ends: datetime | None
    hits: tuple[Hit, ...]

    @property
    def verdict(self) -> Verdict:
        return self.hits[0].verdict if self.hits else Verdict.ALLOWED


@dataclass(frozen=True)
class Outcome:
    """The answer: hits most severe first, what was looked at, what is still to answer, what comes."""

    hits: tuple[Hit, ...]
    looked_at: tuple[str, ...]
    unanswered: tuple[str, ...]
    segments: tuple[Segment, ...]
    numbers: Numbers

    @property
    def verdict(self) -> Verdict:
        return self.segments[0].verdict

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(hit.slug for hit in self.hits)

    @property
    def flips_at(self) -> datetime | None:
        return flips_at(self.segments)


@dataclass(frozen=True, eq=False, kw_only=True)
class System(Generic[F]):
    """The rules of one kind of appointment.

    `alone`: rules that silence all others, the first in the tuple before the next.
    `zone_of_dates`: whose calendar day decides which rules are in force.
    """

    name: str
    facts: type[F]
    rules: tuple[Rule[F], ...]
    alone: tuple[str, ...]
    zone_of_dates: Callable[[F], ZoneInfo]

    @cached_property
    def by_severity(self) -> tuple[Rule[F], ...]:
        """The rules in the order in which hits are told."""
        return tuple(sorted(self.rules, key=lambda rule: (-rule.verdict.severity, rule.slug)))

    @cached_property
    def turning_days(self) -> frozenset[date]:
        """The days on which rules come into force or have just ended."""
        begins = {rule.since for rule in self.rules if rule.since}
        return frozenset(begins | {rule.until + timedelta(days=1) for rule in self.rules if rule.until})

    @cached_property
    def fact_names(self) -> tuple[str, ...]:
        """Every fact that can be asked for."""
        return tuple(field.name for field in fields(self.facts))

    def day(self, facts: F) -> date:
        """The calendar day that decides which rules are in force."""
        return facts.now.astimezone(self.zone_of_dates(facts)).date()


def evaluate(
    system: System[F], facts: F, unanswered: frozenset[str] = frozenset(), parameters: Parameters = SHIPPED
) -> Outcome:
    """Every hit, without the rules that read a fact not yet answered."""
    day = system.day(facts)
    segments = timeline(system, facts, unanswered, parameters)
    hits = segments[0].hits
    read = frozenset(name for rule in system.rules if rule.in_force(day) for name in rule.reads)
    if len(hits) == 1 and hits[0].slug in system.alone:
        read = hits[0].rule.reads  # nothing else may be told, so nothing else is asked
    return Outcome(
        hits=hits,
        looked_at=tuple(name for name in system.fact_names if name in read - unanswered),
        unanswered=tuple(name for name in system.fact_names if name in read & unanswered),
        segments=segments,
        numbers=parameters.on(day),
    )


def timeline(
    system: System[F], facts: F, unanswered: frozenset[str] = frozenset(), parameters: Parameters = SHIPPED
) -> tuple[Segment, ...]:
    """The running segment and the coming ones, a new one wherever the list of hits changes."""
    rules = tuple(rule for rule in system.by_severity if not rule.reads & unanswered)
    changes: list[tuple[Boundary | None, tuple[Hit, ...]]] = [(None, _hits(system, rules, facts, parameters))]
    for boundary in _coming_boundaries(system, rules, facts, parameters):
        hits = _hits(system, rules, replace(facts, now=boundary.first_moment), parameters)
        if hits != changes[-1][1]:
            changes.append((boundary, hits))
    begins = [at.at.astimezone(facts.office_time_zone) if at else None for at, _ in changes]
    return tuple(
        Segment(start, at.after if at else False, end, hits)
        for (at, hits), start, end in zip(changes, begins, [*begins[1:], None], strict=True)
    )


def flips_at(segments: tuple[Segment, ...]) -> datetime | None:
    """The greatest lower bound of the instants whose verdict differs from the present one."""
    present = segments[0].verdict
    return next((segment.begins for segment in segments[1:] if segment.verdict is not present), None)


def _hits(system: System[F], rules: tuple[Rule[F], ...], facts: F, parameters: Parameters) -> tuple[Hit, ...]:
    day = system.day(facts)
    numbers = parameters.on(day)
    found = [rule for rule in rules if rule.in_force(day) and rule.hit(facts, numbers)]
    for slug in system.alone:
        if alone := [rule for rule in found if rule.slug == slug]:
            found = alone
    return tuple(Hit(rule) for rule in found)


def _coming_boundaries(
    system: System[F], rules: tuple[Rule[F], ...], facts: F, parameters: Parameters
) -> list[Boundary]:
    """Every instant from now on at which some rule could change its answer, in order."""
    day, zone = system.day(facts), system.zone_of_dates(facts)
    changed_numbers = [turn for turn in parameters.changes if turn > day]
    turning_days = {turn for turn in system.turning_days if turn > day}.union(changed_numbers)
    found = {Boundary(first_instant(turn, zone)) for turn in turning_days}
    for numbers in (parameters.on(turn) for turn in (day, *changed_numbers)):
        found.update(boundary for rule in rules for boundary in rule.boundaries(facts, numbers))
    return sorted(boundary for boundary in found if boundary.first_moment > facts.now)
