"""The public receipt check: what a code proves, and nothing about anybody."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, redirect, request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse
from wtforms import Form
from wtforms.validators import StopValidation

from models import limits
from models.receipts import Result, SignedKind, proof_of
from models.typed import plain
from views import access, language
from views.formats import Style, moment_text, utc_moment
from views.forms.fields import PlainField
from views.fragments import render

bp = Blueprint("receipts", __name__)

LONGEST_CODE = 60

# what was asked, and what came of it
WORDS: dict[str, tuple[LazyString, LazyString]] = {
    Result.MOVED: (_l("Move a fingerprint appointment"), _l("Moved to a new time")),
    Result.REFUSED: (_l("Move a fingerprint appointment"), _l("Not moved: a rule stood in the way")),
    Result.PLACE_TAKEN: (_l("Move a fingerprint appointment"), _l("Not moved: the place was taken")),
    Result.CHANGED_MEANWHILE: (
        _l("Move a fingerprint appointment"),
        _l("Not moved: it had changed meanwhile"),
    ),
    Result.SENT_FOR_REVIEW: (_l("Move a fingerprint appointment"), _l("Sent to a person to look at")),
    SignedKind.BUSY: (
        _l("Something we were too busy for"),
        _l("Not done: we were busy, nothing was changed"),
    ),
    SignedKind.CHECK_ALLOWED: (_l("Quick check, fingerprint appointment"), _l("You can move it online")),
    SignedKind.CHECK_NEEDS_REVIEW: (
        _l("Quick check, fingerprint appointment"),
        _l("A person has to look at it first"),
    ),
    SignedKind.CHECK_BLOCKED: (_l("Quick check, fingerprint appointment"), _l("It cannot be moved online")),
}


class CodeForm(Form):
    """One receipt code, however it is spaced."""

    code = PlainField(
        _l("Receipt code"),
        description=_l("It begins with GC. Spaces, dashes and small letters do not matter."),
    )

    def validate_code(self, field: PlainField) -> None:
        field.plain = "-".join(field.plain.upper().split()).strip("-")
        bare = field.plain.replace("-", "")
        if not bare:
            raise StopValidation(_("Type the code that stands on the receipt."))
        if len(field.plain) > LONGEST_CODE or not bare.isascii() or not bare.isalnum():
            raise StopValidation(_("Use only letters and numbers, as on the receipt."))


@bp.get("/receipts")
def check() -> AnyResponse | str:
    """The question; with a code in the query, on to what it proves."""
    if "code" not in request.args:
        return render("receipts/check.html", form=CodeForm(), unknown=False)
    form = CodeForm(request.args)
    if form.validate():
        return redirect(language.public_url("receipts.show", code=form.code.plain), 303)
    return _not_kept(render("receipts/check.html", form=form, unknown=False), 422)


@bp.get("/receipts/<code>")
def show(code: str) -> Response:
    """What a code proves: the time, the kind of request, the result."""
    access.limit(limits.RECEIPT_CHECKS, access.client())
    proof = proof_of(plain(code)[:LONGEST_CODE])
    if proof is None:
        languages = [
            link._replace(url=language.public_url("receipts.check", link.tag))
            for link in language.page_language()["languages"]
        ]
        return _not_kept(
            render("receipts/check.html", form=CodeForm(), unknown=True, languages=languages), 404
        )
    asked, came = WORDS[proof.result]
    return _not_kept(
        render(
            "receipts/show.html",
            proof=proof,
            asked=asked,
            came=came,
            when=moment_text(proof.made_at, ZoneInfo("UTC"), Style.SENTENCE_YEAR),
            exact=utc_moment(proof.made_at),
        )
    )


def _not_kept(html: str, status: int = 200) -> Response:
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response
