"""Every interval is one of the figure beside it: it contains it, and is as wide as the customers' number makes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analysis.clustering.battery import Sample, kmeans
from analysis.clustering.battery.bootstrap import bootstrap
from analysis.clustering.placement import Placement
from analysis.configuration import Site
from analysis.contract import Contract
from analysis.errors import DataError
from analysis.evidence.compared import compared
from analysis.evidence.whole import of_the_whole
from analysis.pipeline import analyse
from analysis.preparation.features import Features, features
from analysis.profiling.profile import profiles
from analysis.statistics.resampled import Resampled
from analysis.statistics.sampling import sureness
from report.disclosure import published

ENDING = "_interval"
COLUMNS: dict[str, dict[str, Any]] = {
    "spent": {"role": "monetary", "missing": "median"},
    "visits": {"role": "feature", "transform": "none"},
    "likes": {"role": "feature", "kind": "ordinal", "order": ["a", "b", "c", "d"], "missing": "most_frequent"},
    "letter": {"role": "feature", "kind": "boolean", "use": "describe"},
    "age": {"role": "age", "use": "describe", "missing": "unknown"},
}


def pairs(value: object, where: str = "") -> Iterator[tuple[str, float, dict[str, float]]]:
    """Every interval of a document, with its path and the figure beside it."""
    if isinstance(value, list):
        for place, part in enumerate(value):
            yield from pairs(part, f"{where}[{place}]")
    elif isinstance(value, dict):
        for key, part in value.items():
            if key.endswith(ENDING) and part is not None:
                yield f"{where}.{key}", value[key.removesuffix(ENDING)], part
            elif not key.endswith(ENDING):
                yield from pairs(part, f"{where}.{key}")


def outside(contract: Contract) -> list[str]:
    found = pairs(contract.model_dump(mode="json")["segments"])
    return [where for where, figure, ends in found if not ends["lower"] <= figure <= ends["upper"]]


def test_the_figure_beside_an_interval_is_found() -> None:
    segment = {"size": 4, "size_interval": {"lower": 5, "upper": 6}, "profile": [{"mean": 1, "mean_interval": None}]}
    assert list(pairs([segment])) == [("[0].size_interval", 4, {"lower": 5, "upper": 6})]


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Customers with a long tail, a few far out, marks, levels and gaps; with groups or without."""
    noise = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size, apart = draw(st.integers(40, 260)), draw(st.sampled_from([0.0, 1.0, 4.0]))
    group = noise.integers(0, 3, size)
    frame = pd.DataFrame(
        {
            "spent": noise.lognormal(3 + apart * group / 3, draw(st.sampled_from([0.3, 1.2])), size).round(2),
            "visits": noise.poisson(3 + apart * (group == 1) * 3, size),
            "likes": np.array(list("abcd"))[np.clip(group + noise.integers(0, 2, size), 0, 3)],
            "letter": np.where(noise.random(size) < draw(st.sampled_from([0.02, 0.5, 0.97])), "yes", "no"),
            "age": noise.integers(18, 90, size),
        }
    ).astype(object)
    frame.loc[: draw(st.integers(0, 3)), "visits"] = 900
    frame.loc[0, "letter"], frame.loc[1, "letter"] = "yes", "no"
    for column in ("spent", "likes", "age"):
        frame.loc[noise.random(size) < draw(st.sampled_from([0.0, 0.15])), column] = ""
    return frame


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(frame=tables(), algorithm=st.sampled_from(["kmeans", "kmeans", "kmeans", "ward", "hdbscan"]))
def test_every_interval_contains_its_figure(configure, frame: pd.DataFrame, algorithm: str) -> None:
    configuration = configure(
        frame,
        COLUMNS,
        model={"largest_k": 5, "algorithm": algorithm},
        value={"sum_of": ["spent"]},
        privacy={"mode": "open"},
    )
    try:
        contract = analyse(configuration).contract
    except DataError:  # no segment at all
        return
    assert outside(contract) == []
    assert Contract.model_validate_json(contract.model_dump_json()) == contract
    if min(segment.size for segment in contract.segments) >= 10:
        privacy = contract.privacy.model_copy(update={"mode": "public", "min_cell": 3})
        assert outside(published(contract.model_copy(update={"privacy": privacy}))) == []


CENTRES = np.array([[0.0, 0.0], [2.6, 0.0], [1.2, 2.4]])
SHARES = np.array([0.5, 0.3, 0.2])
SITE = Site.model_validate(
    {
        "data": {"path": "t.csv"},
        "columns": {name: {"role": "feature", "transform": "none"} for name in "xy"},
        "model": {"outliers": "keep"},
    }
)


def overlapping(rows: int, draw: np.random.Generator) -> np.ndarray:
    return CENTRES[draw.choice(3, rows, p=SHARES)] + draw.normal(0, 1, (rows, 2))


def segmented(table: Features, seed: int, measured: int) -> tuple[np.ndarray, Resampled]:
    """K-Means of a table in three, and its resamples: of all customers, or of some."""
    placing = Placement(_centroids(table.standard, seed), None)
    labels = placing.assigned(table.standard)
    rows = np.sort(np.random.default_rng(seed).choice(table.size, measured, replace=False))
    sample = Sample(table.matrix[rows], tuple(axis.transform for axis in table.design.axes))
    drawn = bootstrap(sample, kmeans([3]), 100, np.random.default_rng(seed))
    own = labels[rows]
    found = Resampled(drawn.matched(own, 3).astype(np.int8), drawn.counts, drawn.jaccard(own, 3), rows)
    return labels, of_the_whole(found, table, labels, table.size, np.random.SeedSequence(seed))


def _centroids(rows: np.ndarray, seed: int) -> np.ndarray:
    found = kmeans([3])(rows[None].astype(np.float32), np.random.default_rng(seed))[3]
    return np.array([rows[found.labels[0] == segment].mean(axis=0) for segment in range(3)])


@pytest.mark.parametrize("measured", [600, 200])
def test_nineteen_in_twenty_intervals_hold_the_figure_of_the_population(measured: int) -> None:
    """Whether resamples are drawn from all 600 customers or from 200 of them."""
    many = overlapping(200_000, np.random.default_rng(0))
    spread = many.std(axis=0)
    truth = _centroids(many / spread, 1) * spread
    share = np.bincount(Placement(truth / spread, None).assigned(many / spread)) / len(many)
    held: list[bool] = []
    wide: list[float] = []
    for seed in range(30):
        frame = pd.DataFrame(overlapping(600, np.random.default_rng(100 + seed)), columns=["x", "y"])
        table = features(frame, SITE)
        labels, drawn = segmented(table, seed, measured)
        sure = sureness(drawn, 3, labels)
        for place, profile in enumerate(compared(profiles(table, labels, None), table, labels, drawn)):
            means = np.array([one.mean for one in profile.figures])
            true = int(np.argmin(((truth - means) ** 2).sum(axis=1)))
            told = [(sure[place].share, share[true])]
            told += [(one.typical_interval, truth[true, at]) for at, one in enumerate(profile.figures)]
            held += [ends.lower <= figure <= ends.upper for ends, figure in told if ends is not None]
            wide.append((sure[place].share.upper - sure[place].share.lower) / 2)
    assert len(held) > 250
    assert 0.90 <= np.mean(held) <= 0.99
    # Counting alone gives ± 1.96 · √(⅓ · ⅔ / 600) = ± .038; to find the segments anew adds to it.
    assert 0.038 <= np.mean(wide) <= 0.09
