"""`flask review`: what was sent for review, and the decision."""

from __future__ import annotations

import getpass

import click
from flask.cli import with_appcontext

from models import deciding
from models.appointments import Appointment
from models.claims import paused_appointments
from models.offices import Office
from models.receipts import Receipt, Result
from models.reviews import Review, waiting_reviews
from views import clock
from views.commands.ready import data_ready

GONE = (
    "This review is not waiting any more: it was decided, replaced or ran out of time. Nothing was changed."
)


@click.group("review")
def review() -> None:
    """List, grant or decline what was sent for review."""


@review.command("list")
@with_appcontext
def list_waiting() -> None:
    """Print what waits for a decision, the most urgent first, then what is paused after "this was not me"."""
    now = clock.now()
    with data_ready():
        waiting, paused = waiting_reviews(now), paused_appointments(now)
        for found in waiting:
            click.echo(_line(found))
        for appointment in paused:
            click.echo(_paused_line(appointment))
    if not waiting:
        click.echo("Nothing waits for a decision.")


@review.command("grant")
@click.argument("number", metavar="ID", type=int)
@with_appcontext
def grant(number: int) -> None:
    """Move the appointment as wished. The rules are judged again."""
    with data_ready():
        receipt = deciding.grant(_find(number), _who(), clock.now())
    if receipt is None:
        raise click.ClickException(GONE)
    click.echo(_outcome(receipt))
    if receipt.result != Result.MOVED:
        raise SystemExit(1)


@review.command("decline")
@click.argument("number", metavar="ID", type=int)
@click.option("--reason", required=True, help="A sentence for the person who asked; it stands in the letter.")
@with_appcontext
def decline(number: int, reason: str) -> None:
    """Keep the old time, give the wished place back and write why."""
    plain = " ".join(reason.split())
    if not plain or not plain.isprintable():
        raise click.ClickException("Write the reason as one plain sentence.")
    with data_ready():
        found, now = _find(number), clock.now()
        declined = found.is_waiting(now) and deciding.decline(found, _who(), plain, now)
    if not declined:
        raise click.ClickException(GONE)
    click.echo(f"Declined review {number}. The old time stays; a letter says why.")


def _find(number: int) -> Review:
    found: Review | None = Review.get_or_none(Review.id == number)
    if found is None:
        raise click.ClickException(f"There is no review {number}. See: flask --app app review list")
    return found


def _who() -> str:
    """Who decided, for the record: whoever is logged in to this machine."""
    return f"command line: {getpass.getuser()}"


def _line(found: Review) -> str:
    appointment = Appointment.get_by_id(found.appointment_id)
    office = Office.get_by_id(appointment.office_id)
    wished = found.hold.slot
    until = office.local(found.until)
    return (
        f"{found.id}  {appointment.reference}  until {until:%Y-%m-%d %H:%M %Z}\n"
        f"    from {office.slug} {appointment.starts_local}\n"
        f"    to   {wished.office.slug} {wished.office.local(wished.starts_at):%Y-%m-%dT%H:%M}\n"
        f"    why  {', '.join(found.rules)}"
    )


def _paused_line(appointment: Appointment) -> str:
    until = appointment.office.local(appointment.case.frozen_until)
    return f"paused  {appointment.reference}  until {until:%Y-%m-%d %H:%M %Z}  somebody said: this was not me"


def _outcome(receipt: Receipt) -> str:
    said = {
        Result.MOVED: "Moved.",
        Result.REFUSED: f"Not moved: {', '.join(receipt.rules)}.",
        Result.PLACE_TAKEN: "Not moved: the place is gone.",
        Result.CHANGED_MEANWHILE: "Not moved: the appointment has changed meanwhile.",
        Result.SENT_FOR_REVIEW: "Not moved: there are new reasons to look at.",
    }
    return f"{said[Result(receipt.result)]} Receipt {receipt.code}"


COMMANDS: tuple[click.Command, ...] = (review,)
