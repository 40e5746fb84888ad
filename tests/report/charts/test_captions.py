import re
import subprocess
import sys

import pytest

from analysis.basics.listed import listed
from analysis.contract import GroupSummary, HistogramBin
from report.captions import Caption
from report.captions.words import Words
from report.charts import segment_sizes
from report.charts.brush import brush_axes
from report.charts.context import ChartContext
from report.charts.registry import captions, names
from report.charts.specification import specification

CASES = ("ordinary", "two segments", "ten segments", "one column", "public", "hostile")


@pytest.mark.parametrize("case", CASES)
def test_every_chart_has_words_and_a_table_that_fits_its_columns(contracts, figures, case):
    for name, caption in captions(contracts[case], figures).items():
        assert caption.name == name
        for text in (caption.takeaway, caption.subtitle, caption.description):
            assert text.strip(), name
        assert caption.takeaway.endswith(".")
        assert caption.rows
        assert {len(row) for row in caption.rows} == {len(caption.columns)}, name


def test_words_and_pages_import_nothing_that_draws():
    """Every module of theirs, in a process of its own."""
    code = (
        "import pkgutil, sys, report.captions, report.views\n"
        "for room in (report.captions, report.views):\n"
        "    for one in pkgutil.iter_modules(room.__path__, room.__name__ + '.'):\n"
        "        __import__(one.name)\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert {"report.captions.points", "report.views.method"} <= set(done.stdout.split())
    assert not {"altair", "vl_convert", "pandas"} & set(done.stdout.split())


def test_names_are_those_of_the_interface(contracts):
    expected = {
        "segment-map", "segment-sizes", "segment-profiles", "segment-ranges", "segment-evaluation",
        "profile-segment-1",
        "distribution-annual-income", "correlations", "comparison-annual-income-by-spending-score", "brush",
        "candidates",
    }  # fmt: skip
    assert expected <= set(names(contracts["ordinary"]))
    assert not {"segment-map", "brush", "correlations"} & set(names(contracts["one column"]))


def caption(contract, figures, name) -> Caption:
    return captions(contract, figures)[name]


def changed(contract, **parts):
    return contract.model_copy(update={"exploration": contract.exploration.model_copy(update=parts)})


def test_the_sizes_speak_of_the_segment_whose_value_most_exceeds_its_size(contracts, figures):
    contract = contracts["ordinary"]
    best = max(contract.segments, key=lambda one: one.value_share - one.share)
    words = caption(contract, figures, "segment-sizes").takeaway
    assert words.startswith(f"{best.name}: {figures.percent(best.share)} of customers, ")
    assert figures.percent(best.value_share) in words


def test_without_value_the_sizes_speak_of_sizes_alone(contracts, figures):
    contract = contracts["ordinary"]
    bare = tuple(one.model_copy(update={"value_share": None}) for one in contract.segments)
    words = caption(contract.model_copy(update={"segments": bare}), figures, "segment-sizes")
    assert max(bare, key=lambda one: one.size).name in words.takeaway
    assert "value" not in words.subtitle
    assert len(words.columns) == 3


def test_rounded_sizes_are_about_the_same(contracts, figures):
    """47 and 43 customers are both told as 45."""
    contract = contracts["ordinary"]
    even = tuple(one.model_copy(update={"value_share": None, "size": 45}) for one in contract.segments[:2])
    for base, told in ((5, "Both segments have about the same size."), (None, "Both segments have the same size.")):
        privacy = contract.privacy.model_copy(update={"rounding_base": base})
        rounded = contract.model_copy(update={"segments": even, "privacy": privacy})
        assert segment_sizes.caption(Words(rounded, figures)).takeaway == told


def test_the_ranges_name_both_ends(contracts, figures):
    contract = contracts["ordinary"]
    words = caption(contract, figures, "segment-ranges").takeaway
    label = words.removeprefix("The segments differ most in ").split(":")[0]
    name = next(feature.name for feature in contract.data.features if feature.label.casefold() == label.casefold())
    medians = {one.name: next(p.median for p in one.profile if p.feature == name) for one in contract.segments}
    assert f"({min(medians, key=medians.get)})" in words
    assert f"({max(medians, key=medians.get)})" in words


def test_the_map_of_the_mall_says_what_it_cannot_show(mall_contract, figures):
    words = caption(mall_contract, figures, "segment-map").takeaway
    assert words == "Potential Loyalists and Young Enthusiasts overlap on this map. They differ clearly in age."


def test_the_mall_profile_names_its_levels(mall_contract, figures):
    assert caption(mall_contract, figures, "profile-cautious-spenders").takeaway == (
        "Low: spending score. High: annual income. No clear difference: age."
    )


def test_a_large_difference_that_may_be_chance_is_not_called_ordinary(mall_contract, figures):
    segment = next(one for one in mall_contract.segments if one.slug == "cautious-spenders")
    *others, score = segment.profile
    doubtful = score.model_copy(update={"marker": False, "adjusted_p": 0.2})
    changed_one = segment.model_copy(update={"profile": (*others, doubtful)})
    segments = tuple(changed_one if one is segment else one for one in mall_contract.segments)
    contract = mall_contract.model_copy(update={"segments": segments})
    words = caption(contract, figures, "profile-cautious-spenders").takeaway
    assert words == "Possibly low: spending score. High: annual income. No clear difference: age."


@pytest.mark.parametrize(
    ("pearson", "expected"),
    [
        (0.05, "No two columns are correlated: the strongest correlation is +0.05."),
        (0.3, "Annual income and spending score rise together weakly (+0.30)."),
        (-0.3, "Annual income and spending score move weakly in opposite directions (−0.30)."),
        (0.8, "Annual income and spending score clearly rise together (+0.80)."),
        (-0.8, "Annual income and spending score clearly move in opposite directions (−0.80)."),
    ],
)
def test_correlations_are_not_overstated(contracts, figures, pearson, expected):
    pair = contracts["ordinary"].exploration.correlations[0].model_copy(update={"pearson": pearson})
    words = caption(changed(contracts["ordinary"], correlations=(pair,)), figures, "correlations").takeaway
    assert words == expected


def group(name: str, count: int, median: float, step: float | None = None) -> GroupSummary:
    return GroupSummary(
        group=name, count=count, mean=median, q1=median - 1, median=median, q3=median + 1, quantiles_rounded_to=step
    )


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ((group("A", 50, 10), group("B", 50, 90)), "Medians of annual income differ by"),
        ((group("A", 50, 50), group("B", 50, 50.5)), "differ only slightly by"),
        ((group("A", 50, 50), group("B", 50, 50)), "is the same in every group"),
        # Each is within 20 of the truth, so that both may be 50.
        ((group("A", 50, 30, 20), group("B", 50, 70, 20)), "rounded too coarsely to show whether they differ by"),
        ((group("A", 50, 30, 10), group("B", 50, 70, 20)), "Medians of annual income differ by"),
    ],
)
def test_comparisons_say_whether_there_is_a_difference(contracts, figures, groups, expected):
    contract = contracts["ordinary"]
    one = contract.exploration.comparisons[0].model_copy(update={"groups": groups})
    words = caption(changed(contract, comparisons=(one,)), figures, "comparison-annual-income-by-spending-score")
    assert expected in words.takeaway


def test_a_tiny_group_is_drawn_but_not_spoken_of(contracts, figures):
    contract = contracts["ordinary"]
    groups = (group("Large", 50, 20), group("Other", 50, 80), group("Tiny", 2, 999))
    one = contract.exploration.comparisons[0].model_copy(update={"groups": groups})
    words = caption(changed(contract, comparisons=(one,)), figures, "comparison-annual-income-by-spending-score")
    assert "Tiny" not in words.takeaway
    assert [row[0] for row in words.rows] == ["Large", "Other", "Tiny"]


def test_candidates_name_every_measures_favourite(contracts, figures):
    words = caption(contracts["ordinary"], figures, "candidates").takeaway
    assert words == (
        "The team set 6 segments. Silhouette and Davies–Bouldin prefer this number, too. Calinski–Harabasz prefers 10."
    )


def test_the_brush_offers_every_numeric_column_or_only_the_maps(contracts, figures):
    assert [axis.field for axis in brush_axes(contracts["ordinary"])] == ["f0", "f1", "f2"]
    kinds = [one.kind for one in caption(contracts["ordinary"], figures, "brush").controls]
    assert kinds == ["words", "select", "select", "reset"]
    assert [one.kind for one in caption(contracts["public"], figures, "brush").controls] == ["words", "reset"]


def test_who_lies_far_outside_stands_at_the_edge_of_the_map_and_is_said_to(contracts, figures):
    """One income of 666,666, whose histogram ends at 100 but for those beyond."""
    contract = contracts["ordinary"]
    plain = caption(contract, figures, "segment-map")
    assert "edge" not in f"{plain.subtitle} {caption(contract, figures, 'brush').subtitle}"
    exploration = contract.exploration
    points, income = exploration.points, contract.data.features[0].name
    assert exploration.map.x == income
    values = (666_666.0, *(min(value, 100.0) for value in points[income][1:]))
    last = HistogramBin(lower=90, upper=100, count=1, by_segment={1: 1}, beyond="above")
    drawn = tuple(
        one.model_copy(update={"bins": (*one.bins[:-1], last)}) if one.feature == income else one
        for one in exploration.distributions
    )
    parts = {"points": {**points, income: values}, "distributions": drawn}
    far = contract.model_copy(update={"exploration": exploration.model_copy(update=parts)})
    assert caption(far, figures, "segment-map").subtitle.endswith(
        "Colour and shape show the segment. 1 customer far outside this range is drawn at the edge."
    )
    assert "1 customer far outside this range is drawn at the edge." in caption(far, figures, "segment-map").description
    assert caption(far, figures, "brush").subtitle.endswith("Customers far outside this range are drawn at the edge.")
    for name, field in (("segment-map", "x"), ("brush", "f0")):
        rows = next(
            each for each in specification(ChartContext(far, figures), name)["datasets"].values() if field in each[0]
        )
        assert max(row[field] for row in rows) == 100_000  # in thousands
    marks = specification(ChartContext(far, figures), "segment-map")["datasets"].values()
    assert any("666,666" in row.get("tip", "") for each in marks for row in each)


def test_a_public_table_gets_no_words_about_single_customers(contracts, figures):
    for words in captions(contracts["public"], figures).values():
        assert "one customer" not in words.subtitle


def test_words_are_joined_as_people_join_them():
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_sentences_agree_with_a_name_of_any_number(contracts, figures):
    """A name may be “Budget Buyers” or “High income, low spending”: no verb depends on it."""
    contract = contracts["ordinary"]
    segments = tuple(one.model_copy(update={"name": f"Name {one.id}"}) for one in contract.segments)
    changed = contract.model_copy(update={"segments": segments})
    for name in ("segment-sizes", "segment-ranges", "segment-map"):
        words = caption(changed, figures, name).takeaway
        assert not re.search(r"Name \d (are|is|make|makes|lie|lies) ", words), words


def test_what_is_left_over_is_no_group_to_speak_of(contracts, figures):
    contract = contracts["ordinary"]
    groups = (group("A", 50, 10), group("B", 50, 20), group("(all others)", 50, 90))
    one = contract.exploration.comparisons[0].model_copy(update={"groups": groups})
    exploration = contract.exploration.model_copy(update={"comparisons": (one,)})
    changed = contract.model_copy(update={"exploration": exploration})
    words = next(c for n, c in captions(changed, figures).items() if n.startswith("comparison-")).takeaway
    assert "all others" not in words


def test_a_column_of_two_values_has_no_quartiles_in_the_table(contracts, figures):
    contract = contracts["ordinary"]
    first, *others = contract.data.features
    answered = first.model_copy(update={"two_values": (0.0, 1.0)})
    changed = contract.model_copy(update={"data": contract.data.model_copy(update={"features": (answered, *others)})})
    assert first.label in {row[1] for row in caption(contract, figures, "segment-ranges").rows}
    assert first.label not in {row[1] for row in caption(changed, figures, "segment-ranges").rows}


def test_a_map_of_medians_has_a_table_of_medians(contracts, figures):
    public = contracts["public"]
    told, chart_map = caption(public, figures, "segment-map"), public.exploration.map
    assert all(head.endswith(", median") for head in told.columns[2:])
    across = next(one for one in public.data.features if one.name == chart_map.x)
    medians = [
        figures.of(across, one.median) for segment in public.segments for one in segment.profile
        if one.feature == chart_map.x
    ]  # fmt: skip
    assert [row[2] for row in told.rows] == medians


def test_names_with_commas_stand_between_quotation_marks(contracts, figures):
    contract = contracts["two segments"]
    renamed = [one.model_copy(update={"name": f"High income, part {one.id}"}) for one in contract.segments]
    contract = contract.model_copy(update={"segments": tuple(renamed)})
    for name in ("segment-map", "segment-sizes", "segment-ranges", "segment-heatmap"):
        takeaway = caption(contract, figures, name).takeaway
        assert "High income, part" not in re.sub("“[^”]*”", "", takeaway), name
