"""Commands on the data: import, export, open places, make accounts, verify."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from models import exporting, verifying
from models.accounts import create_account
from models.imports.appointments import Appointments
from models.imports.importing import Report, Sheet, run_import
from models.imports.offices import Offices
from models.imports.slots import Slots
from models.offices import Office, find_office
from models.opening import DAYS_LIMIT, NotOpened, open_slots
from models.people import Role
from models.rules.systems import SYSTEMS
from models.typed import is_email, plain
from views.clock import now
from views.commands.importing_words import fault_lines
from views.commands.ready import data_ready

SHEETS: dict[str, type[Sheet[Any]]] = {sheet.kind: sheet for sheet in (Offices, Appointments, Slots)}
STEPS = 1000
DAY = click.DateTime(formats=["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)

NOT_OPENED = {
    NotOpened.HELD_ELSEWHERE: "This office keeps its calendar elsewhere. Set held to “here” in the offices first.",
    NotOpened.NO_HOURS: "This office has no weekly hours. Import them first, such as mon 08:00-16:00.",
    NotOpened.NO_PLACES: "This office needs places_per_slot and slot_minutes above 0. Import them first.",
    NotOpened.DAYS_BACKWARDS: "The last day is before the first. Turn the two round.",
    NotOpened.TOO_MANY_DAYS: f"Open at most {DAYS_LIMIT} days at a time.",
}


@click.command("import", help="Import a CSV file, all rows or none.")
@click.argument("kind", type=click.Choice(list(SHEETS)))
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Check only; change nothing.")
@with_appcontext
def import_file(kind: str, file: Path, dry_run: bool) -> None:
    with data_ready():
        report = _import(SHEETS[kind], file, dry_run)
    for line in fault_lines(report):
        click.echo(line, err=True)
    if report.faulty_rows:
        click.echo("Nothing was imported.", err=True)
        sys.exit(1)
    if dry_run:
        click.echo(f"{_rows(report)} can be imported. Nothing was changed.")
        return
    same = report.rows - report.added - report.changed
    click.echo(f"{_rows(report)}: {report.added:,} added, {report.changed:,} changed, {same:,} as they were.")


def _rows(report: Report) -> str:
    return "1 row" if report.rows == 1 else f"{report.rows:,} rows"


def _import(sheet: type[Sheet[Any]], file: Path, dry_run: bool) -> Report:
    with click.progressbar(length=STEPS, label=f"Reading {file.name}", file=sys.stderr) as bar:
        return run_import(sheet, file, now(), dry_run, lambda part: bar.update(int(part * STEPS) - bar.pos))


@click.command(
    "export", help="Write offices, appointments or slots as a CSV file that can be imported again."
)
@click.argument("kind", type=click.Choice(list(SHEETS)))
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True))
@with_appcontext
def export_file(kind: str, file: Any) -> None:
    with data_ready():
        for line in exporting.lines(kind):
            file.write(line)


@click.command(
    "open-slots", help="Open places from an office's weekly hours, skipping closures; safe to repeat."
)
@click.option("--office", "office_name", required=True, help="KIND-CODE, such as asc-XNO.")
@click.option("--from", "first", type=DAY, required=True, help="The first day, such as 2026-08-01.")
@click.option("--to", "last", type=DAY, required=True, help="The last day, included.")
@click.option("--system", type=click.Choice(list(SYSTEMS)), default="biometrics", show_default=True)
@with_appcontext
def open_places(office_name: str, first: datetime, last: datetime, system: str) -> None:
    with data_ready():
        opened = open_slots(_office(office_name), first.date(), last.date(), system, now())
    if isinstance(opened, NotOpened):
        raise click.ClickException(NOT_OPENED[opened])
    click.echo(
        f"{opened.added:,} times opened with {opened.places:,} places; {opened.already_there:,} stood already."
    )
    if opened.closed:
        click.echo(f"Left out as closed: {', '.join(day.isoformat() for day in opened.closed)}")


@click.command("create-account", help="Make an account with a role.")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--office", "office_name", help="KIND-CODE, such as asc-XNO; an officer needs one.")
@with_appcontext
def new_account(email: str, role: str, office_name: str | None) -> None:
    address = plain(email)
    if not is_email(address):
        raise click.ClickException("Write one e-mail address, such as name@example.org.")
    if role == Role.OFFICER and office_name is None:
        raise click.ClickException("An officer works at an office. Add --office, such as --office asc-XNO.")
    with data_ready():
        office = None if office_name is None else _office(office_name)
        account = create_account(address, Role(role), office, now())
    if account is None:
        raise click.ClickException("There is an account with this address already. It was left as it is.")
    click.echo(f"{account.email} can sign in as {role}.")


@click.command("verify", help="Check the invariants and the audit chain; exit code 1 on any breach.")
@with_appcontext
def verify() -> None:
    with data_ready():
        breaches = verifying.breaches()
    for breach in breaches:
        click.echo(breach)
    if breaches:
        sys.exit(1)
    click.echo("All is well: places, days, histories, receipts and the audit chain agree.")


def _office(name: str) -> Office:
    office = find_office(plain(name))
    if office is None:
        raise click.ClickException(
            f"No office, or more than one, is called {name}. Write it as KIND-CODE, such as asc-XNO."
        )
    return office


COMMANDS: tuple[click.Command, ...] = (import_file, export_file, open_places, new_account, verify)
