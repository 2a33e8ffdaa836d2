"""What a rule, a channel and a verdict need to have words for."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from babel.lists import format_list
from flask_babel import LazyString, get_locale

from models.rules.parameters import Numbers, Value


@dataclass(frozen=True)
class RuleWords:
    """One rule in words. The gaps `%(name)s` are parameters of the rules: read them with `said`.

    `headline` and `explanation` are told to the person, `condition` and `why` stand on the public
    page. `way_out` takes the place of the channel's own sentence, `doubt` says what is our reading,
    `page` is the page's sentence when this rule decides it, `over` marks a rule after which nothing
    is left to move, and names that stretch of time.
    """

    headline: LazyString
    explanation: LazyString
    condition: LazyString
    why: LazyString
    way_out: LazyString | None = None
    doubt: LazyString | None = None
    page: LazyString | None = None
    over: LazyString | None = None


@dataclass(frozen=True)
class ChannelWords:
    """One channel: its name in the time bar, and what the person does."""

    label: LazyString
    what_to_do: LazyString


@dataclass(frozen=True)
class Sentence:
    """A sentence with at most one moment in it, so that a page can set the moment in bold."""

    before: str
    moment: datetime | None = None
    after: str = ""


def said(text: LazyString, numbers: Numbers) -> str:
    """The words in the reader's language, with the numbers of that day filled in."""
    return str(text) % {name: _spoken(value) for name, value in numbers.values.items()}


def with_moment(text: LazyString, moment: datetime) -> Sentence:
    """Splits a translated sentence at its gap `%(moment)s`, wherever the language puts it."""
    before, _gap, after = str(text).partition("%(moment)s")
    return Sentence(before, moment, after)


def day_in_words(day: date) -> str:
    """Such as `29 May 2024`; other languages have their own order and small words."""
    locale = get_locale()
    english = locale is None or locale.language == "en"
    return format_date(day, "d\u00a0MMMM\u00a0y" if english else "long", locale=locale or "en")


def _spoken(value: Value) -> str:
    if isinstance(value, frozenset):
        return format_list(sorted(value), locale=get_locale() or "en")
    if isinstance(value, date):
        return day_in_words(value)
    return str(value)
