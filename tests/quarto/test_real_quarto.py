"""A real Quarto makes of the product's own project the very site that the built-in renderer makes."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from lxml import html

from analysis.configuration import load_configuration
from analysis.contract import Contract
from report.checks import check_site
from report.command.progress import Quiet
from report.render import quarto
from report.site.site_source import site_source
from report.system.effects import Disk

from tests.quarto.conftest import Sites, drawn  # isort: skip

pytestmark = pytest.mark.quarto

OWN = {"monday.html", "everything.html", "diagram.html"}
HOSTILE = Path(__file__).parents[1] / "golden/cases/hostile"


def tree(file: Path) -> html.HtmlElement:
    return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def shape(file: Path) -> list[object]:
    """Every element with its attributes and words, as a browser has them: `defer` and `defer="defer"` are one."""
    found: list[object] = []
    for one in tree(file).iter():
        if isinstance(one.tag, str):
            attributes = {name.lower(): "" if value == name else value.strip() for name, value in one.attrib.items()}
            found.append((one.tag, sorted(attributes.items()), (one.text or "").split(), (one.tail or "").split()))
    return found


def words(file: Path) -> list[str]:
    return " ".join(tree(file).xpath("//main//text()[not(ancestor::annotation)]")).split()


def pages(site: Path) -> list[str]:
    return sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))


def files(site: Path) -> list[str]:
    """All but the search index, whose parts are named by their content, and what Quarto brings for diagrams."""
    found = sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    return [name for name in found if not name.startswith(("pagefind/", "site_libs/"))]


def test_quarto_has_nothing_to_warn_of(sites: Sites):
    assert sites.warnings == []


def test_the_site_keeps_every_promise(sites: Sites):
    assert [str(problem) for problem in check_site(sites.quarto)] == []


def test_both_renderers_make_the_same_files(sites: Sites):
    assert files(sites.quarto) == files(sites.builtin)


def test_every_page_of_the_site_is_the_same_in_both_shells(sites: Sites):
    own = pages(sites.quarto)
    assert len(own) == 20
    assert {"changes.html", "segments/bargain-hunters.html", "segments/old-guard.html"} < set(own)
    for page in own:
        if page not in OWN:
            assert shape(sites.quarto / page) == shape(sites.builtin / page), page


@pytest.mark.parametrize("page", ["monday.html", "everything.html"])
def test_own_pages_say_the_same_in_both_shells(sites: Sites, page):
    assert words(sites.quarto / page) == words(sites.builtin / page)
    for part in ("//head/title", "//h1", "//h2", "//h3", "//nav[@class='sa-contents']//a"):
        both = [[one.text_content() for one in tree(site / page).xpath(part)] for site in (sites.quarto, sites.builtin)]
        assert both[0] == both[1], part
    described = "//meta[@name='description']/@content"
    assert tree(sites.quarto / page).xpath(described) == tree(sites.builtin / page).xpath(described)


def test_what_an_own_page_holds_is_drawn_alike(sites: Sites):
    for site in (sites.quarto, sites.builtin):
        page = tree(site / "everything.html")
        assert page.xpath("//div[contains(@class, 'sa-notice-tip')]/div[1]/p/text()") == ["Mind the gap"]
        folded = page.xpath("//div[contains(@class, 'sa-notice-warning')]/details/summary")
        assert [summary.text.strip() for summary in folded] == ["Careful"]
        assert page.xpath("//div[@id='remember']/div[1]/p/text()") == ["Note"]
        tabs = page.xpath("//div[@class='sa-tabs']/div[starts-with(@class, 'sa-tab')]")
        assert [tab.xpath("string(*[@class='sa-tab-title'])") for tab in tabs] == ["North", "South"]
        assert [tab.get("class") for tab in tabs] == ["sa-tab", "sa-tab sa-tab-first"]
        assert page.xpath("//a[@class='quarto-xref']/text()") == [
            "Figure\xa01", "Table\xa01", "Equation\xa01", "Section\xa01", "1", "Plan\xa02", "Figure\xa01",
            "Figure\xa02", "Figure\xa01", "Section\xa03.1", "Figure\xa04", "Figure\xa04 (b)", "Figure\xa05",
        ]  # fmt: skip
        for link in page.xpath("//a[@class='quarto-xref']/@href"):
            assert page.xpath(f"//*[@id='{link[1:]}']"), link
        captions = page.xpath("//figcaption")
        assert [" ".join(caption.text_content().split()) for caption in captions] == [
            "Figure 1: A plan", "Figure 2: The plan again", "Table 1: Sizes", "Table 2: In a fence",
            "Figure 3: Said by its caption alone", "(a) Before", "(b) After", "Figure 4: Both plans",
            "Figure 5: Counted after them", "One", "Two",
        ]  # fmt: skip
        assert page.xpath("//img/@alt") == [
            "A plan of the shop", "The same plan", "Said by its caption alone", "Before", "After",
            "Counted after them", "One", "Two",
        ]  # fmt: skip
        assert page.xpath("//img[1]/@class")[0] == "sa-width-50"
        columns = page.xpath("//div[@class='columns']/div")
        assert [column.get("class") for column in columns] == ["column sa-width-33", "column sa-width-66"]
        assert len(page.xpath("//math")) == 2
        assert page.xpath("//td[@class='sa-right']/text()") == ["39"]
        assert not page.xpath("//@style")
        assert page.xpath("//section[contains(@class, 'footnotes')]//em/text()") == ["emphasis"]


def test_what_is_not_for_the_web_is_on_neither_site(sites: Sites):
    for site in (sites.quarto, sites.builtin):
        said = " ".join(words(site / "everything.html"))
        shown = "On a website. Also on a website. On paper and on a website. In text. This page is"
        assert shown in said
        assert "Not" not in said.partition("On a website.")[2]
        assert "Nowhere" not in said


def test_a_diagram_is_drawn_by_quarto_alone_and_no_cell_is_run_or_shown(sites: Sites):
    drawn_by_quarto = tree(sites.quarto / "diagram.html")
    assert drawn_by_quarto.xpath("//pre[contains(@class, 'mermaid')]")
    graphs = drawn_by_quarto.xpath("//main//svg[@role='img']")
    assert [graph.get("aria-label") for graph in graphs] == ["Diagram 1 of this page", "Diagram 2 of this page"]
    assert [graph.xpath(".//*[@class='node']/title/text()") for graph in graphs] == [["a", "b"], ["c", "d"]]
    text = (sites.builtin / "diagram.html").read_text()
    assert "flowchart" not in text
    assert "graph G" not in text
    assert "Before." in text
    assert "After." in text
    for site in (sites.quarto, sites.builtin):
        assert "1 + 1" not in (site / "diagram.html").read_text()


def test_a_diagram_takes_the_colours_of_the_site(sites: Sites):
    asked = set(re.findall(r"var\((--mermaid-[\w-]+)", next(sites.quarto.rglob("mermaid-init.js")).read_text()))
    assert "--mermaid-node-bg-color" in asked
    assert asked <= set(re.findall(r"(--mermaid-[\w-]+):", (sites.quarto / "assets/shell.css").read_text()))


def test_a_second_run_gives_the_same_bytes(sites: Sites, tmp_path):
    project = tmp_path / "elsewhere" / "site-src"
    shutil.copytree(sites.project, project, ignore=shutil.ignore_patterns(".quarto"))
    quarto.render(project, tmp_path / "again", Disk(Quiet()))
    for file in sorted(sites.quarto.rglob("*")):
        name = file.relative_to(sites.quarto)
        if file.is_file() and name.parts[0] != "pagefind":
            again = (tmp_path / "again" / name).read_bytes()
            assert hashlib.sha256(again).digest() == hashlib.sha256(file.read_bytes()).digest(), name


def test_hostile_names_stay_words(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_SECRET", "never-published")
    contract = Contract.model_validate_json((HOSTILE / "analysis.json").read_text(encoding="utf-8"))
    configuration = load_configuration(HOSTILE / "site_config")
    for path, content in site_source(contract, configuration, {}, {"Customer_Segmentation.ipynb": "{}"}).items():
        text = content.encode() if isinstance(content, str) else content
        (tmp_path / "site-src" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site-src" / path).write_bytes(text.replace(b"env HOME", b"env ATLAS_SECRET"))
    both = drawn(tmp_path / "site-src", tmp_path)
    assert both.warnings == []
    for page in pages(both.quarto):
        assert shape(both.quarto / page) == shape(both.builtin / page), page
        assert "never-published" not in (both.quarto / page).read_text(encoding="utf-8")
