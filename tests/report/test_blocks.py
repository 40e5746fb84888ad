"""A page's blocks, written for Quarto and for the built-in renderer: Pandoc makes of the one what the other is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader
from markupsafe import Markup

from report.markup import templates
from report.markup.blocks import Block, Component, Heading, Pane, Panes, as_html, as_markdown, headings
from report.render import pandoc
from report.render.document import outline
from report.site.site_source import blocks_of, content_of, header_of
from report.system.effects import Disk
from report.views.explore import ExplorePage, Group
from report.views.glossary import GlossaryPage
from report.views.story import Page
from tests.report.render.conftest import Recorder
from tests.report.test_escape import HOSTILE, TEXTS

WHOLE = (
    Component(Markup("<p>hero</p>")),
    Heading("who", "Who they are"),
    Panes(
        (
            Pane(Heading("where", "Where & why"), (Component(Markup("<svg></svg>")), Component(Markup("<p>`</p>")))),
            Pane(Heading("what", "What to do"), ()),
        )
    ),
)


def stated(monkeypatch: pytest.MonkeyPatch, template: str) -> None:
    """The glossary's template is this one."""
    pages = templates._pages().overlay(loader=DictLoader({"glossary.j2": template}), bytecode_cache=None)
    monkeypatch.setattr(templates, "_pages", lambda: pages)


def through_pandoc(markdown: str) -> str:
    effects = Disk(Recorder())
    return pandoc.write_html(pandoc.read_markdown(markdown, "a page", effects), "a page", effects)


def test_for_quarto_html_is_raw_and_headings_are_markdown() -> None:
    assert as_markdown(WHOLE) == (
        "\n```{=html}\n<p>hero</p>\n```\n\n\n"
        "## Who they are {#who}\n\n"
        ":::: {.sa-two .sa-sections}\n"
        "::: {.sa-column}\n## Where &amp; why {#where}\n\n\n"
        "```{=html}\n<svg></svg>\n```\n\n\n\n```{=html}\n<p>&#96;</p>\n```\n\n:::\n\n\n"
        "::: {.sa-column}\n## What to do {#what}\n:::\n\n"
        "::::\n"
    )


def test_for_the_built_in_renderer_all_is_html() -> None:
    assert as_html(WHOLE) == (
        '<p>hero</p>\n<h2 id="who">Who they are</h2>\n<div class="sa-two sa-sections">\n'
        '<section id="where" class="sa-column">\n<h2>Where &amp; why</h2>\n<svg></svg>\n<p>&#96;</p>\n</section>\n'
        '<section id="what" class="sa-column">\n<h2>What to do</h2>\n</section>\n</div>\n'
    )
    pane = Pane(Heading("a", "A"), ())
    assert as_html((Panes((pane,), stacked=True),)).startswith('<div class="sa-one sa-sections">\n<section id="a" ')


def test_headings_come_in_the_order_of_the_page() -> None:
    assert [(one.id, one.text) for one in headings(WHOLE)] == [
        ("who", "Who they are"),
        ("where", "Where & why"),
        ("what", "What to do"),
    ]


# Quotation marks are the same characters whether they are written as such or as references.
WORDS = (TEXTS | st.sampled_from(HOSTILE)).filter(lambda text: not {"'", '"'} & {*text})
HTML = st.builds(
    lambda text, around: Component(around.format(text)),
    TEXTS | st.sampled_from(HOSTILE) | st.text(alphabet="/b`~$|*_-# \t\n\\&;[]{}=1", max_size=40),
    st.sampled_from([Markup("<p>{}</p>"), Markup("<div>\n{}\n</div>"), Markup("<pre>{}</pre>\n\n<hr>")]),
)
IDS = st.from_regex(r"[a-z]{3,8}(-[a-z]{1,5})?", fullmatch=True)
HEADING = st.builds(Heading, IDS, WORDS.filter(lambda text: text.strip() != ""))
PANE = st.builds(Pane, HEADING, st.lists(HTML, max_size=3).map(tuple))
PANES = st.builds(lambda panes: Panes(tuple(panes)), st.lists(PANE, min_size=1, max_size=2))


@settings(max_examples=60, deadline=None)
@given(st.lists(HEADING | HTML | PANES, max_size=4))
def test_pandoc_makes_the_same_of_the_markdown(blocks: list[Block]) -> None:
    assert through_pandoc(as_markdown(blocks)).strip() == as_html(blocks).strip()


@pytest.mark.parametrize(("count", "wanted", "listed"), [(2, True, 0), (3, True, 3), (5, True, 5), (5, False, 0)])
def test_the_contents_of_a_page_are_those_that_the_filter_finds(count: int, wanted: bool, listed: int) -> None:  # noqa: FBT001
    page = Page("own", "glossary", "A <title>", "A “description”", GlossaryPage("", "", []), contents=wanted)
    blocks = [Heading(f"part-{number}", f"Part *{number}*") for number in range(count)]
    content = content_of(page, blocks)
    assert len(content.headings) == listed
    assert (content.title, content.description) == ("A ‹title›", "A “description”")
    ast = pandoc.read_markdown(header_of(page) + as_markdown(blocks), "own.qmd", Disk(Recorder()))
    assert outline(ast) == content.headings


def test_a_label_from_the_data_is_words_in_either() -> None:
    label = "{{< env HOME >}} *x* <script>"
    page = ExplorePage("h", "l", more="", distributions=[], correlations=None, groups=[Group(label, [])], brush=None)
    blocks = blocks_of(Page("explore", "explore", "Explore", "", page))
    assert "## By &#123;&#123;&lt; env HOME \\>&#125;&#125;" in as_markdown(blocks).replace("\\}", "&#125;")
    assert '<h2 id="by-1">By {{&lt; env HOME &gt;}} *x* &lt;script&gt;</h2>\n' in as_html(blocks)


OUTSIDE = "Text stands outside of every block of the page: "


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ section('A', id='a') }} {{ heading }}", f"{OUTSIDE}stray heading"),
        ("# In Markdown{{ lead }}{{ terms }}", f"{OUTSIDE}# In Markdownstray lead[]"),
        ("{% call panes() %}{% call pane('A', id='a') %}{{ lead }}{% endcall %}{% endcall %}", f"{OUTSIDE}stray lead"),
        # Pandoc takes a pane's title from its first heading, where there is but one.
        ("{% call panes() %}{{ section('A', id='a') }}{% endcall %}", "A Heading stands where only a Pane can."),
        (
            "{% call panes() %}{% call pane('A', id='a') %}{{ section('B', id='b') }}{% endcall %}{% endcall %}",
            "A Heading stands where only a Component can.",
        ),
    ],
)
def test_what_stands_where_it_cannot_is_refused(monkeypatch: pytest.MonkeyPatch, template: str, said: str) -> None:
    stated(monkeypatch, template)
    with pytest.raises(ValueError, match=rf"^{re.escape(said)}$"):
        templates.page("glossary", GlossaryPage("stray heading", "stray lead", []), root="")


def test_panes_without_any_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = "{% call panes() %}{% if terms %}{% call pane('A', id='a') %}{% endcall %}{% endif %}{% endcall %}"
    stated(monkeypatch, empty)
    assert templates.page("glossary", GlossaryPage("", "", []), root="") == ()


def test_blank_lines_between_blocks_are_no_text() -> None:
    assert len(templates.page("glossary", GlossaryPage("h", "l", []), root="")) == 2
