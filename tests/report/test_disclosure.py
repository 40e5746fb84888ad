"""What is published tells of no group smaller than `min_cell`, neither directly nor by subtraction."""

from __future__ import annotations

import json
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.contract import Contract, FeatureProfile, Interval, Trait
from analysis.contract.runs import merged
from report.disclosure import protected, published
from report.disclosure.cells import rare, tenth, withheld
from report.disclosure.columns import OTHERS, together
from report.disclosure.evidence import WITHHELD, middle
from report.disclosure.exploration import bounds
from report.errors import CheckError
from tests.report.contracts import AGE, CHANNEL, GENDER, INCOME, SPENDING, Case, case, cases, counts

SLOW = settings(max_examples=15, deadline=None)


def least_of(contract: Contract) -> int:
    return contract.privacy.min_cell


def test_open_mode_publishes_the_contract_as_it_is(mall_contract):
    assert mall_contract.privacy.mode == "open"
    assert published(mall_contract) is mall_contract


@pytest.fixture(scope="module")
def public(mall_contract) -> Contract:
    privacy = mall_contract.privacy.model_copy(update={"mode": "public"})
    return protected(mall_contract.model_copy(update={"privacy": privacy}))


def test_single_customers_and_row_numbers_are_left_out(public):
    assert public.exploration.points is None
    assert all(not rejection.examples for rejection in public.data.rejections)


def test_the_mall_table_keeps_most_of_its_pages_figures(public, mall_contract):
    assert [segment.size for segment in public.segments] == [segment.size for segment in mall_contract.segments]
    assert all(len(one.bins) >= 5 for one in public.exploration.distributions)
    assert len(public.exploration.distributions) == len(mall_contract.exploration.distributions)
    assert len(public.exploration.map.bins) > len(public.segments)
    assert any(segment.categories for segment in public.segments)


def test_the_published_copy_still_follows_the_schema(public):
    assert Contract.model_validate_json(public.model_dump_json()) == public


def test_a_segment_too_small_stops_the_build(mall_contract):
    privacy = mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 22})
    with pytest.raises(CheckError, match=r"21 customers, fewer than privacy\.min_cell \(22\).*fewer segments"):
        protected(mall_contract.model_copy(update={"privacy": privacy}))


def test_the_data_page_says_what_was_done(public):
    assert any("below 10 customers" in note for note in public.data.notes)


@SLOW
@given(cases())
def test_no_small_count_stands_anywhere_in_the_published_copy(made: Case):
    copy = protected(made.contract)
    least = least_of(copy)
    document = json.loads(copy.model_dump_json())
    small = [(where, count) for where, count in counts(document) if 0 < count < least]
    hidden = [*(one["missing"] for one in document["data"]["features"])]
    hidden += [segment["neighbour"]["border_customers"] for segment in document["segments"]]
    hidden += [border["customers"] for segment in document["segments"] for border in segment["borders"]]
    tried = document["selection"]["candidates"]
    shares = [one["smallest_share"] for one in tried] + [each["share"] for one in tried for each in one["segments"]]
    shares += [flow["share"] for flow in document["selection"]["flows"]]
    hidden += [round((share or 0) * copy.data.rows_used) for share in shares]
    assert small == []
    assert [count for count in hidden if count is not None and 0 < count < least] == []


@SLOW
@given(cases())
def test_borders_leave_no_small_rest_of_a_segment_and_agree_with_its_neighbour(made: Case):
    copy = protected(made.contract)
    for before, segment in zip(made.contract.segments, copy.segments, strict=True):
        assert [one.id for one in segment.borders] == [one.id for one in before.borders]
        told = [one for one in segment.borders if one.customers is not None]
        assert all((one.share is None) == (one.customers is None) for one in segment.borders)
        rest = segment.size - sum(one.customers for one in told)
        assert not told or rest == 0 or rest >= least_of(copy)
        same = [one.customers for one in segment.borders if one.id == segment.neighbour.id]
        assert segment.neighbour.border_customers in {*same, None} if same else True


@SLOW
@given(cases())
def test_intervals_are_to_whole_customers_and_reach_no_small_size(made: Case):
    copy = protected(made.contract)
    customers = copy.data.customers or copy.data.rows_used
    for before, segment in zip(made.contract.segments, copy.segments, strict=True):
        assert (segment.size_interval is None) == (before.size_interval.lower < least_of(copy))
        assert (segment.share_interval is None) == (segment.size_interval is None)
        if segment.size_interval is None:
            continue
        for name, unit in (("size_interval", 1), ("share_interval", customers)):
            was, now = getattr(before, name), getattr(segment, name)
            for end in ("lower", "upper"):
                told = getattr(now, end) * unit
                assert told == pytest.approx(round(told))
                assert abs(told - getattr(was, end) * unit) <= 0.5 + 1e-9
        assert segment.size_interval.lower <= segment.size <= segment.size_interval.upper
        assert segment.share_interval.lower <= segment.share <= segment.share_interval.upper


@SLOW
@given(cases())
def test_flows_between_solutions_leave_no_small_remainder(made: Case):
    copy = protected(made.contract)
    rows, least = copy.data.rows_used, least_of(copy)
    by_k = {one.k: {each.id: each.share for each in one.segments} for one in made.contract.selection.candidates}
    exact = {(flow.k, flow.source, flow.target): flow.share for flow in made.contract.selection.flows}
    for k in range(2, 10):
        flows = [flow for flow in copy.selection.flows if flow.k == k]
        assert all(flow.share in {None, exact[k, flow.source, flow.target]} for flow in flows)
        assert not flows or {flow.source * 100 + flow.target for flow in flows} == {
            source * 100 + target for at, source, target in exact if at == k
        }
        for side, totals in (("source", by_k[k]), ("target", by_k[k + 1])):
            for one, share in totals.items():
                told = sum(flow.share or 0 for flow in flows if getattr(flow, side) == one)
                rest = round((share - told) * rows)
                assert not told or rest == 0 or rest >= least
    for one in copy.selection.candidates:
        missing = 1 - sum(each.share or 0 for each in one.segments)
        assert round(missing * rows) == 0 or round(missing * rows) >= least


@SLOW
@given(cases())
def test_a_copy_of_the_published_copy_is_the_same(made: Case):
    copy = published(made.contract)
    again = published(copy)
    assert again.segments == copy.segments
    assert again.selection == copy.selection


def test_a_category_that_is_told_keeps_its_rating():
    made = one_case(Channel=["web", "shop"] * 10 + ["web"] * 15 + ["shop"] * 5)
    before = {(one.category): one for one in made.contract.segments[1].categories if one.feature == CHANNEL}
    after = {(one.category): one for one in protected(made.contract).segments[1].categories if one.feature == CHANNEL}
    assert before["web"].residual is not None
    assert after == before


def test_how_wholly_segments_come_out_of_others_is_withheld_where_flows_are_and_segments_are_small():
    copy = protected(one_case().contract)
    told = {flow.k for flow in copy.selection.flows if flow.share is not None}
    partly = {flow.k for flow in one_case().contract.selection.flows} - told
    assert partly
    for one in copy.selection.candidates:
        if one.k - 1 in partly:
            assert {each.persistence for each in one.segments} == {None}


@pytest.mark.parametrize(
    ("share", "size", "told"),
    [
        (0.94, 100, 0.9),
        (0.84, 400, 0.8),
        (0.86, 400, 0.9),
        (0.94, 99, None),
        (0.97, 100, None),
        (0.04, 400, None),
        (1.0, 100, 1.0),
        (0.0, 100, 0.0),  # nearly all is not all
    ],
)
def test_a_share_is_told_to_the_nearest_tenth_where_a_tenth_are_not_few(share, size, told):
    assert tenth(share, size, 10) == told


@SLOW
@given(cases())
def test_histograms_and_bands_together_leave_no_small_interval(made: Case):
    """Customers below every edge that bars and bands tell: between two such edges are none or enough."""
    copy = protected(made.contract)
    banded = {one.by: one for one in copy.exploration.comparisons if one.by == AGE}
    for one in copy.exploration.distributions:
        edges = {bar.lower for bar in one.bins[1:]}
        if one.feature in banded:
            edges |= {edge for band in bounds(banded[one.feature]) or () for edge in band}
        values = made.customers[one.feature]
        inside = [
            int(((values >= low) & (values < high)).sum()) for low, high in pairwise((-np.inf, *sorted(edges), np.inf))
        ]
        assert all(count == 0 or count >= least_of(copy) for count in inside)
        assert sum(bar.count for bar in one.bins) == len(values)


@SLOW
@given(cases())
def test_no_edge_tells_the_smallest_or_largest_value(made: Case):
    """An outermost bar is no wider than its neighbour, so a single customer far out moves no edge."""
    for one in protected(made.contract).exploration.distributions:
        first, second, *_ = (bar.upper - bar.lower for bar in one.bins)
        *_, last_but_one, last = (bar.upper - bar.lower for bar in one.bins)
        assert first <= second + 1e-9 or len(one.bins) == 2
        assert last <= last_but_one + 1e-9 or len(one.bins) == 2


@SLOW
@given(cases())
def test_every_bar_holds_the_customers_whom_it_says(made: Case):
    """Between its edges; an outermost one that was narrowed holds everybody beyond, and says so."""
    for one in protected(made.contract).exploration.distributions:
        values = made.customers[one.feature]
        for bar in one.bins:
            low = -np.inf if bar.beyond == "below" else bar.lower
            high = np.inf if bar.beyond == "above" or bar.closed else bar.upper
            assert int(((values >= low) & (values < high)).sum()) == bar.count
        assert {bar.beyond for bar in one.bins[1:-1]} <= {None}


@SLOW
@given(cases())
def test_bars_by_segment_are_told_for_all_or_for_none(made: Case):
    copy = protected(made.contract)
    for one in copy.exploration.distributions:
        told = {bool(bar.by_segment) for bar in one.bins}
        assert len(told) == 1
        assert all(count == 0 or count >= least_of(copy) for bar in one.bins for count in bar.by_segment.values())


@SLOW
@given(cases())
def test_withheld_categories_cannot_be_worked_out(made: Case):
    """A linear programme with all published margins: every withheld cell could be smaller or larger than it is."""
    copy = protected(made.contract)
    for feature in (one for one in copy.data.features if one.categories):
        names = list(feature.categories)
        told = {
            (segment.id, share.category): share.count
            for segment in copy.segments
            for share in segment.shares
            if share.feature == feature.name
        }
        assert all(
            {share.category for share in segment.categories if share.feature == feature.name} == set(names)
            for segment in copy.segments
        )
        assert sum(feature.categories.values()) == copy.data.rows_used
        audit(
            told,
            {segment.id: segment.size for segment in copy.segments},
            {name: feature.categories[name] for name in names},
        )


def audit(told: dict[tuple[int, str], int], rows: dict[int, int], columns: dict[str, int]) -> None:
    """Every cell that is not told has room between the least and the most that the margins allow."""
    unknown = [(row, column) for row in rows for column in columns if (row, column) not in told]
    if not unknown:
        return
    lines = [[cell[0] == row for cell in unknown] for row in rows] + [
        [cell[1] == column for cell in unknown] for column in columns
    ]
    left = [total - sum(n for (row, _), n in told.items() if row == name) for name, total in rows.items()]
    left += [total - sum(n for (_, column), n in told.items() if column == name) for name, total in columns.items()]
    for place in range(len(unknown)):
        goal = np.eye(len(unknown))[place]
        ends = [linprog(sign * goal, A_eq=np.array(lines, float), b_eq=left).fun * sign for sign in (1, -1)]
        assert ends[1] - ends[0] > 0.5


@SLOW
@given(cases())
def test_comparisons_by_category_leave_no_small_remainder(made: Case):
    copy = protected(made.contract)
    for one in (one for one in copy.exploration.comparisons if one.by in (GENDER, CHANNEL)):
        rest = copy.data.rows_used - sum(group.count for group in one.groups)
        assert rest == 0 or rest >= least_of(copy)
        assert len(one.groups) > 1


@SLOW
@given(cases())
def test_the_map_keeps_every_customer_in_rectangles_that_are_large_enough(made: Case):
    copy = protected(made.contract)
    if copy.exploration.map is None:
        return
    bins = copy.exploration.map.bins
    for segment in copy.segments:
        assert sum(one.count for one in bins if one.segment == segment.id) == segment.size
    assert all(one.x0 < one.x1 and one.y0 < one.y1 and one.count >= least_of(copy) for one in bins)


@SLOW
@given(cases())
def test_bars_less_the_rectangles_inside_them_leave_no_small_count(made: Case):
    copy = protected(made.contract)
    drawn = copy.exploration.map
    if drawn is None:
        return
    by_feature = {one.feature: one.bins for one in copy.exploration.distributions}
    for name, low, high in ((drawn.x, "x0", "x1"), (drawn.y, "y0", "y1")):
        bars = by_feature[name]
        for first, last in combinations(range(len(bars) + 1), 2):
            start, end = bars[first].lower, bars[last - 1].upper
            inside = [one.count for one in drawn.bins if getattr(one, low) >= start and getattr(one, high) <= end]
            rest = sum(bar.count for bar in bars[first:last]) - sum(inside)
            assert rest == 0 or rest >= least_of(copy)


def one_case(**changes: object) -> Case:
    """Forty customers in two segments, plain but for what a test changes."""
    ages = np.tile(np.arange(20.0, 60.0, 2.0), 2)
    columns = {
        AGE: ages, INCOME: ages * 1000, SPENDING: np.tile([10.0, 90.0], 20),
        GENDER: ["m", "f"] * 20, CHANNEL: ["web"] * 40,
    }  # fmt: skip
    return case(pd.DataFrame(columns | changes), np.repeat([0, 1], 20), least=5, rules=[(19, 18), (20, 20)])


def test_a_rule_that_finds_all_of_a_segment_is_told_like_one_that_finds_fewer():
    first, second = (segment.rule for segment in protected(one_case().contract).segments)
    assert (first.picked, first.correct, first.precision, first.recall) == (None, None, 0.7, 0.7)
    assert (second.picked, second.correct, second.precision, second.recall) == (None, None, 0.7, 0.7)


def test_reasons_met_seldom_are_put_together_and_the_rows_still_add_up():
    data = protected(one_case().contract).data
    assert [(one.rows, one.column, one.examples) for one in data.rejections] == [(5, AGE, ()), (1, None, ())]
    assert data.rows_read == data.rows_used + data.rows_rejected
    assert sum(one.rows for one in data.rejections) == data.rows_rejected


def test_rare_categories_are_put_together_with_the_next():
    channels = ["web"] * 25 + ["shop"] * 12 + ["fair"] * 2 + ["post"]
    feature = protected(one_case(Channel=channels).contract).data.features[-1]
    assert feature.categories == {"web": 25, OTHERS: 15}


def test_a_tail_with_few_customers_has_no_quantile():
    age = next(one for one in protected(one_case().contract).data.features if one.name == AGE)
    assert (age.p05, age.p95) == (None, None)
    assert (age.q1, age.q3) != (None, None)


def test_a_column_that_too_many_left_empty_is_withheld_everywhere():
    contract = one_case().contract
    features = tuple(
        one.model_copy(update={"missing": 17, "used_for": "description"}) if one.name == SPENDING else one
        for one in contract.data.features
    )
    data = contract.data.model_copy(update={"features": features})
    # The document does not say where the gaps are: all may be in one segment.
    segments = tuple(
        one.model_copy(update={"profile": tuple(each.model_copy(update={"known": None}) for each in one.profile)})
        for one in contract.segments
    )
    copy = protected(contract.model_copy(update={"data": data, "segments": segments}))
    assert SPENDING not in [one.name for one in copy.data.features]
    assert all(one.feature != SPENDING for segment in copy.segments for one in segment.profile)
    assert all(SPENDING not in (one.a, one.b) for one in copy.exploration.correlations)
    assert any("withheld" in note for note in copy.data.notes)
    assert {one.reason for segment in copy.segments for one in segment.criteria} == {WITHHELD}


@given(st.lists(st.integers(0, 30), max_size=40), st.integers(2, 12))
def test_merged_runs_cover_all_cells_in_order_and_hold_enough(counts_of, least):
    runs = merged(counts_of, least)
    assert [place for run in runs for place in run] == list(range(len(counts_of)))
    held = [sum(counts_of[place] for place in run) for run in runs]
    assert all(one >= least for one in held) or len(runs) == 1


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=8), st.integers(2, 12))
def test_together_keeps_the_sum_and_no_small_count(by_name, least):
    kept = together(by_name, least)
    assert not kept or sum(kept.values()) == sum(by_name.values())
    assert all(count == 0 or count >= least for count in kept.values()) or sum(by_name.values()) < least
    assert not rare(by_name, least) or len(kept) != 1


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=2, max_size=6)
    ),
    st.integers(2, 10),
)
def test_withheld_cells_of_any_table_cannot_be_worked_out(table, least):
    hidden = withheld(table, least)
    rows = {place: sum(row) for place, row in enumerate(table)}
    columns = {str(place): sum(column) for place, column in enumerate(zip(*table, strict=True))}
    cells = {(row, str(column)): n for row, line in enumerate(table) for column, n in enumerate(line)}
    if hidden is None:
        return
    told = {cell: n for cell, n in cells.items() if (cell[0], int(cell[1])) not in hidden}
    assert all(n == 0 or n >= least for n in told.values())
    audit(told, rows, columns)


def test_a_cell_between_two_groups_of_withheld_cells_gets_a_cycle_of_its_own():
    """Rows and columns each miss enough, yet the sums of both groups would tell the cell that joins them."""
    table = [[4, 4, 4, 50], [4, 4, 50, 50], [50, 50, 4, 4], [50, 50, 4, 4]]
    small = {(row, column) for row, line in enumerate(table) for column, n in enumerate(line) if n < 5}
    hidden = withheld(table, 5)
    assert hidden is not None
    assert small < hidden


@pytest.mark.parametrize(("apart", "told"), [(0, 0), (1, None), (9, None), (10, 10), (None, None)])
def test_a_small_number_of_customers_set_apart_is_withheld(mall_contract, apart, told):
    privacy = mall_contract.privacy.model_copy(update={"mode": "public"})
    data = mall_contract.data.model_copy(update={"set_apart": apart})
    copy = protected(mall_contract.model_copy(update={"privacy": privacy, "data": data}))
    assert copy.data.set_apart == told


def test_no_trait_and_no_summary_tells_a_share_that_is_withheld():
    """A trait of a category that its own table may not show would show it."""
    generator = np.random.default_rng(4)
    customers = pd.DataFrame(
        {
            AGE: generator.normal(40, 9, 120).round(),
            INCOME: generator.normal(50, 9, 120).round(),
            SPENDING: generator.normal(50, 9, 120).round(),
            GENDER: ["Female"] * 57 + ["Male"] * 63,
            CHANNEL: (["web"] * 45 + ["shop"] * 30 + ["web"] * 15 + ["shop"] * 30),
        }
    )
    labels = np.repeat([0, 1], 60)  # three men among the first sixty
    made = case(customers, labels, least=10).contract
    phrase = "is 95% Female, against 48% of all customers"
    trait = Trait(feature=GENDER, level="high", effect=0.9, phrase=phrase, category="Female")
    web = trait.model_copy(update={"feature": CHANNEL, "category": "web", "phrase": "is 75% web by channel"})
    telling = [
        one.model_copy(update={"traits": (trait, web), "summary": "About 40 years old, 95% Female."})
        for one in made.segments
    ]
    shown = protected(made.model_copy(update={"segments": tuple(telling)}))
    for segment in shown.segments:
        named = {(one.feature, one.category) for one in segment.shares}
        assert (GENDER, "Female") not in named
        assert not any(one.category == "Female" for one in segment.traits)
        assert segment.summary == "Is 75% web by channel."


@pytest.mark.parametrize(
    ("ends", "size", "told"), [((3.0, 7.0), 12, True), ((1.0, 7.0), 12, False), ((3.0, 9.0), 39, False),
                               ((1.0, 9.0), 40, True)]
)  # fmt: skip
def test_an_interval_of_a_median_reaches_no_farther_than_the_quartiles_of_a_small_segment(ends, size, told):
    around = Interval(lower=ends[0], upper=ends[1])
    one = FeatureProfile(feature="x", mean=9, median=5, q1=2, q3=8, level="high", effect=1, typical=5,
                         typical_interval=around, difference=1, ratio=None)  # fmt: skip
    assert middle(one, size, 10).typical_interval == (around if told else None)
    mean = one.model_copy(update={"mean_interval": around})
    assert middle(mean, size, 10) == mean


@pytest.mark.parametrize(("picked", "correct"), [(20, 20), (19, 19), (20, 19), (18, 16)])
def test_rules_that_find_all_or_somewhat_fewer_are_told_alike(picked: int, correct: int):
    whole = one_case().contract
    found = {"picked": picked, "correct": correct, "precision": correct / picked, "recall": correct / 20}
    segments = tuple(one.model_copy(update={"rule": one.rule.model_copy(update=found)}) for one in whole.segments)
    for one in protected(whole.model_copy(update={"segments": segments})).segments:
        assert (one.rule.picked, one.rule.correct, one.rule.precision, one.rule.recall) == (None, None, 0.7, 0.7)
