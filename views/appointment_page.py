"""What the page of one appointment shows: the verdict, the ticket, what waits, what happened, the receipts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from models.appointments import Appointment, Claim, Status, history_of, is_frozen
from models.judging import FORM_FACTS, TOOL_FACTS, Choice, Judgement, actor_of, judge
from models.offices import Office
from models.receipts import Receipt, Result, receipts_of
from models.reviews import waiting_review_of
from models.rules import Verdict
from views import particulars
from views.formats import Style, filled, moment, zone_words
from views.forms.finding import YES_NO_WORDS, ToolForm
from views.verdicts import Presented, present, time_bar
from views.wording import results
from views.wording.facts import facts_in_words


def page_of(held: Claim, tool: ToolForm, now: datetime) -> dict[str, Any]:
    """What templates/appointments/show.html shows of a confirmed claim."""
    appointment: Appointment = held.appointment
    office: Office = appointment.office
    told = {} if office.held_here else tool.told()
    unanswered = FORM_FACTS if office.held_here else FORM_FACTS | (TOOL_FACTS - told.keys())
    judged = judge(appointment, actor_of(held), now, Choice(), unanswered, **told)
    frozen = is_frozen(appointment.case, now)
    blocked = judged.outcome.verdict is Verdict.BLOCKED
    answer = present(judged, office, now)
    return {
        "appointment": appointment,
        "office": office,
        "scheduled": appointment.status == Status.SCHEDULED and appointment.starts_at > now,
        "whose": particulars.whose(appointment),
        "answer": _paused(answer, appointment, now) if frozen else answer,
        "bar": time_bar(judged, office, now),
        "can_choose": office.held_here and not frozen and not blocked,
        "frozen": frozen,
        "waiting": _waiting(appointment, now),
        "tool": None if office.held_here else tool,
        # once something else stands in the way, the answers would change nothing
        "asks_about_tool": not office.held_here and (bool(told) or not blocked),
        "yes_no": YES_NO_WORDS,
        "when": particulars.when_lines(appointment.starts_at, office),
        "place_note": particulars.place_note(office),
        "tickets": particulars.move_tickets(appointment, judged.outcome.numbers),
        "moves_left": particulars.moves_left_words(appointment, judged.outcome.numbers),
        "bring": particulars.bring_list(office),
        "history": particulars.history_rows(history_of(appointment), held.account),
        "receipts": [_receipt_row(receipt, office) for receipt in receipts_of(appointment)],
        **_facts_said(judged),
    }


def _paused(answer: Presented, appointment: Appointment, now: datetime) -> Presented:
    """The same answer under a pause: until when, and nothing to press before."""
    until, office = appointment.case.frozen_until, appointment.office
    return replace(
        answer,
        sentence=filled(
            _("Changes to this appointment are paused until <b>%(when)s</b>."),
            when=moment(until, office.zone),
        ),
        lines=[filled(_("All times are %(zone)s."), zone=zone_words(office, now))],
        action=None,
    )


def _facts_said(judged: Judgement) -> dict[str, str]:
    outcome = judged.outcome
    return {
        "looked_at": facts_in_words(judged.system, outcome.looked_at),
        "still_to_answer": facts_in_words(judged.system, outcome.unanswered),
    }


def _waiting(appointment: Appointment, now: datetime) -> dict[str, Any] | None:
    """The wish that a person is looking at, if any."""
    review = waiting_review_of(appointment, now)
    if review is None:
        return None
    wished: Office = review.hold.slot.office
    return {
        "wished": moment(review.hold.slot.starts_at, wished.zone),
        "city": wished.city,
        "until": moment(review.until, appointment.office.zone),
    }


def _receipt_row(receipt: Receipt, office: Office) -> dict[str, Any]:
    return {
        "code": receipt.code,
        "url": url_for("answers.show", ref=receipt.appointment.reference, key=receipt.key),
        "result": results.WORDS[Result(receipt.result)],
        "made": moment(receipt.made_at, office.zone, Style.LIST_YEAR),
    }
