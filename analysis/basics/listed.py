"""Words and names in a row, as sentences have them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence


def listed(words: Sequence[str], conjunction: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def quoted(names: Iterable[str], conjunction: str = "and") -> str:
    """As `listed`, each between quotation marks: `“A”, “B” and “C”`."""
    return listed([f"“{name}”" for name in names], conjunction)


def first_quoted(names: Collection[str], most: int) -> str:
    """The first of many names, `“A”, “B”, …`; all where they are so many at most."""
    return ", ".join(f"“{name}”" for name in [*names][:most]) + (", …" if len(names) > most else "")
