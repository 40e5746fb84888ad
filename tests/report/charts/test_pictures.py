import json
import re
from collections.abc import Iterable

import pytest
from lxml import etree

from analysis.contract import Contract
from analysis.wording.number_format import NumberFormat
from report.charts.drawing import draw
from report.charts.registry import captions, crowded, names
from report.charts.specification import specified
from report.charts.svg import cleaned, size

CASES = ("ordinary", "two segments", "ten segments", "one column", "public", "hostile")
PAINT = re.compile(r"(?:fill|stroke)=\"(?!none|transparent|var\(--sa-[\w-]+\))")
WIDEST, NARROWEST = 660, 345


def parts(contract, figures, name):
    """Wide picture, narrow picture and the interactive chart's JSON."""
    chart = specified(contract, figures, name)
    return (*cleaned(name, draw(name, chart.wide, chart.narrow, chart.locale)), chart.interactive)


def pictures(one):
    """The pictures that there are, of what `parts` gives."""
    return [picture for picture in one[:2] if picture is not None]


def every(contract, locale="en_US", currency="USD"):
    return {name: parts(contract, NumberFormat(locale, currency), name) for name in names(contract)}


@pytest.fixture(scope="module")
def drawn(contracts):
    return {case: every(contracts[case]) for case in CASES}


@pytest.mark.parametrize("case", CASES)
def test_every_name_has_its_pictures_and_an_interactive_chart(contracts, drawn, case):
    assert list(drawn[case]) == list(names(contracts[case]))
    alone = crowded(contracts[case])
    for name, (wide, narrow, spec) in drawn[case].items():
        assert size(narrow)[0] <= NARROWEST
        assert set(json.loads(spec)) == {"narrow", "formatLocale"} | (set() if name in alone else {"wide"})
        assert (wide is None) is (name in alone)
        assert wide is None or size(wide)[0] <= WIDEST


def test_only_of_charts_that_stand_three_abreast_is_there_no_wide_picture(contracts):
    contract = contracts["ordinary"]
    spreads, compared = contract.exploration.distributions, contract.exploration.comparisons
    assert {one.by for one in compared}
    assert crowded(contract)
    for name in crowded(contract):
        by = f"-by-{name.partition('-by-')[2]}" if "-by-" in name else ""
        beside = [each for each in names(contract) if each.startswith(name.partition("-")[0]) and each.endswith(by)]
        assert len(beside) >= 3
    few = contract.exploration.model_copy(update={"distributions": spreads[:2], "comparisons": compared[:2]})
    assert not crowded(contract.model_copy(update={"exploration": few}))


@pytest.mark.parametrize("case", CASES)
def test_colours_are_the_stylesheets_and_there_is_no_style_of_its_own(drawn, case):
    for one in drawn[case].values():
        for picture in pictures(one):
            assert not PAINT.search(picture)
            assert "style=" not in picture
            assert "<style" not in picture


def test_ids_do_not_clash_on_a_page_with_every_chart(drawn):
    found = [
        one
        for parts in drawn["ordinary"].values()
        for svg in pictures(parts)
        for one in re.findall(r' id="([^"]+)"', svg)
    ]
    assert len(found) == len(set(found))


def test_hostile_words_stay_text(drawn):
    for one in drawn["hostile"].values():
        for picture in pictures(one):
            assert {etree.QName(element).localname for element in etree.fromstring(picture).iter()} <= {
                "svg", "g", "path", "line", "text", "rect", "circle", "defs", "clipPath",
            }  # fmt: skip
        assert "<" not in one[2]


def test_every_segment_is_named_on_the_map_or_in_its_row(contracts, drawn):
    told = (
        "segment-map",
        "segment-sizes",
        "segment-profiles",
        "segment-ranges",
        "segment-evaluation",
    )
    for name in told:
        for picture in drawn["ordinary"][name][:2]:
            texts = " ".join(etree.fromstring(picture).itertext())
            assert not [one.name for one in contracts["ordinary"].segments if one.name not in texts], name


def test_the_same_contract_gives_the_same_bytes(contracts, drawn):
    assert every(contracts["ordinary"]) == drawn["ordinary"]


def test_a_public_tables_pictures_hold_no_single_customers(contracts, drawn):
    spec = json.loads(drawn["public"]["segment-map"][2])
    assert max(len(rows) for rows in spec["wide"]["datasets"].values()) == len(contracts["public"].segments)


def test_figures_follow_the_locale(contracts):
    _, narrow, _ = parts(contracts["ordinary"], NumberFormat("de_DE", "EUR"), "distribution-annual-income")
    texts = " ".join(etree.fromstring(narrow).itertext())
    assert re.search(r"\d\.000\s€", texts)


def test_pictures_weigh_little(drawn):
    import gzip  # noqa: PLC0415

    weights = {name: len(gzip.compress(pictures(one)[0].encode())) for name, one in drawn["ordinary"].items()}
    assert max(weights.values()) < 6000, weights


def test_captions_and_pictures_go_by_the_same_names(contracts, drawn, figures):
    for case in CASES:
        assert list(captions(contracts[case], figures)) == list(drawn[case])


def test_without_points_the_map_shows_each_segment_where_its_middle_half_lies(contracts):
    contract = contracts["public"]
    assert contract.exploration.points is None
    spec = specified(contract, NumberFormat("en_US", "USD"), "segment-map").wide
    boxes = [row for rows in spec["datasets"].values() for row in rows if "x1" in row and "y1" in row]
    assert {row["s"] for row in boxes} == {segment.id for segment in contract.segments}
    for row in boxes:
        assert row["x1"] <= row["x"] <= row["x2"]
        assert row["y1"] <= row["y"] <= row["y2"]


def test_a_brush_is_offered_only_where_a_mark_says_where_its_customers_are(contracts):
    contract = contracts["public"]
    chart_map = contract.exploration.map
    whole = chart_map.bins[0].model_copy(update={"x1": max(one.x1 for one in chart_map.bins)})
    coarse = chart_map.model_copy(update={"bins": (*chart_map.bins, whole.model_copy(update={"x0": -1000.0}))})
    exploration = contract.exploration.model_copy(update={"map": coarse})
    assert "brush" not in names(contract.model_copy(update={"exploration": exploration}))


def test_who_has_a_gap_has_no_mark_and_lies_in_no_box(contracts):
    contract = contracts["ordinary"]
    chart_map, points = contract.exploration.map, dict(contract.exploration.points)
    size = len(points["segment"])
    points[chart_map.x] = (None, *points[chart_map.x][1:])
    points[chart_map.y] = (*points[chart_map.y][:-1], None)
    exploration = contract.exploration.model_copy(update={"points": points})
    some = contract.model_copy(update={"exploration": exploration})
    formats = NumberFormat("en_US", "USD")
    marks = [row for rows in _rows(some, "segment-map") for row in rows if "tip" in row and "n" in row]
    assert len(marks) == size - 2
    drawn = parts(some, formats, "brush")[0]
    assert drawn.count("<path") == parts(contract, formats, "brush")[0].count("<path") - 2
    assert '{"filter":"isValid(datum.x) && isValid(datum.y)"}' in json.dumps(
        specified(some, formats, "brush").wide, separators=(",", ":")
    )
    assert "isValid" not in json.dumps(specified(contract, formats, "brush").wide)


def test_the_map_says_whose_marks_it_has(contracts, figures):
    contract = contracts["ordinary"]
    assert "Each mark is one customer," in captions(contract, figures)["segment-map"].subtitle
    chart_map = contract.exploration.map
    features = tuple(
        one.model_copy(update={"missing": 2 * (one.name == chart_map.y)}) for one in contract.data.features
    )
    some = contract.model_copy(update={"data": contract.data.model_copy(update={"features": features})})
    assert (
        "Each mark is one customer whose annual income and spending score are both known."
        in captions(some, figures)["segment-map"].subtitle
    )


def _rows(contract: Contract, name: str) -> Iterable[list[dict]]:
    return specified(contract, NumberFormat("en_US", "USD"), name).wide["datasets"].values()
