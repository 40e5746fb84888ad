"""The explore page of wide tables."""

from __future__ import annotations

from report.captions.pictured import MOST_COLUMNS, MOST_COMPARISONS, pictured, ranged, telling
from report.charts.registry import names
from report.views.explore import explore
from report.views.overview import overview


def test_a_narrow_table_is_drawn_whole(mall_contract):
    assert pictured(mall_contract) == mall_contract


def widened(contract, times):
    """The contract with every described column there `times` times."""
    features, exploration = contract.data.features, contract.exploration
    copies = range(times)

    def twice(one, *keys: str) -> list:
        return [one.model_copy(update={key: f"{getattr(one, key)} {copy}" for key in keys}) for copy in copies]

    wide = [copy for one in features for copy in twice(one, "name", "slug")]
    distributions = [copy for one in exploration.distributions for copy in twice(one, "feature")]
    comparisons = [copy for one in exploration.comparisons for copy in twice(one, "feature", "by")]
    data = contract.data.model_copy(update={"features": tuple(wide)})
    shown = exploration.model_copy(
        update={"distributions": tuple(distributions), "comparisons": tuple(comparisons), "correlations": ()}
    )
    return contract.model_copy(update={"data": data, "exploration": shown})


def test_of_a_wide_table_a_dozen_columns_are_drawn_and_each_grouping_has_its_share(mall_contract):
    wide = widened(mall_contract, 8)
    drawn = pictured(wide)
    assert len(drawn.exploration.distributions) == MOST_COLUMNS < len(wide.exploration.distributions)
    assert 0 < len(drawn.exploration.comparisons) <= MOST_COMPARISONS < len(wide.exploration.comparisons)
    assert {one.by for one in drawn.exploration.comparisons} <= {one.by for one in wide.exploration.comparisons}
    assert drawn.data == wide.data
    assert len(names(drawn)) < len(names(wide))


def test_the_reader_is_told_of_columns_that_are_not_drawn(tell, mall_contract):
    assert not explore(tell()).values.more
    wide = widened(mall_contract, 8)
    said = str(explore(tell(data=wide.data, exploration=wide.exploration)).values.more)
    assert said.startswith(f"{MOST_COLUMNS} of the ")
    assert said.endswith("The downloads on the data page have the figures of all columns.")


def test_the_heat_map_and_the_ranges_take_the_columns_that_differ_most(mall_contract):
    among = [one.feature for one in mall_contract.segments[0].profile]
    assert telling(mall_contract, among, 99) == among == ranged(mall_contract)
    two = telling(mall_contract, among, 2)
    assert two == ["Annual Income (k$)", "Spending Score (1-100)"]  # in the table's order


def test_a_histogram_that_may_not_be_published_is_not_left_out_in_silence(tell, mall_contract):
    exploration = mall_contract.exploration
    kept = tuple(one for one in exploration.distributions if one.feature != "Annual Income (k$)")
    told = tell(exploration=exploration.model_copy(update={"distributions": kept, "map": None}))
    assert str(explore(told).values.more).startswith(
        "Not drawn: annual income. The bars could reveal single customers because of a few values far"
    )
    assert explore(tell()).values.more == ""
    two = tuple(
        one.model_copy(update={"two_values": (0.0, 1.0)} if one.name == "Annual Income (k$)" else {})
        for one in mall_contract.data.features
    )
    without = {"data": mall_contract.data.model_copy(update={"features": two})}
    of_two = tell(exploration=exploration.model_copy(update={"distributions": kept, "map": None}), **without)
    assert explore(of_two).values.more == ""  # two values have no histogram in any mode
    assert "parts of it would identify a few customers" in str(overview(told).values.no_map)
    assert "mostly by categories" not in str(overview(told).values.no_map)


def test_yes_and_no_have_no_middle_half(mall_contract):
    age, *others = mall_contract.data.features
    answered = [one.model_copy(update={"measure": "boolean"}) if one.name == "Age" else one for one in (age, *others)]
    data = mall_contract.data.model_copy(update={"features": tuple(answered)})
    assert ranged(mall_contract.model_copy(update={"data": data})) == ["Annual Income (k$)", "Spending Score (1-100)"]
