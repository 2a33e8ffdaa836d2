"""Ways through every page in every state: each stops where there is something to look at, and names it."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Stage
from tests.browser.journey import OTHER_CAUSE, Applicant

Tour = Iterator[str]
PUBLIC = (
    "/", "/rules", "/rules/biometrics", "/check/biometrics", "/receipts", "/feedback", "/feedback/thanks",
    "/guide/moving", "/guide/good-cause", "/guide/what-to-bring", "/guide/who-may-act", "/guide/missed",
    "/guide/accessibility", "/guide/privacy", "/guide/help",
)  # fmt: skip
CHECKS = {
    "allowed": "office=asc-XNO&date=2027-06-07&time=09:00&moves=0&form=I-485&good_cause=illness_or_medical",
    "to be reviewed": "office=asc-XNO&date=2027-06-07&time=09:00&moves=0&form=I-485&good_cause=other",
    "blocked": "office=asc-XNO&date=2027-06-07&time=09:00&moves=2&form=I-765&good_cause=other",
    "with a receipt": "office=asc-XBD&date=2027-06-07&time=09:00&moves=0&receipt=1",
    "changed": "office=asc-XNO&date=2027-06-07&time=09:00&moves=0&change=1",
    "faulty": "office=nowhere&date-day=31&date-month=2&date-year=2027&time=late&moves=7",
}
SHOWN = (
    "MOVE1001",
    "MOVE1007",
    "ASYL1009",
    "PATH1015",
    "SOON2002",
    "LATE2004",
    "TWIC2006",
    "ELSE2013",
    "BOTH3006",
)


def public_pages(someone: Applicant, language: str) -> Tour:
    """The pages that are the same for everybody, and the errors on the way."""
    start = someone.address + ("" if language == "en" else f"/{language}")
    for page in PUBLIC:
        someone.page.goto(f"{start}{page}")
        yield page
    for name, query in CHECKS.items():
        someone.page.goto(f"{start}/check/biometrics?{query}")
        yield f"a check that is {name}"
    someone.page.goto(f"{start}/receipts?code=!")
    yield "a code that cannot be one"
    for missing in ("/receipts/GC-0000-0000", "/nothing", "/guide/nothing", "/sign-out"):
        someone.page.goto(start + missing if missing != "/sign-out" else someone.address + missing)
        yield missing
    someone.page.goto(f"{start}/feedback?page=/rules")
    someone.press("main form[action$='/feedback'] button")
    yield "feedback without an answer"


def signing_in(someone: Applicant, language: str) -> Tour:
    someone.page.goto(f"{someone.address}/sign-in")
    yield "sign-in"
    someone.page.fill("#email", "nobody")
    send(someone.page, "form[action$='/sign-in']")
    yield "an address that is none"
    someone.page.fill("#email", someone.told["account"])
    send(someone.page, "form[action$='/sign-in']")
    yield "code"
    someone.page.fill("#code", "12")
    someone.press("form:has(#code) button")
    yield "a code that is none"
    someone.page.goto(f"{someone.address}/sign-in/code")
    someone.page.evaluate("document.querySelector('form:has(#code) [name=csrf_token]').value = 'old'")
    someone.press("form:has(#code) button")
    yield "a page that was open too long"


def finding(someone: Applicant, language: str) -> Tour:
    someone.sign_in("a.new.visitor@mail.example")
    someone.page.goto(f"{someone.address}/appointments")
    yield "no appointment yet"
    someone.page.goto(f"{someone.address}/appointments/find")
    yield "find"
    someone.press("form[action$='/find'] button")
    yield "nothing filled in"
    someone.page.fill("#confirmation_number", "NOTHING9")
    for part, number in (("day", "1"), ("month", "1"), ("year", "1990")):
        someone.page.fill(f"#date_of_birth-{part}", number)
    someone.press("form[action$='/find'] button")
    yield "not found"
    someone.find()
    yield "the code of a claim"
    someone.page.fill("#code", "1")
    someone.press("form:has(#code) button")
    yield "a claim's code that is none"
    someone.page.goto(f"{someone.address}/appointments")
    yield "an appointment that waits"


def looking(someone: Applicant, language: str, stage: Stage) -> Tour:
    """The page of an appointment for each kind of answer."""
    for number in (row["confirmation_number"] for row in stage.demonstration.declared["appointments"]):
        if number not in SHOWN:
            continue
        someone.told = stage.example(number)
        someone.page.context.clear_cookies()
        someone.sign_in()
        in_language(someone, language)
        someone.find()
        yield number
    someone.page.goto(f"{someone.address}/appointments")
    yield "all appointments"


def moving(someone: Applicant, language: str, stage: Stage) -> Tour:
    """From the choice to the receipt, with everything that can come between."""
    someone.sign_in()
    in_language(someone, language)
    someone.find()
    choose = f"{someone.own}/move"
    someone.page.goto(choose)
    yield "choose"
    send(someone.page, "#choice")
    yield "nothing chosen"
    someone.page.goto(someone.own)
    someone.choose_a_time(OTHER_CAUSE, "My own words")
    yield "a time and a reason"
    fill_a_place(someone.page, stage)
    send(someone.page, "#choice")
    yield "a place that was taken"
    yield from receipt_of_a_try(someone, "place_taken")
    someone.choose_a_time()
    someone.look_it_over()
    yield "review"
    someone.page.evaluate("document.querySelector('[name=contact_by]:checked').value = 'pigeon'")
    someone.press("form[action$='/move/review'] button:not([formaction])")
    yield "review without a way to tell"
    someone.page.goto(choose)
    old = someone.page.locator("#choice [name=seen_version]").input_value()
    someone.page.goto(f"{someone.own}/move/review")
    assert someone.confirm().result == "moved"
    yield "moved"
    someone.page.goto(f"{someone.own}/notice")
    yield "notice"
    someone.page.goto(someone.own)
    someone.choose_a_time()
    someone.page.evaluate(f"document.querySelector('#choice [name=seen_version]').value = '{old}'")
    send(someone.page, "#choice")
    yield "changed meanwhile"
    yield from receipt_of_a_try(someone, "changed_meanwhile")
    someone.choose_a_time(OTHER_CAUSE, "My own words")
    someone.look_it_over()
    yield "review of what a person looks at"
    assert someone.confirm().result == "sent_for_review"
    yield "sent for review"
    someone.page.goto(someone.own)
    yield "what happened so far"


def refused(someone: Applicant, language: str, stage: Stage) -> Tour:
    """The pages of a move that the rules do not allow, for those who get there."""
    someone.told = stage.example("TWIC2006")
    someone.sign_in()
    in_language(someone, language)
    someone.find()
    someone.page.goto(f"{someone.own}/move")
    yield "choose, blocked"
    someone.page.locator("#days a.day").first.click()
    someone.page.locator("#slots label").first.click()
    someone.page.locator("[name=good_cause]").first.check()
    send(someone.page, "#choice")
    yield "refused"
    yield from receipt_of_a_try(someone, "refused")


def letters(someone: Applicant, language: str, stage: Stage) -> Tour:
    """The link in a letter, before and after its button, and when nothing is behind it."""
    someone.sign_in("another.relative@mail.example")
    someone.find()
    someone.type_the_shown_code()
    someone.page.goto(not_me_link(stage))
    in_language(someone, language)
    someone.page.goto(not_me_link(stage))
    yield "was this you"
    send(someone.page, "form[action*='/letters/']")
    yield "changes are paused"
    someone.page.goto(f"{someone.address}/letters/nothing")
    yield "no letter of ours"
    someone.page.goto(someone.own)
    yield "a paused appointment"


TOURS: dict[str, tuple[str, Callable[..., Tour]]] = {
    "public pages": ("MOVE1001", public_pages),
    "signing in": ("MOVE1002", signing_in),
    "finding": ("OTHR1014", finding),
    "looking": ("MOVE1001", looking),
    "moving": ("MOVE1003", moving),
    "refused": ("MOVE1001", refused),
    "letters": ("OTHR1014", letters),
}


def send(page: Page, form: str) -> None:
    """Sends a form although its fields say that something is missing."""
    with page.expect_navigation():
        page.evaluate("form => document.querySelector(form).submit()", form)


def in_language(someone: Applicant, language: str) -> None:
    here = someone.page.url.removeprefix(someone.address)
    someone.page.goto(f"{someone.address}/language/{language}?next={here}")


def receipt_of_a_try(someone: Applicant, result: str) -> Tour:
    assert someone.receipt().result == result
    someone.press("#answer a[href*='/receipts/']")
    assert someone.receipt().result == result
    yield f"the receipt of {result}"
    someone.page.goto(someone.own)


def fill_a_place(page: Page, stage: Stage) -> None:
    """Wishes for a place that others have, as if it had been taken while the page was open."""
    path = stage.demonstration.environment["GOODCAUSE_DATABASE_URL"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        full = "SELECT id FROM slot WHERE free = 0 AND starts_at > ? ORDER BY starts_at DESC LIMIT 1"
        [taken] = database.execute(full, (int(datetime.now(UTC).timestamp()) + 9 * 86400,)).fetchone()
    database.close()
    page.evaluate(f"document.querySelector('#slots [name=slot]:checked').value = '{taken}'")


def not_me_link(stage: Stage) -> str:
    """The link in the newest letter to the contact on file."""
    folder = Path(stage.demonstration.environment["GOODCAUSE_INSTANCE"]) / "mail"
    stage.demonstration.flask("worker", "--once")
    for letter in sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True):
        body = message_from_bytes(letter.read_bytes(), policy=policy.default).get_body(("plain",))
        if body and (link := re.search(r"\S+/letters/\S+", body.get_content())):
            return link[0]
    raise AssertionError("no letter holds a link")
