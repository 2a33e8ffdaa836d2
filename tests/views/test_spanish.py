"""The Spanish pages: no English sentence is left on them, and the way to another language keeps the page."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from tests.pages import StrictClient, read, words
from tests.views.quick_checks import answer
from tests.views.visitors import ask_for_code, look_up
from tests.views.world import EMAILS, World
from tools.messages import TRANSLATIONS
from tools.messages import forms as forms_of
from tools.messages import read as read_catalogue
from views.guide import TITLES

KEPT = [
    "/",
    *(f"/guide/{page}" for page in TITLES),
    "/rules",
    "/rules/biometrics",
    "/check/biometrics",
    "/receipts",
]
PUBLIC = [*KEPT, "/receipts/GC-0000-0000", "/feedback", "/feedback/thanks", "/nothing"]
PAGES = ["appointments.mine", "appointments.find", "appointments.show", "answers.show", "notices.show", "move.choose",
         "move.review"]  # fmt: skip
PARTS = ["move.days", "move.slots", "move.verdict"]
CHECKS = {
    "allowed": {},
    "sent to a person": {"good_cause": "other"},
    "blocked": {"moves": "2"},
}
SPOKEN = ("aria-label", "alt", "placeholder", "title", "content")
GAP = re.compile(r"%\\?\(\w+\\?\)[sd]")
TAG = re.compile(r"</?\w+>")
LONG = 25  # letters from which a sentence is looked for inside other texts too
LONGEST = 400  # letters of a text that can still be one sentence


def _plain(text: str) -> str:
    return " ".join(TAG.sub("", text).split())


def _english() -> list[str]:
    """The sentences that Spanish says in other words."""
    catalogue = read_catalogue(TRANSLATIONS / "es" / "LC_MESSAGES" / "messages.po")
    messages = [message for message in catalogue if message.id]
    spanish = " ".join(_plain(form) for message in messages for form in forms_of(message.string))
    english = {_plain(form) for message in messages for form in forms_of(message.id)}
    return sorted(
        text for text in english if text not in spanish and re.search(r"[A-Za-z]{3}", GAP.sub("", text))
    )


ENGLISH = _english()
WHOLE = re.compile("|".join(GAP.sub(".+", re.escape(text)) for text in ENGLISH))
WITHIN = [text for text in ENGLISH if len(text) >= LONG and not GAP.search(text)]


def _texts(page: BeautifulSoup) -> Iterator[str]:
    """What each element says, its own words alone and with what it holds, and what is only spoken."""
    for element in page.find_all(lambda found: found.name not in ("html", "head", "script", "style")):
        text = words(element)
        if len(text) < LONGEST:
            yield text
        yield from (" ".join(str(piece).split()) for piece in element.find_all(string=True, recursive=False))
        yield from (str(element[name]) for name in SPOKEN if element.has_attr(name))


def english_on(page: BeautifulSoup) -> set[str]:
    """What is said in English on a page."""
    texts = set(_texts(page))
    whole = words(page.body)
    return {text for text in texts if WHOLE.fullmatch(text)} | {text for text in WITHIN if text in whole}


def way_to(language: str, page: BeautifulSoup) -> str:
    """Where the link to another language leads."""
    link = page.select_one(f"nav a[hreflang={language}]")
    assert isinstance(link, Tag)
    return str(link["href"])


@pytest.fixture
def owner(world: World) -> StrictClient:
    """Ana, who reads Spanish."""
    client = world.client("owner")
    assert client.get("/language/es?next=/appointments").status_code == 303
    return client


def test_english_is_noticed_where_it_is(client: StrictClient) -> None:
    assert {"How we decide", "Privacy", "Can I still change it?"} <= english_on(client.page("/"))


@pytest.mark.parametrize("page", PUBLIC)
def test_a_public_page_says_everything_in_spanish(client: StrictClient, page: str) -> None:
    shown = read(client.get(f"/es{page}"))
    assert shown.html["lang"] == "es"
    assert not english_on(shown)


@pytest.mark.parametrize("given", CHECKS.values(), ids=CHECKS)
def test_an_answer_to_a_check_is_in_spanish(
    world: World, client: StrictClient, given: dict[str, str]
) -> None:
    shown = answer(client, "/es", **{"office": "asc-XNY", **given})
    assert shown.html["lang"] == "es"
    assert not english_on(shown)


@pytest.mark.parametrize("endpoint", [*PAGES, *PARTS])
def test_a_page_of_an_appointment_is_in_spanish(world: World, owner: StrictClient, endpoint: str) -> None:
    answered = owner.get(world.address(endpoint))
    assert answered.status_code == 200
    assert not english_on(read(answered))


def test_a_faulty_check_is_told_in_spanish(client: StrictClient) -> None:
    told = client.get(
        "/es/check/biometrics?office=nowhere&date-day=31&date-month=2&date-year=2027&time=late&moves=7"
    )
    assert told.status_code == 422
    assert not english_on(read(told))


def test_what_was_not_found_is_told_in_spanish(world: World, owner: StrictClient) -> None:
    told = look_up(owner, world.mine, confirmation_number="NOTHING9")
    assert told.status_code == 422
    assert not english_on(read(told))


@pytest.mark.parametrize(
    "address", ["/sign-in", "/sign-in/code", "/letters/nothing", "/nothing", "/sign-out"]
)
def test_a_browser_that_asks_for_spanish_is_answered_in_spanish(app: Flask, address: str) -> None:
    client = app.test_client()
    ask_for_code(client, EMAILS["owner"])
    shown = read(client.get(address, headers={"Accept-Language": "es"}))
    assert shown.html["lang"] == "es"
    assert not english_on(shown)


@pytest.mark.parametrize("page", KEPT)
def test_the_way_to_spanish_and_back_keeps_a_public_page(client: StrictClient, page: str) -> None:
    spanish = way_to("es", client.page(page))
    assert spanish == f"/es{page}"
    assert way_to("en", client.page(spanish)) == page


@pytest.mark.parametrize("endpoint", PAGES)
def test_the_way_to_spanish_keeps_a_page_of_ones_own(world: World, endpoint: str) -> None:
    client, address = world.client("owner"), world.address(endpoint)
    before = client.page(address)
    assert before.html["lang"] == "en"
    changed = client.get(way_to("es", before))
    assert changed.status_code == 303
    assert changed.headers["Location"] == address.partition("?")[0]
    assert client.page(changed.headers["Location"]).html["lang"] == "es"
