"""No table of customers between two builds tells of few of them, even to those who know the size of every segment."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.contract import Contract
from report.disclosure import published
from report.disclosure.changes import changes, gone
from report.disclosure.faults import faults
from report.disclosure.openness import grown
from tests.report.builds import Counts, Pair, determined, named, sizes, two_builds
from tests.report.contracts import counts as counted


def copied(contract: Contract) -> Contract:
    """What is published of two builds, its counts still exact."""
    found = changes(contract, contract.data.features, contract.exploration)
    return contract.model_copy(update={"changes": found, "gone": gone(contract)})


def cells(copy: Contract) -> dict[Pair, int | None]:
    assert copy.changes is not None
    return {(one.source, one.target): one.customers for one in copy.changes.flows}


@st.composite
def tables(draw: st.DrawFn) -> tuple[Counts, int]:
    """Segments that keep as many as may be published, a few who come and go, and many small cells."""
    least = draw(st.sampled_from([3, 10]))
    numbers = [*range(1, draw(st.integers(2, 5)) + 1), None]
    most = least * draw(st.sampled_from([2, 5, 20]))
    some = st.sampled_from([0, 0, 0, 1, 2, least - 1, least]) | st.integers(0, most)
    return {
        (a, b): count
        for a in numbers
        for b in numbers
        if (a, b) != (None, None)
        if (count := draw(st.integers(least, most)) if a == b else draw(some))
    }, least


@settings(max_examples=40, deadline=None)
@given(tables())
def test_whoever_knows_all_sizes_learns_of_no_few(mall_contract: Contract, table: tuple[Counts, int]):
    counts, least = table
    copy = copied(two_builds(mall_contract, counts, least))
    assert determined(counts, copy) == []
    told = cells(copy)
    assert all(count in {None, counts[pair]} for pair, count in told.items())
    assert not told or set(told) == set(counts)


def test_without_disclosure_control_the_same_attack_succeeds(mall_contract: Contract):
    """Those withheld for being few alone follow from the sums."""
    counts = {(1, 1): 50, (1, 2): 1, (2, 2): 49, (2, 1): 30, (None, 1): 20, (1, None): 20}
    whole = two_builds(mall_contract, counts)
    assert whole.changes is not None
    careless = tuple(
        one.model_copy(update={"customers": None}) if one.customers == 1 else one for one in whole.changes.flows
    )
    copy = whole.model_copy(update={"changes": whole.changes.model_copy(update={"flows": careless, "moved": None})})
    kinless = copy.changes.model_copy(update={"segments": (), "shared": None}) if copy.changes else None
    assert [pair for pair, *_ in determined(counts, copy.model_copy(update={"changes": kinless}))] == [(1, 2)]


ADVERSARIAL: dict[str, Counts] = {
    "one moved": {(1, 1): 50, (1, 2): 1, (2, 2): 49},
    "one joined": {(1, 1): 50, (2, 2): 50, (None, 1): 1},
    "one left": {(1, 1): 50, (2, 2): 50, (1, None): 1},
    "one moved among many": {(1, 1): 500, (1, 2): 1, (2, 1): 60, (2, 2): 400, (None, 1): 30, (1, None): 40},
    "one joined beside many who left": {(1, 1): 50, (1, None): 30, (2, 2): 50, (2, None): 25, (None, 1): 1},
    "a segment of the fewest": {(1, 1): 10, (2, 2): 90, (2, 1): 40, (None, 2): 20},
    "all of the fewest went": {(1, 2): 10, (2, 2): 90, (2, 3): 40},
    "one each way": {(1, 1): 50, (1, 2): 1, (2, 1): 1, (2, 2): 50},
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_one_customer_more_less_or_elsewhere(mall_contract: Contract, name: str):
    counts = ADVERSARIAL[name]
    whole = two_builds(mall_contract, counts)
    copy = copied(whole)
    assert determined(counts, copy) == []
    if min(counts.values()) == 1:  # else nothing is small
        assert all(count is None or count >= 10 for count in cells(copy).values())


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_the_published_document_counts_no_few(mall_contract: Contract, name: str):
    document = json.loads(published(two_builds(mall_contract, ADVERSARIAL[name])).model_dump_json())
    told = [entry for entry in counted(document) if entry[0].startswith(("changes", "past", "gone"))]
    assert [entry for entry in told if 0 < entry[1] < 10 or entry[1] % 5] == []
    assert [one for one in faults(document) if one.startswith(("changes", "past", "gone"))] == []


def test_a_table_without_small_cells_is_told_whole(mall_contract: Contract):
    counts = {(1, 1): 300, (1, 2): 40, (1, None): 20, (2, 1): 30, (2, 2): 200, (None, 1): 25, (None, 2): 15}
    copy = copied(two_builds(mall_contract, counts))
    assert cells(copy) == counts
    assert copy.changes is not None
    assert (copy.changes.shared, copy.changes.moved) == (570, 0.1)  # 70 of 570
    assert [(one.id, one.share) for one in copy.changes.segments[0].came_from] == [(1, 0.9), (2, 0.1)]  # 300 of 340


@pytest.mark.parametrize(
    ("change", "told"),
    [({}, 350), ({(None, 1): 9}, None), ({(2, None): 9}, None), ({(None, 1): 0}, 350), ({(2, None): 0}, 350)],
)
def test_shared_customers_where_few_are_new_or_lost(mall_contract: Contract, change: dict[Pair, int], told: int | None):
    counts: dict[Pair, int] = {(1, 1): 150, (2, 2): 200, (None, 1): 20, (2, None): 30}
    counts = {pair: count for pair, count in (counts | change).items() if count}
    copy = copied(two_builds(mall_contract, counts))
    assert copy.changes is not None
    assert copy.changes.shared == told


@pytest.mark.parametrize(
    ("moved", "stayed", "told"),
    [(0, 400, 0.0), (12, 388, None), (40, 360, 0.1), (390, 10, None), (400, 0, 1.0), (50, 150, None), (51, 150, 0.3)],
)
def test_the_share_that_moved_is_a_tenth_of_enough(
    mall_contract: Contract, moved: int, stayed: int, told: float | None
):
    """Of 200 and fewer none is told: that one of 0 is withheld would say that one to nine moved."""
    counts = {pair: count for pair, count in {(1, 2): moved, (2, 2): stayed}.items() if count}
    copy = copied(two_builds(mall_contract, counts))
    assert copy.changes is not None
    assert copy.changes.moved == told


def test_flows_that_are_not_of_all_customers_are_left_out(mall_contract: Contract):
    whole = two_builds(mall_contract, {(1, 1): 50, (2, 2): 50, (None, 1): 20})
    data = whole.data.model_copy(update={"customers": 121})
    copy = copied(whole.model_copy(update={"data": data}))
    assert copy.changes is not None
    assert (copy.changes.flows, copy.changes.shared, copy.changes.moved) == ((), None, None)


def test_kin_of_few_are_not_named(mall_contract: Contract):
    """Nine of segment 3 went to segment 2; that they are named would say that some did."""
    counts = {(1, 1): 300, (2, 2): 200, (3, 1): 40, (3, 2): 9, (1, 2): 30, (2, 1): 30}
    copy = copied(two_builds(mall_contract, counts))
    assert (3, 2) not in [pair for _, pair in named(copy)]
    assert [(one.id, [each.id for each in one.into]) for one in copy.gone] == [(3, [1])]


@given(tables())
@settings(max_examples=20, deadline=None)
def test_published_flows_are_no_more_than_the_segments_beside_them(mall_contract: Contract, table: tuple[Counts, int]):
    counts, least = table
    told = published(two_builds(mall_contract, counts, least))
    assert told.changes is not None
    now = {one.id: one.size for one in told.segments}
    then = {one.id: one.size for one in told.past[-1].segments}
    for one in told.changes.flows:
        if one.customers is not None:
            assert one.customers <= now.get(one.target or 0, one.customers)
            assert one.customers <= (then.get(one.source or 0) or one.customers)
    assert told.changes.shared is None or told.changes.shared <= told.data.customers


def test_a_cell_grows_along_a_cycle_and_no_sum_changes():
    """By hand: in [[1, 9], [9, 1]] the first may become 9, as the second and third shrink to 1."""
    hidden = {(1, 1): 1, (1, 2): 9, (2, 1): 9, (2, 2): 1}
    assert grown((1, 1), hidden, {}, 100) == {(1, 1): 9, (1, 2): 1, (2, 1): 1, (2, 2): 9}
    assert grown((1, 1), hidden, {(1, 2): 6}, 100)[1, 1] == 4
    assert grown((1, 1), hidden, {}, 5)[1, 1] == 5
    assert grown((1, 1), {(1, 1): 1, (1, 2): 9, (2, 2): 9}, {}, 100)[1, 1] == 1


@given(tables())
@settings(max_examples=40, deadline=None)
def test_no_sum_changes_where_a_cell_grows(table: tuple[Counts, int]):
    counts, least = table
    for pair in counts:
        other = dict(grown(pair, counts, {}, least))
        assert (sizes(other, 0), sizes(other, 1)) == (sizes(counts, 0), sizes(counts, 1))
        assert min(other.values()) >= 1
