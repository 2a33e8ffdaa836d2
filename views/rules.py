"""How we decide: the public pages of the rules, printed from the same rows that the program runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.golden import Example, examples
from models.rules import Rule, System, Verdict
from models.rules.parameters import SHIPPED, Numbers
from models.rules.systems import SYSTEMS
from views import clock
from views.formats import Style, moment_text, zone_letters
from views.fragments import render
from views.wording import channels, parameters, verdicts
from views.wording.examples import TITLES
from views.wording.shapes import day_in_words, said
from views.wording.sources import confidence_in_words, sources_in_words

bp = Blueprint("rules", __name__)

# what each verdict means on the pages of the rules
VERDICTS = {
    Verdict.BLOCKED: _l("Not this way"),
    Verdict.NEEDS_REVIEW: _l("A person looks first"),
    Verdict.ALLOWED: _l("Good to know"),
}
ANSWERS = {
    Verdict.BLOCKED: _l("not online"),
    Verdict.NEEDS_REVIEW: _l("a person looks first"),
    Verdict.ALLOWED: _l("you can move it online"),
}
MARKS = {Verdict.BLOCKED: "blocked", Verdict.NEEDS_REVIEW: "needs_review", Verdict.ALLOWED: "warning"}


@dataclass(frozen=True)
class ShownExample:
    """One worked example in words."""

    id: str
    title: str
    asked: str
    begins: str
    verdict: str
    answer: str
    flips: str | None


@dataclass(frozen=True)
class ShownRule:
    """One row of the rules in words."""

    slug: str
    mark: str
    verdict: str
    headline: str
    condition: str
    why: str
    doubt: str | None
    channel: str
    way_out: str
    in_force: str
    parameters: list[str]
    source: str
    confidence: str
    examples: list[ShownExample]


@bp.get("/rules")
def index() -> str:
    """How an answer is made."""
    return render("rules/index.html", verdicts=VERDICTS, marks=MARKS, systems=list(SYSTEMS))


@bp.get("/rules/<system>")
def system(system: str) -> str:
    """Every rule of one system, with its numbers, its source and its worked examples."""
    if system not in SYSTEMS:
        abort(404)
    rules = SYSTEMS[system]
    numbers = SHIPPED.on(clock.now().date())
    shown = {verdict: _of_verdict(rules, verdict, numbers) for verdict in reversed(Verdict)}
    plain = [_example(example) for example in examples(system) if not example.rules]
    return render(
        "rules/system.html",
        shown=shown,
        verdicts=VERDICTS,
        plain=plain,
        lines=_lines(),
        version=SHIPPED.version,
    )


def _lines() -> list[tuple[str, str]]:
    """Each telephone line that rules lead to: its number, its hours, and where we have them from."""
    return [
        (
            str(channels.LINE_NAMES[line]),
            _(
                "%(number)s. %(hours)s Source: %(source)s.",
                number=line.number,
                hours=channels.LINE_HOURS[line],
                source=sources_in_words(labels),
            ),
        )
        for line, labels in channels.LINE_SOURCES.items()
    ]


def _of_verdict(rules: System[Any], verdict: Verdict, numbers: Numbers) -> list[ShownRule]:
    return [_rule(rules.name, rule, numbers) for rule in rules.rules if rule.verdict is verdict]


def _rule(system: str, rule: Rule[Any], numbers: Numbers) -> ShownRule:
    words, channel = verdicts.RULES[system][rule.slug], channels.WORDS[rule.channel]
    return ShownRule(
        slug=rule.slug,
        mark=MARKS[rule.verdict],
        verdict=str(VERDICTS[rule.verdict]),
        headline=said(words.headline, numbers),
        condition=said(words.condition, numbers),
        why=said(words.why, numbers),
        doubt=said(words.doubt, numbers) if words.doubt else None,
        channel=str(channel.label),
        way_out=said(words.way_out or channel.what_to_do, numbers),
        in_force=_in_force(rule),
        parameters=[said(parameters.WORDS[name], numbers) for name in rule.parameters],
        source=sources_in_words(rule.sources),
        confidence=confidence_in_words(rule.confidence),
        examples=[_example(example) for example in examples(system) if rule.slug in example.rules],
    )


def _in_force(rule: Rule[Any]) -> str:
    since, until = (day_in_words(day) if day else None for day in (rule.since, rule.until))
    if since and until:
        return _("From %(first)s to %(last)s", first=since, last=until)
    if since:
        return _("Since %(first)s", first=since)
    return _("Until %(last)s", last=until) if until else _("Always")


def _example(example: Example) -> ShownExample:
    zone = ZoneInfo(example.facts["office_time_zone"])
    start = datetime.fromisoformat(example.facts["starts_local"]).replace(tzinfo=zone)
    verdict = Verdict(example.verdict)
    return ShownExample(
        id=example.id,
        title=str(TITLES[example.id]),
        asked=_on_the_clock(datetime.fromisoformat(example.facts["now"]), zone),
        begins=_on_the_clock(start, zone),
        verdict=verdict,
        answer=str(ANSWERS[verdict]),
        flips=_on_the_clock(datetime.fromisoformat(example.flips_at), zone) if example.flips_at else None,
    )


def _on_the_clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment_text(moment, zone, Style.LIST_YEAR)} {zone_letters(moment, zone)}"
