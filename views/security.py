"""Headers on every answer, the origin check on every form, and compression."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import brotli
from flask import Flask, Response, current_app, g, make_response, request
from flask_babel import gettext as _
from werkzeug.exceptions import SecurityError

from views.assets import stylesheet

WORTH_COMPRESSING = 400
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
PUBLIC_SECONDS = 300


class WrongOrigin(Exception):
    """A form sent from another site."""


def protect(app: Flask) -> None:
    """Hang the checks and headers into the application."""
    app.before_request(refuse_other_hosts)
    app.before_request(refuse_other_origins)
    app.after_request(add_headers)
    app.after_request(compress)


def refuse_other_hosts() -> Response | None:
    """A name that is not ours gets a plain sentence: no page, and no link that could carry the name on."""
    if not isinstance(request.routing_exception, SecurityError):
        return None
    answer = make_response(_("We do not answer under this name."), 400)
    answer.mimetype = "text/plain"
    return answer


def refuse_other_origins() -> None:
    """A form counts only from our own pages: browsers say where it stood."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise WrongOrigin


def add_headers(response: Response) -> Response:
    """Policies that hold on every answer, error pages included."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
    if current_app.config["HTTPS"]:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if g.get("page_public") and response.status_code == 200 and request.method in ("GET", "HEAD"):
        headers.setdefault("Cache-Control", f"public, max-age={PUBLIC_SECONDS}")
    headers.setdefault("Cache-Control", "no-store")
    response.vary.add("HX-Request")
    return response


def _policy() -> str:
    parts = (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' {stylesheet()['hash']}",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return "; ".join(parts)


def compress(response: Response) -> Response:
    """Brotli where the browser takes it (only over TLS), else gzip. Static files are compressed beforehand."""
    if response.direct_passthrough or response.mimetype not in (
        "text/html",
        "application/json",
        "text/calendar",
    ):
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    accepted = request.accept_encodings
    if len(body) < WORTH_COMPRESSING or "Content-Encoding" in response.headers:
        return response
    if accepted["br"]:
        response.set_data(brotli.compress(body, quality=BROTLI_QUALITY))
        response.headers["Content-Encoding"] = "br"
    elif accepted["gzip"]:
        response.set_data(gzip.compress(body, GZIP_LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
