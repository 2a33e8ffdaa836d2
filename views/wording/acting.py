"""Words for the rules about who acts."""

from flask_babel import lazy_gettext as _l

from views.wording.shapes import RuleWords

WORDS = {
    "authority-not-on-file": RuleWords(
        headline=_l("Your Form G-28 is not on file."),
        explanation=_l("A representative can act once the notice of appearance (Form G-28) is on file."),
        condition=_l("An attorney or accredited representative asks, and no Form G-28 is on file."),
        why=_l("A representative speaks for somebody only with the notice of appearance on file."),
        page=_l("You can act here once your Form G-28 is on file."),
    ),
    "role-not-authorised": RuleWords(
        headline=_l("This request has to come from the person."),
        explanation=_l("A preparer, a notary or a friend cannot make it."),
        condition=_l(
            "Somebody asks who is not the person, a parent, a guardian, an attorney, an accredited "
            "representative or staff of their firm."
        ),
        why=_l(
            "The agency names the people who may use its tools: the person, attorneys and accredited "
            "representatives."
        ),
        doubt=_l("Who else may act is our reading."),
        page=_l("This request has to come from the person."),
    ),
    "staff-draft-unconfirmed": RuleWords(
        headline=_l("The attorney or the client has to confirm this draft."),
        explanation=_l("Staff may prepare a request. Only the attorney or the client may make it."),
        condition=_l("Somebody on the staff of a firm asks."),
        why=_l("Staff may type a request, but only the attorney or the client may act."),
    ),
    "child-not-under-fourteen": RuleWords(
        headline=_l("From the age of %(child_act_age)s, young people act for themselves."),
        explanation=_l(
            "A parent or guardian may act for a child under %(child_act_age)s. For an older child somebody "
            "has to look first."
        ),
        condition=_l(
            "A parent or guardian asks, and the person is %(child_act_age)s or older and able to act. "
            "The birthday itself counts."
        ),
        why=_l(
            "The regulation lets parents sign for children under %(child_act_age)s, and guardians for "
            "people who cannot sign. It says nothing about older children."
        ),
    ),
}
