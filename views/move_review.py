"""The review page put together: old and new side by side, what it costs, how long the place is held."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from models.holds import Hold
from models.judging import FORM_FACTS, Choice, Judgement, facts_of, judge_facts, local_text
from models.offices import Office
from models.outbox import Way
from models.reviews import answer_due
from models.rules import Verdict
from models.slots import Slot
from models.telling import sms_number
from views.formats import (
    Style,
    clock_text,
    day_text,
    filled,
    masked_email,
    masked_number,
    moment,
    time_element,
    zone_letters,
)
from views.forms.moving import ConfirmForm
from views.move_ground import Mover, paused_words
from views.move_verdict import judge_choice, tickets
from views.verdicts import present
from views.wording import good_causes


def ways_to_send(mover: Mover) -> list[tuple[str, str]]:
    """How the proof can reach this person: e-mail always, a text message where number and sender are known."""
    account = mover.claim.account
    ways = [(Way.EMAIL.value, _("E-mail to %(address)s", address=masked_email(account.email)))]
    phone = sms_number(account, mover.appointment)
    if phone and current_app.config["SMS_URL"]:
        ways.append((Way.SMS.value, _("SMS to the number ending in %(digits)s", digits=masked_number(phone))))
    return ways


def review_context(mover: Mover, kept: Hold, form: ConfirmForm) -> dict[str, Any]:
    """Everything the review page shows."""
    slot = mover.wishable(kept.slot_id) or kept.slot
    judgement = judge_choice(mover, slot, kept.good_cause, kept.address_changed)
    verdict = judgement.outcome.verdict
    return {
        "ref": mover.ref,
        "key": kept.key,
        "form": form,
        "ways": ways_to_send(mover),
        "held": _held(kept, mover.now),
        "pair": (_old(mover), _new(mover, slot, verdict)),
        "verdict": verdict,
        "paused": paused_words(mover),
        "said": present(judgement, mover.appointment.office, mover.now)
        if verdict != Verdict.ALLOWED
        else None,
        "tickets": _tickets(mover, judgement),
        "next_move": next_move_words(mover, slot, judgement),
        "decided_by": _decided_by(mover, slot) if verdict == Verdict.NEEDS_REVIEW else None,
        "cause": good_causes.WORDS[kept.good_cause].said,
        "details": kept.good_cause_details,
        "address_changed": kept.address_changed,
    }


def _held(kept: Hold, now: datetime) -> dict[str, Any]:
    """Until when the place is held, and the minutes left as this page is made."""
    live = kept.is_live(now)
    zone = kept.slot.office.zone
    minutes = max(0, int((kept.until - now).total_seconds() // 60)) if live else 0
    until = f"{clock_text(kept.until.astimezone(zone))}\u00a0{zone_letters(kept.until, zone)}"
    element = Markup("<b>{}</b>").format(time_element(kept.until, zone, until))
    if live:
        left = ngettext("%(num)s more minute", "%(num)s more minutes", minutes)
        said = filled(_("We hold the new place for you until %(when)s, %(left)s."), when=element, left=left)
    else:
        said = filled(
            _("We held the new place until %(when)s. You can still confirm: if it is open, it is yours."),
            when=element,
        )
    return {
        "minutes": minutes,
        "sentence": said,
        "renewable": live and not kept.renewed,
    }


def _old(mover: Mover) -> dict[str, Any]:
    office = mover.appointment.office
    return {
        "label": _("You have now"),
        "when": _when(office, mover.appointment.starts_at),
        "place": office.name,
        "note": _("Yours until the new time is sure. Then it goes back to others."),
    }


def _new(mover: Mover, slot: Slot, verdict: Verdict) -> dict[str, Any]:
    return {
        "label": _("You will have") if verdict == Verdict.ALLOWED else _("You ask for"),
        "when": _when(slot.office, slot.starts_at),
        "place": slot.office.name,
        "note": _how_far(mover, slot),
    }


def _when(office: Office, starts_at: datetime) -> list[Markup]:
    """Day and time as two lines, the moment for machines on the second."""
    local = starts_at.astimezone(office.zone)
    clock = f"{clock_text(local)}\u00a0{zone_letters(starts_at, office.zone)}"
    return [
        Markup("{}").format(day_text(local.date(), Style.LIST_YEAR)),
        time_element(starts_at, office.zone, clock),
    ]


def _how_far(mover: Mover, slot: Slot) -> str:
    """Whether the office stays the same, and how many days lie between the two."""
    old = mover.appointment
    days = (slot.day - old.office.local(old.starts_at).date()).days
    place = _("Same office") if slot.office == old.office else _("Another office")
    if days == 0:
        return _("%(place)s, same day.", place=place)
    if days > 0:
        return ngettext("%(place)s, %(num)s day later.", "%(place)s, %(num)s days later.", days, place=place)
    return ngettext("%(place)s, %(num)s day earlier.", "%(place)s, %(num)s days earlier.", -days, place=place)


def _tickets(mover: Mover, judgement: Judgement) -> list[dict[str, Any]]:
    most = judgement.outcome.numbers.count("max_moves")
    drawn = tickets(mover, judgement)
    for ticket in drawn:
        ticket["title"] = _("Move %(number)s", number=ticket["number"])
        if ticket["state"] == "this":
            ticket["title"] = _("Move %(number)s of %(most)s", number=ticket["number"], most=most)
            asked = judgement.outcome.verdict == Verdict.NEEDS_REVIEW
            ticket["word"] = _("Used up if the answer is yes") if asked else _("This one is used up")
    return drawn


def next_move_words(mover: Mover, slot: Slot, judgement: Judgement) -> Markup:
    """Until when the new appointment could be moved again, asked of the rules as if the move were made."""
    facts = facts_of(mover.appointment, mover.actor, mover.now, Choice())
    facts |= {
        "starts_local": local_text(slot),
        "office_time_zone": slot.office.time_zone,
        "scheduled_on": slot.office.today(mover.now).isoformat(),
        "moves_by_requestor": mover.appointment.moves_by_requestor + 1,
    }
    outcome = judge_facts(judgement.system, facts, FORM_FACTS).outcome
    ends = outcome.flips_at
    if outcome.verdict == Verdict.BLOCKED:
        return Markup("{}").format(
            _("You cannot move the new one online again. After this, only a call can.")
        )
    if ends is None:
        return Markup("{}").format(_("You can move the new one online again."))
    when = Markup("<b>{} {}</b>").format(moment(ends, slot.office.zone), zone_letters(ends, slot.office.zone))
    if outcome.verdict == Verdict.NEEDS_REVIEW:
        asked = _("You can ask to move the new one until %(when)s. A person has to look at it first.")
        return filled(asked, when=when)
    return filled(_("You can move the new one online until %(when)s."), when=when)


def _decided_by(mover: Mover, slot: Slot) -> Markup:
    """The latest moment of an answer to a wish that a person has to look at."""
    until = answer_due(mover.appointment, slot, mover.now)
    return Markup("<b>{}</b>").format(moment(until, mover.appointment.office.zone))
