"""The quick check: an answer for anyone, without a name and without a trace."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, request
from flask_babel import gettext as _
from markupsafe import Markup

from models import limits
from models.checking import check
from models.judging import Judgement
from models.offices import Office
from models.receipts import SignedKind, signed_code
from models.rules import Verdict
from models.rules.calendars import instant, wall_time_trouble
from models.rules.systems import SYSTEMS
from models.sites import find_site, site_name, sites
from views import access, clock
from views.formats import Style, moment_text, utc_moment
from views.forms.checking import CheckForm
from views.fragments import render
from views.verdicts import Presented, present, time_bar
from views.wording.facts import facts_in_words

bp = Blueprint("check", __name__)

CODES = {
    Verdict.ALLOWED: SignedKind.CHECK_ALLOWED,
    Verdict.NEEDS_REVIEW: SignedKind.CHECK_NEEDS_REVIEW,
    Verdict.BLOCKED: SignedKind.CHECK_BLOCKED,
}
TROUBLES = {
    "skipped": lambda: _(
        "At this office the clocks go forward that night, so this time does not exist. Look again."
    ),
    "twice": lambda: _(
        "At this office the clocks go back that night, so this time comes twice. Call 800-375-5283 and ask which it is."
    ),
}


@bp.get("/check/<system>")
def page(system: str) -> Response | str:
    """The questions; with answers in the query, what the rules say to them."""
    _know(system)
    names = CheckForm(sites={}).told_names()
    if not any(name in names for name in request.args):
        return render(
            "check/form.html", form=CheckForm(data={"moves": "0"}, sites=sites()), answer=None, missing=[]
        )
    access.limit(limits.VERDICTS, access.client())
    form, office = _read()
    if office is None:
        return _not_kept(render("check/form.html", form=form, answer=None, missing=[]), 422)
    judged, answer = _judged(form, office)
    if "change" in request.args:
        return _not_kept(render("check/form.html", form=form, answer=answer, missing=[]))
    return _not_kept(_answer(form, office, judged, answer))


@bp.get("/check/<system>/verdict")
def verdict(system: str) -> Response:
    """The answer so far, while the form is filled in."""
    _know(system)
    access.limit(limits.VERDICTS, access.client())
    missing = _missing()
    if missing:
        return _not_kept(render("check/form.html", "verdict", answer=None, missing=missing))
    form, office = _read()
    if office is None:
        trouble = next(texts[0] for texts in form.errors.values())
        return _not_kept(Markup('<p class="problem">{}</p>').format(trouble), 422)
    _judgement, answer = _judged(form, office)
    return _not_kept(render("check/form.html", "verdict", answer=answer, missing=[]))


def _know(system: str) -> None:
    if system not in SYSTEMS:
        abort(404)


def _read() -> tuple[CheckForm, Office | None]:
    """The form, and the office when everything is in order."""
    form = CheckForm(request.args, sites=sites())
    if not form.validate():
        return form, None
    office = find_site(form.office.data)
    assert office is not None
    trouble = wall_time_trouble(form.answers().starts_local, office.zone)
    if trouble is None:
        return form, office
    form.time.errors = [TROUBLES[trouble]()]
    return form, None


def _judged(form: CheckForm, office: Office) -> tuple[Judgement, Presented]:
    """The judgement and how it is said."""
    judged = check(form.answers(), office, clock.now())
    return judged, present(judged, office, clock.now())


def _missing() -> list[str]:
    """What has to be told before anything can be judged, in words."""
    told = {name: value.strip() for name, value in request.args.items()}
    has_day = bool(told.get("date")) or all(told.get(f"date-{part}") for part in ("day", "month", "year"))
    wanted = {_("the office"): told.get("office"), _("the day"): has_day, _("the time"): told.get("time")}
    return [words for words, given in wanted.items() if not given]


def _answer(form: CheckForm, office: Office, judged: Judgement, answer: Presented) -> str:
    now = clock.now()
    code = signed_code(CODES[judged.outcome.verdict], now)
    starts = instant(form.answers().starts_local, office.zone)
    told = [(_("What"), _("Fingerprints")), (_("Where"), site_name(office))]
    told.append((_("When"), moment_text(starts, office.zone, Style.LIST_YEAR)))
    query = form.told_query()
    return render(
        "check/answer.html",
        form=form,
        office=office,
        answer=answer,
        bar=time_bar(judged, office, now),
        query=query,
        told=[*told, *form.told_rows()],
        blocked=[reason for reason in answer.reasons if reason["mark"] == "blocked"],
        open_facts=facts_in_words(judged.system, judged.outcome.unanswered),
        receipt={"code": code, "time": utc_moment(now), "at": now} if "receipt" in request.args else None,
    )


def _not_kept(html: str, status: int = 200) -> Response:
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response
