"""Small words in the language of the site: names in a row, numbers spelt out, labels inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.basics import letters
from analysis.language.messages import gettext, gettext_noop, pgettext, spoken

NUMBERS = (
    gettext_noop("no"), gettext_noop("one"), gettext_noop("two"), gettext_noop("three"), gettext_noop("four"),
    gettext_noop("five"), gettext_noop("six"), gettext_noop("seven"), gettext_noop("eight"), gettext_noop("nine"),
    gettext_noop("ten"), gettext_noop("eleven"), gettext_noop("twelve"),
)  # fmt: skip
UNITS = (
    gettext_noop("days"), gettext_noop("hours"), gettext_noop("levels"), gettext_noop("minutes"),
    gettext_noop("months"), gettext_noop("points"), gettext_noop("weeks"), gettext_noop("years"),
)  # fmt: skip
"""Units that sites know, with `OUT_OF`; any other is the analyst's own."""
OUT_OF = re.compile(r"of (\d+)")
"""The unit of a score or of a level, by the highest there is: `of 100`."""
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


def times(number: int) -> str:
    """`once`, `twice`, `nine times`."""
    if number == 1:
        return gettext("once")
    return gettext("twice") if number == 2 else pgettext("how often", "{number} times", number=spelt(number))


def unit(name: str) -> str:
    """A column's unit by itself, beside a label: `years`, `of 100`."""
    if highest := OUT_OF.fullmatch(name):
        return pgettext("unit", "of {highest}", highest=highest[1])
    return gettext(name) if name in UNITS else name


def in_sentence(label: str) -> str:
    """A label as it reads inside a sentence: `annual income`; in German as it stands, `Jahreseinkommen`."""
    return label if spoken() in CAPITAL_NOUNS else letters.in_sentence(label)
