"""Every page, in both schemes, wide and narrow: loads clean, stays at home, passes axe, overflows nowhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIRST_VISIT = 100_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_loads_clean_and_passes_axe(open_page, pages, address, scheme):
    for path in pages:
        visit = open_page(path, scheme=scheme)
        visit.page.wait_for_load_state("networkidle")
        results = Axe().run(visit.page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        found = [
            f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:160]}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]
        assert not found, f"{path} ({scheme}):\n" + "\n".join(found)
        assert not visit.problems, f"{path} ({scheme}): {visit.problems}"
        origin = urlsplit(address).netloc
        assert {urlsplit(url).netloc for url in visit.requests if url.startswith("http")} == {origin}, path


def test_no_page_is_wider_than_the_screen(open_page, pages):
    page = open_page("index.html").page
    for path in pages:
        page.goto(page.url.rsplit("/repo/", 1)[0] + f"/repo/{path}")
        for width in (320, 375, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"


def test_a_long_category_beside_withheld_figures_fits_a_phone(open_page, pages):
    path = next(each for each in pages if each.startswith("segments/budget"))
    page = open_page(path, width=375).page
    over = page.evaluate("""() => {
        const table = document.querySelector(".sa-mix");
        table.querySelector("tbody th").textContent = "Sales representatives";
        table.querySelectorAll("tbody tr:first-child td").forEach((cell) => { cell.textContent = "withheld"; });
        return table.getBoundingClientRect().right - table.parentElement.getBoundingClientRect().right;
    }""")
    assert over <= 0.5
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_long_name_among_neighbours_fits_a_phone(open_page, pages):
    """A card hides what is wider than itself, so that the sentences in it would be cut."""
    path = next(each for each in pages if each.startswith("segments/budget"))
    over = open_page(path, width=375).page.evaluate("""() => {
        const link = document.querySelector("a.sa-seg").cloneNode(true);
        link.append(" Very many purchases installments frequency and more");
        const leans = document.createElement("span");
        leans.className = "sa-leans";
        leans.append(link);
        const list = document.querySelector(".sa-measures");
        list.querySelector("dd > span").append(leans);
        const inside = [...list.querySelectorAll("*")].map((each) => each.getBoundingClientRect().right);
        return Math.max(...inside) - list.getBoundingClientRect().right;
    }""")
    assert over <= 0.5


@pytest.mark.parametrize("width", [320, 375])
def test_what_changed_is_in_sight_on_a_phone(open_page, width):
    """Segment, share and change: nothing of the table has to be scrolled to."""
    over = open_page("changes.html", width=width).page.evaluate("""() => {
        const table = document.querySelector(".sa-changes");
        const edge = table.parentElement.getBoundingClientRect().right;
        const over = (cell) => Math.max(cell.getBoundingClientRect().right - edge, cell.scrollWidth - cell.offsetWidth);
        return Math.max(...[...table.querySelectorAll("th, td")].map(over));
    }""")
    assert over <= 0.5


def test_a_first_visit_weighs_little_and_loads_no_vega(open_page, pages):
    for path in pages:
        visit = open_page(path)
        visit.page.wait_for_load_state("networkidle")
        weight = sum(visit.weights.values())
        assert weight <= FIRST_VISIT, f"{path}: {weight} bytes, {visit.weights}"
        assert not [url for url in visit.weights if "vega" in url], path


def test_words_of_neighbouring_parts_stay_apart_where_search_reads_them(open_page, pages):
    for path in pages:
        glued = open_page(path).page.evaluate(GLUED)
        assert not glued, f"{path}: {glued}"


@pytest.mark.parametrize("width", [375, 1280])
def test_no_text_in_a_picture_is_clipped_or_overlaps(open_page, pages, width):
    for path in pages:
        page = open_page(path, width=width).page
        page.evaluate(LOADED)
        clipped, overlapping = page.evaluate(CLIPPED), page.evaluate(OVERLAPPING)
        assert not clipped, f"{path} at {width}: {clipped}"
        assert not overlapping, f"{path} at {width}: {overlapping}"


# `document.fonts.ready` is true as well of fonts that nobody has asked for yet.
LOADED = "Promise.all([...document.fonts].map(font => font.load()))"

# Text that reaches more than a hair beyond its picture, among the pictures that are shown.
CLIPPED = """() => [...document.querySelectorAll('figure svg')]
.filter(svg => svg.getClientRects().length).flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => text.textContent.trim()).filter(text => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 2 || box.right > frame.right + 2
      || box.top < frame.top - 2 || box.bottom > frame.bottom + 2;
  }).map(text => text.textContent);
})"""


# Pairs of texts whose boxes share more than a sliver.
OVERLAPPING = """() => [...document.querySelectorAll('figure svg')]
.filter(svg => svg.getClientRects().length).flatMap(svg => {
  const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim());
  const boxes = texts.map(text => text.getBoundingClientRect());
  const found = [];
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const width = Math.min(boxes[i].right, boxes[j].right) - Math.max(boxes[i].left, boxes[j].left);
    const height = Math.min(boxes[i].bottom, boxes[j].bottom) - Math.max(boxes[i].top, boxes[j].top);
    const halo = texts[i].textContent === texts[j].textContent;  // a label stands on its own outline
    if (width > 2 && height > 4 && !halo) found.push(texts[i].textContent + ' / ' + texts[j].textContent);
  }
  return found;
})"""


def test_without_javascript_every_figure_shows_picture_and_table(open_page, pages):
    figures = 0
    for path in pages:
        page = open_page(path, javascript=False).page
        for figure in page.locator("figure[data-chart]").all():
            figures += 1
            shown = [svg for svg in figure.locator("svg").all() if svg.is_visible()]
            assert len(shown) == 1, path
            figure.locator("summary").click()
            assert figure.locator("table").is_visible(), path
            assert figure.locator("tbody tr").count() >= 1, path
            assert not any(button.is_visible() for button in figure.locator("button, select").all()), path
    assert figures >= 15


@pytest.mark.parametrize("path", ["nowhere.html", "segments/gone.html", "data/gone", "some/where/else/"])
def test_the_page_not_found_finds_the_site_from_any_depth(open_page, address, path):
    page = open_page(path).page
    page.wait_for_function("getComputedStyle(document.querySelector('.sa-bar')).position === 'sticky'")
    assert page.evaluate("document.documentElement.dataset.js") == ""
    assert page.evaluate("document.querySelectorAll('.sa-nav a')[1].href") == f"{address}/segments.html"
    page.get_by_role("main").get_by_role("link", name="overview").click()
    page.wait_for_url(f"{address}/index.html")
    assert page.get_by_role("heading", level=1).is_visible()


def test_without_javascript_the_page_not_found_is_right_at_the_top_level(open_page, address):
    page = open_page("nowhere.html", javascript=False).page
    assert page.evaluate("getComputedStyle(document.querySelector('.sa-bar')).position") == "sticky"
    page.get_by_role("main").get_by_role("link", name="overview").click()
    page.wait_for_url(f"{address}/index.html")


GLUED = """() => {
  const apart = "td, th, dt, dd, li, p, h1, h2, h3, h4, small, div, figcaption, caption, summary, tr, .sa-tags span";
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const glued = [];
  for (let before = null, text; (text = texts.nextNode());) {
    if (text.parentElement.closest("svg, script, style")) continue;
    const parted = before && before.parentElement.closest(apart) !== text.parentElement.closest(apart);
    if (parted && /\\S$/.test(before.data) && /^\\S/.test(text.data)) glued.push(before.data + text.data);
    before = text;
  }
  return glued;
}"""
