"""The public pages: the same for everybody, no cookie, kept by caches, in both languages."""

import gzip
import re
from datetime import timedelta
from typing import Any

import brotli
import pytest
from flask import Flask

from models.offices import Held, Kind, Office
from models.sites import find_site, sites
from tests.conftest import Clock
from tests.pages import StrictClient, words
from views.guide import TITLES

PAGES = [
    "/",
    *(f"/guide/{page}" for page in TITLES),
    "/rules",
    "/rules/biometrics",
    "/check/biometrics",
    "/receipts",
]
FIRST_FLIGHT = 14_600  # bytes that arrive before the first answer of the reader's network


def in_spanish(page: str) -> str:
    return f"/es{page}"


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_is_the_same_for_everybody_and_sets_no_cookie(app: Flask, page: str) -> None:
    stranger, known = app.test_client(), app.test_client()
    known.sign_in("w@posta.example")
    answers = [stranger.get(page), known.get(page)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].data == answers[1].data
    assert not [answer for answer in answers if "Set-Cookie" in answer.headers]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"public, max-age=300"}


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_names_its_address_in_each_language(client: StrictClient, page: str) -> None:
    for address in (page, in_spanish(page)):
        shown = client.page(address)
        alternates = {link["hreflang"]: link["href"] for link in shown.find_all("link", rel="alternate")}
        assert alternates == {"en": page, "es": in_spanish(page)}
        assert shown.html["lang"] == ("es" if address != page else "en")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_public_page_to_another_leads_somewhere(client: StrictClient, page: str) -> None:
    addresses = {
        link["href"].split("#")[0] for link in client.page(page).find_all("a", href=re.compile("^/"))
    }
    assert addresses
    for address in addresses:
        assert client.get(address).status_code in (200, 303), address


@pytest.mark.parametrize(
    "page",
    ["/guide/nothing", "/rules/nothing", "/check/nothing", "/check/nothing/verdict", "/guide/../app.py"],
)
def test_a_page_that_is_not_there_is_not_found(client: StrictClient, page: str) -> None:
    assert client.get(page).status_code == 404


def test_the_first_page_fits_into_the_first_flight_with_its_style(client: StrictClient) -> None:
    for encoding, packed in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = client.get("/", headers={"Accept-Encoding": encoding})
        headers = sum(len(name) + len(value) + 4 for name, value in answer.headers)
        assert len(answer.data) + headers <= FIRST_FLIGHT, encoding
        assert b"<style>" in packed(answer.data)
        assert b'rel="stylesheet"' not in packed(answer.data)


def test_the_start_page_offers_the_ways_in_the_check_and_an_example(client: StrictClient) -> None:
    page = client.page("/")
    assert [link["href"] for link in page.select(".ways a")] == [
        "/appointments/find",
        "/guide/moving",
        "/receipts",
    ]
    form = page.select_one("form.card")
    assert form["action"] == "/check/biometrics"
    assert {field["name"] for field in form.find_all(["input", "select"])} == {
        "office", "date-day", "date-month", "date-year", "time", "moves"
    }  # fmt: skip
    assert "until Tuesday 8 December, 9:00 pm" in words(page.select_one("p.say"))


def test_the_guide_says_the_numbers_of_the_rules(client: StrictClient) -> None:
    assert "12 hours before" in words(client.page("/guide/moving").main)
    assert "child under 14" in words(client.page("/guide/who-may-act").main)
    assert "800-375-5283" in words(client.page("/guide/help").main)


def test_the_guide_names_each_good_cause_with_proof(client: StrictClient) -> None:
    terms = client.page("/guide/good-cause").select("dl dt")
    assert len(terms) == 6


def test_pages_do_not_change_with_the_clock_of_the_day(client: StrictClient, clock: Clock) -> None:
    morning = [client.get(page).data for page in PAGES]
    clock.set(clock.now() + timedelta(hours=13))
    assert [client.get(page).data for page in PAGES] == morning


@pytest.mark.usefixtures("database")
def test_offices_that_ship_can_be_asked_about_before_any_is_imported() -> None:
    shipped = sites()
    assert len(shipped) == 150
    assert shipped["asc-XNO"] == "Elizabeth, NJ"
    assert list(shipped.values()) == sorted(shipped.values())


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", ["asc-XNO", "XNO", "xno", "ASC-XNO"])
def test_an_office_is_found_by_its_name_or_its_bare_code(name: str) -> None:
    found = find_site(name)
    assert found is not None
    assert (found.city, found.time_zone, found.held_here) == ("Elizabeth", "America/New_York", False)


@pytest.mark.usefixtures("any_database")
@pytest.mark.parametrize(
    "name", ["", "asc-", "field_office-NEW", "XNO\0", "asc-asc-XNO", "'; drop table office"]
)
def test_other_words_are_no_office(name: str) -> None:
    assert find_site(name) is None


@pytest.mark.usefixtures("database")
def test_an_office_kept_here_stands_for_the_one_that_ships() -> None:
    values: dict[str, Any] = {"kind": Kind.ASC, "time_zone": "America/New_York", "held": Held.HERE}
    Office.create(code="XNO", name="Elizabeth Pilot", city="Elizabeth", region="NJ", **values)
    Office.create(code="PIL", name="Pilot Street", city="Newark", region="NJ", **values)
    assert sites()["asc-XNO"] == "Elizabeth Pilot, NJ"
    assert sites()["asc-PIL"] == "Pilot Street, NJ"
    found = find_site("PIL")
    assert found is not None
    assert found.held_here
