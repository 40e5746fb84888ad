"""Small words in the language of the site: names in a row, numbers spelt out, units, labels inside a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.language.messages import gettext, gettext_noop, ngettext, spoken

NUMBERS = (
    gettext_noop("no"), gettext_noop("one"), gettext_noop("two"), gettext_noop("three"), gettext_noop("four"),
    gettext_noop("five"), gettext_noop("six"), gettext_noop("seven"), gettext_noop("eight"), gettext_noop("nine"),
    gettext_noop("ten"), gettext_noop("eleven"), gettext_noop("twelve"),
)  # fmt: skip
SCALE = "of "
"""How the unit of a scale begins: `3 of 5`."""
PERIODS = {
    "week": gettext_noop("{money} a week"),
    "month": gettext_noop("{money} a month"),
    "quarter": gettext_noop("{money} a quarter"),
    "year": gettext_noop("{money} a year"),
}
PER_PERIOD = gettext_noop("{money} per {period}")
"""For a period of the analyst's own."""
CAPITAL_NOUNS = frozenset({"de", "lb"})
"""Languages that write nouns with a capital everywhere, so that a label keeps its own."""


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return _in_a_row(words, gettext("{words} and {last}"))


def either(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return _in_a_row(words, gettext("{words} or {last}"))


def _in_a_row(words: Sequence[str], pattern: str) -> str:
    return pattern.format(words=", ".join(words[:-1]), last=words[-1]) if len(words) > 1 else "".join(words)


def spelt(number: int) -> str:
    """`six` segments; figures above twelve. Of one thing a sentence has a form of its own (`ngettext`)."""
    return gettext(NUMBERS[number]) if 0 <= number < len(NUMBERS) else str(number)


def in_a_period(money: str, period: str) -> str:
    """An amount of the budget for its time: `$60,000 a quarter`."""
    return gettext(PERIODS.get(period, PER_PERIOD), money=money, period=period)


def unit(name: str, number: int = 2) -> str:
    """A column's unit for so many: `years`, `year`, `of 100`; one that sites do not know is the analyst's own."""
    highest = name.removeprefix(SCALE)
    if highest != name and highest.isdigit():
        return gettext("of {highest}", highest=highest)
    return _units(number).get(name, name)


def _units(number: int) -> dict[str, str]:
    return {
        "days": ngettext("day", "days", number),
        "hours": ngettext("hour", "hours", number),
        "levels": ngettext("level", "levels", number),
        "minutes": ngettext("minute", "minutes", number),
        "months": ngettext("month", "months", number),
        "points": ngettext("point", "points", number),
        "weeks": ngettext("week", "weeks", number),
        "years": ngettext("year", "years", number),
    }


def in_sentence(label: str) -> str:
    """A label as it reads inside a sentence: `annual income`; `VIP score`, `€ spent` and German nouns stay."""
    if spoken() in CAPITAL_NOUNS or not label[1:2].islower():
        return label
    return label[:1].lower() + label[1:]
