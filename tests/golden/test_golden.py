"""Each folder under `cases/` is a published contract and a configuration; `expected/` is the Quarto project they give.

After a wanted change, write the expected files anew with SEGMENT_ATLAS_UPDATE_GOLDEN=1 and read the difference.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import report
from analysis.configuration import load_configuration
from analysis.contract import Contract
from analysis.wording.number_format import NumberFormat
from report.charts.registry import captions
from report.site.site_source import site_source

CASES = Path(__file__).parent / "cases"
PACKAGE = Path(report.__file__).parent
UPDATE = bool(os.environ.get("SEGMENT_ATLAS_UPDATE_GOLDEN"))
COMPARED = (".qmd", ".yml", ".scss", ".html")


@dataclass(frozen=True)
class Stub:
    """A picture that says only where it stands: the pictures themselves have tests of their own."""

    wide: str
    narrow: str
    spec: str = "{}"


DOWNLOADS = {"data/analysis.json": "{}", "data/segments.csv": "id\n"}
BESIDES = {
    "_shell/own.lua", "_shell/shell.lua", "assets/atlas.css", "assets/charts.css", "assets/charts.js",
    "assets/fonts/Inter.woff2", "assets/fonts/LICENSE.txt", "assets/scheme.js", "assets/shell.css", "assets/shell.js",
}  # fmt: skip
"""The same in every project, and the files of this package, byte for byte."""


def generated(case: Path) -> dict[str, str]:
    """What is compared with the expected files."""
    return {
        path: content if isinstance(content, str) else content.decode()
        for path, content in written(case).items()
        if path.endswith(COMPARED) or path == "assets/theme.css"
    }


def written(case: Path) -> dict[str, str | bytes]:
    """The whole project."""
    configuration = load_configuration(case / "site_config")
    contract = Contract.model_validate_json((case / "analysis.json").read_text(encoding="utf-8"))
    site = configuration.site.site
    names = captions(contract, NumberFormat(site.locale, site.currency))
    pictures = {
        name: Stub(f"<svg><title>{name} wide</title></svg>", f"<svg><title>{name}</title></svg>") for name in names
    }
    return site_source(contract, configuration, pictures, DOWNLOADS)


def differences(now: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    """Both ways: files that are not expected, files that are no longer written, and files that changed."""
    told = [f"{path}: is written, and not expected" for path in now if path not in expected]
    told += [f"{path}: is expected, and not written" for path in expected if path not in now]
    return sorted(told + [f"{path}: has changed" for path in now if path in expected and now[path] != expected[path]])


def cases() -> list[Path]:
    return sorted(path for path in CASES.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_the_project_is_as_expected(case):
    folder, now = case / "expected", generated(case)
    if UPDATE:
        shutil.rmtree(folder, ignore_errors=True)
        for path, content in now.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
    expected = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*")
        if file.is_file()
    }
    assert differences(now, expected) == []
    for path, content in expected.items():  # shows what has changed
        assert now[path] == content, path


def test_files_are_compared_both_ways():
    assert differences({"a": "1", "b": "2"}, {"a": "1", "b": "2"}) == []
    assert differences({"a": "1", "b": "2"}, {"b": "3", "c": "4"}) == [
        "a: is written, and not expected", "b: has changed", "c: is expected, and not written",
    ]  # fmt: skip


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_what_is_not_compared_is_a_chart_a_download_or_a_file_of_this_package(case):
    others = {path: content for path, content in written(case).items() if path not in generated(case)}
    charts = {path for path in others if path.startswith("charts/") and path.endswith(".json")}
    assert set(others) == BESIDES | set(DOWNLOADS) | charts
    own = {file.name: file.read_bytes() for file in (PACKAGE / "assets").rglob("*") if file.is_file()}
    for path in BESIDES - {"_shell/own.lua", "_shell/shell.lua"}:
        content = others[path]
        assert (content.encode() if isinstance(content, str) else content) == own[Path(path).name], path


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_the_project_is_the_same_twice(case):
    assert generated(case) == generated(case)


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_nothing_in_the_project_runs(case):
    """No shortcode, no executable cell, no script but the site's own, whatever the names in the data are."""
    for path, content in generated(case).items():
        assert "{{<" not in content, path
        assert "```{" not in content.replace("```{=html}", ""), path
        scripts = {"_shell/page.html": 3, "404.html": 2 if "site-url" in generated(case)["_quarto.yml"] else 3}
        assert content.count("<script") == scripts.get(path, 0), path
        assert "<img" not in content, path


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_the_project_keeps_the_rules_that_quarto_was_seen_to_have(case):
    """Each was broken once, or seen to break a site; `tests/quarto/` holds the same project to a real Quarto."""
    project = generated(case)
    content = yaml.safe_load(project["_quarto.yml"])
    # A link in the running text of a footer resolves from each page anew; an entry with text and address does not.
    footer = content["website"]["page-footer"]["left"]
    assert [set(entry) for entry in footer if "href" in entry] == [{"text", "href"}]
    assert all(isinstance(entry, dict) and "](" not in entry["text"] for entry in footer)
    # A bare path makes Quarto read its target again for every page; an address from the root breaks the built-in.
    for entry in (*content["website"]["navbar"]["left"], *(entry for entry in footer if "href" in entry)):
        assert entry["href"] in project, entry
    # A theme file without a layer boundary is no theme to Quarto.
    assert all("/*-- scss:" in text for path, text in project.items() if path.endswith(".scss"))
    # Nothing of a page is run, and nothing is loaded from elsewhere.
    assert content["engine"] == "markdown"
    assert not [text for path, text in project.items() if path.endswith(".qmd") and "\njupyter:" in text]
    html = content["format"]["html"]
    assert (html["theme"], html["html-math-method"], html["html-table-processing"]) == ("none", "mathml", "none")
    # Quarto moves a heading that is its parent's first child, unless a header says that it is the title.
    for path, text in project.items():
        if path.endswith(".qmd") and "<h1>" in text:
            assert '<header class="sa-hero quarto-title-block' in text, path


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_every_link_of_the_navigation_has_its_text_and_its_page(case):
    project = generated(case)
    website = yaml.safe_load(project["_quarto.yml"])["website"]
    for entry in website["navbar"]["left"]:
        assert set(entry) == {"text", "href"}
        assert entry["href"] in project
