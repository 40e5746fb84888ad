"""The results of many tables in a few lines, and whether they are what was aimed at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from .families import FAMILIES
from .known import Kind
from .power import DISTANCES
from .score import Outcome

VERDICTS = ("natural", "reproducible", "constructive", "none")
CLAIMS = frozenset({"natural", "reproducible"})
"""Verdicts that say there is something to find; on a table without structure each is a false alarm."""
LEAST_EXACT, LEAST_ARI = 0.90, 0.95
MOST_ALARMS = 0.05
"""Share of the tables without structure on which there may be a claim: the verdict is a test at that level."""
TITLES: dict[Kind, str] = {
    "separated": "all separated",
    "overlapping": "all overlapping",
    "power": "all apart in steps",
    "structureless": "all without structure",
}
FAMILY_NAMES = tuple(family.name for family in FAMILIES)
HEADINGS = ("family", "tables", "exact k", "within one", "mean ARI", *VERDICTS)


@dataclass(frozen=True)
class Summary:
    """Tables together: shares 0…1 of exact and nearly exact numbers of groups, mean adjusted Rand index, seconds."""

    name: str
    kind: Kind
    total: bool
    tables: int
    exact: float
    within_one: float
    ari: float
    verdicts: Counter[str]
    seconds: float

    @property
    def cells(self) -> list[str]:
        """The figures under HEADINGS; where there are no groups, none can be found."""
        found = [f"{self.exact:.0%}", f"{self.within_one:.0%}", f"{self.ari:.3f}"]
        shown = ["", "", ""] if self.kind == "structureless" else found
        return [self.name, str(self.tables), *shown, *(str(self.verdicts[verdict] or "") for verdict in VERDICTS)]


@dataclass(frozen=True)
class Target:
    """What was aimed at, what came out, and whether that is enough."""

    name: str
    figures: str
    met: bool


def summary(name: str, kind: Kind, outcomes: Sequence[Outcome], *, total: bool = False) -> Summary:
    """The outcomes together."""
    return Summary(
        name=name,
        kind=kind,
        total=total,
        tables=len(outcomes),
        exact=fmean(each.exact for each in outcomes),
        within_one=fmean(each.within_one for each in outcomes),
        ari=fmean(each.ari for each in outcomes),
        verdicts=Counter(each.verdict for each in outcomes),
        seconds=sum(each.seconds for each in outcomes),
    )


def summaries(outcomes: Sequence[Outcome]) -> list[Summary]:
    """A line a family, separated groups first, none last; below each kind the sum of it."""
    lines: list[Summary] = []
    for kind, title in TITLES.items():
        of_kind = _of_kind(kind, outcomes)
        families = [(name, [each for each in of_kind if each.family == name]) for name in FAMILY_NAMES]
        lines += [summary(name, kind, found) for name, found in families if found]
        if of_kind:
            lines.append(summary(title, kind, of_kind, total=True))
    return lines


def markdown(lines: Sequence[Summary | Power], headings: Sequence[str] = HEADINGS) -> str:
    """The table as docs/accuracy.md shows it."""
    rows = [headings, ("---", *["--:"] * (len(headings) - 1)), *(line.cells for line in lines)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def targets(outcomes: Sequence[Outcome]) -> list[Target]:
    """What was aimed at, as far as there are tables to tell by; a table that failed meets nothing.

    Tables whose groups overlap have no target: how many of them can be found nobody can say beforehand.
    """
    found = []
    if apart := _of_kind("separated", outcomes):
        exact, ari = fmean(each.exact for each in apart), fmean(each.ari for each in apart)
        found.append(Target("Exact number of groups", f"{exact:.1%}, at least {LEAST_EXACT:.0%}", exact >= LEAST_EXACT))
        found.append(Target("Mean adjusted Rand index", f"{ari:.3f}, at least {LEAST_ARI}", ari >= LEAST_ARI))
    if clouds := _of_kind("structureless", outcomes):
        alarms = sum(each.verdict in CLAIMS or each.error is not None for each in clouds)
        most = MOST_ALARMS * len(clouds)
        told = f"{alarms} of {len(clouds)}, at most 1 in 20"
        found.append(Target("Claims on tables without structure", told, alarms <= most))
    return found


@dataclass(frozen=True)
class Power:
    """How often the verdict says *natural* or *reproducible* of groups so far apart, by number of customers."""

    distance: float
    shares: tuple[tuple[int, int], ...]
    """Claims and tables, for each of SIZES and at last for all."""
    exact: float

    @property
    def cells(self) -> list[str]:
        """The figures under POWER_HEADINGS."""
        counted = [f"{claims} of {tables}" if tables else "" for claims, tables in self.shares]
        return [f"{self.distance:g}", *counted, f"{self.exact:.0%}" if self.distance else ""]


SIZES = ((100, 200), (500, 500), (1000, 2000))
POWER_HEADINGS = ("apart by", "100–200 customers", "500", "1,000–2,000", "all", "exact k")


def power(outcomes: Sequence[Outcome]) -> list[Power]:
    """A line for each distance of which there are tables; at 0 each claim is false."""
    found = []
    for distance in (0.0, *DISTANCES):
        own = [each for each in outcomes if each.family == f"apart by {distance:g}"]
        if own:
            within = [[each for each in own if low <= each.rows <= high] for low, high in SIZES]
            shares = tuple((sum(each.verdict in CLAIMS for each in some), len(some)) for some in (*within, own))
            found.append(Power(distance, shares, fmean(each.exact for each in own)))
    return found


def _of_kind(kind: Kind, outcomes: Sequence[Outcome]) -> list[Outcome]:
    names = {family.name for family in FAMILIES if family.kind == kind}
    return [each for each in outcomes if each.family in names]
