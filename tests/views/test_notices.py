"""The notice on paper, as a page and as a PDF: what stands on it, its code, and who may have it."""

import io
import os
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from models.appointments import Appointment, CausedBy, Move, Status
from models.receipts import Receipt, Result
from tests.installing import install_with_apt
from tests.models.builders import DAY, NOW, choose_and_confirm, make_appointment, make_office, make_slot
from tests.pages import StrictClient, words
from tests.views.visitors import found_by, page_of
from views import notice_pdf

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def mine() -> Appointment:
    made = make_appointment()
    made.case.number = "EAC2612345418"
    made.case.save()
    return made


@pytest.fixture
def visitor(client: StrictClient, mine: Appointment) -> StrictClient:
    return found_by(client, mine)


def notice(visitor: StrictClient, appointment: Appointment) -> BeautifulSoup:
    return visitor.page(f"{page_of(appointment)}/notice").find(class_="notice")


def pdf_text(visitor: StrictClient, appointment: Appointment) -> str:
    answer = visitor.get(f"{page_of(appointment)}/notice.pdf")
    assert answer.status_code == 200
    (sheet,) = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(sheet.extract_text().split())


def test_the_notice_says_when_where_whose_and_what_to_bring(visitor: StrictClient, mine: Appointment) -> None:
    said = words(notice(visitor, mine))
    for part in (
        "Saturday", "24 January 2026", "2:00 pm", "EST, New York time", mine.office.name, "Ana Souza",
        "Fingerprints, Form I-485", mine.reference, "0 used, 2 left", "A valid photo ID",
        "online until Sat 24 Jan 2026, 2:00 am EST. After that call 800-375-5283 before it begins.",
        "This is not a government notice.",
    ):  # fmt: skip
        assert part in said
    assert notice(visitor, mine).find("time")["datetime"] == "2026-01-24T14:00:00-05:00"


def test_numbers_are_shown_by_their_ends_only(visitor: StrictClient, mine: Appointment) -> None:
    said = words(notice(visitor, mine))
    assert "EAC ···· 418" in said
    assert mine.case.number not in said
    assert mine.confirmation_number not in said
    assert "1990" not in said


def test_without_a_receipt_there_is_no_code_to_check(visitor: StrictClient, mine: Appointment) -> None:
    sheet = notice(visitor, mine)
    assert not sheet.find(class_="qr")
    assert "To check this notice" not in words(sheet)


def test_after_a_move_the_code_leads_to_the_receipt(visitor: StrictClient, mine: Appointment) -> None:
    choose_and_confirm(mine, make_slot(in_days=20))
    receipt = Receipt.get(Receipt.result == Result.MOVED)
    sheet = notice(visitor, mine)
    assert receipt.code in words(sheet.find(class_="qr"))
    assert sheet.find(class_="qr").svg
    said = words(sheet)
    assert "Sat 24 Jan 2026, 2:00 pm" in said
    assert "1 used, 1 left" in said
    assert "127.0.0.1:8000/receipts." in said


def test_the_drawn_code_is_the_public_address_of_the_receipt(
    visitor: StrictClient, mine: Appointment
) -> None:
    import segno

    choose_and_confirm(mine, make_slot(in_days=20))
    code = Receipt.get(Receipt.result == Result.MOVED).code
    wanted = segno.make(f"http://127.0.0.1:8000/receipts/{code}", error="m", micro=False)
    drawn = wanted.svg_inline(
        omitsize=True, border=2, dark="#000", light="#fff", svgclass=None, lineclass=None, title=code
    )
    answer = visitor.get(f"{page_of(mine)}/notice")
    assert drawn in answer.text


def test_a_move_by_the_office_takes_the_old_code_off(visitor: StrictClient, mine: Appointment) -> None:
    choose_and_confirm(mine, make_slot(in_days=20))
    last = Move.get()
    Move.create(
        appointment=mine, number=2, caused_by=CausedBy.OFFICE, from_office=mine.office, to_office=mine.office,
        from_starts_at=last.to_starts_at, from_local=last.to_local, made_at=NOW,
        to_starts_at=last.to_starts_at + DAY, to_local="2026-02-04T14:00",
    )  # fmt: skip
    assert not notice(visitor, mine).find(class_="qr")


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.COMPLETED])
@pytest.mark.parametrize("below", ["notice", "notice.pdf"])
def test_there_is_no_notice_of_what_does_not_stand(
    visitor: StrictClient, mine: Appointment, status: Status, below: str
) -> None:
    mine.status = status
    mine.save()
    assert visitor.get(f"{page_of(mine)}/{below}").status_code == 404


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"moves_by_requestor": 2}, "not online. Call 800-375-5283"),
        ({"in_hours": 3}, "not online. Call 800-375-5283"),
        ({}, "online until"),
    ],
)
def test_the_foot_says_how_to_move_it_again(client: StrictClient, facts: dict[str, Any], said: str) -> None:
    mine = make_appointment(**facts)
    assert said in words(notice(found_by(client, mine), mine))


def test_where_the_agency_keeps_the_calendar_its_own_notice_is_to_be_brought(client: StrictClient) -> None:
    office = make_office(held="elsewhere")
    mine = make_appointment(slot=make_slot(office=office, in_days=10, free=0))
    assert "The notice that the agency sent you" in words(notice(found_by(client, mine), mine))


def have_letters_for(visitor: StrictClient, mine: Appointment) -> None:
    """A font with the letters of this name, installed where that is allowed."""
    remedy = (
        "no font here has these letters: install one (Debian and Ubuntu: apt-get install fonts-dejavu-core)"
    )
    for step in (None, install_with_apt):
        if step:
            step("fonts-dejavu-core")
            notice_pdf._fonts.cache_clear()
        if visitor.page(f"{page_of(mine)}/notice").find("a", href=f"{page_of(mine)}/notice.pdf"):
            return
    if os.environ.get("CI"):
        pytest.fail(remedy)
    pytest.skip(remedy)


@pytest.mark.parametrize("of", ["Ana", "Binh", "Emil"])
def test_the_pdf_says_the_same_on_one_sheet(client: StrictClient, of: str) -> None:
    mine = make_appointment(of)
    visitor = found_by(client, mine, f"{of.lower()}@example.org")
    have_letters_for(visitor, mine)
    choose_and_confirm(mine, make_slot(in_days=20))
    said = pdf_text(visitor, mine)
    for part in ("3 February 2026", "2:00 pm", mine.person.full_name, "Form I-485", Receipt.get().code):
        assert part in said
    assert mine.confirmation_number not in said


def test_the_pdf_is_a_file_that_nobody_keeps(visitor: StrictClient, mine: Appointment) -> None:
    headers = visitor.get(f"{page_of(mine)}/notice.pdf").headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'attachment; filename="appointment-notice.pdf"'
    assert headers["Cache-Control"] == "no-store"


def test_letters_that_no_font_has_are_not_printed_wrong(
    visitor: StrictClient, mine: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_pdf, "_fonts", lambda: ())
    mine.person.given_name = "Олена"
    mine.person.save()
    page = visitor.page(f"{page_of(mine)}/notice")
    assert not page.find("a", href=f"{page_of(mine)}/notice.pdf")
    assert "Олена" in words(page)
    assert visitor.get(f"{page_of(mine)}/notice.pdf").status_code == 404


@pytest.mark.parametrize("absent", ["fpdf", "uharfbuzz"])
def test_without_the_extra_there_is_no_pdf_and_no_link_to_it(
    visitor: StrictClient, mine: Appointment, monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    found = notice_pdf.find_spec
    monkeypatch.setattr(notice_pdf, "find_spec", lambda name: None if name == absent else found(name))
    assert not visitor.page(f"{page_of(mine)}/notice").find("a", href=f"{page_of(mine)}/notice.pdf")
    assert visitor.get(f"{page_of(mine)}/notice.pdf").status_code == 404


def test_what_does_not_print_is_marked_so(visitor: StrictClient, mine: Appointment) -> None:
    page = visitor.page(f"{page_of(mine)}/notice")
    assert "noprint" in page.h1.parent["class"]
    assert page.find(class_="notice").find_parent(class_="noprint") is None
