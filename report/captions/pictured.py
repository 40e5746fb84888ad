"""Which columns of a wide table are drawn: nobody reads a page with hundreds of charts, and it is slow to load.

Columns that were used to find the segments come first. The published contract keeps the figures of all columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Comparison, Contract, FeatureProfile, GroupSummary
from analysis.language import gettext

MOST_COLUMNS, MOST_CORRELATED = 12, 8
"""How many columns have their distribution drawn, and their correlations: a cell must hold a figure on a phone."""
MOST_COMPARISONS = 24
"""Charts that compare a column between the groups of another; every grouping gets the same number."""

MOST_IN_HEATMAP, MOST_RANGES = 8, 12


def telling(contract: Contract, among: Sequence[str], most: int) -> list[str]:
    """Those of these columns in which segments differ most, in the table's order."""

    def apart(name: str) -> float:
        found = ((one.share, each.effect) for one in contract.proper for each in one.figures if each.feature == name)
        return sum(share * effect**2 for share, effect in found)

    best = set(sorted(among, key=lambda name: -round(apart(name), 9))[:most])
    return [name for name in among if name in best]


def profiled_columns(contract: Contract) -> list[str]:
    """The columns with figures of at least one segment, in the table's order."""
    told = {each.feature for one in contract.proper for each in one.figures}
    return [one.feature for one in contract.segments[0].profile if one.feature in told]


def drawn_half(one: FeatureProfile | GroupSummary) -> tuple[float, float, float] | None:
    """Lower quartile, median, upper quartile as they are drawn; None where the median is withheld.

    Where a quartile is withheld, only the median's dot is drawn: the bar has no length.
    """
    return None if one.median is None else one.middle_half or (one.median, one.median, one.median)


def barless(drawn: Sequence[FeatureProfile | GroupSummary]) -> str:
    """A sentence for the subtitle where some dots have no bar; empty otherwise."""
    some = any(one.median is not None and not one.middle_half for one in drawn)
    return gettext("No bar: a quartile is withheld.") if some else ""


def ranged(contract: Contract) -> list[str]:
    """The columns whose ranges are drawn."""
    return telling(contract, spread(contract), MOST_RANGES)


def spread(contract: Contract) -> list[str]:
    """The columns with meaningful quartiles. Columns of two values have none and count only if there are no others."""
    two = {one.name for one in contract.data.features if one.measure == "boolean" or one.two_values is not None}
    profiled = [name for name in profiled_columns(contract) if _any_middle(contract, name)]
    return [name for name in profiled if name not in two] or profiled


def has_figures(contract: Contract) -> bool:
    """Whether any segment has figures."""
    return any(segment.figures for segment in contract.proper)


def has_middles(contract: Contract) -> bool:
    """Whether any segment has its quartiles of any column."""
    return any(one.middle_half for segment in contract.proper for one in segment.figures)


def of_most(columns: int, most: int) -> str:
    """A sentence for the subtitle where not all columns are drawn; empty where all are."""
    if columns <= most:
        return ""
    return gettext("The chart shows the {count} columns in which segments differ most.", count=most)


def _any_middle(contract: Contract, name: str) -> bool:
    return any(one.feature == name and one.middle_half for segment in contract.proper for one in segment.figures)


def pictured(contract: Contract) -> Contract:
    """The contract with only the part of its exploration that the pages draw."""
    chosen = _chosen(contract)
    paired = chosen[:MOST_CORRELATED]
    found = contract.exploration
    exploration = found.model_copy(
        update={
            "distributions": tuple(one for one in found.distributions if one.feature in chosen),
            "correlations": tuple(one for one in found.correlations if one.a in paired and one.b in paired),
            "comparisons": _comparisons(contract, chosen),
        }
    )
    return contract.model_copy(update={"exploration": exploration})


def _chosen(contract: Contract) -> list[str]:
    """The numeric columns that are drawn, those used for clustering first."""
    numeric = [feature for feature in contract.data.features if feature.kind == "numeric"]
    numeric.sort(key=lambda feature: (feature.used_for != "clustering", feature.measure == "boolean"))
    return [feature.name for feature in numeric[:MOST_COLUMNS]]


def _comparisons(contract: Contract, chosen: list[str]) -> tuple[Comparison, ...]:
    drawn = [one for one in contract.exploration.comparisons if one.feature in chosen]
    groupings = list(dict.fromkeys(one.by for one in drawn))[:MOST_COMPARISONS]
    each = MOST_COMPARISONS // max(len(groupings), 1)
    kept = []
    for by in groupings:
        kept += sorted((one for one in drawn if one.by == by), key=lambda one: chosen.index(one.feature))[:each]
    return tuple(one for one in drawn if one in kept)
