"""Shares follow from the rounded counts beside them; what is a multiple of five is worked out by hand."""

from __future__ import annotations

from math import sqrt

import pytest

from analysis.contract import (
    AlgorithmResult,
    Border,
    CandidateSegment,
    CategoryShare,
    Contract,
    Flow,
    Interval,
    ScoredSegment,
    Scoring,
    Segment,
    WithheldShare,
)
from analysis.rounding.random_rounding import Rounding
from report.disclosure.agreed import agreed
from tests.report.lifetimes import PROSPECT

ROUNDING = Rounding.of(public=True, least=10, table="a table")


def made(contract: Contract, **changes: object) -> Segment:
    """The first segment, of 40 of the 200 customers, as the whole contract has it afterwards."""
    first = contract.segments[0].model_copy(update={"size": 40, "share": 0.2, "rule": None, "borders": (), **changes})
    return agreed(contract.model_copy(update={"segments": (first,)}), contract, ROUNDING).segments[0]


@pytest.mark.parametrize(
    ("exact", "size", "share"),
    [
        ((32.0, 47.0), (30, 50), (0.15, 0.25)),
        ((35.0, 45.0), (35, 45), (0.175, 0.225)),
        ((41.0, 44.0), (40, 45), (0.2, 0.225)),  # the size lies within
        ((33.0, 34.0), (30, 40), (0.15, 0.2)),
        ((10.0, 198.0), (10, 200), (0.05, 1.0)),
        ((12.0, 203.0), (10, 205), (0.05, 1.0)),  # no share above all
        ((9.9, 60.0), None, None),
    ],
)
def test_the_interval_of_a_size_grows_to_fives(
    mall_contract: Contract, exact: tuple[float, float], size: tuple[int, int], share: tuple[float, float]
) -> None:
    found = Interval(lower=exact[0], upper=exact[1])
    one = made(mall_contract, size_interval=found, share_interval=Interval(lower=0.11, upper=0.33))
    assert one.share == 0.2
    assert one.size_interval == (size and Interval(lower=size[0], upper=size[1]))
    assert one.share_interval == (share and Interval(lower=share[0], upper=share[1]))


def test_without_an_interval_there_is_none(mall_contract: Contract) -> None:
    found = Interval(lower=0.11, upper=0.33)
    one = made(mall_contract, size_interval=None, share_interval=found)
    assert (one.size_interval, one.share_interval) == (None, None)
    one = made(mall_contract, size_interval=Interval(lower=30, upper=50), share_interval=None)
    assert (one.size_interval, one.share_interval) == (Interval(lower=30, upper=50), None)


def test_a_category_is_compared_with_everybody_by_rounded_counts(mall_contract: Contract) -> None:
    """Of 40 customers 30 are women, of all 200 a half. Haberman: 40 · (.75 − .5) / √(40 · .5 · .5 · (1 − 40 / 200))."""
    gender = next(one for one in mall_contract.data.features if one.categories)
    counts = dict.fromkeys(gender.categories, 100)
    features = tuple(
        one.model_copy(update={"categories": counts}) if one is gender else one for one in mall_contract.data.features
    )
    contract = mall_contract.model_copy(update={"data": mall_contract.data.model_copy(update={"features": features})})
    name = next(iter(counts))
    one = CategoryShare(
        feature=gender.name, category=name, count=30, share=0.74, share_overall=0.51, residual=3.3, adjusted_p=0.01
    )
    told = made(contract, categories=(one,)).categories[0]
    assert (told.count, told.share, told.share_overall) == (30, 0.75, 0.5)
    assert told.residual == pytest.approx(10 / sqrt(8))
    unjudged = made(contract, categories=(one.model_copy(update={"residual": None}),)).categories[0]
    assert unjudged.residual is None
    hidden = WithheldShare(feature=gender.name, category=name, withheld="few", share_overall=0.51)
    assert made(contract, categories=(hidden,)).categories[0].share_overall == 0.5


def test_what_everybody_has_has_no_residual(mall_contract: Contract) -> None:
    """All of the customers have it: no standard deviation to divide by."""
    gender = next(one for one in mall_contract.data.features if one.categories)
    features = tuple(
        one.model_copy(update={"categories": {"all": 200}}) if one is gender else one
        for one in mall_contract.data.features
    )
    contract = mall_contract.model_copy(update={"data": mall_contract.data.model_copy(update={"features": features})})
    one = CategoryShare(feature=gender.name, category="all", count=40, share=1, share_overall=1, residual=0.0)
    told = made(contract, categories=(one,)).categories[0]
    assert (told.count, told.share, told.share_overall, told.residual) == (40, 1, 1, None)


def test_borders_are_told_by_rounded_counts(mall_contract: Contract) -> None:
    borders = (Border(id=2, customers=10, share=0.26), Border(id=3, customers=None, share=None))
    neighbour = mall_contract.segments[0].neighbour
    assert neighbour is not None
    told = made(mall_contract, borders=borders, neighbour=neighbour.model_copy(update={"border_customers": 15}))
    assert [(one.customers, one.share) for one in told.borders] == [(10, 0.25), (None, None)]
    assert told.neighbour is not None
    assert told.neighbour.border_customers == 15
    unknown = neighbour.model_copy(update={"border_customers": None})
    assert made(mall_contract, neighbour=unknown).neighbour == unknown
    assert made(mall_contract, neighbour=None).neighbour is None


def test_a_total_is_the_mean_times_the_rounded_number(mall_contract: Contract) -> None:
    """78.91 · 40 is 3,156.4; the ends 71.23 · 40 = 2,849.2 and 90 · 40 = 3,600; a tenth of 40 are five, rounded."""
    one = PROSPECT.model_copy(
        update={"value": 78.91, "value_interval": Interval(lower=71.23, upper=90.0), "bought_once": 0.25}
    )
    told = made(mall_contract, lifetime=one).lifetime
    assert told is not None
    assert (told.value, told.total, told.bought_once) == (78.91, pytest.approx(3156.4), 0.25)
    assert told.total_interval == Interval(lower=2850, upper=3600)
    bare = made(mall_contract, lifetime=one.model_copy(update={"value_interval": None, "bought_once": None})).lifetime
    assert bare is not None
    assert (bare.total_interval, bare.bought_once) == (None, None)


@pytest.mark.parametrize(("once", "told"), [(0.0, 0.0), (1e-9, 0.125), (0.26, 0.25), (0.999, 1.0), (1.0, 1.0)])
def test_a_share_that_is_somebody_is_never_nobody(mall_contract: Contract, once: float, told: float) -> None:
    found = made(mall_contract, lifetime=PROSPECT.model_copy(update={"bought_once": once})).lifetime
    assert found is not None
    assert found.bought_once == told


def test_shares_of_the_selection_are_of_those_on_whom_it_was_measured(mall_contract: Contract) -> None:
    """Of 100 customers, not of all 200: .3 of them are 30."""
    candidate = mall_contract.selection.candidates[0].model_copy(
        update={
            "smallest_share": 0.298,
            "segments": (
                CandidateSegment(id=1, share=0.298, silhouette=0.5, stability=None),
                CandidateSegment(id=2, share=None, silhouette=0.4, stability=None),
            ),
        }
    )
    algorithm = AlgorithmResult(
        algorithm="kmeans", k=3, taken=True, silhouette=None, calinski_harabasz=None, davies_bouldin=None,
        stability=None, weakest=None, agreement=None, prediction_strength=None, smallest_share=0.202,
        unassigned_share=0.101, verdict="natural",
    )  # fmt: skip
    flows = (Flow(k=3, source=1, target=2, share=0.399), Flow(k=3, source=2, target=1, share=None))
    selection = mall_contract.selection.model_copy(
        update={
            "measured_on": 100,
            "candidates": (candidate,),
            "flows": flows,
            "algorithms": (algorithm, algorithm.model_copy(update={"unassigned_share": None})),
        }
    )
    contract = mall_contract.model_copy(update={"selection": selection})
    told = agreed(contract, contract, ROUNDING).selection
    assert told.candidates[0].smallest_share == 0.3
    assert [one.share for one in told.candidates[0].segments] == [0.3, None]
    assert [one.share for one in told.flows] == [0.4, None]
    assert [(one.smallest_share, one.unassigned_share) for one in told.algorithms] == [(0.2, 0.1), (0.2, None)]


def test_shares_of_scored_segments_are_of_all_customers(mall_contract: Contract) -> None:
    segments = tuple(
        ScoredSegment(name=name, cells=(), size=size, share=0.26, value_share=None, mostly_share=None, means={})
        for name, size in (("a", 50), ("b", None), ("c", 0))
    )
    found = Scoring(
        recency="r", frequency="f", monetary="m", bands=(), segments=segments, crossings=(), adjusted_rand=0.5,
        explained=0.4, explained_found=0.3,
    )  # fmt: skip
    contract = mall_contract.model_copy(update={"scoring": found})
    told = agreed(contract, contract, ROUNDING).scoring
    assert told is not None
    assert [one.share for one in told.segments] == [0.25, None, 0]
