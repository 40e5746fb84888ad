"""Gaps stay gaps: they are counted, no figure is made of them, and they make no segment."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.cells.known import Known
from analysis.configuration import Column, Site
from analysis.configuration.table import TableSettings
from analysis.customers.customers import Customers
from analysis.errors import DataError
from analysis.language import speaking
from analysis.pipeline import analyse
from analysis.preparation.imputation import completed
from analysis.preparation.validate import examine, validate
from analysis.reading.table import read_table
from tests.notes import exact


def amount(policy: str | None = None, **settings: object) -> Column:
    return Column.model_validate({"role": "feature", "missing": policy, **settings})


def read(tmp_path: Path, columns: dict[str, Column], **cells: list[str]) -> Customers:
    file = tmp_path / "t.csv"
    pd.DataFrame(cells).to_csv(file, index=False)
    site = Site(data=TableSettings(path=str(file)), columns=columns)
    return validate(read_table(file, site), site)


@pytest.mark.parametrize(
    ("column", "values", "stands_in"),
    [
        (amount("median"), [1, None, 4, 7], 4),
        (amount("median"), [1, None, 4], 2.5),
        (amount("most_frequent"), [3, 1, 3, 1, None, 9], 1),
        (amount("median", kind="ordinal", order=["a", "b", "c", "d"]), [1, 2, 4, 4, None], 2),
        (amount("most_frequent", kind="boolean"), [1, 0, 1, 0, None], 0),
        (Column(role="category", missing="most_frequent"), ["b", "a", "b", "a", None, "c"], "a"),
    ],
)
def test_the_usual_value_is_known_and_nothing_is_filled_in(
    column: Column, values: list[object], stands_in: object
) -> None:
    found = completed(pd.DataFrame({"x": values}), {"x": column})
    assert list(found.frame["x"].isna()) == [each is None for each in values]
    assert (found.counts, found.stand_ins) == ({"x": 1}, {"x": stands_in})
    assert list(found.frame["x known"]) == ["no" if each is None else "yes" for each in values]
    assert found.indicators["x known"].role == "category"


def test_a_column_without_gaps_stays_as_it_is() -> None:
    found = completed(pd.DataFrame({"x": [1.0, 2.0]}), {"x": amount("median")})
    assert (list(found.frame), found.counts, exact(found.notes)) == (["x"], {}, ())
    assert found.stand_ins == {"x": 1.5}


def test_what_is_known_of_an_earlier_table_stands_in_here_too() -> None:
    found = completed(pd.DataFrame({"x": [1.0, np.nan]}), {"x": amount("median")}, {"x": 50.0})
    assert found.stand_ins == {"x": 50.0}


def test_an_indicator_takes_no_name_that_is_taken() -> None:
    frame = pd.DataFrame({"x": [1.0, np.nan], "x known": ["a", "b"]})
    assert "x known?" in completed(frame, {"x": amount("median")}).indicators


def test_much_that_is_made_up_is_said_without_a_count() -> None:
    note = exact(completed(pd.DataFrame({"x": [1.0, 2.0, np.nan, np.nan]}), {"x": amount("median")}).notes)[0]
    assert "more than a third" in note
    assert not any(sign.isdigit() for sign in note)


def test_rows_with_gaps_are_used_and_the_median_is_of_the_used_rows(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {"x": amount("median"), "y": amount()},
        x=["1", "", "3", "1000000", "n/a"],
        y=["1", "5", "2", "", "7"],  # the row of the million is set aside for its y
    )
    np.testing.assert_array_equal(found.frame["x"], [1, np.nan, 3, np.nan])
    assert (found.rows_read, found.rows_used, found.rows_rejected) == (5, 4, 1)
    assert found.imputed == {"x": 2}
    assert found.known.imputed == {"x": 2.0}


def test_a_figure_that_is_none_is_no_gap(tmp_path: Path) -> None:
    found = read(tmp_path, {"x": amount("median"), "y": amount()}, x=["1", "oops", "3"], y=["1", "5", "2"])
    assert list(found.rejected["reason"]) == ["not a number"]


def test_a_table_with_gaps_may_be_refused_with_their_rows(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"“x” may have no gaps .*2 of 4 rows.*\(rows 3, 5\); fill them"):
        read(tmp_path, {"x": amount("refuse"), "y": amount()}, x=["1", "", "3", "-"], y=["1", "5", "2", "3"])


def test_categories_may_be_set_aside_too(tmp_path: Path) -> None:
    columns = {"g": Column(role="category", missing="reject"), "y": amount()}
    found = read(tmp_path, columns, g=["a", "", "b"], y=["1", "5", "2"])
    assert list(found.rejected["reason"]) == ["missing value"]


def test_nothing_can_stand_in_for_an_empty_column(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="“x” is empty in every row"):
        read(tmp_path, {"x": amount("median"), "y": amount()}, x=["", "", ""], y=["1", "5", "2"])


def test_a_later_table_is_completed_as_the_first_was(tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text("x,y\n,1\n", encoding="utf-8")
    site = Site(data=TableSettings(path=str(file)), columns={"x": amount("median"), "y": amount()})
    found = examine(read_table(file, site), site, Known(imputed={"x": 7.0})).customers
    assert found.frame["x"].isna().all()
    assert found.known.imputed == {"x": 7.0}


def test_the_contract_counts_what_was_imputed(configure, blobs: pd.DataFrame) -> None:
    frame = blobs.assign(z=np.arange(len(blobs)) % 11).astype(object)
    frame.loc[:23, "z"] = ""
    columns = {"x": {"role": "feature"}, "y": {"role": "feature"}, "z": {"role": "feature", "missing": "median"}}
    contract = analyse(configure(frame, columns)).contract
    data = contract.data
    told = {feature.name: feature for feature in data.features}
    assert (data.rows_read, data.rows_used) == (120, 120)
    assert (told["z"].imputed, told["z"].missing, told["z"].missing_policy) == (24, 24, "no figure counts them")
    assert data.imputed == sum(segment.imputed or 0 for segment in contract.segments) == 24
    assert told["z known"].categories == {"yes": 96, "no": 24}
    assert (told["x"].imputed, told["x"].missing_policy) == (0, "row set aside")
    assert any(note.startswith("Figures for “z” leave out customers without a value.") for note in data.notes)
    # Nobody whose value is missing has one to compare.
    assert {one.feature for one in contract.exploration.comparisons if one.by == "z known"} == {"x", "y"}


def test_whether_a_value_is_known_is_answered_in_the_language_of_the_site():
    with speaking("de"):
        done = completed(pd.DataFrame({"Alter": [31.0, np.nan]}), {"Alter": amount("median")})
    assert list(done.frame["Alter known"]) == ["ja", "nein"]
    assert done.indicators["Alter known"].label == "Alter bekannt"
