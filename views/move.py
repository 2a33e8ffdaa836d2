"""Moving an appointment: choose a time and a reason, look it over, confirm. htmx reads, forms write."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from models import moving
from models.holds import Hold, hold_of
from models.limits import HOLDS, SLOT_LISTS, VERDICTS, Limit
from models.outbox import Way
from models.receipts import Receipt, Result, receipt_of
from models.wishes import Asked, Wish
from views import access, clock
from views.errors import expired
from views.forms.moving import ChoiceForm, ConfirmForm, is_key, iso_day, number
from views.fragments import render
from views.month import month_of
from views.move_answer import answer_context
from views.move_choice import month_context, page_context, slots_context
from views.move_ground import Mover, Where, first_where, prefilled, searched, where_of
from views.move_review import review_context, ways_to_send
from views.move_verdict import Box, box_of
from views.wording import good_causes

bp = Blueprint("move", __name__)

CHOOSE, REVIEW = "move/choose.html", "move/review.html"
DONE = (Result.MOVED, Result.SENT_FOR_REVIEW)


@bp.get("/appointments/<ref>/move")
def choose(ref: str) -> AnyResponse:
    """The page on which office, day, time and reason are chosen."""
    mover = _mover(ref, SLOT_LISTS)
    if not mover.appointment.office.held_here:
        return redirect(url_for("appointments.show", ref=ref), 303)
    search = request.args.get("search", "").strip()
    where = searched(mover, where_of(mover, request.args) or first_where(mover), search)
    form = prefilled(mover, mover.standing, request.args)
    return _page(mover, where, form, search=search, nothing_held="again" in request.args)


@bp.get("/appointments/<ref>/move/days")
def days(ref: str) -> AnyResponse:
    """The month of another office, or another month."""
    mover = _mover(ref, SLOT_LISTS)
    where = where_of(mover, request.args)
    if where is None:
        return _unreadable(_("Choose an office and a month from the page."))
    return make_response(render(CHOOSE, "days", **month_context(mover, where)))


@bp.get("/appointments/<ref>/move/slots")
def slots(ref: str) -> AnyResponse:
    """The times of another day."""
    mover = _mover(ref, SLOT_LISTS)
    where = where_of(mover, request.args)
    if where is None:
        return _unreadable(_("Choose a day from the calendar."))
    form = prefilled(mover, mover.standing, request.args)
    return make_response(render(CHOOSE, "slots", **slots_context(mover, where, form)))


@bp.get("/appointments/<ref>/move/verdict")
def verdict(ref: str) -> AnyResponse:
    """What the rules say of the time and the reason chosen so far."""
    mover = _mover(ref, VERDICTS)
    form = ChoiceForm(request.args, find_slot=mover.wishable)
    form.validate()
    asked = [name for name in ("slot", "good_cause") if request.args.get(name)]
    if any(form.errors.get(name) for name in asked):
        return _unreadable(_("Choose one of the times and one of the reasons."))
    return make_response(render(CHOOSE, "verdict", box=_box(mover, form)))


@bp.post("/appointments/<ref>/move")
def submit(ref: str) -> AnyResponse:
    """Hold the chosen place and go on to look it over; or show another day with everything kept."""
    mover = _mover(ref)
    if not mover.appointment.office.held_here:
        return redirect(url_for("appointments.show", ref=ref), 303)
    form = ChoiceForm(request.form, find_slot=mover.wishable)
    version = number(request.form.get("seen_version"))
    if "show" in request.form:
        return _page(mover, _where_posted(mover, form, request.form["show"]), form)
    if version is None or not is_key(request.form.get("key")):
        return expired(ValueError("no form key"))
    return _hold(mover, form, version)


def _hold(mover: Mover, form: ChoiceForm, version: int) -> AnyResponse:
    """Keep the place of a form that is in order; else the page again."""
    known, wish = _known(mover, form, version)
    if known and known.result in DONE:
        return _answered(mover, known, form)
    if not form.validate() or wish is None:
        return _page(mover, _where_posted(mover, form), form, 422)
    access.limit(HOLDS, _subject(mover))
    held = moving.hold(mover.appointment.id, wish, mover.actor, mover.now)
    if isinstance(held, Hold):
        return redirect(url_for("move.review", ref=mover.ref), 303)
    return _answered(mover, held, form)


@bp.get("/appointments/<ref>/move/review")
def review(ref: str) -> AnyResponse:
    """Old and new side by side, before anything changes."""
    mover = _mover(ref)
    if mover.standing is None:
        return redirect(url_for("move.choose", ref=ref, again="1"), 303)
    return _review(mover, mover.standing, ConfirmForm(ways=_ways(mover)))


@bp.post("/appointments/<ref>/move/review")
def confirm(ref: str) -> AnyResponse:
    """Move the appointment to the held place, or send the wish to a person."""
    mover = _mover(ref)
    form, key = ConfirmForm(request.form, ways=_ways(mover)), request.form.get("key", "")
    if not is_key(key):
        return expired(ValueError("no form key"))
    if not form.validate():
        standing = mover.standing
        return _review(mover, standing, form, 422) if standing else expired(ValueError("no choice"))
    choice = prefilled(mover, hold_of(mover.appointment, key), {})
    asked = Asked(mover.appointment.id, key, mover.actor, Way(form.contact_by.data))
    receipt = moving.move(asked, mover.now)
    if receipt is None:
        return expired(ValueError("no choice"))
    return _answered(mover, receipt, choice)


@bp.post("/appointments/<ref>/move/release")
def release(ref: str) -> AnyResponse:
    """Keep the old time: give the held place back."""
    mover = _mover(ref)
    if is_key(request.form.get("key")):
        moving.release(mover.appointment.id, request.form["key"], mover.now)
    return redirect(url_for("appointments.show", ref=ref), 303)


@bp.post("/appointments/<ref>/move/renew")
def renew(ref: str) -> AnyResponse:
    """Hold the place for ten more minutes, once."""
    mover = _mover(ref)
    if is_key(request.form.get("key")):
        moving.renew(mover.appointment.id, request.form["key"], mover.now)
    return redirect(url_for("move.review", ref=ref), 303)


def _mover(ref: str, limit: Limit | None = None) -> Mover:
    mover = Mover(access.confirmed_claim(ref), clock.now())
    if limit:
        access.limit(limit, _subject(mover))
    return mover


def _subject(mover: Mover) -> str:
    return f"account:{mover.claim.account_id}"


def _ways(mover: Mover) -> list[str]:
    return [way for way, _words in ways_to_send(mover)]


def _box(mover: Mover, form: ChoiceForm) -> Box:
    wanted = number(form.slot.data)
    slot = mover.wishable(wanted) if wanted is not None else None
    cause = form.good_cause.data if form.good_cause.data in good_causes.WORDS else None
    return box_of(mover, slot, cause, form.address_changed.data)


def _known(mover: Mover, form: ChoiceForm, version: int) -> tuple[Receipt | None, Wish | None]:
    """The wish that the form stands for, and the receipt of the same wish when it was sent before."""
    slot_id = number(form.slot.data)
    if slot_id is None:
        return None, None
    wish = Wish(
        key=request.form["key"],
        slot_id=slot_id,
        good_cause=form.good_cause.data or "",
        good_cause_details=form.good_cause_details.data,
        address_changed=form.address_changed.data,
        seen_version=version,
    )
    known = receipt_of(mover.appointment, wish.key)
    return known if known and known.content == wish.content else None, wish


def _where_posted(mover: Mover, form: ChoiceForm, show: str = "") -> Where:
    """The day to show again: the one asked for, the chosen time's, or the one that was on the page."""
    asked = {"office": request.form.get("office", ""), "day": show or request.form.get("day", "")}
    wanted = number(form.slot.data)
    slot = mover.wishable(wanted) if wanted is not None else None
    if slot is not None and iso_day(show) is None:
        return Where(slot.office, month_of(slot.day), slot.day)
    return where_of(mover, asked) or first_where(mover)


def _page(
    mover: Mover, where: Where, form: ChoiceForm, status: int = 200, search: str = "", **more: Any
) -> Response:
    context = {"answer": None, "nothing_held": False} | page_context(mover, where, form, search) | more
    return make_response(render(CHOOSE, box=_box(mover, form), **context), status)


def _review(mover: Mover, kept: Hold, form: ConfirmForm, status: int = 200) -> Response:
    return make_response(render(REVIEW, **review_context(mover, kept, form)), status)


def _answered(mover: Mover, receipt: Receipt, form: ChoiceForm) -> AnyResponse:
    """On to the receipt when something came of it; else the whole page again with reasons and fresh places."""
    if receipt.result in DONE:
        return redirect(url_for("answers.show", ref=mover.ref, key=receipt.key), 303)
    fresh = Mover(access.confirmed_claim(mover.ref), mover.now)
    return _page(fresh, _where_posted(fresh, form), form, 409, answer=answer_context(fresh, receipt, form))


def _unreadable(text: str) -> Response:
    """One sentence for a fragment that was asked for with an address we did not make."""
    return make_response(Markup('<p class="problem">{}</p>').format(text), 422)
