"""Files of SPSS, Stata and SAS: every value as it stands in the file, and what the file says of each column."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.configuration import Column, Site
from analysis.configuration.origin import Origin
from analysis.errors import DataError
from analysis.reading.sources.sas import SAS, SAS_CATALOGUE
from analysis.reading.table import read_table
from analysis.reading.text.metadata import NO_REASON, ColumnSaid
from tests.analysis.sources.survey_files import column, opened, weighted, with_set, written
from tests.notes import exact, published

pytest.importorskip("pyreadstat", reason="pyreadstat is not installed; scripts/setup dev installs it")

NONE = float("nan")
AGREE = {1.0: "Disagree", 2.0: "Neither", 3.0: "Agree", 9.0: "Refused"}


@pytest.mark.parametrize("kind", ["sav", "zsav", "por", "dta", "xpt"])
def test_every_kind_gives_the_same_cells_whatever_its_name(tmp_path: Path, kind: str):
    made = written(tmp_path / f"t.{kind}", {"ID": [1001.0, 1002.0, 1003.0], "X": [1.5, NONE, 0.1], "S": ["a", "", "c"]})
    table = opened(made)
    records = table.rows([0, 1, 2])
    assert table.header == ("ID", "X", "S")
    assert [list(records.cells[place]) for place in range(3)] == [
        ["1001", "1002", "1003"],
        ["1.5", "", "0.1"],
        ["a", "", "c"],
    ]
    assert list(records.row_numbers) == [2, 3, 4]
    assert table.notes == ()
    renamed = made.rename(tmp_path / "t.csv")
    (note,) = exact(opened(renamed).notes)
    assert note.startswith("Despite its name, the file is a")
    assert note.endswith(" file and was read as such.")
    packed = tmp_path / f"t.{kind}.gz"
    packed.write_bytes(gzip.compress(renamed.read_bytes()))
    assert opened(packed).header == table.header


@pytest.mark.parametrize("version", [8, 10, 12, 13, 14, 15])
def test_every_release_of_stata_is_told_by_its_bytes(tmp_path: Path, version: int):
    made = written(tmp_path / "t.dta", {"x": [1.0, 2.0]}, version=version).rename(tmp_path / "t.csv")
    assert (opened(made).kind, column(made, "x")[0]) == ("stata", ["1", "2"])


def test_labels_become_levels_in_the_order_of_their_codes(tmp_path: Path):
    made = written(
        tmp_path / "t.sav",
        {"q": [3.0, 1.0, NONE, 9.0, 2.0, 9.0]},
        column_labels={"q": "I like new brands"},
        variable_value_labels={"q": AGREE},
        missing_ranges={"q": [9]},
        variable_measure={"q": "ordinal"},
    )
    cells, said = column(made, "q")
    assert cells == ["Agree", "Disagree", "", "", "Neither", ""]
    assert said == ColumnSaid(
        label="I like new brands",
        measure="ordinal",
        kind="ordinal",
        levels=("Disagree", "Neither", "Agree"),
        missing=(("Refused", 2), (NO_REASON, 1)),
    )


def test_nominal_labels_stand_in_the_order_of_their_codes_too(tmp_path: Path):
    made = written(
        tmp_path / "t.sav",
        {"r": [2.0, 1.0, 7.0]},
        variable_value_labels={"r": {1.0: "South", 2.0: "North"}},
        variable_measure={"r": "nominal"},
    )
    cells, said = column(made, "r")
    assert (cells, said.kind, said.levels) == (["North", "South", "7"], "nominal", ("South", "North"))
    assert exact(said.remarks) == ("In “r” 1 code has no label and is kept as in the file.",)


def test_without_a_stated_measure_known_words_decide_and_else_nothing_is_ordered(tmp_path: Path):
    labels = {"often": {1: "never", 2: "sometimes", 3: "often"}, "where": {1: "Rome", 2: "Oslo", 3: "Bern"}}
    made = written(tmp_path / "t.dta", {"often": [1, 2, 3, 3], "where": [1, 2, 3, 3]}, variable_value_labels=labels)
    assert (column(made, "often")[1].kind, column(made, "often")[1].levels) == (
        "ordinal",
        ("never", "sometimes", "often"),
    )
    assert (column(made, "where")[1].kind, column(made, "where")[1].levels) == ("nominal", ("Rome", "Oslo", "Bern"))


def test_downward_codes_keep_their_order(tmp_path: Path):
    labels = {"q": {1: "often", 2: "sometimes", 3: "never"}}
    made = written(tmp_path / "t.dta", {"q": [1, 2, 3, 3]}, variable_value_labels=labels)
    assert column(made, "q")[1].levels == ("often", "sometimes", "never")


def test_a_code_of_no_answer_beyond_a_scale_is_no_level_and_inside_it_is_one(tmp_path: Path):
    scale = {1.0: "low", 2.0: "Don't know", 3.0: "high", 8.0: "Don't know / refused"}
    made = written(
        tmp_path / "t.sav",
        {"q": [1.0, 2.0, 3.0, 8.0]},
        variable_value_labels={"q": scale},
        variable_measure={"q": "ordinal"},
    )
    cells, said = column(made, "q")
    assert (cells, said.levels) == (["low", "Don't know", "high", ""], ("low", "Don't know", "high"))
    assert said.missing == (("Don't know / refused", 1),)
    assert exact(said.remarks) == (
        (
            "In “q” 8 “Don't know / refused” is read as a missing value because of its label. The file does not "
            "declare it as missing."
        ),
    )


def test_two_codes_with_one_label_stay_two(tmp_path: Path):
    labels = {1.0: "Agree", 2.0: "agree ", 3.0: "Disagree"}
    made = written(
        tmp_path / "t.sav",
        {"q": [1.0, 2.0, 3.0]},
        variable_value_labels={"q": labels},
        variable_measure={"q": "ordinal"},
    )
    cells, said = column(made, "q")
    assert cells == ["Agree (1)", "agree (2)", "Disagree"]
    assert said.levels == ("Agree (1)", "agree (2)", "Disagree")
    assert exact(said.remarks) == (
        "Several codes of “q” have the same label. They are kept apart: “Agree (1)”, “agree (2)”.",
    )


@pytest.mark.parametrize("measure", ["unknown", "ordinal", "scale"])
def test_a_scale_with_labels_at_its_ends_is_figures(tmp_path: Path, measure: str):
    made = written(
        tmp_path / "t.sav",
        {"nps": [0.0, 7.0, 10.0, 8.0, NONE]},
        variable_value_labels={"nps": {0.0: "Not at all", 10.0: "Extremely"}},
        variable_measure={"nps": measure},
    )
    cells, said = column(made, "nps")
    assert (cells, said.kind, said.aside) == (["0", "7", "10", "8", ""], None, "")
    assert exact(said.remarks) == (
        "“nps” has labels for some of its figures only (0 “Not at all”, 10 “Extremely”) and is read as figures.",
    )


def test_what_the_file_calls_a_scale_stays_figures(tmp_path: Path):
    labels = {"q": {1.0: "low", 2.0: "medium", 3.0: "high"}, "town": {1.0: "Rome", 2.0: "Oslo", 3.0: "Bern"}}
    made = written(
        tmp_path / "t.sav",
        {"q": [1.0, 2.0, 3.0], "town": [1.0, 2.0, 3.0]},
        variable_value_labels=labels,
        variable_measure={"q": "scale", "town": "scale"},
    )
    assert (column(made, "q")[0], column(made, "q")[1].aside) == (["1", "2", "3"], "")
    cells, said = column(made, "town")
    assert cells == ["1", "2", "3"]
    assert said.aside == "its codes have labels in no order that is known, so write kind: nominal if they are names"


def test_special_codes_among_figures_are_no_figures_or_a_question(tmp_path: Path):
    ages = [18.0, 25.0, 40.0, 67.0]
    made = written(
        tmp_path / "t.sav",
        {"age": [*ages, 98.0, 99.0], "far": [*ages, 900.0, 900.0], "ninety": [*ages, 70.0, 70.0]},
        variable_value_labels={
            "age": {98.0: "Don't know", 99.0: "Refused"},
            "far": {900.0: "Institution"},
            "ninety": {70.0: "70 or older"},
        },
    )
    cells, said = column(made, "age")
    assert (cells, said.missing) == (["18", "25", "40", "67", "", ""], (("Don't know", 1), ("Refused", 1)))
    assert exact(said.remarks)[0] == (
        "In “age” 98 “Don't know”, 99 “Refused” are read as missing values because of their labels. The file does not "
        "declare them as missing."
    )
    cells, said = column(made, "far")
    assert cells[-1] == "900"
    assert said.aside == "some of its figures have a label far from the others and may be codes"
    assert "If they are not, declare them as missing in the file." in exact(said.remarks)[0]
    assert column(made, "ninety")[1].aside == ""


def test_ranges_and_texts_that_are_declared_missing(tmp_path: Path):
    made = written(
        tmp_path / "t.sav",
        {"x": [1.0, 97.0, 98.5, 99.0, -5.0], "s": ["m", "x", "", "f", "m"]},
        variable_value_labels={"x": {99.0: "Refused"}, "s": {"m": "Male", "f": "Female"}},
        missing_ranges={"x": [{"lo": 97, "hi": 99}, -5], "s": ["x"]},
    )
    cells, said = column(made, "x")
    assert (cells, said.missing) == (["1", "", "", "", ""], (("a code without a label", 3), ("Refused", 1)))
    cells, said = column(made, "s")
    assert (cells, said.levels) == (["Male", "", "", "Female", "Male"], ("Female", "Male"))


def test_a_plain_missing_value_of_stata_is_missing_beside_one_with_a_reason(tmp_path: Path):
    made = written(
        tmp_path / "t.dta",
        {"x": pd.Series([1, "a", None, "b", 3], dtype=object)},
        missing_user_values={"x": ["a", "b"]},
    )
    cells, said = column(made, "x")
    assert cells == ["1", "", "", "", "3"]
    assert said.missing == ((".a", 1), (".b", 1), (NO_REASON, 1))


def test_a_stata_float_has_the_digits_that_were_typed(tmp_path: Path):
    path = tmp_path / "t.dta"
    pd.DataFrame({"x": pd.Series([0.1, 16777215, 2.5], dtype="float32")}).to_stata(path, write_index=False)
    assert column(path, "x")[0] == ["0.1", "16777215", "2.5"]


def test_durations_keep_their_days(tmp_path: Path):
    made = written(
        tmp_path / "t.sav",
        {"d": [45 * 86400 + 3 * 3600.0, NONE], "t": [3661.0, 90000.0]},
        variable_format={"d": "DTIME20", "t": "TIME8"},
    )
    cells, said = column(made, "d")
    assert (cells, said.unit) == (["3898800", ""], "seconds")
    assert column(made, "t")[0] == ["3661", "90000"]


def test_dates_of_spss(tmp_path: Path):
    days = [dt.date(2024, 2, 29), None, dt.date(1583, 1, 1)]
    moments = [dt.datetime(2024, 1, 31, 13, 30), None, dt.datetime(1900, 1, 1)]  # noqa: DTZ001 (the format knows no zone)
    made = written(
        tmp_path / "t.sav",
        {"d": days, "m": moments, "q": [13926038400.0, NONE, 13926038400.0]},
        variable_format={"q": "QYR8"},
    )
    assert column(made, "d")[0] == ["2024-02-29", "", "1583-01-01"]
    assert column(made, "m")[0] == ["2024-01-31 13:30:00", "", "1900-01-01"]
    assert column(made, "q")[0] == ["2024-01-31", "", "2024-01-31"]


@pytest.mark.parametrize(
    ("shown", "number", "text"),
    [
        ("%td", 23406.0, "2024-01-31"),
        ("%tdDD/NN/CCYY", 23406.0, "2024-01-31"),
        ("%d", -1.0, "1959-12-31"),
        ("%tc", 2022327000000.0, "2024-01-31 13:30:00"),
        ("%tcHH:MM:SS", 48600000.0, "48600"),
        ("%tw", 3331.0, "2024-01-22"),
        ("%tm", 768.0, "2024-01-01"),
        ("%tq", 257.0, "2024-04-01"),
        ("%th", 129.0, "2024-07-01"),
        ("%ty", 2024.0, "2024"),
        ("%8.0g", 23406.0, "23406"),
    ],
)
def test_dates_of_stata(tmp_path: Path, shown: str, number: float, text: str):
    made = written(tmp_path / "t.dta", {"x": [number]}, variable_format={"x": shown})
    assert column(made, "x")[0] == [text]


@pytest.mark.parametrize(
    ("shown", "number", "text"),
    [
        ("DATE9", 23406.0, "2024-01-31"),
        ("YYMMDD10", 23406.0, "2024-01-31"),
        ("MONYY7", 23406.0, "2024-01-31"),
        ("DATETIME20", 2022327000.0, "2024-01-31 13:30:00"),
        ("TIME8", 90000.0, "90000"),
        ("COMMA10.2", 1234.5, "1234.5"),
    ],
)
def test_dates_of_sas(tmp_path: Path, shown: str, number: float, text: str):
    made = written(tmp_path / "t.xpt", {"x": [number]}, variable_format={"x": shown})
    assert column(made, "x")[0] == [text]
    assert opened(made).notes == ()


def test_a_catalogue_that_is_not_read_is_told(tmp_path: Path):
    made = written(tmp_path / "t.xpt", {"x": [1.0], "y": [2.0]}, variable_format={"x": "REGIONF3"})
    (note,) = exact(opened(made).notes)
    assert note == (
        "The labels of the codes in “x” are in a SAS catalogue (.sas7bcat), which is not read. The codes are kept as "
        "they are."
    )


@pytest.mark.parametrize(
    ("slot", "name"), [(0, None), (1, "id"), (2, "a_long_name_of_a_text"), (40, "weighting_factor")]
)
def test_the_weight_is_told_by_its_long_name(tmp_path: Path, slot: int, name: str | None):
    """A text of 300 characters takes 38 places of eight, in two segments of its own: 32 and 6."""
    made = written(
        tmp_path / "t.sav",
        {"id": [1.0, 2.0], "a_long_name_of_a_text": ["a" * 300, "b"], "weighting_factor": [0.5, 1.5]},
        column_labels={"id": "Number"},
        variable_value_labels={"id": {1.0: "one"}},
        missing_ranges={"id": [7, 8]},
    )
    weighted(made, slot)
    notes = exact(opened(made).notes)
    said = f"The file weights its rows by “{name}”. The weight is not used: every row counts once."
    assert notes == ((said,) if name else ())
    for each in ("id", "a_long_name_of_a_text", "weighting_factor"):
        assert column(made, each)[1].weight is (each == name)


def test_a_portable_file_names_its_weight(tmp_path: Path):
    made = written(tmp_path / "t.por", {"ID": [1.0, 2.0], "W": [0.5, 1.5]})
    assert opened(made).notes == ()
    text = made.read_bytes().replace(b"\r\n", b"").decode()
    text = text.replace("70/2/ID", "61/W70/2/ID", 1)  # the weight's record, before that of the first variable
    lines = [text[start : start + 80].ljust(80, "Z") for start in range(0, len(text), 80)]
    made.write_bytes("\r\n".join(lines).encode())
    assert exact(opened(made).notes) == (
        "The file weights its rows by “W”. The weight is not used: every row counts once.",
    )


def test_what_looks_like_weights_describes_only_and_a_weight_in_kilos_does_not(tmp_path: Path):
    made = written(tmp_path / "t.dta", {"wgt": [0.5, 1.5, 1.0], "weight": [61.0, 80.5, 72.0]})
    assert column(made, "wgt")[1].aside == "it looks like the weights of the answers, which are not used"
    assert column(made, "weight")[1].aside == ""


def test_a_set_of_several_answers_is_told_and_read_as_yes_and_no(tmp_path: Path):
    made = written(
        tmp_path / "t.sav",
        {"b1": [1.0, 0.0, 1.0], "b2": [1.0, NONE, NONE], "x": [1.0, 2.0, 3.0]},
        variable_value_labels={"b1": {1.0: "Brand A"}},
    )
    with_set(made, "$brands=D1 1 12 Brands known b1 b2\n")
    (note,) = exact(opened(made).notes)
    assert note == (
        "“Brands known” is one question with several answers, in the columns “b1”, “b2”. Each of them is read as a "
        "column of its own."
    )
    assert column(made, "b1")[0] == ["Yes", "No", "Yes"]
    cells, said = column(made, "b2")
    assert (cells, said.missing) == (["Yes", "No", "No"], ())
    assert exact(said.remarks) == (
        "A blank in “b2” is read as not chosen, because the file marks only what was chosen.",
    )
    assert column(made, "x")[0] == ["1", "2", "3"]


def test_few_rows_by_reason_are_not_counted_where_all_may_read_it(tmp_path: Path):
    made = written(
        tmp_path / "t.sav",
        {"q": [1.0] * 20 + [9.0] * 12 + [8.0] * 3},
        variable_value_labels={"q": {8.0: "Not asked", 9.0: "Refused"}},
        missing_ranges={"q": [8, 9]},
    )
    content = {"data": {"path": str(made)}, "columns": {"q": Column(role="feature")}}
    site = Site.model_validate(content)
    notes = read_table(Origin.of(made, site.data), site).notes
    assert published(notes) == (
        "“q” has no value in some rows. Reasons in the file: “Refused”, “Not asked”. Some of them apply to few rows.",
    )
    assert exact(notes) == (
        "“q” has no value in some rows. Reasons in the file, with the number of rows: “Refused” 12, “Not asked” 3.",
    )


def test_several_files_are_one_table(tmp_path: Path):
    labels = {"q": {1.0: "low", 2.0: "medium", 3.0: "high", 9.0: "Refused"}}
    for name, values in (("a.sav", [1.0, 9.0]), ("b.sav", [3.0, 9.0])):
        written(
            tmp_path / name,
            {"q": values},
            variable_value_labels=labels,
            missing_ranges={"q": [9]},
            variable_measure={"q": "ordinal"},
        )
    site = Site.model_validate({"data": {"path": "*.sav"}, "columns": {"q": Column(role="feature")}})
    table = read_table(Origin(site.data, tmp_path), site)
    assert list(table.frame["q"]) == ["low", "", "high", ""]
    assert (table.said["q"].levels, table.said["q"].missing) == (("low", "medium", "high"), (("Refused", 2),))


def test_files_that_label_differently_keep_both_and_say_so(tmp_path: Path):
    for name, labels in (("a.sav", {1.0: "low", 2.0: "high"}), ("b.sav", {1.0: "high", 2.0: "low"})):
        written(tmp_path / name, {"q": [1.0]}, variable_value_labels={"q": labels}, variable_measure={"q": "ordinal"})
    site = Site.model_validate({"data": {"path": "*.sav"}, "columns": {"q": Column(role="feature")}})
    said = read_table(Origin(site.data, tmp_path), site).said["q"]
    assert (said.kind, said.levels) == ("nominal", ("low", "high"))
    assert exact(said.remarks) == ("The files label the codes of this column differently.",)


def test_a_file_of_many_cells_is_read_a_few_columns_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made = written(tmp_path / "t.sav", {f"x{n}": [float(n), 2.0] for n in range(5)})
    monkeypatch.setattr("analysis.reading.sources.statistical.AT_ONCE", 4)
    records = opened(made).rows([4, 0, 1])
    assert {place: list(cells) for place, cells in records.cells.items()} == {
        4: ["4", "2"],
        0: ["0", "2"],
        1: ["1", "2"],
    }


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.sav", b"$FL2@(#) SPSS DATA FILE" + bytes(60), "this SPSS file is cut short or damaged"),
        ("t.dta", b"<stata_dta><header><release>118", "this Stata file is cut short or damaged"),
        ("t.sas7bdat", SAS + bytes(200), "this SAS file is cut short or damaged"),
        ("t.sas7bcat", SAS_CATALOGUE + bytes(200), "this is a SAS catalogue, which holds labels and no table"),
        ("t.sav", b"\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV" + bytes(60), "the SPSS file is protected by a password"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, name: str, content: bytes, said: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=said) as raised:
        opened(tmp_path / name)
    assert len(raised.value.problems) == 1


@pytest.mark.parametrize("version", [5, 8])
def test_a_transport_file_of_two_tables_is_refused(tmp_path: Path, version: int):
    """Its rows would else be those of the first table, then the head of the second as figures, then its rows."""
    one = written(tmp_path / "a.xpt", {"A": [1.0, 2.0]}, table_name="ONE", file_format_version=version)
    two = written(tmp_path / "b.xpt", {"B": [3.0]}, table_name="TWO", file_format_version=version).read_bytes()
    head = two.index(b"HEADER RECORD*******MEM")
    one.write_bytes(one.read_bytes() + two[head:])
    with pytest.raises(DataError, match="this SAS file holds 2 tables; save the one to read as a file of its own"):
        opened(one)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    codes=st.lists(st.integers(-20, 200), min_size=2, max_size=8, unique=True),
    picks=st.lists(st.integers(0, 8), min_size=1, max_size=30),
)
def test_levels_are_the_labels_sorted_by_code_and_cells_name_their_code(
    tmp_path: Path, codes: list[int], picks: list[int]
):
    labels = {float(code): f"Level {chr(65 + place)}" for place, code in enumerate(codes)}
    values = [float(codes[pick]) if pick < len(codes) else NONE for pick in picks]
    made = written(
        tmp_path / "t.sav", {"q": values}, variable_value_labels={"q": labels}, variable_measure={"q": "ordinal"}
    )
    cells, said = column(made, "q")
    assert said.levels == tuple(labels[code] for code in sorted(labels))
    assert cells == [labels.get(value, "") for value in values]
