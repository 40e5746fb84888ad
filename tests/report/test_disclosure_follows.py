"""What follows by adding and subtracting from several published figures is no small count either."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.configuration import Site
from analysis.contract import AlgorithmResult, CandidateSegment, Comparison, Contract, Flow, GroupSummary
from analysis.preparation.features import features
from report.disclosure import protected
from report.disclosure.gaps import map_leaves_few
from report.disclosure.selection import fitted, selection
from tests.report.contracts import contract_of

LEAST = 10
SIZE = 60


def table(columns: dict[str, dict], **more: np.ndarray) -> Contract:
    """Two segments of 60 customers by income and visits, with more columns."""
    draw, labels = np.random.default_rng(4), np.repeat([0, 1], SIZE)
    frame = pd.DataFrame({name: draw.normal(50 + 30 * labels, 5).round(1) for name in ("income", "visits")})
    for name, values in more.items():
        frame[name] = values
    every = {"income": {"role": "income", "missing": "median"}, "visits": {"role": "feature", "missing": "median"}}
    site = Site.model_validate({"data": {"path": "t.csv"}, "columns": every | columns})
    made = features(frame, site, {"income": 50.0, "visits": 50.0})
    return contract_of(made, labels[made.order], least=LEAST)


def emptied(*places: int) -> np.ndarray:
    """Values of 120 customers, these ones' missing."""
    values = np.random.default_rng(5).normal(np.repeat([50, 80], SIZE), 5).round(1)
    values[list(places)] = np.nan
    return values


def drawn(contract: Contract) -> dict[str, int]:
    """Column → customers in all bars of its histogram."""
    return {one.feature: sum(bar.count for bar in one.bins) for one in contract.exploration.distributions}


def test_bars_less_customers_tell_no_few_gaps() -> None:
    """Three lack income: bars that count 117 of 120 would tell, and so would the map and bands of another column."""
    copy = protected(table({}, income=emptied(0, 70, 80)))
    assert drawn(copy) == {"visits": 120}
    assert copy.exploration.map is None
    why = "is withheld: it would describe fewer than 10 customers."
    assert copy.data.notes[:2] == (f"The histogram of “income” {why}", f"The segment map {why}")
    assert not any("income" in {one.feature, one.by} for one in copy.exploration.comparisons)
    assert drawn(protected(table({}, income=emptied(*range(12))))) == {"income": 108, "visits": 120}


@pytest.mark.parametrize(
    ("others", "notes"),
    [
        (1, ["The comparison of “visits” by “a” is withheld: it would describe fewer than 10 customers."]),
        (
            3,
            [
                f"The comparison of “visits” by “{name}” is withheld: it would describe fewer than 10 customers."
                for name in "abc"
            ],
        ),
        (4, ["Some comparisons of columns by groups are withheld: each would describe fewer than 10 customers."]),
    ],
)
def test_the_comparisons_that_are_withheld_are_named_where_they_are_three(others: int, notes: list[str]) -> None:
    """Of two groups one has three customers, and the other would tell of them."""
    names = "abcd"[:others]
    halves = np.where(np.arange(120) % 2 == 0, "even", "odd")
    whole = table({name: {"role": "category"} for name in names}, **dict.fromkeys(names, halves))
    groups = tuple(
        GroupSummary(group=group, count=count, mean=50.0, median=50.0, q1=None, q3=None)
        for group, count in (("even", 3), ("odd", 117))
    )
    compared = tuple(Comparison(feature="visits", by=name, groups=groups) for name in names)
    copy = protected(
        whole.model_copy(update={"exploration": whole.exploration.model_copy(update={"comparisons": compared})})
    )
    assert copy.exploration.comparisons == ()
    assert [note for note in copy.data.notes if "comparison" in note] == notes


def test_bars_and_squares_tell_no_few_gaps_of_a_segment() -> None:
    """Twelve lack income in one segment and three in the other: 15 may be told, and their parts may not."""
    copy = protected(table({}, income=emptied(*range(12), 70, 71, 72)))
    income = next(one for one in copy.exploration.distributions if one.feature == "income")
    assert sum(bar.count for bar in income.bins) == 105
    assert all(bar.by_segment == {} for bar in income.bins)
    assert copy.exploration.map is None


@pytest.mark.parametrize(
    ("income", "visits", "few"),
    [
        ([*range(10), *range(60, 70)], [], False),  # ten of each segment, which are enough
        (range(10), [], False),  # ten with visits alone
        (range(12), range(3, 15), True),  # of fifteen off the map three have no income, and three no visits
    ],
)
def test_the_map_tells_who_lacks_one_column_only(income: list[int], visits: list[int], few: bool) -> None:  # noqa: FBT001
    whole = table({}, income=emptied(*income), visits=emptied(*visits))
    assert sum(each.count for each in whole.exploration.map.bins) == 120 - len({*income, *visits})
    assert map_leaves_few(whole.exploration.map, whole) is few


def test_gaps_in_two_columns_tell_not_how_few_lack_both() -> None:
    """Of each segment 15 lack income and 15 visits, three of them both: 15 + 15 − 27."""
    first, second = range(15), range(12, 27)
    lacking = [emptied(*one, *(SIZE + place for place in one)) for one in (first, second)]
    whole = table({}, income=lacking[0], visits=lacking[1])
    assert (whole.data.imputed, [one.imputed for one in whole.segments]) == (54, [27, 27])
    copy = protected(whole)
    # Of all, six lack both.
    assert (copy.data.imputed, [one.imputed for one in copy.segments]) == (None, [None, None])
    assert [one.missing for one in copy.data.features] == [30, 30]


@pytest.mark.parametrize(
    ("levels", "counts", "told"),
    [(3, (3, 57, 60), False), (4, (3, 37, 40, 40), True), (7, (3, 2, 2, 2, 31, 40, 40), True)],
)
def test_a_rare_level_does_not_follow_from_the_mean(levels: int, counts: tuple[int, ...], told: bool) -> None:  # noqa: FBT001
    """Of three levels number, mean and spread tell all counts; of four, the mean tells what one merged bar hides."""
    answers = np.random.default_rng(2).permutation(np.repeat(np.arange(1.0, levels + 1), counts))
    order = [f"level {number}" for number in range(1, levels + 1)]
    scale = {"role": "feature", "kind": "ordinal", "order": order, "use": "describe"}
    whole = table({"answer": scale}, answer=answers)
    copy = protected(whole)
    one = next(each for each in copy.data.features if each.name == "answer")
    assert (one.mean is not None, one.standard_deviation is not None) == (told, told)
    assert all(("answer" in segment.withheld) != told for segment in copy.segments)
    if levels < 7:
        assert "answer" not in drawn(copy)
        return
    # 3 + 2 + 2 + 2 and the next: five counts unknown, four of them more than the three sums over them leave open.
    bars = next(each.bins for each in copy.exploration.distributions if each.feature == "answer")
    assert [bar.count for bar in bars] == [40, 40, 40]


def test_a_count_of_few_whole_numbers_is_a_scale_too() -> None:
    """0 to 3 children, five customers with three: 45 with two or more, and the mean, would tell the five."""
    children = np.random.default_rng(2).permutation(np.repeat(np.arange(4.0), (40, 35, 40, 5)))
    copy = protected(table({"children": {"role": "feature", "use": "describe"}}, children=children))
    assert "children" not in drawn(copy)
    children = np.random.default_rng(2).permutation(np.repeat(np.arange(4.0), (40, 35, 30, 15)))
    copy = protected(table({"children": {"role": "feature", "use": "describe"}}, children=children))
    assert drawn(copy)["children"] == 120


def tried(apart: int) -> Contract:
    """Two of 2 to 10 segments taken, the first without `apart` of its 60 customers among those fitted."""
    contract = table({})
    rows = 120 - apart
    first, *others = contract.selection.candidates
    shares = ((60 - apart) / rows, 60 / rows)
    segments = tuple(CandidateSegment(id=place + 1, share=share, silhouette=0.4) for place, share in enumerate(shares))
    first = first.model_copy(update={"segments": segments, "smallest_share": min(shares)})
    flows = tuple(Flow(k=2, source=1 + place // 2, target=1 + place % 2, share=0.25) for place in range(4))
    result = AlgorithmResult(
        algorithm="kmeans", k=2, taken=True, silhouette=0.4, calinski_harabasz=1, davies_bouldin=1, stability=None,
        weakest=None, agreement=None, prediction_strength=None, smallest_share=min(shares), verdict="none",
    )  # fmt: skip
    found = contract.selection.model_copy(
        update={"k": 2, "candidates": (first, *others), "flows": flows, "algorithms": (result,)}
    )
    data = contract.data.model_copy(update={"set_apart": apart})
    return contract.model_copy(update={"selection": found, "data": data})


def test_shares_of_those_fitted_beside_sizes_tell_not_how_few_were_not() -> None:
    """59 / 119 beside a segment of 60 tells that one of it was set apart."""
    one = selection(tried(1))
    assert [each.share for each in one.candidates[0].segments] == [None, None]
    assert (one.candidates[0].smallest_share, one.algorithms[0].smallest_share, one.flows) == (None, None, ())
    many = selection(tried(15))
    assert [each.share for each in many.candidates[0].segments] == [45 / 105, 60 / 105]
    assert many.algorithms[0].smallest_share == 45 / 105
    assert selection(tried(0)).candidates[0].smallest_share == 0.5


def test_shares_are_of_those_neither_with_gaps_nor_set_apart() -> None:
    """Of 120 customers 12 have gaps and 5 are set apart, two of them both: 105 were fitted."""
    contract = tried(15)
    one = contract.selection.model_copy(update={"candidates": contract.selection.candidates[:1]})
    data = contract.data.model_copy(update={"imputed": 12, "set_apart": 5})
    assert fitted(contract.model_copy(update={"data": data, "selection": one})) == 105


def test_a_share_of_few_among_many_is_no_share_of_nobody() -> None:
    """4 of 10,000 fitted is .4 of the 1,000 measured, and not nobody."""
    contract = tried(0)
    flows = tuple(
        Flow(k=2, source=source, target=target, share=share)
        for source, target, share in ((1, 1, 0.4996), (1, 2, 0.0004), (2, 1, 0.2), (2, 2, 0.3))
    )
    found = contract.selection.model_copy(update={"measured_on": 1000, "flows": flows})
    told = selection(contract.model_copy(update={"selection": found})).flows
    assert all(one.share is None for one in told)


@pytest.mark.parametrize(("yes", "told"), [(9, [None, None]), (10, [20 / 46, 10 / 48])])
def test_a_share_with_gaps_counts_those_who_answered(yes: int, told: list[float | None]) -> None:
    """9 of the 48 who answered are few, though 9 / 48 of the segment's 60 are 11; 20 of 46 go with them."""
    churn = np.repeat([1.0, 0.0, np.nan, 1.0, 0.0, np.nan], (20, 26, 14, yes, 48 - yes, 12))
    column = {"churn": {"role": "feature", "kind": "boolean", "use": "describe", "missing": "unknown"}}
    copy = protected(table(column, churn=churn))
    found = [one for segment in copy.segments for one in segment.profile if one.feature == "churn"]
    assert [one.mean for one in found] == told
    assert [one.known for one in found] == ([46, 48] if yes == 10 else [None, None])
    assert next(one.mean for one in copy.data.features if one.name == "churn") == (20 + yes) / 94
