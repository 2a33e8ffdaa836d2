"""`serve`, `worker` and `migrate`: the commands that keep an installation running."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from models import schema
from models.database import Busy, close_connection, open_connection
from views import logs
from views.commands.ready import data_ready

THREADS = 8
CONNECTIONS = 1000  # a slow phone keeps one open and no thread, so many are cheap
LONGEST_BODY = 1024 * 1024  # above the application's own limit, so that its page answers, not the server
LONGEST_HEADERS = 32 * 1024
BACKLOG = 1024
STOP_SECONDS = 10.0
RESTART_SECONDS = 0.2  # a process that cannot live must not eat the machine


def serve(app: Flask, host: str, port: int, processes: int = 1, threads: int = THREADS) -> None:
    """Answer requests until told to stop. Leaves with a sentence when the database is behind the program."""
    try:
        with data_ready():
            pass  # and closed again: a connection must not be shared by forked processes
    except click.ClickException as problem:
        sys.exit(problem.message)
    _check_ways(app)
    if processes > 1 and not hasattr(os, "fork"):
        sys.exit("More than one process needs a system that can fork; start with --processes 1.")
    listening = _listen(host, port)
    address = f"http://{_written(host)}:{listening.getsockname()[1]}"
    click.echo(f"Goodcause answers on {address} (stop with Ctrl+C)", err=True)
    if not app.config["MAIL_URL"]:
        click.echo("No letter can leave: set GOODCAUSE_MAIL_URL.", err=True)
    elif processes > 1:
        click.echo("Letters wait for a worker: flask --app app worker", err=True)
    logs.to_standard_output()  # nothing but lines of JSON there; what is said to people goes beside it
    logging.getLogger("waitress").addFilter(without_addresses)
    if processes > 1:
        _answer_in_many(app, listening, processes, threads)
    else:
        _answer_and_send(app, listening, threads)


def _check_ways(app: Flask) -> None:
    """Leave with a sentence when letters could never leave, before anybody waits for one."""
    from views.senders import mail_sender, sms_sender

    try:
        sms_sender(str(app.config["SMS_URL"]))
        if app.config["MAIL_URL"]:
            mail_sender(str(app.config["MAIL_URL"]), Path(app.config["INSTANCE"]))
    except ValueError as problem:
        sys.exit(str(problem))


def without_addresses(record: logging.LogRecord) -> bool:
    """Drop what the server adds to its lines: which address somebody asked for."""
    if isinstance(record.msg, str):
        record.msg = record.msg.partition(" while serving ")[0]
    return record.levelno >= logging.WARNING


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as problem:
        sys.exit(f"Cannot listen on {host} port {port}: {problem.strerror}. Choose another with --port.")


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _answer(app: Flask, listening: socket.socket, threads: int) -> None:
    """The server itself: it takes a whole request in before a thread works on it, so slow phones hold nobody up."""
    import waitress

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    waitress.serve(
        app,
        sockets=[listening],
        threads=threads,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        max_request_body_size=LONGEST_BODY,
        max_request_header_size=LONGEST_HEADERS,
        clear_untrusted_proxy_headers=not app.config["TRUSTED_PROXIES"],
        ident=None,
        _quiet=True,
    )


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _answer_and_send(app: Flask, listening: socket.socket, threads: int) -> None:
    """One process: letters leave from a thread of it."""
    from views.delivery import work

    stop = threading.Event()
    sender = threading.Thread(target=work, args=(app, stop), name="letters", daemon=True)
    if app.config["MAIL_URL"]:
        sender.start()
    try:
        _answer(app, listening, threads)
    finally:
        stop.set()
        if sender.is_alive():
            sender.join(STOP_SECONDS)


def _answer_in_many(app: Flask, listening: socket.socket, processes: int, threads: int) -> None:
    """Several processes on one socket; one that dies is started anew, and a stop stops them all."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    running: set[int] = set()
    try:
        while True:
            while len(running) < processes:
                running.add(_fork(app, listening, threads))
            ended, _status = os.wait()
            running.discard(ended)
            time.sleep(RESTART_SECONDS)
            logging.getLogger("goodcause.serve").warning("process %s ended and is started anew", ended)
    finally:
        _stop(running)


def _stop(running: set[int]) -> None:
    with suppress(ProcessLookupError, ChildProcessError):
        for process in running:
            os.kill(process, signal.SIGTERM)
    with suppress(ChildProcessError):
        for process in running:
            os.waitpid(process, 0)


def _fork(app: Flask, listening: socket.socket, threads: int) -> int:
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        _answer(app, listening, threads)
        status = 0
    finally:
        os._exit(status)  # never back into the parent's loop


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--threads", default=THREADS, show_default=True, type=click.IntRange(1, 64), help="Threads a process."
)
@with_appcontext
def serve_command(host: str, port: int, processes: int, threads: int) -> None:
    """Answer requests; with one process, letters leave from it too."""
    serve(_application(), host, port, processes, threads)


@click.command("worker")
@click.option("--once", is_flag=True, help="Send what is due now and end.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Send waiting letters and tidy up, until told to stop. Any number may run."""
    from views.delivery import run_once, work

    if not current_app.config["MAIL_URL"]:
        raise click.ClickException("There is no way to send letters. Set GOODCAUSE_MAIL_URL.")
    _check_ways(_application())
    with data_ready():
        if once:
            click.echo(f"Sent: {run_once()}")
            return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    click.echo("Sending letters (stop with Ctrl+C)", err=True)
    logs.to_standard_output()
    work(_application(), stop)


@click.command("migrate")
@with_appcontext
def migrate_command() -> None:
    """Bring the database's tables up to this program."""
    try:
        open_connection()
        applied = schema.migrate()
    except Busy as problem:
        raise click.ClickException(f"The database cannot be used now: {problem.__cause__}") from problem
    finally:
        close_connection()
    click.echo("\n".join(f"Applied {name}." for name in applied) or "The database is up to date.")


def _application() -> Flask:
    """The application itself, to hand on to threads and processes."""
    proxy: Any = current_app
    found: Flask = proxy._get_current_object()
    return found


COMMANDS = (serve_command, worker_command, migrate_command)
