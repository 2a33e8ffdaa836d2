"""What text messages say: one or two lines, as neutral as a locked screen needs."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from models.outbox import Letter
from models.sign_ins import Purpose
from views.letter_parts import (
    CODE_MINUTES,
    address,
    is_to_contact,
    not_me_address,
    receipt_of,
    short_time,
    site,
)


def _code_text(letter: Letter) -> str:
    said = _("%(code)s is your code from %(site)s. It works for %(minutes)s minutes.",
             code=letter.data["code"], site=site(), minutes=CODE_MINUTES)  # fmt: skip
    if letter.data.get("purpose") == Purpose.CLAIM:
        return said + " " + _("Give it only to somebody you trust.")
    return said + " " + _("Give it to nobody.")


def _ending(letter: Letter) -> str:
    if not is_to_contact(letter):
        return ""
    return " " + _("Not you? %(address)s", address=not_me_address(letter))


def _moved_text(letter: Letter) -> str:
    receipt = receipt_of(letter)
    time = short_time(receipt.body["new"])
    return _("%(site)s: your new time is %(time)s. Receipt %(code)s.",
             site=site(), time=time, code=receipt.code) + _ending(letter)  # fmt: skip


def _review_text(letter: Letter) -> str:
    receipt = receipt_of(letter)
    time = short_time(receipt.body["old"])
    return _("%(site)s: somebody has to look at your wish. Until then your time stays %(time)s. Receipt %(code)s.",
             site=site(), time=time, code=receipt.code) + _ending(letter)  # fmt: skip


def _stays_text(letter: Letter) -> str:
    time = short_time(receipt_of(letter).body["old"])
    return _("%(site)s: your time stays %(time)s. Sign in to read why: %(address)s",
             site=site(), time=time, address=address("/sign-in")) + _ending(letter)  # fmt: skip


def _claimed_text(letter: Letter) -> str:
    return _(
        "%(site)s: somebody can now see and change a time that you are the contact for.", site=site()
    ) + _ending(letter)


TEXTS: dict[str, Callable[[Letter], str]] = {
    "code": _code_text,
    "moved": _moved_text,
    "sent_for_review": _review_text,
    "review_declined": _stays_text,
    "review_lapsed": _stays_text,
    "claimed": _claimed_text,
}
