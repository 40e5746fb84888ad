"""Ordinal columns are drawn and spoken of in the words of their order."""

from __future__ import annotations

import pytest

from analysis.contract import Contract, Distribution, HistogramBin
from report.charts.context import ChartContext
from report.charts.registry import captions
from report.charts.specification import specification
from report.disclosure import published

LEVELS = ("never", "seldom", "sometimes", "often", "daily")
NAME = "distribution-spending-score"
MEDIANS = "comparison-spending-score-by-age"


def bar(lower: int, upper: int, count: int) -> HistogramBin:
    return HistogramBin(lower=lower, upper=upper, count=count, by_segment={1: count, 2: 0})


@pytest.fixture(scope="module")
def ordinal(contracts) -> Contract:
    """The ordinary contract with its spending score as answers of five levels, 2 customers at the lowest."""
    return changed(contracts["ordinary"], [bar(place + 1, place + 2, count) for place, count in enumerate(
        (2, 30, 40, 50, 12))])  # fmt: skip


def changed(contract: Contract, bins: list[HistogramBin], levels: tuple[str, ...] = LEVELS) -> Contract:
    features = tuple(
        one.model_copy(update={"measure": "ordinal", "levels": levels, "unit": "of 5", "format": "number", "q1": 2.0,
                               "median": 3.0, "q3": 4.0}) if one.slug == "spending-score" else one
        for one in contract.data.features
    )  # fmt: skip
    name = next(one.name for one in features if one.levels)
    drawn = tuple(
        Distribution(feature=name, bins=tuple(bins), skewness=0) if one.feature == name else one
        for one in contract.exploration.distributions
    )
    medians = (1.0, 2.0, 3.0, 3.5, 5.0)
    comparisons = tuple(
        one.model_copy(update={"groups": tuple(
            group.model_copy(update={"median": median, "q1": median, "q3": median})
            for group, median in zip(one.groups, medians, strict=True))}) if one.feature == name else one
        for one in contract.exploration.comparisons
    )  # fmt: skip
    exploration = contract.exploration.model_copy(update={"distributions": drawn, "comparisons": comparisons})
    data = contract.data.model_copy(update={"features": features})
    return contract.model_copy(update={"data": data, "exploration": exploration})


def values(contract, figures, name, *, narrow=False):
    return list(specification(ChartContext(contract, figures, narrow=narrow), name)["datasets"].values())


def test_the_caption_tells_levels_by_their_words(ordinal, figures):
    caption = captions(ordinal, figures)[NAME]
    assert caption.takeaway == "Spending score: at least half of all customers are between seldom and often."
    assert [row[0] for row in caption.rows] == list(LEVELS)
    assert caption.rows[0] == ("never", "2", "1.5%")
    assert "The median is sometimes." in caption.description


def test_where_half_are_at_one_level_it_is_named(ordinal, figures):
    features = tuple(one.model_copy(update={"q3": 2.0}) if one.levels else one for one in ordinal.data.features)
    data = ordinal.data.model_copy(update={"features": features})
    caption = captions(ordinal.model_copy(update={"data": data}), figures)[NAME]
    assert caption.takeaway == "Spending score: at least half of all customers are at seldom."


@pytest.mark.parametrize("narrow", [False, True])
def test_each_level_has_a_bar_under_its_word(ordinal, figures, narrow):
    drawn = values(ordinal, figures, NAME, narrow=narrow)
    bars = next(rows for rows in drawn if "tip" in rows[0])
    assert [row["n"] for row in bars] == [2, 30, 40, 50, 12]
    assert any([row["text"] for row in rows] == list(LEVELS) for rows in drawn if "text" in rows[0])
    assert any(rows[0].get("text") == "2 · 1%" for rows in drawn)


def test_chosen_segments_fill_their_part_of_each_bar(ordinal, figures):
    chosen = next(rows for rows in values(ordinal, figures, NAME) if "s" in rows[0])
    assert [row["n"] for row in chosen if row["s"] == 1] == [2, 30, 40, 50, 12]


def test_medians_of_groups_are_levels(ordinal, figures):
    caption = captions(ordinal, figures)[MEDIANS]
    assert "from never (18–24) to daily (55 and over)" in caption.takeaway
    drawn = values(ordinal, figures, MEDIANS)
    assert any([row["text"] for row in rows][:2] == ["never", "seldom"] for rows in drawn if "text" in rows[0])


def test_on_a_phone_the_dashed_line_leaves_the_names_of_groups_alone(contracts, figures):
    wide, narrow = (
        next(rows for rows in values(contracts["ordinary"], figures, MEDIANS, narrow=narrow) if "py2" in rows[0])
        for narrow in (False, True)
    )
    names = next(
        rows for rows in values(contracts["ordinary"], figures, MEDIANS, narrow=True)
        if rows[0].get("text", "").startswith("18–24")
    )  # fmt: skip
    assert len(wide) == 1
    assert len(narrow) == len(names)
    assert all(abs(name["py"] - (line["py"] + line["py2"]) / 2) > (line["py2"] - line["py"]) / 2 + 7
               for line in narrow for name in names)  # fmt: skip


def _public(contract: Contract) -> Contract:
    return published(contract.model_copy(update={"privacy": contract.privacy.model_copy(update={"mode": "public"})}))


def test_in_public_small_levels_go_together_and_the_first_and_the_last_are_named(contracts, figures):
    """Five levels in one bar: mean, standard deviation and skewness are too few equations for their counts."""
    counts = (2, 3, 1, 2, 4, 30, 40, 42)
    nine = changed(
        contracts["ordinary"],
        [bar(place, place + 1, count) for place, count in enumerate(counts, start=1)],
        ("never", "once", "twice", "thrice", *LEVELS[1:]),
    )
    rows = captions(_public(nine), figures)[NAME].rows
    assert [row[:2] for row in rows] == [
        ("never to seldom", "10"),
        ("sometimes", "30"),
        ("often", "40"),
        ("daily", "40"),
    ]


def test_in_public_levels_are_not_drawn_whose_small_count_the_mean_would_tell(ordinal, figures):
    """Of 32 in two levels put together, the mean tells how many are in each."""
    assert NAME in captions(ordinal, figures)
    assert NAME not in captions(_public(ordinal), figures)


def test_bars_of_several_levels_that_start_before_the_first_are_named(contracts, figures):
    wide = changed(contracts["ordinary"], [bar(0, 2, 9), bar(2, 4, 9), bar(4, 6, 9)])
    assert [row[0] for row in captions(wide, figures)[NAME].rows] == ["never", "seldom to sometimes", "often to daily"]
