"""The charts of the numbers of segments that were tried, and of how clear each segment is."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from analysis.contract import Candidate, CandidateSegment, Flow, Spread, Undivided
from report.captions.words import Words
from report.charts import persistence, silhouettes
from report.charts.context import ChartContext
from report.charts.drawing import draw
from report.charts.flow import BETWEEN, layout
from report.charts.persistence import BEFORE, BLOCK, solutions
from report.charts.registry import captions, names
from report.charts.specification import specification, specified
from report.charts.stability import reference
from report.charts.svg import cleaned, size
from report.disclosure import published
from report.style.lettering import text_width
from report.style.theme import TEXT
from tests.report.contracts import cases

NEW = ("gap", "stability", "persistence", "silhouettes")
HEIGHT = 300.0


def rows(spec, *fields: str):
    """The records of the specification that have these fields."""
    return [row for values in spec["datasets"].values() for row in values if set(fields) <= set(row)]


def selected(contract, **changes):
    return contract.model_copy(update={"selection": contract.selection.model_copy(update=changes)})


def taken(contract, **changes):
    """The contract with the candidate that was taken changed."""
    tried = tuple(
        one.model_copy(update=changes) if one.k == contract.selection.k else one
        for one in contract.selection.candidates
    )
    return selected(contract, candidates=tried)


def words_of(contract, figures, name):
    return captions(contract, figures)[name]


def spread(mean: float, low: float, high: float) -> Spread:
    return Spread(mean=mean, p05=low, q1=low, median=mean, q3=high, p95=high)


EACH = "In each segment, at most 5% of customers are closer to another one."


@pytest.fixture(scope="module")
def mall_drawn(mall_contract, figures):
    made = {name: specified(mall_contract, figures, name) for name in NEW}
    return {name: cleaned(name, draw(name, one.wide, one.narrow, one.locale)) for name, one in made.items()}


def test_the_shipped_table_has_all_of_them(mall_contract):
    assert set(NEW) < set(names(mall_contract))


def test_they_fit_their_paper_weigh_little_and_hold_no_colour_of_their_own(mall_drawn):
    paint = re.compile(r"(?:fill|stroke)=\"(?!none|transparent|var\(--sa-[\w-]+\))")
    for wide, narrow in mall_drawn.values():
        assert size(wide)[0] <= 660
        assert size(narrow)[0] <= 345
        for picture in (wide, narrow):
            assert not paint.search(picture)
            assert len(gzip.compress(picture.encode())) < 6000


def test_segments_are_named_in_both_widths_where_colour_tells_them(mall_contract, mall_drawn):
    for name in ("persistence", "silhouettes"):
        for picture in mall_drawn[name]:
            texts = " ".join(etree.fromstring(picture).itertext())
            assert not [one.name for one in mall_contract.segments if one.name not in texts], name


def test_a_table_without_the_figures_has_none_of_the_charts(contracts):
    assert not set(NEW) & set(names(contracts["ordinary"]))


def test_each_box_stands_before_what_tables_without_groups_reach(mall_contract, figures):
    spec = specification(ChartContext(mall_contract, figures), "stability")
    boxes = {row["k"]: row for row in rows(spec, "q1", "median")}
    greys = {row["k"]: row for row in rows(spec, "k", "low", "high") if "q1" not in row}
    for one in mall_contract.selection.candidates:
        low, high = reference(one)
        assert greys[one.k]["low"] == pytest.approx(low, abs=1e-5)
        assert greys[one.k]["high"] == pytest.approx(high, abs=1e-5)
        assert boxes[one.k]["low"] <= boxes[one.k]["q1"] <= boxes[one.k]["median"] <= boxes[one.k]["q3"]
        assert high == max(one.agreement_normal.p95, one.agreement_box.p95)
    dots = rows(spec, "k", "v", "fill")
    assert len(dots) == sum(one.k for one in mall_contract.selection.candidates)
    assert all(("card" in row["fill"]) == (row["v"] <= 0.75) for row in dots)


def test_without_structureless_tables_nothing_is_said_of_them(mall_contract, figures):
    bare = tuple(
        one.model_copy(update={"agreement_normal": None, "agreement_box": None})
        for one in mall_contract.selection.candidates
    )
    contract = selected(mall_contract, candidates=bare)
    caption = words_of(contract, figures, "stability")
    assert "without groups" not in caption.takeaway + caption.subtitle
    assert "Random tables" not in str(specification(ChartContext(contract, figures), "stability"))


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (0.86, "95% of random tables without groups stay below 0.60."),
        (0.62, "That is only slightly more than random tables without groups: 95% of them stay below 0.60."),
        (0.60, "Random tables without groups can reach this as well: 5% of them reach 0.60."),
        (0.3, "Random tables without groups can reach this as well: 5% of them reach 0.60."),
    ],
)
def test_agreement_is_told_beside_chance(mall_contract, figures, own, said):
    contract = taken(
        mall_contract, agreement=spread(own, 0.1, 0.9), agreement_normal=spread(0.4, 0.2, 0.6), agreement_box=None
    )
    agree = f"With 6 segments, two resamples agree to {own:.2f} on average (1: fully)."
    assert words_of(contract, figures, "stability").takeaway == f"{agree} {said}"


@pytest.mark.parametrize(
    ("stops", "said"),
    [
        (1, "prefers a single segment, the whole table. With 6 segments the gap is 0.50 ± 0.10."),
        (2, "stops at 2 segments. With 6 segments the gap is 0.50 ± 0.10."),
        (6, "stops at 6 segments, too: one more brings no clear gain."),
    ],
)
def test_the_gap_tells_where_it_stops(mall_contract, figures, stops, said):
    contract = taken(mall_contract, gap=0.5, gap_error=0.1)
    assert said in words_of(selected(contract, preferred={"gap": stops}), figures, "gap").takeaway
    band = rows(specification(ChartContext(contract, figures), "gap"), "low", "high", "v")
    assert {(row["low"], row["high"]) for row in band if row["k"] == 6} == {(0.4, 0.6)}


def test_the_gap_is_drawn_from_one_segment_on(mall_contract, figures):
    undivided = Undivided(gap=0.52, gap_error=0.06)
    contract = selected(mall_contract, preferred={"gap": 1}, undivided=undivided)
    points = rows(specification(ChartContext(contract, figures), "gap"), "k", "v", "shape")
    assert [(row["k"], row["v"]) for row in points if row["shape"] == "diamond"] == [(1, 0.52)]
    assert words_of(contract, figures, "gap").rows[0] == ("1", "0.52", "0.060")
    assert [row["k"] for row in points] == list(range(1, 11))


def with_persistence(contract, values):
    own = next(one for one in contract.selection.candidates if one.k == contract.selection.k).segments
    segments = [one.model_copy(update={"persistence": value}) for one, value in zip(own, values, strict=True)]
    return taken(contract, segments=tuple(segments))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1.0] * 6, "In each of the 6 segments, {origin}."),
        ([0.2] * 6, "Each of the 6 segments is put together from several of the 5 previous ones."),
        ([1.0, 0.4, 1.0, 1.0, 1.0, 1.0],
         "In 5 of 6 segments, {origin}. Put together from several: Potential Loyalists."),
        ([None] + [0.4] * 5, "From 5 to 6 segments, the origin of customers is published only in part."),
        ([None, 1.0] + [0.4] * 4,
         "All or nearly all customers come from one of the 5 previous segments in: Potential Loyalists. {others}"),
    ],
)  # fmt: skip
def test_what_persists_is_told(mall_contract, figures, values, said):
    said = said.format(
        origin="all or nearly all customers come from one of the 5 previous segments",
        others="For the others this is withheld or not the case.",
    )
    assert words_of(with_persistence(mall_contract, values), figures, "persistence").takeaway == said


def test_the_coarsest_number_taken_has_no_number_before_it(mall_contract, figures):
    first = selected(mall_contract, k=2)
    first = first.model_copy(update={"segments": mall_contract.segments[:2]})
    assert persistence.caption(Words(first, figures)).takeaway == ("How the 2 segments change when there are more.")
    for narrow in (False, True):
        assert [one.k for one in solutions(ChartContext(first, figures, narrow=narrow))][:2] == [2, 3]


def test_on_a_phone_the_named_segments_stand_at_the_end(mall_contract, figures):
    assert [one.k for one in solutions(ChartContext(mall_contract, figures))] == [2, 3, 4, 5, 6, 7, 8]
    assert [one.k for one in solutions(ChartContext(mall_contract, figures, narrow=True))] == [2, 3, 4, 5, 6]


def test_the_silhouettes_are_drawn_from_percentiles_and_as_tall_as_the_segments(mall_contract, figures):
    spec = silhouettes.draw(ChartContext(mall_contract, figures)).to_dict()
    outline = rows(spec, "s", "v", "zero")
    assert len(outline) == 21 * len(mall_contract.segments)
    tall = {}
    for one in mall_contract.segments:
        own = [row for row in outline if row["s"] == one.id]
        assert [row["v"] for row in own] == sorted((row["v"] for row in own), reverse=True)
        tall[one.id] = max(row["py"] for row in own) - min(row["py"] for row in own)
    sizes = {one.id: one.size for one in mall_contract.segments}
    assert max(tall, key=tall.get) == max(sizes, key=sizes.get)


def test_customers_nearer_to_another_segment_are_not_hidden(mall_contract, figures):
    first, *others = mall_contract.segments
    assert silhouettes.caption(Words(mall_contract, figures)).takeaway.endswith(
        "In each segment, at most 5% of customers are closer to another one."
    )
    misplaced = first.model_copy(update={"silhouettes": (-0.2, *first.silhouettes[1:])})
    contract = mall_contract.model_copy(update={"segments": (misplaced, *others)})
    assert silhouettes.caption(Words(contract, figures)).takeaway.endswith(
        f"Some customers are closer to another segment than to their own in {first.name}."
    )


def test_segments_all_of_one_silhouette_are_all(mall_contract, figures):
    two = tuple(one.model_copy(update={"silhouette": 0.43}) for one in mall_contract.segments[:2])
    contract = mall_contract.model_copy(update={"segments": two})
    assert (
        silhouettes.caption(Words(contract, figures)).takeaway == f"All segments are equally clearly separated. {EACH}"
    )


@pytest.mark.parametrize(
    ("mode", "means", "finding"),
    [
        ("open", (0.43, 0.43), f"All segments shown are equally clearly separated. {EACH}"),
        ("open", (0.428, 0.4312), f"All segments shown are equally clearly separated. {EACH}"),
        ("public", (0.43, 0.43, 0.43), f"All segments shown are about equally clearly separated. {EACH}"),
        ("open", (0.43, 0.43, 0.31), f"Most clearly separated: One. Least clearly separated: Three. {EACH}"),
        ("open", (0.43,), "Shown: One only. At most 5% of its customers are closer to another segment."),
    ],
)
def test_segments_of_one_silhouette_are_as_many_as_they_are(mall_contract, figures, mode, means, finding):
    """Rounded as they are published, two may well be the same."""
    segments = [
        one.model_copy(update={"name": name, "silhouette": mean})
        for one, name, mean in zip(mall_contract.segments, ("One", "Two", "Three"), means, strict=False)
    ]
    untold = mall_contract.segments[-1].model_copy(update={"silhouettes": ()})
    rounded = {"mode": mode, "rounding_base": 5} if mode == "public" else {"mode": mode}
    privacy = mall_contract.privacy.model_copy(update=rounded)
    contract = mall_contract.model_copy(update={"segments": (*segments, untold), "privacy": privacy})
    assert silhouettes.caption(Words(contract, figures)).takeaway == finding


def candidate(k: int, shares: list[float | None]) -> Candidate:
    own = tuple(CandidateSegment(id=i + 1, share=share, silhouette=0.3) for i, share in enumerate(shares))
    return Candidate(k=k, inertia=1, silhouette=0.3, calinski_harabasz=1, davies_bouldin=1, smallest_share=None,
                     segments=own)  # fmt: skip


def test_blocks_wear_the_segment_that_most_of_their_customers_lead_to():
    tried = [candidate(2, [0.5, 0.5]), candidate(3, [0.3, 0.2, 0.5]), candidate(4, [0.3, 0.2, 0.3, 0.2])]
    flows = [Flow(k=2, source=2, target=1, share=0.3), Flow(k=2, source=2, target=2, share=0.2),
             Flow(k=2, source=1, target=3, share=0.5), Flow(k=3, source=1, target=1, share=0.3),
             Flow(k=3, source=2, target=2, share=0.2), Flow(k=3, source=3, target=4, share=0.2),
             Flow(k=3, source=3, target=3, share=0.3)]  # fmt: skip
    made = layout(tried, flows, 3, HEIGHT)
    assert {key: block.follows for key, block in made.blocks.items()} == {
        (2, 1): 3, (2, 2): 1, (3, 1): 1, (3, 2): 2, (3, 3): 3, (4, 1): 1, (4, 2): 2, (4, 3): 3, (4, 4): 3,
    }  # fmt: skip
    # The second segment of two stands first, because its customers do.
    assert made.blocks[2, 2].top < made.blocks[2, 1].top


def test_shares_that_are_withheld_are_one_gap_as_large_as_what_is_left():
    made = layout([candidate(3, [0.3, None, None])], [], 3, HEIGHT)
    assert {block.id: round(block.share, 6) for block in made.blocks.values()} == {1: 0.3, 0: 0.7}


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=cases(), k=st.integers(2, 10))
def test_blocks_and_ribbons_stay_inside_whatever_is_published(case, k):
    found = published(case.contract).selection
    made = layout(found.candidates, found.flows, k, HEIGHT)
    for column in found.candidates:
        own = sorted((b for b in made.blocks.values() if b.k == column.k), key=lambda b: b.top)
        assert own[0].top >= -1e-6
        assert own[-1].top + own[-1].height <= HEIGHT + 1e-6
        for one, other in pairwise(own):
            assert other.top - one.top - one.height == pytest.approx(BETWEEN)
    for one in made.ribbons:
        for end, at in ((one.source, one.leaves), (one.target, one.arrives)):
            assert end.top - 1e-6 <= at
            assert end.id != 0
            assert at + one.thick <= end.top + end.height + 1e-6


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=cases())
def test_a_published_contract_has_words_for_every_chart(figures, case):
    contract = published(case.contract)
    found = captions(contract, figures)
    assert list(found) == list(names(contract))
    assert "persistence" not in found or found["persistence"].rows


def test_hardly_any_flow_that_may_be_published_is_no_chart(mall_contract, figures):
    privacy = mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 10})
    contract = published(mall_contract.model_copy(update={"privacy": privacy}))
    assert "persistence" in names(mall_contract)
    assert "persistence" not in names(contract)
    assert "stability" in captions(contract, figures)


def test_names_that_hold_commas_are_told_apart(mall_contract, figures):
    names_ = ("High income, low spending", *[one.name for one in mall_contract.segments[1:]])
    segments = tuple(
        one.model_copy(update={"name": name}) for one, name in zip(mall_contract.segments, names_, strict=True)
    )
    contract = mall_contract.model_copy(update={"segments": segments})
    assert "Most clearly separated: “High income, low spending”." in captions(contract, figures)["silhouettes"].takeaway


def test_customers_in_no_segment_have_no_silhouette(mall_contract, figures):
    *others, last = mall_contract.segments
    contract = mall_contract.model_copy(
        update={"segments": (*others, last.model_copy(update={"kind": "unassigned", "name": "Unassigned"}))}
    )
    caption = captions(contract, figures)["silhouettes"]
    assert "Unassigned" not in {caption.takeaway, *(row[0] for row in caption.rows)}
    assert {
        row["s"] for row in rows(silhouettes.draw(ChartContext(contract, figures)).to_dict(), "s", "v", "zero")
    } == {one.id for one in others}


def test_no_sentence_takes_customers_in_no_segment_for_a_segment(mall_contract, figures):
    *others, last = mall_contract.segments
    extreme = tuple(
        one.model_copy(update={"effect": 9.0, "contrast": 9.0, "median": one.median * 9}) for one in last.profile
    )
    none = {"kind": "unassigned", "name": "Unassigned", "size": 999, "share": 0.9, "silhouette": -0.9}
    unassigned = last.model_copy(update={**none, "profile": extreme})
    contract = mall_contract.model_copy(update={"segments": (*others, unassigned)})
    for name, caption in captions(contract, figures).items():
        assert "Unassigned" not in caption.takeaway, name
    assert "A bar chart of 5 segments. One more bar shows the customers in no segment." in (
        captions(contract, figures)["segment-sizes"].description
    )


def test_no_gap_between_ribbons_opens_behind_a_name(mall_contract, figures):
    context = ChartContext(mall_contract, figures)
    drawn = persistence.draw(context).to_dict()
    blocks = rows(drawn, "px", "right", "py", "low")
    left = sorted({row["px"] for row in blocks})[-3]
    names = {one.name for one in mall_contract.segments}
    after = left + BLOCK + BEFORE + max(text_width(name, TEXT) for name in names)
    ends: dict[int, list[dict[str, float]]] = {}
    for row in rows(drawn, "px", "py", "low", "r"):
        ends.setdefault(row["r"], []).append(row)
    passing = [each for each in ends.values() if min(row["px"] for row in each) == left + BLOCK]
    assert len(passing) >= len(names)
    for each in passing:
        start, turn = sorted(each, key=lambda row: row["px"])[:2]
        assert (start["py"], start["low"]) == (turn["py"], turn["low"])
        assert turn["px"] >= after


def test_a_single_number_of_segments_is_compared_with_nothing(mall_contract, figures):
    own = tuple(one for one in mall_contract.selection.candidates if one.k == 6)
    contract = selected(mall_contract, candidates=own, flows=())
    assert not {"candidates", "gap", "persistence"} & set(names(contract))
    caption = captions(contract, figures)["stability"]
    assert len(caption.rows) == 1
    drawn = specified(contract, figures, "stability")
    assert draw("stability", drawn.wide, drawn.narrow, drawn.locale)
