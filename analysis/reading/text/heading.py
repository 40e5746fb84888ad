"""Which of a table's first records is its header, and what it calls the columns.

Above the header may stand comments (`# made by …`), titles (`Orders report`, `Generated on` | `2026-01-31`) and a row
that only groups columns (`2024` | | `2025` | over `Orders` | `Revenue` | `Orders` | `Revenue`). The header is the
first record from which on the records agree in width. A record is passed over only where it looks like a title (one
cell, or fewer cells than the rows with a figure or a colon in them) and a record further down looks like a header: it
has words where the rows below have figures. In doubt the first record is the header.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.headers.headers import loose

Cells = Sequence[str]

FIGURE = re.compile(r"[-+−(]?\s*(?:[$€£¥]|[A-Z]{3}\s)?\s*[-+−]?[0-9][0-9.,'\s/:T-]*(?:%|[$€£¥]|[A-Z]{3})?\)?")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
NOTHING = frozenset({"", "-", "–", "?", ".", "n/a", "na", "nan", "null", "none", "#n/a"})
MOSTLY = 0.8


@dataclass(frozen=True)
class HeaderRows:
    """Where the header stands among the first records, and the names that it gives."""

    place: int
    names: tuple[str, ...]
    above: int = 0
    """Records above it that hold something; blank ones are not counted."""
    grouped: Literal["", "put before", "left out"] = ""
    """What became of the names in a row above it that groups columns, which is not counted in `above`; empty: none."""


def heading(records: Sequence[Cells], comments: Collection[int] = (), known: Collection[str] = ()) -> HeaderRows | None:
    """The header among the first records of a table; None where all are blank.

    `comments` are the places of records written as comments, `known` the configured names, made `loose`: the record
    that holds most of them is the header, where two or all of them are found.
    """
    filled = [place for place, cells in enumerate(records) if _filled(cells)]
    if not filled:
        return None
    plain = [place for place in filled if place not in comments]
    if not plain:
        return _plainly(records, filled[0], filled)
    width = _width([records[place] for place in plain[1:]])
    named = _named(records, plain, known)
    for place in plain:
        if named is not None and place not in {named - 1, named}:
            continue
        if grouped := _grouped(records, place, filled, width):
            return grouped
        if place == named:
            break
        if named is None and not (_extent(records[place]) < width and _title(records[place])):
            break
    else:
        place = plain[0]
    if named is None and place != plain[0] and not _heads(records, plain, place, width):
        place = plain[0]
    return _plainly(records, _commented(records, comments, place) if named is None else place, filled)


def agreeing(leads: Sequence[Cells], comments: Collection[int], found: HeaderRows) -> float:
    """Share of the records from the header on that are as wide as it is."""
    width = len(found.names)
    below = [each for place, each in enumerate(leads) if place > found.place and place not in comments and any(each)]
    return (1 + sum(len(each) == width for each in below)) / (1 + len(below))


def _plainly(records: Sequence[Cells], place: int, filled: Sequence[int]) -> HeaderRows:
    return HeaderRows(place, tuple(map(trimmed, records[place])), sum(each < place for each in filled))


def trimmed(name: str) -> str:
    """A name with its blanks made single."""
    return " ".join(name.split())


def _filled(cells: Cells) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _extent(cells: Cells) -> int:
    """The place of the last cell with something in it, counted from 1."""
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _width(records: Sequence[Cells]) -> int:
    """How far most rows reach; lines of a single cell are no rows where there are others."""
    counted = Counter(map(_extent, records))
    wide = {extent: count for extent, count in counted.items() if extent > 1} or counted
    return max(wide, key=lambda extent: (wide[extent], extent), default=0)


def _named(records: Sequence[Cells], plain: Sequence[int], known: Collection[str]) -> int | None:
    """The first record with the most of the configured names."""
    found = {place: sum(loose(cell) in known for cell in records[place] if cell.strip()) for place in plain}
    best = max(found.values())
    if not best or best < min(2, len(known)):
        return None
    return next(place for place, count in found.items() if count == best)


def _title(cells: Cells) -> bool:
    """Whether a record that is narrower than the rows reads like a title."""
    told = any(cell.rstrip().endswith(":") or any(map(str.isdigit, cell)) for cell in cells)
    return _filled(cells) == 1 or told


def _heads(records: Sequence[Cells], plain: Sequence[int], place: int, width: int) -> bool:
    """Whether a record below titles is a header for certain."""
    if _extent(records[place]) < width or sum(map(_is_figure, records[place])) * 2 >= width:
        return False
    if _over_figures(records[place], records[place + 1 :]):
        return True
    # A table of words alone: its header is told by what sets the titles apart from it.
    alone = sum(_filled(records[each]) == 1 for each in plain if each < place)
    return alone > 1 or (alone == 1 and not _filled(records[place - 1]))


def _commented(records: Sequence[Cells], comments: Collection[int], place: int) -> int:
    """The line before the first record, where that is a header written as a comment: `#id,name`."""
    before = place - 1
    if before not in comments or len(records[before]) != len(records[place]) or len(records[place]) < 2:
        return place
    told = re.fullmatch(r"\s*[#/;-]+\s*(.*)", records[before][0])
    own = [told[1] if told else "", *records[before][1:]]
    if _over_figures(own, records[place:]):
        return place if _over_figures(records[place], records[place + 1 :]) else before
    return before if re.match(r"\s*#\w", records[before][0]) and not _over_figures(records[place], records) else place


def _is_figure(cell: str) -> bool:
    return bool(FIGURE.fullmatch(cell.strip()))


def _over_figures(cells: Cells, below: Sequence[Cells]) -> bool:
    """Whether a record has a word in a column that holds figures below it."""
    return any(
        cell.strip().casefold() not in NOTHING and not _is_figure(cell) and _of_figures(place, below)
        for place, cell in enumerate(cells)
    )


def _of_figures(place: int, rows: Sequence[Cells]) -> bool:
    cells = [row[place] for row in rows if place < len(row) and row[place].strip()]
    return bool(cells) and sum(map(_is_figure, cells)) >= MOSTLY * len(cells)


def _grouped(records: Sequence[Cells], place: int, filled: Sequence[int], width: int) -> HeaderRows | None:
    """The header directly below a record that groups columns; None where the record does nothing of the kind."""
    if place + 1 not in filled:
        return None
    group, second, below = records[place], records[place + 1], records[place + 2 :]
    if not _may_group(group, second, below, width):
        return None
    own = [trimmed(name) for name in second] + [""] * (len(group) - len(second))
    over = [trimmed(name) for name in group] + [""] * (len(own) - len(group))
    named = [name for name in own if name]
    doubled = len(set(named)) < len(named)
    names = _together(over, own) if doubled else [name or above for above, name in zip(over, own, strict=True)]
    if doubled and len(set(filter(None, names))) <= len(set(named)):
        return None
    upright = any(above and not name for above, name in zip(over, own, strict=True))
    if not doubled and not upright and (_filled(group) < 2 or _filled(group) * 2 > width):
        return None
    above = sum(each < place for each in filled)
    return HeaderRows(place + 1, tuple(names), above, "put before" if doubled else "left out")


def _may_group(group: Cells, second: Cells, below: Sequence[Cells], width: int) -> bool:
    """Whether a record has gaps over names, and the next one names columns whose rows hold figures."""
    if _extent(second) < width or len(set(map(trimmed, second)) - {""}) < 2:
        return False
    gaps = any(cell.strip() and not "".join(group[place : place + 1]).strip() for place, cell in enumerate(second))
    words = all(YEAR.fullmatch(cell.strip()) or not _is_figure(cell) for cell in (*group, *second))
    bare = any(cell.strip().casefold() in NOTHING - {""} for cell in second)
    years = any(YEAR.fullmatch(cell.strip()) for cell in second) and _over_figures(group, below)
    return gaps and words and not bare and (years or _over_figures(second, below))


def _together(over: Sequence[str], own: Sequence[str]) -> list[str]:
    """Each name with that of its group before it; a group reaches to the next one, or to a name of its own."""
    names, group = list[str](), ""
    for above, name in zip(over, own, strict=True):
        if above:
            group = above if name else ""
        names.append(f"{group} {name}".strip() if name else above)
    return names
