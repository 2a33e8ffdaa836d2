"""Error pages: what happened, that nothing was changed, and what to do now. They repeat nothing of the address."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from flask import Flask, Response, current_app, g, jsonify, make_response, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from peewee import PeeweeException
from werkzeug.exceptions import HTTPException

from models.database import Busy, close_connection, is_busy
from models.receipts import SignedKind, signed_code
from views import clock, language
from views.access import TooMany
from views.formats import span_words, utc_moment
from views.fragments import is_fragment_request, render
from views.security import WrongOrigin

BUSY_RETRY_SECONDS = 2
PROBLEM = "application/problem+json"
PAGES_OF_PROBLEMS = (409, 410, 422)  # views answer these themselves, with a page


def start(app: Flask) -> None:
    """Answer every failure in words."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(WrongOrigin, expired)
    app.register_error_handler(TooMany, too_many)
    app.register_error_handler(Busy, busy)
    app.register_error_handler(PeeweeException, database_away)
    app.register_error_handler(Exception, surprise)
    app.after_request(tell_programs)


def words_of(status: int) -> tuple[str, str]:
    """Title and advice for a status."""
    known = {
        400: (_("We could not read that request"), _("Nothing was changed. Go back and try again.")),
        404: (_("We could not find that page"), _("Check the address, or start again.")),
        405: (_("This page does not take that"), _("Nothing was changed. Go back and try again.")),
        409: (
            _("It could not be done as asked"),
            _("Nothing was changed. Look at the page again and choose anew."),
        ),
        410: (_("This link is too old"), _("Nothing was changed. Sign in to see the appointment.")),
        413: (_("That was too much at once"), _("Send less than 64 kilobytes. Nothing was changed.")),
        422: (_("Something is missing or cannot be read"), _("Nothing was changed. Check what you sent.")),
    }
    return known.get(status, (_("Something went wrong on our side"), _("Nothing was changed. Try again.")))


def http_error(problem: HTTPException) -> Response:
    """Any answer of the web framework, in our words; redirects pass."""
    status = problem.code or 500
    if status < 400:
        return make_response(problem.get_response())
    answer = _answer(status, *words_of(status))
    for name, value in problem.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def expired(problem: Exception) -> Response:
    """A form whose key is missing, foreign or too old."""
    return _answer(
        400,
        _("This page was open too long"),
        _("Nothing was changed. Go back, load the page again and send it once more."),
    )


def too_many(problem: TooMany) -> Response:
    """A limit, named as a limit, with the time when to try again."""
    again_at = problem.again_at
    assert isinstance(again_at, datetime)
    seconds = max(1, math.ceil((again_at - clock.now()).total_seconds()))
    wait = span_words(timedelta(minutes=math.ceil(seconds / 60)))
    advice = _("This is a limit, not an empty calendar. Try again in %(wait)s.", wait=wait)
    answer = _answer(429, _("Too many tries"), advice)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def busy(problem: Exception) -> Response:
    """The database could not take the write: a signed time proves that somebody tried."""
    language.settle_without_rows()
    code = signed_code(SignedKind.BUSY, clock.now())
    advice = _(
        "Nothing was changed. Wait a moment and try again. You tried at %(time)s.",
        time=utc_moment(clock.now()),
    )
    answer = _answer(503, _("We are busy"), advice, code)
    answer.headers["Retry-After"] = str(BUSY_RETRY_SECONDS)
    return answer


def database_away(problem: PeeweeException) -> Response:
    """A read that found the database locked or gone; the next request connects anew."""
    close_connection()
    return busy(problem) if is_busy(problem) else surprise(problem)


def surprise(problem: Exception) -> Response:
    """Something nobody expected; the log has it, the page tells nothing."""
    language.settle_without_rows()
    current_app.logger.error(
        "unexpected %s at %s", type(problem).__name__, request.endpoint, exc_info=problem
    )
    return _answer(500, *words_of(500))


def tell_programs(response: Response) -> Response:
    """A page that says why something was not done, as a problem for programs that ask for one."""
    if response.status_code in PAGES_OF_PROBLEMS and _is_program() and response.mimetype != PROBLEM:
        title, advice = words_of(response.status_code)
        response.set_data(_problem(response.status_code, title, advice).get_data())
        response.mimetype = PROBLEM
        response.headers["Cache-Control"] = "no-store"
    return response


def _is_program() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _problem(status: int, title: str, advice: str, code: str | None = None) -> Response:
    proof = {"code": code} if code else {}
    answer = jsonify(type="about:blank", title=title, status=status, detail=advice, **proof)
    answer.mimetype = PROBLEM
    return answer


def _answer(status: int, title: str, advice: str, code: str | None = None) -> Response:
    g.error_page = True
    g.page_public = True
    if _is_program():
        answer = _problem(status, title, advice, code)
    elif is_fragment_request():
        answer = make_response(f'<p class="problem">{escape(title)}. {escape(advice)}</p>')
    else:
        answer = make_response(render("error.html", title=title, advice=advice, code=code))
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    return answer
