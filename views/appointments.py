"""Finding an appointment, claiming it, the list of mine, and the page of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models import claims, limits
from models.appointments import ActingAs, Appointment, Claim, Status, claims_of
from models.channels import CONTACT_CENTER
from models.outbox import Way
from models.rules.calendars import AGENCY_ZONE
from views import access, clock, particulars
from views.appointment_page import page_of
from views.formats import Style, day_text, filled, masked_email, masked_number, moment_text
from views.forms.finding import ACTING, FindForm, ToolForm
from views.forms.sign_in import CodeForm
from views.fragments import render
from views.wording import channels

bp = Blueprint("appointments", __name__)

Answer = str | tuple[str, int] | Response


@bp.get("/appointments")
def mine() -> str:
    """All appointments of this account; of those not confirmed yet only day and city."""
    items = [_way_to(claim) for claim in claims_of(access.signed_in())]
    return render("appointments/mine.html", items=items)


@bp.route("/appointments/find", methods=["GET", "POST"])
def find() -> Answer:
    """Look an appointment up by number and date of birth. Every miss gets one answer."""
    now, today = clock.now(), clock.now().astimezone(AGENCY_ZONE).date()
    if request.method == "GET":
        return _find_page(FindForm(today=today))
    form = FindForm(request.form, today=today)
    if not form.validate():
        return _find_page(form), 422
    found = _look_up(form, now)
    if found is None:
        return _find_page(form, missed=True), 422
    reference = found.claim.appointment.reference
    if found.code_to is None:
        return redirect(url_for("appointments.show", ref=reference), 303)
    if _can_send(found.code_to[0]):
        _send_claim_code(found.claim, now)
    return redirect(url_for("appointments.claim", ref=reference), 303)


@bp.route("/appointments/<ref>/claim", methods=["GET", "POST"])
def claim(ref: str) -> Answer:
    """Take the code that went to the contact on file; until then only day and city are shown."""
    pending = access.pending_claim(ref)
    if pending.confirmed_at is not None:
        return redirect(url_for("appointments.show", ref=ref), 303)
    asked = claims.code_to(pending)
    if asked is None:  # nobody has to agree any more: looking it up is enough
        return redirect(url_for("appointments.find"), 303)
    if request.method == "GET" or not _can_send(asked[0]):
        return _claim_page(pending, CodeForm())
    if "again" in request.form:
        _send_claim_code(pending, clock.now())
        return redirect(url_for("appointments.claim", ref=ref), 303)
    form = CodeForm(request.form)
    if not form.validate():
        return _claim_page(pending, form), 422
    return _try_claim(pending, form)


@bp.get("/appointments/<ref>")
def show(ref: str) -> Answer:
    """The verdict first, then everything that is known about the appointment."""
    held = access.pending_claim(ref)
    if held.confirmed_at is None:
        return redirect(url_for("appointments.claim", ref=ref), 303)
    return render("appointments/show.html", **page_of(held, ToolForm(request.args), clock.now()))


def _look_up(form: FindForm, now: datetime) -> claims.Found | None:
    """Only misses count against the limits; who has claimed the number already is never shut out."""
    account, number = access.signed_in(), form.confirmation_number.plain
    counted = [(limits.LOOK_UP_PER_NUMBER, number), (limits.LOOK_UP_PER_CLIENT, access.client())]
    if claims.knows(account, number):
        counted = []
    for which, subject in counted:
        access.limit(which, subject)
    found = claims.find(account, number, form.born, ActingAs(form.acting_as.data), now)
    if found is not None:
        for which, subject in counted:
            access.forgive(which, subject)
    return found


def _find_page(form: FindForm, *, missed: bool = False) -> str:
    return render(
        "appointments/find.html",
        form=form,
        missed=missed,
        acting=list(ACTING.items()),
        line=CONTACT_CENTER,
        line_name=channels.LINE_NAMES[CONTACT_CENTER],
        line_hours=channels.LINE_HOURS[CONTACT_CENTER],
    )


def _can_send(way: Way) -> bool:
    """Whether a code can leave this server in this way; nobody may wait for one that never comes."""
    return way == Way.EMAIL or bool(current_app.config["SMS_URL"])


def _send_claim_code(pending: Claim, now: datetime) -> None:
    access.limit(limits.CLAIM_CODES, f"{pending.account_id} {pending.appointment_id}")
    found = claims.Found(pending, claims.code_to(pending))
    token, digits = claims.send_claim_code(found, now)
    session["claim"] = {"reference": pending.appointment.reference, "token": token}
    if current_app.config["DEMO"]:
        session["claim"]["code"] = digits  # the demonstration's letters reach nobody


def _waiting_code(pending: Claim) -> dict[str, str]:
    """What this browser keeps of a code that was sent for this claim; empty when none was."""
    kept: dict[str, str] = session.get("claim", {})
    return kept if kept.get("reference") == pending.appointment.reference else {}


def _try_claim(pending: Claim, form: CodeForm) -> Answer:
    """Confirm the claim; only misses count against the limits."""
    subject = f"claim {pending.id}"
    access.limit(limits.CODES_PER_CLIENT, access.client())
    access.limit(limits.CODES_PER_ADDRESS, subject)
    token = _waiting_code(pending).get("token", "")
    if not claims.confirm(pending, token, form.code.plain, clock.now()):
        form.code.errors = [
            _("That is not the code, or it is no longer good. Look again, or send a new one.")
        ]
        return _claim_page(pending, form), 422
    access.forgive(limits.CODES_PER_CLIENT, access.client())
    access.forgive(limits.CODES_PER_ADDRESS, subject)
    session.pop("claim", None)
    return redirect(url_for("appointments.show", ref=pending.appointment.reference), 303)


def _claim_page(pending: Claim, form: CodeForm) -> str:
    asked = claims.code_to(pending)
    assert asked is not None
    way, recipient = asked
    kept = _waiting_code(pending)
    return render(
        "appointments/claim.html",
        form=form,
        day=_day_and_city(pending.appointment),
        by_sms=way == Way.SMS,
        address=masked_number(recipient) if way == Way.SMS else masked_email(recipient),
        can_send=_can_send(way),
        sent=bool(kept),
        shown_code=kept.get("code"),
        here=url_for("appointments.claim", ref=pending.appointment.reference),
    )


def _day_and_city(appointment: Appointment) -> str:
    day = day_text(appointment.office.local(appointment.starts_at).date(), Style.LIST_YEAR)
    return _("%(day)s in %(city)s", day=day, city=appointment.office.city)


def _way_to(held: Claim) -> dict[str, Any]:
    """One row of the list."""
    appointment = held.appointment
    if held.confirmed_at is None:
        address = url_for("appointments.claim", ref=appointment.reference)
        return {
            "title": _day_and_city(appointment),
            "text": _("Waiting for a code. Type it here."),
            "url": address,
        }
    over = {Status.CANCELLED: _("Cancelled."), Status.COMPLETED: _("You were there.")}
    state = over.get(Status(appointment.status), "")
    place = f"{appointment.office.name}. {state}".rstrip()
    return {
        "title": moment_text(appointment.starts_at, appointment.office.zone, Style.LIST_YEAR),
        "text": filled("%(whose)s. %(place)s", whose=particulars.whose(appointment), place=place),
        "url": url_for("appointments.show", ref=appointment.reference),
    }
