"""A build whose parts are stand-ins: only the order of the steps and what happens to the disk are real."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.basics.as_read import as_read
from analysis.basics.steps import Step
from analysis.configuration import Column, Configuration, Site, without_files
from analysis.configuration.table import TableSettings
from analysis.contract import Contract, Edition
from analysis.history.edition import past
from analysis.history.remembered import Remembered
from analysis.history.slim import slim
from report.build import build as making
from report.build.build import BuildReport
from report.build.findings import Findings
from report.build.in_process import InProcess
from report.build.workers import PartsFolder
from report.charts.drawing_process import Picture
from report.command import cli
from report.command.world import World
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


MALL = Contract.model_validate_json((PROJECT_ROOT / "tests/golden/cases/mall/analysis.json").read_bytes())
WITHOUT_ACTIONS = tuple(one.model_copy(update={"recommendations": (), "criteria": ()}) for one in MALL.segments)
CONTRACT = MALL.model_copy(update={"segments": WITHOUT_ACTIONS}).model_dump_json(indent=2) + "\n"
"""Of a playbook without actions, since the configurations of these tests have another than its own."""


@dataclass
class Recorder:
    """A reporter that remembers what was said."""

    said: list[str] = field(default_factory=list)

    def step(self, text: str, rows: int | None = None) -> None:  # noqa: ARG002 (only a timeline tells rows)
        self.said.append(text)

    def log(self, text: str) -> None:
        self.said.append(text)

    def warn(self, text: str) -> None:
        self.said.append(text)

    def say(self, text: str) -> None:
        self.said.append(text)

    def put(self, text: str) -> None:
        self.said.append(text)

    def fail(self, text: str) -> None:
        self.said.append(text)

    def close(self, *, well: bool) -> None:
        self.said.append("done" if well else "failed")


@dataclass(frozen=True)
class NoQuarto(Disk):
    """A machine without Quarto, whatever there is on this one."""

    def __post_init__(self) -> None:
        found = ("QUARTO_PATH", os.environ.get("QUARTO_PATH"))
        without = {name: value for name, value in self.environment.items() if (name, value) != found}
        object.__setattr__(self, "environment", without)

    def which(self, name: str, folder: str | None = None) -> str | None:
        return None if name == "quarto" else super().which(name, folder)


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
    contract: str = CONTRACT
    salt: str | None = None
    """The secret that the analysis was told."""
    remembered: list[Remembered | None] = field(default_factory=list)
    """What the analysis was told of earlier builds, each time it was asked."""
    model: str = "{}\n"
    meanwhile: Callable[[], object] = lambda: None
    """Happens once the table has been read."""

    def as_told(self, remembered: Remembered | None, table: str, configuration: Configuration) -> str:
        """The contract as the build that is remembered under this number, of a table with that digest."""
        if remembered is None:
            return self.contract
        small = slim(Contract.model_validate_json(self.contract))
        segments = [one.model_copy(update={"profile": (), "categories": (), "centroid": {}}) for one in small.segments]
        made_of = {
            "data_sha256": table,
            "configuration_sha256": configuration.sha256,
            "essential_sha256": configuration.essential_sha256,
        }
        edition = Edition(number=remembered.number, date=remembered.date)
        told = {
            "provenance": small.provenance.model_copy(update=made_of),
            "data": small.data.model_copy(update={"features": ()}),
            "exploration": small.exploration.model_copy(update={"distributions": ()}),
            "segments": tuple(segments),
            "edition": edition,
            "past": past(remembered.last),
        }
        return small.model_copy(update=told).model_dump_json() + "\n"


@dataclass
class StandIns:
    """Workers that read the table, and no more: no analysis, no pictures."""

    given: Parts
    files: Sequence[Path] = ()
    configuration: Configuration | None = None

    def begin(self) -> None:
        """Nothing to begin."""

    def ask(
        self,
        configuration: Configuration,
        salt: str = "",
        remembered: Remembered | None = None,
        parts: PartsFolder | None = None,  # noqa: ARG002 (nothing is read)
    ) -> None:
        self.given.salt = salt
        self.given.remembered.append(remembered)
        self.configuration = configuration
        self.files = [] if configuration.site.data.database else configuration.origin.files()

    def findings(self, step: Step) -> Findings:
        if self.given.failure:
            raise self.given.failure
        step("Reading the table")
        identifiers = self.given.identifiers
        assignments = pd.DataFrame({"id": identifiers, "segment": range(1, len(identifiers) + 1), "slug": "a"})
        rejected = pd.DataFrame({"row": [], "column": [], "reason": []})
        read = tuple(each for file in self.files for each in as_read(file, file.read_bytes()))
        self.given.meanwhile()
        digests = "".join(digest for _, digest in read)
        table = digests if len(read) == 1 else hashlib.sha256(digests.encode()).hexdigest()
        assert self.configuration is not None
        contract = self.given.as_told(self.given.remembered[-1], table, self.configuration)
        return Findings(contract, frame_csv(assignments), frame_csv(rejected), self.given.model, identifiers, read)

    def warm(self) -> None:
        """Nothing to warm."""

    def pictures(self, *_: object) -> dict[str, Picture]:
        return {}

    def bundle(self) -> str:
        return ""

    def close(self) -> None:
        """Nothing to end."""


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], world: World) -> Run:
    """Runs the command in this process: exit code, standard output, standard error."""

    def once(*args: object, **variables: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["segment-atlas", *map(str, args)])
        code = 0
        try:
            cli.main(replace(world, environment={**world.environment, **variables}))
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, *capsys.readouterr()

    return once


@pytest.fixture
def reporter() -> Recorder:
    return Recorder()


@pytest.fixture
def effects(reporter: Recorder) -> Disk:
    return NoQuarto(reporter)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def configuration(home: Path):
    table = home / "customers.csv"
    table.write_text("id,age\nCUST-0001,3\n")
    site = Site(data=TableSettings(path="customers.csv"), columns={"age": Column(role="age")})
    return without_files(site, table)


@pytest.fixture
def parts() -> Parts:
    """What stands in for the analysis, the charts and the pages."""
    return Parts()


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """What the command is handed: everything real, but in this process; a test that asks for `parts` has stand-ins."""
    if "parts" not in request.fixturenames:
        return World(disk=NoQuarto, workers=lambda _effects: InProcess())
    given: Parts = request.getfixturevalue("parts")
    return World(disk=NoQuarto, workers=lambda _effects: StandIns(given), writer=lambda *_: given.files)


@pytest.fixture
def build(parts: Parts, effects: Disk) -> Callable[..., BuildReport]:
    """Builds with the stand-ins."""

    def once(configuration: Configuration, **asked: Any) -> BuildReport:  # noqa: ANN401 (any of a build's)
        given = {"effects": effects, "writer": lambda *_: parts.files} | asked
        return making.build(configuration, workers=StandIns(parts), **given)

    return once
