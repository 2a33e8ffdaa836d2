"""Static files: named by their content, kept for ever by browsers, the stylesheet also inline."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from markupsafe import Markup
from whitenoise import WhiteNoise

STATIC = Path(__file__).resolve().parent.parent / "static"
VERSION = "v"
FOR_EVER = 365 * 24 * 3600


def serve(app: Flask) -> None:
    """Serve `static/` under content-hashed addresses, pre-compressed where `make install` wrote .br and .gz."""
    app.jinja_env.globals["asset"] = asset
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(STATIC), prefix="static/", max_age=FOR_EVER, add_headers_function=_headers
    )


@cache
def asset(name: str) -> str:
    """The address of a static file; the digest in its query changes with its content."""
    return f"/static/{name}?{VERSION}={_digest(name)[:10]}"


@cache
def stylesheet() -> dict[str, Any]:
    """The stylesheet: as text to stand inline, its hash for the policy, and its address."""
    text = (STATIC / "site.css").read_text(encoding="utf-8").strip()
    hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return {"inline": Markup(text), "hash": f"'sha256-{hashed}'", "href": asset("site.css")}  # noqa: S704 - our own file


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()


def _headers(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
