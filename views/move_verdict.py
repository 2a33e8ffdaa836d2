"""What the rules say of a choice: the framed box of the choose page, and the move tickets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from models.judging import Choice, Judgement, judge, slot_state
from models.rules import Channel, Verdict
from models.slots import Slot
from views.formats import Style, filled, moment
from views.move_ground import Mover, paused_words
from views.verdicts import present, reasons
from views.wording.facts import facts_in_words
from views.wording.good_causes import OTHER

SLOT_FACTS = frozenset({"new_slot_local", "new_slot_time_zone", "new_slot_state"})
MENDED_ABOVE = frozenset({Channel.COMPLETE_FORM, Channel.CHOOSE_OTHER_SLOT})


@dataclass(frozen=True)
class Box:
    """The verdict on a choice. `code` None: something is still to answer; `button` empty: this way is closed."""

    code: str | None
    sentence: str | Markup
    lines: list[Markup] = field(default_factory=list)
    cost: str = ""
    tickets: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)
    button: str = ""
    note: str = ""
    phone: dict[str, Any] | None = None
    action: dict[str, str] | None = None


def judge_choice(mover: Mover, slot: Slot | None, good_cause: str | None, address_changed: bool) -> Judgement:
    """The judgement of what is chosen so far; rules about what is not chosen yet wait."""
    state = slot_state(slot, mover.appointment, mover.now) if slot else None
    choice = Choice(good_cause or None, address_changed, slot, state)
    unanswered = (frozenset() if slot else SLOT_FACTS) | (frozenset() if good_cause else {"good_cause"})
    return judge(mover.appointment, mover.actor, mover.now, choice, unanswered)


def box_of(mover: Mover, slot: Slot | None, good_cause: str | None, address_changed: bool) -> Box:
    """The framed box for a choice, or for a part of one."""
    judgement = judge_choice(mover, slot, good_cause, address_changed)
    outcome = judgement.outcome
    if paused := paused_words(mover):
        return _paused(paused)
    if outcome.verdict == Verdict.BLOCKED:
        return _blocked(mover, judgement)
    button = _("Ask for it") if outcome.verdict == Verdict.NEEDS_REVIEW else _("Look it over")
    note = _("Nothing changes yet. We hold the place for 10 minutes while you look.")
    told = reasons(judgement.system, outcome)
    if slot is None or not good_cause:
        missing = facts_in_words(judgement.system, outcome.unanswered)
        return Box(
            None, _("Still to answer: %(what)s.", what=missing), reasons=told, button=button, note=note
        )
    return Box(
        code=outcome.verdict,
        sentence=_yes(outcome.verdict),
        lines=[_open(slot, good_cause)],
        cost=_cost(mover, judgement),
        tickets=tickets(mover, judgement),
        reasons=told,
        button=button,
        note=note,
    )


def _yes(verdict: Verdict) -> str:
    if verdict == Verdict.NEEDS_REVIEW:
        return _("You can ask. A person has to look at it first.")
    return _("Yes, this works.")


def _open(slot: Slot, good_cause: str) -> Markup:
    """That the place is open, and what the reason counts for."""
    when = Markup("<b>{}</b>").format(moment(slot.starts_at, slot.office.zone, Style.LIST))
    if good_cause == OTHER:
        said = _("%(when)s at %(city)s is open. Your old place stays yours meanwhile.")
    else:
        said = _("%(when)s at %(city)s is open, and your reason is one of the six named ones.")
    return filled(said, when=when, city=slot.office.city)


def _cost(mover: Mover, judgement: Judgement) -> str:
    most = judgement.outcome.numbers.count("max_moves")
    number = mover.appointment.moves_by_requestor + 1
    if judgement.outcome.verdict == Verdict.NEEDS_REVIEW:
        return _("If the answer is yes, this is move %(number)s of %(most)s.", number=number, most=most)
    return _("This will be move %(number)s of %(most)s.", number=number, most=most)


def tickets(mover: Mover, judgement: Judgement) -> list[dict[str, Any]]:
    """The moves as tickets: used ones, this one, and what stays."""
    used = mover.appointment.moves_by_requestor
    states = ["used"] * used + ["this"]
    most = max(judgement.outcome.numbers.count("max_moves"), len(states))
    states += ["kept"] * (most - len(states))
    return [{"number": number, "state": state} for number, state in enumerate(states, 1)][-2:]


def _blocked(mover: Mover, judgement: Judgement) -> Box:
    """Why not, and the way that is left; what can be mended above leaves the button where it is."""
    said = present(judgement, mover.appointment.office, mover.now)
    blocked = [hit for hit in judgement.outcome.hits if hit.verdict == Verdict.BLOCKED]
    mendable = all(hit.channel in MENDED_ABOVE for hit in blocked)
    return Box(
        code=said.code,
        sentence=said.sentence,
        reasons=said.reasons,
        button=_("Look it over") if mendable else "",
        note="" if mendable else _("Your old time stays yours."),
        phone=said.phone,
        action=said.action,
    )


def _paused(sentence: str) -> Box:
    note = _("Somebody on file said that a request did not come from them. Your time stays yours.")
    return Box(Verdict.BLOCKED, sentence, note=note)
