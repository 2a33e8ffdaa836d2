"""The page's sentence for an answer, and the name of each coming stretch of time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.channels import LINES, Line, can_call_before, is_open, opens_next
from models.rules import Channel, Hit, Outcome, Segment, Verdict
from models.rules.parameters import Numbers
from views.wording import biometrics, channels
from views.wording.shapes import RuleWords, Sentence, said, with_moment

RULES: dict[str, dict[str, RuleWords]] = {"biometrics": biometrics.WORDS}
# Reasons that the person can mend decide the page's sentence last: first what ends everything, then limits.
MENDED_ELSEWHERE = frozenset({Channel.CREATE_ACCOUNT, Channel.FILE_G28})
MENDED_HERE = frozenset({Channel.COMPLETE_FORM, Channel.CHOOSE_OTHER_SLOT})

ALLOWED = _l("You can move this appointment online.")
ALLOWED_UNTIL = _l("You can move this appointment online until %(moment)s.")
ALLOWED_THEN_REVIEW = _l("You can move this appointment online, without a review, until %(moment)s.")
REVIEW = _l("You can ask online. A person has to look at it first.")
REVIEW_UNTIL = _l("You can ask online until %(moment)s. A person has to look at it first.")
BLOCKED_UNTIL = _l("You cannot move this appointment online yet. You can from %(moment)s.")
BY_PHONE = _l("You can no longer move this appointment online. You can call.")
BY_PHONE_UNTIL = _l("You can no longer move this appointment online. You can call until %(moment)s.")
BY_PHONE_LATER = _l("You can no longer move this appointment online. The phone line opens %(moment)s.")
OPEN_NOW = _l("Open now.")
OPENS = _l("Opens %(moment)s.")


Mark = Literal["blocked", "needs_review", "warning"]
Kind = Literal["online", "phone", "after", "closed"]


@dataclass(frozen=True)
class Reason:
    """One rule that applies, in the reader's language."""

    slug: str
    mark: Mark
    headline: str
    explanation: str
    way_out: str


@dataclass(frozen=True)
class Stretch:
    """One stretch of the timeline: how the appointment can be changed then, and until when."""

    kind: Kind
    title: str
    ends: datetime | None


def reason(system: str, hit: Hit, numbers: Numbers) -> Reason:
    """The words for a hit; the way out is the rule's own, or its channel's."""
    words = RULES[system][hit.slug]
    way_out = words.way_out or channels.WORDS[hit.channel].what_to_do
    mark: Mark = "warning"
    if hit.verdict is not Verdict.ALLOWED:
        mark = "blocked" if hit.verdict is Verdict.BLOCKED else "needs_review"
    return Reason(
        slug=hit.slug,
        mark=mark,
        headline=said(words.headline, numbers),
        explanation=said(words.explanation, numbers),
        way_out=said(way_out, numbers),
    )


def page_sentence(system: str, outcome: Outcome, now: datetime) -> Sentence:
    """What the page says first; its moment is a piece of its own, to be set in bold."""
    flips_at = outcome.flips_at
    if outcome.verdict is Verdict.BLOCKED:
        return _blocked_sentence(system, outcome, now)
    if flips_at is None:
        return Sentence(str(ALLOWED if outcome.verdict is Verdict.ALLOWED else REVIEW))
    if outcome.verdict is Verdict.NEEDS_REVIEW:
        return with_moment(REVIEW_UNTIL, flips_at)
    next_verdict = next(part.verdict for part in outcome.segments if part.begins == flips_at)
    return with_moment(
        ALLOWED_THEN_REVIEW if next_verdict is Verdict.NEEDS_REVIEW else ALLOWED_UNTIL, flips_at
    )


def stretches(system: str, outcome: Outcome) -> list[Stretch]:
    """The timeline as people see it: neighbours with the same name are one stretch."""
    found: list[Stretch] = []
    for segment in outcome.segments:
        kind, title = _kind_and_title(system, segment)
        if found and (found[-1].kind, found[-1].title) == (kind, title):
            found.pop()
        found.append(Stretch(kind, title, segment.ends))
    return found


def line_state(line: Line, now: datetime) -> Sentence:
    """Whether somebody answers now, or when the line opens."""
    return Sentence(str(OPEN_NOW)) if is_open(line, now) else with_moment(OPENS, opens_next(line, now))


def _kind_and_title(system: str, segment: Segment) -> tuple[Kind, str]:
    if segment.verdict is Verdict.ALLOWED:
        return "online", _("Online, here")
    if segment.verdict is Verdict.NEEDS_REVIEW:
        return "online", _("Ask online, here")
    leading = _leading(system, segment.hits)
    if over := RULES[system][leading.slug].over:
        return "after", str(over)
    return "phone" if leading.channel in LINES else "closed", str(channels.WORDS[leading.channel].label)


def _blocked_sentence(system: str, outcome: Outcome, now: datetime) -> Sentence:
    leading = _leading(system, outcome.hits)
    if page := RULES[system][leading.slug].page:
        return Sentence(said(page, outcome.numbers))
    if outcome.flips_at:
        return with_moment(BLOCKED_UNTIL, outcome.flips_at)
    line = LINES[leading.channel]
    ends = stretches(system, outcome)[0].ends
    if ends is None:
        return Sentence(str(BY_PHONE))
    if not can_call_before(line, now, ends):
        return with_moment(BY_PHONE_LATER, opens_next(line, now))
    return with_moment(BY_PHONE_UNTIL, ends)


def _leading(system: str, hits: tuple[Hit, ...]) -> Hit:
    """The blocking reason that decides the page's sentence."""

    def rank(hit: Hit) -> int:
        words = RULES[system][hit.slug]
        if words.over:
            return 0
        if hit.channel in MENDED_HERE | MENDED_ELSEWHERE:
            return 4 if hit.channel in MENDED_HERE else 3
        return 2 if words.page is None else 1

    return min((hit for hit in hits if hit.verdict is Verdict.BLOCKED), key=rank)
