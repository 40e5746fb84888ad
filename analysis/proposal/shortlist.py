"""By which of a table's measures segments should be found: few, each with a meaning of its own.

Distances between customers lose their meaning as columns are added, above all columns that say nearly the same (the
family counts twice) or nearly nothing. An analyst would take a handful: what has a role first, then one of each family
of columns that go together. The others describe the segments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.columns.images import correlations
from analysis.columns.roles import MEASURES, Part

Likeness = Matrix

MOST_COLUMNS = 8
"""Columns that segments are found by, at most, unless somebody names them."""
ENOUGH_MEASURES = 2
"""Measures beside which answers of yes and no only describe."""
BATTERY, MOST_ANSWERS = 5, 40
"""Answers of one kind that make a survey, and how many of them form segments at most."""
MARKS = (3, 11)
"""Different whole numbers of a scale of marks, from 1 to 3 up to 0 to 10."""
MOST_LOST = 0.2
"""Share of the rows that may be set aside because a column lacks a value."""
LOPSIDED = 0.8
"""Share of rows with the same value above which a column does not distinguish customers."""
KINDS = ("numeric", "ordinal", "boolean", "date")
SAME, KINDRED = 0.95, 0.7
"""Spearman's correlation from which two columns say the same, or are of one family."""


def _doubt(part: Part) -> str | None:
    """Why a column should describe only, by what it is or by what its file says of it."""
    return part.aside or (part.look.said.aside if part.look.said else None)


def describing(parts: Sequence[Part]) -> dict[str, str]:
    """The measures that should describe only, by header, each with the reason."""
    measures = [part for part in parts if part.measures]
    doubtful = {part.look.header: aside for part in measures if (aside := _doubt(part))}
    if len(doubtful) == len(measures):  # else nothing would be left to find segments by
        doubtful = {}
    measures = [part for part in measures if part.look.header not in doubtful]
    if answers := battery(measures):
        return doubtful | _beside(measures, answers)
    reasons = doubtful | _by_kind(measures)
    left = [part for part in measures if part.look.header not in reasons]
    lopsided = {part.look.header: _too_alike(part) for part in left if part.look.common > LOPSIDED}
    if len(lopsided) < len(left):  # else nothing would be left to find segments by
        reasons |= lopsided
        left = [part for part in left if part.look.header not in reasons]
    alike = _likeness(left)
    twins = _twins(left, alike)
    reasons |= {header: f"it nearly repeats “{other}”" for header, other in twins.items()}
    places = [place for place, part in enumerate(left) if part.look.header not in reasons]
    return reasons | _beyond([left[place] for place in places], alike[np.ix_(places, places)])


def gappy(parts: Sequence[Part], aside: Mapping[str, str]) -> dict[str, str]:
    """`aside`, and the columns with so many gaps that too many rows would be set aside because they have no value.

    What has a role keeps its place before others, and a column with few gaps before one with many.
    """
    left = [part for part in parts if part.measures and part.look.header not in aside]
    gaps = [part for part in left if part.kind in {"numeric", "date"} and part.look.gaps]
    reasons = dict(aside)
    lost = np.zeros(gaps[0].look.rows if gaps else 0, dtype=np.bool_)
    for part in sorted(gaps, key=lambda part: (_rank(part)[0], part.look.gaps)):
        more = lost | ~np.isfinite(part.look.figures)
        if more.mean() <= MOST_LOST:
            lost = more
        else:
            reasons[part.look.header] = "too many rows would be set aside because they have no value"
    return reasons if len(reasons) - len(aside) < len(left) else dict(aside)


def battery(measures: Sequence[Part]) -> list[Part]:
    """The answers of a survey, where most of the columns are answers of one kind; else nothing.

    Figures beside them, but for age and income, measure more finely than answers do, and two are enough.
    """
    finer = [part for part in measures if part.kind == "numeric" and not _is_answer(part)]
    if len([part for part in finer if part.role not in {"age", "income"}]) >= ENOUGH_MEASURES:
        return []
    kinds: dict[object, list[Part]] = {}
    for part in measures:
        if _is_answer(part):
            kinds.setdefault(_scale_of(part), []).append(part)
    largest = max(kinds.values(), key=len, default=[])
    return largest if len(largest) >= BATTERY and len(largest) * 2 > len(measures) else []


def _is_answer(part: Part) -> bool:
    """Yes or no, a level in words, or a mark from 0 or 1 up to 10 at most."""
    if part.kind in {"boolean", "ordinal"}:
        return True
    look = part.look
    marks = part.role == "feature" and look.whole and MARKS[0] <= look.distinct <= MARKS[1]
    return part.kind == "numeric" and marks and 0 <= look.p05 <= look.p95 <= MARKS[1] - 1


def _scale_of(part: Part) -> object:
    """What answers of one kind have in common: their levels, or the ends of their marks."""
    if part.kind != "numeric":
        return part.settings.get("order", part.kind)
    return float(np.nanmin(part.look.figures)), float(np.nanmax(part.look.figures))


def _beside(measures: Sequence[Part], answers: Sequence[Part]) -> dict[str, str]:
    """Why the other measures describe, and the answers that differ too little or repeat another."""
    reasons = {part.look.header: "the answers of the survey form the segments" for part in measures}
    telling = [part for part in answers if part.look.common <= SAME] or list(answers)
    reasons |= {part.look.header: _too_alike(part) for part in answers if part not in telling}
    twins = _twins(telling, _likeness(telling))
    reasons |= {header: f"it nearly repeats “{other}”" for header, other in twins.items()}
    kept = [part for part in telling if part.look.header not in twins]
    reasons |= {part.look.header: f"{MOST_ANSWERS} answers are the most that can be distinguished" for part in kept}
    return {header: why for header, why in reasons.items() if header not in _headers(kept[:MOST_ANSWERS])}


def _headers(parts: Sequence[Part]) -> set[str]:
    return {part.look.header for part in parts}


def _too_alike(part: Part) -> str:
    if part.look.common == 1:
        return "all of its rows hold the same value"
    # Rounded down: 99.5 % of the rows are not all of them.
    return f"{floor(part.look.common * 100)}% of its rows hold the same value"


def _by_kind(measures: Sequence[Part]) -> dict[str, str]:
    """Answers and dates describe beside proper measures."""
    proper = [part for part in measures if part.kind not in {"boolean", "date"} or part.role != _plain_role(part)]
    if len(proper) >= ENOUGH_MEASURES:
        return {part.look.header: _aside(part) for part in measures if part not in proper}
    if not proper:
        return {}
    booleans = [part for part in measures if part.kind == "boolean"]
    return {part.look.header: _aside(part) for part in booleans} if len(booleans) < ENOUGH_MEASURES else {}


def _plain_role(part: Part) -> str:
    return "date" if part.kind == "date" else "feature"


def _aside(part: Part) -> str:
    finer = "other columns distinguish customers more finely than yes and no"
    return finer if part.kind == "boolean" else "other columns say more about how customers behave"


def _likeness(parts: Sequence[Part]) -> Likeness:
    """The sizes of the rank correlations of the parts, (parts, parts); 0 where they are no figures or not known.

    Ranks are those among all rows with a figure, even where the other column has a gap: close enough, and sorted once.
    """
    import pandas as pd  # noqa: PLC0415 (already loaded with the table)

    found = np.zeros((len(parts), len(parts)))
    numeric = [place for place, part in enumerate(parts) if part.kind == "numeric"]
    if numeric:
        figures = pd.DataFrame({place: parts[place].look.figures for place in numeric})
        found[np.ix_(numeric, numeric)] = correlations(figures.rank().to_numpy(np.float64))
    return found


def _rank(part: Part) -> tuple[int, int]:
    """What has a role comes first, then figures, then levels, answers and dates."""
    if part.role in MEASURES:
        return 0, MEASURES.index(part.role)
    return 1 + KINDS.index(part.kind), 0


def _twins(parts: Sequence[Part], alike: Likeness) -> dict[str, str]:
    """Columns that say the same as another one, which is kept: the one with a role, or else the first."""
    kept: list[int] = []
    twins: dict[str, str] = {}
    for place in sorted(range(len(parts)), key=lambda place: _rank(parts[place])):
        same = np.flatnonzero(alike[place, kept] >= SAME)
        if len(same):
            twins[parts[place].look.header] = parts[kept[same[0]]].look.header
        else:
            kept.append(place)
    return twins


def _beyond(parts: Sequence[Part], alike: Likeness) -> dict[str, str]:
    """Those for whom there is no more room: first come roles, then one of each family, the largest first."""
    if len(parts) <= MOST_COLUMNS:
        return {}
    family = _families(parts, alike)
    taken: list[str] = []

    def worth(part: Part) -> tuple[int, int, int]:
        head, members = family[part.look.header]
        return (*_rank(part)[:1], int(part.look.header != head), -members)

    ordered = sorted(parts, key=worth)  # stable: the file's order decides among equals
    taken = [part.look.header for part in ordered[:MOST_COLUMNS]]
    reasons = {}
    for part in ordered[MOST_COLUMNS:]:
        head = family[part.look.header][0]
        stands = f"“{head}” stands for it" if head in taken and head != part.look.header else "others say more"
        reasons[part.look.header] = f"{MOST_COLUMNS} columns are the most that distances support, and {stands}"
    return reasons


def _families(parts: Sequence[Part], alike: Likeness) -> Mapping[str, tuple[str, int]]:
    """Header → the head of its family and how many belong to it; the head is the one most like the others.

    What has a role has a meaning of its own, and is a family of one.
    """
    found = {part.look.header: (part.look.header, 1) for part in parts}
    left = np.array([part.role not in MEASURES for part in parts])
    kin = (alike >= KINDRED) & left & left[:, None]
    counts = kin.sum(axis=1)
    while left.any():
        head = int(np.argmax(np.where(left, counts, -1)))
        members = np.flatnonzero(kin[head] & left)
        members = np.union1d(members, head)
        found |= dict.fromkeys(
            (parts[int(place)].look.header for place in members), (parts[head].look.header, len(members))
        )
        left[members] = False
        counts -= kin[:, members].sum(axis=1)
    return found
