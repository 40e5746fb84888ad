"""One site in several languages: every sentence is of the catalogue, and every figure is the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from lxml import html

from analysis.configuration import Configuration
from analysis.language import messages, speaking
from analysis.language.messages import languages
from analysis.pipeline import analyse
from report.build.build import build
from report.build.in_process import InProcess
from report.command.progress import Quiet
from report.disclosure import published
from report.system.effects import Disk
from tests.pseudo import unmarked, write_pseudo
from tests.report.histories import remembering

FIGURE = re.compile(r"(?<![\w.])[+−-]?\d[\d,.]*\d|(?<![\w.])\d")
OURS = {
    "Age", "Annual income", "Spending score", "Gender", "CustomerID", "Female", "Male", "USD",
    "estimated spend", "Mall customers", "income", "spending score", "Mall_Customers.csv", "Bargain Hunters",
    "Hunters", "Old Guard", "Once Bargain", "model.selection.k",
}  # fmt: skip
"""Words of the table and the settings: labels, categories, the currency, the value's label, the title, the file, names
of earlier segments, and a setting that was changed."""
NAMES = {
    "Segment Atlas", "K-Means", "CSV", "JSON", "Jupyter", "Python", "scikit-learn", "pandas", "numpy", "pydantic",
    "scipy", *(month for form in ("wide", "abbreviated") for month in Locale("eo").months["format"][form].values()),
}  # fmt: skip
DOWNLOADED = re.compile(r"[\w.]+\.(json|csv)")
"""Names of files."""

GENERIC = {
    "", "click here", "details", "go", "here", "information", "learn more", "more", "more info", "more information",
    "read more", "see more", "start", "this", "ansehen", "hier", "hier klicken", "mehr", "mehr dazu", "mehr erfahren",
    "mehr informationen", "mehr lesen", "weiter", "weiterlesen",
}  # fmt: skip
"""Texts of links that say nothing by themselves: those that Lighthouse refuses in English, and their like in German."""


def site(folder: Path, mall: Configuration, language: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The pages of the shipped table's site in its twelfth build, by address, with the numbers of the United States."""
    own = mall.site.site.model_copy(update={"language": language})
    monkeypatch.chdir(folder)
    build(
        replace(mall, site=mall.site.model_copy(update={"site": own})),
        out=folder / "_site", renderer="builtin", effects=Disk(Quiet()), workers=InProcess(), writer=remembering(),
    )  # fmt: skip
    pages = sorted((folder / "_site").rglob("*.html"))
    return {page.relative_to(folder / "_site").as_posix(): page.read_text(encoding="utf-8") for page in pages}


@pytest.fixture(scope="module")
def patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def english(
    tmp_path_factory: pytest.TempPathFactory, mall: Configuration, patched: pytest.MonkeyPatch
) -> dict[str, str]:
    return site(tmp_path_factory.mktemp("english"), mall, "en", patched)


def test_every_sentence_of_the_site_is_of_the_catalogue(
    tmp_path: Path, mall: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pseudo(tmp_path / "catalogues")
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path / "catalogues")
    pages = site(tmp_path, mall, "eo", monkeypatch)
    described = {mall.site.site.description, mall.site.site.fictional_note or ""} - {""}
    found = [
        (address, text)
        for address, page in pages.items()
        for text in unmarked(page, OURS | NAMES | described)
        if not DOWNLOADED.fullmatch(text)
    ]
    assert found == []


@pytest.fixture(scope="module", params=[one for one in languages() if one != "en"])
def translated(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    mall: Configuration,
    patched: pytest.MonkeyPatch,
) -> dict[str, str]:
    return site(tmp_path_factory.mktemp("translated"), mall, request.param, patched)


def test_every_figure_is_the_same_in_each_language(english: Mapping[str, str], translated: Mapping[str, str]) -> None:
    pages = translated
    assert len(pages) == len(english)
    of_segments = [[page for name, page in each.items() if "segments/" in name] for each in (english, pages)]
    assert sorted(map(tables, of_segments[0])) == sorted(map(tables, of_segments[1]))
    others = [name for name in english if "segments/" not in name]
    assert {name: tables(pages[name]) for name in others} == {name: tables(english[name]) for name in others}


def test_every_link_says_where_it_leads(english: Mapping[str, str], translated: Mapping[str, str]) -> None:
    """Also to whoever has links read out by themselves, and to a search engine: no “More”, no text with two targets."""
    for pages in (english, translated):
        read = {address: links(page) for address, page in pages.items()}
        assert all(len(each) > 8 for each in read.values())
        assert [(address, text) for address, each in read.items() for text in each if text.lower() in GENERIC] == []
        assert [(address, text) for address, each in read.items() for text in each if len(each[text]) > 1] == []


@pytest.mark.parametrize("mode", ["public", "open"])
@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
def test_every_sentence_tells_the_same_figures_in_each_language(mall: Configuration, language: str, mode: str) -> None:
    english, other = (list(leaves(contract_in(mall, one, mode))) for one in ("en", language))
    assert [path for path, _ in english] == [path for path, _ in other]
    differing = {path for (path, one), (_, two) in zip(english, other, strict=True) if figures(one) != figures(two)}
    # The rule states its limits in the language's own way; a target says `one in ten` in words, or in figures.
    assert differing <= {("selection", "rule", "2"), ("selection", "rule", "3")} | {
        path for path in differing if path[-2:] == ("kpi", "target")
    }


def contract_in(mall: Configuration, language: str, mode: str) -> dict[str, Any]:
    """The published contract; names of segments, by which some of its parts are kept, are left to their order."""
    own = mall.site.site.model_copy(update={"language": language})
    privacy = mall.site.privacy.model_copy(update={"mode": mode})
    asked = replace(mall, site=mall.site.model_copy(update={"site": own, "privacy": privacy}))
    with speaking(language):
        return published(analyse(asked).contract).model_dump(mode="json")


def leaves(content: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 (JSON)
    if isinstance(content, dict | list):
        for name, inner in content.items() if isinstance(content, dict) else enumerate(content):
            yield from leaves(inner, (*path, str(name)))
    else:
        yield path, content


def links(page: str) -> dict[str, set[str]]:
    """Where the links of a page lead, by what they are read out as."""
    found: dict[str, set[str]] = defaultdict(set)
    for link in html.fromstring(page).xpath("//a[@href]"):
        found[" ".join((link.get("aria-label") or link.text_content()).split())].add(link.get("href"))
    return found


def figures(leaf: object) -> object:
    """The figures of a sentence in any order; of another value itself."""
    return Counter(FIGURE.findall(leaf)) if isinstance(leaf, str) else leaf


def tables(page: str) -> list[tuple[str, int]]:
    """How often each figure stands in the tables of a page, those of its charts included."""
    cells = html.fromstring(page).xpath("//td[contains(@class, 'sa-num')] | //figure//td")
    return sorted(Counter(one for cell in cells for one in FIGURE.findall(cell.text_content())).items())
