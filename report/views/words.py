"""Small words: numbers spelt out, lists, plurals. The site's prose is English; its figures follow the locale."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from markupsafe import Markup, escape

from analysis.basics.letters import capital, in_sentence
from analysis.basics.listed import listed as in_a_row

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def spelt(number: int) -> str:
    """`six`; figures above twelve."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def times(number: int) -> str:
    """`once`, `twice`, `nine times`."""
    return {1: "once", 2: "twice"}.get(number, f"{spelt(number)} times")


def both(number: int) -> str:
    """`both` of two, `all six` of more."""
    return "both" if number == 2 else f"all {spelt(number)}"


def listed(items: Sequence[str], conjunction: str = "and") -> str:
    """`age, income and spending`; Markup items keep their mark-up."""
    if not any(isinstance(item, Markup) for item in items):
        return in_a_row(items, conjunction)
    return Markup(in_a_row([escape(item) for item in items], conjunction))  # noqa: S704 (each item is escaped)


def plural(count: int, singular: str, many: str | None = None) -> str:
    """`segment` for one, `segments` otherwise."""
    return singular if count == 1 else many or f"{singular}s"


def sentence(text: str) -> str:
    """Text with a capital first letter and a full stop."""
    if not text:
        return ""
    ended = capital(text)
    return ended if ended[-1] in ".!?…" else f"{ended}."


def lower_first(text: str) -> str:
    """A label inside a sentence: `annual income`; acronyms and letters, `RFM score` and `Z score`, stay."""
    return f"a{text[1:]}" if text.startswith("A ") else in_sentence(text)


def columns(labels: Sequence[str], most: int = 6) -> str:
    """Columns inside a sentence: all by name, or how many there are and the first few."""
    if len(labels) <= most:
        return listed([lower_first(label) for label in labels])
    return f"{len(labels)} columns ({', '.join(lower_first(label) for label in labels[:3])} and others)"


def named(names: Sequence[str]) -> str:
    """Names of segments in a row; those that hold commas are set in quotation marks."""
    return listed([f"“{name}”" if "," in name else name for name in names])


def brief(label: str, most: int = 40) -> str:
    """A label in the head of a column, cut after its words where it is long; the data page has it in full."""
    if len(label) <= most:
        return label
    cut = shorten(label, most, placeholder="…")
    return cut if len(cut) > 1 else f"{label[: most - 1]}…"


def strong(text: object) -> Markup:
    """Escaped text, emphasised."""
    return Markup("<strong>{}</strong>").format(text)
