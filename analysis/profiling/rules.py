"""How to recognise a segment's customers at the counter: a rule of a few bounds.

For each segment the few bounds are sought that tell its customers best from all others
(`analysis.profiling.bounds`), on the columns' own units and at round figures, and on who is in which category. How
well the rule does is counted with the bounds as they are shown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.cells.kinds.wording import bounded, dated, within
from analysis.cells.spellings import OTHER
from analysis.contract import Condition, Feature, Rule
from analysis.language import gettext
from analysis.language.words import SCALE, in_sentence, listed
from analysis.preparation.features import Features
from analysis.profiling.bounds import ABOVE, Bounds, CutAxis, axis, best_bounds, cut_at, picks
from analysis.wording.number_format import NumberFormat
from analysis.wording.typical import sentence

INSIDE = 0.5
"""The bound between those who are in a category and those who are not."""


def rules(features: Features, labels: Labels, formats: NumberFormat) -> tuple[Rule | None, ...]:
    """One rule a segment; None where no bounds would be right more often than wrong; none for label −1.

    Bounds are sought on customers with a value in every column; of the others a rule picks whom its columns tell of.
    """
    axes = _axes(features)
    return tuple(_rule(features, axes, labels == segment, formats) for segment in range(int(labels.max()) + 1))


def _rule(features: Features, axes: Sequence[CutAxis], member: Mask, formats: NumberFormat) -> Rule | None:
    whole = ~features.incomplete
    bounds = best_bounds(features.matrix[whole], axes, member[whole])
    picked = picks(features.matrix, bounds)
    if not bounds or 2 * (picked & member).sum() <= picked.sum():
        return None
    return _described(bounds, features, member, formats)


def _axes(features: Features) -> list[CutAxis]:
    """Amounts and marks cut at the multiples of a round step, categories between those who are in them and the rest."""
    named = {feature.name: feature for feature in features.clustering}
    return [
        axis(column, precision(named[one.feature], column))
        if one.category is None
        else cut_at(column, np.array([INSIDE]))
        for one, column in zip(features.design.axes, features.matrix[~features.incomplete].T, strict=True)
    ]


def precision(feature: Feature, column: Matrix) -> float:
    """The step of a column's bounds: a power of ten near 1 % of its range, and none that its format would hide."""
    width = float(column.max() - column.min())
    near = 10.0 ** math.floor(math.log10(width / 100))
    whole = 1.0 if np.all(column == np.round(column)) else 0.0
    return max(near, whole, _shown(feature))


def _shown(feature: Feature) -> float:
    """The smallest step that the column's format shows; 0 where it shows as many decimals as are needed."""
    if feature.format == "percent":
        return 10.0 ** -(2 + (feature.decimals or 0)) / feature.scale
    if feature.decimals is not None and feature.format == "number":
        return 10.0**-feature.decimals / feature.scale
    return 0.0 if feature.format == "number" else 1 / feature.scale


def _described(bounds: Bounds, features: Features, member: Mask, formats: NumberFormat) -> Rule:
    picked = picks(features.matrix, bounds)
    correct = int((picked & member).sum())
    conditions = tuple(_condition(axis, side, bounds[axis, side], features) for axis, side in sorted(bounds))
    return Rule(
        conditions=conditions,
        precision=correct / int(picked.sum()),
        recall=correct / int(member.sum()),
        picked=int(picked.sum()),
        correct=correct,
        sentence=_sentence(conditions, features, formats),
    )


def _condition(axis: int, side: str, edge: float, features: Features) -> Condition:
    one = features.design.axes[axis]
    if one.category is None:
        return Condition(feature=one.feature, operator="above" if side == ABOVE else "at most", value=edge)
    if side == ABOVE:
        return Condition(feature=one.feature, operator="is", value=one.category)
    other = [each for each in features.design.of(one.feature) if each != axis]
    # Of two categories, not to be in the one is to be in the other, if everybody is in one of them.
    inside = features.matrix[:, [axis, *other]].sum(axis=1)
    if len(other) == 1 and bool(np.all((inside == 1) | np.isnan(inside))):
        return Condition(feature=one.feature, operator="is", value=str(features.design.axes[other[0]].category))
    return Condition(feature=one.feature, operator="is not", value=one.category)


def _sentence(conditions: tuple[Condition, ...], features: Features, formats: NumberFormat) -> str:
    named = {feature.name: feature for feature in features.clustering}
    words = [
        _words(named[name], [one for one in conditions if one.feature == name], features, formats)
        for name in dict.fromkeys(one.feature for one in conditions)
    ]
    return sentence(listed(words))


def _words(feature: Feature, conditions: list[Condition], features: Features, formats: NumberFormat) -> str:
    """All that is asked of one column: `age above 30 but at most 40`, `channel is neither Shop nor Phone`."""
    label = in_sentence(feature.label)
    if told := bounded(feature, label, conditions):
        return told
    if feature.kind == "numeric":
        edges = [(one.operator, _edge(feature, float(one.value), formats)) for one in conditions]
        return dated(label, edges) if feature.measure == "date" and feature.role != "age" else within(label, edges)
    inside = [str(one.value) for one in conditions if one.operator == "is"]
    outside = [str(one.value) for one in conditions if one.operator == "is not"]
    if inside == [OTHER]:
        named = [str(features.design.axes[at].category) for at in features.design.of(feature.name)]
        inside, outside = [], [name for name in named if name != OTHER]
    if inside:
        return gettext("{label} is {category}", label=label, category=inside[0])
    if len(outside) == 1:
        return gettext("{label} is not {category}", label=label, category=outside[0])
    first, last = ", ".join(outside[:-1]), outside[-1]
    return gettext("{label} is neither {categories} nor {last}", label=label, categories=first, last=last)


def _edge(feature: Feature, edge: float, formats: NumberFormat) -> str:
    """A bound, without the unit where the label says what is counted, and short only where that loses nothing."""
    unit = feature.role != "age" and not (feature.unit or "").startswith(SCALE)
    return formats.exactly(feature, edge, short=edge * feature.scale % 1000 == 0, unit=unit)
