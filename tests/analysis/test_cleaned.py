"""The one way from a configuration to usable customers, which the pipeline and the notebook take."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.configuration import Configuration, Site, load_configuration, without_files
from analysis.errors import ConfigurationError, DataError
from analysis.preparation.cleaned import cleaned

SITE = """
data: {path: table.csv}
columns:
  id: {role: id}
  age: {role: age, minimum: 0, maximum: 120, missing: median}
  spend: {role: income}
  always: {role: feature}
model: {selection: {k: 2}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty customers, one without an age; two rows that cannot be used; a column that tells nothing."""
    rows = [f"K{row},{20 + row if row else ''},{1_000 + 37 * (7 * row % 41)},1" for row in range(40)]
    (tmp_path / "table.csv").write_text("\n".join(["id,age,spend,always", *rows, "K1,30,5,1", "K90,300,5,1", ""]))
    (tmp_path / "site.yml").write_text(SITE)
    return tmp_path


def test_rows_are_read_and_set_aside_with_their_reasons(folder: Path):
    customers = cleaned(load_configuration(folder)).customers
    assert (customers.rows_read, customers.rows_used, customers.rows_rejected) == (42, 40, 2)
    assert {(each.column, each.reason) for each in customers.rejections} == {
        ("age", "above the maximum, 120"),
        ("id", "identifier of an earlier row"),
    }
    assert customers.imputed == {"age": 1}


def test_the_columns_are_those_of_the_analysis(folder: Path):
    found = cleaned(load_configuration(folder))
    assert list(found.configuration.site.columns) == ["id", "age", "spend", "age known"]
    assert [one.column for one in found.customers.left_out] == ["always"]


def test_features_hold_gaps_open_and_are_those_that_segments_are_found_by(folder: Path):
    features = cleaned(load_configuration(folder)).features()
    assert [axis.feature for axis in features.design.axes] == ["age", "spend"]
    assert features.matrix.shape == (40, 2)
    assert (int(features.incomplete.sum()), int(features.kept.sum())) == (1, 39)
    assert features.matrix[features.kept, 0].tolist() == [20.0 + row for row in range(1, 40)]


def test_of_many_customers_a_sample_is_looked_at(folder: Path):
    features = cleaned(load_configuration(folder)).features(20)
    assert (len(features.looked_at), len(features.frame)) == (20, 40)


def test_of_purchases_a_row_is_a_customer(tmp_path: Path):
    lines = [
        f"C{who},2025-{1 + time:02d}-{1 + who % 27:02d},{10 + who}" for who in range(30) for time in range(1 + who % 3)
    ]
    (tmp_path / "t.csv").write_text("\n".join(["who,day,money", *lines, ""]))
    site = Site.model_validate(
        {
            "data": {"path": "t.csv"},
            "transactions": {"customer": "who", "date": "day", "amount": "money"},
            "model": {"selection": {"k": 2}},
        }
    )
    found = cleaned(without_files(site, tmp_path / "t.csv"))
    frequency = next(name for name, column in found.configuration.site.columns.items() if column.role == "frequency")
    assert (found.customers.rows_used, len(found.customers.frame)) == (60, 30)
    assert np.bincount(found.customers.frame[frequency].astype(int)).tolist() == [0, 10, 10, 10]


def test_what_begins_is_told_once_the_settings_are_known_to_be_sound(folder: Path, mall: Configuration):
    told: list[tuple[str, int | None]] = []

    def step(text: str, rows: int | None = None) -> None:
        told.append((text, rows))

    cleaned(mall, step)
    begun = [("Reading the table", None), ("Preparing the columns", 200)]
    assert told == begun
    (folder / "personas.yml").write_text("personas: [{name: P, levels: {nothing: high}}]\n")
    (folder / "site.yml").write_text(SITE + "personas: personas.yml\n")
    with pytest.raises(ConfigurationError, match="“nothing” is neither a role or topic"):
        cleaned(load_configuration(folder), step)
    assert told == begun


def test_a_table_that_is_not_there_is_named_in_one_sentence(folder: Path):
    (folder / "table.csv").unlink()
    with pytest.raises(DataError, match=r"table\.csv") as caught:
        cleaned(load_configuration(folder))
    assert len(str(caught.value).splitlines()) == 1
