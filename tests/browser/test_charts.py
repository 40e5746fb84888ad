"""The script, the component and the specifications together, under a strict policy, in a real browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile
from pathlib import Path

import pytest

import report
from analysis.wording.number_format import NumberFormat
from report.charts.bundle import vega_bundle
from report.charts.drawing import draw
from report.charts.drawing_process import Picture
from report.charts.registry import captions
from report.charts.specification import specified
from report.charts.svg import cleaned
from report.markup.templates import components

pytestmark = pytest.mark.browser
ASSETS = Path(report.__file__).parent / "assets"
SHOWN = ("segment-map", "distribution-annual-income", "brush")
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'"
HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}; img-src data:">'
    '<title>Charts</title><link rel="stylesheet" href="assets/atlas.css">'
    '<link rel="stylesheet" href="assets/charts.css">'
    '<script src="assets/charts.js" defer></script></head><body><main>'
)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def charts_alone(tmp_path_factory, mall_contract) -> Iterator[str]:
    """A page with nothing but three charts, served on the loopback."""
    root = tmp_path_factory.mktemp("site")
    (root / "charts").mkdir()
    shutil.copytree(ASSETS, root / "assets")
    (root / "assets" / "vega.js").write_text(vega_bundle(), encoding="utf-8")
    formats = NumberFormat("en_US", "USD")
    words, body = captions(mall_contract, formats), ""
    figure = components().get_template("one_chart.html.j2").module.one_chart
    for name in SHOWN:
        chart = specified(mall_contract, formats, name)
        picture = Picture(*cleaned(name, draw(name, chart.wide, chart.narrow, chart.locale)), chart.interactive)
        (root / "charts" / f"{name}.json").write_text(picture.spec, encoding="utf-8")
        body += str(figure(words[name], picture, ""))
    (root / "index.html").write_text(f"{HEAD}{body}</main></body></html>", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser, charts_alone):
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    opened = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.asked = asked
    opened.goto(charts_alone)
    yield opened
    context.close()
    assert said == []


def interactive(page, name):
    page.locator(f"#figure-{name}").scroll_into_view_if_needed()
    page.hover(f"#figure-{name} figcaption")
    page.wait_for_selector(f"#figure-{name}[data-interactive=true]", timeout=30_000)
    return page.locator(f"#figure-{name} .sa-live svg").first


def test_nothing_is_loaded_before_a_chart_is_touched_and_one_bundle_after(page):
    page.wait_for_timeout(300)
    assert not [url for url in page.asked if url.endswith(("vega.js", ".json"))]
    interactive(page, "segment-map")
    interactive(page, "brush")
    assert len([url for url in page.asked if url.endswith("vega.js")]) == 1


def test_the_page_does_not_jump_when_pictures_come_alive(page):
    before = page.evaluate("document.documentElement.scrollHeight")
    for name in SHOWN:
        interactive(page, name)
    assert abs(page.evaluate("document.documentElement.scrollHeight") - before) <= 2


def test_only_one_name_is_added_to_the_page(page):
    before = set(page.evaluate("Object.keys(window)"))
    interactive(page, "segment-map")
    added = {name for name in page.evaluate("Object.keys(window)") if name not in before}
    assert added == {"segmentAtlasVega"}


def faint(page) -> int:
    return page.locator('#figure-segment-map .sa-live .mark-symbol path[opacity="0.08"]').count()


def test_buttons_and_marks_both_choose_segments(page):
    chart = interactive(page, "segment-map")
    assert faint(page) == 0
    page.click("#figure-segment-map .sa-chip >> nth=0")
    page.wait_for_function(
        "document.querySelectorAll('#figure-segment-map .sa-live path[opacity=\"0.08\"]').length > 0"
    )
    chart.locator('.mark-symbol path:not([opacity="0.08"])').first.click(force=True)
    assert page.get_attribute("#figure-segment-map .sa-chip >> nth=0", "aria-pressed") == "false"
    page.wait_for_function("!document.querySelector('#figure-segment-map .sa-live path[opacity=\"0.08\"]')")


def test_a_tooltip_writes_the_figures_as_the_page_does(page):
    chart = interactive(page, "segment-map")
    chart.locator(".mark-symbol path").first.hover(force=True)
    tooltip = page.locator("#vg-tooltip-element.visible")
    tooltip.wait_for()
    assert "Annual income: $" in tooltip.inner_text()


def counts(page) -> list[str]:
    """The figures beside the bars: what stands last in the drawing."""
    texts = page.locator("#figure-brush .sa-live svg text").all_text_contents()
    return list(takewhile(str.isdigit, reversed(texts)))


def test_a_box_filters_the_bars_and_can_be_cleared(page):
    chart = interactive(page, "brush")
    whole = counts(page)
    box = chart.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 220, steps=6)
    page.mouse.up()
    page.wait_for_timeout(400)
    inside = counts(page)
    assert inside
    assert sum(map(int, inside)) < sum(map(int, whole))
    page.click("#figure-brush .sa-reset")
    page.wait_for_timeout(1000)
    assert counts(page) == whole


@pytest.mark.parametrize("width", [375, 700, 1100])
def test_a_brush_keeps_to_its_box_and_its_counts_beside_their_bars(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    chart = interactive(page, "brush").bounding_box()
    frame = page.locator("#figure-brush .sa-picture").bounding_box()
    assert chart["width"] <= frame["width"] + 1
    assert chart["x"] + chart["width"] <= frame["x"] + frame["width"] + 1
    still = page.locator(f"#figure-brush .sa-{'narrow' if width == 375 else 'wide'}").bounding_box()
    assert abs(chart["height"] - still["height"]) <= 2
    bars = page.locator("#figure-brush .sa-live svg .mark-rect").last.bounding_box()
    written = page.locator("#figure-brush .sa-live svg .mark-text").last
    assert len(counts(page)) == 6
    assert written.bounding_box()["x"] >= bars["x"] + bars["width"]
    assert written.bounding_box()["x"] + written.bounding_box()["width"] <= frame["x"] + frame["width"] + 1


def test_another_column_can_be_put_across(page):
    interactive(page, "brush")
    page.select_option("#figure-brush select >> nth=0", label="Age, years")
    page.wait_for_function("document.querySelector('#figure-brush .sa-live svg').textContent.includes('Age, years →')")
    assert "$" not in page.locator("#figure-brush .sa-live svg").text_content()


def test_a_phone_gets_the_narrow_drawing(page):
    page.set_viewport_size({"width": 375, "height": 800})
    interactive(page, "segment-map")
    assert page.locator("#figure-segment-map .sa-live-narrow").count() == 1
    page.set_viewport_size({"width": 1100, "height": 800})
    page.wait_for_selector("#figure-segment-map .sa-live-wide", timeout=15_000)
    assert page.locator("#figure-segment-map .sa-live").count() == 1
