"""Small words: numbers spelt out, lists, plurals. The site's prose is English; its figures follow the locale."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def spelt(number: int) -> str:
    """`six`; figures above twelve."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def listed(items: Sequence[str], conjunction: str = "and") -> str:
    """`age, income and spending`; Markup items keep their mark-up."""
    if len(items) <= 1:
        return "".join(items)
    head = Markup(", ").join(items[:-1]) if any(isinstance(item, Markup) for item in items) else ", ".join(items[:-1])
    return head + f" {conjunction} " + items[-1]


def plural(count: int, singular: str, many: str | None = None) -> str:
    """`segment` for one, `segments` otherwise."""
    return singular if count == 1 else many or f"{singular}s"


def sentence(text: str) -> str:
    """Text with a capital first letter and a full stop."""
    if not text:
        return ""
    capital = text[0].upper() + text[1:]
    return capital if capital[-1] in ".!?…" else f"{capital}."


def lower_first(text: str) -> str:
    """A label inside a sentence: `annual income`; acronyms such as `RFM score` stay."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]


def strong(text: object) -> Markup:
    """Escaped text, emphasised."""
    return Markup("<strong>{}</strong>").format(text)
