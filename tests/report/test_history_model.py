"""The model in the history: a division is kept where nothing but the history is left of the last build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from analysis.configuration import Site
from analysis.contract import Contract
from report.build.history_model import model_for_history
from report.build.in_process import InProcess
from report.command.world import World
from tests.in_process import command
from tests.report.cli.conftest import Recorder

COLUMNS = {"id": {"role": "id"}, "x": {"role": "feature"}, "y": {"role": "feature"}}
OPEN: dict[str, Any] = {"privacy": {"mode": "open"}, "model": {"refit": "never", "largest_k": 4}}


def export(folder: Path, first: int, last: int) -> None:
    """Customers of three groups far apart, by their numbers."""
    generator = np.random.default_rng(7)
    centres = np.array([[10, 10], [50, 12], [30, 60]])
    frame = pd.DataFrame(generator.normal(centres[np.arange(200) % 3], 2).round(2), columns=["x", "y"])
    frame.insert(0, "id", [f"C{number:03}" for number in range(200)])
    frame.iloc[first:last].to_csv(folder / "customers.csv", index=False)


def configured(folder: Path, **settings: object) -> None:
    whole = {"data": {"path": "customers.csv"}, "columns": COLUMNS, **OPEN, **settings}
    (folder / "site.yml").write_text(yaml.safe_dump(whole, sort_keys=False))


def built(folder: Path, *options: str) -> tuple[int, str]:
    world = World(workers=lambda _effects: InProcess())
    ended = command("build", "--config", ".", "--renderer", "builtin", *options, folder=folder, world=world)
    return ended.code, ended.err


def entry(folder: Path, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"history/{number:04}.json").read_text(encoding="utf-8"))
    return found


def published(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted((folder / "_site").rglob("*.*"))}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first build of an open site whose division is kept."""
    folder = tmp_path_factory.mktemp("first")
    export(folder, 0, 180)
    configured(folder)
    code, said = built(folder)
    assert code == 0, said
    return folder


@pytest.fixture
def second(first: Path, tmp_path: Path) -> Path:
    """A clone with the next export, in which the history is all that is left."""
    for name in ("site.yml", "customers.csv"):
        shutil.copyfile(first / name, tmp_path / name)
    shutil.copytree(first / "history", tmp_path / "history")
    export(tmp_path, 10, 200)
    return tmp_path


def test_the_history_holds_the_centres_and_no_customer(first):
    model = entry(first, 1)["model"]
    assert [segment["size"] for segment in model["segments"]] == [60, 60, 60]
    assert model["remembered"] == {"places": [], "segments": []}
    assert model["provenance"]["data_sha256"] is None
    own = json.loads((first / "build/model.json").read_text(encoding="utf-8"))
    assert own["provenance"].pop("data_sha256")
    del model["provenance"]["data_sha256"]
    assert model == own
    assert "C000" not in (first / "history/0001.json").read_text(encoding="utf-8")


def test_a_division_is_kept_by_the_history_alone(second, first):
    assert built(second)[0] == 0
    edition = entry(second, 2)["contract"]["edition"]
    assert (edition["fitted"], edition["fitted_in"]) == ("kept", 1)
    centres = [
        {one["id"]: one["centre"] for one in entry(folder, number)["model"]["segments"]}
        for folder, number in ((first, 1), (second, 2))
    ]
    assert centres[0] == centres[1]
    assert "the division of build 1 was kept" in (second / "_site/method.html").read_text(encoding="utf-8")


def test_the_last_build_is_made_again_by_the_history_alone(second):
    """As in a workflow whose cache is gone."""
    assert built(second)[0] == 0
    once = published(second)
    for name in ("build", "_site"):
        shutil.rmtree(second / name)
    assert built(second)[0] == 0
    assert published(second) == once
    assert not (second / "history/0003.json").exists()


@pytest.mark.parametrize(
    ("settings", "held"),
    [
        ({"model": {"refit": "always", "largest_k": 4}}, False),
        ({"history": {"model": False}}, False),
        ({"privacy": {"mode": "public"}}, False),
        ({"privacy": {"mode": "public"}, "history": {"model": True}}, True),
    ],
)
def test_a_public_history_holds_exact_centres_only_where_they_are_asked_for(tmp_path, settings, held):
    export(tmp_path, 0, 180)
    configured(tmp_path, **settings)
    assert built(tmp_path)[0] == 0
    assert (entry(tmp_path, 1)["model"] is not None) is held


def spoiled(folder: Path, **changes: object) -> None:
    whole = entry(folder, 1)
    whole["model"].update(changes)
    (folder / "history/0001.json").write_text(json.dumps(whole), encoding="utf-8")


def test_a_damaged_model_is_a_damaged_history(second):
    spoiled(second, axes="none")
    code, said = built(second)
    assert code == 2
    assert f"{second / 'history/0001.json'}: the file is damaged (at model.axes); restore it" in " ".join(said.split())
    assert not (second / "_site").exists()
    assert built(second, "--fresh")[0] == 0


def test_a_model_of_another_version_is_not_at_hand(second):
    spoiled(second, model_version="0.9", axes="none")
    assert built(second)[0] == 0
    edition = entry(second, 2)["contract"]["edition"]
    assert (edition["fitted"], edition["fitted_in"]) == ("missing", 2)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"remembered": {"places": [[0.0, 1.0]], "segments": [0]}}, "it tells the places of single customers"),
        ({"leaves_over": True}, "it tells the places of single customers"),
        ({"rule": {"kind": "crowd"}}, "it tells the places of single customers"),
        ({"segments": [{"size": 60}, {"size": 9}]}, "a segment has fewer than 10 customers (privacy.min_cell)"),
    ],
)
def test_what_tells_a_customer_stays_out_and_it_is_said(changes, why):
    site = Site.model_validate({"data": {"path": "customers.csv"}, "columns": COLUMNS, **OPEN})
    model = {
        "provenance": {}, "rule": {"kind": "nearest"}, "leaves_over": False, "segments": [{"id": 1, "size": 10}],
        "remembered": {"places": [], "segments": []},
    }  # fmt: skip
    effects = Recorder()
    published = Contract.model_construct(segments=())
    assert model_for_history(json.dumps({**model, **changes}), published, site, effects) is None
    (said,) = effects.said
    assert said == (
        f"The history does not hold this build's model, since {why}. Where build/ is not at hand, the next build finds "
        "the segments anew in spite of model.refit: never."
    )
    assert model_for_history(json.dumps(model), published, site, effects) is not None


def test_sizes_are_those_that_the_site_publishes(tmp_path):
    """Exact ones would undo the rounding of a public site."""
    export(tmp_path, 0, 178)
    configured(tmp_path, privacy={"mode": "public"}, history={"model": True})
    assert built(tmp_path)[0] == 0
    whole = entry(tmp_path, 1)
    published = {one["id"]: one["size"] for one in whole["contract"]["segments"]}
    assert {one["id"]: one["size"] for one in whole["model"]["segments"]} == published
    assert all(size % 5 == 0 for size in published.values())
