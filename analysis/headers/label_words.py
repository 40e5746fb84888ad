"""Shortened headers in words a person would say: `MntMeatProducts` → “Spending on meat products”.

The words stand in `label_words.yml`; what moves where is ruled here. What is counted comes without the count (`Num
Store Purchases` → “Store purchases”), a period behind it becomes “a month”, and a qualifier behind a measure stands in
brackets (`monthly_premium_auto` → “Monthly premium (auto)”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.configuration.yaml_text import read_yaml

QUARTER = re.compile(r"q[1-4]")
NUMBERED = re.compile(r"([a-z]+)(\d+)")
FIGURE = re.compile(r"(\d+)([a-z]*)")


@dataclass(frozen=True)
class LabelWords:
    """The lists of `label_words.yml`."""

    words: dict[str, str]
    alone: dict[str, str]
    end: dict[str, str]
    first: dict[str, str]
    last: dict[str, str]
    counts: frozenset[str]
    counted: frozenset[str]
    wholes: frozenset[str]
    many: frozenset[str]
    periods: dict[str, str]
    """Any spelling of a period → the period."""
    within: frozenset[str]
    measures: frozenset[str]
    qualifiers: frozenset[str]
    joined: frozenset[str]


@cache
def known() -> LabelWords:
    """The lists, read once."""
    content = read_yaml(Path(__file__).with_name("label_words.yml").read_text(encoding="utf-8"))
    periods = {spelling: period for period, spellings in content.pop("periods").items() for spelling in spellings}
    maps = {name: content.pop(name) for name in ("words", "alone", "end", "first", "last")}
    lists: dict[str, Any] = {name: frozenset(words) for name, words in content.items()}
    return LabelWords(**maps, periods=periods, **lists)


def in_words(parts: Sequence[str]) -> list[str]:
    """The words of a header, abbreviations spelt out and in an order that reads; words of other kinds as they are."""
    if not all(part.isascii() for part in parts):
        return list(parts)
    if len(parts) < 2:
        return [_lone(part) for part in parts]
    left, tail = _tail(_moved(list(parts)))
    left, counted = _uncounted(left)
    return [*_bracketed(_spelt(_every(left, tail, counted=counted))), *tail] if left else list(parts)


def parted(header: str) -> str:
    """`hours-per-week` → `hours per week`, where hyphens stand for blanks; `opt-in` and `E-Mail` keep theirs."""
    pieces = header.split("-")
    if len(pieces) < 2 or not re.fullmatch(r"[a-z]+(-[a-z]+)+", header) or known().joined.intersection(pieces):
        return header
    return " ".join(pieces)


def _lone(word: str) -> str:
    if reads := known().alone.get(word.casefold()):
        return reads
    # “Amt” by itself is a German office.
    return word if word.istitle() else known().words.get(word.casefold(), word)


def _moved(parts: list[str]) -> list[str]:
    """`Dt Customer` → `Customer date`."""
    moved = known().last.get(parts[0].casefold())
    return [*parts[1:], moved] if moved else parts


def _tail(parts: list[str]) -> tuple[list[str], list[str]]:
    """The words before a span of time or two quarters at the end, and how those read: `12 mon` → `in 12 months`."""
    low = [part.casefold() for part in parts]
    if len(low) > 2 and QUARTER.fullmatch(low[-1]) and QUARTER.fullmatch(low[-2]):
        return [*parts[:-3], f"{parts[-3]},"], [low[-2].upper(), "to", low[-1].upper()]
    glued = FIGURE.fullmatch(low[-1])
    if glued and glued[2] in known().periods:
        return _spanned(parts[:-1], glued[1], known().periods[glued[2]])
    if len(low) > 2 and low[-2].isdigit() and low[-1] in known().periods:
        return _spanned(parts[:-2], low[-2], known().periods[low[-1]])
    return parts, []


def _spanned(parts: list[str], figure: str, period: str) -> tuple[list[str], list[str]]:
    span = [figure, period if int(figure) == 1 else f"{period}s"]
    return parts, span if parts and parts[-1].casefold() in known().within else ["in", *span]


def _uncounted(parts: list[str]) -> tuple[list[str], bool]:
    """The words without those that say that something is counted, and whether there were any."""
    if len(parts) > 1 and parts[-1].casefold() in known().counts:
        left = parts[:-1]
        if len(left) > 1 and left[0].casefold() in known().wholes:
            left = left[1:]
        return [*left[:-1], _plural(left[-1])], True
    if len(parts) > 1 and parts[0].casefold() in known().counted:
        left, period = parts[1:], []
        if len(left) > 1 and left[-1].casefold() in known().periods:
            left, period = left[:-1], left[-1:]
        if left[0].casefold() != "of":
            return [*_several(left), *period], True
        if parts[0].casefold() == "number":  # such a header is in words already
            return [*parts[:2], *_several(left[1:]), *period], True
        return [*_several(left[1:] or left), *period], True
    if len(parts) > 1 and parts[1].casefold() == "since" and parts[0].casefold() in known().periods:
        return [f"{known().periods[parts[0].casefold()]}s", *parts[1:]], False
    return parts, False


def _several(words: list[str]) -> list[str]:
    """`device registered` → `devices registered`: the noun in the plural, which a participle may follow."""
    at = len(words) - (2 if len(words) > 1 and words[-1].casefold().endswith("ed") else 1)
    return [*words[:at], _plural(words[at]), *words[at + 1 :]] if words else words


def _plural(word: str) -> str:
    low = known().words.get(word.casefold(), word)
    if (
        (low.casefold().endswith("s") and not low.casefold().endswith("ss"))
        or low.casefold() in known().many
        or not low.isalpha()
    ):
        return low
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return f"{low[:-1]}ies"
    return f"{low}es" if low.endswith(("x", "ch", "sh", "ss")) else f"{low}s"


def _every(parts: list[str], tail: list[str], *, counted: bool) -> list[str]:
    """`Visits Month` → `Visits a month`, of what is counted."""
    period = known().periods.get(parts[-1].casefold()) if len(parts) > 1 else None
    before = parts[-2].casefold() if period else ""
    if tail or not period or parts[-1].casefold() != period or not before.endswith("s"):
        return parts
    if not (counted or before in known().measures):
        return parts
    return [*parts[:-1], "an" if period[0] in "aeiou" else "a", period]


def _spelt(parts: list[str]) -> list[str]:
    lists = known()
    spelt: list[str] = []
    for place, part in enumerate(parts):
        bare, comma = part.removesuffix(","), part[len(part.removesuffix(",")) :]
        low = bare.casefold()
        if place == 0 and low in lists.first and len(parts) > 1:
            spelt += lists.first[low].split()
            continue
        word = lists.words.get(low) or (lists.end.get(low) if place and place == len(parts) - 1 else None)
        numbered = NUMBERED.fullmatch(low)
        figure = FIGURE.fullmatch(low)
        if numbered and numbered[1] in lists.words:
            word = f"{lists.words[numbered[1]]} {numbered[2]}"
        elif figure and figure[2] in lists.periods:
            word = f"{figure[1]} {lists.periods[figure[2]]}{'' if figure[1] == '1' else 's'}"
        if word == "transactions" and spelt and spelt[-1].casefold().endswith("s"):
            spelt[-1] = spelt[-1][:-1]
        spelt.append((word or bare) + comma)
    if spelt[0] in {"spending", "share"}:
        spelt = [*spelt[:2], *(word if word.isupper() and len(word) < 4 else word.lower() for word in spelt[2:])]
    return spelt


def _bracketed(parts: list[str]) -> list[str]:
    """`monthly premium auto` → `monthly premium (auto)`."""
    if len(parts) < 2 or parts[-1].casefold() not in known().qualifiers or parts[-2].casefold() not in known().measures:
        return parts
    return [*parts[:-1], f"({parts[-1].lower()})"]
