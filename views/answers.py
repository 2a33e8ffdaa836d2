"""The private receipt page: what came of a submission, in words, with its proof."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from models.appointments import Claim
from models.judging import Judgement, judge_facts
from models.people import Account
from models.receipts import Receipt, Result, receipt_of
from models.rules.facts import parse
from models.rules.systems import SYSTEMS
from views import access, clock
from views.formats import Style, filled, masked_email, moment, utc_moment, zone_letters
from views.fragments import render
from views.notice_data import notice_of
from views.receipt_words import still_stands, told_of
from views.verdicts import present
from views.wording import results
from views.wording.shapes import said
from views.wording.verdicts import RULES

bp = Blueprint("answers", __name__)


@bp.get("/appointments/<ref>/receipts/<key>")
def show(ref: str, key: str) -> str:
    """The receipt of one submission, for those who may see the appointment."""
    held = access.confirmed_claim(ref)
    receipt = receipt_of(held.appointment, key)
    if receipt is None:
        abort(404)
    now, judged = clock.now(), judge_facts(receipt.system, receipt.facts)
    stands = still_stands(receipt, held.appointment)
    refused = receipt.result == Result.REFUSED
    return render(
        "appointments/receipt.html",
        ref=ref,
        receipt=receipt,
        told=told_of(receipt, held),
        answer=present(judged, held.appointment.office, now) if refused else None,
        notice=notice_of(held, now) if stands else None,
        facts=_facts(receipt, held),
        rules=_every_rule(judged),
        script=_script(receipt, held) if refused else None,
    )


def _facts(receipt: Receipt, held: Claim) -> list[tuple[str, Any]]:
    """What the receipt proves, in office time and in UTC."""
    office = held.appointment.office
    check = url_for("receipts.show", code=receipt.code)
    made = filled(
        "%(made)s %(zone)s",
        made=moment(receipt.made_at, office.zone, Style.LIST_YEAR),
        zone=zone_letters(receipt.made_at, office.zone),
    )
    code = filled(
        '<b class="num">%(code)s</b> <a href="%(url)s">%(text)s</a>',
        code=receipt.code,
        url=check,
        text=_("Check it"),
    )
    who = Account.get_by_id(receipt.account_id) if receipt.account_id else None
    by = _("The office")
    if who is not None:
        mail = masked_email(who.email)
        by = _("You, signed in as %(address)s", address=mail) if who.id == held.account_id else mail
    return [
        (_("Code"), code),
        (_("When"), made),
        (_("In UTC"), utc_moment(receipt.made_at)),
        (_("Result"), results.WORDS[Result(receipt.result)]),
        (_("Who"), by),
    ]


def _every_rule(judged: Judgement) -> list[tuple[str, str, bool]]:
    """Every rule in force when it was judged: its slug, its condition in words, whether it applied."""
    system = SYSTEMS[judged.system]
    day = system.day(parse(system, judged.facts))
    words, numbers = RULES[judged.system], judged.outcome.numbers
    return [
        (rule.slug, said(words[rule.slug].condition, numbers), rule.slug in judged.outcome.rules)
        for rule in system.by_severity
        if rule.in_force(day)
    ]


def _script(receipt: Receipt, held: Claim) -> list[Markup]:
    """What to say on the telephone, line by line."""
    appointment = held.appointment
    office = appointment.office
    return [
        filled(
            _("“I have a fingerprint appointment on %(moment)s at %(office)s. I need another time.”"),
            moment=moment(appointment.starts_at, office.zone),
            office=office.name,
        ),
        filled(
            _("“I tried online on %(made)s. My receipt for that is %(code)s.”"),
            made=moment(receipt.made_at, office.zone),
            code=Markup('<b class="num">{}</b>').format(receipt.code),
        ),
        filled(_("Say your reason in one sentence, and which proof you have.")),
        filled(_("Have ready: the confirmation number, the case number and the date of birth.")),
        filled(_("Write down the day, the hour and the name of the person you spoke with.")),
    ]
