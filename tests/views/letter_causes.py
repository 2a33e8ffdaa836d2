"""What makes each kind of letter, and the letter as it leaves."""

from collections.abc import Callable

from flask import Flask
from flask_babel import force_locale

from models.appointments import ActingAs
from models.claims import confirm as confirm_claim
from models.claims import find, not_me, send_claim_code
from models.deciding import decline, lapse_reviews
from models.offices import Office
from models.outbox import Letter
from models.reviews import Review
from models.sign_ins import Purpose, send_code
from tests.models.builders import (
    NOW,
    choose,
    choose_and_confirm,
    confirm,
    make_account,
    make_appointment,
    make_office,
    make_slot,
)
from views.delivery import parcel_of
from views.senders import Parcel


def a_code() -> None:
    send_code(Purpose.SIGN_IN, "ana@example.org", NOW, language="en")


def a_move() -> None:
    choose_and_confirm(make_appointment(case={"contact_email": "contact@example.org"}), make_slot())


def a_review() -> Review:
    appointment = make_appointment(case={"contact_email": "contact@example.org"})
    choose(appointment, make_slot(), good_cause="other", good_cause_details="My bus does not run.")
    return Review.get(Review.receipt == confirm(appointment))


def a_declined_review() -> None:
    decline(a_review(), "an officer", "The bus runs.", NOW)


def a_lapsed_review() -> None:
    lapse_reviews(a_review().until)


def a_claim() -> None:
    appointment = make_appointment(case={"contact_email": "contact@example.org"})
    found = find(make_account("Binh"), appointment.confirmation_number, appointment.person.date_of_birth,
                 ActingAs.SELF, NOW)  # fmt: skip
    assert found
    token, code = send_claim_code(found, NOW)
    assert confirm_claim(found.claim, token, code, NOW)


def an_objection() -> None:
    make_office("XNY")
    Office.update(email="office@example.org").execute()
    not_me(make_appointment(), NOW)


CAUSES: dict[str, Callable[[], object]] = {
    "code": a_code,
    "moved": a_move,
    "sent_for_review": a_review,
    "review_declined": a_declined_review,
    "review_lapsed": a_lapsed_review,
    "claimed": a_claim,
    "not_me_alert": an_objection,
}
BY_MAIL_ONLY = {"not_me_alert"}  # an office has no number for text messages


def letter_of(kind: str, recipient: str | None = None) -> Letter:
    query = Letter.select().where(Letter.kind == kind)
    return (query.where(Letter.recipient == recipient) if recipient else query).get()


def written(app: Flask, letter: Letter, language: str = "en") -> Parcel:
    with app.app_context(), force_locale(language):
        return parcel_of(letter, language)
