"""From a judgement to what a page shows: sentence, reasons, time bar, and the one thing to do now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from markupsafe import Markup, escape

from models import channels as lines
from models.channels import Line
from models.judging import Judgement
from models.offices import Office
from models.rules import Channel, Hit, Outcome, Verdict, evaluate
from models.rules.calendars import first_instant
from models.rules.facts import parse
from models.rules.systems import SYSTEMS
from views.formats import Style, clock_text, filled, moment, one_full_stop, span_words, zone_words
from views.wording import channels, verdicts
from views.wording.shapes import Sentence, day_in_words
from views.wording.sources import sources_in_words
from views.wording.verdicts import Stretch

PARTS = 3
LOOK_BACK = timedelta(days=14)
OPEN_END_SHARE = 0.35  # where "now" stands in a part that has no end


@dataclass(frozen=True)
class Presented:
    """An answer in words, in the shapes that the components take."""

    code: str
    sentence: Markup
    lines: list[Markup]
    reasons: list[dict[str, Any]]
    phone: dict[str, Any] | None
    action: dict[str, str] | None


def present(judgement: Judgement, office: Office, now: datetime) -> Presented:
    """Everything a page says about a judgement, on the office's clock."""
    outcome = judgement.outcome
    line = line_now(outcome)
    return Presented(
        code=outcome.verdict,
        sentence=sentence_of(judgement, office, now),
        lines=_lines(outcome, office, now),
        reasons=reasons(judgement.system, outcome),
        phone=_phone(line, now) if line else None,
        action=_call(line) if line else None,
    )


def sentence_of(judgement: Judgement, office: Office, now: datetime) -> Markup:
    """What the page says first, its moment in bold."""
    said = verdicts.page_sentence(judgement.system, judgement.outcome, now)
    return in_sentence(said, office.zone, bold=True)


def reasons(system: str, outcome: Outcome) -> list[dict[str, Any]]:
    """Every hit, most severe first, for components/reasons.html."""
    return [_reason(system, hit, outcome) for hit in outcome.hits]


def _reason(system: str, hit: Hit, outcome: Outcome) -> dict[str, Any]:
    words = verdicts.reason(system, hit, outcome.numbers)
    return {
        "rule": words.slug,
        "mark": words.mark,
        "headline": words.headline,
        "explanation": words.explanation,
        "way_out": words.way_out,
        "source": sources_in_words(hit.rule.sources),
        "in_force": day_in_words(hit.rule.since) if hit.rule.since else None,
    }


def in_sentence(
    sentence: Sentence, zone: ZoneInfo, style: Style = Style.SENTENCE, bold: bool = False
) -> Markup:
    """A sentence with its moment as a `<time>`, set in bold where the page wants it."""
    if sentence.moment is None:
        return escape(sentence.before)
    element = moment(sentence.moment, zone, style)
    said = Markup("<b>{}</b>").format(element) if bold else element
    whole = Markup("{}{}{}").format(sentence.before, said, sentence.after)
    return Markup(one_full_stop(whole))  # noqa: S704 - takes a full stop away, adds nothing


def _lines(outcome: Outcome, office: Office, now: datetime) -> list[Markup]:
    """How far off the turning point is, and whose clock all times are on."""
    said = []
    if outcome.flips_at is not None and outcome.flips_at > now:
        said.append(_("That is in %(span)s.", span=span_words(outcome.flips_at - now)))
    said.append(_("All times are %(zone)s.", zone=zone_words(office, outcome.flips_at or now)))
    return [escape(" ".join(said))]


def line_now(outcome: Outcome) -> Line | None:
    """The telephone line to call now: that of the gravest reason which leaves one."""
    if outcome.verdict is not Verdict.BLOCKED:
        return None
    blocked = [hit for hit in outcome.hits if hit.verdict is Verdict.BLOCKED]
    if any(hit.channel in (Channel.NONE, Channel.ATTORNEY) for hit in blocked):
        return None
    return next((line for hit in blocked if (line := channels.line_of(hit.channel))), None)


def _call(line: Line) -> dict[str, str]:
    return {"text": channels.button_text(line), "url": channels.telephone_address(line.number)}


def _phone(line: Line, now: datetime) -> dict[str, Any]:
    """The quiet block under the button: name, hours, and whether somebody answers now."""
    return {
        "name": channels.LINE_NAMES[line],
        "hours": channels.LINE_HOURS[line],
        "tty": line.tty,
        "state": in_sentence(verdicts.line_state(line, now), line.zone, Style.LIST),
    }


def time_bar(judgement: Judgement, office: Office, now: datetime) -> dict[str, Any] | None:
    """For components/timebar.html: the parts around now, the one before it included; None when nothing changes.

    The rules are asked once more, from before now on: only for pages that draw it.
    """
    stretches = _stretches(judgement, office, now)
    running = verdicts.stretches(judgement.system, judgement.outcome)[0]
    current = next(i for i, (_begins, part) in enumerate(stretches) if part.ends == running.ends)
    first = max(0, min(current - 1, len(stretches) - PARTS))
    shown = stretches[first : first + PARTS]
    if len(shown) < 2:
        return None
    at = current - first
    called_now = line_now(judgement.outcome) or lines.CONTACT_CENTER
    parts = [
        _part(begins, part, office, now, called_now if i == at else lines.CONTACT_CENTER)
        for i, (begins, part) in enumerate(shown)
    ]
    if not office.held_here:
        _name_the_agencys_tool(parts)
    return {"parts": parts, "now": {"part": at, "share": _share(*shown[at], now)}}


def _name_the_agencys_tool(parts: list[dict[str, Any]]) -> None:
    """Where the calendar is kept elsewhere, online does not mean here."""
    for part in parts:
        if part["kind"] == "online":
            part["title"] = str(channels.WORDS[Channel.OFFICIAL_TOOL].label)


def _stretches(judgement: Judgement, office: Office, now: datetime) -> list[tuple[datetime, Stretch]]:
    """Each stretch with its beginning, those included that are over: the same rules, asked from before now on."""
    system = SYSTEMS[judgement.system]
    facts = parse(system, judgement.facts)
    begins = _view_begins(facts, office, now)
    before = evaluate(system, replace(facts, now=begins), judgement.unanswered)
    parts = verdicts.stretches(judgement.system, before)
    return [(parts[i - 1].ends or begins if i else begins, part) for i, part in enumerate(parts)]


def _view_begins(facts: Any, office: Office, now: datetime) -> datetime:
    """From the day the date was set, or two weeks before the appointment: enough to show what is over."""
    set_on = first_instant(facts.scheduled_on, office.zone)
    earliest = first_instant(facts.starts_local.date(), office.zone) - LOOK_BACK
    return min(now, max(set_on, earliest))


def _share(begins: datetime, part: Stretch, now: datetime) -> float:
    if part.ends is None:
        return OPEN_END_SHARE
    whole = (part.ends - begins).total_seconds()
    return max(0.0, min(1.0, (now - begins).total_seconds() / whole)) if whole else 1.0


def _part(begins: datetime, part: Stretch, office: Office, now: datetime, line: Line) -> dict[str, Any]:
    """One part of the bar, for components/timebar.html."""
    text = None
    if part.ends is not None:
        said = _("closed %(moment)s") if part.ends < now else _("until %(moment)s")
        text = filled(said, moment=moment(part.ends, office.zone, Style.LIST))
    return {
        "kind": part.kind,
        "title": part.title,
        "text": text,
        "note": _note(begins, part, office, now, line),
    }


def _note(begins: datetime, part: Stretch, office: Office, now: datetime, line: Line) -> str | None:
    """For a part by telephone: the number, and whether the line is answered before it ends."""
    if part.kind != "phone" or part.ends is None or part.ends <= now:
        return None
    since = max(begins, now)
    number = line.number
    if not lines.can_call_before(line, since, part.ends):
        return str(_("%(number)s. The line is closed all that time: call before.", number=number))
    if lines.is_open(line, since):
        return str(_("%(number)s. The line is open then.", number=number)) if begins > now else number
    opens = office.local(lines.opens_next(line, since))
    told = _("%(number)s. The line opens at %(time)s.", number=number, time=clock_text(opens))
    return one_full_stop(str(told))
