"""No chart has a logarithmic scale: there, one value of zero puts every mark at the same height, without an error."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from analysis.contract import Contract
from report.charts.context import ChartContext
from report.charts.drawing import draw
from report.charts.registry import names
from report.charts.specification import specification, specified
from report.charts.svg import clean
from tests.report.charts.drawn import layers, of

CASES = ("ordinary", "two segments", "ten segments", "one column", "public", "hostile")
MARK = re.compile(r'transform="translate\((-?[\d.]+),(-?[\d.]+)\)"[^>]* d="')
CURVED = {"log", "pow", "sqrt"}


def scale_types(part: object) -> Iterator[str]:
    """The type of every scale in a specification that states one."""
    if isinstance(part, dict):
        scale = part.get("scale")
        if isinstance(scale, dict) and "type" in scale:
            yield scale["type"]
        for key, inner in part.items():
            if key not in {"datasets", "data"}:
                yield from scale_types(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from scale_types(inner)


def test_scales_are_found_wherever_they_stand():
    spec = {"layer": [{"encoding": {"x": {"scale": {"type": "log"}}}}], "datasets": {"a": [{"scale": {"type": "pow"}}]}}
    assert list(scale_types(spec)) == ["log"]


@pytest.mark.parametrize("case", CASES)
def test_no_scale_is_logarithmic(contracts, figures, case):
    contract = contracts[case]
    for name in names(contract):
        for narrow in (False, True):
            spec = specification(ChartContext(contract, figures, narrow=narrow), name)
            assert not CURVED & set(scale_types(spec)), name


def with_zero(contract: Contract) -> Contract:
    """The contract with a first customer without income, and a lowest bar that begins at zero."""
    found, income = contract.exploration, contract.data.features[0].name
    points = {**found.points, income: (0.0, *found.points[income][1:])}
    distributions = tuple(
        one.model_copy(update={"bins": (one.bins[0].model_copy(update={"lower": 0.0}), *one.bins[1:])})
        if one.feature == income
        else one
        for one in found.distributions
    )
    changed = found.model_copy(update={"points": points, "distributions": distributions})
    return contract.model_copy(update={"exploration": changed})


@pytest.mark.parametrize("name", ["segment-map", "brush"])
def test_a_value_of_zero_leaves_every_mark_of_a_map_where_it_belongs(contracts, figures, name):
    contract = with_zero(contracts["ordinary"])
    one = specified(contract, figures, name)
    wide, narrow = draw(name, one.wide, one.narrow, one.locale)
    for picture in (wide, narrow):
        places = MARK.findall(clean(picture, "p"))
        assert len({x for x, _ in places}) > 30
        assert len({y for _, y in places}) > 30


def test_a_bar_from_zero_leaves_the_others_as_they_are(contracts, figures):
    name = "distribution-annual-income"
    before, after = (
        of(layers(specification(ChartContext(contract, figures), name)), "bar")[0]
        for contract in (contracts["ordinary"], with_zero(contracts["ordinary"]))
    )
    assert after.get("x")[0] == 0
    assert [right for _, right in after.get("x", "x2")] == [right for _, right in before.get("x", "x2")]
    assert len(set(after.get("y"))) > 1
