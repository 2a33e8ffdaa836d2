"""Who gets what: one row for each endpoint and method, one column for each kind of visitor."""

from typing import NamedTuple

OK = "a page"
FORM = "the form again, with words"
DONE = "on to another address"
LOGIN = "asked to sign in"
HIDDEN = "not found, as if it never was"
EXPIRED = "a page that was open too long"
UNREADABLE = "an address that we did not make"

STATUS = {OK: 200, FORM: 422, DONE: 303, LOGIN: 303, HIDDEN: 404, EXPIRED: 400, UNREADABLE: 422}

ROLES = ("stranger", "owner", "other", "pending", "officer", "ended")


class Row(NamedTuple):
    """What each kind of visitor gets at one endpoint; `query` stands behind the address."""

    stranger: str
    owner: str
    other: str
    pending: str
    officer: str
    ended: str
    query: str = ""


def everybody(outcome: str, query: str = "") -> Row:
    return Row(outcome, outcome, outcome, outcome, outcome, outcome, query)


def signed_in(outcome: str) -> Row:
    """Whoever is signed in; it is about themselves."""
    return Row(LOGIN, outcome, outcome, outcome, outcome, LOGIN)


def owner_only(outcome: str, query: str = "") -> Row:
    """Nobody but those whose claim of this appointment was confirmed; no role opens it for others."""
    return Row(LOGIN, outcome, HIDDEN, HIDDEN, HIDDEN, LOGIN, query)


def before_the_sign_in(outcome: str) -> Row:
    """Who is signed in is sent on to the appointments."""
    return Row(outcome, DONE, DONE, DONE, DONE, outcome)


TABLE: dict[tuple[str, str], Row] = {
    ("start.index", "GET"): everybody(OK),
    ("guide.page", "GET"): everybody(OK),
    ("rules.index", "GET"): everybody(OK),
    ("rules.system", "GET"): everybody(OK),
    ("check.page", "GET"): everybody(OK),
    ("check.verdict", "GET"): everybody(OK),
    ("receipts.check", "GET"): everybody(OK),
    ("receipts.show", "GET"): everybody(OK),
    ("feedback.ask", "GET"): everybody(OK),
    ("feedback.thanks", "GET"): everybody(OK),
    ("feedback.leave", "POST"): everybody(FORM),
    ("health.alive", "GET"): everybody(OK),
    ("health.ready", "GET"): everybody(OK),
    ("language.change", "GET"): everybody(DONE),
    ("letters.open", "GET"): everybody(OK),
    ("letters.open", "POST"): everybody(DONE),
    ("sign_in.ask", "GET"): before_the_sign_in(OK),
    ("sign_in.ask", "POST"): before_the_sign_in(FORM),
    ("sign_in.code", "GET"): everybody(DONE),
    ("sign_in.code", "POST"): everybody(DONE),
    ("sign_in.leave", "POST"): everybody(DONE),
    ("appointments.mine", "GET"): signed_in(OK),
    ("appointments.find", "GET"): signed_in(OK),
    ("appointments.find", "POST"): signed_in(FORM),
    ("appointments.show", "GET"): Row(LOGIN, OK, HIDDEN, DONE, HIDDEN, LOGIN),
    ("appointments.claim", "GET"): Row(LOGIN, DONE, HIDDEN, OK, HIDDEN, LOGIN),
    ("appointments.claim", "POST"): Row(LOGIN, DONE, HIDDEN, FORM, HIDDEN, LOGIN),
    ("answers.show", "GET"): owner_only(OK),
    ("notices.show", "GET"): owner_only(OK),
    ("notices.pdf", "GET"): owner_only(OK),
    ("notices.calendar", "GET"): owner_only(OK),
    ("move.choose", "GET"): owner_only(OK),
    ("move.days", "GET"): owner_only(OK, "?office=asc-XNY&month=2026-02"),
    ("move.slots", "GET"): owner_only(OK, "?office=asc-XNY&day=2026-02-03"),
    ("move.verdict", "GET"): owner_only(OK),
    ("move.submit", "POST"): owner_only(EXPIRED),
    ("move.review", "GET"): owner_only(OK),
    ("move.confirm", "POST"): owner_only(EXPIRED),
    ("move.release", "POST"): owner_only(DONE),
    ("move.renew", "POST"): owner_only(DONE),
}
