"""The page that says how to read the site leads to every page that there is, and to no other."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from analysis.configuration import Configuration
from analysis.contract import Contract
from report.markup.blocks import as_html
from report.site.own_pages import own_pages
from report.site.site_source import blocks_of, every_page, site_source
from report.views.story import Story
from tests.report.views.conftest import Tell, changed


def page(story: Story) -> html.HtmlElement:
    found = next(one for one in every_page(story, {}) if one.path == "about")
    return html.fragment_fromstring(as_html(blocks_of(found)), create_parent="main")


def test_it_says_what_each_page_of_the_site_answers(tell: Tell) -> None:
    story = tell()
    linked = page(story).xpath("//table//a/@href")
    assert linked == ["index.html", "segments.html", "explore.html", "method.html", "data.html", "glossary.html"]
    assert [tuple(cell.text_content() for cell in row) for row in page(story).xpath("//tbody/tr")] == [
        ("Overview", "Who are our customers, and where do we start?"),
        ("Segments", "How do the segments compare?"),
        ("A page for each segment", "Who are they, what do we do for them, and what can we spend?"),
        ("Explore", "What is in the table, before any segmentation?"),
        ("Method", "How were the segments found, and how reliable are they?"),
        ("Data", "How good is the table, and where can I download the figures?"),
        ("Glossary", "What does a term mean?"),
    ]


def test_it_speaks_of_actions_where_there_are_some(tell: Tell, mall_contract: Contract) -> None:
    with_some = page(tell()).text_content()
    assert (
        "Start with the Overview: it shows the segments and what to do first. Then open the page of the segment you "
        "are responsible for, and choose one action with its KPI. Before you quote a figure to others, read “How "
        "sure we are”." in with_some
    )
    assert "Test an action before you roll it out" in with_some
    without = page(tell(segments=changed(mall_contract.segments, recommendations=[()] * 6))).text_content()
    assert (
        "Start with the Overview: it shows the segments. Then open the page of the segment you are responsible for. "
        "Before you quote a figure to others, read “How sure we are”." in without
    )
    assert "action" not in without
    assert "Who are our customers?" in without
    assert "Who are they, and what can we spend?" in without
    assert "Test an action before you roll it out" not in without


def test_an_analysts_page_of_that_name_takes_its_place(
    mall: Configuration, mall_contract: Contract, tmp_path: Path
) -> None:
    ours = site_source(mall_contract, mall, {}, {})
    assert "What each page is for" in str(ours["about.qmd"])
    (tmp_path / "about.qmd").write_text("---\ntitle: About us\n---\n\nWho we are.\n")
    theirs = site_source(mall_contract, mall, {}, {}, own=own_pages(tmp_path))
    assert theirs["about.qmd"] == "---\ntitle: About us\n---\n\nWho we are.\n"
    navigation = str(theirs["_quarto.yml"])
    assert (navigation.count("about.qmd"), navigation.count("About us")) == (2, 1)


def test_it_asks_for_no_cost_where_there_is_no_budget(tell: Tell, mall_contract: Contract) -> None:
    without = page(tell(segments=changed(mall_contract.segments, budget=[None] * 6)))
    assert "Who are they, and what do we do for them?" in without.text_content()
    assert "spend?" not in without.text_content()
