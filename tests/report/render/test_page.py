from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from report.render.layout import PageContent, lay_out, rebased
from report.render.page import page_of
from report.render.project import Link, Project, page_address

PROJECT = Project("Site", "About", "en", None, (Link("Home", "index.html"),), (), ("assets/atlas.css",))


@given(title=st.text(min_size=1, max_size=80), description=st.text(max_size=80))
def test_any_title_and_description_reach_the_page_as_words(title, description):
    content = PageContent("<p>x</p>", title=title, heading=title, description=description)
    text = lay_out("own.html", PROJECT, content)
    head = text.split("</head>")[0]
    assert head.count("<script") == 2
    assert head.count("<meta") == 6
    assert text.count("<p>x</p>") == 1


@given(st.text(max_size=200))
def test_no_shortcode_survives(text):
    assert "{{< env HOME >}}" not in page_of(f"\n{text} {{{{< env HOME >}}}}\n", "own.qmd").markdown


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("a.qmd", "a.html"),
        ("./a.qmd#b", "a.html#b"),
        ("../a.qmd", "../a.html"),
        ("https://example.org/a.qmd", "https://example.org/a.qmd"),
        ("a.csv", "a.csv"),
        ("#b", "#b"),
    ],
)
def test_source_addresses_become_page_addresses(href, address):
    assert page_address(href) == address


@pytest.mark.parametrize(
    ("html", "moved"),
    [
        (' href="a.html"', ' href="../a.html"'),
        (' src="a.png"', ' src="../a.png"'),
        (' href="#a"', ' href="#a"'),
        (' href="/a"', ' href="/a"'),
        (' href="mailto:a@b.c"', ' href="mailto:a@b.c"'),
    ],
)
def test_only_relative_addresses_are_moved(html, moved):
    assert rebased(f"<a{html}>", "../") == f"<a{moved}>"
    assert rebased(Markup(f"<a{html}>"), "../") == f"<a{moved}>"  # noqa: S704 (written above)
