"""An applicant in front of a browser. Reads only names, ids and data marks of the pages, never their words."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from icalendar import Calendar, Event
from playwright.sync_api import Locator, Page, expect

LISTED_CAUSE, OTHER_CAUSE = "illness_or_medical", "other"
SHOWN_DAY = "#slots input[name=day]"


@dataclass(frozen=True)
class Receipt:
    """What the page after a submission proves."""

    result: str
    code: str


@dataclass
class Applicant:
    """One person with one appointment; `told` is its row of `demo --json`."""

    page: Page
    address: str
    told: dict[str, Any]
    today: date = field(default_factory=lambda: datetime.now(UTC).date())

    @property
    def own(self) -> str:
        """The address of the appointment's page."""
        return f"{self.address}/appointments/{self.told['reference']}"

    def sign_in(self, email: str | None = None) -> None:
        self.page.goto(f"{self.address}/sign-in")
        self.page.fill("#email", email or self.told["account"])
        self.press("form[action$='/sign-in'] button")
        self.type_the_shown_code()

    def type_the_shown_code(self) -> None:
        """The demonstration shows the code that a letter would bring."""
        self.page.fill("#code", self.page.locator("[data-demo-code]").inner_text())
        self.press("form:has(#code) button")

    def find(self) -> None:
        self.page.goto(f"{self.address}/appointments/find")
        self.page.fill("#confirmation_number", self.told["confirmation_number"])
        year, month, day = self.told["date_of_birth"].split("-")
        for part, number in (("day", day), ("month", month), ("year", year)):
            self.page.fill(f"#date_of_birth-{part}", number)
        self.page.locator(f"input[name=acting_as][value={self.told['acting_as']}]").check()
        self.press("form[action$='/find'] button")

    def open_own_page(self) -> None:
        self.sign_in()
        self.find()
        expect(self.page).to_have_url(self.own)

    def press(self, button: str) -> None:
        self.page.locator(button).click()

    def verdict(self) -> str | None:
        return (
            self.page.locator("h1").locator("xpath=ancestor::*[@data-verdict]").get_attribute("data-verdict")
        )

    def rules(self) -> list[str | None]:
        return [item.get_attribute("data-rule") for item in self.page.locator("[data-rule]").all()]

    def moves_used(self) -> int:
        return self.page.locator(".tkt .moves .used").count()

    def way_to_a_new_time(self) -> Locator:
        return self.page.locator("main a[href$='/move']")

    def choose_a_time(self, cause: str = LISTED_CAUSE, details: str = "") -> str:
        """Another day than the one shown, its second time if it has two, and a reason; the start as the page has it."""
        self.way_to_a_new_time().click()
        self._show_another_day()
        tile = self.page.locator("#slots label").nth(min(1, self.page.locator("#slots label").count() - 1))
        tile.click()
        self.page.locator(f"input[name=good_cause][value={cause}]").check()
        self.page.fill("#good_cause_details", details)
        return str(tile.locator("time").get_attribute("datetime"))

    def _show_another_day(self) -> None:
        """The last open day of a month, of the next one when this month has none but the coming days."""
        shown = self.page.locator(SHOWN_DAY).input_value()
        links = self.page.locator(f"#days a.day:not(.mine):not([href*='day={shown or 'none'}'])")
        if not links.count() or self._day_of(links.last) < self.today + timedelta(days=3):
            month = self.page.locator("#days h2").inner_text()
            self.page.locator("#days a[rel=next]").click()
            expect(self.page.locator("#days h2")).not_to_have_text(month)
        day = self._day_of(links.last)
        links.last.click()
        expect(self.page.locator(f"{SHOWN_DAY}[value='{day}']")).to_be_attached()

    def _day_of(self, link: Locator) -> date:
        [day] = parse_qs(urlsplit(str(link.get_attribute("href"))).query)["day"]
        return date.fromisoformat(day)

    def look_it_over(self) -> None:
        self.press("#verdict button")
        expect(self.page).to_have_url(f"{self.own}/move/review")

    def confirm(self) -> Receipt:
        self.press("form[action$='/move/review'] button:not([formaction])")
        return self.receipt()

    def receipt(self) -> Receipt:
        shown = self.page.locator("[data-result]")
        expect(shown).to_be_visible()
        return Receipt(str(shown.get_attribute("data-result")), str(shown.get_attribute("data-code")))

    def calendar(self) -> Event:
        """The one event of the calendar file."""
        answer = self.page.context.request.get(f"{self.own}/calendar.ics")
        assert answer.ok
        assert answer.headers["content-type"].startswith("text/calendar")
        [event] = Calendar.from_ical(answer.body()).walk("VEVENT")
        return event
