"""Tables of customers in groups, and what a build remembers of them, made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.basics.arrays import Labels, Matrix
from analysis.configuration import Site
from analysis.contract import Contract, Data, Edition, Privacy, Segment, Selection
from analysis.history.remembered import Remembered
from analysis.identity.identity import Identity, Memory, recognised
from analysis.preparation.features import Features, features
from analysis.profiling.profile import profiles

CENTRES = ((0.0, 0.0), (60.0, 0.0), (0.0, 60.0), (60.0, 60.0))


def groups(sizes: Sequence[int], centres: Sequence[Sequence[float]] = CENTRES, seed: int = 1) -> Matrix:
    """Customers around centres 60 apart, with a standard deviation of 8, (customers, columns)."""
    draw = np.random.default_rng(seed)
    return np.vstack(
        [draw.normal(centre, 8, (size, len(centre))) for size, centre in zip(sizes, centres, strict=False)]
    )


def table(values: Matrix, names: Sequence[str] = ("x", "y"), **categories: Sequence[str]) -> Features:
    """The features of such customers; columns of categories cluster, too."""
    frame = pd.DataFrame(values, columns=list(names)[: values.shape[1]]).assign(**categories)
    columns = {name: {"role": "feature", "transform": "none"} for name in names[: values.shape[1]]}
    columns |= {name: {"role": "feature", "kind": "nominal", "use": "cluster"} for name in categories}
    site = {"data": {"path": "customers.csv"}, "columns": columns, "privacy": {"mode": "open"}}
    return features(frame, Site.model_validate(site))


def in_order(labels: Sequence[int], found: Features) -> Labels:
    """Labels of the table's rows in the features' order."""
    return np.asarray(labels, dtype=np.intp)[found.order]


def published(found: Features, labels: Labels, identity: Identity, number: int, *, unassigned: bool) -> Contract:
    """What the site of that build tells of it, as far as a later build asks for it."""
    segments = tuple(
        Segment.model_construct(
            id=identity.ids[place],
            slug=f"segment-{identity.ids[place]}",
            name=f"Segment {identity.ids[place]}",
            colour=identity.ids[place],
            kind="unassigned" if unassigned and place == len(identity.ids) - 1 else "segment",
            size=one.size,
            share=one.share,
            profile=one.figures,
            categories=one.categories,
        )
        for place, one in enumerate(profiles(found, labels, None))
    )
    return Contract.model_construct(
        data=Data.model_construct(features=found.described, customers=found.size),
        segments=segments,
        gone=identity.gone,
        changes=identity.changes,
        past=(),
        edition=Edition(number=number),
        privacy=Privacy(mode="open", min_cell=10),
        selection=Selection.model_construct(k=len(segments), verdict="natural"),
    )


class Builds:
    """Builds one after another, each told of the one before."""

    def __init__(self) -> None:
        self.number = 0
        self.last: Contract | None = None
        self.assigned: Mapping[str, int] | None = None

    def build(
        self,
        found: Features,
        labels: Sequence[int],
        identifiers: Sequence[str] | None = None,
        *,
        unassigned: bool = False,
    ) -> Identity:
        """The identity of the segments; `labels` and `identifiers` in the table's order."""
        self.number += 1
        own = in_order(labels, found)
        k = int(own.max()) + 1
        who = None if identifiers is None else [identifiers[each] for each in found.order]
        memory = Memory(Remembered(self.number, None, self.last, self.assigned), who)
        identity = recognised(memory, own, k, found, k - 1 if unassigned else k)
        self.last = published(found, own, identity, self.number, unassigned=unassigned)
        ids = np.array(identity.ids)[own].tolist()
        self.assigned = None if who is None else dict(zip(who, ids, strict=True))
        return identity


def became(identity: Identity) -> list[str]:
    """What became of each segment, those of this build and those gone."""
    assert identity.changes is not None
    return [one.ended or one.became for one in identity.changes.segments]
