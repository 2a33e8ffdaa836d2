"""`flask demo`: build the demonstration around now and say what to try."""

from __future__ import annotations

import json
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from models.appointments import Appointment
from models.demonstration.build import Built, rebuild
from models.demonstration.examples import Example
from models.people import Account
from views import clock
from views.commands.ready import data_ready

# one of each kind, for the short text
TO_TRY = ("MOVE1001", "MOVE1002", "ASYL1009", "SOON2001", "LATE2003", "TWIC2006", "TWIC3001", "ELSE2013")
BY_HAND = ("SAFE4002", "STOP4004")


@click.command("demo")
@click.option("--json", "as_json", is_flag=True, help="Print everything there is to try, for scripts.")
@with_appcontext
def demo(as_json: bool) -> None:
    """Build the demonstration anew around now. Needs GOODCAUSE_DEMO=1."""
    if not current_app.config["DEMO"]:
        raise click.UsageError("This is for the demonstration only. Set GOODCAUSE_DEMO=1 to build it.")
    with data_ready():
        built = rebuild(clock.now())
    if built is None:
        raise click.ClickException(
            "This database holds data that the demonstration did not make, so nothing was changed. "
            "Give the demonstration a database of its own with GOODCAUSE_DATABASE_URL."
        )
    if as_json:
        click.echo(json.dumps(as_data(built), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(built))


def as_data(built: Built) -> dict[str, Any]:
    """What scripts read. The appointments in `special_appointments` do not simply open and move by a look-up."""
    return {
        "base_time": built.base_time.isoformat(),
        "accounts": [_account(account) for account in built.accounts],
        "appointments": [_appointment(*pair) for pair in built.examples],
        "special_appointments": [
            {**_appointment(*pair), "why_special": pair[0].why_special} for pair in built.special
        ],
        "interviews": [],
        "visits": [],
    }


def _account(account: Account) -> dict[str, Any]:
    row = {"email": account.email, "role": account.role, "name": account.name}
    return {**row, "office": account.office.slug} if account.office else row


def _appointment(example: Example, appointment: Appointment) -> dict[str, Any]:
    return {
        "reference": appointment.reference,
        "confirmation_number": appointment.confirmation_number,
        "date_of_birth": appointment.person.date_of_birth.isoformat(),
        "system": appointment.system,
        "form": appointment.case.form_or_visa_class,
        "office": appointment.office.slug,
        "starts_local": appointment.starts_local,
        "account": example.person.email,
        "acting_as": example.acting_as,
        "verdict": example.verdict,
        "rules": list(example.rules),
        "note": example.note,
    }


def as_text(built: Built) -> str:
    """What a person reads: a few examples with all that is needed to open them."""
    everything = {example.number: (example, row) for example, row in (*built.examples, *built.special)}
    lines = [
        "The demonstration is ready. Its people are invented; its letters reach nobody.",
        "Sign in with an e-mail address from the list: the page shows you the code. Then find the appointment",
        "with its confirmation number and date of birth.",
        "",
        *[_line(*everything[number]) for number in TO_TRY],
        "",
        "Things to try by hand:",
        *[_line(*everything[number]) for number in BY_HAND],
        "",
        f"These are {len(TO_TRY) + len(BY_HAND)} of {len(everything)}. To build it anew and see all of them:",
        "GOODCAUSE_DEMO=1 .venv/bin/flask --app app demo --json",
    ]
    return "\n".join(lines)


def _line(example: Example, appointment: Appointment) -> str:
    born = appointment.person.date_of_birth.isoformat()
    return f"  {example.number}  {born}  {example.person.email}\n    {example.note}"


COMMANDS: tuple[click.Command, ...] = (demo,)
