"""Rules about who acts: the same for a biometrics appointment and for a visit."""

from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from models.rules import Channel, Confidence, Rule, Verdict
from models.rules.calendars import birthday, first_instant
from models.rules.moments import Boundary
from models.rules.parameters import Numbers

REPRESENTATIVES = frozenset({"attorney", "accredited_representative"})
FAMILY = frozenset({"parent", "guardian"})
KNOWN_ROLES = REPRESENTATIVES | FAMILY | {"self", "firm_staff"}


class ActingFacts(Protocol):
    """The facts that these rules read."""

    @property
    def office_time_zone(self) -> ZoneInfo: ...
    @property
    def today(self) -> date: ...
    @property
    def actor_role(self) -> str: ...
    @property
    def authority_on_file(self) -> bool: ...
    @property
    def date_of_birth(self) -> date | None: ...
    @property
    def incapable(self) -> bool: ...


def _authority_missing(facts: ActingFacts, numbers: Numbers) -> bool:
    return facts.actor_role in REPRESENTATIVES and not facts.authority_on_file


def _role_unknown(facts: ActingFacts, numbers: Numbers) -> bool:
    return facts.actor_role not in KNOWN_ROLES


def _staff_drafted(facts: ActingFacts, numbers: Numbers) -> bool:
    return facts.actor_role == "firm_staff"


def _child_signs(facts: ActingFacts, numbers: Numbers) -> bool:
    if facts.actor_role not in FAMILY or facts.incapable:
        return False
    born = facts.date_of_birth
    return born is None or birthday(born, numbers.count("child_act_age")) <= facts.today


def _coming_of_age(facts: ActingFacts, numbers: Numbers) -> tuple[Boundary, ...]:
    if facts.date_of_birth is None:
        return ()
    day = birthday(facts.date_of_birth, numbers.count("child_act_age"))
    return (Boundary(first_instant(day, facts.office_time_zone)),)


def acting_rules(since: date) -> tuple[Rule[ActingFacts], ...]:
    """The four rows, in force from the day on which the system's own form opened."""
    return (*_rules_of_authority(since), *_rules_of_signing(since))


def _rules_of_authority(since: date) -> tuple[Rule[ActingFacts], ...]:
    return (
        Rule(
            slug="authority-not-on-file",
            verdict=Verdict.BLOCKED,
            channel=Channel.FILE_G28,
            hit=_authority_missing,
            reads=frozenset({"actor_role", "authority_on_file"}),
            since=since,
            sources=("U24", "ADOPT"),
            confidence=(Confidence.OFFICIAL,),
        ),
        Rule(
            slug="role-not-authorised",
            verdict=Verdict.BLOCKED,
            channel=Channel.PERSON_ACTS,
            hit=_role_unknown,
            reads=frozenset({"actor_role"}),
            since=since,
            sources=("U24", "FIRM2"),
            confidence=(Confidence.OFFICIAL, Confidence.INFERENCE),
        ),
    )


def _rules_of_signing(since: date) -> tuple[Rule[ActingFacts], ...]:
    return (
        Rule(
            slug="staff-draft-unconfirmed",
            verdict=Verdict.NEEDS_REVIEW,
            channel=Channel.ATTORNEY_CONFIRMS,
            hit=_staff_drafted,
            reads=frozenset({"actor_role"}),
            since=since,
            sources=("CHAL",),
        ),
        Rule(
            slug="child-not-under-fourteen",
            verdict=Verdict.NEEDS_REVIEW,
            channel=Channel.PERSON_ACTS,
            hit=_child_signs,
            reads=frozenset({"now", "office_time_zone", "actor_role", "date_of_birth", "incapable"}),
            boundaries=_coming_of_age,
            since=since,
            parameters=("child_act_age",),
            sources=("8 CFR 103.2(a)(2)",),
        ),
    )
