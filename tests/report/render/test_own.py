"""What an own page holds, as the built-in renderer reads it; `tests/quarto/` holds the same to a real Quarto."""

from __future__ import annotations

import pytest
from lxml import html

from report.render.builtin import Builtin


@pytest.fixture
def own(project, effects, tmp_path):
    """The main part of an own page with this text."""

    def draw(text: str, header: str = "title: Own") -> html.HtmlElement:
        (project / "own.qmd").write_text(f"---\n{header}\n---\n\n{text}\n", encoding="utf-8")
        Builtin(effects).draw(project, tmp_path / "out")
        page = html.document_fromstring((tmp_path / "out" / "own.html").read_bytes())
        return page.xpath("//main")[0]

    return draw


@pytest.mark.parametrize(
    ("conditions", "shown"),
    [
        ('.content-visible when-format="html"', True),
        ('.content-visible when-format="pdf"', False),
        ('.content-visible when-format="pdf" when-format="html"', True),
        ('.content-visible when-format="html" unless-format="html"', False),
        ('.content-visible unless-format="pdf"', True),
        ('.content-hidden when-format="html"', False),
        ('.content-hidden when-format="pdf"', True),
        (".content-hidden", False),
        (".content-visible", True),
        ('.content-hidden when-meta="internal.draft"', False),
        ('.content-visible when-meta="internal.gone.deeper"', False),
        ('.content-visible when-profile="internal"', False),
    ],
)
def test_what_is_not_for_the_web_is_not_published(own, conditions, shown):
    header = "title: Own\ninternal: {draft: true}"
    for text in (
        f"::: {{{conditions}}}\nPerhaps.\n:::",
        f"[Perhaps.]{{{conditions}}}",
        f"``` {{{conditions}}}\nPerhaps.\n```",
    ):
        assert ("Perhaps." in own(text, header).text_content()) == shown, text
