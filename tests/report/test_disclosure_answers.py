"""A share of yes times the customers is a count, and must be no small one."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration import Column
from analysis.contract import Contract, Privacy, Segment, Trait
from analysis.described import describe
from report.disclosure import published
from report.disclosure.answers import rounded, rounded_answers
from report.disclosure.cells import small

LEAST = 10


@pytest.fixture(
    scope="module",
    params=[
        {"measure": "boolean", "format": "percent"},
        {"measure": "numeric", "two_values": (0.0, 1.0)},
        {"measure": "ordinal", "two_values": (1.0, 2.0), "levels": ("seldom", "often")},
        {"measure": "numeric", "two_values": (-5.0, 20.0)},
    ],
    ids=["yes and no", "0 and 1 as amounts", "two levels", "two amounts"],
)
def asked(mall_contract: Contract, request: pytest.FixtureRequest) -> Contract:
    """The Mall contract as if its spending score had two values, few customers in the first segment the higher."""
    name = mall_contract.data.features[-1].name
    low, high = request.param.get("two_values", (0.0, 1.0))
    everybody = {"mean": (low + high) / 2, "standard_deviation": (high - low) / 2}
    features = tuple(
        one.model_copy(update={**request.param, **everybody}) if one.name == name else one
        for one in mall_contract.data.features
    )
    segments = []
    for segment in mall_contract.segments:
        share = low + (high - low) * (3 if segment.id == 1 else segment.size // 2) / segment.size
        trait = Trait(feature=name, level="low", effect=-0.9, phrase="has only 7.7% yes for it")
        profile = [
            one.model_copy(update={"mean": share, "typical": share}) if one.feature == name else one
            for one in segment.profile
        ]
        told = {"profile": tuple(profile), "centroid": {**segment.centroid, name: share}, "traits": (trait,)}
        segments.append(segment.model_copy(update={**told, "summary": "They are few; has only 7.7% yes for it."}))
    data = mall_contract.data.model_copy(update={"features": features})
    privacy = Privacy(mode="public", min_cell=LEAST)
    return mall_contract.model_copy(update={"data": data, "segments": tuple(segments), "privacy": privacy})


def test_no_share_of_yes_tells_a_small_count(asked: Contract) -> None:
    copy, column = published(asked), asked.data.features[-1]
    low, high = column.two_values or (0.0, 1.0)
    for segment in copy.segments:
        own = next(one for one in segment.profile if one.feature == column.name)
        means = [own.mean, own.typical, segment.centroid[column.name]]
        assert len(set(means)) == 1
        yes = round((means[0] - low) / (high - low) * segment.size)
        assert not small(yes, LEAST)
        assert not small(segment.size - yes, LEAST)


def test_nothing_else_tells_it(asked: Contract) -> None:
    copy, name = published(asked), asked.data.features[-1].name
    assert "7.7%" not in json.dumps(copy.model_dump(mode="json"))
    for segment in copy.segments:
        own = next(one for one in segment.profile if one.feature == name)
        assert (own.contrast, own.mean_interval, own.typical_interval, own.adjusted_p, own.ratio) == 5 * (None,)
        assert own.difference == pytest.approx(own.mean - asked.data.features[-1].mean)


def test_a_copy_of_the_copy_is_the_same(asked: Contract) -> None:
    copy = published(asked)
    assert rounded_answers(copy) == copy


def test_columns_without_small_counts_stay_as_they_are(asked: Contract) -> None:
    name, middle = asked.data.features[-1].name, asked.data.features[-1].mean

    def even(segment: Segment) -> Segment:
        profile = [one.model_copy(update={"mean": middle}) if one.feature == name else one for one in segment.profile]
        return segment.model_copy(update={"profile": tuple(profile)})

    large = tuple(even(segment) for segment in asked.segments if segment.size >= 2 * LEAST)
    copy = published(asked.model_copy(update={"segments": large}))
    assert all(segment.traits for segment in copy.segments)


@pytest.mark.parametrize(
    ("cells", "column", "two"),
    [
        ([0, 1, 1], {}, (0, 1)),
        ([7.5, float("nan"), -1, 7.5], {}, (-1, 7.5)),
        ([1, 2, 2], {"kind": "ordinal", "order": ("seldom", "often")}, (1, 2)),
        ([0, 1, 0], {"kind": "boolean"}, (0, 1)),
        ([0, 1, 2], {}, None),
        ([3, 3, 3], {}, None),
    ],
)
def test_columns_of_two_values_are_told(cells: list[float], column: dict, two: tuple[float, float] | None) -> None:
    found = describe(pd.Series(cells, name="x", dtype=float), Column(role="feature", **column), "X", "x")
    assert found.two_values == two


def test_a_half_rounded_up_is_rounded_alike_again():
    once = rounded(62 / 124, 124, 3)
    assert rounded(once, 124, 3) == once == 60 / 124


@given(st.data(), st.integers(2, 20), st.integers(1, 500))
def test_rounding_leaves_no_few_and_moves_little(data: st.DataObject, least: int, size: int) -> None:
    yes = data.draw(st.integers(0, size))
    told = round(rounded(yes / size, size, least) * size)
    assert 0 <= told <= size
    if size >= 2 * least:
        assert not small(told, least)
        assert not small(size - told, least)
        assert abs(told - yes) <= least
    assert rounded(told / size, size, least) == told / size
