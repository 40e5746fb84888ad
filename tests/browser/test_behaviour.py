"""What a reader does: touch a chart, pick a segment, search, switch the scheme, use the keyboard, open from disk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
BETWEEN_DOWNLOADS = 150
"""Milliseconds. Chromium drops, without a word, what a page is asked to download beyond ten files in one second
(`LocalFrame::ShouldThrottleDownload`); nobody clicks so fast."""


def test_every_chart_becomes_interactive(open_page, pages):
    for path in pages:
        visit = open_page(path)
        figures = visit.page.locator("figure[data-chart]")
        for index in range(figures.count()):
            figure = figures.nth(index)
            figure.scroll_into_view_if_needed()
            figure.hover()
            expect(figure).to_have_attribute("data-interactive", "true", timeout=15_000)
        assert not visit.problems, f"{path}: {visit.problems}"
        assert sum("vega.js" in url for url in visit.requests) <= 1, path


def test_an_interactive_chart_takes_the_dark_colours(open_page):
    visit = open_page("index.html", scheme="dark")
    figure = visit.page.locator("figure[data-chart]").first
    figure.hover()
    expect(figure).to_have_attribute("data-interactive", "true", timeout=15_000)
    fills = figure.evaluate("figure => [...figure.querySelectorAll('svg text')].map(t => getComputedStyle(t).fill)")
    assert fills
    assert not [fill for fill in fills if fill in {"rgb(0, 0, 0)", "#000"}]


def test_the_segment_maps_buttons_pick_a_segment(open_page):
    visit = open_page("index.html")
    figure = visit.page.locator("figure[data-chart*='segment-map']")
    button = figure.get_by_role("button", name="Cautious Spenders")
    figure.scroll_into_view_if_needed()
    figure.hover()
    expect(figure).to_have_attribute("data-interactive", "true", timeout=15_000)
    before = _faded(figure)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    visit.page.wait_for_timeout(200)
    assert _faded(figure) > before + 100
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    visit.page.wait_for_timeout(200)
    assert _faded(figure) == before
    assert not visit.problems


def _faded(figure) -> int:
    """Marks drawn fainter than half."""
    return figure.evaluate(
        """figure => [...figure.querySelectorAll('svg path, svg circle')]
        .filter(mark => Number(getComputedStyle(mark).opacity) * Number(getComputedStyle(mark).fillOpacity) < .5
                        && mark.getAttribute('aria-roledescription') !== 'group').length"""
    )


def test_search_finds_loyalty(open_page):
    visit = open_page("method.html")
    visit.page.get_by_role("button", name="Search").click()
    box = visit.page.get_by_role("searchbox")
    expect(box).to_be_focused()
    box.fill("loyalty")
    result = visit.page.locator("dialog a").first
    expect(result).to_be_visible(timeout=15_000)
    expect(visit.page.get_by_role("status")).to_have_text(re.compile(r"Pages found: \d+(; the best 8 are listed)?$"))
    result.click()
    visit.page.wait_for_load_state()
    assert "loyal" in visit.page.get_by_role("main").inner_text().lower()
    assert not visit.problems


def test_search_says_so_when_nothing_is_found(open_page):
    visit = open_page("index.html")
    visit.page.keyboard.press("/")
    visit.page.get_by_role("searchbox").fill("zyxwvutsrq")
    expect(visit.page.get_by_role("status")).to_have_text(
        "Nothing found for “zyxwvutsrq”. Try fewer or other words.", timeout=15_000
    )
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("dialog")).to_be_hidden()


def test_the_scheme_is_remembered(open_page):
    page = open_page("index.html", scheme="light").page
    switch = page.locator("[data-sa-scheme]")
    for _ in range(3):
        switch.click()
        if page.evaluate("document.documentElement.dataset.scheme") == "dark":
            break
    expect(switch).to_have_attribute("aria-label", "Colour scheme: dark")
    expect(switch).to_have_attribute("title", "Colour scheme: dark. Switch to automatic.")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.goto(page.url.replace("index.html", "data.html"))
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    assert page.evaluate(paper) == dark


def test_the_keyboard_skips_to_the_content(open_page):
    page = open_page("segments.html").page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_opened_from_disk_the_site_stays_readable_and_quiet(open_page, site, pages):
    for path in pages:
        visit = open_page(path, base=f"file://{site}")
        figures = visit.page.locator("figure[data-chart]")
        if figures.count():
            figures.first.hover()
            visit.page.wait_for_timeout(300)
            assert any(svg.is_visible() for svg in figures.first.locator("svg").all())
        expect(visit.page.locator("h1")).to_be_visible()
        assert not visit.problems, f"{path}: {visit.problems}"


def test_printed_pages_show_pictures_and_no_furniture(open_page):
    page = open_page("index.html").page
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Search")).to_be_hidden()
    assert any(svg.is_visible() for svg in page.locator("figure svg").all())


def test_downloads_are_there(open_page, site):
    page = open_page("data.html").page
    links = page.locator(".sa-downloads a").all()
    assert links
    for link in links:
        with page.expect_download() as download:
            link.click()
        offered = site / str(link.get_attribute("href"))
        assert download.value.suggested_filename == offered.name
        assert download.value.path().read_bytes() == offered.read_bytes()
        page.wait_for_timeout(BETWEEN_DOWNLOADS)


def shown(page) -> list[str]:
    return [panel.inner_text().split()[0] for panel in page.locator(".sa-tab").all() if panel.is_visible()]


def test_tabs_open_by_click_key_and_link(open_page):
    page = open_page("everything.html").page
    assert shown(page) == ["Sun."]
    tabs = page.get_by_role("tablist").get_by_role("tab")
    assert [tab.inner_text() for tab in tabs.all()] == ["North", "South"]
    tabs.nth(0).click()
    assert shown(page) == ["Snow,"]
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["Sun."]
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["Snow,"]
    page.get_by_role("link", name="the second tab").click()
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")  # the address changes first, the tab a moment later
    assert shown(page) == ["Sun."]
    assert tabs.nth(0).get_attribute("tabindex") == "-1"


def test_without_javascript_and_on_paper_every_tab_is_there(open_page):
    page = open_page("everything.html", javascript=False).page
    assert shown(page) == ["North", "South"]
    printed = open_page("everything.html").page
    printed.emulate_media(media="print")
    assert shown(printed) == ["North", "South"]
    assert not printed.get_by_role("tablist").is_visible()
