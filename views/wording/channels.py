"""The ways that stay open, in words: what to do, and the telephone lines."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.channels import ADOPTIONS_UNIT, CONTACT_CENTER, LINES, Line
from models.rules import Channel
from views.wording.shapes import ChannelWords

WORDS = {
    Channel.NONE: ChannelWords(_l("Nothing to do"), _l("There is nothing more to do here.")),
    Channel.CONTACT_CENTER: ChannelWords(
        _l("By phone"), _l("Call the USCIS Contact Center. Have your reason and your proof ready.")
    ),
    Channel.NBC_ADOPTIONS_UNIT: ChannelWords(
        _l("By phone"),
        _l(
            "Call the adoptions unit of the National Benefits Center. Have your case number ready; "
            "it begins with SIM."
        ),
    ),
    Channel.OFFICIAL_TOOL: ChannelWords(
        _l("With the agency's tool"),
        _l("Or try the agency's own online tool. If it says no, call the USCIS Contact Center."),
    ),
    Channel.CREATE_ACCOUNT: ChannelWords(
        _l("With an account"), _l("Create a USCIS online account, or call the USCIS Contact Center.")
    ),
    Channel.CHECK_NOTICE: ChannelWords(
        _l("Check your notice"),
        _l("Compare both with your notice and try again. If they are right, call the USCIS Contact Center."),
    ),
    Channel.COMPLETE_FORM: ChannelWords(_l("Here, at once"), _l("Fill in what is missing.")),
    Channel.CHOOSE_OTHER_SLOT: ChannelWords(_l("Here, at once"), _l("Choose another time.")),
    Channel.FILE_G28: ChannelWords(
        _l("After Form G-28"), _l("File Form G-28 (G-28I from abroad), then come back.")
    ),
    Channel.PERSON_ACTS: ChannelWords(
        _l("The person asks"),
        _l("The person, or an attorney or accredited representative, makes the request."),
    ),
    Channel.ATTORNEY_CONFIRMS: ChannelWords(
        _l("The attorney confirms"), _l("Ask the attorney or the client to confirm the draft.")
    ),
    Channel.ATTORNEY: ChannelWords(_l("With an attorney"), _l("Ask an immigration attorney.")),
    Channel.REPORT_ADDRESS: ChannelWords(
        _l("Tell the agency"), _l("Tell the agency your new address. It may name another office.")
    ),
    Channel.ICE_ERO: ChannelWords(
        _l("Ask the ICE office"),
        _l("Ask the ICE enforcement and removal office that holds the person. We know no number for it."),
    ),
    Channel.OFFICE_ABROAD: ChannelWords(
        _l("Ask the office abroad"),
        _l("Ask the USCIS office, embassy, consulate or military post that is in charge of the place."),
    ),
}

LINE_NAMES = {
    CONTACT_CENTER: _l("USCIS Contact Center"),
    ADOPTIONS_UNIT: _l("Adoptions unit, National Benefits Center"),
}
LINE_HOURS = {
    CONTACT_CENTER: _l("Monday to Friday, 8:00 am to 8:00 pm Eastern time, not on federal holidays."),
    ADOPTIONS_UNIT: _l("Monday to Friday, 8:00 am to 4:00 pm Central time, not on federal holidays."),
}
# Where the numbers and hours of a line come from.
LINE_SOURCES = {CONTACT_CENTER: ("FIRM1", "OMBSCR", "AILA19"), ADOPTIONS_UNIT: ("ADOPT",)}


def line_of(channel: Channel) -> Line | None:
    """The telephone line of a channel, if it has one."""
    return LINES.get(channel)


def button_text(line: Line) -> str:
    """What the button says that calls a line."""
    return str(_("Call %(number)s", number=line.number))


def telephone_address(number: str) -> str:
    """The number as a `tel:` link wants it."""
    return "tel:+1" + number.replace("-", "")
