"""The facts that the rules read, named as a person would, for `what we looked at` and `still to answer`."""

from collections.abc import Iterable

from babel.lists import format_list
from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _l

BIOMETRICS: dict[str, LazyString] = {
    "now": _l("the time now"),
    "office_time_zone": _l("the office's time zone"),
    "starts_local": _l("your start time"),
    "status": _l("whether the appointment still stands"),
    "denied_as_abandoned": _l("whether the case was denied because nobody came"),
    "identity_matched": _l("your confirmation number and date of birth"),
    "online_account": _l("your online account"),
    "tool_available": _l("whether online moves work"),
    "form": _l("your form"),
    "eligibility_category": _l("the category of your work permit"),
    "scheduled_on": _l("the day your date was set"),
    "moves_by_requestor": _l("your moves"),
    "moves_by_office": _l("moves by the office"),
    "place": _l("where fingerprints are taken"),
    "actor_role": _l("who asks"),
    "authority_on_file": _l("Form G-28 on file"),
    "date_of_birth": _l("the date of birth"),
    "incapable": _l("whether the person can act"),
    "good_cause": _l("your reason"),
    "new_slot_local": _l("the new time"),
    "new_slot_time_zone": _l("the new office's time zone"),
    "new_slot_state": _l("whether the new time is free"),
    "address_changed": _l("whether you moved house"),
}
WORDS = {"biometrics": BIOMETRICS}
# Said by other facts of the list already, or not the person's to know.
UNSPOKEN = frozenset({"now", "office_time_zone", "new_slot_time_zone", "new_slot_state"})


def facts_in_words(system: str, names: Iterable[str]) -> str:
    """A list such as `your start time, your form and your moves`; empty for no facts."""
    spoken = [str(WORDS[system][name]) for name in names if name not in UNSPOKEN]
    return format_list(spoken, locale=get_locale() or "en") if spoken else ""
