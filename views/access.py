"""Who is asking, and the only way to get what is theirs: absent and not-yours are the same answer."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from urllib.parse import urlencode

from flask import Flask, Response, abort, current_app, g, make_response, redirect, request, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response as AnyResponse

from models import limits
from models.appointments import Claim, claim_of
from models.database import Busy, open_connection
from models.limits import Limit
from models.people import Account
from models.sign_ins import account_of_session
from views import clock
from views.fragments import is_fragment_request

PRIVATE = ("/appointments",)
LONGEST_PATH = 300
SHOWN_IN_QUERY = ("office", "month", "day")  # what a private page looks at; everything else is chosen anew


class Visitor(UserMixin):
    """A signed-in browser; its id is the token of a session row, so it can be ended at any time."""

    def __init__(self, token: str, account: Account) -> None:
        self.id, self.account = token, account


class TooMany(Exception):
    """A limit was reached; `again_at` is when to try again."""

    def __init__(self, again_at: object) -> None:
        super().__init__(again_at)
        self.again_at = again_at


class PrivateCookie(SecureCookieSessionInterface):
    """The cookie belongs to private pages: a public answer neither sets it nor differs by it (caches share it)."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not g.get("page_public"):
            super().save_session(app, session, response)


def start(app: Flask) -> None:
    """Ask the session table on every private request, and ask strangers to sign in."""
    app.session_interface = PrivateCookie()
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # it would look for a session on public pages too
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(ask_to_sign_in)
    app.before_request(refuse_nul)


def _load(token: str) -> Visitor | None:
    account = account_of_session(token, clock.now())
    return Visitor(token, account) if account else None


def account() -> Account | None:
    """The account of this request, if somebody is signed in."""
    return current_user.account if current_user.is_authenticated else None


def signed_in() -> Account:
    """The account of this request on a private page."""
    found = account()
    if found is None:
        abort(404)
    return found


def is_private(path: str) -> bool:
    """Whether an address belongs to the pages behind the sign-in, existing or not."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in PRIVATE)


def ask_to_sign_in() -> AnyResponse | None:
    """Send strangers from any private address to the sign-in, whether it exists or not."""
    if not is_private(request.path) or account() is not None:
        return None
    then = _page_asked_for() if request.method == "GET" else "/appointments"
    address = url_for("sign_in.ask", next=then)
    if is_fragment_request():
        answer: Response = make_response("", 401)
        answer.headers["HX-Redirect"] = address
        return answer
    return redirect(address, 303)


def refuse_nul() -> None:
    """Nothing has a NUL in its address, and PostgreSQL takes none, not even to look for it."""
    if "\0" in request.path:
        abort(404)


def _page_asked_for() -> str:
    """The address to come back to, with the office, the month and the day that it shows."""
    shown = urlencode([(name, request.args[name]) for name in SHOWN_IN_QUERY if request.args.get(name)])
    address = f"{request.path}?{shown}" if shown else request.path
    return address if safe_path(address) == address else request.path


def safe_path(wanted: str) -> str:
    """A local path to go on to; anything else becomes the start page."""
    plain = wanted.isascii() and wanted.isprintable() and len(wanted) <= LONGEST_PATH
    if (
        not plain
        or not wanted.startswith("/")
        or wanted[1:2] in ("/", "\\")
        or set(wanted) & set("\\:@")
        or ".." in wanted
    ):
        return "/"
    return wanted


def pending_claim(reference: str) -> Claim:
    """This account's claim of an appointment, confirmed or not; 404 for everyone else."""
    claim = claim_of(signed_in(), reference)
    if claim is None:
        abort(404)
    claim.account = signed_in()
    return claim


def confirmed_claim(reference: str) -> Claim:
    """This account's confirmed claim of an appointment; 404 for everyone else."""
    claim = pending_claim(reference)
    if claim.confirmed_at is None:
        abort(404)
    return claim


def client() -> str:
    """What stands for one client in the limits: an address, or the block an IPv6 line is given."""
    told = (request.remote_addr or "127.0.0.1").partition("%")[0]
    try:
        address = ip_address(told)
    except ValueError:  # a proxy may write a port behind it, or a name
        return told
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


def limit(which: Limit, subject: str) -> None:
    """Count a try and stop it when it was one too many (429). Reading goes on while nothing can be counted."""
    try:
        again_at = limits.count(which, subject, clock.now())
    except Busy:
        if request.method != "GET":
            raise
        open_connection()
        return
    if again_at is not None and current_app.config["LIMITS"] != "track":
        raise TooMany(again_at)


def forgive(which: Limit, subject: str) -> None:
    """Take a counted try back: it was right. Not being able to must not hide that it was done."""
    try:
        limits.take_back(which, subject)
    except Busy:
        open_connection()
