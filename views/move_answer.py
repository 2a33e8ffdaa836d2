"""Why a wish was not granted, for the top of the choose page."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from models.receipts import Receipt, Result
from models.rules import Verdict
from views.forms.moving import ChoiceForm, number
from views.move_ground import Mover, paused_words
from views.move_verdict import judge_choice
from views.verdicts import present


def answer_context(mover: Mover, receipt: Receipt, form: ChoiceForm) -> dict[str, Any]:
    """The result in words, its reasons and the way that is left, and the receipt that proves it."""
    answer: dict[str, Any] = {
        "result": receipt.result,
        "code": receipt.code,
        "key": receipt.key,
        "lines": [_("Nothing was changed. Your old time stays yours.")],
        "reasons": [],
        "phone": None,
        "action": None,
        "verdict": None,
    }
    return answer | _words(mover, receipt, form)


def _words(mover: Mover, receipt: Receipt, form: ChoiceForm) -> dict[str, Any]:
    if receipt.result == Result.PLACE_TAKEN:
        lines = [_("Nothing was changed. Your old time stays yours."), _("Choose another time below.")]
        return {"sentence": _("That place has just gone to somebody else."), "lines": lines}
    if receipt.result == Result.CHANGED_MEANWHILE:
        asked = _(
            "Nothing was changed by this page. Look at what you have now, then choose again if you like."
        )
        return {"sentence": _("Your appointment has changed since you opened this page."), "lines": [asked]}
    if paused := paused_words(mover):
        return {"sentence": paused, "verdict": Verdict.BLOCKED}
    return _refused(mover, form)


def _refused(mover: Mover, form: ChoiceForm) -> dict[str, Any]:
    """Every rule that stands in the way, as judged at this very moment."""
    wanted = number(form.slot.data)
    slot = mover.wishable(wanted) if wanted is not None else None
    judgement = judge_choice(mover, slot, form.good_cause.data, form.address_changed.data)
    said = present(judgement, mover.appointment.office, mover.now)
    return {
        "sentence": said.sentence,
        "reasons": said.reasons,
        "phone": said.phone,
        "action": said.action,
        "verdict": said.code,
    }
