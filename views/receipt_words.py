"""What a receipt says first, in the words of its result."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from models.appointments import Appointment, Claim, Status
from models.offices import Office
from models.outbox import Way
from models.people import Account
from models.receipts import Receipt, Result, receipt_of
from models.reviews import Review, ReviewState
from models.telling import sms_number
from models.wishes import granted_key
from views import clock
from views.formats import filled, masked_email, masked_number, moment, zone_words


@dataclass(frozen=True)
class End:
    """One end of a move as the receipt remembers it."""

    office: Office
    starts_at: datetime

    @property
    def words(self) -> Markup:
        """Day and time on the clock of its office."""
        return moment(self.starts_at, self.office.zone)


@dataclass(frozen=True)
class Told:
    """The page's first words: which mark, the sentence, lines under it, and the way on if there is one."""

    mark: str
    sentence: Markup
    lines: list[Markup] = field(default_factory=list)
    again: str | None = None


def _end(kept: dict[str, Any]) -> End:
    return End(Office.get_by_id(kept["office"]), datetime.fromtimestamp(kept["starts_at"], UTC))


def still_stands(receipt: Receipt, appointment: Appointment) -> bool:
    """Whether the appointment is still where this receipt put it."""
    new = receipt.body["new"]
    here = (appointment.office_id, int(appointment.starts_at.timestamp())) == (
        new["office"],
        new["starts_at"],
    )
    return receipt.result == Result.MOVED and here and appointment.status == Status.SCHEDULED


def told_of(receipt: Receipt, held: Claim) -> Told:
    """What the page of a receipt says first."""
    tell = {
        Result.MOVED: _moved,
        Result.REFUSED: _refused,
        Result.PLACE_TAKEN: _place_taken,
        Result.CHANGED_MEANWHILE: _changed_meanwhile,
        Result.SENT_FOR_REVIEW: _sent_for_review,
    }
    return tell[Result(receipt.result)](receipt, held)


def _moved(receipt: Receipt, held: Claim) -> Told:
    old, new = _end(receipt.body["old"]), _end(receipt.body["new"])
    sentence = filled(_("Done. You are expected on <b>%(moment)s</b>."), moment=new.words)
    if not still_stands(receipt, held.appointment):
        later = _(
            "The appointment was changed again after this receipt. Look at its page for the time that counts."
        )
        sentence = filled(_("Done. It was moved to <b>%(moment)s</b>."), moment=new.words)
        return Told("allowed", sentence, [filled("%(text)s", text=later)])
    place = filled(
        _("At %(office)s, %(zone)s. Your old time on %(old)s is given back."),
        office=new.office.name,
        zone=zone_words(new.office, new.starts_at),
        old=old.words,
    )
    return Told("allowed", sentence, [place, _letter_line(receipt, held)])


def _letter_line(receipt: Receipt, held: Claim) -> Markup:
    """Where the message about it went."""
    account = Account.get_by_id(receipt.account_id) if receipt.account_id else held.account
    number = sms_number(account, held.appointment)
    if receipt.body["contact_by"] == Way.SMS and number:
        return filled(
            _("We sent this to the phone number that ends in %(digits)s."), digits=masked_number(number)
        )
    return filled(_("We sent this to %(address)s."), address=masked_email(account.email))


def _yours(held: Claim) -> Markup:
    """What has not changed: the time that the person has."""
    appointment = held.appointment
    return filled(
        _("Nothing has changed. You are still expected on %(moment)s in %(city)s, %(zone)s."),
        moment=moment(appointment.starts_at, appointment.office.zone),
        city=appointment.office.city,
        zone=zone_words(appointment.office, appointment.starts_at),
    )


def _refused(receipt: Receipt, held: Claim) -> Told:
    new = _end(receipt.body["new"])
    frozen_until = receipt.body.get("frozen_until")
    sentence = filled(_("It could not be moved to <b>%(moment)s</b>."), moment=new.words)
    lines = [_yours(held)]
    if frozen_until:
        until = moment(datetime.fromtimestamp(frozen_until, UTC), held.appointment.office.zone)
        paused = _(
            "Changes are paused until %(until)s, because the contact on file told us “this was not me”."
        )
        lines.append(filled(paused, until=until))
    return Told("blocked", sentence, lines)


def _place_taken(receipt: Receipt, held: Claim) -> Told:
    sentence = filled(
        _("Somebody else took the place on <b>%(moment)s</b> just before you."),
        moment=_end(receipt.body["new"]).words,
    )
    return Told("blocked", sentence, [_yours(held)], _("Choose another time"))


def _changed_meanwhile(receipt: Receipt, held: Claim) -> Told:
    sentence = filled(_("Something had changed while you were choosing, so we moved nothing."))
    lines = [
        _yours(held),
        filled(_("Look at the appointment as it is now. Then choose again if you still want to.")),
    ]
    return Told("blocked", sentence, lines, _("Choose again"))


def _sent_for_review(receipt: Receipt, held: Claim) -> Told:
    """The wish that a person looks at, and what has become of it."""
    review = Review.get(Review.receipt == receipt)
    state = ReviewState(review.state)
    wished = _end(receipt.body["new"])
    if state is ReviewState.WAITING and review.is_waiting(clock.now()):
        sentence = filled(_("We sent your wish to a person. <b>Nothing has changed yet.</b>"))
        asked = filled(
            _(
                "You asked for %(moment)s in %(city)s. We hold that place and answer by %(until)s at the latest."
            ),
            moment=wished.words,
            city=wished.office.city,
            until=moment(review.until, held.appointment.office.zone),
        )
        return Told("needs_review", sentence, [asked, _yours(held)])
    said_now = {
        ReviewState.GRANTED: _("A person looked at your wish and said yes."),
        ReviewState.DECLINED: _("A person looked at your wish and could not say yes. You keep your time."),
        ReviewState.REPLACED: _("Another change took the place of this wish."),
    }.get(
        state,
        _("Nobody could decide in time, so this wish has ended. You keep your time. You can ask again."),
    )
    lines = [filled("%(reason)s", reason=review.reason)] if review.reason else []
    if state is ReviewState.GRANTED:
        lines.append(_moved_since(review, held))
    return Told("needs_review", filled("%(text)s", text=said_now), lines)


def _moved_since(review: Review, held: Claim) -> Markup:
    """The time that a granted wish brought, and the way to the receipt that proves it."""
    moved = receipt_of(held.appointment, granted_key(review.hold.key))
    assert moved is not None
    new, ref = _end(moved.body["new"]), held.appointment.reference
    return filled(
        _('It was moved to <b>%(moment)s</b> in %(city)s. <a href="%(url)s">See the receipt of the move</a>'),
        moment=new.words,
        city=new.office.city,
        url=url_for("answers.show", ref=ref, key=moved.key),
    )
