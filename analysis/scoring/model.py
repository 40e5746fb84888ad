"""The model of an analysis, written down, and a model's rule taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.clustering.algorithms.gaussian_assignment import Clouds
from analysis.clustering.algorithms.hdbscan_assignment import Crowds
from analysis.clustering.placement import Placement
from analysis.configuration import Site
from analysis.contract import Provenance
from analysis.customers.customers import Customers
from analysis.scoring.document import (
    Crowd,
    FittedSegment,
    Likeliest,
    Model,
    Nearest,
    RememberedPlaces,
    Rule,
    Written,
)
from analysis.scoring.sound import Coordinates

if TYPE_CHECKING:
    from analysis.preparation.features import Features  # (who scores makes none, and need not load what finds outliers)
    from analysis.results.segments import Segmentation

USUAL, FARTHEST = 0.5, 0.99
"""Shares of a segment's own customers who are no farther from its centre than is usual, and than is not unusual."""


def model(found: Segmentation, table: Features, customers: Customers, site: Site, provenance: Provenance) -> Model:
    """All that it takes to give anybody one of the segments found."""
    return Model(
        provenance=provenance,
        algorithm=site.model.shown,
        written=Written(**site.data.model_dump(include=set(Written.model_fields))),
        counts_in=site.site.currency,
        columns={name: column for name, column in site.columns.items() if name not in customers.indicators},
        transactions=site.transactions,
        known=customers.known,
        axes=table.design.axes,
        categories={
            feature.name: tuple(sorted(feature.categories))
            for feature in table.clustering
            if feature.kind == "category"
        },
        segments=_segments(found, table),
        leaves_over=found.placement.leaves_over,
        rule=_rule(found.placement.rule),
        remembered=_remembered(found.placement),
    )


def _segments(found: Segmentation, table: Features) -> tuple[FittedSegment, ...]:
    distances = found.placement.distances(table.standard)
    return tuple(
        FittedSegment(
            id=found.identity.ids[place],
            slug=found.slugs[place],
            name=found.names[place].name,
            size=int((found.labels == place).sum()),
            centre=_one(found.placement.centres[place]) if place < found.k else (),
            **_reach(found, table, place, distances),
        )
        for place in range(len(found.profiles))
    )


def _reach(found: Segmentation, table: Features, place: int, distances: Matrix) -> dict[str, float]:
    """How far the customers are of whom a segment was found; of a division that is kept, those of then."""
    if found.kept:
        return {"usual_distance": float(found.kept.usual[place]), "farthest_usual": float(found.kept.farthest[place])}
    return _spread(_own(found, table, place), distances[:, place] if place < found.k else distances.min(axis=1))


def _own(found: Segmentation, table: Features, place: int) -> Mask:
    """The customers of a segment who were fitted; all of them where nobody was."""
    everybody = found.labels == place
    fitted = everybody & table.kept
    return np.asarray(fitted if fitted.any() else everybody)


def _spread(own: Mask, distances: Matrix) -> dict[str, float]:
    usual, farthest = np.quantile(distances[own], (USUAL, FARTHEST), method="inverted_cdf").tolist()
    return {"usual_distance": usual, "farthest_usual": farthest}


def _rule(rule: Clouds | Crowds | None) -> Rule:
    if isinstance(rule, Clouds):
        roots = tuple(_many(root) for root in rule.roots)
        return Likeliest(weights=_one(rule.weights), means=_many(rule.means), roots=roots)
    if isinstance(rule, Crowds):
        return Crowd(places=_many(rule.position), segments=_whole(rule.labels), reach=_one(rule.reach))
    return Nearest()


def _remembered(placement: Placement) -> RememberedPlaces:
    if placement.places is None or placement.labels is None:
        return RememberedPlaces()
    return RememberedPlaces(places=_many(placement.places), segments=_whole(placement.labels))


def _one(values: Matrix) -> Coordinates:
    return tuple(values.tolist())


def _many(rows: Matrix) -> tuple[Coordinates, ...]:
    return tuple(map(_one, rows))


def _whole(labels: Labels) -> tuple[int, ...]:
    return tuple(labels.tolist())


def placement(written: Model) -> Placement:
    """The rule that a model writes down, ready for use."""
    centres = np.array([segment.centre for segment in written.segments if segment.centre])
    places = written.remembered.places
    return Placement(
        centres,
        _read(written.rule),
        written.leaves_over,
        np.array(places) if places else None,
        np.array(written.remembered.segments, dtype=np.intp) if places else None,
    )


def _read(rule: Rule) -> Clouds | Crowds | None:
    if isinstance(rule, Likeliest):
        return Clouds(np.array(rule.weights), np.array(rule.means), np.array(rule.roots))
    if isinstance(rule, Crowd):
        return Crowds(np.array(rule.places), np.array(rule.segments, dtype=np.intp), np.array(rule.reach))
    return None
