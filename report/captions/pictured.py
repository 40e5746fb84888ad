"""Of a wide table not everything is drawn: a page with hundreds of charts is slow to load and read by nobody.

Those columns come first by which segments were found. The published contract keeps the figures of all.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Comparison, Contract, FeatureProfile, GroupSummary

MOST_COLUMNS, MOST_CORRELATED = 12, 8
"""Columns whose distributions are drawn, and those whose correlations are: a cell must take a figure on a phone."""
MOST_COMPARISONS = 24
"""Charts of one column over the groups that another makes; every grouping gets as many."""

MOST_IN_HEATMAP, MOST_RANGES = 8, 12


def telling(contract: Contract, among: Sequence[str], most: int) -> list[str]:
    """Of these columns those on which segments differ most, in the table's order."""

    def apart(name: str) -> float:
        found = ((one.share, each.effect) for one in contract.proper for each in one.figures if each.feature == name)
        return sum(share * effect**2 for share, effect in found)

    best = set(sorted(among, key=lambda name: -round(apart(name), 9))[:most])
    return [name for name in among if name in best]


def profiled_columns(contract: Contract) -> list[str]:
    """The columns that are told of some segment at least, in the table's order."""
    told = {each.feature for one in contract.proper for each in one.figures}
    return [one.feature for one in contract.segments[0].profile if one.feature in told]


def drawn_half(one: FeatureProfile | GroupSummary) -> tuple[float, float, float] | None:
    """Lower quartile, median, upper quartile as they are drawn; None where the median is withheld.

    Of a median with a quartile that is withheld only the dot is drawn: the bar is of no length.
    """
    return None if one.median is None else one.middle_half or (one.median, one.median, one.median)


def barless(drawn: Sequence[FeatureProfile | GroupSummary]) -> str:
    """What a subtitle says where some dots have no bar."""
    some = any(one.median is not None and not one.middle_half for one in drawn)
    return "; no bar: a quartile is withheld" if some else ""


def ranged(contract: Contract) -> list[str]:
    """The columns whose middle halves are drawn."""
    return telling(contract, spread(contract), MOST_RANGES)


def spread(contract: Contract) -> list[str]:
    """The columns that have quartiles worth telling; of two values they are either, unless there is nothing else."""
    two = {one.name for one in contract.data.features if one.measure == "boolean" or one.two_values is not None}
    profiled = [name for name in profiled_columns(contract) if _any_middle(contract, name)]
    return [name for name in profiled if name not in two] or profiled


def has_figures(contract: Contract) -> bool:
    """Whether figures of some segment are told."""
    return any(segment.figures for segment in contract.proper)


def has_middles(contract: Contract) -> bool:
    """Whether the middle half of some segment's customers is told of some column."""
    return any(one.middle_half for segment in contract.proper for one in segment.figures)


def of_most(columns: int, most: int) -> str:
    """For a subtitle: that of these columns only so many are drawn; nothing where all are."""
    return f"; the {most} columns that differ most" if columns > most else ""


def _any_middle(contract: Contract, name: str) -> bool:
    return any(one.feature == name and one.middle_half for segment in contract.proper for one in segment.figures)


def pictured(contract: Contract) -> Contract:
    """The contract with only that much of its exploration as the pages draw."""
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
    """The numeric columns that are drawn, those that cluster first."""
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
