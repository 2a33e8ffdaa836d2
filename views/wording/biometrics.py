"""Words for the biometrics rules; those about the request itself are in biometrics_request.py."""

from flask_babel import lazy_gettext as _l

from views.wording import acting, biometrics_request
from views.wording.shapes import RuleWords

STATE = {
    "before-tool-launch": RuleWords(
        headline=_l("Online moves had not started yet."),
        explanation=_l("Moving a fingerprint appointment online became possible on 28 June 2023."),
        condition=_l("The day is before 28 June 2023."),
        why=_l("The agency's tool opened on that day. The hour is not known, so the whole day counts."),
    ),
    "identity-not-matched": RuleWords(
        headline=_l("We found no appointment with these two answers."),
        explanation=_l("The confirmation number and the date of birth have to belong together."),
        condition=_l("The confirmation number and the date of birth do not belong to one appointment."),
        why=_l("Nothing is told until both fit. The answer is the same whichever does not fit."),
        page=_l("We found no appointment with these two answers."),
        over=_l("Not found"),
    ),
    "already-attended": RuleWords(
        headline=_l("You have been to this appointment."),
        explanation=_l("Nothing is left to move."),
        condition=_l("The appointment is marked as attended."),
        why=_l("Nothing is left to move."),
        page=_l("You have been to this appointment."),
        over=_l("Attended"),
    ),
    "already-cancelled": RuleWords(
        headline=_l("This appointment was cancelled."),
        explanation=_l("There is no date to move. A new date comes from the agency."),
        condition=_l("The appointment was cancelled."),
        why=_l("There is no date to move. A new date comes from the agency."),
        way_out=_l("Watch for a new notice. If none comes, call the USCIS Contact Center."),
        page=_l("This appointment was cancelled."),
        over=_l("Cancelled"),
    ),
}

TIME = {
    "untimely": RuleWords(
        headline=_l("The start of this appointment has passed."),
        explanation=_l("Late requests are taken by phone only, and the agency may say no."),
        condition=_l("The appointment has begun. The moment of the start already counts as late."),
        why=_l("The regulation wants the request before the date and time of the appointment."),
        way_out=_l("Call as soon as you can, with your reason and proof."),
        page=_l("It is too late to move this appointment online. Call as soon as you can."),
        over=_l("Too late to move"),
    ),
    "denied-as-abandoned": RuleWords(
        headline=_l("The case was denied because nobody came."),
        explanation=_l("After that a new date does not help. A motion to reopen the case may."),
        condition=_l("The appointment has begun, and the case was denied because nobody came."),
        why=_l("Such a decision cannot be appealed, but a motion to reopen may be filed."),
        way_out=_l("Ask an immigration attorney about a motion to reopen. Ask soon."),
        page=_l("A new date does not help now. An attorney may."),
        over=_l("Case denied"),
    ),
    "within-twelve-hours": RuleWords(
        headline=_l("It begins in less than %(notice_hours)s hours."),
        explanation=_l("Online moves close %(notice_hours)s hours before the start."),
        condition=_l(
            "Less than %(notice_hours)s hours are left until the start. With exactly %(notice_hours)s hours "
            "you can still move it."
        ),
        why=_l("The agency published this limit. Hours are counted as they pass, whatever the clocks do."),
        way_out=_l("Call before it begins. A call before the start still counts as in time."),
        doubt=_l("That exactly %(notice_hours)s hours are enough is our reading."),
    ),
    "moved-twice": RuleWords(
        headline=_l("You have already moved it %(max_moves)s times."),
        explanation=_l("The limit is %(max_moves)s moves, however they were made."),
        condition=_l("You or your side moved it %(max_moves)s times or more, online or by phone."),
        why=_l("The agency published this limit."),
        way_out=_l("Only the Contact Center can move it once more. Have your reason and proof ready."),
    ),
    "moved-twice-by-office": RuleWords(
        headline=_l("With the moves by the office it was moved %(max_moves)s times."),
        explanation=_l("Moves by the office are not your doing, but the agency's tool may count them."),
        condition=_l(
            "Your moves and the office's moves together make %(max_moves)s or more, and your own moves fewer."
        ),
        why=_l("The published limit does not say whose moves count, and reports disagree."),
    ),
}

FORM = {
    "adoption-form-not-open-yet": RuleWords(
        headline=_l("Appointments for adoption forms could not be moved online yet."),
        explanation=_l("For adoption forms this became possible on %(adoption_opening)s."),
        condition=_l("The form is an adoption form (%(adoption_forms)s), before %(adoption_opening)s."),
        why=_l("Until that day these forms went through the adoptions unit."),
        page=_l("You cannot move this appointment online. The adoptions unit can help."),
    ),
    "set-before-adoption-opening": RuleWords(
        headline=_l("This appointment was set before %(adoption_opening)s."),
        explanation=_l("For adoption forms, only dates set on that day or later can be moved online."),
        condition=_l(
            "The form is an adoption form (%(adoption_forms)s), and the present date was set before "
            "%(adoption_opening)s. What counts is the day on which it was set."
        ),
        why=_l("The agency's message leaves out the appointments set before that day."),
        page=_l("You cannot move this appointment online. The adoptions unit can help."),
    ),
    "form-not-listed": RuleWords(
        headline=_l("We are not sure that this form can be moved online."),
        explanation=_l("The agency says that most forms can, and gives no full list."),
        condition=_l("The form is not on our list of forms that can be moved online."),
        why=_l("The agency speaks of most appointments and published no list."),
        doubt=_l("The list of forms is ours."),
    ),
    "asylum-clock": RuleWords(
        headline=_l("A new date can stop the clock for your work permit."),
        explanation=_l("In an asylum case, a delay that you ask for can stop the count of days."),
        condition=_l("The form is I-589, or I-765 in category c8."),
        why=_l("A delay asked for by an asylum applicant can stop the clock for a work permit."),
        way_out=_l("If you can, ask an immigration attorney before you move it."),
    ),
}

WORDS = {**STATE, **TIME, **FORM, **biometrics_request.WORDS, **acting.WORDS}
