"""The printable notice, as a page and as a PDF, and the calendar file."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, make_response

from models.appointments import Claim, Status
from views import access, clock, notice_pdf
from views.calendar_files import calendar_file
from views.fragments import render
from views.notice_data import notice_of

bp = Blueprint("notices", __name__)


@bp.get("/appointments/<ref>/notice")
def show(ref: str) -> str:
    """The notice as it prints."""
    held = _standing(ref)
    data = notice_of(held, clock.now())
    return render("notices/show.html", ref=ref, data=data, with_pdf=notice_pdf.can_print(data))


@bp.get("/appointments/<ref>/notice.pdf")
def pdf(ref: str) -> Response:
    """The same as a file; not there without the PDF extra, or when no font here has all its letters."""
    data = notice_of(_standing(ref), clock.now())
    if not notice_pdf.can_print(data):
        abort(404)
    return _file(notice_pdf.draw(data, clock.now()), "application/pdf", "appointment-notice.pdf")


@bp.get("/appointments/<ref>/calendar.ics")
def calendar(ref: str) -> Response:
    """The appointment for a calendar; a cancelled one takes itself out."""
    held = access.confirmed_claim(ref)
    body = calendar_file(held.appointment, clock.now(), str(current_app.config["BASE_URL"]))
    return _file(body, "text/calendar", "appointment.ics")


def _standing(ref: str) -> Claim:
    """A confirmed claim of an appointment that still stands: nobody gets a notice of one that does not."""
    held = access.confirmed_claim(ref)
    if held.appointment.status != Status.SCHEDULED:
        abort(404)
    return held


def _file(body: bytes, kind: str, name: str) -> Response:
    answer = make_response(body)
    answer.mimetype = kind
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
