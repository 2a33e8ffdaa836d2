"""The ways out: a real mail server with all its moods, files, a web hook; and headers nobody can break out of."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from tests.views.mailbox import PARCEL, Mailbox, open_mailbox
from views import senders
from views.senders import NotSent, Parcel, as_email, mail_sender

CALENDAR = b"BEGIN:VCALENDAR\r\nSUMMARY:Cita en Bogot\xc3\xa1\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as opened:
        yield opened


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(senders, "WAIT_SECONDS", 1)


def send(url: str, parcel: Parcel = PARCEL) -> None:
    mail_sender(url, Path("nowhere")).send(parcel)


def read_back(parcel: Parcel) -> EmailMessage:
    message = message_from_bytes(as_email(parcel).as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


# --- a mail server


def test_a_letter_arrives_as_it_was_written(mailbox: Mailbox) -> None:
    send(mailbox.url)
    (letter,) = mailbox.letters
    assert (letter["Subject"], letter["To"]) == ("A message from Goodcause", "ana@posta.example")
    assert (letter["From"], letter["Message-ID"]) == (
        "Goodcause <no-reply@goodcause.example>",
        f"<{PARCEL.message_id}>",
    )
    assert (letter["Date"].datetime, letter["Content-Language"]) == (PARCEL.written_at, "en")
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().splitlines() == PARCEL.text.splitlines()


def test_a_spanish_letter_with_a_calendar_arrives_whole(mailbox: Mailbox) -> None:
    spanish = replace(
        PARCEL,
        subject="Un mensaje de José Núñez",
        sender_name="José Núñez",
        text="Mañana, 9:00 a. m.\n" + "á" * 2000 + "\n",
        calendar=CALENDAR,
    )
    send(mailbox.url, spanish)
    (letter,) = mailbox.letters
    assert letter["Subject"] == "Un mensaje de José Núñez"
    assert letter["From"].addresses[0].display_name == "José Núñez"
    text, calendar = letter.iter_parts()
    assert text.get_content().splitlines() == spanish.text.splitlines()
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "calendar.ics")
    assert calendar.get_payload(decode=True) == CALENDAR
    assert max(len(line) for line in mailbox.arrived[0].splitlines()) <= 998


@pytest.mark.parametrize(
    ("answer", "for_good"), [("451 try later", False), ("452 full", False), ("550 no such box", True)]
)
def test_a_refused_letter_says_whether_to_try_again(mailbox: Mailbox, answer: str, for_good: bool) -> None:
    mailbox.answers = [answer]
    with pytest.raises(NotSent, match=answer) as refused:
        send(mailbox.url)
    assert refused.value.for_good == for_good
    send(mailbox.url)
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize(("answer", "for_good"), [("450 grey", False), ("550 nobody", True)])
def test_a_refused_recipient_says_whether_to_try_again(mailbox: Mailbox, answer: str, for_good: bool) -> None:
    mailbox.refused_recipients = {PARCEL.recipient: answer}
    with pytest.raises(NotSent, match=answer) as refused:
        send(mailbox.url)
    assert refused.value.for_good == for_good


def test_a_server_that_closes_after_the_letter_gets_the_same_one_again(mailbox: Mailbox) -> None:
    mailbox.answers = ["close"]
    with pytest.raises(NotSent) as refused:
        send(mailbox.url)
    assert not refused.value.for_good
    send(mailbox.url)
    first, second = mailbox.arrived
    assert first == second


def test_a_server_that_hangs_is_left_after_a_while() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NotSent) as refused:
        send(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
    assert not refused.value.for_good


def test_a_server_that_is_away_is_tried_again() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(NotSent) as refused:
            send(f"smtp://127.0.0.1:{taken.getsockname()[1]}")
    assert not refused.value.for_good


def test_without_the_encryption_asked_for_nothing_leaves(mailbox: Mailbox) -> None:
    with pytest.raises(NotSent):
        send(f"{mailbox.url}?starttls=1")
    assert mailbox.arrived == []


def test_a_wrong_password_is_for_the_host_to_mend(mailbox: Mailbox) -> None:
    with pytest.raises(NotSent):
        send(mailbox.url.replace("//", "//somebody:secret@"))
    assert mailbox.arrived == []


# --- headers


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x00"])
def test_nothing_breaks_out_of_a_header(end: str) -> None:
    wrong = f"Good{end}Bcc: thief@example.org"
    message = read_back(replace(PARCEL, subject=wrong, sender_name=wrong))
    assert message["Bcc"] is None
    assert message["Subject"] == "Good Bcc: thief@example.org"


@pytest.mark.parametrize(
    "recipient", ["", "nobody", "a@b\r\nBcc: c@d", "a@b, c@d", "a@b\nDATA", "<a@b>", "a b@c", "a@b\x00"]
)
def test_what_is_no_address_is_given_up(recipient: str) -> None:
    with pytest.raises(NotSent) as refused:
        as_email(replace(PARCEL, recipient=recipient))
    assert refused.value.for_good


def test_a_mailbox_named_in_another_script_is_reached(mailbox: Mailbox) -> None:
    send(mailbox.url, replace(PARCEL, recipient="dalía@posta.example"))
    assert [letter["To"] for letter in mailbox.letters] == ["dalía@posta.example"]


def test_it_is_given_up_where_the_server_cannot_read_it() -> None:
    with open_mailbox(enable_SMTPUTF8=False) as old, pytest.raises(NotSent) as refused:
        send(old.url, replace(PARCEL, recipient="dalía@posta.example"))
    assert refused.value.for_good
