"""Which actions apply and in which order; the budget's split; what personas and playbook may point to."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration import Configuration, Personas, Playbook
from analysis.configuration.load import GENERAL_PLAYBOOK, RFM_PLAYBOOK, read_settings
from analysis.configuration.model import FixedK
from analysis.configuration.playbook import Action
from analysis.configuration.site import BudgetSettings, BudgetWeights, Value
from analysis.contract import Contract
from analysis.errors import ConfigurationError
from analysis.naming.persona import Named
from analysis.pipeline import analyse
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile, profiles
from analysis.recommendation.budget import largest_remainder, split
from analysis.recommendation.recommend import recommendations
from analysis.rounding.random_rounding import Rounding
from analysis.wording.level import LEVELS, depth, level_of
from analysis.wording.number_format import NumberFormat

if TYPE_CHECKING:
    import pandas as pd

PLAIN = {
    "kind": "ads", "title": "T", "channel": "C", "message": "M", "offer": "O", "timing": "N",
    "kpi": {"measure": "m", "target": "t"}, "because": "It helps.",
}  # fmt: skip


def _action(name: str, when: dict[str, Any], effort: str = "low", effect: str = "medium") -> Action:
    return Action.model_validate({**PLAIN, "id": name, "when": when, "effort": effort, "effect": effect})


def _asking(name: str, when: dict[str, Any], *requires: str) -> Action:
    return Action.model_validate({**_action(name, when).model_dump(), "requires": requires})


@pytest.fixture(scope="module")
def rich(mall_features: Features) -> Profile:
    """The profile of the customers with income and score above 60."""
    frame = mall_features.frame
    labels = np.where((frame.iloc[:, 2] > 60) & (frame.iloc[:, 3] > 60), 0, 1)
    return profiles(mall_features, labels, None)[0]


def _ids(profile: Profile, actions: list[Action], features: Features, formats: NumberFormat) -> list[str]:
    return [found.id for found in recommendations(profile, actions, features, formats)]


def test_all_conditions_must_hold(rich: Profile, mall_features: Features, formats: NumberFormat):
    actions = [
        _action("both", {"income": "high", "spending": ["high", "very high"]}),
        _action("half", {"income": "high", "spending": "low"}),
        _action("column", {"Spending Score (1-100)": ["high"]}),
        _action("absent", {"recency": "high"}),
        _action("always", {}),
    ]
    assert set(_ids(rich, actions, mall_features, formats)) == {"both", "column", "always"}


def test_more_effect_for_less_effort_goes_first(rich: Profile, mall_features: Features, formats: NumberFormat):
    actions = [
        _action("costly", {"income": "high"}, effort="high", effect="large"),
        _action("small", {"income": "high"}, effort="low", effect="small"),
        _action("best", {"income": "high"}, effort="low", effect="large"),
        _action("always", {}, effort="low", effect="large"),
    ]
    assert _ids(rich, actions, mall_features, formats) == ["best", "costly", "small", "always"]


def test_what_suits_any_segment_comes_last_and_is_marked(rich: Profile, mall_features: Features, formats: NumberFormat):
    fallback = _action("fallback", {"income": "high"}, effect="large").model_copy(
        update={"fallback": True, "kind": "loyalty"}
    )
    asked = _asking("asked", {}, "age.mean > 0").model_copy(update={"effect": "small"})
    weak = _action("weak", {"income": "high"}, effort="high", effect="small")
    for each in (fallback, asked, weak):
        assert each.filler is (each is fallback)
    actions = [_action("always", {}, effect="large"), fallback, weak, asked]
    found = recommendations(rich, actions, mall_features, formats)
    assert [(one.id, one.filler, one.rank) for one in found] == [
        ("asked", False, 1), ("weak", False, 2), ("fallback", True, 3), ("always", True, 4),
    ]  # fmt: skip


def test_conditions_must_hold_besides_levels(rich: Profile, mall_features: Features, formats: NumberFormat):
    def action(name: str, *requires: str) -> Action:
        return _asking(name, {"income": "high"}, *requires)

    actions = [
        action("holds", "income.mean >= 80", "age.median < 60", "spending.place > 0.7"),
        action("fails", "income.mean >= 80", "age.median > 60"),
        action("absent", "churn.share > 0.1"),
        action("category", "Gender[female].share > 0.2"),
        action("more", "income.mean > 1.2 * overall"),
    ]
    found = {one.id: one for one in recommendations(rich, actions, mall_features, formats)}
    assert set(found) == {"holds", "category", "more"}
    assert [each.feature for each in found["holds"].evidence] == [
        "Annual Income (k$)", "Age", "Spending Score (1-100)",
    ]  # fmt: skip
    gender = found["category"].evidence[1]
    assert gender.category == "Female"
    assert gender.phrase == "gender 54% Female, against 56% of all customers"
    assert gender.mean == pytest.approx(21 / 39)


def test_equal_scores_stand_by_name(rich: Profile, mall_features: Features, formats: NumberFormat):
    actions = [_action(name, {}) for name in ("b", "a", "c")]
    assert _ids(rich, actions, mall_features, formats) == ["a", "b", "c"]


def test_an_action_for_everybody_needs_no_figures(rich: Profile, mall_features: Features, formats: NumberFormat):
    (found,) = recommendations(rich, [_action("always", {})], mall_features, formats)
    assert found.reason == "It helps."
    assert found.evidence == ()


@pytest.mark.parametrize(
    ("effect", "allowed", "expected"),
    [
        (0.6, ["high"], 0.1),
        (1.4, ["high"], 0.1),
        (1.4, ["high", "very high"], 0.9),
        (2.5, ["very high"], 1.0),
        (0.0, ["medium"], 0.5),
        (-0.4, ["medium", "high"], 0.1),
        (-0.4, ["medium", "very high"], 0.1),
    ],
)
def test_depth_is_the_way_to_the_nearest_edge(effect: float, allowed: list[Any], expected: float):
    assert depth(effect, allowed) == pytest.approx(expected)


@given(st.floats(-4, 4))
def test_depth_is_never_negative_at_a_level_allowed(effect: float):
    assert depth(effect, [level_of(effect)]) >= 0
    assert depth(effect, LEVELS) == float("inf")


def test_the_general_playbook_has_something_for_any_segment():
    playbook = read_settings(GENERAL_PLAYBOOK, Playbook)
    assert {action.kind for action in playbook.actions if action.filler} == {"ads", "discounts", "loyalty", "service"}
    assert len(playbook.actions) >= 14


@pytest.mark.parametrize("file", [GENERAL_PLAYBOOK, RFM_PLAYBOOK], ids=["general", "rfm"])
def test_every_filler_that_ships_is_a_fallback(file: Path):
    assert all(action.fallback for action in read_settings(file, Playbook).actions if action.filler)


def test_a_table_without_roles_still_gets_all_three_kinds(configure, blobs: pd.DataFrame, two_features):
    for segment in analyse(configure(blobs, two_features)).contract.segments:
        assert {"ads", "discounts", "loyalty"} <= {action.kind for action in segment.recommendations}
        assert segment.persona is None


# Budget


@given(st.integers(0, 10**7), st.lists(st.floats(0.001, 1), min_size=1, max_size=20))
def test_whole_amounts_add_up_to_the_total(total: int, shares: list[float]):
    amounts = largest_remainder(total, np.array(shares))
    assert amounts.sum() == total
    assert np.all(amounts == np.floor(amounts))
    exact = total * np.array(shares) / sum(shares)
    assert np.all(np.abs(amounts - exact) < 1 + 1e-6)


def test_what_is_left_goes_to_the_largest_remainder():
    assert largest_remainder(100, np.array([0.335, 0.335, 0.33])).tolist() == [34, 33, 33]
    assert largest_remainder(10, np.array([1, 1, 1])).tolist() == [4, 3, 3]


def _with_budget(mall: Configuration, **settings: object) -> Contract:
    site = mall.site.model_copy(update={"budget": BudgetSettings.model_validate({"total": 1000, **settings})})
    return analyse(dataclasses.replace(mall, site=site)).contract


@pytest.mark.parametrize("part", ["value", "size", "responsiveness"])
def test_a_weight_alone_decides_the_split(mall: Configuration, part: str):
    weights = dict.fromkeys(("value", "size", "responsiveness"), 0.0) | {part: 3.0}
    contract = _with_budget(mall, weights=weights)
    assert contract.budget is not None
    assert contract.budget.weights[part] == 1
    for segment in contract.segments:
        assert segment.budget is not None
        assert segment.budget.share == pytest.approx(getattr(segment.budget, f"{part}_part"))
        assert segment.budget.amount == pytest.approx(1000 * segment.budget.share, abs=1)


def test_each_part_is_a_share_of_one(mall_contract: Contract):
    for part in ("share", "value_part", "size_part", "responsiveness_part"):
        assert sum(getattr(segment.budget, part) for segment in mall_contract.segments) == pytest.approx(1)


def test_size_part_is_the_share_of_customers_and_value_part_that_of_value(mall_contract: Contract):
    for segment in mall_contract.segments:
        assert segment.budget is not None
        assert segment.budget.size_part == segment.share
        assert segment.budget.value_part == segment.value_share


def test_responsiveness_is_the_personas_times_the_segments_size(mall: Configuration, mall_contract: Contract):
    stated = {persona.name: persona.responsiveness for persona in mall.personas.personas}
    expected = {segment.id: segment.size * (stated[segment.name] or 0) for segment in mall_contract.segments}
    for segment in mall_contract.segments:
        assert segment.budget is not None
        assert segment.budget.responsiveness_part == pytest.approx(expected[segment.id] / sum(expected.values()))


def test_without_a_value_every_customer_counts_the_same_and_it_is_told(mall: Configuration):
    site = mall.site.model_copy(update={"value": Value()})
    contract = analyse(dataclasses.replace(mall, site=site)).contract
    assert contract.budget is not None
    assert contract.budget.explanation == (
        "$60,000 a quarter: 60% is split by the segments’ number of customers and 40% by the customers expected to "
        "respond. "
        "No value is configured, so every customer counts the same."
    )
    assert not any("value" in segment.budget.explanation for segment in contract.segments if segment.budget)
    sizes = [segment.size for segment in contract.segments]
    assert sizes == sorted(sizes, reverse=True)
    for segment in contract.segments:
        assert segment.value_share is None
        assert segment.budget is not None
        assert segment.budget.value_part == segment.share


def test_money_of_the_table_is_no_estimate(mall: Configuration):
    income = mall.site.columns["Annual Income (k$)"].model_copy(update={"role": "monetary"})
    columns = {**mall.site.columns, "Annual Income (k$)": income}
    value = Value(product_of=("Annual Income (k$)",), label="Revenue")
    site = mall.site.model_copy(update={"columns": columns, "value": value})
    contract = analyse(dataclasses.replace(mall, site=site)).contract
    assert contract.budget is not None
    assert "estimated" not in contract.budget.explanation
    assert all("% of value, " in segment.budget.explanation for segment in contract.segments if segment.budget)


def test_a_public_site_tells_the_shares_of_the_budget_that_it_publishes(mall: Configuration):
    profiles = [Profile(one, 100, share, share, (), (), None) for one, share in ((1, 0.40458), (2, 0.59542))]
    few, many = (mall.personas.personas[0].model_copy(update={"responsiveness": each}) for each in (0.1911, 1.0))
    names = [Named("Few", persona=few), Named("Many", persona=many)]

    def told(rounding: Rounding) -> str:
        found = split(profiles, names, mall.site, NumberFormat("en_US", "USD"), rounding)
        assert found is not None
        assert found.shares[0].responsiveness_part == pytest.approx(0.1149, abs=1e-4)
        return found.shares[0].explanation

    assert told(Rounding()).endswith("40% of customers and 11% of the customers expected to respond.")
    # The document tells 0.115 of the responses and 0.40458 of the customers, and so does the text.
    assert told(Rounding(base=5)).endswith("40% of customers and 12% of the customers expected to respond.")


def test_without_a_budget_there_is_none(mall: Configuration):
    contract = analyse(dataclasses.replace(mall, site=mall.site.model_copy(update={"budget": None}))).contract
    assert contract.budget is None
    assert {segment.budget for segment in contract.segments} == {None}


def test_the_split_is_explained(mall_contract: Contract):
    assert mall_contract.budget is not None
    assert mall_contract.budget.explanation == (
        "$60,000 a quarter: 40% is split by the segments’ estimated value, 20% by their number of customers and 40% by "
        "the customers expected to respond."
    )
    first = mall_contract.segments[0].budget
    assert first is not None
    assert first.explanation.startswith(f"${first.amount:,.0f}, or ${first.per_customer:,.0f} per customer. ")


def test_weights_that_are_all_nought_are_refused():
    with pytest.raises(ValueError, match="at least one weight"):
        BudgetWeights(value=0, size=0, responsiveness=0)


# References


def test_a_playbook_that_names_no_role_is_refused_with_the_nearest(mall: Configuration):
    playbook = Playbook(actions=(_action("a", {"incom": "high"}),))
    with pytest.raises(ConfigurationError, match=r"playbook: a: when: “incom” is neither .* Did you mean “income”"):
        analyse(dataclasses.replace(mall, playbook=playbook))


def test_a_persona_that_names_a_category_is_refused(mall: Configuration):
    personas = Personas.model_validate({"personas": [{"name": "P", "levels": {"gender": "high"}}]})
    with pytest.raises(ConfigurationError, match="personas: P: levels: “gender” is neither"):
        analyse(dataclasses.replace(mall, personas=personas))


def test_a_role_that_the_table_lacks_is_no_slip(mall: Configuration):
    playbook = Playbook(actions=(_action("a", {"recency": "high"}), _action("b", {})))
    found = analyse(dataclasses.replace(mall, playbook=playbook)).contract
    assert {action.id for segment in found.segments for action in segment.recommendations} == {"b"}


def test_a_fallback_serves_only_where_its_kind_is_not_served(
    rich: Profile, mall_features: Features, formats: NumberFormat
):
    last = _action("last", {}, effect="large").model_copy(update={"fallback": True})
    other_kind = last.model_copy(update={"id": "other", "kind": "loyalty"})
    fits, fails = _action("fits", {"income": "high"}), _action("fails", {"income": "low"})
    assert _ids(rich, [last, other_kind, fits], mall_features, formats) == ["fits", "other"]
    assert _ids(rich, [last, fails], mall_features, formats) == ["last"]


@pytest.mark.parametrize("k", range(2, 11))
def test_the_shipped_playbook_serves_every_segment_of_every_number(mall: Configuration, k: int):
    model = mall.site.model.model_copy(update={"selection": FixedK(k=k), "resamples": 20})
    configuration = dataclasses.replace(mall, site=mall.site.model_copy(update={"model": model}))
    for segment in analyse(configuration).contract.segments:
        assert {"ads", "discounts", "loyalty"} <= {action.kind for action in segment.recommendations}, segment.name
