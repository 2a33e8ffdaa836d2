"""One line a request: method, route and status. No addresses, no queries, nothing personal."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback

from flask import Flask, Response, g, request

from models.database import chain_of

log = logging.getLogger("goodcause.requests")


class JsonLines(logging.Formatter):
    """Each record as one JSON object on one line, so that nobody can forge a second one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": int(record.created), "level": record.levelname.lower(), "message": record.getMessage()}
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["trace"] = [places_of(problem) for problem in chain_of(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=True)


def places_of(problem: BaseException) -> str:
    """What kind of problem and where; its own words may hold what somebody typed (databases quote rows)."""
    return f"{type(problem).__name__}\n{''.join(traceback.format_tb(problem.__traceback__))}"


def start(app: Flask) -> None:
    """Write a line after each request."""
    app.before_request(note_start)
    app.after_request(write_line)


def note_start() -> None:
    """Remember when the request began."""
    g.began = time.monotonic()


def write_line(response: Response) -> Response:
    """The route's pattern, never the address: a reference or a token stays out of the log."""
    fields = {
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "ms": round(1000 * (time.monotonic() - g.get("began", time.monotonic()))),
    }
    log.info("request", extra={"fields": fields})
    return response


def to_standard_output() -> None:
    """Send log lines to standard output as JSON; called by `serve` and `worker`, not by tests."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
