"""A column in which nobody of a segment has a value: it keeps its place in every table and chart, and says nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.configuration import Configuration, load_configuration
from analysis.contract import Contract, FeatureProfile, WithheldProfile
from analysis.pipeline import analyse
from analysis.wording.number_format import NumberFormat
from report.captions.words import Words
from report.charts import profile, segment_heatmap, segment_profiles, segment_ranges
from report.charts.context import ChartContext
from report.disclosure import published
from report.errors import CheckError

NOBODY = "No customer of the segment has a value."
SITE = """
data: {{path: table.csv}}
columns:
  x: {{role: feature}}
  score: {{role: income, use: describe, missing: unknown}}
  y: {{role: feature}}
model: {{selection: {{k: 3}}}}
privacy: {{mode: {mode}, min_cell: 5}}
personas: personas.yml
playbook: playbook.yml
"""


def configured(folder: Path, known: int = 0, **files: str) -> Configuration:
    """Three segments of sixty; of the first so many have a score, which is high."""
    generator = np.random.default_rng(1)
    centres = np.repeat([[0, 0], [10, 0], [0, 10]], 60, axis=0) + generator.normal(size=(180, 2))
    score = generator.integers(1, 30, 180).astype(float)
    score[:60] = [*generator.integers(70, 90, known), *[np.nan] * (60 - known)]
    table = pd.DataFrame({"x": centres[:, 0].round(3), "score": score, "y": centres[:, 1].round(3)})
    table.to_csv(folder / "table.csv", index=False)
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return load_configuration(folder)


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    shipped = Path(__file__).parents[2] / "site_config"
    files = {name: (shipped / f"{name}.yml").read_text(encoding="utf-8") for name in ("personas", "playbook")}
    folder = tmp_path_factory.mktemp("gap")
    return analyse(configured(folder, site=SITE.format(mode="open"), **files)).contract


def test_every_segment_has_an_entry_for_every_column_in_the_same_order(contract: Contract) -> None:
    assert [[one.feature for one in segment.profile] for segment in contract.segments] == [["x", "score", "y"]] * 3
    empty = [segment for segment in contract.segments if not isinstance(segment.profile[1], FeatureProfile)]
    assert [one.size for one in empty] == [60]
    assert empty[0].profile[1] == WithheldProfile(feature="score", withheld=NOBODY)
    assert "score" not in empty[0].summary.casefold()
    assert {each.feature for one in empty[0].recommendations for each in one.evidence} <= {"x", "y"}


def test_no_persona_is_given_to_a_segment_of_which_its_role_is_not_known(contract: Contract) -> None:
    empty = next(one for one in contract.segments if one.withheld)
    assert empty.persona is None


def test_charts_and_their_tables_keep_its_place(contract: Contract) -> None:
    words = Words(contract, NumberFormat("en_US", "USD"))
    empty = next(position for position, one in enumerate(contract.segments) if one.withheld)
    row = segment_heatmap.caption(words).rows[empty]
    assert row[3:5] == ("–", "–")
    assert len({len(one) for one in segment_heatmap.caption(words).rows}) == 1
    drawn = marks(segment_heatmap.draw(ChartContext(contract, words.formats)))
    cells = [one for one in drawn if one.get("text") == "–"]
    assert [one["mx"] for one in cells] == [pytest.approx(_middles(drawn)[1])]
    assert "score –" in profile.caption(words, contract.segments[empty]).description
    assert [row for row in segment_profiles.caption(words).rows if row[2] == "–"]
    ranges = segment_ranges.caption(words).rows
    assert [row[1:] for row in ranges if "–" in row] == [("score", "–", "–", "–")]


def marks(chart: Any) -> list[dict[str, Any]]:  # noqa: ANN401 (any chart)
    return [one for rows in chart.to_dict()["datasets"].values() for one in rows]


def _middles(drawn: list[dict[str, Any]]) -> list[float]:
    return sorted({one["mx"] for one in drawn if "tip" in one})


def test_nothing_is_said_to_be_withheld_where_nothing_is(contract: Contract) -> None:
    words = Words(contract, NumberFormat("en_US", "USD"))
    assert not words.withholds
    for one in (segment_heatmap, segment_profiles, segment_ranges):
        assert "withheld" not in str(one.caption(words))
        assert "published" not in str(one.caption(words))


def test_a_public_site_does_not_tell_that_nobody_has_one(tmp_path: Path) -> None:
    whole = analyse(configured(tmp_path, site=SITE.format(mode="public").split("personas")[0])).contract
    copy = published(whole)
    assert NOBODY not in copy.model_dump_json()


@pytest.mark.parametrize("known", [0, 4])
def test_a_public_site_says_nothing_of_a_column_of_which_too_few_have_a_value(tmp_path: Path, known: int) -> None:
    shipped = Path(__file__).parents[2] / "site_config"
    files = {name: (shipped / f"{name}.yml").read_text(encoding="utf-8") for name in ("personas", "playbook")}
    whole = analyse(configured(tmp_path, known, site=SITE.format(mode="public"), **files)).contract
    first = next(one for one in published(whole).segments if one.centroid["x"] < 3 and one.centroid["y"] < 3)
    assert (first.name, first.persona) == ("Low y and x", None)
    said = re.sub(r"−?[\d.]*\d", "0", first.summary)
    assert said == "Is at 0 in y, against an average of 0; is at 0 in x, against an average of 0."
    assert {one.feature for one in first.traits} == {"x", "y"}
    assert {each.feature for one in first.recommendations for each in one.evidence} <= {"x", "y"}


def test_as_many_as_may_be_told_are_told_of(tmp_path: Path) -> None:
    whole = analyse(configured(tmp_path, 5, site=SITE.format(mode="public").split("personas")[0])).contract
    first = next(one for one in published(whole).segments if one.centroid["x"] < 3 and one.centroid["y"] < 3)
    assert first.name == "Very high income, low y"


UNASSIGNED = """
data: {{path: table.csv}}
columns:
  x: {{role: feature}}
  y: {{role: feature}}
  z: {{role: feature, missing: median}}
model: {{algorithm: hdbscan, largest_k: 4}}
privacy: {{mode: {mode}, min_cell: 5}}
"""


def unassigned(folder: Path, mode: str) -> Contract:
    """Three squares of a hundred customers, and fourteen far from them who lack a column that segments are found by."""
    far = np.random.default_rng(4).uniform(20, 60, (14, 2)).round(3)
    corners = [(0, 0), (10, 0), (0, 10)]
    squares = [(x + row / 10, y + column / 10) for x, y in corners for row, column in np.ndindex(10, 10)]
    table = pd.DataFrame(np.vstack([squares, far]), columns=["x", "y"])
    table["z"] = [*np.tile([0.0, 0.1], 150), *[np.nan] * 14]
    table.to_csv(folder / "table.csv", index=False)
    (folder / "site.yml").write_text(UNASSIGNED.format(mode=mode), encoding="utf-8")
    return analyse(load_configuration(folder)).contract


def test_nobody_left_over_may_have_a_value_that_segments_are_found_by(tmp_path: Path) -> None:
    contract = unassigned(tmp_path, "open")
    rest = contract.segments[-1]
    assert (rest.kind, rest.size, rest.centroid["z"]) == ("unassigned", 14, None)
    assert rest.profile[2] == WithheldProfile(feature="z", withheld=NOBODY)
    assert all(one.centroid["z"] is not None for one in contract.proper)
    assert contract.repeatable


def test_a_public_site_refuses_it_as_it_does_few(tmp_path: Path) -> None:
    contract = unassigned(tmp_path, "public")
    with pytest.raises(CheckError, match=r"has 0 customers with a value in “z”, fewer than privacy\.min_cell \(5\)"):
        published(contract)
