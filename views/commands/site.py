"""`flask export-site`: the public pages of all languages as plain files that any static host serves."""

from __future__ import annotations

import re
import shutil
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from werkzeug.test import TestResponse

from views import language
from views.assets import STATIC
from views.commands.ready import data_ready
from views.public_pages import PLAIN

# attributes of our pages that hold an address of this site
ADDRESS = re.compile(r'(?P<name>\b(?:href|src|action|hx-get|data-htmx))="(?P<path>/[^"]*)"')


class NotServed(click.ClickException):
    """A page that should be there and is not."""


@click.command("export-site")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def export_site(folder: Path) -> None:
    """Write the public pages as plain files into FOLDER; forms point at GOODCAUSE_BASE_URL."""
    proxy: Any = current_app
    with data_ready():
        count = export(proxy._get_current_object(), folder)
    click.echo(f"{count} pages are in {folder}. Their forms lead to {current_app.config['BASE_URL']}.")


def export(app: Flask, folder: Path) -> int:
    """Write all plain pages and the static files; the number of pages. Files that are no longer made stay."""
    base = str(app.config["BASE_URL"]).rstrip("/")
    with app.test_request_context(base_url=base):
        pages = [
            language.public_url(endpoint, tag, **values)
            for tag in language.LANGUAGES
            for endpoint, values in PLAIN
        ]
    for path, html in _rendered(app, pages, base).items():
        file = _file(folder, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_on_another_host(html, path, set(pages), base), encoding="utf-8")
    shutil.copytree(
        STATIC, folder / "static", dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.br", "*.gz")
    )
    return len(pages)


def _rendered(app: Flask, pages: list[str], base: str) -> dict[str, str]:
    """Each page as the program itself serves it."""
    app.config["EXPORTING"] = True
    try:
        answers = {path: _answer(app, path, base) for path in pages}
    finally:
        app.config["EXPORTING"] = False
    for path, answer in answers.items():
        if answer.status_code != 200:
            raise NotServed(f"The page {path} could not be made (status {answer.status_code}).")
    return {path: answer.get_data(as_text=True) for path, answer in answers.items()}


def _answer(app: Flask, path: str, base: str) -> TestResponse:
    with app.app_context():  # one of its own, or a page would inherit the language of the one before
        return app.test_client().get(path, base_url=base)


def _file(folder: Path, path: str) -> Path:
    return folder / path.strip("/") / "index.html"


def _on_another_host(html: str, page: str, pages: set[str], base: str) -> str:
    """Links between the exported pages become relative, so they work in any folder; all others lead to the program."""
    up = "../" * len(PurePosixPath(page).parts[1:])

    def moved(found: re.Match[str]) -> str:
        address = urlsplit(found["path"])
        if address.path.startswith("/static/"):
            return f'{found["name"]}="{up}{found["path"][1:]}"'
        if address.path in pages:
            inside = address.path.strip("/")
            tail = f"#{address.fragment}" if address.fragment else ""
            return (
                f'{found["name"]}="{up}{inside}/{tail}"'
                if inside
                else f'{found["name"]}="{up or "./"}{tail}"'
            )
        return f'{found["name"]}="{base}{found["path"]}"'

    return ADDRESS.sub(moved, html)


COMMANDS: tuple[click.Command, ...] = (export_site,)
