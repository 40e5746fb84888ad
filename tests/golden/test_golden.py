"""Each folder under `cases/` is a published contract and a configuration; `expected/` is the Quarto project they give.

After a wanted change, write the expected files anew with SEGMENT_ATLAS_UPDATE_GOLDEN=1 and read the difference.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from analysis.configuration import load_configuration
from analysis.contract import Contract
from analysis.figures import Figures
from report.captions import captions
from report.site_source import site_source

CASES = Path(__file__).parent / "cases"
UPDATE = bool(os.environ.get("SEGMENT_ATLAS_UPDATE_GOLDEN"))
COMPARED = (".qmd", ".yml", ".scss")


@dataclass(frozen=True)
class Stub:
    """A picture that says only where it stands: the pictures themselves have tests of their own."""

    wide: str
    narrow: str
    spec: str = "{}"


def generated(case: Path) -> dict[str, str]:
    configuration = load_configuration(case / "site_config")
    contract = Contract.model_validate_json((case / "analysis.json").read_text(encoding="utf-8"))
    site = configuration.site.site
    names = captions(contract, Figures(site.locale, site.currency))
    pictures = {
        name: Stub(f"<svg><title>{name} wide</title></svg>", f"<svg><title>{name}</title></svg>") for name in names
    }
    files = site_source(contract, configuration, pictures, {"data/analysis.json": "{}", "data/segments.csv": "id\n"})
    return {
        path: content if isinstance(content, str) else content.decode()
        for path, content in files.items()
        if path.endswith(COMPARED) or path == "assets/theme.css"
    }


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
    assert sorted(now) == sorted(expected)
    for path, content in expected.items():
        assert now[path] == content, path


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_the_project_is_the_same_twice(case):
    assert generated(case) == generated(case)


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_nothing_in_the_project_runs(case):
    """No shortcode, no executable cell, no script but the site's own, whatever the names in the data are."""
    for path, content in generated(case).items():
        assert "{{<" not in content, path
        assert "```{" not in content.replace("```{=html}", ""), path
        assert content.count("<script") == (1 if path.endswith(".qmd") and "include-after-body" in content else 0), path
        assert "<img" not in content, path


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_every_link_of_the_navigation_has_its_text_and_its_page(case):
    project = generated(case)
    website = yaml.safe_load(project["_quarto.yml"])["website"]
    for entry in website["navbar"]["left"]:
        assert set(entry) == {"text", "href"}
        assert entry["href"] in project
