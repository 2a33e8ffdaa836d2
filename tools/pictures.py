"""Takes the pictures of the papers: does the tour in a fresh `make run` and photographs its pages."""

import io
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.journey import Applicant
from tests.chromium import NAMES, SWITCHES

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
ADDRESS = "http://127.0.0.1:8000"
ANA = {
    "confirmation_number": "MOVE1001",
    "date_of_birth": "1988-03-14",
    "account": "ana.ibanez@mail.example",
    "acting_as": "self",
}
DESK = {"width": 1280, "height": 860}
PHONE = {"width": 360, "height": 720}
COLOURS = 64  # enough for flat pages, at a quarter of the bytes


def take(page: Page, name: str, *, whole: bool = True) -> None:
    """Photograph the page as it stands, with few colours and so few bytes."""
    page.evaluate("document.activeElement.blur()")
    taken = Image.open(io.BytesIO(page.screenshot(full_page=whole, animations="disabled")))
    few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)
    sys.stdout.write(f"{name}: {(PICTURES / f'{name}.png').stat().st_size / 1000:.0f} kB\n")


def check_quickly(page: Page, address: str) -> None:
    """The quick check for an appointment ten days from now."""
    day = date.today() + timedelta(days=10)  # noqa: DTZ011 - any day will do
    page.goto(f"{address}/check/biometrics")
    page.select_option("#office", "asc-XNO")
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.fill(f"#date-{part}", str(number))
    page.fill("#time", "09:00")
    page.select_option("#form", "I-485")
    page.click("main form button")
    expect(page.locator("h1").locator("xpath=ancestor::*[@data-verdict]")).to_be_visible()


def take_on_a_phone(ana: Applicant) -> None:
    """What she sees first when she opens her appointment on a phone."""
    browser = ana.page.context.browser
    assert browser
    phone = browser.new_page(viewport=PHONE, device_scale_factor=2)
    phone.context.add_cookies(ana.page.context.cookies())
    phone.goto(ana.own)
    take(phone, "phone", whole=False)


def choose_next_month(ana: Applicant) -> None:
    """A day of next month, its second time and a reason."""
    page = ana.page
    ana.way_to_a_new_time().click()
    page.click("#days a[rel=next]")
    expect(page.locator("#days a[rel=prev]")).to_be_visible()
    day = page.locator("#days a.day:not(.mine)").nth(4)
    url = day.get_attribute("href")
    day.click()
    expect(page.locator(f"#days a[href='{url}'][aria-current]")).to_be_visible()
    page.locator("#slots label").nth(1).click()
    page.check("input[name=good_cause][value=planned_travel]")
    expect(page.locator("#verdict [data-verdict=allowed]")).to_be_visible()


def tour(page: Page, address: str) -> None:
    """What the README shows on a large screen, in its order."""
    page.goto(address)
    take(page, "start")
    check_quickly(page, address)
    take(page, "check")
    ana = Applicant(page, address, dict(ANA))
    ana.sign_in()
    ana.find()
    expect(page.locator("h1").locator("xpath=ancestor::*[@data-verdict]")).to_be_visible()
    ana.told["reference"] = page.url.rsplit("/", 1)[1]
    take(page, "appointment")
    take_on_a_phone(ana)
    choose_next_month(ana)
    take(page, "choose")
    ana.look_it_over()
    take(page, "review")
    ana.confirm()
    take(page, "receipt")


def main() -> None:
    """The address of the demonstration may be named on the command line."""
    address = sys.argv[1] if len(sys.argv) > 1 else ADDRESS
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = next(path for name in NAMES if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        tour(browser.new_page(viewport=DESK), address)
        browser.close()


if __name__ == "__main__":
    main()
