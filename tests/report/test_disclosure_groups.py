"""That nearly all or none of a segment have something is not told, unless the column is declared harmless."""

from __future__ import annotations

import pytest

from analysis.contract import Condition, Contract, Privacy, WithheldProfile
from analysis.rounding.random_rounding import telling
from report.disclosure import published
from report.disclosure.answers import all_or_none
from report.disclosure.cells import withheld
from report.disclosure.evidence import clearness


@pytest.mark.parametrize(
    ("count", "size", "tells"),
    [(0, 40, True), (9, 40, True), (10, 40, False), (30, 40, False), (31, 40, True), (40, 40, True),
     (12, 5000, True), (4988, 5000, True), (30, 5000, False), (0, 0, False)],
)  # fmt: skip
def test_nearly_all_or_none_tell_of_each(count, size, tells):
    assert telling(count, size, 10) is tells


def test_all_of_one_segment_takes_another_along():
    """All 40 of the first say yes; with all who do and those of the second and third it would follow."""
    table = [(40, 0), (20, 30), (25, 25)]
    assert withheld(table, 10) == frozenset()
    hidden = withheld(table, 10, groups=True)
    assert {(0, 0), (0, 1)} < hidden
    assert {row for row, _ in hidden} == {0, 1}


@pytest.fixture
def public(mall_contract: Contract) -> Contract:
    """All of the first segment's customers are women, and all have the same income."""
    first, *others = mall_contract.segments
    shares = tuple(
        one.model_copy(update={"count": first.size if one.category == "Female" else 0, "share": 1.0})
        for one in first.shares
    )
    profile = tuple(
        one.model_copy(update={"constant": True}) if place == 1 else one for place, one in enumerate(first.profile)
    )
    first = first.model_copy(update={"categories": shares, "profile": profile})
    privacy = Privacy(mode="public", min_cell=10)
    return mall_contract.model_copy(update={"privacy": privacy, "segments": (first, *others)})


def test_a_segment_of_women_only_is_not_told(public):
    first = published(public).segments[0]
    assert first.shares == ()
    assert len(first.withheld) == 1
    told = [isinstance(one, WithheldProfile) for one in first.profile]
    assert told == [False, True, *[False] * (len(told) - 2)]
    assert {"Gender", first.withheld[0]} <= set(all_or_none(public))


def test_a_single_value_takes_another_segment_along(public):
    name = public.segments[0].profile[1].feature
    assert sum(name in one.withheld for one in published(public).segments) == 2


def test_what_is_harmless_is_told(public):
    features = tuple(one.model_copy(update={"harmless": True}) for one in public.data.features)
    harmless = public.model_copy(update={"data": public.data.model_copy(update={"features": features})})
    assert published(harmless).segments[0].withheld == ()
    assert all_or_none(harmless) == ()


@pytest.mark.parametrize(("size", "many"), [(200, 19), (199, 9), (100, 9), (99, 3), (40, 3), (39, 0)])
def test_silhouettes_leave_enough_customers_between_percentiles(public, size, many):
    every = tuple(place / 20 for place in range(1, 20))
    one = public.segments[0].model_copy(update={"size": size, "silhouettes": every})
    found = clearness([one], 10)[0].silhouettes
    assert len(found) == many
    assert set(found) <= set(every)
    assert many != 3 or found == (0.25, 0.5, 0.75)


def test_no_rule_goes_by_a_column_of_one_value(public):
    """Beside a histogram, “income above 44” would tell the one income that all of the segment have."""
    first = public.segments[0]
    name = first.profile[1].feature
    bound = Condition(feature=name, operator="above", value=44.0)
    other = Condition(feature=first.profile[0].feature, operator="above", value=44.0)
    ruled = {
        kind: published(_ruled(public, rule)).segments[0].rule
        for kind, rule in {"by it": (bound,), "by both": (other, bound), "by another": (other,)}.items()
    }
    assert (ruled["by it"], ruled["by both"]) == (None, None)
    assert [one.feature for one in ruled["by another"].conditions] == [other.feature]


def _ruled(contract: Contract, conditions: tuple[Condition, ...]) -> Contract:
    first, *others = contract.segments
    rule = first.rule.model_copy(update={"conditions": conditions})
    return contract.model_copy(update={"segments": (first.model_copy(update={"rule": rule}), *others)})
