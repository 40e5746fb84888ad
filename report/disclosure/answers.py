"""Shares of yes: the mean of a column of two values, such as yes and no, times the customers, is a count.

Whatever the column was said to hold: 0 and 1 may stand there as amounts, and two levels are 1 and 2. By segment the
counts of yes (the higher value) and of no make a two-way table, whose sums are published; where a cell of it is small,
it is withheld with complements (Gusfield 1988), and so is every figure that it follows from. What is told is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, sqrt

from analysis.contract import Contract, Correlation, Feature, FeatureProfile, GroupSummary, Segment
from analysis.rounding.random_rounding import Rounding, telling
from analysis.rounding.rounded_figures import correlation_as_told, ends
from report.disclosure.cells import small, withheld
from report.disclosure.moments import few_of_three

FIGURES = ("mean", "median", "standard_deviation", "p05", "q1", "q3", "p95")


@dataclass(frozen=True)
class TwoAnswers:
    """A column of two values, with what no and yes stand for in it."""

    feature: Feature
    no: float
    yes: float

    @classmethod
    def of(cls, feature: Feature) -> TwoAnswers | None:
        """None for a column that has more than two values."""
        two = ends(feature)
        return cls(feature, *two) if two else None

    @property
    def share(self) -> float:
        """Of all who answered, those who say yes."""
        return ((self.feature.mean or 0.0) - self.no) / (self.yes - self.no)

    @property
    def farthest(self) -> float:
        """How far from the mean the rarer answer lies, in standard deviations."""
        rarer = min(self.share, 1 - self.share)
        return sqrt((1 - rarer) / rarer) if rarer > 0 else 0.0

    @property
    def lacking(self) -> int:
        """Customers without an answer, whom no figure counts."""
        return self.feature.missing or 0

    def counts(self, mean: float, size: int, known: int | None = None) -> tuple[int, int]:
        """How many of `size` customers say yes and no; `known`: how many answered, where that is stated.

        Else, of those who may lack an answer, as few as there can be.
        """
        share = (mean - self.no) / (self.yes - self.no)
        if known is None and self.lacking:
            fewest = max(size - self.lacking, 0)
            return _fewest(share * fewest), _fewest((1 - share) * fewest)
        answered = size if known is None else known
        yes = round(share * answered)
        return yes, answered - yes


def _fewest(count: float) -> int:
    """A count that may be a fraction more; none where it is none."""
    return max(1, floor(count + 1e-9)) if count > 1e-9 else 0


def columns_of_two(contract: Contract) -> dict[str, TwoAnswers]:
    """Every column of two values by name."""
    return {feature.name: one for feature in contract.data.features if (one := TwoAnswers.of(feature))}


def untold_columns(contract: Contract) -> frozenset[str]:
    """Columns of which no mean may be told of anybody.

    Those of two or three values, one of which few customers of all have; those whose sum one or two customers make.
    """
    least = contract.privacy.min_cell
    few = frozenset(
        name
        for name, one in columns_of_two(contract).items()
        if one.feature.mean is None or any(small(count, least) for count in _of_all(one, one.feature.mean, contract))
    )
    return few_of_three(contract) | few | frozenset(one.name for one in contract.data.features if one.concealed)


def dominated(contract: Contract) -> frozenset[str]:
    """Columns of which one or two customers make nearly all of a sum, of all customers or of a segment."""
    figures = (one for segment in contract.segments for one in segment.figures)
    return frozenset(
        [one.name for one in contract.data.features if one.concealed == "dominated"]
        + [one.feature for one in figures if one.concealed == "dominated"]
    )


def _of_all(one: TwoAnswers, mean: float, contract: Contract) -> tuple[int, int]:
    customers = contract.data.customers
    return one.counts(mean, customers, customers - one.lacking)


def untold_answers(contract: Contract, untold: frozenset[str]) -> dict[int, frozenset[str]]:
    """Segment → columns whose figures may not be told of it; `untold` are those that are told of none."""
    found = {
        each.id: set(untold & {one.feature for one in each.profile})
        | {one.feature for one in each.figures if one.concealed}
        for each in contract.segments
    }
    for name, one in columns_of_two(contract).items():
        for segment in _untold(one, contract) if name not in untold else ():
            found[segment].add(name)
    for name, segments in _constant(contract).items():
        for each in segments:
            found[each].add(name)
    return {segment: frozenset(names) for segment, names in found.items()}


def _untold(one: TwoAnswers, contract: Contract) -> list[int]:
    """Segments of which a column is not told, whose own share is."""
    name = one.feature.name
    asked = [segment for segment in contract.segments if any(each.feature == name for each in segment.figures)]
    hidden = withheld(_table(one, asked), contract.privacy.min_cell, groups=not one.feature.harmless)
    if hidden is None:
        return [segment.id for segment in asked]
    return [segment.id for row, segment in enumerate(asked) if {(row, 0), (row, 1)} & hidden]


def _table(one: TwoAnswers, segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """Customers of each segment who say yes, and no."""
    name = one.feature.name
    return [
        one.counts(figure.mean, segment.size, figure.known) for segment in segments for figure in _told(segment, name)
    ]


def _constant(contract: Contract) -> dict[str, list[int]]:
    """Column of numbers → segments all of whose customers have the same value, and another where it is only one.

    With a single one left out, its mean would follow from that of everybody.
    """
    found: dict[str, list[int]] = {}
    for one in contract.data.features:
        asked = [segment for segment in contract.segments if _told(segment, one.name)]
        same = [segment.id for segment in asked if _told(segment, one.name)[0].constant]
        if one.harmless or one.two_values or not same:
            continue
        others = sorted((segment.size, segment.id) for segment in asked if segment.id not in same)
        found[one.name] = same + [number for _, number in others[: len(same) == 1]]
    return found


def all_or_none(contract: Contract) -> tuple[str, ...]:
    """Columns not declared harmless of which a share is withheld since nearly all or none of a segment have it."""
    least = contract.privacy.min_cell
    tables = {name: _table(one, contract.segments) for name, one in columns_of_two(contract).items()}
    for feature in contract.data.features:
        rows = [[each.count for each in one.shares if each.feature == feature.name] for one in contract.segments]
        if len(feature.categories) > 1 and all(rows):
            tables[feature.name] = [(count, sum(row) - count) for row in rows for count in row]
    same = _constant(contract)
    return tuple(
        one.name
        for one in contract.data.features
        if one.name in same
        or (
            not one.harmless
            and any(telling(row[0], sum(row), least) and not small(min(row), least) for row in tables.get(one.name, ()))
        )
    )


def _told(segment: Segment, name: str) -> list[FeatureProfile]:
    return [each for each in segment.figures if each.feature == name]


def without_figures(feature: Feature) -> Feature:
    """A column whose own share is not told."""
    return feature.model_copy(update=dict.fromkeys(FIGURES))


def tells_few(group: GroupSummary, one: TwoAnswers, least: int) -> bool:
    """Whether the mean of a group of customers tells how few of them say yes, or no, or that nearly all do."""
    return _few(one, group.mean, group.count, least)


def _few(one: TwoAnswers, mean: float, size: int, least: int) -> bool:
    counts = one.counts(mean, size)
    return any(small(count, least) or (not one.feature.harmless and telling(count, size, least)) for count in counts)


def correlation(
    found: Correlation, contract: Contract, untold: frozenset[str], answers: Mapping[str, TwoAnswers]
) -> Correlation:
    """The correlation of two columns, unless it tells how few customers have two answers at once.

    Of two columns of two values it is φ, which with both shares gives all four counts (Yule 1912).
    """
    few = not untold.isdisjoint({found.a, found.b})
    if not few and found.pearson is not None and found.a in answers and found.b in answers:
        cells = _four(answers[found.a], answers[found.b], found.pearson, contract.data.customers)
        few = any(small(count, contract.privacy.min_cell) for count in cells)
    return found.model_copy(update={"pearson": None, "spearman": None}) if few else found


def rounded_correlation(
    found: Correlation, contract: Contract, answers: Mapping[str, TwoAnswers], rounding: Rounding
) -> Correlation:
    """That of two columns of two values, which is a count until here; any other was rounded when it was measured."""
    if found.rounded_to is not None or not {found.a, found.b} <= answers.keys():
        return found
    known = max(contract.data.customers - answers[found.a].lacking - answers[found.b].lacking, 1)
    return correlation_as_told(found, answers[found.a].farthest * answers[found.b].farthest / known, known, rounding)


def _four(a: TwoAnswers, b: TwoAnswers, phi: float, size: int) -> tuple[int, ...]:
    """Customers by both answers; as if all were known, where some lack one."""
    lacking = a.lacking + b.lacking
    p, q = a.share, b.share
    both = p * q + phi * (p * (1 - p) * q * (1 - q)) ** 0.5
    shares = (both, p - both, q - both, 1 - p - q + both)
    known = max(size - lacking, 0)
    return tuple(_fewest(share * known) if lacking else round(share * size) for share in shares)


def mean_of_few(means: Mapping[str, float], size: int, contract: Contract) -> frozenset[str]:
    """Columns of two values of which these means, of that many customers, tell how few say yes, or no."""
    least, answers = contract.privacy.min_cell, columns_of_two(contract)
    return frozenset(name for name, mean in means.items() if name in answers and _few(answers[name], mean, size, least))
