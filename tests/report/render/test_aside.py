"""Raw HTML set aside while Pandoc is at work: whatever a page holds, it comes out as if nothing had been set aside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.effects import Disk
from report.progress import Quiet
from report.render.aside import read_aside, set_aside
from report.render.document import prepare
from report.render.pandoc import read_markdown, write_html

EFFECTS = Disk(Quiet())
RAW = "\n```{=html}\n<p class=x>\n\n* no list\n\n<b>**word**</b></p>\n```\n"


def read(markdown: str) -> dict[str, object]:
    return read_markdown(markdown, "page.qmd", EFFECTS)


def plain(markdown: str) -> str:
    return write_html(prepare(read(markdown)), "page.qmd", EFFECTS)


def with_aside(markdown: str) -> str:
    ast, aside = read_aside(markdown, read)
    return aside.back(write_html(prepare(ast), "page.qmd", EFFECTS))


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


PIECES = ["\n", "```{=html}\n", "```\n", "````\n", "~~~\n", "a ", "<b>", "> ", "- ", "    "]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=14,
    )
)
def test_no_mixture_of_fences_comes_out_otherwise(parts):
    markdown = "".join(parts)
    assert with_aside(markdown) == plain(markdown)
