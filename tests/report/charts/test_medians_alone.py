"""A median is told wherever it is published: also where a quartile beside it is withheld."""

from __future__ import annotations

import pytest

from analysis.contract import Contract
from report.captions.pictured import drawn_half
from report.charts.context import ChartContext
from report.charts.registry import captions, chart
from tests.report.charts.drawn import layers, of

NO_BAR = "No bar: a quartile is withheld."


@pytest.fixture
def lowest_alone(contracts) -> tuple[Contract, str]:
    """A comparison whose lowest group has a median and no quartiles, and whose next has not even that."""
    contract = contracts["ordinary"]
    one = max(contract.exploration.comparisons, key=lambda each: len(each.groups))
    assert len(one.groups) > 3
    places = sorted(range(len(one.groups)), key=lambda place: one.groups[place].median)
    gone = {places[0]: {"q1": None}, places[1]: {"q1": None, "median": None, "q3": None}}
    groups = tuple(
        group.model_copy(update={**gone.get(place, {}), "count": 40}) for place, group in enumerate(one.groups)
    )
    changed = one.model_copy(update={"groups": groups})
    explored = contract.exploration.model_copy(update={"comparisons": (changed,)})
    slugs = {each.name: each.slug for each in contract.data.features}
    name = f"comparison-{slugs[one.feature]}-by-{slugs[one.by]}"
    return contract.model_copy(update={"exploration": explored}), name


def test_the_lowest_median_is_told_though_its_group_has_no_bar(lowest_alone, figures):
    contract, name = lowest_alone
    (one,) = contract.exploration.comparisons
    lowest = min((each for each in one.groups if each.median is not None), key=lambda each: each.median)
    assert lowest.q1 is None
    caption = captions(contract, figures)[name]
    feature = next(each for each in contract.data.features if each.name == one.feature)
    assert f"from {figures.middle(feature, lowest.median)} ({lowest.group}) to " in caption.takeaway
    assert caption.subtitle.endswith(NO_BAR)


def test_a_group_without_a_quartile_has_a_dot_and_a_figure(lowest_alone, figures):
    contract, name = lowest_alone
    (one,) = contract.exploration.comparisons
    scale = next(each for each in contract.data.features if each.name == one.feature).scale
    found = layers(chart(ChartContext(contract, figures, narrow=False), name).to_dict())
    (bars,), (dots,), (_, written) = of(found, "bar"), of(found, "point"), of(found, "text")
    told = [group for group in one.groups if group.median is not None]
    assert dots.get("x") == [pytest.approx(group.median * scale) for group in told]
    assert [low == high for low, high in bars.get("x", "x2")] == [group.q1 is None for group in told]
    assert [text == "withheld" for text in written.get("text")] == [group.median is None for group in one.groups]
    assert sum("Middle half: withheld" in tip for tip in dots.get("tooltip")) == 1


def test_a_segment_without_a_quartile_has_a_dot_and_counts_among_the_medians(contracts, figures):
    contract = contracts["ordinary"]
    whole = captions(contract, figures)["segment-ranges"]
    label = whole.takeaway.removeprefix("The segments differ most in ").split(":")[0]
    name = next(each.name for each in contract.data.features if each.label.casefold() == label.casefold())
    first, *others = contract.segments
    profile = tuple(one.model_copy(update={"q3": None}) if one.feature == name else one for one in first.profile)
    some = contract.model_copy(update={"segments": (first.model_copy(update={"profile": profile}), *others)})
    caption = captions(some, figures)["segment-ranges"]
    assert caption.takeaway == whole.takeaway
    assert NO_BAR in caption.subtitle
    assert NO_BAR not in whole.subtitle
    found = layers(chart(ChartContext(some, figures, narrow=False), "segment-ranges").to_dict())
    assert "withheld" not in [text for one in of(found, "text") for text in one.get("text")]
    assert [len(one.marks) for one in of(found, "point")] == [len(contract.segments)] * len(of(found, "point"))


@pytest.mark.parametrize(
    ("quartiles", "drawn"),
    [((1.0, 2.0, 4.0), (1.0, 2.0, 4.0)), ((None, 2.0, 4.0), (2.0, 2.0, 2.0)), ((1.0, None, 4.0), None)],
)
def test_half_a_bar_is_never_drawn(contracts, quartiles, drawn):
    group = contracts["ordinary"].exploration.comparisons[0].groups[0]
    update = dict(zip(("q1", "median", "q3"), quartiles, strict=True))
    assert drawn_half(group.model_copy(update=update)) == drawn
