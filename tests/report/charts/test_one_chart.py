import re
from pathlib import Path

import pytest
from lxml import html

import report
from report.charts.drawing_process import Picture
from report.charts.registry import captions
from report.markup.templates import components

ASSETS = Path(report.__file__).parent / "assets"
PICTURE = Picture('<svg viewBox="0 0 640 300"></svg>', '<svg viewBox="0 0 320 300"></svg>', "{}")


def drawn(caption, root=""):
    return str(components().get_template("one_chart.html.j2").module.one_chart(caption, PICTURE, root))


@pytest.fixture
def segment_map(contracts, figures):
    return html.fragment_fromstring(drawn(captions(contracts["ordinary"], figures)["segment-map"], "../"))


def test_the_figure_says_what_it_shows(segment_map):
    picture = segment_map.find_class("sa-picture")[0]
    assert picture.get("role") == "img"
    assert "scatter plot" in picture.get("aria-label")
    assert segment_map.get("data-chart") == "../charts/segment-map.json"
    assert segment_map.findtext("figcaption/strong").endswith(".")
    assert [child.get("class") for child in picture] == ["sa-wide", "sa-narrow"]


def test_the_numbers_are_a_table_that_can_be_scrolled_by_keyboard(segment_map):
    region = segment_map.find_class("sa-scroll")[0]
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert region.get("aria-label").startswith("Numbers: ")
    assert {cell.get("scope") for cell in region.iterfind(".//thead//th")} == {"col"}
    assert {cell.get("scope") for cell in region.iterfind(".//tbody//th")} == {"row"}
    assert len(region.findall(".//tbody/tr")) == 6
    assert region.find(".//caption").text


def test_controls_wait_for_scripts(segment_map):
    controls = segment_map.find_class("sa-controls")[0]
    assert "hidden" in controls.attrib
    buttons = controls.findall(".//button")
    assert [button.get("aria-pressed") for button in buttons] == ["false"] * 6
    assert [button.get("value") for button in buttons] == ["1", "2", "3", "4", "5", "6"]


def test_choices_carry_field_names_and_formats(contracts, figures):
    figure = html.fragment_fromstring(drawn(captions(contracts["ordinary"], figures)["brush"]))
    options = figure.findall(".//select[@data-param='across']/option")
    assert [option.get("value") for option in options] == ["f0", "f1", "f2"]
    assert options[0].get("data-format") == "$,.0f"
    assert [option.text for option in options if "selected" in option.attrib] == ["Annual income"]


def test_hostile_words_stay_text(contracts, figures):
    for caption in captions(contracts["hostile"], figures).values():
        text = drawn(caption)
        figure = html.fragment_fromstring(text)
        assert not figure.findall(".//script")
        assert "{{<" not in text
        assert not [
            name for element in figure.iter() for name in element.attrib if name.startswith("on") or name == "style"
        ]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_figures_in_heat_maps_can_be_read_on_every_step(scheme):
    context = (ASSETS / "charts.css").read_text(encoding="utf-8")
    found = re.findall(r"--sa-div-(ink-)?(\d): light-dark\((#\w+), (#\w+)\)", context)
    colours = {(bool(ink), int(step)): pair[scheme] for ink, step, *pair in found}
    assert len(colours) == 14
    for step in range(1, 8):
        assert contrast(colours[False, step], colours[True, step]) >= 4.5, step


def test_the_script_needs_nothing_that_a_strict_policy_forbids():
    script = (ASSETS / "charts.js").read_text(encoding="utf-8")
    for word in ("eval(", "new Function", "innerHTML", 'setAttribute("style"', "document.write", "http:", "https:"):
        assert word not in script


def test_the_font_is_small_and_comes_with_its_licence():
    fonts = ASSETS / "fonts"
    assert (fonts / "Inter.woff2").stat().st_size <= 36_000
    assert "SIL Open Font License" in (fonts / "LICENSE.txt").read_text(encoding="utf-8")
    assert (fonts / "README.md").is_file()
