"""Settings: defaults, then GOODCAUSE_ variables, then what the caller passes."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from views import clock

PREFIX = "GOODCAUSE"
ROOT = Path(__file__).resolve().parent.parent

DEFAULTS: dict[str, Any] = {
    "BASE_URL": "http://127.0.0.1:8000",
    "CLOCK": "",
    "DATABASE_URL": "",
    "DATA_KEY": "",
    "DEMO": False,
    "INSTANCE": str(ROOT / "instance"),
    "LIMITS": "on",
    "MAIL_FROM": "",
    "MAIL_URL": "",
    "SECRET_KEY": "",
    "SITE_NAME": "Goodcause",
    "SMS_URL": "",
    "TRUSTED_PROXIES": 0,
}
DEMO_ONLY = ("CLOCK", "LIMITS")


class BadSetting(SystemExit):
    """A setting that cannot be used: one line for the person who hosts this, however the program was started."""

    def __init__(self, said: str) -> None:
        super().__init__(f"Error: {said}")


def load(app: Flask, given: dict[str, Any]) -> None:
    """Fill `app.config`. Raises BadSetting for an unknown GOODCAUSE_ key or a value that cannot be used."""
    unknown = {key for key in os.environ if key.startswith(f"{PREFIX}_")} - {
        f"{PREFIX}_{k}" for k in DEFAULTS
    }
    if unknown:
        raise BadSetting(f"Unknown setting {', '.join(sorted(unknown))}. Correct the name or remove it.")
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env(PREFIX)
    app.config.from_mapping(given)
    config = app.config
    config["DEMO"] = str(config["DEMO"]) in ("1", "True")
    for key in DEMO_ONLY:
        if str(config[key]) not in ("", "on") and not config["DEMO"]:
            raise BadSetting(f"{PREFIX}_{key} works only in the demonstration ({PREFIX}_DEMO=1).")
    _check_clock(str(config["CLOCK"]))
    _set_paths(config)
    _set_flask(config)


def _check_clock(told: str) -> None:
    try:
        clock.read(told)
    except (ValueError, OverflowError, OSError) as problem:
        raise BadSetting(
            f"{PREFIX}_CLOCK needs a moment such as 2026-12-01T09:00:00-05:00, the same after a +,"
            " or @ and the name of a file with one in it."
        ) from problem


def _set_paths(config: dict[str, Any]) -> None:
    instance = Path(config["INSTANCE"]).resolve()
    name = "demo" if config["DEMO"] else "goodcause"
    config["INSTANCE"] = str(instance)
    config["DATABASE_URL"] = config["DATABASE_URL"] or f"sqlite:///{instance / f'{name}.sqlite3'}"
    if config["DEMO"]:
        config["MAIL_URL"] = config["MAIL_URL"] or "file:"
        config["SMS_URL"] = config["SMS_URL"] or "console:"
    config["SECRET_KEY"] = str(config["SECRET_KEY"]) or _kept_secret(instance / "secret.key")


def _kept_secret(path: Path) -> str:
    """The secret made on the first run, readable by its owner only; empty where nothing can be kept."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # the database stands there too
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    except OSError:
        return ""
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _set_flask(config: dict[str, Any]) -> None:
    """What Flask and its extensions read, derived from ours."""
    base = urlsplit(str(config["BASE_URL"]))
    if base.scheme not in ("http", "https") or not base.hostname:
        raise BadSetting(f"{PREFIX}_BASE_URL needs the form https://example.org.")
    if not str(config["TRUSTED_PROXIES"]).isdecimal():
        raise BadSetting(
            f"{PREFIX}_TRUSTED_PROXIES needs the number of proxies before this server, such as 1."
        )
    config["HTTPS"] = base.scheme == "https"
    config["TRUSTED_HOSTS"] = sorted({base.hostname, "127.0.0.1", "localhost"})
    config.update(
        SESSION_COOKIE_NAME="__Host-goodcause" if config["HTTPS"] else "goodcause",
        SESSION_COOKIE_SECURE=config["HTTPS"],
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=64 * 1024,
        MAX_FORM_MEMORY_SIZE=64 * 1024,
        MAX_FORM_PARTS=60,
        WTF_CSRF_TIME_LIMIT=None,  # a slow reader must not lose the form; the session ends it
        WTF_CSRF_SSL_STRICT=False,  # the origin check in security.py does it, with or without https
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "views" / "translations"),
        BABEL_DEFAULT_LOCALE="en",
    )
