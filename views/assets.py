"""Static files: named by their content, kept for ever by browsers, the stylesheet also inline."""

from __future__ import annotations

import base64
import hashlib
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import Flask
from markupsafe import Markup
from whitenoise import WhiteNoise

STATIC = Path(__file__).resolve().parent.parent / "static"
VERSION = "v"


def serve(app: Flask) -> None:
    """Serve `static/` under content-hashed addresses, pre-compressed where `make install` wrote .br and .gz."""
    app.jinja_env.globals["asset"] = asset
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(STATIC),
        prefix="static/",
        immutable_file_test=lambda path, url: True,  # every page names them with their digest
        allow_all_origins=False,
        add_headers_function=partial(_headers, https=app.config["HTTPS"]),
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


def _headers(headers: Any, path: str, url: str, https: bool) -> None:
    """What security.py adds to pages, for files, which never reach it."""
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    if https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
