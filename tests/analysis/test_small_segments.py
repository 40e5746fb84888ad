"""Tables of a few rows end in a site, or in one sentence that can be followed."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from analysis.errors import AtlasError, ConfigurationError, DataError
from analysis.pipeline import analyse

COLUMNS = {name: {"role": "feature", "missing": "median"} for name in ("age", "income", "visits")}


def few(rows: int, kind: str) -> pd.DataFrame:
    generator = np.random.default_rng(rows)
    frame = pd.DataFrame(
        {
            "age": generator.integers(18, 80, rows),
            "income": generator.normal(50_000, 15_000, rows).round(),
            "visits": generator.poisson(5, rows),
        }
    ).astype(float)
    if kind == "gaps":
        return frame.mask(generator.random(frame.shape) < 0.1)
    if kind == "repeated":
        return frame.iloc[generator.integers(0, max(2, rows // 3), rows)].reset_index(drop=True)
    return frame


def settings(k: int | str, mode: str, min_cell: int = 10) -> dict[str, object]:
    selection = "auto" if k == "auto" else {"k": k}
    return {
        "privacy": {"mode": mode, "min_cell": min_cell},
        "model": {"selection": selection},
    }


def test_27_rows_are_told_what_can_be_done(configure):
    """No number of segments leaves ten in each; fewer than two there are not."""
    with pytest.raises(ConfigurationError) as refused:
        analyse(configure(few(27, "plain"), COLUMNS, **settings("auto", "public")))
    told = re.sub(r"has \d+ customers, fewer", "has N customers, fewer", str(refused.value))
    assert re.sub(r"to \d+ or", "to N or", told) == (
        "model.selection: with 2 segments the smallest has N customers, fewer than privacy.min_cell (10) lets a public "
        "site show, and no number of segments that was tried has 10 customers in each; set privacy.min_cell in "
        "site.yml to N or set privacy.mode in site.yml to open if the table itself is public (segment-atlas init "
        "writes a site.yml where there is none)."
    )


def test_too_few_rows_for_two_segments_are_told_as_that(configure):
    with pytest.raises(ConfigurationError, match=r"and 15 customers are too few for two segments of 10; "):
        analyse(configure(few(15, "plain"), COLUMNS, **settings("auto", "public")))


def test_rows_that_are_all_alike_are_told_as_that(configure):
    alike = pd.concat([few(9, "plain").iloc[[0]]] * 9)
    with pytest.raises(DataError, match="every column that forms segments has the same value") as refused:
        analyse(configure(alike, COLUMNS))
    assert len(refused.value.problems) == 1


def test_another_number_is_proposed_where_it_helps(configure, blobs, two_features):
    """Three groups of forty: four segments cut one of them."""
    with pytest.raises(ConfigurationError, match=r"; ask for 2 or 3 segments \(model.selection.k, or --k\), set "):
        analyse(configure(blobs, two_features, **settings(4, "public", 25)))


@pytest.mark.parametrize("rows", [5, 9, 19, 27, 40])
@pytest.mark.parametrize("kind", ["plain", "gaps", "repeated"])
@pytest.mark.parametrize("k", ["auto", 4])
def test_whatever_is_advised_can_be_followed(configure, rows: int, kind: str, k: int | str):
    """Each sentence is obeyed until a site comes out; no advice leads to the same refusal again."""
    frame, mode, cell, said = few(rows, kind), "public", 10, []
    for _ in range(4):
        try:
            found = analyse(configure(frame, COLUMNS, **settings(k, mode, cell))).contract
        except AtlasError as refused:
            said.append(str(refused))
            assert len(set(said)) == len(said), said
            if number := re.search(r"ask for (\d+)|selection\.k \(or --k\) to (\d+)", said[-1]):
                k = int(number[1] or number[2])
            elif least := re.search(r"min_cell in site\.yml to (\d+)", said[-1]):
                cell = int(least[1])
            elif "privacy.mode in site.yml to open" in said[-1]:
                mode = "open"
            else:
                pytest.fail(said[-1])
        else:
            assert mode == "open" or min(segment.size for segment in found.segments) >= cell
            return
    pytest.fail(str(said))
