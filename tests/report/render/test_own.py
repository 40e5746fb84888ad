"""What an own page holds, as the built-in renderer reads it; `tests/quarto/` holds the same to a real Quarto."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from lxml import html

from analysis.language import messages, speaking
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


def test_figures_within_a_figure_are_its_parts(own):
    main = own(
        "See @fig-both, @fig-b and @fig-next.\n\n"
        "::: {#fig-both layout-ncol=2}\n![One](own.png){#fig-a}\n\n"
        "::: {#fig-b}\n![](own.png){fig-alt='It'}\n\nTwo\n:::\n\nBoth\n:::\n\n"
        "![Next](own.png){#fig-next}"
    )
    assert main.xpath("//a[@class='quarto-xref']/text()") == ["Figure\xa01", "Figure\xa01 (b)", "Figure\xa02"]
    captions = [" ".join(caption.text_content().split()) for caption in main.xpath("//figcaption")]
    assert captions == ["(a) One", "(b) Two", "Figure 1: Both", "Figure 2: Next"]


def test_a_reference_that_leads_nowhere_is_said(own, reporter):
    assert "?@fig-gone" in own("See @fig-gone.").text_content()
    assert reporter.warnings == [
        (
            "own.qmd: no figure, table, equation or section has the label @fig-gone; "
            "correct the reference, or add the label."
        )
    ]


def test_what_only_quarto_can_refer_to_is_no_stray_text(own, reporter):
    text = "See @lst-one, [-@thm-line], [@smith2020, p. 3] and @fig-plan.\n\n![Plan](own.png){#fig-plan}"
    said = own(text, "title: Own\nbibliography: refs.bib").text_content()
    assert "See , ,  and Figure\xa01." in said
    assert "@handle" in own("Write to @handle.").text_content()
    assert reporter.warnings == []
    assert "?@nte-remember" in own("::: {#nte-remember .callout-note}\nOne\n:::\n\nSee @nte-remember.").text_content()
    assert reporter.warnings == [
        (
            "own.qmd: no figure, table, equation or section has the label @nte-remember; "
            "correct the reference, or add the label."
        )
    ]


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A German catalogue of a few words."""
    catalogue = Catalog(locale="de")
    catalogue.add("Tip", "Tipp")
    catalogue.add("Figure", "Abbildung")
    catalogue.add("Table {number} of this page", "Tabelle {number} dieser Seite")
    file = tmp_path / "catalogues/de/LC_MESSAGES/segment_atlas.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as mo:
        write_mo(mo, catalogue)
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path / "catalogues")
    messages._catalogue.cache_clear()
    yield
    messages._catalogue.cache_clear()


@pytest.mark.usefixtures("german")
def test_the_filters_write_words_in_the_language_of_the_site(own):
    text = "::: {.callout-tip}\nSo.\n:::\n\n![Next](own.png){#fig-next}\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    english = own(text)
    assert english.xpath("string(//*[contains(@class, 'sa-notice-title')])").strip() == "Tip"
    with speaking("de"):
        main = own(text)
    assert main.xpath("string(//*[contains(@class, 'sa-notice-title')])").strip() == "Tipp"
    assert " ".join(main.xpath("string(//figcaption)").split()) == "Abbildung 1: Next"
    assert main.xpath("//*[@class='sa-scroll']/@aria-label") == ["Tabelle 1 dieser Seite"]
