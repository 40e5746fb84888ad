"""A division kept from build to build: new customers are given to it until they have drifted from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from analysis.configuration.model import ModelSettings
from analysis.history.remembered import Remembered
from analysis.pipeline import Analysis, analyse
from analysis.scoring.reading import arrived
from analysis.scoring.score import score
from tests.analysis.conftest import Configure

COLUMNS: dict[str, dict[str, Any]] = {"id": {"role": "id"}, "x": {"role": "feature"}, "y": {"role": "feature"}}
KEPT = {"model": {"refit": "when drifted"}}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Three groups far apart, 40 customers each, with identifiers."""
    generator = np.random.default_rng(7)
    centres = np.array([[10, 10], [50, 12], [30, 60]])
    frame = pd.DataFrame(np.vstack([generator.normal(c, 2, (40, 2)) for c in centres]).round(2), columns=["x", "y"])
    return frame.assign(id=[f"C{n:03}" for n in range(len(frame))])


def later(frame: pd.DataFrame, seed: int = 8) -> pd.DataFrame:
    """A month later: five customers left, ten have come, of the same groups."""
    generator = np.random.default_rng(seed)
    new = frame.sample(10, random_state=seed)[["x", "y"]] + generator.normal(0, 1, (10, 2))
    new["id"] = [f"N{seed}{n:03}" for n in range(10)]
    return pd.concat([frame.iloc[5:], new.round(2)], ignore_index=True)


def after(before: Analysis, **changed: object) -> Remembered:
    """What the next build is told of a build."""
    last = before.contract.edition
    assert last is not None
    told = Remembered(last.number + 1, None, before.contract, None, before.model.model_dump_json())
    return replace(told, **changed)


def built(
    configure: Configure, frame: pd.DataFrame, remembered: Remembered | None = None, **settings: object
) -> Analysis:
    return analyse(configure(frame, COLUMNS, **{**KEPT, **settings}), remembered=remembered or Remembered())


def fitted(found: Analysis) -> tuple[str, int]:
    assert found.contract.edition is not None
    return found.contract.edition.fitted, found.contract.edition.fitted_in


def test_the_first_build_finds_segments_and_the_next_ones_keep_them(configure, table):
    first = built(configure, table)
    second = built(configure, later(table), after(first))
    third = built(configure, later(later(table), 9), after(second))
    assert [fitted(one) for one in (first, second, third)] == [("first", 1), ("kept", 1), ("kept", 1)]
    assert [one.contract.selection.mode for one in (first, second, third)] == ["auto", "kept", "kept"]
    assert third.contract.selection.reason.startswith(
        "The 3 segments found in build 1 are kept, and today’s data alone"
    )
    assert not second.contract.repeatable
    assert third.model.axes == first.model.axes
    for one in first.model.segments:
        (same,) = (each for each in third.model.segments if each.id == one.id)
        assert (same.centre, same.usual_distance, same.farthest_usual) == (
            one.centre, one.usual_distance, one.farthest_usual,
        )  # fmt: skip


def test_customers_get_the_segments_that_scoring_by_the_first_model_gives_them(configure, table):
    first = built(configure, table)
    month = configure(later(table), COLUMNS, **KEPT)
    second = analyse(month, remembered=after(first))
    scored = score(arrived(month.origin.places[0], first.model), first.model).rows
    assert second.assignments["id"].tolist() == scored["id"].tolist()
    assert second.assignments["segment"].tolist() == scored["segment"].tolist()


def test_segments_are_found_anew_once_a_group_has_moved(configure, table):
    first = built(configure, table)
    moved = table.assign(x=table["x"] + np.where(table["y"] > 40, 9.0, 0.0))
    assert fitted(built(configure, moved, after(first))) == ("drifted", 2)
    assert fitted(built(configure, moved, after(first), model={"refit": "never"})) == ("kept", 1)
    assert fitted(built(configure, moved, after(first), model={"refit": "always"})) == ("always", 2)


def test_segments_are_found_anew_once_one_has_lost_its_customers(configure, table):
    first = built(configure, table)
    lost = table[table["y"] < 40]
    for refit in ("when drifted", "never"):
        assert fitted(built(configure, lost, after(first), model={"refit": refit})) == ("emptied", 2)


@pytest.mark.parametrize(
    ("columns", "model"),
    [
        ({"y": {"role": "feature", "weight": 2}}, {}),
        ({"y": {"role": "feature", "use": "describe"}}, {}),
        ({"y": {"role": "category", "use": "cluster"}}, {}),
        ({}, {"selection": {"k": 4}}),
        ({}, {"algorithm": "ward"}),
    ],
)
def test_segments_are_found_anew_where_the_configuration_asks_for_others(configure, table, columns, model):
    first = built(configure, table)
    other = configure(table, {**COLUMNS, **columns}, model={"refit": "never", **model})
    assert fitted(analyse(other, remembered=after(first))) == ("asked", 2)


@pytest.mark.parametrize("model", [None, "", "{}", '{"model_version": "0.1"}'])
def test_without_a_model_segments_are_found_anew_and_it_is_said(configure, table, model):
    first = built(configure, table)
    assert fitted(built(configure, later(table), after(first, model=model))) == ("missing", 2)


@pytest.mark.parametrize("algorithm", ["gaussian_mixture", "hdbscan"])
def test_an_algorithm_without_centres_keeps_nothing(algorithm):
    with pytest.raises(ValidationError, match=f"and {algorithm} has no such; set refit to always"):
        ModelSettings(algorithm=algorithm, refit="never")
    assert ModelSettings(algorithm=algorithm).refit == "always"


def test_a_kept_division_of_another_number_stands_beside_those_tried(configure, table):
    first = built(configure, table, model={"refit": "never", "selection": {"k": 4}})
    second = built(configure, later(table), after(first), model={"refit": "never", "largest_k": 3, "smallest_k": 2})
    assert fitted(second) == ("kept", 1)
    assert [one.k for one in second.contract.selection.candidates] == [2, 3, 4]
    assert second.contract.selection.k == 4
    assert "today’s data alone would give 3" in second.contract.selection.reason
