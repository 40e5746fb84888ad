"""The page that says how to read the site leads to every page that there is, and to no other."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from analysis.configuration import Configuration
from analysis.contract import Contract
from report.markup.blocks import as_html
from report.site.own_pages import own_pages
from report.site.site_source import blocks_of, every_page, site_source
from report.views.about import about
from report.views.story import Story
from tests.report.views.conftest import Tell, changed


def page(story: Story) -> html.HtmlElement:
    return html.fragment_fromstring(as_html(blocks_of(about(story))), create_parent="main")


def test_it_says_what_each_page_of_the_site_answers(tell: Tell) -> None:
    story = tell()
    linked = page(story).xpath("//table//a/@href")
    assert linked == ["index.html", "segments.html", "explore.html", "method.html", "data.html", "glossary.html"]
    others = {f"{one.path}.html" for one in every_page(story, {}) if one.navigation and one.path != "about"}
    assert {*linked} == others


def test_it_speaks_of_actions_where_there_are_some(tell: Tell, mall_contract: Contract) -> None:
    with_some = page(tell()).text_content()
    assert "what was found and what to do first. Open" in with_some
    assert "take one action from it with its measure" in with_some
    assert "Try it on a part first" in with_some
    without = page(tell(segments=changed(mall_contract.segments, recommendations=[()] * 6))).text_content()
    assert (
        "Read the overview for what was found. Open the page of the segment you are responsible for. Before" in without
    )
    assert "action" not in without
    assert "Try it on a part first" not in without


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
