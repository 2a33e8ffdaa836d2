"""Which language a page speaks: the address decides on public pages, the account on private ones."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from babel import Locale
from flask import Blueprint, Flask, g, has_app_context, redirect, request, session, url_for
from flask_babel import Babel, Domain, get_locale
from werkzeug.wrappers import Response

from models.database import write_tx
from models.people import Account
from views import access

bp = Blueprint("language", __name__)

SOURCE = "en"
# tag: the language's own name for itself
LANGUAGES = {"en": "English", "es": "Español"}
TRANSLATED = tuple(tag for tag in LANGUAGES if tag != SOURCE)
KEEPS_QUERY = ("check.page", "feedback.ask")  # public pages whose query is what they are about


class LanguageLink(NamedTuple):
    """A way to the same page in another language."""

    tag: str
    name: str
    url: str
    current: bool


class BoundDomain(Domain):
    """Finds the catalogue once a request, where Flask-Babel looks it up for each of a page's 130 sentences."""

    def get_translations(self) -> Any:
        request_state = g.get("_flask_babel") if has_app_context() else None
        found = getattr(request_state, "babel_translations", None)  # force_locale() puts it aside and back
        if found is None:
            found = super().get_translations()
            if request_state is not None:
                request_state.babel_translations = found
        return found


def start(app: Flask) -> None:
    """Let Flask-Babel ask us, and tell every page its language."""
    Babel(app, locale_selector=choose)
    app.extensions["babel"].instance.domain_instance = BoundDomain()
    app.context_processor(page_language)


def choose() -> str:
    """The language of this request."""
    if "language" not in g:
        g.language = _choose()
    language: str = g.language
    return language


def _choose() -> str:
    prefix = (request.blueprint or "").partition("-")[0]
    if prefix in TRANSLATED:
        return prefix
    if g.get("page_public"):
        path = request.path.split("/")[1]
        if path in TRANSLATED:
            return path
        if request.endpoint:
            return SOURCE
    account = access.account()
    return account.language if account and account.language in LANGUAGES else _of_browser()


def _of_browser() -> str:
    wanted = session.get("language")
    return wanted if wanted in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or SOURCE


def settle_without_rows() -> None:
    """Choose without asking the database, for pages that say that it is away."""
    if "language" not in g:
        path = request.path.split("/")[1]
        g.language = path if path in TRANSLATED else _of_browser()


def page_language() -> dict[str, Any]:
    """`lang`, `dir` and the links to the other languages, for the frame of every page."""
    locale: Locale = get_locale() or Locale(SOURCE)
    return {"lang": locale.language, "dir": locale.text_direction, "languages": _links(locale.language)}


def _links(current: str) -> list[LanguageLink]:
    return [LanguageLink(tag, name, _address_in(tag), tag == current) for tag, name in LANGUAGES.items()]


def _address_in(tag: str) -> str:
    if g.get("error_page"):
        return public_url("start.index", tag)  # an error page repeats nothing of the address asked for
    if g.get("page_public") and request.endpoint:
        endpoint = request.endpoint.removeprefix(f"{choose()}-")
        address = public_url(endpoint, tag, **(request.view_args or {}))
        query = urlencode(list(request.args.items(multi=True))) if endpoint in KEEPS_QUERY else ""
        return f"{address}?{query}" if query else address
    here = request.full_path.rstrip("?")
    return url_for("language.change", tag=tag, next=here if access.safe_path(here) == here else request.path)


def public_url(endpoint: str, tag: str | None = None, **values: Any) -> str:
    """The address of a public page in a language (by default the language of this page)."""
    tag = tag or choose()
    return url_for(endpoint if tag == SOURCE else f"{tag}-{endpoint}", **values)


@bp.get("/language/<tag>")
def change(tag: str) -> Response:
    """Keep a choice of language and go on to the page asked for."""
    then = access.safe_path(request.args.get("next", "/"))
    if tag not in LANGUAGES:
        return redirect(then, 303)
    account = access.account()
    if account is not None:
        write_tx(lambda: Account.update(language=tag).where(Account.id == account.id).execute())
    if access.is_private(then.partition("?")[0]) or then.startswith(("/sign-in", "/letters")):
        session["language"] = tag
        return redirect(then, 303)
    return redirect(in_language(then, tag), 303)


def in_language(path: str, tag: str) -> str:
    """The address of a public page in another language."""
    first = path.split("/")[1]
    plain = path.removeprefix(f"/{first}") if first in TRANSLATED else path
    plain = plain or "/"
    return plain if tag == SOURCE else f"/{tag}{plain}"
