"""Quintile RFM scoring of the same customers, held against the segments found."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.battery.agreement import of_counts
from analysis.contract import Crossing, Feature, ScoreBand, ScoredSegment, Scoring
from analysis.language import gettext
from analysis.preparation.features import Features
from analysis.results.quintile_scoring_rounded import edge_step, told_scored
from analysis.rounding.random_rounding import AS_IT_IS, Rounding
from analysis.transactions.quintiles import grid, names, scored

ROLES = ("recency", "frequency", "monetary")


def scoring(features: Features, labels: Labels, value: Matrix | None, rounding: Rounding = AS_IT_IS) -> Scoring | None:
    """The ten segments of the scores beside `labels`, (customers,); `value` is each customer's, (customers,).

    With a `rounding` figures are as precise as they may be told.
    None where the table lacks recency, frequency or monetary, or some customer's figure of one of them.
    """
    found = [features.find(role) for role in ROLES]
    measures = [feature for feature, role in zip(found, ROLES, strict=True) if feature and feature.role == role]
    if len(measures) < len(ROLES):
        return None
    values = [features.values(feature) for feature in measures]
    if not all(np.isfinite(column).all() for column in values):
        return None
    given, whole = scored(*values), ~features.incomplete
    own = (given.recency, given.frequency, given.monetary)
    bands = (band for each in zip(measures, values, own, strict=True) for band in _bands(*each, rounding))
    recency, frequency, monetary = measures
    return Scoring(
        recency=recency.name,
        frequency=frequency.name,
        monetary=monetary.name,
        bands=tuple(bands),
        segments=told_scored(
            [_segment(features, measures, (given.segment, labels), value, i) for i in range(len(names()))],
            features,
            (measures, given.segment),
            value,
            rounding,
        ),
        crossings=_crossings(given.segment, labels),
        adjusted_rand=float(of_counts(crossed(given.segment, labels)[None])[0]),
        explained=explained(features.standard[whole], given.segment[whole]),
        explained_found=explained(features.standard[whole], labels[whole]),
    )


def _bands(feature: Feature, values: Matrix, given: Labels, rounding: Rounding) -> tuple[ScoreBand, ...]:
    """The scores that somebody has, from the lowest values to the highest."""
    present = sorted(set(given.tolist()), key=lambda score: float(values[given == score].min()))
    edges = {score: float(values[given == score].max()) for score in present[:-1]}
    told = {score: rounding.figure(edge, edge_step(values, edge, rounding)) for score, edge in edges.items()}
    return tuple(
        ScoreBand(
            feature=feature.name,
            score=score,
            up_to=told.get(score),
            customers=int((given == score).sum()),
        )
        for score in present
    )


def _segment(
    features: Features, measures: list[Feature], divisions: tuple[Labels, Labels], value: Matrix | None, place: int
) -> ScoredSegment:
    """`divisions`: of each customer the segment by scores and the segment found, (customers,) each."""
    name, inside = names()[place], divisions[0] == place
    near = inside & ~features.left_out(divisions[0])
    size = int(inside.sum())
    found = np.bincount(divisions[1][inside])
    total = float(value.sum()) if value is not None else 0.0
    return ScoredSegment(
        name=gettext(name),
        cells=grid()[name],
        size=size,
        share=size / features.size,
        value_share=float(value[inside].sum()) / total if value is not None and total > 0 else None,
        mostly=int(found.argmax()) + 1 if size else None,
        mostly_share=float(found.max()) / size if size else None,
        means={
            each.name: float(features.values(each)[near if features.leaves_out(each) else inside].mean())
            for each in measures
        }
        if size
        else {},
    )


def _crossings(given: Labels, labels: Labels) -> tuple[Crossing, ...]:
    table = crossed(given, labels)
    return tuple(
        Crossing(name=gettext(names()[row]), segment=column + 1, customers=int(table[row, column]))
        for row, column in np.argwhere(table > 0)
    )


def crossed(a: Labels, b: Labels) -> Matrix:
    """Customers by their group in the one and in the other division, (groups of a, groups of b)."""
    width = int(b.max()) + 1
    counts = np.bincount(a * width + b, minlength=(int(a.max()) + 1) * width)
    return counts.reshape(-1, width).astype(np.float64)


def explained(rows: Matrix, labels: Labels) -> float:
    """Share of the squared distances from the overall mean that lies between groups, 0…1; `rows` (customers, axes)."""
    counts = np.bincount(labels)
    sums = np.stack([np.bincount(labels, weights=column, minlength=len(counts)) for column in rows.T], axis=1)
    means = sums[counts > 0] / counts[counts > 0, None]
    centre = rows.mean(axis=0)
    total = float(((rows - centre) ** 2).sum())
    between = float((counts[counts > 0] * ((means - centre) ** 2).sum(axis=1)).sum())
    return between / total if total > 0 else 0.0
