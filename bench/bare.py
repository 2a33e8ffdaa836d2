"""What everything is held against: a bare Flask application on the server that the product uses.

`python -m bench.bare PAGE PROCESSES THREADS PORT`; PAGE is a file whose bytes are the answer, or `-`.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from pathlib import Path

import waitress
from flask import Flask, Response, request, session

from bench.servers import SECRET


def create_app(page: bytes) -> Flask:
    """Answers the same bytes to whoever is signed in, and parses a form."""
    app = Flask("bare")
    app.config.update(SECRET_KEY=SECRET, SESSION_COOKIE_NAME="goodcause")

    @app.get("/healthz")
    def alive() -> str:
        return "alive"

    @app.get("/page")
    def show() -> Response | tuple[str, int]:
        if "_user_id" not in session:
            return "nobody", 403
        return Response(page, mimetype="text/html")

    @app.post("/form")
    def parse() -> tuple[str, int]:
        return (request.form["key"], 200) if "_user_id" in session else ("nobody", 403)

    return app


def main(page: str, processes: int, threads: int, port: int) -> None:
    """Serve on one socket from as many processes as asked for."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    app = create_app(b"" if page == "-" else Path(page).read_bytes())
    listening = socket.create_server(("127.0.0.1", port), backlog=1024)
    for _process in range(processes - 1):
        if not os.fork():
            break
    waitress.serve(
        app,
        sockets=[listening],
        threads=threads,
        connection_limit=1000,
        asyncore_use_poll=True,
        _quiet=True,
    )


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
