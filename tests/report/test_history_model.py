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
from analysis.errors import ConfigurationError
from analysis.history.folder import read
from report.build.history_model import check_model, model_for_history
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


NAN, HUGE = float("nan"), 1e308


def spoiled_at(folder: Path, path: str, value: object) -> None:
    """The model of the first entry with another value at a dotted path."""
    whole = entry(folder, 1)
    found: Any = whole
    *parts, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parts:
        found = found[part]
    found[last] = value
    (folder / "history/0001.json").write_text(json.dumps(whole), encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("model", {}, "model_version"),
        ("model.model_version", 1.1, "model_version"),
        ("model.axes", "none", "axes"),
        ("model.axes", [], "axes"),
        ("model.axes.0.feature", "z", "axes"),
        ("model.axes.0.feature", "y", "axes"),
        ("model.axes.0.category", "red", "categories"),
        ("model.categories", {"x": ["red"]}, "categories"),
        ("model.axes.0.spread", 0, "axes"),
        ("model.axes.0.spread", NAN, "axes"),
        ("model.axes.0.spread", 1e-300, "axes"),
        ("model.axes.0.centre", NAN, "axes"),
        ("model.axes.0.weight", -1, "axes"),
        ("model.axes.0.transform", {"name": "log", "constant": -1}, "axes"),
        ("model.segments", [], "segments"),
        ("model.segments.0.centre", [NAN, NAN], "segments.0.centre"),
        ("model.segments.0.centre", [HUGE, HUGE], "segments.0.centre"),
        ("model.segments.0.centre", [0.5], "segments"),
        ("model.segments.0.centre", [0.5, 0.5, 0.5], "segments"),
        ("model.segments.0.centre", [], "segments"),
        ("model.segments.2.centre", [], "leaves_over"),
        ("model.segments.0.id", 7, "segments"),
        ("model.segments.0.id", 2, "segments"),
        ("model.segments.0.slug", "another", "segments"),
        ("model.segments.0.size", -5, "segments.0.size"),
        ("model.segments.0.usual_distance", NAN, "segments.0.usual_distance"),
        ("model.segments.0.farthest_usual", -1, "segments.0.farthest_usual"),
        ("model.known.imputed", {"x": NAN}, "known"),
        ("model.leaves_over", True, "leaves_over"),
        ("model.rule", {"kind": "crowd", "places": [[0, 0]], "segments": [0], "reach": [1, 1, 1]}, "rule"),
        ("model.rule", {"kind": "crowd", "places": [[0, 0]], "segments": [3], "reach": [1, 1, 1]}, "rule"),
        ("model.rule", {"kind": "likeliest", "weights": [1], "means": [[0, 0]], "roots": [[[1, 0], [0, 1]]]}, "rule"),
        ("model.remembered", {"places": [[0, 0]], "segments": [0]}, "remembered"),
        ("model.remembered", {"places": [[0, 0]], "segments": [0, 1]}, "remembered"),
    ],
)  # fmt: skip
def test_a_damaged_model_is_a_damaged_history(second, path, value, key):
    file = second / "history/0001.json"
    spoiled_at(second, path, value)
    with pytest.raises(ConfigurationError) as error:
        check_model(read(file), str(file))
    assert str(error.value) == (
        f"{file}: the file is damaged (at model.{key}); restore it, name another build with --previous, or start a new "
        "history with --fresh."
    )


def test_a_damaged_model_ends_the_build_until_a_fresh_history_is_asked_for(second):
    spoiled_at(second, "model.segments.0.centre", [NAN, NAN])
    code, said = built(second)
    assert code == 2
    told = f"{second / 'history/0001.json'}: the file is damaged (at model.segments.0.centre); restore it"
    assert told in " ".join(said.split())
    assert not (second / "_site").exists()
    assert built(second, "--fresh")[0] == 0


def test_a_damaged_model_of_the_build_folder_is_not_at_hand(first, second):
    """The history holds none, as of a public site."""
    spoiled_at(second, "model", None)
    shutil.copytree(first / "build", second / "build")
    model = json.loads((second / "build/model.json").read_text(encoding="utf-8"))
    model["axes"][0]["spread"] = 0
    (second / "build/model.json").write_text(json.dumps(model), encoding="utf-8")
    assert built(second)[0] == 0
    edition = entry(second, 2)["contract"]["edition"]
    assert (edition["fitted"], edition["fitted_in"]) == ("missing", 2)


def test_a_model_of_another_version_is_not_at_hand(second):
    spoiled_at(second, "model.axes", "none")
    spoiled_at(second, "model.model_version", "0.9")
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
