"""Where one or two customers make nearly all of a sum, the reason given for what is withheld is that, too."""

from __future__ import annotations

import pytest

from analysis.contract import Contract, Privacy, WithheldProfile
from analysis.language import speaking
from report.disclosure import protected
from report.disclosure.answers import dominated
from report.views.withheld import explained

INCOME = "Annual Income (k$)"
REASON = (
    "It would describe fewer than 10 customers, all but fewer than 10 of a group, or one or two customers who make up "
    "nearly all of a sum."
)


@pytest.fixture
def public(mall_contract: Contract) -> Contract:
    return mall_contract.model_copy(update={"privacy": Privacy(mode="public", min_cell=10)})


def _of_one_segment(contract: Contract, why: str) -> Contract:
    """As if of the first segment's incomes nothing could be told."""
    first, *others = contract.segments
    profile = tuple(
        one.model_copy(update={"concealed": why}) if one.feature == INCOME else one for one in first.figures
    )
    return contract.model_copy(update={"segments": (first.model_copy(update={"profile": profile}), *others)})


def _reasons(contract: Contract) -> set[str]:
    return {one.withheld for each in contract.segments for one in each.profile if isinstance(one, WithheldProfile)}


def test_a_sum_of_one_customer_is_a_reason_of_its_own(public: Contract):
    copy = protected(_of_one_segment(public, "dominated"))
    assert _reasons(copy) == {REASON}
    assert explained(copy, copy.segments) == (
        "“Withheld” replaces figures about fewer than 10 customers, about all but fewer than 10, or about one or two "
        "who make up nearly all of a sum, and figures from which these could be calculated."
    )


def test_such_a_sum_is_explained_in_every_language(public: Contract):
    with speaking("de"):
        copy = protected(_of_one_segment(public, "dominated"))
        assert explained(copy, copy.segments) == (
            "„Zurückgehalten“ ersetzt Zahlen über weniger als 10 Kunden, über alle bis auf weniger als 10 oder über "
            "ein oder zwei Kunden, die fast die ganze Summe ausmachen, sowie Zahlen, aus denen sich diese berechnen "
            "ließen."
        )


def test_few_beyond_a_median_are_not_taken_for_such_a_sum(public: Contract):
    copy = protected(_of_one_segment(public, "few"))
    assert _reasons(copy) == {"It would describe fewer than 10 customers, or all but fewer than 10 of a group."}
    assert "sum" not in explained(copy, copy.segments)


def test_nobody_is_told_of_which_segment_the_sum_is(public: Contract):
    """A column whose sum one customer makes is withheld of all segments for one reason."""
    features = tuple(
        one.model_copy(update={"concealed": "dominated"}) if one.name == INCOME else one for one in public.data.features
    )
    whole = public.model_copy(update={"data": public.data.model_copy(update={"features": features})})
    for contract in (whole, _of_one_segment(whole, "dominated"), _of_one_segment(whole, "few")):
        assert dominated(contract) == {INCOME}
        copy = protected(contract)
        assert [INCOME in one.withheld for one in copy.segments] == [True] * len(copy.segments)
        assert _reasons(copy) == {REASON}


def test_a_comparison_is_withheld_for_that_reason(public: Contract):
    compared = [(one.feature, one.by) for one in public.exploration.comparisons]
    pairs = [(feature, by) for feature, by in compared if feature == INCOME]
    assert pairs
    comparisons = tuple(one for one in public.exploration.comparisons if one.feature == INCOME)
    groups = tuple(one.model_copy(update={"concealed": "dominated"}) for one in comparisons[0].groups)
    only = comparisons[0].model_copy(update={"groups": groups})
    explored = public.exploration.model_copy(update={"comparisons": (only,)})
    notes = protected(_of_one_segment(public.model_copy(update={"exploration": explored}), "dominated")).data.notes
    labels = {one.name: one.label for one in public.data.features}
    assert (
        f"The comparison of “{labels[INCOME]}” by “{labels[only.by]}” is withheld, because it would describe fewer "
        "than 10 customers, or one or two customers who make up nearly all of a sum."
    ) in notes
