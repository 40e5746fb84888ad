"""A share of yes times the customers is a count, and must be no small one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.contract import Contract, Privacy, Trait
from report.disclosure import published
from report.disclosure.answers import rounded, rounded_answers
from report.disclosure.cells import small

LEAST = 10


@pytest.fixture(scope="module")
def asked(mall_contract: Contract) -> Contract:
    """The Mall contract as if its spending score were a column of yes and no, few of them yes in the first segment."""
    name = mall_contract.data.features[-1].name
    features = tuple(
        one.model_copy(update={"measure": "boolean", "format": "percent", "mean": 0.5, "standard_deviation": 0.5})
        if one.name == name
        else one
        for one in mall_contract.data.features
    )
    segments = []
    for segment in mall_contract.segments:
        share = (3 if segment.id == 1 else segment.size // 2) / segment.size
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
    copy, name = published(asked), asked.data.features[-1].name
    for segment in copy.segments:
        own = next(one for one in segment.profile if one.feature == name)
        means = [own.mean, own.typical, segment.centroid[name]]
        assert len(set(means)) == 1
        yes = round(means[0] * segment.size)
        assert not small(yes, LEAST)
        assert not small(segment.size - yes, LEAST)


def test_nothing_else_tells_it(asked: Contract) -> None:
    copy, name = published(asked), asked.data.features[-1].name
    assert "7.7%" not in json.dumps(copy.model_dump(mode="json"))
    for segment in copy.segments:
        own = next(one for one in segment.profile if one.feature == name)
        assert (own.contrast, own.mean_interval, own.typical_interval, own.adjusted_p, own.ratio) == 5 * (None,)
        assert own.difference == pytest.approx(own.mean - 0.5)


def test_a_copy_of_the_copy_is_the_same(asked: Contract) -> None:
    copy = published(asked)
    assert rounded_answers(copy) == copy


def test_columns_without_small_counts_stay_as_they_are(asked: Contract) -> None:
    name = asked.data.features[-1].name
    even = tuple(
        segment.model_copy(
            update={"profile": tuple(
                one.model_copy(update={"mean": 0.5}) if one.feature == name else one for one in segment.profile
            )}
        )
        for segment in asked.segments if segment.size >= 2 * LEAST
    )  # fmt: skip
    copy = published(asked.model_copy(update={"segments": even}))
    assert all(segment.traits for segment in copy.segments)


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
