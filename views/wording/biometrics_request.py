"""Words for the biometrics rules about the place, the reason, the new time and the way in."""

from flask_babel import lazy_gettext as _l

from views.wording.shapes import RuleWords

PLACE = {
    "held-by-dhs": RuleWords(
        headline=_l("This person is in immigration detention."),
        explanation=_l("There, ICE takes the fingerprints. No office appointment can be moved."),
        condition=_l("The person is held by the Department of Homeland Security."),
        why=_l("In that custody ICE makes the checks."),
        page=_l("This appointment cannot be moved online. Ask the ICE office."),
    ),
    "collected-abroad": RuleWords(
        headline=_l("These fingerprints are taken outside the United States."),
        explanation=_l("The office abroad sets the time."),
        condition=_l("The fingerprints are taken outside the United States."),
        why=_l("Abroad, a USCIS office, an embassy, a consulate or a military post takes them."),
        page=_l("This appointment cannot be moved online. Ask the office abroad."),
    ),
    "mobile-collection": RuleWords(
        headline=_l("These fingerprints are taken at home or by a mobile team."),
        explanation=_l("Such visits are not in the office's calendar. A person has to set the time."),
        condition=_l("The fingerprints are taken at home or by a mobile team."),
        why=_l("Visits at home or by a mobile team do not use the calendar of places."),
    ),
    "held-outside-dhs": RuleWords(
        headline=_l("This person is in a jail or prison."),
        explanation=_l("Staff do not go there. A new date helps only if the person can come."),
        condition=_l("The person is held in a jail or prison that is not Homeland Security's."),
        why=_l("Staff do not go to other jails, and the usual rules go on."),
    ),
}

WISH = {
    "no-reason": RuleWords(
        headline=_l("You have not chosen a reason yet."),
        explanation=_l("A move needs a good reason, called good cause."),
        condition=_l("No reason is chosen."),
        why=_l("A request to move an appointment needs good cause."),
        way_out=_l("Choose the reason that fits best, or say it in your own words."),
        page=_l("Choose a reason first."),
    ),
    "other-reason": RuleWords(
        headline=_l("Your reason is not one of the named ones."),
        explanation=_l("It may still be good. A person reads it."),
        condition=_l("The reason is in your own words, not one of the named ones."),
        why=_l("The list of good causes is open, so a person reads other reasons. No machine says no."),
        way_out=_l("Say it in your own words and add proof if you have it. Or try the agency's own tool."),
    ),
    "new-slot-passed": RuleWords(
        headline=_l("The new time has already begun."),
        explanation=_l("Your old place is still yours."),
        condition=_l("The chosen new time has begun or is over."),
        why=_l("Nobody can move to a time that has begun."),
        page=_l("Choose another time."),
    ),
    "new-slot-unavailable": RuleWords(
        headline=_l("The new time is no longer free."),
        explanation=_l(
            "It is full, held by somebody else, or the office is closed. You keep your old place."
        ),
        condition=_l("The chosen new time is full, held by somebody else, or outside the office's hours."),
        why=_l("Only a free place can be taken. The old appointment stays."),
        page=_l("Choose another time."),
    ),
    "address-changed": RuleWords(
        headline=_l("Tell the agency about your new address too."),
        explanation=_l("Its notices may go to the old address, and another office may now be yours."),
        condition=_l("You moved house since the notice."),
        why=_l("A new address that the agency knows can excuse an absence. Another office may serve it."),
    ),
}

TOOL = {
    "tool-down": RuleWords(
        headline=_l("Online moves do not work right now."),
        explanation=_l("Nothing can be moved online until they work again."),
        condition=_l("The online tool does not work."),
        why=_l("When the tool is out of order, the phone is the way."),
        way_out=_l("Call the USCIS Contact Center, or try again later."),
        page=_l("Online moves do not work right now. You can call."),
    ),
    "no-online-account": RuleWords(
        headline=_l("You need a USCIS online account first."),
        explanation=_l("The agency's tool opens only with an account. You can create one for this."),
        condition=_l("The person has no USCIS online account."),
        why=_l("The agency's tool needs an account."),
        page=_l("You need a USCIS online account first."),
    ),
}

WORDS = {**PLACE, **WISH, **TOOL}
