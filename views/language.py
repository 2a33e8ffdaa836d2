"""Which language a page speaks: the address decides on public pages, the account on private ones."""

from __future__ import annotations

from typing import Any, NamedTuple

from babel import Locale
from flask import Blueprint, Flask, g, redirect, request, session, url_for
from flask_babel import Babel, get_locale
from werkzeug.wrappers import Response

from models.database import write_tx
from models.people import Account
from views import access

bp = Blueprint("language", __name__)

SOURCE = "en"
# tag: the language's own name for itself
LANGUAGES = {"en": "English", "es": "Español"}
TRANSLATED = tuple(tag for tag in LANGUAGES if tag != SOURCE)


class LanguageLink(NamedTuple):
    """A way to the same page in another language."""

    tag: str
    name: str
    url: str
    current: bool


def start(app: Flask) -> None:
    """Let Flask-Babel ask us, and tell every page its language."""
    Babel(app, locale_selector=choose)
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
        return path if path in TRANSLATED else SOURCE
    account = access.account()
    wanted = account.language if account else session.get("language")
    return wanted if wanted in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or SOURCE


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
        blueprint, _, view = request.endpoint.partition(".")
        return public_url(
            f"{blueprint.removeprefix(f'{choose()}-')}.{view}", tag, **(request.view_args or {})
        )
    return url_for("language.change", tag=tag, next=request.path)


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
    if access.is_private(then) or then.startswith(("/sign-in", "/letters")):
        session["language"] = tag
        return redirect(then, 303)
    return redirect(in_language(then, tag), 303)


def in_language(path: str, tag: str) -> str:
    """The address of a public page in another language."""
    first = path.split("/")[1]
    plain = path.removeprefix(f"/{first}") if first in TRANSLATED else path
    plain = plain or "/"
    return plain if tag == SOURCE else f"/{tag}{plain}"
