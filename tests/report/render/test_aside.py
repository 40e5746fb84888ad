"""Raw HTML set aside while Pandoc is at work: a page of the build's comes out as if nothing had been set aside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from report.command.progress import Quiet
from report.markup.escape import raw_block
from report.render.aside import read_aside, set_aside
from report.render.builtin import Builtin
from report.render.pandoc import read_markdown, write_html
from report.system.effects import Disk

EFFECTS = Disk(Quiet())
RAW = "\n```{=html}\n<p class=x>\n\n* no list\n\n<b>**word**</b></p>\n```\n"


def read(markdown: str) -> dict[str, object]:
    return read_markdown(markdown, "page.qmd", EFFECTS)


def plain(markdown: str) -> str:
    return write_html(read(markdown), "page.qmd", EFFECTS)


def with_aside(markdown: str) -> str:
    ast, aside = read_aside(markdown, read)
    return aside.back(write_html(ast, "page.qmd", EFFECTS))


PAGES = {
    "one": f"# Title\n{RAW}\nWords.\n",
    "twice the same": RAW + RAW,
    "shown as code": f"````\n{RAW}\n````\n",
    "in a comment": f"<!-- {RAW} -->\n",
    "in a list": "- one\n" + RAW.replace("\n", "\n  "),
    "in a div": f"::: {{.callout-tip}}\n{RAW}\n:::\n",
    "right after words": f"Words{RAW.removeprefix(chr(10))}",
    "in an open block": "~~~\n" + RAW,
    "with a tab": "\n```{=html}\n<p>\ta</p>\n```\n",
    "with backticks": "\n```{=html}\n<p>`a`</p>\n```\n",
    "without an end": "\n```{=html}\n<p>\n",
    "empty": "\n```{=html}\n\n```\n",
    "longer fence": "\n````{=html}\n<p>\n```\n</p>\n````\n",
    "of latex": "\n```{=latex}\nx\n```\n" + RAW,
}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_comes_out_as_without(page):
    assert with_aside(PAGES[page]) == plain(PAGES[page])


def test_what_pandoc_is_handed_holds_none_of_it():
    aside = set_aside(PAGES["one"])
    assert "class=x" not in aside.markdown
    assert len(aside.held) == 1
    assert set_aside(PAGES["twice the same"]).held.keys() != aside.held.keys()


MARKDOWN = st.lists(st.sampled_from(["\n", "a ", "**b** ", "- ", "> ", "# ", "| ", "1. ", "$x$", "\n\n"]), max_size=8)
HTML = st.text(alphabet="<p>/b`~$|*_-# \t\n\\'\"&;[]{}=1", max_size=40)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(MARKDOWN, HTML), min_size=1, max_size=3))
def test_whatever_a_block_holds_and_stands_between_it_comes_out_the_same(parts):
    # As templates have it: a block stands on lines of its own, below an empty one.
    page = "".join("".join(words) + "\n" + str(raw_block(Markup(html))) + "\n" for words, html in parts)  # noqa: S704
    assert with_aside(page) == plain(page)


OWN = {
    "closed inside": "~~~\n\n```{=html}\na\n~~~\n```\n",
    "a comment": "<!-- open\n\n```{=html}\n-->\n```\n",
    "a formula": "$$ a\n```{=html}\nx $$\n```\n",
    "a footnote": "x[^1]\n\n[^1]: note\n```{=html}\na\n\nb\n```\n",
}


@pytest.mark.parametrize("page", OWN)
def test_of_a_page_written_by_hand_nothing_is_set_aside(page, tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (project / "_quarto.yml").write_text("website: {title: T, navbar: {left: []}}\n")
    (project / "own.qmd").write_text(f"---\ntitle: T\n---\n\n{OWN[page]}")
    drawing = Builtin(EFFECTS)
    drawing.draw(project, tmp_path / "out")
    assert plain(OWN[page]).strip() in (tmp_path / "out/own.html").read_text()
