"""What stands on a printable notice: one source for the page, the PDF and the receipt page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import segno
from babel.dates import format_date
from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from models.appointments import Appointment, Claim
from models.channels import CONTACT_CENTER
from models.judging import FORM_FACTS, Judgement, actor_of, judge
from models.offices import Office
from models.receipts import Receipt, receipt_of_place
from models.rules import Verdict
from views import particulars
from views.formats import Style, clock_text, moment_text, zone_letters
from views.language import public_url
from views.wording.shapes import day_in_words


def notice_of(held: Claim, now: datetime) -> dict[str, Any]:
    """The notice of the appointment as it stands now, for components/notice.html."""
    appointment: Appointment = held.appointment
    office: Office = appointment.office
    local = office.local(appointment.starts_at)
    judged = judge(appointment, actor_of(held), now, unanswered=FORM_FACTS)
    receipt = receipt_of_place(appointment)
    numbers = judged.outcome.numbers
    return {
        "kind": _("Appointment notice"),
        "expected": _("You are expected on"),
        "when": [_weekday(local), day_in_words(local.date()), clock_text(local)],
        "datetime": local.isoformat(timespec="seconds"),
        "zone": _(
            "%(zone)s, %(city)s time", zone=zone_letters(appointment.starts_at, office.zone), city=office.city
        ),
        "office": office.name,
        "address": particulars.place_note(office),
        "facts": _facts(appointment, receipt),
        "tickets": particulars.move_tickets(appointment, numbers),
        "moves_title": _("Moves"),
        "moves": particulars.moves_counted(appointment, numbers),
        "bring_title": _("Bring with you"),
        "bring": particulars.bring_list(office),
        "code": receipt.code if receipt else None,
        "check_address": check_address(receipt) if receipt else None,
        "qr": _qr(receipt) if receipt else None,
        "foot": _foot(judged, office, receipt, now),
    }


def check_address(receipt: Receipt) -> str:
    """The public address at which anyone can check a receipt."""
    return str(current_app.config["BASE_URL"]).rstrip("/") + public_url(
        "receipts.show", "en", code=receipt.code
    )


def _weekday(local: datetime) -> str:
    """The day of the week by itself, the first line of the date."""
    name = format_date(local, "EEEE", locale=get_locale() or "en")
    return name[:1].upper() + name[1:]


def _facts(appointment: Appointment, receipt: Receipt | None) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [
        (_("For"), particulars.name_of(appointment)),
        (_("What"), particulars.what(appointment)),
        (_("Number"), particulars.number_of(appointment)),
        (_("Reference"), appointment.reference),
    ]
    old = receipt.move if receipt else None
    if old:
        facts.append(
            (_("In place of"), moment_text(old.from_starts_at, old.from_office.zone, Style.LIST_YEAR))
        )
    return facts


def _qr(receipt: Receipt) -> Markup:
    """The address to check the receipt at, as a drawing that needs no style: black on white on any ground."""
    code = segno.make(check_address(receipt), error="m", micro=False)
    drawn = code.svg_inline(
        omitsize=True, border=2, dark="#000", light="#fff", svgclass=None, lineclass=None, title=receipt.code
    )
    return Markup(drawn)  # noqa: S704 - drawn by segno from our own address


def _foot(judged: Judgement, office: Office, receipt: Receipt | None, now: datetime) -> list[tuple[str, str]]:
    lines = [(_("To move it again:"), _again(judged, office))]
    if receipt:
        place = urlsplit(str(current_app.config["BASE_URL"])).netloc + public_url("receipts.check", "en")
        lines.append((_("To check this notice:"), _("scan the code, or type it at %(place)s.", place=place)))
    printed = _(
        "Printed by %(name)s, %(time)s %(zone)s.",
        name=current_app.config["SITE_NAME"],
        time=moment_text(now, office.zone, Style.LIST_YEAR),
        zone=zone_letters(now, office.zone),
    )
    lines.append((_("This is not a government notice."), printed))
    return lines


def _again(judged: Judgement, office: Office) -> str:
    """Until when the appointment can be moved online, and the telephone after that."""
    number, flips_at = CONTACT_CENTER.number, judged.outcome.flips_at
    if judged.outcome.verdict is Verdict.BLOCKED:
        return _("not online. Call %(number)s before it begins.", number=number)
    if flips_at is None:
        return _("online. If that does not work, call %(number)s before it begins.", number=number)
    return _(
        "online until %(time)s %(zone)s. After that call %(number)s before it begins.",
        time=moment_text(flips_at, office.zone, Style.LIST_YEAR),
        zone=zone_letters(flips_at, office.zone),
        number=number,
    )
