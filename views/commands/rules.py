"""The batch command over the rules; it touches no database."""

from __future__ import annotations

import json
import sys
from typing import TextIO

import click

from models.rules.batch import BatchFaults, judge_all


@click.command("judge", help="Judge a JSON list of {id, system, facts} from a file or standard input.")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"), default="-")
def judge(file: TextIO) -> None:
    try:
        answers = judge_all(json.load(file))
    except BatchFaults as faults:
        for line in faults.lines:
            click.echo(line, err=True)
        sys.exit(2)
    except (ValueError, RecursionError):  # not JSON, or not UTF-8
        click.echo("This is not a JSON list in UTF-8.", err=True)
        sys.exit(2)
    click.echo(json.dumps(answers, indent=1))


COMMANDS: tuple[click.Command, ...] = (judge,)
