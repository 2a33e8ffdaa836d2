"""A claim that waits for the contact on file, what it opens then, and the list of mine."""

from typing import Any

import pytest
from flask import Flask

from models.outbox import Letter
from tests.models.builders import make_appointment
from tests.pages import StrictClient, read, words
from tests.views.visitors import errors, found_by, latest_code, look_up, page_of, send, sign_in

STRANGER = "stranger@example.org"

pytestmark = pytest.mark.usefixtures("clock")


def test_a_strangers_claim_waits_for_the_code_that_went_to_the_contact(client: StrictClient) -> None:
    hers = make_appointment("Binh")
    answer = look_up(sign_in(client, STRANGER), hers)
    assert answer.location == f"{page_of(hers)}/claim"
    said = words(client.page(answer.location))
    assert "b•••@example.org" in said
    assert "Sat 24 Jan 2026 in New York" in said
    for secret in ("Nguyễn", "I-485", "2:00", hers.confirmation_number, "binh@example.org", "Office"):
        assert secret not in said
    assert Letter.select().order_by(Letter.id.desc()).first().recipient == "binh@example.org"


def test_until_then_the_appointment_and_all_below_it_stay_shut(client: StrictClient) -> None:
    hers = make_appointment("Binh")
    look_up(sign_in(client, STRANGER), hers)
    assert client.get(page_of(hers)).location == f"{page_of(hers)}/claim"
    for below in ("notice", "notice.pdf", "calendar.ics", "receipts/any"):
        assert client.get(f"{page_of(hers)}/{below}").status_code == 404
    said = words(client.page("/appointments"))
    assert "Sat 24 Jan 2026 in New York" in said
    assert "Nguyễn" not in said


def test_the_right_code_opens_it_and_the_contact_is_told(client: StrictClient) -> None:
    hers = make_appointment("Binh")
    look_up(sign_in(client, STRANGER), hers)
    answer = send(client, f"{page_of(hers)}/claim", code=latest_code())
    assert answer.location == page_of(hers)
    assert "Nguyễn" in words(client.page(page_of(hers)))
    assert client.get(f"{page_of(hers)}/claim").location == page_of(hers)
    told = Letter.get(Letter.kind == "claimed")
    assert told.recipient == "binh@example.org"


@pytest.mark.parametrize("typed", ["", "12345", "abcdef"])
def test_what_is_no_code_is_asked_for_again(client: StrictClient, typed: str) -> None:
    hers = make_appointment("Binh")
    look_up(sign_in(client, STRANGER), hers)
    answer = send(client, f"{page_of(hers)}/claim", code=typed)
    assert (answer.status_code, errors(read(answer)).keys()) == (422, {"code"})


def test_the_fifth_wrong_code_spoils_it_and_a_new_one_helps(client: StrictClient) -> None:
    hers = make_appointment("Binh")
    look_up(sign_in(client, STRANGER), hers)
    code, page = latest_code(), f"{page_of(hers)}/claim"
    for _ in range(5):
        assert send(client, page, code=f"{(int(code) + 1) % 1_000_000:06}").status_code == 422
    assert send(client, page, code=code).status_code == 422
    assert send(client, page, again="1").location == page
    assert send(client, page, code=latest_code()).status_code == 303


def test_a_sign_in_code_confirms_no_claim(client: StrictClient, app: Flask) -> None:
    hers = make_appointment("Binh")
    look_up(sign_in(client, STRANGER), hers)
    sign_in(app.test_client(), STRANGER)
    assert send(client, f"{page_of(hers)}/claim", code=latest_code()).status_code == 422


def test_in_another_browser_the_claim_page_offers_to_send_a_code(client: StrictClient, app: Flask) -> None:
    hers = make_appointment("Binh")
    look_up(sign_in(client, STRANGER), hers)
    other = sign_in(app.test_client(), STRANGER)
    page = other.page(f"{page_of(hers)}/claim")
    assert page.find("input", attrs={"name": "code"}) is None
    assert send(other, f"{page_of(hers)}/claim", again="1").status_code == 303
    assert send(other, f"{page_of(hers)}/claim", code=latest_code()).location == page_of(hers)


def test_claim_letters_have_a_limit(client: StrictClient) -> None:
    hers = make_appointment("Binh")
    look_up(sign_in(client, STRANGER), hers)
    for _ in range(9):
        send(client, f"{page_of(hers)}/claim", again="1")
    assert send(client, f"{page_of(hers)}/claim", again="1").status_code == 429


def test_a_contact_with_only_a_telephone_gets_a_text_message(app: Flask, client: StrictClient) -> None:
    app.config["SMS_URL"] = "console:"
    hers = make_appointment("Binh", case={"contact_email": "", "contact_phone": "+12015550142"})
    look_up(sign_in(client, STRANGER), hers)
    assert "ends in 42" in words(client.page(f"{page_of(hers)}/claim"))
    letter = Letter.select().order_by(Letter.id.desc()).first()
    assert (letter.way, letter.recipient) == ("sms", "+12015550142")


def test_where_no_text_message_can_leave_nobody_waits_for_a_code(client: StrictClient) -> None:
    hers = make_appointment("Binh", case={"contact_email": "", "contact_phone": "+12015550142"})
    address = f"{page_of(hers)}/claim"
    assert look_up(sign_in(client, STRANGER), hers).location == address
    page = client.page(address)
    assert "this server sends no text messages" in words(page)
    assert "Ask the office that is named on your notice." in words(page)
    assert not page.select("main form")
    assert hers.office.name not in str(page)
    assert "no text messages" in words(read(send(client, address, on="/appointments/find", again="1")))
    assert Letter.select().where(Letter.way == "sms").count() == 0


def test_without_a_contact_the_first_claim_stands_and_the_second_asks_the_first(
    client: StrictClient, app: Flask
) -> None:
    hers = make_appointment("Binh", case={"contact_email": ""})
    assert look_up(sign_in(client, STRANGER), hers).location == page_of(hers)
    second = look_up(sign_in(app.test_client(), "late@example.org"), hers)
    assert second.location == f"{page_of(hers)}/claim"
    assert Letter.select().order_by(Letter.id.desc()).first().recipient == STRANGER


def test_the_code_is_on_the_claim_page_in_the_demonstration_only(make_app: Any) -> None:
    for demo in ("", "1"):
        client = make_app(DEMO=demo).test_client()
        hers = make_appointment("Binh")
        sign_in(client, STRANGER)
        page = client.page(look_up(client, hers).location)
        assert (latest_code() in words(page)) == bool(demo)


def test_the_list_holds_my_appointments_the_next_first(client: StrictClient) -> None:
    later, sooner = make_appointment(in_hours=480), make_appointment(in_hours=240)
    others = make_appointment("Binh")
    found_by(client, later)
    look_up(client, sooner)
    page = client.page("/appointments")
    ways = [link["href"] for link in page.find(class_="ways").find_all("a")]
    assert ways == [page_of(sooner), page_of(later)]
    assert others.reference not in str(page)


def test_an_empty_list_says_how_to_begin(client: StrictClient) -> None:
    page = sign_in(client).page("/appointments")
    assert page.main.find("a", href="/appointments/find")
