"""Requests answered inside this process, without a server: what the application itself costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

Answered = tuple[str, bytes]


def request(app: Flask, path: str, cookie: str = "", **given: Any) -> Callable[[], Answered]:
    """A request made ready: each call sends it and gives back the status line and the body."""
    headers = {"Cookie": cookie, "Host": "127.0.0.1", **given.pop("headers", {})}
    ready = EnvironBuilder(path, headers=headers, **given).get_environ()

    def send() -> Answered:
        status = []

        def start(line: str, headers: Any, problem: Any = None) -> Callable[[bytes], object]:
            status.append(line)
            return lambda data: None

        body = app.wsgi_app(dict(ready), start)
        try:
            return status[0], b"".join(body)
        finally:
            close = getattr(body, "close", None)
            if close:
                close()

    return send
