"""What came of a submission, in a word or two, for lists and receipts."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.receipts import Result

WORDS: dict[Result, LazyString] = {
    Result.MOVED: _l("Moved"),
    Result.REFUSED: _l("Not moved"),
    Result.PLACE_TAKEN: _l("Not moved: the place was taken"),
    Result.CHANGED_MEANWHILE: _l("Not moved: something had changed"),
    Result.SENT_FOR_REVIEW: _l("Sent to a person to look at"),
}
