"""The profile plot and the evaluation plot: what counts stands out, every figure is in the table, no name hides one."""

from __future__ import annotations

import json
from itertools import combinations

import pytest

from analysis.contract import Interval
from analysis.language import speaking
from report.captions.strength import to
from report.captions.words import Words
from report.charts import segment_evaluation
from report.charts.context import ChartContext
from report.charts.placement import Box
from report.charts.registry import captions
from report.charts.specification import specification
from report.style.lettering import text_width
from report.style.theme import CARD, TEXT


def datasets(contract, figures, name, *, narrow=False):
    return list(specification(ChartContext(contract, figures, narrow=narrow), name)["datasets"].values())


def one_changed(contract, **update):
    """The contract with the first figure of its first segment changed."""
    first, *others = contract.segments
    profile = (first.profile[0].model_copy(update=update), *first.profile[1:])
    return contract.model_copy(update={"segments": (first.model_copy(update={"profile": profile}), *others)})


def test_the_largest_difference_is_told_with_all_that_look_the_same(contracts, figures):
    plain = contracts["ordinary"]
    flat = tuple(
        segment.model_copy(update={"profile": tuple(p.model_copy(update={"effect": 0.1}) for p in segment.profile)})
        for segment in plain.segments
    )

    def told(*effects: float) -> str:
        segments = list(flat)
        for place, effect in enumerate(effects):
            first, *others = segments[place].profile
            profile = (first.model_copy(update={"effect": effect}), *others)
            segments[place] = segments[place].model_copy(update={"profile": profile})
        changed = plain.model_copy(update={"segments": tuple(segments)})
        return captions(changed, figures)["segment-heatmap"].takeaway

    one, two = (segment.name for segment in plain.segments[:2])
    assert told(2.0, 1.8).startswith("Largest difference in standard deviations: ")
    assert two not in told(2.0, 1.8)
    assert told(2.0, -1.95).startswith("Largest differences in standard deviations: ")
    assert one in told(2.0, -1.95)
    assert two in told(2.0, -1.95)


def test_the_largest_differences_of_one_segment_are_told_together(contracts, figures):
    plain = contracts["ordinary"]
    first, second, *others = plain.segments[0].profile
    strongest = (first.model_copy(update={"effect": 9.0}), second.model_copy(update={"effect": 8.9}), *others)
    segment = plain.segments[0].model_copy(update={"profile": strongest})
    changed = plain.model_copy(update={"segments": (segment, *plain.segments[1:])})
    takeaway = captions(changed, figures)["segment-heatmap"].takeaway
    assert takeaway.count(segment.name) == 1
    assert " and " in takeaway.partition("(")[2]


def test_on_a_phone_labels_that_would_be_cut_stand_upright(contracts, figures):
    contract = contracts["ordinary"]
    label = "Purchases in instalments, frequency of"
    features = tuple(one.model_copy(update={"label": f"{label} {one.slug[:3]}"}) for one in contract.data.features)
    long = contract.model_copy(update={"data": contract.data.model_copy(update={"features": features})})
    drawn = specification(ChartContext(long, figures, narrow=True), "segment-heatmap")
    texts = [row["text"] for rows in drawn["datasets"].values() for row in rows if "text" in row]
    assert any("instalments" in text for text in texts)
    assert not any("…" in text for text in texts)
    assert '"angle": 270' in json.dumps(drawn)


@pytest.mark.parametrize("narrow", [False, True])
def test_only_marker_variables_are_filled_and_carry_their_figure(contracts, figures, narrow):
    contract = contracts["ordinary"]
    found = datasets(contract, figures, "segment-profiles", narrow=narrow)
    dots = next(rows for rows in found if "fill" in rows[0])
    marked = [one.marker for segment in contract.segments for one in segment.profile]
    assert [row["fill"] != CARD for row in dots] == marked
    assert True in marked
    assert False in marked
    texts = [row["text"] for rows in found for row in rows if "text" in row]
    assert sum(text[0] in "+−" and text[-1] in "%s" for text in texts) == sum(marked)


def test_an_interval_is_a_line_through_its_dot(contracts, figures):
    found = datasets(contracts["ordinary"], figures, "segment-profiles")
    dots = next(rows for rows in found if "fill" in rows[0])
    lines = next(rows for rows in found if "ink" in rows[0] and "px2" in rows[0])
    assert len(lines) == len(dots)
    for dot, line in zip(dots, lines, strict=True):
        assert line["px"] < dot["px"] < line["px2"]
        assert line["py"] == dot["py"]


def test_without_evidence_there_are_dots_alone(contracts, figures):
    found = datasets(contracts["two segments"], figures, "segment-profiles")
    assert not any("ink" in row and "px2" in row for rows in found for row in rows)
    assert "segment-evaluation" not in captions(contracts["two segments"], figures)


def test_a_difference_whose_typical_figures_point_elsewhere_does_not_stand_out(contracts, figures):
    contract = one_changed(contracts["ordinary"], contrast=-2.0, difference=5.0, marker=True)
    dots = next(rows for rows in datasets(contract, figures, "segment-profiles") if "fill" in rows[0])
    assert dots[0]["fill"] == CARD
    assert captions(contract, figures)["segment-profiles"].rows[0][-1] == "yes, but its typical figure does not show it"


def test_a_profile_shows_what_does_not_count_as_pale(contracts, figures):
    contract = one_changed(contracts["ordinary"], marker=False)
    bars = next(rows for rows in datasets(contract, figures, "profile-segment-1") if "opacity" in rows[0])
    label = contract.data.features[0].label
    pale = [row for row in bars if row["opacity"] < 1]
    assert any(row["tip"].startswith(f"{label}\n") for row in pale)
    told = captions(contract, figures)["profile-segment-1"].takeaway
    assert f"No clear difference: {label[0].lower()}{label[1:]}." in told


def test_a_medium_level_that_counts_is_a_difference(contracts, figures):
    contract = one_changed(contracts["ordinary"], level="medium", marker=True, contrast=0.8, difference=3.0)
    assert "Somewhat higher: annual income." in captions(contract, figures)["profile-segment-1"].takeaway


def test_the_table_holds_means_effects_and_intervals(contracts, figures):
    contract = one_changed(
        contracts["ordinary"], typical=60.0, difference=9.0, typical_interval=Interval(lower=55.0, upper=65.0),
        contrast=0.7, contrast_interval=Interval(lower=0.2, upper=1.1), marker=True,
    )  # fmt: skip
    row = captions(contract, figures)["segment-profiles"].rows[0]
    assert row[2:4] == ("$60,000", "$55,000–$65,000")
    assert row[6:] == ("+0.70", "+0.20 to +1.10", "yes")


def test_in_german_a_column_is_a_marker_or_not(contracts, figures):
    told = []
    for marker in (True, False):
        changed = one_changed(contracts["ordinary"], difference=9.0, contrast=0.7, marker=marker)
        with speaking("de"):
            told.append(captions(changed, figures)["segment-profiles"].rows[0][-1])
    assert told == ["ja", "nein"]


def test_of_a_skewed_amount_the_table_and_the_tips_tell_medians(contracts, figures):
    contract = one_changed(contracts["ordinary"], typical=30.0, difference=9.0, ratio=3 / 7, contrast=1.0, marker=True)
    first, *others = contract.data.features
    skewed = first.model_copy(update={"typical": "median", "median": 21.0})
    data = contract.data.model_copy(update={"features": (skewed, *others)})
    contract = contract.model_copy(update={"data": data})
    caption = captions(contract, figures)["segment-profiles"]
    assert caption.columns[1:5] == (
        "Column", "Mean or median, segment", "95% interval", "Mean or median, all customers",
    )  # fmt: skip
    assert (caption.rows[0][1], caption.rows[0][2], caption.rows[0][4]) == (
        f"{first.label}, median", "$30,000", "$21,000",
    )  # fmt: skip
    assert captions(contract, figures)["segment-heatmap"].columns[1] == f"{first.label}, median"
    assert "43% above the median" in captions(contract, figures)["segment-profiles"].description
    tips = [row["tip"] for rows in datasets(contract, figures, "segment-profiles") for row in rows if "tip" in row]
    assert any(f"{first.label}, median: " in tip and "30,000" in tip for tip in tips)


def test_nothing_that_counts_is_said_to_be_nothing(contracts, figures):
    contract = contracts["ordinary"]
    segments = tuple(
        one.model_copy(update={"profile": tuple(each.model_copy(update={"marker": False}) for each in one.profile)})
        for one in contract.segments
    )
    caption = captions(contract.model_copy(update={"segments": segments}), figures)["segment-profiles"]
    assert caption.takeaway == "No column clearly sets a segment apart from all other customers."


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [("29", "51", "29–51"), ("−2", "3", "−2 to 3"), ("5", "5", "5"), ("0", "0.00", "0"), ("1 €", "2 €", "1 € to 2 €")],
)
def test_ranges_read_well(low, high, written):
    assert to(low, high) == written


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("case", ["ordinary", "ten segments", "hostile"])
def test_names_on_the_evaluation_plot_hide_no_name_and_stay_on_paper(contracts, figures, case, narrow):
    contract = contracts[case]
    spec = specification(ChartContext(contract, figures, narrow=narrow), "segment-evaluation")
    words = next(rows for rows in spec["datasets"].values() if set(rows[0]) == {"px", "py", "text"})
    assert len(words) == len(contract.segments)
    boxes = []
    for word in words:
        half = text_width(word["text"], TEXT, bold=True) / 2
        boxes.append(Box(word["px"] - half, word["py"] - 7, word["px"] + half, word["py"] + 7))
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert all(box.left >= 0 and box.right <= spec["width"] and box.top >= 0 for box in boxes)


def test_the_evaluation_names_the_segment_to_turn_to(contracts, figures):
    contract = contracts["ordinary"]
    caption = captions(contract, figures)["segment-evaluation"]
    assert caption.takeaway == (
        "Most attractive segment: Premium Shoppers. Segment that we can serve best: Budget Buyers."
    )
    assert caption.columns[4:] == ("Size", "Stability")
    assert caption.rows[0][2] == "1.00"
    alone = contract.model_copy(update={"segments": contract.segments[:1]})
    assert segment_evaluation.caption(Words(alone, figures)).takeaway == "Premium Shoppers: Build up."


def test_bubbles_grow_with_shares_by_area(contracts, figures):
    contract = contracts["ordinary"]
    found = datasets(contract, figures, "segment-evaluation")
    bubbles = next(rows for rows in found if "radius" in rows[0])
    shares = {segment.id: segment.share for segment in contract.segments}
    ratios = [row["size"] / shares[row["s"]] for row in bubbles]
    assert max(ratios) == pytest.approx(min(ratios), rel=0.01)


def test_where_colours_begin_again_shapes_tell_the_segments_apart(contracts, figures):
    contract = contracts["ordinary"]
    first = contract.segments[0].model_copy(update={"persona": None})
    many = tuple(first.model_copy(update={"id": place, "slug": f"s{place}"}) for place in range(1, 21))
    context = ChartContext(contract.model_copy(update={"segments": many}), figures, narrow=False)
    assert len({(context.colour(one.id), context.shape(one.id)) for one in many}) == 20


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        ("31\u00a0years", "34\u00a0years", "31–34\u00a0years"),
        ("80.784\u00a0$", "92.792\u00a0$", "80.784–92.792\u00a0$"),
        ("12\u202f000\u00a0€", "14\u202f000\u00a0€", "12\u202f000–14\u202f000\u00a0€"),
        ("89%", "97%", "89–97%"),
        ("$81K", "$92K", "$81K–$92K"),
    ],
)
def test_what_stands_behind_both_ends_of_a_range_is_told_once(low, high, written):
    assert to(low, high) == written
