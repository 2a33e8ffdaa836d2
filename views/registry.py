"""Which pages and commands there are: the table of contents of the web side."""

from __future__ import annotations

import click
from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from views import (
    answers,
    appointments,
    check,
    feedback,
    guide,
    health,
    language,
    letters,
    move,
    notices,
    receipts,
    sign_in,
    start,
)
from views import rules as rule_pages
from views.commands import data, demonstration, reviewing, rules, serving, site

# the same for everybody, no cookie, one address per language
PUBLIC: tuple[Blueprint, ...] = (
    start.bp,
    guide.bp,
    rule_pages.bp,
    check.bp,
    receipts.bp,
    feedback.bp,
)
# behind the sign-in, or on the way to it
PRIVATE: tuple[Blueprint, ...] = (
    language.bp,
    letters.bp,
    sign_in.bp,
    appointments.bp,
    answers.bp,
    move.bp,
    notices.bp,
)
# for machines
MACHINES: tuple[Blueprint, ...] = (health.bp,)
# what can be typed after `flask --app app`
COMMANDS: tuple[click.Command, ...] = (
    serving.COMMANDS
    + reviewing.COMMANDS
    + data.COMMANDS
    + rules.COMMANDS
    + demonstration.COMMANDS
    + site.COMMANDS
)


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Hang every page and command into the application."""
    for blueprint in PUBLIC:
        csrf.exempt(blueprint)  # they set no cookie, so there is no session to abuse; the origin is checked
        app.register_blueprint(blueprint)
        for tag in language.TRANSLATED:
            app.register_blueprint(blueprint, url_prefix=f"/{tag}", name=f"{tag}-{blueprint.name}")
    for blueprint in PRIVATE + MACHINES:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)


def is_public(blueprint: str | None) -> bool:
    """Whether a request belongs to the public pages (or to no page at all)."""
    if blueprint is None:
        return True
    plain = blueprint
    for tag in language.TRANSLATED:
        plain = plain.removeprefix(f"{tag}-")
    return plain in {public.name for public in PUBLIC}
