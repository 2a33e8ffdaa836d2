"""The public pages as plain files: complete, linked among themselves, their forms lead to the program."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import Result
from flask import Flask

from tests.pages import StrictClient, faults_of_page
from views.guide import TITLES

BASE = "https://move.example"
PLACES = ["", *(f"guide/{page}" for page in TITLES), "rules", "rules/biometrics"]
FILES = [f"{tag}{place}/index.html".lstrip("/") for tag in ("", "es/") for place in PLACES]


@pytest.fixture
def exported(make_app: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    done = export(make_app(BASE_URL=BASE), folder)
    assert done.exit_code == 0, done.output
    assert f"{len(FILES)} pages" in done.output
    return folder


def export(app: Flask, folder: Path) -> Result:
    return app.test_cli_runner().invoke(args=["export-site", str(folder)])


def read(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html5lib")


def test_every_plain_page_of_both_languages_is_a_file(exported: Path) -> None:
    made = {str(file.relative_to(exported)) for file in exported.rglob("*.html")}
    assert made == {file.replace("//", "/") for file in FILES}


def test_each_file_is_a_page_that_keeps_the_rules_of_pages(exported: Path) -> None:
    for file in exported.rglob("*.html"):
        page = read(file)
        assert not faults_of_page(page), file
        assert page.html["lang"] == ("es" if file.is_relative_to(exported / "es") else "en")


def test_links_between_the_files_are_relative_and_lead_to_a_file(exported: Path) -> None:
    followed = 0
    for file in exported.rglob("*.html"):
        for tag in read(file).find_all(["a", "link", "script"]):
            address = str(tag.get("href") or tag.get("src"))
            if re.match(r"(https?|tel):|#", address):
                continue
            path, _, anchor = address.split("?", maxsplit=1)[0].partition("#")
            target = (file.parent / path).resolve()
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), f"{file}: {address}"
            assert not anchor or read(target).find(id=anchor), f"{file}: {address}"
            followed += 1
    assert followed > len(FILES)


def test_nothing_is_asked_of_the_root_of_the_other_host(exported: Path) -> None:
    for file in exported.rglob("*.html"):
        assert not re.findall(r'(?:href|src|action|hx-get|data-htmx)="/[^"]*"', file.read_text("utf-8")), file


def test_forms_and_private_pages_lead_to_the_program(exported: Path) -> None:
    start = read(exported / "index.html")
    assert [form["action"] for form in start.find_all("form")] == [f"{BASE}/check/biometrics"]
    ways = {link["href"] for link in start.select(".ways a")}
    assert ways == {f"{BASE}/appointments/find", "guide/moving/", f"{BASE}/receipts"}
    assert read(exported / "es" / "index.html").form["action"] == f"{BASE}/es/check/biometrics"


def test_the_question_at_the_foot_is_asked_by_the_program(exported: Path) -> None:
    page = read(exported / "es" / "guide" / "help" / "index.html")
    assert not page.find("form", method="post")
    links = [link["href"] for link in page.select("footer a") if "feedback" in link["href"]]
    assert links == [f"{BASE}/es/feedback?page=/guide/help"]


def test_the_files_that_pages_need_are_there_too(exported: Path) -> None:
    page = read(exported / "rules" / "index.html")
    script = page.find("script")
    assert (exported / "rules" / script["src"].split("?")[0]).resolve() == (
        exported / "static" / "boot.js"
    ).resolve()
    assert (exported / "rules" / script["data-htmx"].split("?")[0]).is_file()


def test_a_second_export_writes_the_same_files_again(make_app: Any, exported: Path) -> None:
    before = {file: file.read_bytes() for file in exported.rglob("*") if file.is_file()}
    assert export(make_app(BASE_URL=BASE), exported).exit_code == 0
    assert {file: file.read_bytes() for file in exported.rglob("*") if file.is_file()} == before


def test_the_program_itself_still_asks_at_its_own_foot_after_an_export(make_app: Any, tmp_path: Path) -> None:
    app = make_app()
    assert export(app, tmp_path / "site").exit_code == 0
    client = app.test_client()
    assert isinstance(client, StrictClient)
    assert client.page("/").find("form", action="/feedback")
