"""The score of a table, of a family, and of all: on one small table's whole way, and on made-up results."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from tests.benchmarks.tables import OUTLIER, Known, Spec
from tests.benchmarks.tables.score import Outcome, outcome
from tests.benchmarks.tables.summary import markdown, power, summaries, summary, targets

FOUND = Outcome("equal", 0, 0, 150, 2, 3, k=3, verdict="natural", ari=1.0)
TOUCHING = dataclasses.replace(FOUND, family="nearest at 4 to 4.5", k=2, ari=0.6, verdict="reproducible")
CLOUD = Outcome("normal", 0, 0, 150, 2, 1, k=4, verdict="constructive")


@pytest.fixture(scope="module")
def known() -> Known:
    generator = np.random.default_rng(5)
    truth = np.repeat([0, 1, 2], 30)
    centres = np.array([[0, 0], [30, 0], [0, 30]])
    frame = pd.DataFrame(centres[truth] + generator.standard_normal((90, 2)), columns=["x", "y"]).round(3)
    return Known("equal", 0, Spec(90, 3, 2), frame, truth)


def test_a_table_goes_the_whole_way_and_its_groups_are_found(known):
    found = outcome(known, seed=7)
    assert (found.error, found.k, found.ari, found.exact) == (None, 3, 1.0, True)
    assert (found.family, found.rows, found.columns, found.groups, found.seed) == ("equal", 90, 2, 3, 7)
    assert found.seconds > 0
    assert found.selection is not None
    assert found.selection["verdict"] == found.verdict


def test_truth_and_segments_are_compared_row_by_row(known):
    truth = known.truth.copy()
    truth[[0, 30]] = truth[[30, 0]]
    assert 0.9 < outcome(dataclasses.replace(known, truth=truth)).ari < 1


def test_outliers_do_not_count_in_the_agreement(known):
    truth = known.truth.copy()
    truth[[0, 30]] = OUTLIER
    assert outcome(dataclasses.replace(known, truth=truth)).ari == 1


def test_a_table_that_fails_is_an_outcome(known):
    found = outcome(dataclasses.replace(known, frame=known.frame.assign(**dict.fromkeys(known.frame, 1.0))))
    assert found.error
    assert (found.verdict, found.exact, found.within_one) == ("error", False, False)


def test_a_summary_counts_and_averages():
    near = dataclasses.replace(FOUND, k=4, ari=0.8, verdict="constructive")
    far = dataclasses.replace(FOUND, k=9, ari=0.3, verdict="constructive")
    together = summary("equal", "separated", [FOUND, FOUND, near, far])
    assert (together.tables, together.exact, together.within_one) == (4, 0.5, 0.75)
    assert together.ari == pytest.approx(0.775)
    assert together.verdicts == {"natural": 2, "constructive": 2}


@pytest.mark.parametrize(
    ("outcomes", "met"),
    [
        ([FOUND] * 9 + [dataclasses.replace(FOUND, k=4)] + [CLOUD], [True, True, True]),
        ([FOUND] * 8 + [dataclasses.replace(FOUND, k=4)] * 2 + [CLOUD], [False, True, True]),
        ([FOUND, dataclasses.replace(FOUND, ari=0.8), CLOUD], [True, False, True]),
        ([FOUND, CLOUD, dataclasses.replace(CLOUD, verdict="natural")], [True, True, False]),
        ([FOUND, CLOUD, dataclasses.replace(CLOUD, verdict="reproducible")], [True, True, False]),
        ([FOUND, CLOUD, dataclasses.replace(CLOUD, verdict="error", error="it broke")], [True, True, False]),
        ([FOUND], [True, True]),
        ([CLOUD], [True]),
        ([FOUND, CLOUD, TOUCHING], [True, True, True]),
        ([TOUCHING], []),
    ],
)
def test_each_target_is_met_or_missed_as_it_is_written(outcomes, met):
    assert [target.met for target in targets(outcomes)] == met


def test_one_claim_in_twenty_tables_without_structure_is_chance():
    false = dataclasses.replace(CLOUD, verdict="reproducible")
    assert [target.met for target in targets([CLOUD] * 19 + [false])] == [True]
    assert [target.met for target in targets([CLOUD] * 18 + [false])] == [False]


def test_power_is_told_by_distance_and_by_size():
    small = dataclasses.replace(FOUND, family="apart by 4", rows=200, verdict="reproducible")
    large = dataclasses.replace(small, rows=2000, verdict="constructive", k=2)
    cloud = dataclasses.replace(CLOUD, family="apart by 0", rows=500)
    assert [line.cells for line in power([small, small, large, cloud, FOUND])] == [
        ["0", "", "0 of 1", "", "0 of 1", ""],
        ["4", "2 of 2", "", "0 of 1", "2 of 3", "67%"],
    ]


def test_the_markdown_has_a_line_a_family_and_one_a_kind():
    outcomes = [FOUND, dataclasses.replace(FOUND, family="money", k=5, ari=0.7), CLOUD, TOUCHING]
    lines = markdown(summaries(outcomes)).splitlines()
    assert lines[0].startswith("| family | tables | exact k |")
    assert {line.count("|") for line in lines} == {lines[0].count("|")}
    assert [line.split(" | ")[0] for line in lines[2:]] == [
        "| equal",
        "| money",
        "| all separated",
        "| nearest at 4 to 4.5",
        "| all overlapping",
        "| normal",
        "| all without structure",
    ]
    assert lines[4] == "| all separated | 2 | 50% | 50% | 0.850 | 2 |  |  |  |"
    assert lines[6] == "| all overlapping | 1 | 0% | 100% | 0.600 |  | 1 |  |  |"
    assert lines[7] == "| normal | 1 |  |  |  |  |  | 1 |  |"
