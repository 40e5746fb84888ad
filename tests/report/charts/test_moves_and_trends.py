"""The flow between two builds and the lines over all of them: each mark at the figure of the contract."""

from __future__ import annotations

from collections import Counter

import pytest

from analysis.contract import Contract, MovedCustomers
from analysis.language import speaking
from analysis.wording.number_format import NumberFormat
from report.captions.flows import arrival, flow_end, origin
from report.captions.trends import by_date, editions, places, trends
from report.charts.context import ChartContext
from report.charts.moves import BLOCK
from report.charts.registry import captions, names
from report.charts.specification import specification
from tests.report.charts.drawn import Layer, affine, layers, of
from tests.report.histories import MERGED, with_history, withholding

FIGURES = NumberFormat("en_US", "USD")
TRENDS = ["trend-of-share", "trend-of-size", "trend-of-value", "trend-of-stability"]


@pytest.fixture(scope="module")
def contract(mall_contract: Contract) -> Contract:
    return with_history(mall_contract)


@pytest.fixture(params=[False, True], ids=["wide", "narrow"])
def narrow(request: pytest.FixtureRequest) -> bool:
    return request.param


def drawn(contract: Contract, name: str, *, narrow: bool = False) -> list[Layer]:
    return layers(specification(ChartContext(contract, FIGURES, narrow=narrow), name))


def called_for(contract: Contract) -> set[str]:
    return {name for name in names(contract) if name.startswith(("moves", "trend", "history"))}


def test_charts_are_called_for_by_what_there_is(mall_contract):
    assert called_for(mall_contract) == set()
    assert called_for(with_history(mall_contract, builds=1)) == set()
    assert called_for(with_history(mall_contract, builds=2)) == {"moves"}
    assert called_for(with_history(mall_contract, builds=2, flows=())) == set()
    of_three = called_for(with_history(mall_contract, builds=3))
    assert set(TRENDS) | {"moves", "history-premium-shoppers"} <= of_three
    assert "history-potential-loyalists" not in of_three  # new in this build: one figure is no line
    assert called_for(withholding(with_history(mall_contract))) == set()


def test_a_band_is_as_thick_as_its_customers_are_many(contract, narrow):
    (bands,) = of(drawn(contract, "moves", narrow=narrow), "area")
    told = [one for one in contract.changes.flows if one.customers]
    thick = [low - top for low, top in bands.get("y2", "y")]
    assert len(thick) == 4 * len(told)
    per_band = [thick[place : place + 4] for place in range(0, len(thick), 4)]
    assert all(max(four) - min(four) < 0.01 for four in per_band)
    assert affine([four[0] for four in per_band], [one.customers for one in told])
    assert [four[0] / one.customers for four, one in zip(per_band, told, strict=True)] == pytest.approx(
        [per_band[0][0] / told[0].customers] * len(told), rel=1e-3
    )


def test_every_end_has_its_block_and_its_bands_fill_it(contract, narrow):
    found = drawn(contract, "moves", narrow=narrow)
    blocks, rests = of(found, "rect")
    # Six old segments with flows, of which one is withheld altogether, and six new ones; both ends without a segment.
    assert len(blocks.marks) == 13
    assert all(right - left == BLOCK for left, right in blocks.get("x", "x2"))
    heights = Counter(round(low - top, 1) for low, top in blocks.get("y2", "y"))
    (bands,) = of(found, "area")
    area = sum(low - top for low, top in bands.get("y2", "y")) / 4
    assert sum(height * times for height, times in heights.items()) == pytest.approx(2 * area, abs=1)
    assert len(rests.marks) == 2  # both ends of the one flow that is withheld


def test_what_is_withheld_is_a_rest_and_no_band(contract, mall_contract):
    merged = flow_end(contract, MERGED, before=True)
    assert (merged.told, merged.size, merged.rest, merged.withholds) == (0, 16, 16, True)
    target = flow_end(contract, contract.segments[-1].id, before=False)
    assert target.rest == target.size - target.told > 0
    assert flow_end(contract, 1, before=True).rest == 0
    words = captions(contract, FIGURES)["moves"]
    assert ("Bargain Hunters", "Budget Buyers", "withheld") in words.rows
    assert words.description.endswith("1 flow is withheld.")
    assert "Dashed boxes: customers whose move is withheld." in words.subtitle
    told = tuple(one for one in contract.changes.flows if one.customers)
    whole = with_history(mall_contract, flows=told)
    assert len(of(drawn(whole, "moves"), "rect")) == 1
    assert "Dashed" not in captions(whole, FIGURES)["moves"].subtitle


def test_a_rest_whose_segment_has_no_size_is_not_drawn(contract):
    last = contract.past[-1]
    bare = tuple(one.model_copy(update={"size": None}) for one in last.segments)
    unsized = contract.model_copy(update={"past": (*contract.past[:-1], last.model_copy(update={"segments": bare}))})
    assert flow_end(unsized, MERGED, before=True).rest == 0
    (texts, *_) = of(drawn(unsized, "moves"), "text")
    assert "withheld" in texts.get("text")


def test_the_takeaway_is_the_largest_move_between_segments(contract, mall_contract):
    words = captions(contract, FIGURES)["moves"]
    assert words.takeaway == (
        "Of the published flows to another segment, the largest is from Premium Shoppers to Potential Loyalists: 14 "
        "customers."
    )
    told = tuple(one for one in contract.changes.flows if one.customers)
    assert captions(with_history(mall_contract, flows=told), FIGURES)["moves"].takeaway == (
        "The largest flow to another segment is from Premium Shoppers to Potential Loyalists: 14 customers."
    )
    stayed = tuple(one for one in contract.changes.flows if one.source == one.target)
    still = captions(with_history(mall_contract, flows=stayed), FIGURES)["moves"]
    assert still.takeaway == "All customers who are in both tables are in the same segment as before."
    hidden = tuple(one for one in contract.changes.flows if one.source == one.target or one.customers is None)
    few = captions(with_history(mall_contract, flows=hidden), FIGURES)["moves"]
    assert few.takeaway == "Some customers are in another segment than before; how many is withheld."


def namesakes(contract: Contract) -> Contract:
    """The segment that was merged had the name that the second one, which is new, has now."""
    living = contract.segments[1].model_copy(update={"name": "High income, average otherwise"})
    segments = (contract.segments[0], living, *contract.segments[2:])
    gone = MovedCustomers(source=MERGED, target=living.id, customers=30)
    made = with_history(contract.model_copy(update={"segments": segments}), name=living.name)
    others = tuple(one for one in made.changes.flows if one.customers and one.target != living.id)
    flows = (*others, gone, MovedCustomers(source=None, target=living.id, customers=living.size - 30))
    return made.model_copy(update={"changes": made.changes.model_copy(update={"flows": flows})})


def test_two_segments_of_one_name_are_told_apart_wherever_they_are_named(mall_contract, narrow):
    contract = namesakes(mall_contract)
    words = captions(contract, FIGURES)["moves"]
    assert words.takeaway == (
        "The largest flow to another segment is from “High income, average otherwise (until build 11)” to “High "
        "income, average otherwise”: 30 customers."
    )
    assert ("High income, average otherwise (until build 11)", "High income, average otherwise", "30") in words.rows
    texts = [text for layer in of(drawn(contract, "moves", narrow=narrow), "text") for text in layer.get("text")]
    assert {"build 11)" if narrow else "otherwise (until build 11)"} <= {*texts}
    tips = [tip for layer in of(drawn(contract, "moves", narrow=narrow), "area") for tip in layer.get("tooltip")]
    told = "High income, average otherwise (until build 11) → High income, average otherwise"
    assert any(told in tip for tip in tips)


def test_a_segment_whose_old_name_another_one_has_now_is_called_as_today(mall_contract):
    """Else the two would be one; a name that is still its own, or nobody's, is the one that it had."""
    first, second, third, *others = mall_contract.segments
    made = with_history(mall_contract)
    assert origin(made, third.id) == "Once Bargain Hunters"
    taken = second.model_copy(update={"name": "Once Bargain Hunters"})
    other = made.model_copy(update={"segments": (first, taken, third, *others)})
    assert origin(other, third.id) == third.name
    assert arrival(other, second.id) == "Once Bargain Hunters"


@pytest.mark.parametrize("name", TRENDS)
def test_each_point_stands_at_its_figure_and_its_build(contract, narrow, name):
    measure = name.rpartition("-")[2]
    found = trends(contract, measure)
    (points,) = of(drawn(contract, name, narrow=narrow), "point")
    told = [(panel, point) for panel, one in enumerate(found) for point in one.told]
    assert len(points.marks) == len(told)
    across = places(editions(contract))
    for panel in range(len(found)):
        own = [(mark, point) for mark, (at, point) in zip(points.get("x", "y"), told, strict=True) if at == panel]
        if len({point.value for _, point in own}) > 1:
            assert affine([mark[1] for mark, _ in own], [point.value for _, point in own], rising=False)
        if len(own) > 1:
            assert affine([mark[0] for mark, _ in own], [across[point.place] for _, point in own])


def test_a_long_name_stands_whole_above_its_panel(mall_contract):
    """On a second line, so that what tells two segments of one name apart is seen."""
    living = mall_contract.segments[-1].model_copy(update={"name": "High basket value, average otherwise"})
    contract = mall_contract.model_copy(update={"segments": (*mall_contract.segments[:-1], living)})
    found = drawn(with_history(contract, name=living.name), "trend-of-share")
    texts = [text for layer in of(found, "text") for text in layer.get("text")]
    assert {"High basket value,", "average otherwise", "High basket value, average", "otherwise (until build 11)"} <= {
        *texts
    }


def test_all_panels_have_one_scale(contract):
    (points,) = of(drawn(contract, "trend-of-share"), "point")
    told = [(one, point) for one in trends(contract, "share") for point in one.told]
    by_panel: dict[int, list[tuple[float, float]]] = {}
    for (one, point), y in zip(told, points.get("y"), strict=True):
        by_panel.setdefault(one.segment.id, []).append((point.value, y))
    slopes = [
        (max(y for _, y in own) - min(y for _, y in own)) / (max(v for v, _ in own) - min(v for v, _ in own))
        for own in by_panel.values()
        if len({v for v, _ in own}) > 1
    ]
    assert slopes == pytest.approx([slopes[0]] * len(slopes), rel=1e-2)


def test_bands_are_the_intervals(contract):
    found = drawn(contract, "trend-of-share")
    (bands,), (points,) = of(found, "area"), of(found, "point")
    told = [point for one in trends(contract, "share") for point in one.told]
    assert len(bands.marks) == len(told) == len(points.marks)
    low, high, middle = bands.get("y2"), bands.get("y"), points.get("y")
    assert all(a >= b >= c for a, b, c in zip(low, middle, high, strict=True))
    first = [(point.value - point.ends[0], a - b) for point, a, b in zip(told[:11], low, middle, strict=False)]
    assert first[0][1] / first[0][0] == pytest.approx(first[5][1] / first[5][0], rel=0.02)


def test_a_segment_begins_and_ends_with_its_builds(contract):
    found = {one.segment.id: one for one in trends(contract, "share")}
    assert [point.place for point in found[2].points] == [11]
    assert [point.place for point in found[91].points] == [0, 1, 2]
    assert [point.place for point in found[MERGED].points] == list(range(11))
    assert (found[91].segment.lives, found[2].segment.lives) == (False, True)
    words = captions(contract, FIGURES)["trend-of-share"]
    assert words.columns == ("Build", *(one.segment.name for one in found.values()))
    assert len(words.rows) == 12
    assert words.rows[0][0] == "Build 1, 4 January 2026"
    assert words.rows[0][2] == "–"


def test_a_gap_is_left_where_a_figure_is_withheld(contract):
    """The line is drawn in two runs, and no figure is made up between them."""
    past = list(contract.past)
    first, *others = past[5].segments
    past[5] = past[5].model_copy(update={"segments": (first.model_copy(update={"share": None}), *others)})
    hidden = contract.model_copy(update={"past": tuple(past)})
    (lines,) = of(drawn(hidden, "trend-of-share"), "line")
    runs = Counter(run for run in lines.get("detail") if run.startswith("1-"))
    assert runs == {"1-0": 5, "1-1": 6}
    words = captions(hidden, FIGURES)["trend-of-share"]
    assert words.rows[5][1] == "withheld"
    assert "Gaps: withheld, or not measured." in words.subtitle


def test_builds_stand_at_their_days_where_all_have_one(mall_contract):
    dated = editions(with_history(mall_contract, builds=4))
    late = (*dated[:-1], dated[-1].model_copy(update={"date": "2027-03-01"}))
    assert places(dated) == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert places(late)[2] < 0.5
    undated = editions(with_history(mall_contract, builds=4, dated=False))
    assert not by_date(undated)
    assert places(undated) == pytest.approx([0, 1 / 3, 2 / 3, 1])
    twice = (dated[0], dated[1].model_copy(update={"date": dated[0].date}), *dated[2:])
    assert not by_date(twice)


def test_no_more_than_24_builds_are_drawn(mall_contract):
    contract = with_history(mall_contract, builds=40)
    found = editions(contract)
    assert (len(found), found[0].number, found[-1].number) == (24, 17, 40)
    assert len(captions(contract, FIGURES)["trend-of-size"].rows) == 24


def test_one_segment_is_drawn_alone_on_its_own_page(contract, narrow):
    caption = captions(contract, FIGURES)["history-budget-buyers"]
    assert caption.page == "segments/budget-buyers"
    assert caption.takeaway == "Share of customers: Budget Buyers went from 13% in build 1 to 11% now."
    (points,) = of(drawn(contract, "history-budget-buyers", narrow=narrow), "point")
    assert len(points.marks) == 12
    assert set(points.get("fill")) == {"var(--sa-seg-6)"}


def test_twenty_segments_and_one_are_drawn(mall_contract, narrow):
    many = tuple(
        mall_contract.segments[place % 6].model_copy(
            update={"id": place + 1, "slug": f"s{place}", "name": f"Segment of a long name {place}"}
        )
        for place in range(20)
    )
    for segments in (many, mall_contract.segments[:1]):
        contract = with_history(mall_contract.model_copy(update={"segments": segments}))
        for name in called_for(contract):
            spec = specification(ChartContext(contract, FIGURES, narrow=narrow), name)
            assert spec["width"] <= (320 if narrow else 640)


def test_a_range_has_its_per_cent_once_and_no_space_before_the_dash(contract):
    with speaking("de"):
        rows = captions(contract, NumberFormat("de_DE", "EUR"))["trend-of-share"].rows
    assert rows[0][1] == "10\u00a0% (9–11\u00a0%)"
    assert captions(contract, FIGURES)["trend-of-share"].rows[0][1] == "10% (9–11%)"
