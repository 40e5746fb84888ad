"""Which column tells the customers of a table apart, one a row."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from analysis.columns.appearance import Look
from analysis.headers.sales_words import BUYERS
from analysis.headers.vocabulary import identifies, roles_of, words_of

NEARLY_ALL_DIFFERENT = 0.9
PLURALS = frozenset({"customers", "clients", "kunden"})
"""Words of whoever buys that count them: `Kunden` 12."""
KEYED = frozenset({"mrn", "kd", "kundin"})


def find_identifier(looks: Sequence[Look], wanted: Collection[str]) -> Look | None:
    """The column that tells customers apart: by its name where nearly nothing repeats, or a running number."""
    candidates = []
    for place, look in enumerate(looks):
        if look.header in wanted or look.present * 2 < look.rows:
            continue
        named = 0 if roles_of(look.header) else 3 if is_bare_key(look) else identifies(look.header)
        enough = NEARLY_ALL_DIFFERENT if named >= 2 else 1.0
        if named and look.unique >= enough and not (look.numeric and not look.whole):
            candidates.append((named, -place, look))
        elif place == 0 and (look.consecutive or _told_apart(look)) and not roles_of(look.header):
            candidates.append((1, -place, look))
    return max(candidates, key=lambda each: each[:2])[2] if candidates else None


def _told_apart(look: Look) -> bool:
    """Whether every row has a text of its own."""
    return not look.numeric and not look.dates and look.present == look.rows == look.distinct


def is_bare_key(look: Look) -> bool:
    """Whether a header has only words of whoever buys, in the singular, above numbers that hardly repeat: `Kunde`."""
    words = words_of(look.header)
    buyers = bool(words) and all(word in BUYERS - PLURALS or word in KEYED for word in words)
    return buyers and look.whole and look.unique >= NEARLY_ALL_DIFFERENT and look.present == look.rows
