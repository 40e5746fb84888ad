"""One month's build: the customers' table, divided by K-Means in the product's own design, and published in short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.basics.significant import significant
from analysis.clustering.algorithms.cluster import nearest, partition, points
from analysis.configuration import Site
from analysis.contract import Contract, Data, Edition, Segment, Selection
from analysis.history.edition import in_short
from analysis.history.remembered import Remembered
from analysis.identity.identity import Identity, Memory, recognised
from analysis.preparation.design import FEWEST_IN_CATEGORY, RARE
from analysis.preparation.features import Features, features
from analysis.profiling.profile import Profile, canonical, profiles

from .world import Labels, World

WITHHELD = 0.03
"""Of the figures of a segment, the share that is not published."""


@dataclass(frozen=True, eq=False)
class MonthlyBuild:
    """The segments found in a month."""

    contract: Contract
    assigned: Mapping[str, int]
    segment: Labels
    """Place of each customer's segment, in the table's order, (customers,)."""
    identity: Identity


def divided(world: World, k: int, seed: int, last: MonthlyBuild | None, identifiers: list[str] | None) -> MonthlyBuild:
    """The world's customers in k segments, recognised by what was published last."""
    table = features(_frame(world), _site(world))
    rows = table.standard
    centres = partition(points(rows[table.kept]), k, seed).centroids
    found = nearest(rows, centres)
    labels = np.argsort(canonical(table.matrix, found, None))[found]
    own = None if identifiers is None else [identifiers[each] for each in table.order]
    remembered = Remembered(
        number=1 if last is None else (last.contract.edition or Edition(number=1)).number + 1,
        last=last.contract if last else None,
        assigned=last.assigned if last else None,
    )
    identity = recognised(Memory(remembered, own), labels, k, table)
    ids = np.array(identity.ids)[labels]
    segment = np.empty(len(labels), dtype=np.intp)
    segment[table.order] = labels
    return MonthlyBuild(
        _published(table, labels, identity, remembered, world.draw),
        {} if own is None else dict(zip(own, ids.tolist(), strict=True)),
        segment,
        identity,
    )


def _frame(world: World) -> pd.DataFrame:
    columns: dict[str, object] = {f"n{place}": column for place, column in enumerate(world.values().T)}
    columns |= {f"c{place}": [f"level {each}" for each in column] for place, column in enumerate(world.tastes.T)}
    return pd.DataFrame(columns)


def _site(world: World) -> Site:
    columns: dict[str, object] = {f"n{place}": {"role": "feature"} for place in range(world.columns)}
    for place, tastes in enumerate(world.tastes.T):
        # A column in which nearly all are alike forms no segments that month.
        common = np.bincount(tastes) >= max(FEWEST_IN_CATEGORY, RARE * world.size)
        use = "cluster" if common.sum() > 1 else "describe"
        columns[f"c{place}"] = {"role": "feature", "kind": "nominal", "use": use}
    return Site.model_validate({"data": {"path": "customers.csv"}, "columns": columns, "privacy": {"mode": "open"}})


def _published(
    table: Features, labels: Labels, identity: Identity, remembered: Remembered, draw: np.random.Generator
) -> Contract:
    """What the site of the month tells of it, as far as a later build asks for it."""
    last = remembered.last
    found = [
        _segment(profile, identity.ids[place], draw) for place, profile in enumerate(profiles(table, labels, None))
    ]
    data = Data.model_construct(features=table.described, customers=table.size)
    return Contract.model_construct(
        data=data,
        segments=tuple(found),
        gone=identity.gone,
        edition=Edition(number=remembered.number),
        past=() if last is None else (*last.past, in_short(last))[-24:],
        selection=Selection.model_construct(k=len(found), verdict="natural"),
    )


def _segment(profile: Profile, number: int, draw: np.random.Generator) -> Segment:
    figures = tuple(
        one.model_copy(update={"typical": None if draw.random() < WITHHELD else significant(one.typical, 3)})
        for one in profile.figures
    )
    return Segment.model_construct(
        id=number,
        slug=f"segment-{number}",
        name=f"Segment {number}",
        colour=1,
        size=profile.size,
        share=profile.share,
        kind="segment",
        profile=figures,
        categories=tuple(one.model_copy(update={"share": significant(one.share, 2)}) for one in profile.categories),
        share_interval=None,
        value_share=None,
        stability=None,
        stability_interval=None,
    )
