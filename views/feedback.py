"""A quiet question at the foot of public pages. It keeps the words, and nothing about who wrote them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, g, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from models import feedback as answers
from models import limits
from views import access, clock, language
from views.forms.feedback import FeedbackForm
from views.fragments import render
from views.public_pages import addresses, page_here

bp = Blueprint("feedback", __name__)


@bp.app_context_processor
def question() -> dict[str, Any]:
    """What components/helpful.html needs; None on addresses that are no public page of the list."""
    page = page_here() if g.get("page_public") and not g.get("error_page") else None
    if page is None:
        return {"feedback": None}
    ask = language.public_url("feedback.ask", page=page)
    away = f"{current_app.config['BASE_URL']}{ask}" if current_app.config.get("EXPORTING") else None
    return {"feedback": {"page": page, "action": language.public_url("feedback.leave"), "away": away}}


@bp.get("/feedback")
def ask() -> str:
    """The question as a page of its own, for copies of the site on other hosts."""
    page = request.args.get("page", "/")
    return _page(FeedbackForm(data={"page": page if page in addresses() else "/"}, pages=addresses()))


@bp.post("/feedback")
def leave() -> AnyResponse:
    """Keep an answer."""
    access.limit(limits.FEEDBACK, access.client())
    form = FeedbackForm(request.form, pages=addresses())
    if not form.validate():
        return _no_store(make_response(_page(form), 422))
    answers.leave(form.page.data, form.helpful.data == "yes", form.words.data, language.choose(), clock.now())
    return redirect(language.public_url("feedback.thanks"), 303)


@bp.get("/feedback/thanks")
def thanks() -> str:
    """After an answer."""
    return render("feedback/thanks.html")


def _page(form: FeedbackForm) -> str:
    return render("feedback/ask.html", form=form)


def _no_store(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
