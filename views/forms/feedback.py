"""The form behind "Was this page helpful?"."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from models.feedback import MOST_LETTERS
from models.typed import has_control
from views.wording.checking import YES_NO


def one_kind_of_line_end(text: str | None) -> str:
    """Browsers send two characters for a line end and count one."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


class FeedbackForm(Form):
    """Yes or no, and words if somebody likes. `pages` are the addresses that the question stands on."""

    page = StringField()
    helpful = RadioField(
        _l("Was this page helpful?"),
        choices=[SelectChoice(value=code, label=YES_NO[code]) for code in ("yes", "no")],
        validate_choice=False,
    )
    words = TextAreaField(
        _l("What was good, or missing?"),
        filters=[one_kind_of_line_end],
        description=_l("No names and no numbers, please. We cannot answer here."),
    )

    def __init__(self, *args: Any, pages: Collection[str], **kwargs: Any) -> None:
        self.pages = pages
        super().__init__(*args, **kwargs)

    @property
    def faults(self) -> list[dict[str, str]]:
        """What is to mend, for components/errors.html; the page stands in no visible field."""
        links = {"helpful": "helpful", "words": "words"}
        return [{"text": texts[0], "target": links.get(name, "")} for name, texts in self.errors.items()]

    def validate_page(self, field: StringField) -> None:
        if field.data not in self.pages:
            field.data = "/"
            raise StopValidation(_("We do not know this page. Go back and send it from there."))

    def validate_helpful(self, field: RadioField) -> None:
        if field.data not in ("yes", "no"):
            raise StopValidation(_("Choose yes or no."))

    def validate_words(self, field: TextAreaField) -> None:
        if has_control(field.data):
            raise StopValidation(
                _("This holds a character that we cannot keep. Type it again without copying.")
            )
        if len(field.data) > MOST_LETTERS:
            asked = _(
                "This has %(count)s letters. Shorten it to %(most)s.",
                count=len(field.data),
                most=MOST_LETTERS,
            )
            raise StopValidation(asked)
