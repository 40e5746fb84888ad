"""How to recognise a segment's customers at the counter: a rule of at most three bounds.

For each segment a shallow decision tree (CART, Breiman et al. 1984) tells its customers from all others, on the
columns' own units; of its leaves the one with the best F1 becomes the rule. Bounds are rounded to the column's
precision, and how well the rule does is counted with the rounded bounds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from analysis.contract import Condition, Feature, Rule
from analysis.features import Features, Labels, Mask, Matrix
from analysis.figures import Figures
from analysis.traits import in_sentence

DEEPEST = 3
Bounds = dict[int, tuple[float, float]]
"""Column → (above, at most)."""


def rules(features: Features, labels: Labels, figures: Figures) -> tuple[Rule | None, ...]:
    """One rule a segment; None where no bound tells its customers apart."""
    return tuple(_rule(features, labels == segment, figures) for segment in range(int(labels.max()) + 1))


def _rule(features: Features, member: Mask, figures: Figures) -> Rule | None:
    tree = DecisionTreeClassifier(max_depth=DEEPEST, random_state=0).fit(features.matrix, member)
    steps = [_step(column) for column in features.matrix.T]
    paths = [_rounded(bounds, steps, features.matrix) for bounds in _leaves(tree, 0, {})]
    found = [(_f1(features.matrix, member, bounds), bounds) for bounds in paths if bounds]
    if not found:
        return None
    score, bounds = max(found, key=lambda pair: pair[0])  # the first of equals: trees grow the same way each time
    return _described(bounds, features, member, figures) if score > 0 else None


def _leaves(model: DecisionTreeClassifier, node: int, bounds: Bounds) -> Iterable[Bounds]:
    """The bounds on the way to each leaf, several on one column merged into one interval."""
    tree = model.tree_
    if tree.children_left[node] == tree.children_right[node]:
        yield bounds
        return
    column, edge = int(tree.feature[node]), float(tree.threshold[node])
    above, most = bounds.get(column, (-math.inf, math.inf))
    yield from _leaves(model, int(tree.children_left[node]), {**bounds, column: (above, min(most, edge))})
    yield from _leaves(model, int(tree.children_right[node]), {**bounds, column: (max(above, edge), most)})


def _step(column: Matrix) -> float:
    """The column's precision: a power of ten that its values are multiples of, yet no finer than 1 % of its range."""
    width = float(column.max() - column.min())
    coarse = 10.0 ** math.floor(math.log10(width / 100)) if width > 0 else 1.0
    whole = bool(np.all(column == np.round(column)))
    return max(coarse, 1.0) if whole else coarse


def _rounded(bounds: Bounds, steps: list[float], matrix: Matrix) -> Bounds:
    """Bounds at round figures; bounds beyond every customer, once rounded, are dropped."""
    rounded = {}
    for column, (above, most) in bounds.items():
        step, values = steps[column], matrix[:, column]
        low = math.floor(above / step) * step if math.isfinite(above) else above
        high = math.floor(most / step) * step if math.isfinite(most) else most
        low, high = (low if low >= values.min() else -math.inf), (high if high < values.max() else math.inf)
        if math.isfinite(low) or math.isfinite(high):
            rounded[column] = (low, high)
    return rounded


def _picks(matrix: Matrix, bounds: Bounds) -> Mask:
    picked = np.ones(len(matrix), dtype=bool)
    for column, (above, most) in bounds.items():
        picked &= (matrix[:, column] > above) & (matrix[:, column] <= most)
    return picked


def _f1(matrix: Matrix, member: Mask, bounds: Bounds) -> float:
    picked = _picks(matrix, bounds)
    return 2 * float((picked & member).sum()) / float(picked.sum() + member.sum())


def _described(bounds: Bounds, features: Features, member: Mask, figures: Figures) -> Rule:
    picked = _picks(features.matrix, bounds)
    correct = int((picked & member).sum())
    columns = features.clustering
    conditions = tuple(
        Condition(feature=columns[column].name, operator=operator, value=value)
        for column in sorted(bounds)
        for operator, value in zip(("above", "at most"), bounds[column], strict=True)
        if math.isfinite(value)
    )
    words = [_words(columns[column], *bounds[column], figures) for column in sorted(bounds)]
    sentence = " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"
    return Rule(
        conditions=conditions,
        precision=correct / int(picked.sum()),
        recall=correct / int(member.sum()),
        picked=int(picked.sum()),
        correct=correct,
        sentence=f"{sentence[:1].upper()}{sentence[1:]}.",
    )


def _words(feature: Feature, above: float, most: float, figures: Figures) -> str:
    label = in_sentence(feature.label)
    low, high = (figures.of(feature, edge, short=True) if math.isfinite(edge) else "" for edge in (above, most))
    if low and high:
        return f"{label} above {low} and at most {high}"
    return f"{label} above {low}" if low else f"{label} at most {high}"
