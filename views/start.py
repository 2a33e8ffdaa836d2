"""The start page: the ways in, the quick check, and an example of an answer."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint

from models.sites import sites
from views.forms.checking import CheckForm
from views.fragments import render
from views.verdicts import in_sentence
from views.wording import verdicts
from views.wording.shapes import with_moment

EXAMPLE = datetime(2026, 12, 8, 21, 0, tzinfo=UTC)  # any moment: the page shows what an answer looks like

bp = Blueprint("start", __name__)


@bp.get("/")
def index() -> str:
    """The same page for everybody."""
    example = in_sentence(with_moment(verdicts.ALLOWED_UNTIL, EXAMPLE), ZoneInfo("UTC"), bold=True)
    return render("start.html", form=CheckForm(data={"moves": "0"}, sites=sites()), example=example)
