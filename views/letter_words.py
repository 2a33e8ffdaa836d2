"""What letters say: a neutral subject and beginning, then what happened, what it means and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext as _

from models.appointments import Appointment
from models.offices import Office
from models.outbox import Letter, Way
from models.receipts import Receipt
from models.reviews import Review
from models.sign_ins import Purpose
from views.formats import NO_BREAK, Style, moment_text, zone_words
from views.letter_parts import (
    CODE_MINUTES,
    address,
    full_time,
    is_to_contact,
    not_me_address,
    public_address,
    receipt_of,
    site,
)
from views.letter_texts import TEXTS
from views.letter_tokens import VALID


@dataclass(frozen=True)
class Words:
    """A letter in its language."""

    subject: str
    text: str


def words_of(letter: Letter) -> Words:
    """The words of a letter in the language that is forced now. KeyError for a kind that has none."""
    subject = _("A message from %(site)s", site=site())
    if letter.way == Way.SMS:
        return Words(subject, _plain(TEXTS[letter.kind](letter)))
    paragraphs = [_beginning(), *LETTERS[letter.kind](letter), _end()]
    return Words(subject, _plain("\n\n".join(paragraphs) + "\n"))


def _beginning() -> str:
    """What a locked screen shows of a letter: nothing of what it is about."""
    return _("Hello. This is a message from %(site)s. Please open it to read what it is about.", site=site())


def _end() -> str:
    return _(
        "%(site)s is not a government site. Please do not answer this message: nobody reads the answers.",
        site=site(),
    )


def _plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def _way_on(letter: Letter) -> list[str]:
    """What the reader can do: the contact on file may stop it, the account may sign in."""
    sign_in = _("To see the appointment, sign in:") + "\n" + address("/sign-in")
    if not is_to_contact(letter):
        return [sign_in]
    stop = _(
        "Was this not you, and did nobody do it for you? Open this page and press the button."
        " It stops all changes for 24 hours. The link works for %(days)s days.",
        days=VALID.days,
    )
    return [stop + "\n" + not_me_address(letter), sign_in]


def _proof(receipt: Receipt) -> str:
    said = _(
        "Receipt code: %(code)s. It proves when this was asked and what came of it. Check it here:",
        code=receipt.code,
    )
    return said + "\n" + public_address("/receipts")


# --- e-mails, by kind: paragraphs


def _code(letter: Letter) -> list[str]:
    code = letter.data["code"]
    if letter.data.get("purpose") == Purpose.CLAIM:
        return [
            _(
                "Somebody wants to see and change an appointment that has you as its contact."
                " They gave its number and the date of birth."
            ),
            _(
                "If that is you, or somebody you trust with it, this code opens it: %(code)s."
                " It works once, for %(minutes)s minutes.",
                code=code, minutes=CODE_MINUTES,
            ),
            _("If not, keep the code to yourself. Without it nothing happens."),
        ]  # fmt: skip
    return [
        _(
            "Your code to sign in: %(code)s. It works once, for %(minutes)s minutes.",
            code=code,
            minutes=CODE_MINUTES,
        ),
        _("Type it on the page that asked for it and give it to nobody. We never ask for it by phone."),
        _("If you did not ask for a code, you need do nothing."),
    ]


def _moved(letter: Letter) -> list[str]:
    receipt = receipt_of(letter)
    return [
        _("The appointment has a new time:") + "\n" + full_time(receipt.body["new"]),
        _("The old time no longer counts:") + "\n" + full_time(receipt.body["old"]),
        _proof(receipt),
        *_way_on(letter),
    ]


def _sent_for_review(letter: Letter) -> list[str]:
    receipt = receipt_of(letter)
    review = Review.get(Review.receipt == receipt)
    office, until = Office.get_by_id(receipt.body["new"]["office"]), review.until
    return [
        _("Nothing has changed yet. This time still counts:") + "\n" + full_time(receipt.body["old"]),
        _("Somebody has to look at the wish first. Meanwhile we keep this place:")
        + "\n" + full_time(receipt.body["new"]),
        _(
            "It is decided by %(moment)s, %(zone)s. If nobody decides until then, nothing changes.",
            moment=moment_text(until, office.zone), zone=zone_words(office, until),
        ),
        _proof(receipt),
        *_way_on(letter),
    ]  # fmt: skip


def _declined(letter: Letter) -> list[str]:
    reason = str(letter.data.get("reason", "")).strip()
    return [
        _("Your wish for another time was looked at, and the answer is no. This time still counts:")
        + "\n" + full_time(receipt_of(letter).body["old"]),
        *([_("The reason: %(reason)s", reason=reason)] if reason else []),
        *_way_on(letter),
    ]  # fmt: skip


def _lapsed(letter: Letter) -> list[str]:
    return [
        _("Nobody decided about your wish in time, so nothing was changed. This time still counts:")
        + "\n" + full_time(receipt_of(letter).body["old"]),
        _("We are sorry. You can ask again, or call."),
        *_way_on(letter),
    ]  # fmt: skip


def _claimed(letter: Letter) -> list[str]:
    return [
        _(
            "Somebody has added an appointment that has you as its contact to their account."
            " They can now see it and change it."
        ),
        *_way_on(letter),
    ]


def _not_me_alert(letter: Letter) -> list[str]:
    """For the staff of an office: a reference, no name, no number of a case."""
    appointment = Appointment.get_by_id(letter.data["appointment"])
    until, office = datetime.fromtimestamp(letter.data["until"], UTC), appointment.office
    return [
        _(
            "Somebody who is the contact of an appointment at this office says that a change was not theirs."
            " Reference: %(reference)s.",
            reference=appointment.reference,
        ),
        _(
            "Its changes are paused until %(moment)s, %(zone)s.",
            moment=moment_text(until, office.zone, Style.SENTENCE_YEAR), zone=zone_words(office, until),
        ),
        _(
            "Please look at what was changed and who asked for it before the pause ends."
            " Every paused appointment is listed on the server by: %(command)s",
            command="flask --app app review list",
        ),
    ]  # fmt: skip


LETTERS: dict[str, Callable[[Letter], list[str]]] = {
    "code": _code,
    "moved": _moved,
    "sent_for_review": _sent_for_review,
    "review_declined": _declined,
    "review_lapsed": _lapsed,
    "claimed": _claimed,
    "not_me_alert": _not_me_alert,
}
