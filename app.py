"""The application factory. `python app.py` serves it on this machine."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, request
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from models import database, keys
from views import access, assets, errors, language, logs, registry, security, settings

csrf = CSRFProtect()


def create_app(**given: Any) -> Flask:
    """Build the application from settings, environment and what the caller gives (without the prefix)."""
    app = Flask("goodcause", root_path=str(settings.ROOT), static_folder=None)
    settings.load(app, given)
    keys.use(app.config["SECRET_KEY"])
    database.connect(app.config["DATABASE_URL"])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["public_url"] = language.public_url
    app.before_request(note_audience)
    app.before_request(database.open_connection)
    app.teardown_request(leave_no_transaction)
    security.protect(app)
    access.start(app)
    language.start(app)
    errors.start(app)
    logs.start(app)
    csrf.init_app(app)
    registry.register(app, csrf)
    app.context_processor(frame)
    assets.serve(app)
    if app.config["TRUSTED_PROXIES"]:
        count = int(app.config["TRUSTED_PROXIES"])
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    return app


def note_audience() -> None:
    """Public pages are the same for everybody; they read no cookie and set none."""
    g.page_public = registry.is_public(request.blueprint)


def leave_no_transaction(problem: BaseException | None) -> None:
    """A request ends with its transaction closed; the connection stays open for the next one of this thread."""
    if database.database.in_transaction():
        database.close_connection()


def frame() -> dict[str, Any]:
    """What the frame of every page needs, besides its language."""
    style = assets.stylesheet()
    public = bool(g.get("page_public"))
    return {
        "site_name": current_app.config["SITE_NAME"],
        # inline on first visits (one round trip to the first paint), a kept file afterwards
        "stylesheet": {
            "inline": style["inline"] if public or access.account() is None else None,
            "href": style["href"],
        },
        "account": None if public else access.account(),
        "page_public": public,
    }


if __name__ == "__main__":
    from views.commands.serving import serve

    serve(create_app(), host="127.0.0.1", port=8000)
