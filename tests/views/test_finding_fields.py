"""The two fields of the look-up, however they are typed: what counts, and what is asked for again."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from models.appointments import Appointment, Claim
from tests.models.builders import make_appointment
from tests.pages import StrictClient, read, words
from tests.views.visitors import errors, look_up, page_of, send, sign_in

MISS = "We could not find an appointment with these details."

FAULTY_NUMBERS = {
    "empty": ("", "Type the confirmation number as on your notice."),
    "spaces and dashes only": (" - - ", "Type the confirmation number as on your notice."),
    "five letters": ("GC-123", "This has 5 letters and numbers. It needs at least 6."),
    "twenty-one letters": ("A" * 21, "This has 21 letters and numbers. It has at most 20."),
    "very long": ("A" * 10_000, "This has 10000 letters and numbers. It has at most 20."),
    "SQL": ("' OR '1'='1' --", "Use only letters and numbers, as on your notice."),
    "template code": ("{{7*191}}", "Use only letters and numbers, as on your notice."),
    "script": ('"><script>alert(1)</script>', "Use only letters and numbers, as on your notice."),
    "a line break and a forged log line": (
        "GC000001\n127.0.0.1 found", "Use only letters and numbers, as on your notice.",
    ),
    "NUL": ("GC0000\x0001", "Use only letters and numbers, as on your notice."),
    "letters of another script": ("ГЦ000001", "Use only letters and numbers, as on your notice."),
    "a pattern that explodes": ("(" * 60 + "a+" * 60, "Use only letters and numbers, as on your notice."),
}  # fmt: skip

FAULTY_DAYS = {
    "empty": (("", "", ""), "Type the date of birth."),
    "no day": (("", "5", "1990"), "Add the day."),
    "no month and no year": (("15", "", ""), "Add the month."),
    "31 February": (("31", "2", "1990"), "This day does not exist. Check the day and the month."),
    "29 February of a common year": (
        ("29", "2", "1990"),
        "This day does not exist. Check the day and the month.",
    ),
    "day 32": (("32", "5", "1990"), "Type the day as a number, 1 to 31."),
    "day 0": (("0", "5", "1990"), "Type the day as a number, 1 to 31."),
    "month 13": (("15", "13", "1990"), "Type the month as a number, 1 to 12."),
    "the month in words": (("15", "May", "1990"), "Type the month as a number, 1 to 12."),
    "year 0000": (("15", "5", "0000"), "Check the year."),
    "150 years ago": (("15", "5", "1876"), "This is too long ago. Check the year."),
    "two-digit year": (("15", "5", "90"), "Type the year with four digits."),
    "tomorrow": (("15", "1", "2026"), "This day has not come yet. Check the year."),
    "minus": (("-5", "5", "1990"), "Type the day as a number, 1 to 31."),
    "a superscript": (("1²3", "5", "1990"), "Type the day as a number, 1 to 31."),
    "very long": (("1" * 5000, "5", "1990"), "Type the day as a number, 1 to 31."),
}

FAULTY_ISO = [
    "1990-02-31",
    "0000-05-15",
    "90-05-15",
    "15.05.1990",
    "1990-05",
    "1990-05-15-01",
    "yesterday",
    "9" * 5000,
]

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def mine(client: StrictClient) -> Appointment:
    """Ana's appointment; the visitor is Ana, signed in."""
    made = make_appointment()
    sign_in(client)
    return made


def miss(client: StrictClient, appointment: Appointment, **changes: Any) -> BeautifulSoup:
    answer = look_up(client, appointment, **changes)
    assert answer.status_code == 422, answer.status
    return read(answer)


def parts(day: str, month: str, year: str) -> dict[str, str]:
    return {
        "date_of_birth": "",
        "date_of_birth-day": day,
        "date_of_birth-month": month,
        "date_of_birth-year": year,
    }


def test_the_three_boxes_do_the_same_as_one_iso_date(client: StrictClient, mine: Appointment) -> None:
    assert look_up(client, mine, **parts("15", "5", "1990")).location == page_of(mine)


@pytest.mark.parametrize("typed", ["٢٠", "２０"])
def test_another_scripts_digits_are_the_same_date(client: StrictClient, typed: str) -> None:
    twenty = make_appointment()
    twenty.person.date_of_birth = twenty.person.date_of_birth.replace(day=20)
    twenty.person.save()
    sign_in(client)
    assert look_up(client, twenty, **parts(typed, "٠٥", "１９٩٠")).location == page_of(twenty)
    assert look_up(client, twenty, date_of_birth=f"١٩٩٠-٠٥-{typed}").location == page_of(twenty)


@pytest.mark.parametrize(
    "retyped",
    [
        str.lower, " ".join, "-".join, "\u200b".join, lambda n: f"{n[:4]}\u00ad{n[4:]}",
        lambda n: f"{n[:4]}\u2011{n[4:]}\u00a0", lambda n: "".join(chr(ord(letter) + 0xFEE0) for letter in n),
    ],
    ids=[
        "lower case", "spaces", "hyphens", "zero-width spaces", "a soft hyphen", "a no-break hyphen and space",
        "full width",
    ],
)  # fmt: skip
def test_a_number_counts_however_it_was_typed(client: StrictClient, mine: Appointment, retyped: Any) -> None:
    assert look_up(client, mine, confirmation_number=retyped(mine.confirmation_number)).location == page_of(
        mine
    )


@pytest.mark.parametrize(("typed", "told"), FAULTY_NUMBERS.values(), ids=FAULTY_NUMBERS)
def test_a_number_that_cannot_be_right_says_what_to_do(
    client: StrictClient, mine: Appointment, typed: str, told: str
) -> None:
    page = miss(client, mine, confirmation_number=typed)
    assert errors(page) == {"confirmation_number": told}
    assert page.title.text.startswith("Please fix:")
    assert page.find(id="confirmation_number")["aria-invalid"] == "true"
    assert not page.find("script", src=False)
    assert "1337" not in words(page)


@pytest.mark.parametrize(("typed", "told"), FAULTY_DAYS.values(), ids=FAULTY_DAYS)
def test_a_date_that_cannot_be_right_says_what_to_do(
    client: StrictClient, mine: Appointment, typed: tuple[str, str, str], told: str
) -> None:
    page = miss(client, mine, **parts(*typed))
    assert errors(page) == {"date_of_birth": told}
    assert page.find(id="confirmation_number")["value"] == mine.confirmation_number


@pytest.mark.parametrize("typed", FAULTY_ISO)
def test_an_iso_date_that_cannot_be_right_says_what_to_do(
    client: StrictClient, mine: Appointment, typed: str
) -> None:
    assert errors(miss(client, mine, date_of_birth=typed)).keys() == {"date_of_birth"}


@pytest.mark.parametrize(("year", "believed"), [("1895", False), ("1896", True), ("2026", True)])
def test_the_oldest_and_the_youngest_are_believed(
    client: StrictClient, mine: Appointment, year: str, believed: bool
) -> None:
    assert (MISS in words(miss(client, mine, **parts("14", "1", year)))) == believed


def test_only_the_faulty_box_is_marked(client: StrictClient, mine: Appointment) -> None:
    page = miss(client, mine, **parts("", "3", "1991"))
    marked = [
        part for part in ("day", "month", "year") if page.find(id=f"date_of_birth-{part}").get("aria-invalid")
    ]
    assert marked == ["day"]
    assert page.find(id="fix").a["href"] == "#date_of_birth-day"
    assert page.find(id="date_of_birth-year")["value"] == "1991"


def test_both_fields_empty_are_two_things_to_fix(client: StrictClient, mine: Appointment) -> None:
    page = miss(client, mine, confirmation_number="", date_of_birth="")
    assert errors(page).keys() == {"confirmation_number", "date_of_birth"}
    assert "2 things to fix" in words(page.find(id="fix"))


def test_a_form_without_the_date_asks_for_it(client: StrictClient, mine: Appointment) -> None:
    answer = send(client, "/appointments/find", confirmation_number=mine.confirmation_number)
    assert (answer.status_code, errors(read(answer)).keys()) == (422, {"date_of_birth"})


@pytest.mark.parametrize("typed", ["attorney", "<b>", "self "])
def test_only_the_three_ways_to_act_are_taken(client: StrictClient, mine: Appointment, typed: str) -> None:
    assert errors(miss(client, mine, acting_as=typed)) == {"acting_as": "Choose one of these."}
    assert not Claim.select().exists()


def test_what_was_typed_is_shown_again_as_text(client: StrictClient, mine: Appointment) -> None:
    typed = '"><script>alert(1)</script>'
    answer = look_up(client, mine, confirmation_number=typed)
    assert "<script>alert" not in answer.text
    assert read(answer).find(id="confirmation_number")["value"] == typed
