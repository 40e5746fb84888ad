"""Histograms: areas are customers, bars that hold everybody beyond say so, and words and table say the same."""

from __future__ import annotations

import pytest

from analysis.contract import Contract, Distribution, HistogramBin
from report.captions.bars import Bars
from report.charts.context import ChartContext
from report.charts.registry import captions
from report.charts.specification import specification

NAME = "distribution-annual-income"


def bar(lower: float, upper: float, count: int, **more: object) -> HistogramBin:
    return HistogramBin(lower=lower, upper=upper, count=count, by_segment={1: count}, **more)


# The second bar has been put together from three; whoever earns more than 100 thousand stands in the last.
MERGED = (bar(20, 30, 12), bar(30, 60, 43), bar(60, 70, 11), bar(100, 110, 13, beyond="above"))
EVEN = (bar(0, 10, 4, beyond="below"), bar(10, 20, 9), bar(20, 30, 6, closed=True))


def with_bars(contract: Contract, bins: tuple[HistogramBin, ...]) -> Contract:
    """The contract with these bars for the annual income, which is in thousands of dollars."""
    name = next(one.name for one in contract.data.features if one.slug == "annual-income")
    drawn = tuple(
        Distribution(feature=name, bins=bins, skewness=0) if one.feature == name else one
        for one in contract.exploration.distributions
    )
    features = tuple(
        one.model_copy(update={"format": "money", "scale": 1000.0, "unit": None}) if one.name == name else one
        for one in contract.data.features
    )
    return contract.model_copy(
        update={
            "data": contract.data.model_copy(update={"features": features}),
            "exploration": contract.exploration.model_copy(update={"distributions": drawn}),
        }
    )


def sets(contract, figures, *, narrow=False):
    return list(specification(ChartContext(contract, figures, narrow=narrow), NAME)["datasets"].values())


@pytest.mark.parametrize("narrow", [False, True])
def test_the_area_of_every_bar_is_its_customers(contracts, figures, narrow):
    drawn = sets(with_bars(contracts["ordinary"], MERGED), figures, narrow=narrow)
    bars = [row for rows in drawn for row in rows if "tip" in row]
    assert [row["n"] for row in bars] == pytest.approx([12, 43 / 3, 11, 13], rel=1e-5)
    areas = [row["n"] * (row["x2"] - row["x"]) / 10_000 for row in bars]
    assert areas == pytest.approx([12, 43, 11, 13], rel=1e-4)
    chosen = next(rows for rows in drawn if "s" in rows[0])
    assert [row["n"] for row in chosen] == pytest.approx([12, 43 / 3, 11, 13], rel=1e-5)


def test_a_bar_without_an_end_says_so_in_picture_table_and_words(contracts, figures):
    contract = with_bars(contracts["ordinary"], MERGED)
    caption = captions(contract, figures)[NAME]
    assert caption.rows == (
        ("$20,000", "$30,000", "12"),
        ("$30,000", "$60,000", "43"),
        ("$60,000", "$70,000", "11"),
        ("$100,000", "and above", "13"),
    )
    assert caption.subtitle.endswith("The dashed line is the median. →: includes all customers beyond.")
    assert "The last bar includes all customers from $100,000 upwards: 13 customers." in caption.description
    assert "Bars have different widths. Their heights are customers per $10,000." in caption.description
    assert "The tallest bar is $30,000 to $60,000, with 43 customers." in caption.description
    drawn = sets(contract, figures)
    assert any(rows[0].get("text") == "→" for rows in drawn)
    assert any(row.get("tip") == "$100,000 and above\nCustomers: 13" for rows in drawn for row in rows)


def test_even_bars_are_numbers_of_customers(contracts, figures):
    contract = with_bars(contracts["ordinary"], EVEN)
    caption = captions(contract, figures)[NAME]
    assert caption.rows == (
        ("lowest", "$10,000", "4"),
        ("$10,000", "$20,000", "9"),
        ("$20,000", "$30,000, included", "6"),
    )
    assert caption.subtitle.endswith("The dashed line is the median. ←: includes all customers beyond.")
    assert "The first bar includes all customers below $10,000: 4 customers." in caption.description
    assert "different widths" not in caption.description
    bars = [row for rows in sets(contract, figures) for row in rows if "tip" in row]
    assert sorted(row["n"] for row in bars) == [4, 6, 9]


@pytest.mark.parametrize(
    ("settings", "edges", "written"),
    [
        ({"format": "money", "scale": 1.0}, (0, 0.5, 1), ["$0.00", "$0.50", "$1.00"]),
        ({"format": "percent", "scale": 1.0}, (0, 0.025, 0.05), ["0.0%", "2.5%", "5.0%"]),
        ({"format": "integer", "scale": 1.0, "unit": "km"}, (0, 5, 10), ["0\u00a0km", "5\u00a0km", "10\u00a0km"]),
        ({"format": "number", "scale": 1.0, "unit": None}, (100, 100.5, 101), ["100.0", "100.5", "101.0"]),
    ],
)  # fmt: skip
def test_edges_are_written_as_finely_as_they_differ(contracts, figures, settings, edges, written):
    feature = contracts["ordinary"].data.features[0].model_copy(update={"decimals": None, **settings})
    one = Distribution(feature="x", bins=(bar(*edges[:2], 1), bar(*edges[1:], 1)), skewness=0)
    bars = Bars(feature, one, figures)
    assert [bars.row(each)[0] for each in one.bins] + [bars.row(one.bins[-1])[1]] == written
