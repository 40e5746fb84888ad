"""What every algorithm must do: find what is plainly there, whatever the order, the unit or the number of copies."""

from __future__ import annotations

import re
import subprocess
import sys

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms import ALGORITHMS, Algorithm, algorithm
from analysis.clustering.algorithms.cluster import Points, points
from analysis.clustering.algorithms.hdbscan import ROOM
from analysis.clustering.battery.tables import drawn
from analysis.clustering.placement import placing
from analysis.configuration.model import ModelSettings
from analysis.contract.algorithms import DESCRIBED, described

EVERY = list(ALGORITHMS)
FINDS = {name for name, one in DESCRIBED.items() if one.finds_number}
TOLD = [name for name in EVERY if name not in FINDS]


def _algorithm(name: str) -> Algorithm:
    return algorithm(name, 0.1)


def _labels(name: str, standard: Matrix, k: int) -> Labels:
    distinct = points(standard)
    (found,) = _algorithm(name).fit(distinct, [k], lambda k: k)
    return found.labels[distinct.row]


def test_the_settings_offer_every_algorithm_and_their_comparison():
    offered = set(ModelSettings.model_json_schema()["properties"]["algorithm"]["enum"])
    assert offered == {*ALGORITHMS, "compare"}
    assert ModelSettings().algorithm == "kmeans"
    assert (ModelSettings(algorithm="compare").shown, ModelSettings(algorithm="ward").shown) == ("kmeans", "ward")
    assert ModelSettings(algorithm="compare").beside == ("gaussian_mixture", "ward", "bisecting", "hdbscan")
    assert ModelSettings(algorithm="ward").beside == ()


def test_every_algorithm_is_described_and_an_unknown_one_goes_by_its_name():
    assert tuple(DESCRIBED) == ALGORITHMS
    assert {"hdbscan"} == FINDS
    assert [name for name in EVERY if described(name).in_notebook] == ["kmeans"]
    unknown = described("spectral")
    assert (unknown.label, unknown.works, unknown.placed) == ("spectral", "", "to the nearest segment")


@pytest.mark.parametrize("name", EVERY)
def test_who_finds_the_number_says_how_and_who_is_told_it_does_not(name: str):
    way = _algorithm(name)
    assert way.finds_number == (way.room > 0) == (len(way.rule) > 0)
    if way.finds_number:
        assert way.found(3, unassigned=False).startswith(f"{described(name).label} finds 3 ")
    else:
        with pytest.raises(NotImplementedError, match=name):
            way.found(3, unassigned=False)


def test_what_is_done_for_one_algorithm_and_not_for_another_it_says_itself():
    ways = {name: algorithm(name) for name in ALGORITHMS}
    assert {name for name, way in ways.items() if way.settles_on_all} == {"kmeans"}
    assert {name for name, way in ways.items() if way.numbers_alone} == {"gaussian_mixture"}
    assert {name for name, way in ways.items() if way.side_by_side} == {"kmeans"}
    assert {name for name, way in ways.items() if not way.scikit_learn} == {"kmeans", "ward"}
    assert {name: way.largest_fit for name, way in ways.items() if way.largest_fit} == {"ward": 4_000}
    assert {name: way.measured for name, way in ways.items()} == {**dict.fromkeys(ALGORITHMS, 500), "kmeans": 1_000}


def test_nobody_but_the_list_and_the_algorithm_itself_knows_a_name(project):
    """Names in quotation marks, as code asks for them; in running text they may stand anywhere."""
    quoted = re.compile("[\"'](?:" + "|".join(ALGORITHMS) + ")[\"']")
    files = [file for part in ("analysis", "report") for file in (project / part).rglob("*.py")]
    found = {file.relative_to(project).as_posix() for file in files if quoted.search(file.read_text("utf-8"))}
    own = {f"analysis/clustering/algorithms/{name}.py" for name in ALGORITHMS}
    # A hospital's ward is a place, and the battery divides its tables by K-Means unless an algorithm brings its own.
    others = {"analysis/columns/codes.py", "analysis/clustering/battery/__init__.py"}
    assert found == own | others | {"analysis/contract/algorithms.py"}


@pytest.mark.parametrize("name", EVERY)
def test_three_groups_far_apart_are_found(name: str, three: tuple[Matrix, Labels]):
    rows, truth = three
    assert _algorithm(name).name == name
    assert adjusted_rand_score(truth, _labels(name, rows, 3)) == 1


@pytest.mark.parametrize("name", EVERY)
def test_whoever_was_fitted_or_stands_beside_is_assigned_to_the_same_segment(name: str, three_points: Points):
    (found,) = _algorithm(name).fit(three_points, [3], lambda k: k)
    assert found.k == found.groups == 3
    np.testing.assert_array_equal(placing(found).assigned(three_points.position), found.labels)
    np.testing.assert_array_equal(placing(found).assigned(three_points.position + 1e-4), found.labels)


@pytest.mark.parametrize("name", EVERY)
def test_what_describes_a_division_follows_from_its_labels(name: str, three_points: Points):
    (found,) = _algorithm(name).fit(three_points, [3], lambda k: k)
    means = [three_points.position[found.labels == segment].mean(axis=0) for segment in range(3)]
    np.testing.assert_allclose(found.centroids, means)
    off = three_points.position - found.centroids[found.labels]
    assert found.inertia == pytest.approx(float(np.sum(off**2)))


@pytest.mark.parametrize("name", TOLD)
def test_writing_every_row_twice_changes_no_centroid(name: str, mall_features):
    once, twice = points(mall_features.standard), points(np.repeat(mall_features.standard, 2, axis=0))
    for k in (3, 6):
        (a,), (b,) = (_algorithm(name).fit(each, [k], lambda k: k) for each in (once, twice))
        np.testing.assert_allclose(a.centroids, b.centroids, atol=1e-6)


@pytest.mark.parametrize("name", EVERY)
def test_customers_alike_in_everything_share_a_segment(name: str):
    generator = np.random.default_rng(3)
    rows = np.unique(generator.integers(0, 5, (150, 2)).astype(float), axis=0, return_inverse=True)
    table = rows[0][np.sort(rows[1].ravel())]
    distinct = points((table - table.mean(axis=0)) / table.std(axis=0))
    for found in _algorithm(name).fit(distinct, [4], lambda k: k):
        assert len(found.labels) == distinct.count


@pytest.mark.parametrize("name", EVERY)
def test_many_tables_are_divided_as_one_is(name: str, three: tuple[Matrix, Labels]):
    rows, truth = three
    tables = rows[drawn(len(rows), 5, np.random.default_rng(1))].astype(np.float32)
    parts = _algorithm(name).divide([2, 3])(tables, np.random.default_rng(2))
    assert set(parts) == ({ROOM} if name in FINDS else {2, 3})
    part = parts[max(parts)]
    everybody = part.assigned(np.repeat(rows[None], 5, axis=0).astype(np.float32))
    assert everybody.dtype == part.labels.dtype == np.uint8
    for found in everybody:
        # A customer at the rim who was not drawn may be beyond a dense segment's reach.
        assert adjusted_rand_score(truth, found) >= (0.9 if name in FINDS else 1)
    between = [_spread(table, labels) for table, labels in zip(tables, part.labels, strict=True)]
    np.testing.assert_allclose(part.inertia, between, rtol=1e-3)


def _spread(table: Matrix, labels: Labels) -> float:
    groups = (table[labels == group] for group in np.unique(labels))
    return sum(float(np.sum((own - own.mean(axis=0)) ** 2)) for own in groups)


@pytest.mark.parametrize("name", EVERY)
def test_a_table_with_fewer_different_rows_than_segments_is_divided_as_finely_as_it_can_be(name: str):
    tables = np.repeat(np.array([[[0.0, 0], [1, 1], [5, 5]]], dtype=np.float32), 4, axis=1)
    for part in _algorithm(name).divide([2, 5])(tables, np.random.default_rng(0)).values():
        assert part.labels.shape == (1, 12)
        assert part.assigned(tables).shape == (1, 12)
        assert np.isfinite(part.inertia).all()


def test_only_the_algorithm_asked_for_is_loaded(project):
    code = (
        "import sys; from pathlib import Path; from analysis.configuration import load_configuration;"
        "from analysis.pipeline import analyse; analyse(load_configuration(Path('site_config')));"
        "print(*sorted(name for name in sys.modules if name.startswith('analysis.clustering.algorithms.')))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)  # noqa: S603
    loaded = {name.rpartition(".")[2] for name in run.stdout.split()}
    light = {"algorithm", "cluster", "gaussian_assignment", "hdbscan_assignment", "measured"}
    assert loaded == {*light, "kmeans"}
