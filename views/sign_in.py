"""Signing in with a code sent by e-mail, and signing out."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from models import limits
from models.people import normal_email
from models.sign_ins import Purpose, end_session, recipient_of, send_code, start_session, use_code
from views import access, clock, language
from views.formats import masked_email
from views.forms.sign_in import AddressForm, CodeForm
from views.fragments import render

bp = Blueprint("sign_in", __name__)

AFTERWARDS = "/appointments"
Answer = str | tuple[str, int] | Response


@bp.route("/sign-in", methods=["GET", "POST"])
def ask() -> Answer:
    """Ask for an address and send a code to it; known and unknown addresses get the same answer."""
    if access.account() is not None:
        return redirect(AFTERWARDS, 303)
    then = _then(request.values.get("next", ""))
    if request.method == "GET":
        return render("sign_in/ask.html", form=AddressForm(), then=then)
    form = AddressForm(request.form)
    if not form.validate():
        return render("sign_in/ask.html", form=form, then=then), 422
    _send(normal_email(form.email.plain), then)
    return redirect(url_for("sign_in.code"), 303)


@bp.route("/sign-in/code", methods=["GET", "POST"])
def code() -> Answer:
    """Take the code and sign in, or send a new one."""
    if access.account() is not None:
        return redirect(AFTERWARDS, 303)
    email = recipient_of(Purpose.SIGN_IN, session.get("sign_in", {}).get("token", ""))
    if email is None:
        return redirect(url_for("sign_in.ask"), 303)
    if request.method == "GET":
        return _code_page(CodeForm(), email)
    if "again" in request.form:
        _send(email, session["sign_in"]["next"])
        return redirect(url_for("sign_in.code"), 303)
    form = CodeForm(request.form)
    if not form.validate():
        return _code_page(form, email), 422
    return _try(form, email)


@bp.post("/sign-out")
def leave() -> Response:
    """End the session and ask the browser to forget what it kept."""
    if current_user.is_authenticated:
        end_session(current_user.id, clock.now())
        logout_user()
    session.clear()
    answer = redirect("/", 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _then(wanted: str) -> str:
    """Where to go on after the sign-in: a local path, or the list of appointments."""
    safe = access.safe_path(wanted)
    return AFTERWARDS if safe == "/" else safe


def _send(email: str, then: str) -> None:
    """Send a code and remember in this browser what stands for it."""
    access.limit(limits.SIGN_IN_LETTERS_PER_CLIENT, access.client())
    access.limit(limits.SIGN_IN_LETTERS_PER_ADDRESS, email)
    token, digits = send_code(Purpose.SIGN_IN, email, clock.now(), language=language.choose())
    session["sign_in"] = {"token": token, "next": then}
    if current_app.config["DEMO"]:
        session["sign_in"]["code"] = digits  # the demonstration's letters reach nobody


def _try(form: CodeForm, email: str) -> Answer:
    """Spend the code; only misses count against the limits."""
    address_here = f"{email} {access.client()}"  # a stranger elsewhere cannot use up the owner's tries
    access.limit(limits.CODES_PER_CLIENT, access.client())
    access.limit(limits.CODES_PER_ADDRESS, address_here)
    waiting, now = session["sign_in"], clock.now()
    confirmed = use_code(Purpose.SIGN_IN, waiting["token"], form.code.plain, now)
    opened = start_session(confirmed, now, language.choose()) if confirmed else None
    if opened is None:
        form.code.errors = [
            _("That is not the code, or it is no longer good. Look again, or send a new one.")
        ]
        return _code_page(form, email), 422
    access.forgive(limits.CODES_PER_CLIENT, access.client())
    access.forgive(limits.CODES_PER_ADDRESS, address_here)
    session.clear()  # nothing of the time before the sign-in is taken over
    login_user(access.Visitor(*opened))
    return redirect(waiting["next"], 303)


def _code_page(form: CodeForm, email: str) -> str:
    return render(
        "sign_in/code.html",
        form=form,
        address=masked_email(email),
        shown_code=session["sign_in"].get("code"),
    )
