"""Every chart draws the figures of the contract that it is about: each mark's place, size and words, on both papers.

The figures are named here as the contract has them, and read from the specification through its encodings, so that a
chart that draws another figure, or a right figure on the wrong axis, fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from analysis.contract import Contract, Feature, Segment
from analysis.wording.number_format import NumberFormat
from report.charts.context import ChartContext
from report.charts.registry import names
from report.charts.specification import specification
from report.disclosure import published
from tests.report.charts.drawn import Layer, affine, layers, of
from tests.report.scores import RFM

Drawn = Callable[..., list[Layer]]
FIGURES = NumberFormat("en_US", "USD")
DIVERGING = tuple(f"var(--sa-div-{step})" for step in range(1, 8))


@pytest.fixture(scope="module")
def contract(complete: Contract) -> Contract:
    return complete


@pytest.fixture(params=[False, True], ids=["wide", "narrow"])
def drawn(request: pytest.FixtureRequest, contract: Contract) -> Drawn:
    """The layers of a chart by its name."""

    def of_name(name: str, other: Contract | None = None) -> list[Layer]:
        return layers(specification(ChartContext(other or contract, FIGURES, narrow=request.param), name))

    return of_name


def close(*numbers: float) -> object:
    """Charts hold six significant figures."""
    return pytest.approx(numbers, rel=2e-5, abs=1e-9)


def feature(contract: Contract, name: str) -> Feature:
    return next(one for one in contract.data.features if one.name == name)


def profile(segment: Segment, name: str):
    return next(one for one in segment.profile if one.feature == name)


def clustered(contract: Contract) -> list[Feature]:
    """The columns of which a profile is drawn, in the contract's order."""
    return [feature(contract, one.feature) for one in contract.segments[0].profile]


def difference(one: Feature, profiled) -> str:
    return FIGURES.signed_difference(one, profiled.difference, profiled.ratio)


def test_every_chart_that_there_is_is_looked_at_here(contract):
    """A chart whose name is new fails here until its figures are asserted below."""
    several = ("profile", "distribution", "comparison", "history", "trend")
    kinds = {name.partition("-")[0] if name.startswith(several) else name for name in names(contract)}
    assert kinds == {
        "segment-map", "segment-sizes", "segment-heatmap", "segment-profiles", "segment-ranges", "profile",
        "segment-evaluation", "distribution", "correlations", "comparison", "brush", "candidates", "gap", "stability",
        "persistence", "silhouettes", "rfm-grid", "lifetime", "moves", "history", "trend",
    }  # fmt: skip


def test_the_segment_map_puts_each_customer_at_both_values_in_its_segments_colour(contract, drawn):
    shown = contract.exploration.map
    across, up = feature(contract, shown.x), feature(contract, shown.y)
    points = contract.exploration.points
    customers = Counter(
        (x * across.scale, y * up.scale, segment)
        for x, y, segment in zip(points[shown.x], points[shown.y], points["segment"], strict=True)
    )
    (marks,) = of(drawn("segment-map"), "point")
    assert Counter(marks.get("x", "y", "color")) == customers
    assert all(layer.get("shape") == layer.get("color") for layer in [marks])
    assert {one for layer in of(drawn("segment-map"), "text") for one in layer.get("color") if one} == {
        segment.id for segment in contract.segments
    }


def test_the_segment_map_of_a_public_table_is_medians_and_quartiles(contract, drawn):
    public = contract.model_copy(
        update={
            "privacy": contract.privacy.model_copy(update={"mode": "public"}),
            "exploration": contract.exploration.model_copy(update={"points": None}),
        }
    )
    shown = contract.exploration.map
    across, up = feature(contract, shown.x).scale, feature(contract, shown.y).scale
    found = drawn("segment-map", public)
    (boxes,), (marks,) = of(found, "rect"), of(found, "point")
    for segment, box, mark in zip(contract.segments, boxes.marks, marks.marks, strict=True):
        x, y = profile(segment, shown.x), profile(segment, shown.y)
        assert (box["x"], box["x2"], box["y"], box["y2"]) == close(x.q1 * across, x.q3 * across, y.q1 * up, y.q3 * up)
        assert (mark["x"], mark["y"]) == close(x.median * across, y.median * up)
        assert box["fill"] == mark["color"] == segment.id


def test_the_sizes_are_shares_of_customers_and_the_diamonds_shares_of_value(contract, drawn):
    found = drawn("segment-sizes")
    (bars,), (diamonds,) = of(found, "bar"), of(found, "point")
    assert bars.get("x") == close(*(one.share for one in contract.segments))
    assert bars.get("x2") == [0] * len(contract.segments)
    assert diamonds.get("x") == close(*(one.value_share for one in contract.segments))
    assert bars.get("y") == diamonds.get("y") == sorted(bars.get("y"))
    figures = of(found, "text")[-1]
    assert len(figures.marks) == len(contract.segments)
    assert [text.partition(" · ")[0] for text in figures.get("text")] == [str(one.size) for one in contract.segments]


def test_a_cell_of_the_heat_map_is_a_difference_in_words_and_its_strength_in_colour(contract, drawn):
    found = drawn("segment-heatmap")
    (boxes,), words = of(found, "rect"), of(found, "text")[0]
    columns = clustered(contract)
    cells = [(segment, one) for segment in contract.segments for one in columns]
    bounds = (-1.25, -0.75, -0.25, 0.25, 0.75, 1.25)
    for (segment, one), box, word in zip(cells, boxes.marks, words.marks, strict=True):
        own = profile(segment, one.name)
        assert word["text"] == difference(one, own)
        assert box["fill"] == DIVERGING[sum(own.effect > bound for bound in bounds)]
        assert word["color"] == box["fill"].replace("div-", "div-ink-")
        assert box["x"] < word["x"] < box["x2"]
        assert box["y"] < word["y"] < box["y2"]
    # Segments go down and columns across.
    places = [(box["y"], box["x"]) for box in boxes.marks]
    assert places == sorted(places)
    assert len({y for y, _ in places}) == len(contract.segments)


def test_the_profiles_draw_each_contrast_with_its_interval_on_one_scale(contract, drawn):
    found = drawn("segment-profiles")
    (dots,) = of(found, "point")
    (bands,) = of(found, "rect")
    zero, whiskers = of(found, "rule")[1], of(found, "rule")[2]
    columns = len(clustered(contract))
    shifts, contrasts, pixels = [], [], []
    for place, segment in enumerate(contract.segments):
        own = slice(place * columns, (place + 1) * columns)
        middle = zero.marks[place]["x"]
        for one, dot, whisker in zip(segment.profile, dots.marks[own], whiskers.marks[own], strict=True):
            figures = (one.contrast, one.contrast_interval.lower, one.contrast_interval.upper)
            at = (dot["x"], whisker["x"], whisker["x2"])
            shifts += [pixel - middle for pixel in at]
            contrasts += figures
            pixels.append(dot["y"] == whisker["y"])
            assert ("seg" in dot["fill"]) == one.marker
        shifts += [bands.marks[place]["x"] - middle, bands.marks[place]["x2"] - middle]
        contrasts += [-0.5, 0.5]
    assert all(pixels)
    assert affine(shifts, contrasts)
    # Nought stands where nothing differs.
    assert abs(sum(shift for shift, contrast in zip(shifts, contrasts, strict=True) if abs(contrast) == 0.5)) < 0.5


def test_the_ranges_are_quartiles_and_medians_column_by_column(contract, drawn):
    found = drawn("segment-ranges")
    columns = clustered(contract)
    for one, everybody, bars, dots in zip(
        columns, of(found, "rule"), of(found, "bar"), of(found, "point"), strict=True
    ):
        own = [profile(segment, one.name) for segment in contract.segments]
        assert everybody.get("x") == close(one.median * one.scale)
        assert bars.get("x") == close(*(each.q1 * one.scale for each in own))
        assert bars.get("x2") == close(*(each.q3 * one.scale for each in own))
        assert dots.get("x") == close(*(each.median * one.scale for each in own))
        assert dots.get("y") == bars.get("y")


def test_a_segments_profile_is_its_contrasts_beside_those_of_the_others(contract, drawn):
    for segment in contract.segments:
        found = drawn(f"profile-{segment.slug}")
        ordered = sorted(segment.profile, key=lambda one: -abs(one.contrast))
        (bars,), (ticks,), figures = of(found, "bar"), of(found, "tick"), of(found, "text")[-1]
        assert bars.get("x") == close(*(one.contrast for one in ordered))
        assert bars.get("x2") == [0] * len(ordered)
        others = [profile(other, one.feature).contrast for one in ordered for other in contract.segments
                  if other.id != segment.id]  # fmt: skip
        assert ticks.get("x") == close(*others)
        rows = [y for y in bars.get("y") for _ in contract.segments[1:]]
        assert ticks.get("y") == rows
        zero, whiskers = of(found, "rule")
        assert zero.get("x") == [0]
        assert whiskers.get("x") == close(*(one.contrast_interval.lower for one in ordered))
        assert whiskers.get("x2") == close(*(one.contrast_interval.upper for one in ordered))
        assert whiskers.get("y") == bars.get("y") == figures.get("y")
        assert figures.get("text") == [difference(feature(contract, one.feature), one) for one in ordered]


def test_the_evaluation_is_competitiveness_across_attractiveness_up_and_size_by_area(contract, drawn):
    (bubbles,) = of(drawn("segment-evaluation"), "point")
    sizes = sorted(contract.segments, key=lambda one: (-one.share, one.id))
    assert affine(bubbles.get("x"), [one.evaluation.competitiveness for one in sizes])
    assert affine(bubbles.get("y"), [one.evaluation.attractiveness for one in sizes], rising=False)
    areas = bubbles.get("size")
    assert [area / areas[0] for area in areas] == pytest.approx([one.share / sizes[0].share for one in sizes], rel=0.01)
    cross = of(drawn("segment-evaluation"), "rule")[0].marks
    places = [one.evaluation for one in sizes]
    assert affine([*bubbles.get("x"), cross[0]["x"]], [*(one.competitiveness for one in places), 0.5])
    assert affine([*bubbles.get("y"), cross[1]["y"]], [*(one.attractiveness for one in places), 0.5], rising=False)


def test_a_histograms_bars_are_its_ranges_and_counts_of_everybody_and_by_segment(contract, drawn):
    for spread in contract.exploration.distributions:
        one = feature(contract, spread.feature)
        found = drawn(f"distribution-{one.slug}")
        everybody, chosen = of(found, "bar")
        scaled = [(bin_.lower * one.scale, bin_.upper * one.scale) for bin_ in spread.bins]
        assert everybody.get("x", "x2") == [pytest.approx(ends) for ends in scaled]
        assert everybody.get("y") == close(*(bin_.count for bin_ in spread.bins))
        assert everybody.get("y2") == [0] * len(spread.bins)
        by = [(ends, count) for bin_, ends in zip(spread.bins, scaled, strict=True)
              for _, count in sorted(bin_.by_segment.items())]  # fmt: skip
        assert chosen.aggregated
        assert chosen.get("x", "x2") == [pytest.approx(ends) for ends, _ in by]
        assert chosen.get("y") == close(*(count for _, count in by))
        assert sum(chosen.get("y")) == pytest.approx(contract.data.rows_used)
        (median,) = of(found, "rule")
        assert median.get("x") == close(one.median * one.scale)


def test_a_correlation_stands_in_the_cell_of_its_two_columns(contract, drawn):
    found = drawn("correlations")
    (boxes,), (words, across, down) = of(found, "rect"), of(found, "text")
    labels = {one.label: one.name for one in contract.data.features}
    pairs = {frozenset((one.a, one.b)): one.pearson for one in contract.exploration.correlations}
    bounds = (-0.7, -0.4, -0.15, 0.15, 0.4, 0.7)
    assert len(boxes.marks) == len(pairs)
    for box, word in zip(boxes.marks, words.marks, strict=True):
        column = min(across.marks, key=lambda one: abs(one["x"] - word["x"]))["text"]
        row = min(down.marks, key=lambda one: abs(one["y"] - word["y"]))["text"]
        value = pairs[frozenset((labels[column], labels[row]))]
        assert word["text"] == FIGURES.signed(value, 2)
        assert word["tooltip"].startswith(f"{column} and {row}\n")
        assert box["fill"] == DIVERGING[sum(value > one for one in bounds)]
        assert box["x"] < word["x"] < box["x2"]


def test_a_comparisons_bars_are_the_quartiles_of_its_groups_and_the_dots_their_medians(contract, drawn):
    slugs = {one.name: one.slug for one in contract.data.features}
    for one in contract.exploration.comparisons:
        scale = feature(contract, one.feature).scale
        found = drawn(f"comparison-{slugs[one.feature]}-by-{slugs[one.by]}")
        (bars,), (dots,), everybody = of(found, "bar"), of(found, "point"), of(found, "rule")[0]
        assert bars.get("x") == close(*(group.q1 * scale for group in one.groups))
        assert bars.get("x2") == close(*(group.q3 * scale for group in one.groups))
        assert dots.get("x") == close(*(group.median * scale for group in one.groups))
        assert everybody.get("x")[0] == pytest.approx(feature(contract, one.feature).median * scale)
        assert len(set(everybody.get("x"))) == 1
        name, middle = of(found, "text")
        assert [text.rpartition(" (")[2] for text in name.get("text")] == [f"{group.count})" for group in one.groups]
        medians = [FIGURES.of(feature(contract, one.feature), group.median) for group in one.groups]
        assert middle.get("text") == [text.replace("\xa0", " ") for text in medians]


def test_the_brush_holds_every_customer_and_counts_each_segment(contract, drawn):
    found = drawn("brush")
    whole, inside = of(found, "bar")
    assert whole.get("x", "y") == [(one.size, one.id) for one in contract.segments]
    assert inside.aggregated
    assert Counter(inside.get("color")) == {one.id: one.size for one in contract.segments}
    assert set(inside.get("x")) == {1}
    records = next(
        rows for rows in specification(ChartContext(contract, FIGURES), "brush")["datasets"].values() if "f0" in rows[0]
    )
    points = contract.exploration.points
    fields = [name for name in points if name != "segment"]
    wanted = Counter(
        (*(points[name][place] * feature(contract, name).scale for name in fields), points["segment"][place])
        for place in range(len(points["segment"]))
    )
    assert Counter((*(row[f"f{place}"] for place in range(len(fields))), row["s"]) for row in records) == wanted


def test_each_index_is_a_line_over_the_numbers_tried(contract, drawn):
    found = drawn("candidates")
    tried = contract.selection.candidates
    indices = ("silhouette", "calinski_harabasz", "davies_bouldin", "prediction_strength")
    for name, line, points, taken in zip(
        indices, of(found, "line"), of(found, "point"), of(found, "rule"), strict=True
    ):
        measured = [one for one in tried if getattr(one, name) is not None]
        assert line.get("x") == points.get("x") == [one.k for one in measured]
        assert line.get("y") == points.get("y") == close(*(getattr(one, name) for one in measured))
        assert taken.get("x") == [contract.selection.k]
        best = [mark["x"] for mark in points.marks if mark["shape"] == "diamond"]
        assert best == [k for measure, k in contract.selection.preferred.items() if measure == name and k > 1]


def test_the_gap_is_drawn_between_one_standard_error_below_and_above(contract, drawn):
    found = drawn("gap")
    (band,), (line,), (points,) = of(found, "area"), of(found, "line"), of(found, "point")
    steps = [(one.k, one.gap, one.gap_error) for one in contract.selection.candidates if one.gap is not None]
    own = [mark for mark in band.marks if mark["x"] > 1]
    assert [mark["x"] for mark in own] == [k for k, _, _ in steps]
    assert [mark["y"] for mark in own] == close(*(gap - error for _, gap, error in steps))
    assert [mark["y2"] for mark in own] == close(*(gap + error for _, gap, error in steps))
    assert [mark["y"] for mark in line.marks if mark["x"] > 1] == close(*(gap for _, gap, _ in steps))
    assert points.get("x", "y") == line.get("x", "y")
    assert [mark["x"] for mark in points.marks if mark["shape"] == "diamond"] == [contract.selection.preferred["gap"]]


def test_the_boxes_of_stability_are_the_agreement_of_resamples_before_that_of_tables_without_segments(contract, drawn):
    found = drawn("stability")
    grey, boxes = of(found, "bar")
    middle, (reach, *_) = of(found, "tick")[0], of(found, "rule")
    tried = [one for one in contract.selection.candidates if one.agreement is not None]
    assert boxes.get("x") == reach.get("x") == middle.get("x") == [one.k for one in tried]
    assert reach.get("y") == close(*(one.agreement.p05 for one in tried))
    assert reach.get("y2") == close(*(one.agreement.p95 for one in tried))
    assert boxes.get("y") == close(*(one.agreement.q1 for one in tried))
    assert boxes.get("y2") == close(*(one.agreement.q3 for one in tried))
    assert middle.get("y") == close(*(one.agreement.median for one in tried))
    chance = [(one.agreement_normal, one.agreement_box) for one in tried]
    assert grey.get("y") == close(*(min(a.p05, b.p05) for a, b in chance))
    assert grey.get("y2") == close(*(max(a.p95, b.p95) for a, b in chance))
    dots = of(found, "point")[-1]
    assert dots.get("x", "y") == [
        (one.k, pytest.approx(each.stability, rel=1e-5)) for one in contract.selection.candidates
        for each in one.segments
    ]  # fmt: skip
    (band,) = of(found, "rect")
    assert band.get("y") == [0.75]


def test_blocks_and_ribbons_of_persistence_are_as_tall_as_their_shares_of_customers(contract, drawn):
    found = drawn("persistence")
    (blocks,), (ribbons,) = of(found, "rect"), of(found, "area")
    heads = of(found, "text")[0]
    shown = [int(text) for text in heads.get("text")]
    tried = {one.k: one for one in contract.selection.candidates}
    columns: dict[int, list[float]] = {}
    for mark in blocks.marks:
        k = shown[heads.get("x").index(min(heads.get("x"), key=lambda x, at=mark: abs(x - (at["x"] + at["x2"]) / 2)))]
        columns.setdefault(k, []).append(mark["y2"] - mark["y"])
    for k, heights in columns.items():
        shares = [each.share for each in tried[k].segments]
        whole = sum(heights)
        assert sorted(height / whole for height in heights) == pytest.approx(sorted(shares), abs=1e-3)
    thick = {mark["detail"]: mark["y2"] - mark["y"] for mark in ribbons.marks}
    told = {mark["detail"]: mark["tooltip"].rpartition("\n")[2] for mark in ribbons.marks}
    flows = [one.share for one in contract.selection.flows if one.k in shown[:-1] and one.share >= 0.02]
    assert sorted(told.values()) == sorted(f"{FIGURES.percent(share, 1)} of all customers" for share in flows)
    assert affine(sorted(thick.values()), sorted(flows))


def test_a_silhouettes_outline_is_its_segments_percentiles_and_as_tall_as_its_share(contract, drawn):
    found = drawn("silhouettes")
    (outline,), (mean,), (_, means) = of(found, "area"), of(found, "rule"), of(found, "text")
    heights = []
    for segment in contract.segments:
        own = [mark for mark in outline.marks if mark["detail"] == segment.id]
        ordered = sorted(segment.silhouettes, reverse=True)
        assert [mark["x"] for mark in own] == close(ordered[0], *ordered, ordered[-1])
        assert {mark["x2"] for mark in own} == {0}
        heights.append(own[-1]["y"] - own[0]["y"])
    assert heights == pytest.approx([max(18, 250 * one.share) for one in contract.segments], abs=0.01)
    assert mean.get("x") == close(contract.selection.silhouette)
    assert means.get("text") == [FIGURES.number(one.silhouette, 2) for one in contract.segments]


def test_a_field_of_the_rfm_grid_is_its_cell_with_its_shares_and_what_it_brings_in_colour(drawn):
    found = drawn("rfm-grid")
    (boxes,) = of(found, "rect")
    recencies, values = zip(*(cell for cell, _, _ in RFM.values()), strict=True)
    assert affine(boxes.get("x"), recencies)
    assert affine(boxes.get("y"), values, rising=False)
    for box, (name, (_, share, value)) in zip(boxes.marks, RFM.items(), strict=True):
        assert box["tooltip"] == (f"{name}\nShare of customers: {share * 100:.1f}%\nShare of value: {value * 100:.1f}%")
        words = [mark["text"] for layer in of(found, "text") for mark in layer.marks
                 if box["x"] < mark["x"] < box["x2"] and box["y"] < mark["y"] < box["y2"]]  # fmt: skip
        assert {name, f"{share * 100:.1f}%"} <= set(words)
    steps = [DIVERGING.index(fill) for fill in boxes.get("fill")]
    assert steps[0] > 3 > steps[2]  # 2.5 times its share, and a third of it
    assert steps[1] == 3  # 1.1 times


def test_a_class_of_frequency_shows_what_came_and_what_was_expected(contract, drawn):
    (bars,), (dots,) = of(drawn("lifetime"), "bar"), of(drawn("lifetime"), "point")
    classes = contract.lifetime.held_out.classes
    assert bars.get("x", "y") == [
        (name, pytest.approx(one.actual)) for name, one in zip(("0", "1", "2+"), classes, strict=True)
    ]
    assert dots.get("x") == bars.get("x")
    assert dots.get("y") == close(*(one.expected for one in classes))


def test_a_published_copy_draws_no_figure_that_it_does_not_hold(contract, drawn):
    """Of bars put together by disclosure control the area is the count."""
    public = contract.model_copy(update={"privacy": contract.privacy.model_copy(update={"mode": "public"})})
    copy = published(public.model_copy(update={"lifetime": None, "scoring": None, "segments": tuple(
        one.model_copy(update={"lifetime": None}) for one in public.segments)}))  # fmt: skip
    for spread in copy.exploration.distributions:
        one = feature(copy, spread.feature)
        bars = of(drawn(f"distribution-{one.slug}", copy), "bar")
        drawn_bars = [mark for layer in bars if not layer.aggregated for mark in layer.marks]
        areas = sorted(mark["y"] * (mark["x2"] - mark["x"]) for mark in drawn_bars)
        narrowest = min(mark["x2"] - mark["x"] for mark in drawn_bars)
        counts = sorted(bin_.count for bin_ in spread.bins)
        assert [area / narrowest for area in areas] == pytest.approx(counts, rel=1e-3)
