"""The reasons for a move in words: as the person says them, and as we say them back."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

OTHER = "other"


@dataclass(frozen=True)
class CauseWords:
    """One reason: `label` is chosen, `said` stands behind "Your reason:"."""

    label: LazyString
    said: LazyString


WORDS: dict[str, CauseWords] = {
    "illness_or_medical": CauseWords(
        _l("I am ill or have a medical visit"), _l("you are ill or have a medical visit")
    ),
    "planned_travel": CauseWords(_l("A trip I planned before"), _l("a trip you planned before")),
    "life_event": CauseWords(
        _l("An important life event, like a wedding or funeral"),
        _l("an important life event, like a wedding or funeral"),
    ),
    "transportation": CauseWords(_l("I have no way to get there"), _l("you have no way to get there")),
    "caregiver_or_work": CauseWords(
        _l("I cannot leave work or someone I care for"), _l("you cannot leave work or someone you care for")
    ),
    "late_or_missing_notice": CauseWords(
        _l("The notice came late or not at all"), _l("the notice came late or not at all")
    ),
    OTHER: CauseWords(_l("Another reason, in my own words"), _l("another reason, in your own words")),
}


def options() -> list[tuple[str, str]]:
    """The reasons as radio buttons."""
    return [(code, str(words.label)) for code, words in WORDS.items()]
