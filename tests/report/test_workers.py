"""Side processes and the process that asks give the same, to the byte, and side processes leave nothing behind."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from analysis.basics.steps import quiet
from analysis.configuration import Configuration
from analysis.configuration.origin import Origin
from analysis.errors import DataError
from analysis.pipeline import analyse
from analysis.wording.number_format import NumberFormat
from report.build.build import write_source
from report.build.findings import findings
from report.build.in_process import InProcess
from report.build.side_processes import SideProcesses
from report.build.workers import Workers
from report.charts.errors import PictureError
from report.command.progress import Quiet
from report.system.effects import Disk


def side_processes() -> SideProcesses:
    return SideProcesses(Disk(Quiet()))


BOTH = pytest.mark.parametrize("workers", [side_processes, InProcess])


@dataclass(frozen=True)
class Caching(Disk):
    """A disk with a cache folder of its own."""

    folder: Path = Path()

    @property
    def cache(self) -> Path:
        return self.folder


def source(
    workers: Workers, configuration: Configuration, folder: Path, effects: Disk | None = None
) -> dict[str, bytes]:
    write_source(configuration, folder, effects or Disk(Quiet()), workers)
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def test_a_project_is_the_same_whoever_worked(mall, tmp_path):
    effects = Caching(Quiet(), folder=tmp_path / "cache")
    side = source(SideProcesses(effects), mall, tmp_path / "side", effects)
    here = source(InProcess(), mall, tmp_path / "here")
    assert list(side) == list(here)
    assert [path for path in side if side[path] != here[path]] == []
    assert {"next/analysis.json", "next/model.json", "site-src/index.qmd", "site-src/assets/vega.js"} < set(side)
    assert sorted(one.name.partition("-")[0] for one in effects.cache.iterdir()) == ["templates", "vega"]
    assert side["site-src/segments.qmd"].count(b"<svg") > 4
    assert multiprocessing.active_children() == []


@BOTH
def test_steps_are_passed_on_and_workers_are_fit_for_the_next_build(mall, workers):
    working, steps = workers(), []
    for _ in range(2):
        working.begin()
        working.ask(mall)
        found = working.findings(lambda text, _rows=None: steps.append(text))
        working.close()
        assert found.assignments.count("\r\n") == 201
    assert steps.count("Reading the table") == 2
    assert multiprocessing.active_children() == []


@BOTH
def test_the_analysis_draws_its_rounding_by_the_secret_that_it_is_told(mall, workers):
    privacy = mall.site.privacy.model_copy(update={"mode": "public"})
    public = replace(mall, site=mall.site.model_copy(update={"privacy": privacy}))
    working, found = workers(), []
    for salt in ("ours", "theirs"):
        working.ask(public, salt)
        found.append(working.findings(quiet).contract)
        working.close()
    assert found == [findings(analyse(public, salt=salt)).contract for salt in ("ours", "theirs")]
    assert found[0] != found[1]


@BOTH
def test_an_error_of_the_table_is_the_same_error(mall, tmp_path, workers):
    working = workers()
    working.ask(replace(mall, origin=Origin.of(tmp_path / "none.csv", mall.origin.settings)))
    with pytest.raises(DataError, match="no such file"):
        working.findings(quiet)
    working.close()


@BOTH
def test_what_cannot_be_specified_is_one_sentence(mall_contract, workers):
    working = workers()
    with pytest.raises(PictureError, match="The chart “pie” could not be drawn"):
        working.pictures(mall_contract, NumberFormat("en_US", "USD"), ["pie"])
    working.close()


def test_what_cannot_be_drawn_is_named_when_it_is_asked_for(mall_contract, monkeypatch):
    def broken(*_: object) -> str:
        raise ValueError("no such mark")

    monkeypatch.setattr("report.charts.drawing._svg", broken)
    pictures = InProcess().pictures(mall_contract, NumberFormat("en_US", "USD"), ["segment-sizes"])
    with pytest.raises(PictureError, match="The chart “segment-sizes” could not be drawn: ValueError: no such mark"):
        pictures["segment-sizes"]


def test_workers_that_were_never_asked_start_nothing():
    working = side_processes()
    working.close()
    assert multiprocessing.active_children() == []


def test_closing_ends_an_analysis_that_was_begun():
    working = side_processes()
    working.begin()
    assert len(multiprocessing.active_children()) == 1
    working.close()
    assert multiprocessing.active_children() == []
