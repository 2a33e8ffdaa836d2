"""From an appointment's rows to the facts of the rules, and to the one judgement that every door uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.appointments import ActingAs, Appointment, Claim
from models.holds import Hold, HoldKind, HoldState
from models.people import Role
from models.rules import Outcome, evaluate
from models.rules.facts import parse
from models.rules.systems import SYSTEMS
from models.slots import Slot, is_closed

# what only the move form answers
FORM_FACTS = frozenset(
    {"good_cause", "new_slot_local", "new_slot_time_zone", "new_slot_state", "address_changed"}
)
# what only the person knows about a calendar that is kept elsewhere
TOOL_FACTS = frozenset({"online_account", "tool_available"})


@dataclass(frozen=True)
class Actor:
    """Who acts, in the words of facts.md: `role` is the fact `actor_role`."""

    account_id: int
    role: str
    authority_on_file: bool = False


@dataclass(frozen=True)
class Choice:
    """What the move form answers; `slot_state` is the fact `new_slot_state`."""

    good_cause: str | None = None
    address_changed: bool = False
    slot: Slot | None = None
    slot_state: str | None = None


@dataclass(frozen=True)
class Judgement:
    """What was judged and how: the facts (plain JSON values, as on the receipt), what is unasked, the outcome."""

    system: str
    facts: dict[str, Any]
    outcome: Outcome
    unanswered: frozenset[str] = frozenset()


def actor_of(claim: Claim) -> Actor:
    """Who acts when the holder of this claim does: a representative never passes for the person."""
    role = str(claim.account.role)
    if role in (Role.REPRESENTATIVE, Role.FIRM_STAFF):
        return Actor(claim.account_id, "attorney" if role == Role.REPRESENTATIVE else role)
    return Actor(claim.account_id, str(ActingAs(claim.acting_as)))


def judge(
    appointment: Appointment,
    actor: Actor,
    now: datetime,
    choice: Choice = Choice(),
    unanswered: frozenset[str] = frozenset(),
    **told: bool,
) -> Judgement:
    """Judge moving this appointment. `told` are answers about a tool that is kept elsewhere.

    `unanswered` names facts that the page has not asked yet; a save passes none.
    """
    return judge_facts(appointment.system, facts_of(appointment, actor, now, choice) | told, unanswered)


def judge_facts(system: str, facts: dict[str, Any], unanswered: frozenset[str] = frozenset()) -> Judgement:
    """Judge plain facts, as the quick check does. Raises FactFaults when one is missing or makes no sense."""
    rules = SYSTEMS[system]
    return Judgement(system, facts, evaluate(rules, parse(rules, facts), unanswered), unanswered)


def facts_of(appointment: Appointment, actor: Actor, now: datetime, choice: Choice) -> dict[str, Any]:
    """The facts of facts.md section 1 as plain JSON values."""
    office, slot = appointment.office, choice.slot
    paused = office.paused or (slot is not None and slot.office.paused)
    return {
        "now": now.isoformat(),
        "office_time_zone": office.time_zone,
        "starts_local": appointment.starts_local,
        "status": appointment.status,
        "denied_as_abandoned": appointment.denied_as_abandoned,
        "identity_matched": True,  # a claim exists only after number and date of birth matched
        "online_account": True,
        "tool_available": not paused,
        "form": appointment.case.form_or_visa_class,
        "eligibility_category": appointment.case.eligibility_category,
        "scheduled_on": appointment.scheduled_on.isoformat(),
        "moves_by_requestor": appointment.moves_by_requestor,
        "moves_by_office": appointment.moves_by_office,
        "place": appointment.place,
        "actor_role": actor.role,
        "authority_on_file": actor.authority_on_file,
        "date_of_birth": appointment.person.date_of_birth.isoformat(),
        "incapable": appointment.incapable,
        "good_cause": choice.good_cause,
        "new_slot_local": local_text(slot) if slot else None,
        "new_slot_time_zone": slot.office.time_zone if slot else None,
        "new_slot_state": choice.slot_state,
        "address_changed": choice.address_changed,
    }


def local_text(slot: Slot) -> str:
    """The wall time at which a slot starts, as in facts and on notices: `2026-12-17T10:30`."""
    return slot.office.local(slot.starts_at).strftime("%Y-%m-%dT%H:%M")


def slot_state(slot: Slot, appointment: Appointment, now: datetime, own: HoldKind = HoldKind.CHOICE) -> str:
    """The fact `new_slot_state`; an own live hold of the kind counts as the place, a lapsed hold as open.

    The time that the appointment has already is closed to it: going there would cost a move for nothing.
    """
    if not slot.office.held_here or slot.system != appointment.system or is_closed(slot):
        return "closed"
    if is_present_time(slot, appointment):
        return "closed"
    if slot.free > 0:
        return "free"
    holds = list(Hold.select().where(Hold.slot == slot, Hold.state == HoldState.LIVE))
    if any(_makes_room(hold, appointment, now, own) for hold in holds):
        return "free"
    return "held" if holds else "full"


def is_present_time(slot: Slot, appointment: Appointment) -> bool:
    """Whether this is the office and time that the appointment has now."""
    return bool(slot.office_id == appointment.office_id and slot.starts_at == appointment.starts_at)


def _makes_room(hold: Hold, appointment: Appointment, now: datetime, own: HoldKind) -> bool:
    is_own = hold.appointment_id == appointment.id and hold.kind == own
    return is_own or not hold.is_live(now)
