"""The quick check: a few answers that identify nobody, as the facts of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models.judging import Judgement, judge_facts
from models.offices import Office
from models.rules.acting import FAMILY, REPRESENTATIVES
from models.rules.parameters import SHIPPED

CATEGORY_FORM, ASYLUM_CATEGORY = "I-765", "c8"
NO_CAUSE = "none"
OLD_ENOUGH = 40 * 365  # days: a stand-in for the date of birth of somebody who is no child
DENIED = "denied"


@dataclass(frozen=True)
class Answers:
    """What a person told. None or an empty text: not asked or not answered, and left out of the judgement.

    `status` is the fact of that name, or `denied` (the case was denied because nobody came).
    """

    starts_local: datetime
    moves: int
    form: str = ""
    good_cause: str = ""
    status: str = "scheduled"
    place: str = "asc"
    actor: str = "self"
    authority_on_file: bool | None = None
    under_14: bool | None = None
    moves_by_office: int | None = None
    asylum_category: bool | None = None
    set_before_opening: bool | None = None
    online_account: bool | None = None
    tool_available: bool | None = None
    address_changed: bool | None = None


def check(answers: Answers, office: Office, now: datetime) -> Judgement:
    """Judge what was told. Raises FactFaults for a wall time that the office's zone skips or has twice."""
    unanswered = frozenset(name for name, told in _told(answers, office).items() if not told)
    return judge_facts("biometrics", _facts(answers, office, now), unanswered)


def _told(answers: Answers, office: Office) -> dict[str, bool]:
    """Whether each fact that may stay open is settled, by an answer or because it plays no part."""
    adoption = SHIPPED.on(answers.starts_local.date()).words("adoption_forms")
    held_here = office.held_here
    return {
        "form": bool(answers.form),
        "good_cause": bool(answers.good_cause),
        "eligibility_category": answers.form != CATEGORY_FORM or answers.asylum_category is not None,
        "scheduled_on": answers.form not in adoption or answers.set_before_opening is not None,
        "moves_by_office": answers.moves_by_office is not None,
        "authority_on_file": answers.actor not in REPRESENTATIVES or answers.authority_on_file is not None,
        "date_of_birth": answers.actor not in FAMILY or answers.under_14 is not None,
        "online_account": held_here or answers.online_account is not None,
        "tool_available": held_here or answers.tool_available is not None,
        "address_changed": answers.address_changed is not None,
    }


def _facts(answers: Answers, office: Office, now: datetime) -> dict[str, Any]:
    """The facts of facts.md section 1; what was not told has a stand-in that no rule will read."""
    held_here = office.held_here
    return {
        "now": now.isoformat(),
        "office_time_zone": office.time_zone,
        "starts_local": answers.starts_local.isoformat(timespec="minutes"),
        "status": "scheduled" if answers.status == DENIED else answers.status,
        "denied_as_abandoned": answers.status == DENIED,
        "identity_matched": True,  # nobody was identified, so nothing can fail to match
        "online_account": True if held_here else answers.online_account is not False,
        "tool_available": not office.paused if held_here else answers.tool_available is not False,
        "form": answers.form,
        "eligibility_category": ASYLUM_CATEGORY if answers.asylum_category else None,
        "scheduled_on": _set_on(answers).isoformat(),
        "moves_by_requestor": answers.moves,
        "moves_by_office": answers.moves_by_office or 0,
        "place": answers.place,
        "actor_role": answers.actor,
        "authority_on_file": bool(answers.authority_on_file),
        "date_of_birth": _born(answers, now).isoformat(),
        "incapable": answers.actor == "guardian",
        "good_cause": None if answers.good_cause in ("", NO_CAUSE) else answers.good_cause,
        "new_slot_local": None,
        "new_slot_time_zone": None,
        "new_slot_state": None,
        "address_changed": bool(answers.address_changed),
    }


def _set_on(answers: Answers) -> date:
    """A day on the side of the opening that the person told; only the side matters."""
    opening = SHIPPED.on(answers.starts_local.date()).day("adoption_opening")
    return opening - timedelta(days=1) if answers.set_before_opening else opening


def _born(answers: Answers, now: datetime) -> date:
    """A day of birth on the told side of the age at which children act for themselves."""
    return now.date() if answers.under_14 else now.date() - timedelta(days=OLD_ENOUGH)
