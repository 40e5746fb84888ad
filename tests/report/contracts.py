"""Contracts of made-up customers, together with the customers, so that a test can audit what a contract tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from analysis.configuration.column import Column
from analysis.configuration.model import ModelSettings
from analysis.configuration.site import Site
from analysis.configuration.table import TableSettings
from analysis.contract import (
    Candidate,
    CandidateSegment,
    Condition,
    Contract,
    Criterion,
    Data,
    Flow,
    Interval,
    Privacy,
    Provenance,
    Rejection,
    Rule,
    Segment,
    Selection,
)
from analysis.contract.kinds import COUNT, Kind
from analysis.evidence.compared import compared
from analysis.preparation.features import Features, features
from analysis.profiling.explore import exploration
from analysis.profiling.profile import Profile, profiles
from report.disclosure.walk import Place, rewritten

AGE, INCOME, SPENDING, GENDER, CHANNEL = "Age", "Income", "Spending", "Gender", "Channel"
SITE = Site(
    data=TableSettings(path="customers.csv"),
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
    customers: pd.DataFrame,
    labels: np.ndarray,
    *,
    least: int,
    rules: list[tuple[int, int]] | None = None,
    site: Site = SITE,
) -> Case:
    """A contract in public mode; `rules` are (picked, correct) by segment."""
    table = features(customers, site)
    labels = labels[table.order]
    return Case(contract_of(table, labels, least=least, rules=rules), table.frame.assign(segment=labels + 1))


def _means(profile: Profile, table: Features) -> dict[str, float]:
    return {one.name: profile.of(one).mean for one in table.centroid}


def contract_of(
    table: Features, labels: np.ndarray, *, least: int, rules: list[tuple[int, int]] | None = None
) -> Contract:
    """The same of customers whose features are known."""
    found = compared(profiles(table, labels, None), table, labels)
    size = table.size
    segments = tuple(
        Segment(
            id=one.id, slug=f"s{one.id}", name=f"Segment {one.id}", persona=None, size=one.size, share=one.share,
            value_share=None, centroid=_means(one, table), profile=one.figures, categories=one.categories,
            silhouette=0.4, stability=None, stability_band=None, neighbour=one.neighbour,
            rule=_rule(one.size, place, rules), summary="", traits=(),
            recommendations=(), budget=None, borders=one.borders,
            size_interval=Interval(lower=0.6 * one.size, upper=1.3 * one.size),
            share_interval=Interval(lower=0.6 * one.share, upper=1.3 * one.share),
            imputed=int(table.incomplete[labels == place].sum()),
            criteria=(Criterion(name="differentiable", passed=True, reason="They differ most on spending."),),
        )
        for place, one in enumerate(found)
    )  # fmt: skip
    return Contract(
        provenance=Provenance(
            source="customers.csv", data_sha256="0", configuration_sha256="0", code_version="0", libraries={}, seed=1
        ),
        privacy=Privacy(mode="public", min_cell=least),
        data=Data(
            rows_read=size + 6, rows_used=size, rows_rejected=6, features=table.described,
            encoding="utf-8", delimiter=",", customers=size, imputed=int(table.incomplete.sum()),
            rejections=(
                Rejection(reason="missing value", column=AGE, rows=5, examples=(3, 5, 8, 9, 11)),
                Rejection(reason="not a number", column=INCOME, rows=1, examples=(7,)),
            ),
        ),
        selection=_selection(len(segments), size),
        segments=segments,
        budget=None,
        exploration=exploration(table, labels, least=1, points=True),
    )  # fmt: skip


def _rule(size: int, place: int, rules: list[tuple[int, int]] | None) -> Rule | None:
    if rules is None:
        return None
    picked, correct = rules[place]
    return Rule(
        conditions=(), precision=correct / picked if picked else 0.0, recall=correct / size, picked=picked,
        correct=correct, sentence="",
    )  # fmt: skip


def _selection(k: int, size: int) -> Selection:
    solutions = {k: solution(k, size) for k in range(2, 11)}
    tried = tuple(
        Candidate(
            k=one,
            inertia=1.0,
            silhouette=0.4,
            calinski_harabasz=1.0,
            davies_bouldin=1.0,
            smallest_share=(11 - one) / size,
            segments=tuple(
                CandidateSegment(id=each + 1, share=count / size, silhouette=0.4, persistence=0.123)
                for each, count in enumerate(np.bincount(solutions[one], minlength=one).tolist())
            ),
        )
        for one in range(2, 11)
    )
    flows = tuple(
        Flow(k=k, source=source + 1, target=target + 1, share=count / size)
        for k in range(2, 10)
        for (source, target), count in crossed(solutions[k], solutions[k + 1]).items()
    )
    return Selection(
        mode="fixed", k=k, algorithm="kmeans", verdict="constructive", reason="", auto_k=k, auto_reason="",
        preferred={}, candidates=tried, resamples=20, silhouette=0.4, stability=None, flows=flows,
    )  # fmt: skip


def solution(k: int, size: int) -> np.ndarray:
    """Segments of `k` for that many customers: the first small, each later one larger."""
    edges = (size * (np.arange(1, k) / k) ** 2).astype(int)
    return np.roll(np.searchsorted(edges, np.arange(size), side="right"), k)


def crossed(a: np.ndarray, b: np.ndarray) -> dict[tuple[int, int], int]:
    """Customers in each pair of segments that is not empty."""
    pairs, counts = np.unique(np.stack([a, b]), axis=1, return_counts=True)
    return {(int(pair[0]), int(pair[1])): int(count) for pair, count in zip(pairs.T, counts, strict=True)}


MEMBER, TWICE, OFTEN, LEVEL = "Member", "Twice", "Often", "Level"
ANSWERS = {MEMBER: (0.0, 1.0), TWICE: (20.0, 50.0), OFTEN: (1.0, 2.0)}
"""Columns of two values: yes and no, two amounts, two levels."""
ASKED = Site(
    data=TableSettings(path="customers.csv"),
    columns={
        AGE: Column(role="age"),
        SPENDING: Column(role="spending"),
        MEMBER: Column(role="feature", kind="boolean"),
        TWICE: Column(role="feature"),
        OFTEN: Column(role="feature", kind="ordinal", order=("seldom", "often"), use="describe"),
        LEVEL: Column(role="feature", kind="ordinal", order=("low", "middle", "high")),
        CHANNEL: Column(role="channel"),
    },
    # Everybody counts in every mean, so that a plain mean is the truth.
    model=ModelSettings(outliers="keep"),
)


@st.composite
def surveys(draw: st.DrawFn) -> Case:
    """Segments of 10 to 40 customers with answers of two values, a scale of three levels, and rare categories.

    Each segment's rule is “Member is above .5”, whose counts are those of the answer itself.
    """
    sizes = draw(st.lists(st.integers(10, 40), min_size=2, max_size=5))
    noise = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size, labels = sum(sizes), np.repeat(np.arange(len(sizes)), sizes)

    def answers(no: float, yes: float) -> np.ndarray:
        told = [draw(st.integers(0, each)) for each in sizes]
        where = np.concatenate([np.arange(each) < count for each, count in zip(sizes, told, strict=True)])
        where[0], where[-1] = True, False  # no column is constant
        return np.where(where, yes, no)

    channels = np.array(["shop", "web", "phone", "fair", "post"])
    customers = pd.DataFrame(
        {
            AGE: np.clip(noise.normal(40, 12, size).round(), 15, 95),
            SPENDING: noise.integers(1, 101, size).astype(float),
            **{name: answers(*ends) for name, ends in ANSWERS.items()},
            LEVEL: noise.choice([1.0, 2.0, 3.0], size, p=[0.05, 0.55, 0.4]),
            CHANNEL: noise.choice(channels, size, p=noise.dirichlet(np.full(len(channels), 0.4))),
        }
    )
    customers.loc[0, [LEVEL, SPENDING]], customers.loc[1, [LEVEL, SPENDING]] = [1.0, 0.0], [3.0, 100.0]
    mixed = noise.permutation(size)
    customers, labels = customers.iloc[mixed].reset_index(drop=True), labels[mixed]
    yes = customers[MEMBER].to_numpy() == 1
    rules = [(int(yes.sum()), int((yes & (labels == one)).sum())) for one in range(len(sizes))]
    made = case(customers, labels, least=10, rules=rules, site=ASKED)
    return Case(_by_membership(made.contract), made.customers)


def _by_membership(contract: Contract) -> Contract:
    condition = Condition(feature=MEMBER, operator="above", value=0.5)
    segments = tuple(
        one.model_copy(update={"rule": one.rule and one.rule.model_copy(update={"conditions": (condition,)})})
        for one in contract.segments
    )
    return contract.model_copy(update={"segments": segments})


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


def counts(document: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Every count of customers in a contract, with its path."""
    found: list[tuple[str, int]] = []

    def note(kind: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401 (any value)
        found.extend([(place.path, value)] if kind is COUNT else [])
        return value

    rewritten(Contract, document, note)
    return found
