"""A build whose parts are stand-ins: only the order of the steps and what happens to the disk are real."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Self

import pandas as pd
import pytest

from analysis.basics.as_read import as_read
from analysis.configuration import Column, Configuration, Site, without_files
from analysis.configuration.table import TableSettings
from report.build.analysis_process import Findings
from report.command import cli
from report.site.downloads import schema, unarmed
from report.site.spreadsheet import frame_csv
from report.system.effects import Disk

PROJECT_ROOT = Path(__file__).parents[3]
SHELL = ("assets/shell.css", "assets/shell.js", "assets/scheme.js")
PROJECT = "website: {title: Mall, description: About, navbar: {left: [{text: Home, href: index.qmd}]}}"
PAGE = """---
pagetitle: Overview
description: About
title-block-style: none
---

```{=html}
<h1>Six kinds</h1>
```
"""


@dataclass
class Recorder:
    """A reporter that remembers what was said."""

    said: list[str] = field(default_factory=list)

    def step(self, text: str) -> None:
        self.said.append(text)

    def log(self, text: str) -> None:
        self.said.append(text)

    def warn(self, text: str) -> None:
        self.said.append(text)

    def close(self, *, well: bool) -> None:
        self.said.append("done" if well else "failed")


@dataclass
class Parts:
    """What the stand-ins give back; a test may change it, or have one raise."""

    files: dict[str, str | bytes] = field(
        default_factory=lambda: {
            "_quarto.yml": PROJECT,
            "index.qmd": PAGE,
            "404.qmd": PAGE,
            **{name: (PROJECT_ROOT / "report" / name).read_text(encoding="utf-8") for name in SHELL},
        }
    )
    failure: Exception | None = None
    identifiers: tuple[str, ...] = ("CUST-0001", "=CUST-0002")
    model: str = "{}\n"
    meanwhile: Callable[[], object] = lambda: None
    """Happens once the table has been read."""


class DrawingProcess:
    """No process, no pictures."""

    @classmethod
    def ready(cls) -> Self:
        return cls()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to end."""

    def warm(self) -> None:
        """Nothing to warm."""

    def pictures(self, *_: object) -> dict[str, object]:
        return {}

    def bundle(self) -> str:
        return ""


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process: exit code, standard output, standard error."""

    def once(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["segment-atlas", *map(str, args)])
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, *capsys.readouterr()

    return once


@pytest.fixture
def reporter() -> Recorder:
    return Recorder()


@pytest.fixture
def effects(reporter: Recorder) -> Disk:
    return Disk(reporter)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, where no Quarto is found."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("report.render.quarto.find", lambda: None)
    return folder


@pytest.fixture
def configuration(home: Path):
    table = home / "customers.csv"
    table.write_text("id,age\nCUST-0001,3\n")
    site = Site(data=TableSettings(path="customers.csv"), columns={"age": Column(role="age")})
    return without_files(site, table)


def _module(monkeypatch: pytest.MonkeyPatch, name: str, **members: object) -> None:
    module = ModuleType(name)
    module.__dict__.update(members)
    monkeypatch.setitem(sys.modules, name, module)


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Parts:
    """Stand-ins for the analysis, the charts and the pages."""
    given = Parts()
    contract = (PROJECT_ROOT / "tests/golden/cases/mall/analysis.json").read_text(encoding="utf-8")

    class AnalysisProcess:
        """No process, no analysis."""

        @classmethod
        def ready(cls) -> Self:
            return cls()

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing to end."""

        def ask(self, configuration: Configuration) -> None:
            """Nobody to ask; the table is read, and no more."""
            self.files = [] if configuration.site.data.database else configuration.origin.files()

        def findings(self, step: Callable[[str], None]) -> Findings:
            if given.failure:
                raise given.failure
            step("Reading the table")
            customers = len(given.identifiers)
            assignments = pd.DataFrame({"id": given.identifiers, "segment": range(1, customers + 1), "slug": "a"})
            rejected = pd.DataFrame({"row": [], "column": [], "reason": []})
            read = tuple(each for file in self.files for each in as_read(file, file.read_bytes()))
            given.meanwhile()
            return Findings(contract, frame_csv(assignments), frame_csv(rejected), given.model, given.identifiers, read)

    def analyse(_: object, step: Callable[[str], None]) -> SimpleNamespace:
        step("Reading the table")
        return SimpleNamespace(contract=SimpleNamespace(model_dump_json=lambda **_: '{"schema_version": "1.1"}'))

    _module(monkeypatch, "analysis.pipeline", analyse=analyse)
    _module(monkeypatch, "report.build.analysis_process", AnalysisProcess=AnalysisProcess)
    _module(monkeypatch, "report.charts.drawing_process", DrawingProcess=DrawingProcess)
    _module(monkeypatch, "report.disclosure", published=lambda contract, _salt="": contract)
    _module(monkeypatch, "report.site.notebook", notebook=lambda *_: "{}")
    _module(monkeypatch, "report.site.downloads", downloads=lambda *_: {}, schema=schema, unarmed=unarmed)
    _module(monkeypatch, "report.site.site_source", site_source=lambda *_: given.files)
    return given
