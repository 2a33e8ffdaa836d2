"""Links in letters: looking changes nothing, one button acts, nobody has to sign in."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from models.appointments import Appointment, is_frozen
from models.cases import Case
from models.claims import not_me
from models.offices import Office
from views import clock, letter_tokens
from views.formats import moment, zone_words
from views.fragments import render

bp = Blueprint("letters", __name__)

Answer = str | tuple[str, int] | Response


@bp.route("/letters/<token>", methods=["GET", "POST"])
def open(token: str) -> Answer:  # noqa: A001 - the name of its address
    """Show what the link does, or what it has done; only the button acts, so mail programs may look ahead."""
    appointment = _appointment(token)
    if isinstance(appointment, tuple):
        return appointment
    if request.method == "POST":
        not_me(appointment, clock.now())
        return redirect(url_for("letters.open", token=token), 303)
    if not is_frozen(appointment.case, clock.now()):
        return render("letters/not_me.html", token=token)
    until, office = appointment.case.frozen_until, appointment.office
    return render("letters/paused.html", until=moment(until, office.zone), zone=zone_words(office, until))


def _appointment(token: str) -> Appointment | tuple[str, int]:
    """The appointment that a link is about, or the page for a link that is too old; 404 for any other text."""
    link = letter_tokens.read(token)
    if link is None:
        abort(404)
    if clock.now() >= link.until:
        return render("letters/late.html"), 410
    query = Appointment.select(Appointment, Case, Office).join(Case).switch(Appointment).join(Office)
    found: Appointment | None = query.where(Appointment.id == link.appointment_id).first()
    return found or abort(404)
