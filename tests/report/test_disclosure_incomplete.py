"""Where the parts are not all of a whole, nobody can say what follows from them: the whole table is withheld."""

from __future__ import annotations

from analysis.contract import CategoryShare, Contract, WithheldShare
from report.disclosure import protected


def public(contract: Contract) -> Contract:
    privacy = contract.privacy.model_copy(update={"mode": "public", "min_cell": 5})
    return contract.model_copy(update={"privacy": privacy})


def told(contract: Contract) -> list[CategoryShare]:
    copy = protected(contract)
    return [one for segment in copy.segments for one in segment.categories if isinstance(one, CategoryShare)]


def test_shares_of_a_column_that_do_not_add_up_to_a_segment_are_withheld_of_all(mall_contract: Contract) -> None:
    whole = public(mall_contract)
    assert len(told(whole)) == 12  # two genders of six segments
    first, *others = whole.segments
    short = first.model_copy(update={"categories": first.categories[1:]})
    lacking = whole.model_copy(update={"segments": (short, *others)})
    assert told(lacking) == []
    assert all(isinstance(one, WithheldShare) for segment in protected(lacking).segments for one in segment.categories)


def test_flows_that_are_not_of_all_customers_are_left_out(mall_contract: Contract) -> None:
    whole = public(mall_contract)
    steps = sorted({flow.k for flow in protected(whole).selection.flows})
    assert steps
    lost = next(flow for flow in whole.selection.flows if flow.k == steps[0])
    some = [flow for flow in whole.selection.flows if flow is not lost]
    lacking = whole.model_copy(update={"selection": whole.selection.model_copy(update={"flows": tuple(some)})})
    assert sorted({flow.k for flow in protected(lacking).selection.flows}) == steps[1:]
