"""The shell is one layout: filled in here for the built-in renderer, written as a template of Pandoc's for Quarto."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from report.render.document import Heading
from report.render.layout import PageContent, lay_out, template
from report.render.pandoc import installed
from report.render.project import Link, Project

PROJECT = Project(
    "Costs $5 & more",
    "About <it>",
    "en",
    "https://example.org/atlas/",
    (Link("Overview", "index.html"), Link("Segments", "segments.html"), Link("2024 – plans", "2024-plans.html")),
    (Link("200 customers", ""), Link("How this was made", "method.html")),
    ("assets/atlas.css",),
    ("assets/charts.js",),
)


def by_pandoc(tmp_path: Path, values: str, body: str = "Words.", project: Project = PROJECT) -> str:
    """The template filled in by Pandoc itself, with variables as the site's filter sets them."""
    (tmp_path / "page.html").write_text(template(project), encoding="utf-8")
    command = [
        installed(),
        "--standalone",
        f"--template={tmp_path / 'page.html'}",
        "--to",
        "html5",
        "--wrap",
        "none",
    ]
    text = f"---\n{values}\n---\n\n{body}\n"
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout  # noqa: S603


def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def shape(text: str) -> list[tuple[str, list[tuple[str, str]], str]]:
    return [
        (str(one.tag), sorted(one.attrib.items()), " ".join((one.text or "").split()))
        for one in tree(text).iter()
        if isinstance(one.tag, str)
    ]


def test_pandoc_hides_the_pages_that_say_so(tmp_path: Path):
    project = replace(PROJECT, unlisted=("segments/gone.html",), feed="changes.xml")
    for unlisted in (True, False):
        values = f"root: ../\naddress: segments/gone.html\ntab: Gone\n{'unlisted: true' if unlisted else ''}"
        found = tree(by_pandoc(tmp_path, values, project=project))
        assert found.xpath("//meta[@name='robots']/@content") == (["noindex"] if unlisted else [])
        assert bool(found.xpath("//main[@data-pagefind-body]")) is not unlisted
        assert found.xpath("//link[@rel='alternate']/@href") == ["../changes.xml"]


SEGMENT = "root: ../\naddress: segments/a.html\nat: {page-segments: 'true'}\ncharts: true\ntab: A segment\nsummary: One"


PLANS = """root: ''
address: 2024-plans.html
at: {page-2024-plans: page}
tab: Plans
heading: Plans & $ideas
lead: First
contents: [{id: a, text: A}, {id: b, text: B & C}, {id: c, text: C}]"""


@pytest.mark.parametrize(
    ("values", "address", "content"),
    [
        (
            SEGMENT,
            "segments/a.html",
            PageContent("<p>Words.</p>", title="A segment", description="One", charts=True),
        ),
        (
            "root: ''\naddress: ''\nat: {page-index: page}",
            "index.html",
            PageContent("<p>Words.</p>"),
        ),
        (
            PLANS,
            "2024-plans.html",
            PageContent(
                "<p>Words.</p>",
                (Heading("a", "A"), Heading("b", "B & C"), Heading("c", "C")),
                "Plans",
                "Plans & $ideas",
                "First",
            ),
        ),
    ],
    ids=["segment", "overview", "own"],
)
def test_both_ways_give_the_same_page(tmp_path, values, address, content):
    assert shape(by_pandoc(tmp_path, values)) == shape(lay_out(address, PROJECT, content))


def test_dollar_signs_and_markup_in_a_sites_own_words_are_words(tmp_path):
    page = tree(by_pandoc(tmp_path, "root: ''"))
    assert page.findtext(".//title") == "Costs $5 & more"
    assert page.xpath("//a[@class='sa-brand']/text()") == ["Costs $5 & more"]
    assert page.xpath("//meta[@name='description']/@content") == ["About <it>"]


def test_a_page_below_a_folder_leads_back_and_marks_its_parent(tmp_path):
    page = tree(by_pandoc(tmp_path, SEGMENT))
    assert page.xpath("//nav[@aria-label='Main']//a/@href") == [
        "../index.html", "../segments.html", "../2024-plans.html",
    ]  # fmt: skip
    assert page.xpath("//a[@aria-current='true']/text()") == ["Segments"]
    assert page.xpath("//footer//a/@href") == ["../method.html"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/atlas/segments/a.html"]


def test_only_a_page_with_a_diagram_may_style_inline(tmp_path):
    policy = "//meta[@http-equiv='Content-Security-Policy']/@content"
    with_one, without = by_pandoc(tmp_path, "diagrams: 'true'"), by_pandoc(tmp_path, "root: ''")
    assert "style-src 'self' 'unsafe-inline'; img-src" in tree(with_one).xpath(policy)[0]
    assert "style-src 'self'; img-src" in tree(without).xpath(policy)[0]


def test_the_page_for_what_is_missing_may_run_the_one_script_that_its_policy_lists():
    nowhere = Project("Site", "", "en", None, (), (), ())
    page = tree(lay_out("404.html", nowhere, PageContent("<h1>Gone</h1>")))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "'sha256-" in policy
    assert "base-uri 'self'" in policy
    assert len(page.xpath("//script[not(@src)]")) == 1
    known = tree(lay_out("404.html", PROJECT, PageContent("<h1>Gone</h1>")))
    assert not known.xpath("//script[not(@src)]")
    assert known.get("data-root") == "/atlas/"
