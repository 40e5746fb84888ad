"""A new table is read as the training table was, and may hold less than that one did."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.configuration import Site, without_files
from analysis.errors import DataError
from analysis.pipeline import analyse
from analysis.preparation.design import Design
from analysis.scoring.reading import arrived
from analysis.scoring.score import score
from tests.analysis.model.rescored import NUMBERS, assert_round_trip, crowded, scored
from tests.analysis.model.test_round_trip import MIXED, mixed
from tests.notes import exact


@pytest.fixture
def of(tmp_path):
    """A new table as a file."""

    def write(text: str, name: str = "new.csv") -> Path:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    table = tmp_path_factory.mktemp("german") / "table.csv"
    table.write_text(mixed(), encoding="utf-8")
    site = Site.model_validate({"data": {"path": str(table)}, "columns": MIXED, "privacy": {"mode": "open"}})
    return analyse(without_files(site, table))


def row(**cells: str) -> str:
    own = {
        "Umsatz": "2.010",
        "Alter": "39",
        "Stadt": "Ulm",
        "Laune": "gut",
        "Brief": "ja",
        "Seit": "03.04.2016",
    } | cells
    own = {name: cell for name, cell in own.items() if cell is not None}
    return ";".join(own) + "\n" + ";".join(own.values()) + "\n"


def test_columns_that_only_describe_may_be_lacking(german, of):
    found = scored(german, of(row()))
    assert list(found.rows.columns)[:3] == ["row", "segment", "slug"]
    assert found.rows["unlike"].tolist() == ["no"]
    assert exact(found.notes)[0] == "Not in this file, and not needed to assign segments: “Kunde”, “Notiz”, “Rabatt”."


def test_columns_that_segments_were_found_by_may_not(german, of):
    with pytest.raises(DataError, match="there is no column “Alter”") as told:
        scored(german, of(row(Alter=None, Notiz=None)))
    assert "Kunde" not in str(told.value).partition("The file has")[0]


def test_a_customer_with_a_gap_goes_by_the_columns_that_are_known(german, of):
    axes = [axis.feature for axis in german.model.axes]
    gap, filled = (scored(german, of(row(Alter=cell))).rows for cell in ("", "39"))
    centres = np.array([one.centre for one in german.model.segments])
    origin = of(row(Alter="39"))
    place = Design(german.model.axes).place(arrived(origin, german.model).customers.frame)[0]
    others = [at for at, name in enumerate(axes) if name != "Alter"]
    expected = np.sqrt(((centres - place)[:, others] ** 2).sum(axis=1) * len(axes) / len(others))
    assert gap["segment"].tolist() == [int(expected.argmin()) + 1]
    assert gap["distance"].tolist() == pytest.approx([expected.min()])
    assert filled["distance"].tolist() != gap["distance"].tolist()


def test_figures_and_days_that_could_be_read_both_ways_are_read_as_in_the_training(german, of):
    thousands = scored(german, of(row(Umsatz="2.010"))).rows
    pd.testing.assert_frame_equal(thousands, scored(german, of(row(Umsatz="2010,00"))).rows)
    day = scored(german, of(row(Seit="03.04.2016"))).rows
    pd.testing.assert_frame_equal(day, scored(german, of(row(Seit="3. Apr 2016"))).rows)
    assert not day.equals(scored(german, of(row(Seit="04.03.2016"))).rows)


def test_typed_tables_need_no_conventions(german, tmp_path):
    frame = pd.DataFrame(
        {"Umsatz": [2.01e3], "Alter": [39], "Stadt": ["Ulm"], "Laune": ["gut"], "Brief": [True],
         "Seit": [date(2016, 4, 3)]}
    )  # fmt: skip
    file = tmp_path / "new.xlsx"
    frame.to_excel(file, index=False)
    text = tmp_path / "new.csv"
    text.write_text(row(), encoding="utf-8")
    pd.testing.assert_frame_equal(scored(german, file).rows, scored(german, text).rows)


def test_a_category_never_seen_is_flagged_and_spelling_is_not(german, of):
    new = scored(german, of(row(Stadt="Atlantis"))).rows.iloc[0]
    assert (new["unseen"], new["unlike"]) == ("Stadt", "yes")
    seen = scored(german, of(row(Stadt="  KÖLN "))).rows.iloc[0]
    assert (seen["unseen"], seen["unlike"]) == ("", "no")
    assert scored(german, of(row(Stadt="Aalen"))).rows.iloc[0]["distance"] == pytest.approx(new["distance"])


def test_where_rare_categories_count_as_one_nobody_new_is_flagged(described, of):
    frame = crowded(300, 3).iloc[2:]
    frame["z"] = [f"Rare {place}" if place % 5 < 2 else ("A", "B")[place % 2] for place in range(len(frame))]
    columns = {**NUMBERS, "z": {"role": "category", "use": "cluster"}}
    configuration = described(frame.to_csv(index=False), columns, model={"selection": {"k": 2}, "largest_k": 3})
    analysis, _ = assert_round_trip(configuration)
    assert "Other" in analysis.model.categories["z"]
    assert scored(analysis, of("x,y,z\n1,1,Newest\n")).rows["unseen"].tolist() == [""]


def test_several_files_are_one_table(german, of, tmp_path):
    of(row(), "new-1.csv")
    of(row().replace("39", "old") + row().splitlines()[1] + "\n", "new-2.csv")
    found = scored(german, tmp_path / "new-*.csv")
    assert len(found.rows) == 2
    assert found.rejected[["file", "row"]].to_numpy().tolist() == [["new-2.csv", 2]]


def test_refunds_alone_make_no_customer(described, of):
    lines = ["who,when,paid"]
    for customer in range(60):
        days = range(1 + customer % 9)
        lines += [f"W{customer},2025-01-{1 + day:02},{10 + customer % 2 * 300 + day}" for day in days]
    transactions = {"customer": "who", "date": "when", "amount": "paid"}
    settings = {"transactions": transactions, "model": {"selection": {"k": 2}, "largest_k": 3}}
    analysis = analyse(described("\n".join(lines) + "\n", **settings))
    with pytest.raises(DataError, match="no row of “paid” is above 0"):
        scored(analysis, of("who,when,paid\nW1,2025-01-03,-5\nW2,2025-01-04,-6\n"))
    one = scored(analysis, of("\n".join([lines[0], *(line for line in lines if line.startswith("W17,"))]) + "\n"))
    whole = scored(analysis, of("\n".join(lines) + "\n")).rows.set_index("who")
    assert one.rows["slug"].tolist() == [whole.loc["W17", "slug"]]


def test_rows_that_cannot_be_used_are_set_aside_with_their_reasons(german, of):
    head, good = row().splitlines()
    bad = good.replace("39", "old"), good.replace("gut", "glücklich"), good.replace("2016", "2036")
    found = scored(german, of("\n".join([head, good, *bad, good + ";x;y"]) + "\n"))
    assert found.rows["row"].tolist() == [2]
    assert found.rejected["row"].tolist() == [3, 4, 5, 6]
    assert found.rejected["column"].tolist()[:3] == ["Alter", "Laune", "Seit"]


def test_a_later_reference_date_may_be_stated(german, of):
    file = of(row(Seit="03.04.2036"))
    with pytest.raises(DataError, match="no row can be used"):
        scored(german, file)
    later = scored(german, file, date(2037, 4, 3)).rows
    years = (german.model.known.reference_date - date(2037, 4, 3)).days
    moved = date(2036, 4, 3).toordinal() + years
    same = scored(german, of(row(Seit=f"{date.fromordinal(moved):%d.%m.%Y}"))).rows
    pd.testing.assert_frame_equal(later, same)


def test_far_out_is_unlike_anyone_and_the_second_best_is_the_next_centre(described, of):
    analysis = analyse(described(crowded(150, 3).to_csv(index=False), NUMBERS, model={"selection": {"k": 3}}))
    first, second = (np.array(analysis.model.segments[place].centre) for place in (0, 1))
    axes = analysis.model.axes
    raw = (first * 0.6 + second * 0.4) * [axis.spread for axis in axes] + [axis.centre for axis in axes]
    rows = scored(analysis, of(f"x,y\n{raw[0]},{raw[1]}\n4000,4000\n")).rows
    apart = float(np.linalg.norm(first - second))
    assert rows["segment"].iloc[0] == 1
    assert rows["second"].iloc[0] == analysis.model.segments[1].slug
    assert rows["distance"].iloc[0] == pytest.approx(0.4 * apart)
    assert rows["second_distance"].iloc[0] == pytest.approx(0.6 * apart)
    assert rows["unlike"].tolist() == ["no", "yes"]


def test_a_single_segment_has_no_second(described, of):
    rows = np.random.default_rng(1).normal(0, 1, (60, 2)).round(2)
    rows = np.vstack([rows, np.random.default_rng(2).uniform(-60, 60, (10, 2)).round(1)])
    text = pd.DataFrame(rows, columns=["x", "y"]).to_csv(index=False)
    analysis = analyse(described(text, NUMBERS, model={"selection": {"k": 2}}))
    alone = analysis.model.model_copy(update={"segments": analysis.model.segments[:1]})
    found = score(arrived(of("x,y\n0,0\n"), alone), alone).rows.iloc[0]
    assert found["second"] is None
    assert np.isnan(found["second_distance"])
