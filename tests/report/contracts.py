"""Contracts of made-up customers, together with the customers, so that a test can audit what a contract tells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from analysis.configuration.site import Column, Site, Table
from analysis.contract import (
    Candidate,
    Contract,
    Data,
    Privacy,
    Provenance,
    Rejection,
    Rule,
    Segment,
    Selection,
)
from analysis.explore import exploration
from analysis.features import features
from analysis.profile import profiles

AGE, INCOME, SPENDING, GENDER, CHANNEL = "Age", "Income", "Spending", "Gender", "Channel"
SITE = Site(
    data=Table(path="customers.csv"),
    columns={
        AGE: Column(role="age"),
        INCOME: Column(role="income", format="money"),
        SPENDING: Column(role="spending"),
        GENDER: Column(role="gender"),
        CHANNEL: Column(role="channel"),
    },
)


@dataclass(frozen=True, eq=False)
class Case:
    """A contract and the customers that it tells about, with their segment in the column `segment`."""

    contract: Contract
    customers: pd.DataFrame


def case(
    customers: pd.DataFrame, labels: np.ndarray, *, least: int, rules: list[tuple[int, int]] | None = None
) -> Case:
    """A contract in public mode; `rules` are (picked, correct) by segment."""
    table = features(customers, SITE)
    labels = labels[table.order]
    found = profiles(table, labels, None)
    size = len(customers)
    segments = tuple(
        Segment(
            id=one.id, slug=f"s{one.id}", name=f"Segment {one.id}", persona=None, size=one.size, share=one.share,
            value_share=None, centroid=one.centroid, profile=one.figures, categories=one.categories, silhouette=0.4,
            stability=None, stability_band=None, neighbour=one.neighbour, rule=_rule(one.size, place, rules),
            summary="", traits=(), recommendations=(), budget=None,
        )
        for place, one in enumerate(found)
    )  # fmt: skip
    contract = Contract(
        provenance=Provenance(
            source="customers.csv", data_sha256="0", configuration_sha256="0", code_version="0", libraries={}, seed=1
        ),
        privacy=Privacy(mode="public", min_cell=least),
        data=Data(
            rows_read=size + 6, rows_used=size, rows_rejected=6, features=table.described,
            encoding="utf-8", delimiter=",",
            rejections=(
                Rejection(reason="missing value", column=AGE, rows=5, examples=(3, 5, 8, 9, 11)),
                Rejection(reason="not a number", column=INCOME, rows=1, examples=(7,)),
            ),
        ),
        selection=_selection(len(segments), size),
        segments=segments,
        budget=None,
        exploration=exploration(table, labels, points=True),
    )  # fmt: skip
    return Case(contract, table.frame.assign(segment=labels + 1))


def _rule(size: int, place: int, rules: list[tuple[int, int]] | None) -> Rule | None:
    if rules is None:
        return None
    picked, correct = rules[place]
    return Rule(
        conditions=(), precision=correct / picked if picked else 0.0, recall=correct / size, picked=picked,
        correct=correct, sentence="",
    )  # fmt: skip


def _selection(k: int, size: int) -> Selection:
    tried = tuple(
        Candidate(
            k=one,
            inertia=1.0,
            silhouette=0.4,
            calinski_harabasz=1.0,
            davies_bouldin=1.0,
            smallest_share=(11 - one) / size,
        )
        for one in range(2, 11)
    )
    return Selection(
        mode="fixed", k=k, algorithm="kmeans", verdict="constructive", reason="", auto_k=k, auto_reason="",
        preferred={}, candidates=tried, resamples=20, silhouette=0.4, stability=None,
    )  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Customers in numbers and mixtures that leave small cells everywhere, each segment being large enough."""
    least = draw(st.sampled_from([3, 5, 10]))
    sizes = draw(st.lists(st.integers(least, 4 * least), min_size=2, max_size=5))
    noise = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = sum(sizes)
    spread = draw(st.sampled_from([1.0, 5.0, 25.0]))
    channels = np.array(["shop", "web", "phone", "fair", "post"])
    weights = noise.dirichlet(np.full(len(channels), draw(st.sampled_from([0.2, 1.0, 5.0]))))
    customers = pd.DataFrame(
        {
            AGE: np.clip(noise.normal(40, spread, size).round(), 15, 95),
            INCOME: np.exp(noise.normal(10, 0.1 + spread / 25, size)).round(-2),
            SPENDING: noise.integers(1, 101, size).astype(float),
            GENDER: np.where(noise.random(size) < draw(st.sampled_from([0.05, 0.3, 0.5])), "m", "f"),
            CHANNEL: noise.choice(channels, size, p=weights),
        }
    )
    customers.loc[0, [AGE, INCOME, SPENDING]] = [96.0, 1000.0, 0.0]  # no column is constant
    labels = noise.permutation(np.repeat(np.arange(len(sizes)), sizes))
    rules = [
        (int(p), int(min(p, c)))
        for p, c in zip(noise.integers(1, size, len(sizes)), noise.integers(0, sizes), strict=True)
    ]
    return case(customers, labels, least=least, rules=rules)
