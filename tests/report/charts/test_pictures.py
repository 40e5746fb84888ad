import json
import re

import pytest
from lxml import etree

from report.captions import captions
from report.charts.drawing import draw
from report.charts.registry import names
from report.charts.svg import size

CASES = ("ordinary", "two segments", "ten segments", "one column", "public", "hostile")
PAINT = re.compile(r"(?:fill|stroke)=\"(?!none|transparent|var\(--sa-[\w-]+\))")
WIDEST, NARROWEST = 660, 345


def every(contract, locale="en_US", currency="USD"):
    text = contract.model_dump_json()
    return {name: draw(text, locale, currency, name) for name in names(contract)}


@pytest.fixture(scope="module")
def drawn(contracts):
    return {case: every(contracts[case]) for case in CASES}


@pytest.mark.parametrize("case", CASES)
def test_every_name_has_two_pictures_and_an_interactive_chart(contracts, drawn, case):
    assert list(drawn[case]) == list(names(contracts[case]))
    for wide, narrow, spec in drawn[case].values():
        assert size(wide)[0] <= WIDEST
        assert size(narrow)[0] <= NARROWEST
        assert set(json.loads(spec)) == {"wide", "narrow", "formatLocale"}


@pytest.mark.parametrize("case", CASES)
def test_colours_are_the_stylesheets_and_there_is_no_style_of_its_own(drawn, case):
    for wide, narrow, _ in drawn[case].values():
        for picture in (wide, narrow):
            assert not PAINT.search(picture)
            assert "style=" not in picture
            assert "<style" not in picture


def test_ids_do_not_clash_on_a_page_with_every_chart(drawn):
    found = [
        one for parts in drawn["ordinary"].values() for svg in parts[:2] for one in re.findall(r' id="([^"]+)"', svg)
    ]
    assert len(found) == len(set(found))


def test_hostile_words_stay_text(drawn):
    for wide, narrow, spec in drawn["hostile"].values():
        for picture in (wide, narrow):
            assert {etree.QName(element).localname for element in etree.fromstring(picture).iter()} <= {
                "svg", "g", "path", "line", "text", "rect", "circle", "defs", "clipPath",
            }  # fmt: skip
        assert "<" not in spec


def test_every_segment_is_named_on_the_map_or_in_its_row(contracts, drawn):
    for name in ("segment-map", "segment-sizes", "segment-heatmap", "segment-ranges", "segment-quality"):
        for picture in drawn["ordinary"][name][:2]:
            texts = " ".join(etree.fromstring(picture).itertext())
            assert not [one.name for one in contracts["ordinary"].segments if one.name not in texts], name


def test_the_same_contract_gives_the_same_bytes(contracts, drawn):
    assert every(contracts["ordinary"]) == drawn["ordinary"]


def test_a_public_tables_pictures_hold_no_single_customers(contracts, drawn):
    spec = json.loads(drawn["public"]["segment-map"][2])
    counted = sum(row["n"] for rows in spec["wide"]["datasets"].values() for row in rows if "n" in row)
    assert counted == contracts["public"].data.rows_used
    assert max(len(rows) for rows in spec["wide"]["datasets"].values()) < counted / 2


def test_figures_follow_the_locale(contracts):
    wide, _, _ = draw(contracts["ordinary"].model_dump_json(), "de_DE", "EUR", "distribution-annual-income")
    texts = " ".join(etree.fromstring(wide).itertext())
    assert re.search(r"\d\.000\s€", texts)


def test_pictures_weigh_little(drawn):
    import gzip  # noqa: PLC0415

    weights = {name: len(gzip.compress(parts[0].encode())) for name, parts in drawn["ordinary"].items()}
    assert max(weights.values()) < 6000, weights


def test_captions_and_pictures_go_by_the_same_names(contracts, drawn, figures):
    for case in CASES:
        assert list(captions(contracts[case], figures)) == list(drawn[case])
