"""How to recognise a segment's customers at the counter: a rule of a few bounds.

For each segment a shallow decision tree (CART, Breiman et al. 1984) tells its customers from all others, on the
columns' own units and on who is in which category; of its leaves the one with the best F1 becomes the rule. Bounds are
set to round figures, those that hardly help are dropped, and how well the rule does is counted with the bounds as they
are shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from analysis.arrays import Labels, Mask, Matrix
from analysis.contract import Condition, Feature, Rule
from analysis.design import OTHER
from analysis.features import Features
from analysis.figures import Figures, listed
from analysis.kinds.wording import bounded
from analysis.traits import in_sentence

DEEPEST = 3
INSIDE = 0.5
"""The bound between those who are in a category and those who are not."""
WORTH = 0.02
"""A bound stays only if the rule's F1 falls by more than this without it: two bounds are remembered, four are not."""
Bounds = dict[tuple[int, str], float]
"""(Axis, `above` or `at most`) → bound; of a category, whose axis holds 1 and 0, a half."""


def rules(features: Features, labels: Labels, figures: Figures) -> tuple[Rule | None, ...]:
    """One rule a segment; None where no bounds would be right more often than wrong."""
    return tuple(_rule(features, labels == segment, figures) for segment in range(int(labels.max()) + 1))


def _rule(features: Features, member: Mask, figures: Figures) -> Rule | None:
    tree = DecisionTreeClassifier(max_depth=DEEPEST, random_state=0).fit(features.matrix, member)
    steps = _steps(features)
    leaves = [_rounded(bounds, steps, features.matrix) for bounds in _leaves(tree, 0, {})]
    best = max(leaves, key=lambda bounds: f1(features.matrix, member, bounds))
    bounds = _pruned(best, features.matrix, member)
    picked = picks(features.matrix, bounds)
    if not bounds or 2 * (picked & member).sum() <= picked.sum():
        return None
    return _described(bounds, features, member, figures)


def _steps(features: Features) -> list[float]:
    """What bounds on each axis are multiples of."""
    named = {feature.name: feature for feature in features.clustering}
    return [
        precision(named[axis.feature], column) if axis.category is None else INSIDE
        for axis, column in zip(features.design.axes, features.matrix.T, strict=True)
    ]


def _leaves(model: DecisionTreeClassifier, node: int, bounds: Bounds) -> Iterable[Bounds]:
    """The bounds on the way to each leaf; the tighter of two on the same side of a column."""
    tree = model.tree_
    if tree.children_left[node] == tree.children_right[node]:
        yield bounds
        return
    column, edge = int(tree.feature[node]), float(tree.threshold[node])
    most, above = (column, "at most"), (column, "above")
    yield from _leaves(model, int(tree.children_left[node]), {**bounds, most: min(edge, bounds.get(most, edge))})
    yield from _leaves(model, int(tree.children_right[node]), {**bounds, above: max(edge, bounds.get(above, edge))})


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


def _rounded(bounds: Bounds, steps: list[float], matrix: Matrix) -> Bounds:
    """Bounds at round figures; those beyond every customer, once rounded, are dropped."""
    rounded = {}
    for (column, side), edge in bounds.items():
        # Whole steps down: for whole numbers, above 54.5 is above 54.
        value = float(f"{math.floor(edge / steps[column] + 1e-9) * steps[column]:.12g}")
        if matrix[:, column].min() <= value < matrix[:, column].max():
            rounded[column, side] = value
    return rounded


def _pruned(bounds: Bounds, matrix: Matrix, member: Mask) -> Bounds:
    """Without the bounds that hardly help, the least useful first."""
    enough = f1(matrix, member, bounds) - WORTH
    while len(bounds) > 1:
        without = [{key: edge for key, edge in bounds.items() if key != dropped} for dropped in bounds]
        best = max(without, key=lambda fewer: f1(matrix, member, fewer))
        if f1(matrix, member, best) < enough:
            return bounds
        bounds = best
    return bounds


def picks(matrix: Matrix, bounds: Bounds) -> Mask:
    """The customers within all bounds."""
    picked = np.ones(len(matrix), dtype=bool)
    for (column, side), edge in bounds.items():
        picked &= matrix[:, column] > edge if side == "above" else matrix[:, column] <= edge
    return picked


def f1(matrix: Matrix, member: Mask, bounds: Bounds) -> float:
    """Harmonic mean of precision and recall (van Rijsbergen 1979)."""
    picked = picks(matrix, bounds)
    return 2 * float((picked & member).sum()) / float(picked.sum() + member.sum())


def _described(bounds: Bounds, features: Features, member: Mask, figures: Figures) -> Rule:
    picked = picks(features.matrix, bounds)
    correct = int((picked & member).sum())
    conditions = tuple(_condition(axis, side, bounds[axis, side], features) for axis, side in sorted(bounds))
    return Rule(
        conditions=conditions,
        precision=correct / int(picked.sum()),
        recall=correct / int(member.sum()),
        picked=int(picked.sum()),
        correct=correct,
        sentence=_sentence(conditions, features, figures),
    )


def _condition(axis: int, side: str, edge: float, features: Features) -> Condition:
    one = features.design.axes[axis]
    if one.category is None:
        return Condition(feature=one.feature, operator="above" if side == "above" else "at most", value=edge)
    if side == "above":
        return Condition(feature=one.feature, operator="is", value=one.category)
    other = [each for each in features.design.of(one.feature) if each != axis]
    # Of two categories, not to be in the one is to be in the other, if everybody is in one of them.
    if len(other) == 1 and bool(np.all(features.matrix[:, [axis, *other]].sum(axis=1) == 1)):
        return Condition(feature=one.feature, operator="is", value=str(features.design.axes[other[0]].category))
    return Condition(feature=one.feature, operator="is not", value=one.category)


def _sentence(conditions: tuple[Condition, ...], features: Features, figures: Figures) -> str:
    named = {feature.name: feature for feature in features.clustering}
    words = [
        _words(named[name], [one for one in conditions if one.feature == name], features, figures)
        for name in dict.fromkeys(one.feature for one in conditions)
    ]
    sentence = listed(words)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _words(feature: Feature, conditions: list[Condition], features: Features, figures: Figures) -> str:
    """All that is asked of one column: `age above 30 but at most 40`, `channel is neither Shop nor Phone`."""
    label = in_sentence(feature.label)
    if told := bounded(feature, conditions):
        return f"{label} {told}"
    if feature.kind == "numeric":
        edges = [f"{one.operator} {_edge(feature, float(one.value), figures)}" for one in conditions]
        return f"{label} {' but '.join(edges)}"
    inside = [str(one.value) for one in conditions if one.operator == "is"]
    outside = [str(one.value) for one in conditions if one.operator == "is not"]
    if inside == [OTHER]:
        named = [str(features.design.axes[at].category) for at in features.design.of(feature.name)]
        inside, outside = [], [name for name in named if name != OTHER]
    if inside:
        return f"{label} is {inside[0]}"
    return f"{label} is not {outside[0]}" if len(outside) == 1 else f"{label} is neither {listed(outside, 'nor')}"


def _edge(feature: Feature, edge: float, figures: Figures) -> str:
    """A bound, without the unit where the label says what is counted, and short only where that loses nothing."""
    unit = feature.role != "age" and not (feature.unit or "").startswith("of ")
    if feature.format == "number" and (edge * feature.scale) % 1 == 0:
        feature = feature.model_copy(update={"decimals": 0})  # a bound of 47 is not 47.0
    return figures.of(feature, edge, short=edge * feature.scale % 1000 == 0, unit=unit)
