"""The command line speaks English, whatever the language of the site."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from analysis.language import messages
from tests.in_process import Ended, command
from tests.pseudo import MARKED, write_pseudo

MARKS = set(MARKED + MARKED.upper())
BUILD = ("build", "--renderer", "builtin", "--config", "site.yml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table with rows of each kind that is told of, and a site in a language in which each letter bears a mark."""
    write_pseudo(tmp_path / "catalogues")
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path / "catalogues")
    messages._catalogue.cache_clear()
    random = np.random.default_rng(1)
    group = np.repeat([0, 1, 2], [80, 70, 60])
    rows = pd.DataFrame({"id": [f"C-{place:05d}" for place in range(len(group))]})
    rows["age"] = random.normal(np.array([27, 48, 68])[group], 3).round()
    rows["spend"] = random.normal(np.array([900, 3200, 1500])[group], 160).round()
    rows["city"] = np.array(["A", "B", "C"])[group]
    rows["same"], rows["twice"] = 1, rows["age"] * 2
    lines = rows.to_csv(index=False).splitlines()
    lines[20:20] = ["", "C-x,abc,12,A,1,2", lines[5].replace("C-", "D-")]
    (tmp_path / "customers.csv").write_text("\n".join(["Title", *lines, "Total,1,2,,,"]) + "\n", encoding="utf-8")
    configured(tmp_path)
    return tmp_path


def configured(folder: Path, **parts: object) -> None:
    content = {
        "site": {"title": "Made up", "language": "eo", "locale": "en_US"},
        "data": {"path": "customers.csv"},
        "columns": {
            "id": {"role": "id"}, "age": {"role": "age"}, "spend": {"role": "spending", "format": "money"},
            "city": {"role": "category"}, "same": {"role": "feature"}, "twice": {"role": "feature"},
        },
        "model": {"selection": {"k": 3}, "largest_k": 4},
        "privacy": {"mode": "public", "min_cell": 10},
    }  # fmt: skip
    (folder / "site.yml").write_text(yaml.safe_dump({**content, **parts}), encoding="utf-8")


def marked(ended: Ended) -> list[str]:
    """The lines with a letter of the site's language."""
    return [line for line in (ended.out + ended.err).splitlines() if MARKS.intersection(line)]


def test_progress_and_results_are_in_english(folder: Path) -> None:
    for verb in (("validate", "--config", "site.yml"), BUILD, ("check",), ("score", "customers.csv")):
        ended = command(*verb, folder=folder)
        assert (ended.code, marked(ended)) == (0, []), verb
    told = json.loads((folder / "build" / "analysis.json").read_text(encoding="utf-8"))
    assert MARKS.intersection(told["segments"][0]["summary"])
    slug = told["segments"][0]["slug"]
    ended = command("export", "--config", "site.yml", "--segment", slug, "--columns", "id,segment", folder=folder)
    assert (ended.code, marked(ended)) == (0, [])
    for file in ("rejected.csv", "scored.csv", "scored.rejected.csv", "list.csv"):
        assert not MARKS.intersection((folder / "build" / file).read_text(encoding="utf-8")), file


@pytest.mark.parametrize(
    ("parts", "code", "error"),
    [
        ({"privacy": {"mode": "public", "min_cell": 75}}, 2, "the smallest has 60 customers"),
        ({"columns": {"id": {"role": "id"}, "city": {"role": "feature"}}}, 3, "numbers were expected"),
        ({"data": {"path": "none.csv"}}, 3, "there is no such file"),
        ({"budget": {"total": -1}}, 2, "budget"),
        ({"persona": 1}, 2, "unknown key"),
    ],
)
def test_errors_are_in_english(folder: Path, parts: dict[str, object], code: int, error: str) -> None:
    configured(folder, **parts)
    ended = command(*BUILD, folder=folder)
    assert (ended.code, marked(ended)) == (code, [])
    assert error in ended.err
