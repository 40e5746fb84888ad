"""What readers download: aggregates that any tool reads, that say what the site says, and that run nowhere."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.contract import Contract, Privacy
from analysis.language import speaking
from analysis.wording.number_format import NumberFormat
from report.disclosure import published
from report.site.downloads import csv_text, downloads
from report.site.spreadsheet import frame_csv
from tests.report.histories import with_history
from tests.report.lifetimes import PROSPECT, expected

FIGURES = NumberFormat("en_US", "USD")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Of OWASP's list, written out: a cell that begins with one of them is run by a spreadsheet."""


@pytest.fixture(scope="module")
def files(mall_contract) -> dict[str, str]:
    return downloads(mall_contract, FIGURES)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_every_table_is_offered(files):
    names = (
        "segments", "profiles", "categories", "borders", "criteria", "recommendations", "budget", "candidates",
        "candidate_segments", "flows",
    )  # fmt: skip
    assert set(files) == {"data/analysis.json", "data/analysis.schema.json", *(f"data/{name}.csv" for name in names)}


def test_expected_value_is_offered_where_there_is_one(files, mall_contract):
    rows = read(downloads(expected(mall_contract), FIGURES)["data/segments.csv"])
    ends = [rows[0][f"expected_value{end}"] for end in ("_lower", "", "_upper")]
    assert [float(end) for end in ends] == [70, 79, 90]
    assert "expected_value" not in read(files["data/segments.csv"])[0]


def test_the_json_is_the_contract_and_follows_its_schema(files, mall_contract):
    document = json.loads(files["data/analysis.json"])
    assert Contract.model_validate(document) == mall_contract
    schema = json.loads(files["data/analysis.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)


def test_the_schema_refuses_what_the_contract_does_not_know(files):
    document = json.loads(files["data/analysis.json"]) | {"customers": []}
    with pytest.raises(jsonschema.ValidationError, match="customers"):
        jsonschema.validate(document, json.loads(files["data/analysis.schema.json"]))


def test_numbers_stay_numbers(files, mall_contract):
    rows = read(files["data/segments.csv"])
    assert [int(row["size"]) for row in rows] == [segment.size for segment in mall_contract.segments]
    assert [float(row["share"]) for row in rows] == [segment.share for segment in mall_contract.segments]
    effects = [float(row["effect"]) for row in read(files["data/profiles.csv"])]
    assert effects == [one.effect for segment in mall_contract.segments for one in segment.profile]
    assert min(effects) < 0


def test_a_profile_states_its_unit(files):
    units = {row["feature"]: row["unit"] for row in read(files["data/profiles.csv"])}
    assert units == {"Age": "years", "Annual Income (k$)": "1000 USD", "Spending Score (1-100)": "of 100"}


def test_the_chosen_number_of_segments_is_marked(files):
    assert [row["k"] for row in read(files["data/candidates.csv"]) if row["chosen"] == "true"] == ["6"]


def test_an_interval_is_two_columns_round_its_figure(files, mall_contract):
    for row, segment in zip(read(files["data/segments.csv"]), mall_contract.segments, strict=True):
        assert float(row["size_lower"]) == segment.size_interval.lower <= segment.size <= float(row["size_upper"])
        assert float(row["stability_lower"]) <= float(row["stability"]) <= float(row["stability_upper"])
    profiles = read(files["data/profiles.csv"])
    assert {row["marker"] for row in profiles} == {"true", "false"}
    assert all(float(row["contrast_lower"]) <= float(row["contrast_upper"]) for row in profiles)
    assert float(profiles[0]["contrast"]) == mall_contract.segments[0].profile[0].contrast


def test_what_is_withheld_leaves_its_cells_empty(mall_contract):
    first = mall_contract.segments[1]
    hidden = first.borders[0].model_copy(update={"customers": None, "share": None})
    bare = first.model_copy(update={"size_interval": None, "evaluation": None, "borders": (hidden,)})
    everybody = (mall_contract.segments[0], bare, *mall_contract.segments[2:])
    files = downloads(mall_contract.model_copy(update={"segments": everybody}), FIGURES)
    row = read(files["data/segments.csv"])[1]
    (border,) = [one for one in read(files["data/borders.csv"]) if one["segment_id"] == "2"]
    assert border["customers"] == ""
    assert (row["size_lower"], row["size_upper"], row["attractiveness"]) == ("", "", "")


def test_a_public_table_states_why_cells_are_empty(mall_contract):
    public = mall_contract.model_copy(update={"privacy": Privacy(mode="public", min_cell=10)})
    files = downloads(published(public), FIGURES)
    for name in ("profiles", "categories", "borders", "candidate_segments"):
        rows = read(files[f"data/{name}.csv"])
        cell = {"profiles": "mean", "categories": "count", "borders": "customers", "candidate_segments": "share"}[name]
        assert all((row[cell] == "") == row["withheld"].startswith(f"{cell}") for row in rows)
        assert {row["withheld"].partition(": ")[2] for row in rows} <= {
            "", "It would describe fewer than 10 customers, or all but fewer than 10 of a group."
        }  # fmt: skip
    assert any(row["withheld"] for row in read(files["data/candidate_segments.csv"]))
    assert "withheld" not in read(downloads(mall_contract, FIGURES)["data/profiles.csv"])[0]


def test_borders_and_criteria_have_a_row_each(files, mall_contract):
    borders = [(segment.id, one.id, one.customers) for segment in mall_contract.segments for one in segment.borders]
    told = read(files["data/borders.csv"])
    assert [(int(row["segment_id"]), int(row["other_segment_id"]), int(row["customers"])) for row in told] == borders
    rows = read(files["data/criteria.csv"])
    assert len(rows) == 5 * len(mall_contract.segments)
    assert all(row["passed"] in {"true", "false"} and row["reason"] for row in rows)


def test_no_cell_holds_a_structure(files):
    """Nested parts of the contract have columns or files of their own."""
    texts = [text for path, text in files.items() if path.endswith(".csv")]
    assert not any(mark in text for text in texts for mark in ("{'", "({", "[{"))


def test_the_budget_adds_up(files, mall_contract):
    assert sum(float(row["amount"]) for row in read(files["data/budget.csv"])) == mall_contract.budget.total


def test_recommendations_come_in_their_order(files, mall_contract):
    ranked = [
        (segment.name, str(one.rank), one.id) for segment in mall_contract.segments for one in segment.recommendations
    ]
    assert [(row["segment"], row["rank"], row["id"]) for row in read(files["data/recommendations.csv"])] == ranked


def test_a_table_without_rows_is_left_out(mall_contract):
    segments = tuple(one.model_copy(update={"budget": None, "categories": ()}) for one in mall_contract.segments)
    without = mall_contract.model_copy(update={"budget": None, "segments": segments})
    assert not {"data/budget.csv", "data/categories.csv"} & set(downloads(without, FIGURES))


def test_no_identifier_is_in_any_file(files):
    assert not any("CustomerID" in text for text in files.values())


cells = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from(["=1+1", "+49 30", "-2", "@cmd", "\t=1", "\r=1", 'a"b', "a,b", "a\r\nb", "", "'=1", "−1"]),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
)


def written(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    return "" if cell is None else repr(cell)


@given(st.lists(st.fixed_dictionaries({"one": cells, "two": cells}), min_size=1))
def test_any_cell_comes_back_as_it_was_written(rows):
    assert read(csv_text(rows)) == [{key: written(cell) for key, cell in row.items()} for row in rows]


@given(st.lists(st.fixed_dictionaries({"one": cells}), min_size=1))
def test_no_text_begins_as_a_formula(rows):
    for row, found in zip(rows, read(csv_text(rows)), strict=True):
        if isinstance(row["one"], str):
            assert not found["one"].startswith(FORMULA_STARTS)
            assert found["one"] in (row["one"], f"'{row['one']}")


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**60), 2**60))
def test_a_number_is_the_same_number_again(number):
    (row,) = read(csv_text([{"value": number}]))
    assert type(number)(row["value"]) == number


@pytest.mark.parametrize("start", FORMULA_STARTS, ids=repr)
def test_each_sign_that_begins_a_formula_gets_an_apostrophe_in_every_csv(start):
    text = f"{start}HYPERLINK(A1)"
    assert read(csv_text([{"cell": text}])) == [{"cell": f"'{text}"}]
    assert read(frame_csv(pd.DataFrame({text: [text, None]}))) == [{f"'{text}": f"'{text}"}, {f"'{text}": ""}]
    assert read(csv_text([{"cell": f"a{text}"}])) == [{"cell": f"a{text}"}]


def test_lines_end_as_rfc_4180_says():
    assert csv_text([{"a": 1, "b": "x"}]) == "a,b\r\n1,x\r\n"


OPEN_EN = (
    "share: That build was published with exact figures (privacy.mode: open); of such a build only numbers of "
    "customers are repeated, rounded."
)
OPEN_DE = (
    "share: Diese Ausgabe wurde mit genauen Zahlen veröffentlicht (privacy.mode: open). Aus einer solchen Ausgabe "
    "werden nur Kundenzahlen übernommen, gerundet."
)
FEW_EN = "size: It would describe fewer than 10 customers, or all but fewer than 10 of a group."


@pytest.mark.parametrize(("language", "told"), [("en", OPEN_EN), ("de", OPEN_DE)])
def test_the_history_of_a_public_site_says_which_build_was_open(mall_contract, language, told):
    """Its last build alone was, and had a segment of 7."""
    whole = with_history(mall_contract, builds=3)
    privacy = whole.privacy.model_copy(update={"mode": "public"})
    rounded = {"size": 30, "share": 0.25}
    first, last = (
        one.model_copy(update={"customers": 200, "mode": "public" if one.number == 1 else "open", "segments": tuple(
            each.model_copy(update=rounded if one.number == 1 else {"size": 7 if at == 0 else 31})
            for at, each in enumerate(one.segments)
        )})
        for one in whole.past
    )  # fmt: skip
    copy = published(whole.model_copy(update={"privacy": privacy, "past": (first, last)}))
    with speaking(language):
        rows = read(downloads(copy, FIGURES)["data/history.csv"])
    reasons = {number: [row["withheld"] for row in rows if row["build"] == number] for number in "123"}
    assert set(reasons["1"]) == set(reasons["3"]) == {""}
    assert set(reasons["2"][1:]) == {told}
    if language == "en":
        assert reasons["2"][0] == f"{FEW_EN} {told}"


def test_a_withheld_share_of_one_time_buyers_says_why(mall_contract):
    """Of three segments: told, withheld, and withheld in one that has no rule."""
    public = mall_contract.model_copy(update={"privacy": Privacy(mode="public", min_cell=10)})
    kept = public.segments[:3]
    shares, rules = (0.5, None, None), (kept[0].rule, kept[1].rule, None)
    segments = tuple(
        one.model_copy(
            update={"lifetime": PROSPECT.model_copy(update={"bought_once": share}), "rule": rule, "borders": ()}
        )
        for one, share, rule in zip(kept, shares, rules, strict=True)
    )
    text = downloads(public.model_copy(update={"segments": segments}), FIGURES)["data/segments.csv"]
    reasons = [row["withheld"] for row in read(text)]
    assert reasons == [
        "",
        *["bought_once: It would describe fewer than 10 customers, or all but fewer than 10 of a group."] * 2,
    ]
