"""The worker: takes waiting letters one by one, puts them into words, sends them and tidies up in between."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, current_app
from flask_babel import force_locale
from peewee import PeeweeException

from models import deciding, housekeeping, keys, outbox
from models.appointments import Appointment
from models.database import Busy, close_connection, open_connection
from models.outbox import CODE_KIND, Letter, Way
from models.receipts import Result
from models.sign_ins import CODE_TIME
from views import clock, language
from views.calendar_files import calendar_file
from views.letter_parts import is_to_contact, receipt_of
from views.letter_words import words_of
from views.senders import NotSent, Parcel, Sender, mail_sender, sms_sender

log = logging.getLogger("goodcause.letters")

IDLE_SECONDS = 2.0
TROUBLE_SECONDS = 5.0
TIDY_SECONDS = 60.0


def work(app: Flask, stop: threading.Event) -> None:
    """Send and tidy until told to stop. The database may go away and come back meanwhile."""
    tidy_at = time.monotonic()
    while not stop.is_set():
        wait = 0.0
        try:
            with app.app_context():
                open_connection()
                if time.monotonic() >= tidy_at:
                    tidy_at = time.monotonic() + TIDY_SECONDS
                    tidy()
                if not send_next():
                    wait = IDLE_SECONDS
        except (Busy, PeeweeException) as problem:
            log.warning("the database is away: %s", type(problem).__name__)
            close_connection()
            wait = TROUBLE_SECONDS
        stop.wait(wait)
    close_connection()


def run_once() -> int:
    """Send everything that is due now and tidy; how many letters were tried."""
    tidy()
    tried = 0
    while send_next():
        tried += 1
    return tried


def tidy() -> None:
    """End what nobody decided in time, then what needs no decision."""
    now = clock.now()
    deciding.lapse_reviews(now)
    housekeeping.tidy(now)


def send_next() -> bool:
    """Send the next due letter, or note why it could not leave; False when none was due."""
    now = clock.now()
    letter = outbox.claim_next(now) if outbox.oldest_waiting(now) else None
    if letter is None:
        return False
    try:
        _send(letter)
    except NotSent as problem:
        _note(letter, str(problem), for_good=problem.for_good)
    except (Busy, PeeweeException):
        raise
    except Exception as problem:  # noqa: BLE001 - a letter without words must not hold up the others
        _note(letter, f"{type(problem).__name__}: {problem}", for_good=False)
    else:
        outbox.mark_sent(letter, clock.now())
        log.info("letter sent", extra={"fields": {"letter": letter.id, "kind": letter.kind}})
    return True


def _note(letter: Letter, problem: str, *, for_good: bool) -> None:
    """Why it did not leave stands in its row; the log gets no words that may name somebody."""
    outbox.mark_failed(letter, problem, clock.now(), for_good=for_good)
    fields = {"letter": letter.id, "kind": letter.kind, "tries": letter.tries, "for_good": for_good}
    log.warning("letter not sent", extra={"fields": fields})


def _send(letter: Letter) -> None:
    if letter.kind == CODE_KIND and clock.now() >= letter.made_at + CODE_TIME:
        raise NotSent("The time of this code is over.", for_good=True)
    sender = sender_for(Way(letter.way))
    tag = letter.language if letter.language in language.LANGUAGES else language.SOURCE
    with force_locale(tag):
        sender.send(parcel_of(letter, tag))


def sender_for(way: Way) -> Sender:
    """The sender that the settings name for a way. Raises NotSent where there is none, ValueError for a wrong one."""
    config = current_app.config
    if way == Way.EMAIL:
        return mail_sender(str(config["MAIL_URL"]), Path(config["INSTANCE"]) / "mail")
    found = sms_sender(str(config["SMS_URL"]))
    if found is None:
        raise NotSent("There is no way to send text messages. Set GOODCAUSE_SMS_URL.", for_good=True)
    return found


def parcel_of(letter: Letter, tag: str) -> Parcel:
    """A letter in words and ready to leave, in the language that is forced now."""
    words = words_of(letter)
    config = current_app.config
    host = urlsplit(str(config["BASE_URL"])).hostname
    return Parcel(
        message_id=f"{keys.digest('message-id', f'{letter.id}:{letter.key}')[:32]}@{host}",
        sender=str(config["MAIL_FROM"]) or f"no-reply@{host}",
        sender_name=str(config["SITE_NAME"]),
        recipient=letter.recipient,
        subject=words.subject,
        text=words.text,
        language=tag,
        written_at=letter.made_at,
        calendar=_calendar(letter),
    )


def _calendar(letter: Letter) -> bytes | None:
    """The new time as a calendar file, only for the mailbox of the account itself."""
    if letter.kind != Result.MOVED or letter.way != Way.EMAIL or is_to_contact(letter):
        return None
    appointment = Appointment.get_by_id(letter.data["appointment"])
    if int(appointment.starts_at.timestamp()) != receipt_of(letter).body["new"]["starts_at"]:
        return None  # moved again since: the later letter carries the file
    return calendar_file(appointment, letter.made_at, str(current_app.config["BASE_URL"]))
