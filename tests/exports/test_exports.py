"""Exports as people bring them: each becomes a good site, or one clear sentence.

Most are analysed only, as `segment-atlas build --data` does it; two go through the command to a finished site.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.configuration import Configuration, Site, load_configuration, without_files
from analysis.contract import Contract
from analysis.errors import DataError
from analysis.pipeline import analyse
from analysis.preparation.validate import examine
from analysis.proposal.guess import guess_site
from analysis.reading.table import read_table
from tests.exports.campaign import GAPS, campaign
from tests.exports.cdnow import cdnow
from tests.exports.headers import ODD, many_categories, odd_headers, one_name_twice
from tests.exports.latin import latin
from tests.exports.survey import ANSWERS, survey
from tests.in_process import command


@dataclass(frozen=True)
class Outcome:
    """What became of a bare table."""

    site: Site
    said: str
    contract: Contract

    def sizes(self) -> list[int]:
        return [segment.size for segment in self.contract.segments]

    def role(self, header: str) -> str:
        return self.site.columns[header].role


Bare = Callable[[str | bytes], Outcome]


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    """Analyse a table of which nothing is known."""

    def make(content: str | bytes) -> Outcome:
        file = tmp_path / "export.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        site, said = guess_site(file, features=None, k="auto", id_column=None)
        analysis = analyse(without_files(site, file))
        assert analysis.contract.data.rows_read == (
            analysis.contract.data.rows_used + analysis.contract.data.rows_rejected
        )
        return Outcome(site, "\n".join(said), analysis.contract)

    return make


def test_a_campaign_table_of_29_columns(bare):
    found = bare(campaign())
    assert found.role("ID") == "id"
    assert found.role("Income") == "income"
    assert found.role("Dt_Customer") == "date"
    assert "“Z_CostContact” is left out: it holds the same value in every row" in found.said
    assert "“Z_Revenue” is left out: it holds the same value in every row" in found.said
    gaps = sum(each.rows for each in found.contract.data.rejections if each.column == "Income")
    imputed = sum(each.imputed for each in found.contract.data.features if each.name == "Income")
    assert gaps + imputed == GAPS
    # Neither the income of 666,666 nor somebody born in 1893 makes a segment of one.
    assert len(found.sizes()) == 2
    assert min(found.sizes()) > 150


def test_a_date_written_day_month_year_counts_days_where_all_lie_within_two_years(bare):
    found = bare(campaign())
    since = next(each for each in found.contract.data.features if each.name == "Dt_Customer")
    assert (since.unit, since.scale) == ("days", 365.25)
    assert 0 <= since.mean * since.scale < 2.1 * 365.25


def test_latin_1_with_stray_bytes_and_four_empty_columns(bare):
    found = bare(latin())
    assert found.contract.data.encoding == "windows-1252"
    assert found.role("Umsatz (€)") == "monetary"
    assert any("decimal comma" in note for note in found.contract.data.notes)
    assert found.contract.data.rows_rejected == 0
    assert found.sizes() == [120, 120]


def test_a_survey_with_yes_and_no_and_six_ordered_answers(bare):
    found = bare(survey())
    assert found.site.columns["Do you own a car?"].kind == "boolean"
    assert found.role("Respondent") == "id"
    assert found.contract.data.rows_rejected == 0
    assert len(found.sizes()) == 2


def test_an_order_of_six_answers_clusters_once_it_is_told(tmp_path):
    (tmp_path / "survey.csv").write_text(survey(), encoding="utf-8")
    columns = {
        "How often do you shop online?": {"role": "feature", "kind": "ordinal", "order": list(ANSWERS)},
        "Do you own a car?": {"role": "feature", "kind": "boolean"},
        "Do you rent?": {"role": "feature", "kind": "boolean"},
        "Do you have children?": {"role": "feature", "kind": "boolean"},
        "Age": {"role": "age"},
    }
    site = Site.model_validate({"data": {"path": "survey.csv"}, "columns": columns})
    contract = analyse(without_files(site, tmp_path / "survey.csv")).contract
    answer = next(each for each in contract.data.features if each.name == "How often do you shop online?")
    assert 1 <= answer.mean <= 6
    assert contract.data.rows_rejected == 0
    assert contract.selection.k == 2


def test_odd_headers_are_columns_like_any_other(bare):
    found = bare(odd_headers())
    assert {" ".join(name.split()) for name in ODD} == set(found.site.columns)
    assert len(found.sizes()) == 2
    assert all(len(segment.name) < 90 for segment in found.contract.segments)


def test_two_columns_of_one_name_are_left_out_and_said(bare):
    found = bare(one_name_twice())
    assert "“visits” is left out, because several columns have that name." in found.said
    assert set(found.site.columns) == {"id", "spend", "age"}


def test_two_columns_of_one_name_cannot_be_described(tmp_path):
    (tmp_path / "export.csv").write_text(one_name_twice(), encoding="utf-8")
    site = Site.model_validate({"data": {"path": "export.csv"}, "columns": {"visits": {"role": "frequency"}}})
    with pytest.raises(DataError, match="visits") as caught:
        analyse(without_files(site, tmp_path / "export.csv"))
    assert len(str(caught.value).splitlines()) == 1


def test_ten_thousand_categories_divide_nothing(bare):
    found = bare(many_categories())
    assert "“Town” is left out: its text is different in too many rows to make groups." in found.said
    assert len(found.sizes()) == 2


def test_columns_set_apart_by_blanks_are_those_of_any_other_table(bare):
    found = bare(cdnow(customers=500, transactions=1_600))
    other = bare(cdnow(customers=500, transactions=1_600, sign=";"))
    assert found.contract.data.delimiter == "blank"
    assert found.sizes() == other.sizes()
    assert sum(found.sizes()) == 500


def test_cdnow_as_it_is_published_has_no_header_and_asks_for_one(bare):
    master = cdnow(customers=60, transactions=150, sign="  ").partition("\n")[2]
    with pytest.raises(DataError, match=r"the first line holds figures; .* `data\.columns: \[customer, date, units, "):
        bare(master)


def test_a_bare_table_of_transactions_is_recognised(bare):
    found = bare(cdnow(customers=500, transactions=1_600, sign=";"))
    assert "The table holds transactions" in found.said
    assert sum(found.sizes()) == 500


def transactions(tmp_path: Path, text: str, data: str = "", **settings: str) -> Configuration:
    (tmp_path / "cdnow.csv").write_text(text, encoding="utf-8")
    lines = "".join(f"  {key}: {value}\n" for key, value in settings.items())
    (tmp_path / "site.yml").write_text(
        f"data: {{path: cdnow.csv{data}}}\nprivacy: {{mode: public}}\ntransactions:\n{lines}", encoding="utf-8"
    )
    return load_configuration(tmp_path)


def test_cdnow_becomes_a_customer_a_row(tmp_path):
    text = cdnow(customers=800, transactions=2_400, sign=",")
    asked = transactions(tmp_path, text, customer="id", date="date", amount="amount", date_format="yyyymmdd")
    contract = analyse(asked).contract
    assert sum(segment.size for segment in contract.segments) == 800
    assert {"recency", "frequency", "monetary"} <= {each.name for each in contract.data.features}


def test_cdnow_as_it_is_published_with_names_is_right_to_the_cent(tmp_path):
    text = cdnow(customers=800, transactions=2_400)
    named = ", columns: [id, date, units, dollars]"
    settings = {"customer": "id", "date": "date", "amount": "dollars", "date_format": "yyyymmdd"}
    asked = transactions(tmp_path, text.partition("\n")[2].replace(" ", "   "), named, **settings)
    table = read_table(asked.origin, asked.site)
    found = examine(table, asked.site).customers
    rows = [row.split(" ") for row in text.splitlines()[1:]]
    paid: dict[str, Decimal] = {}
    for who, _, _, dollars in rows:
        paid[who] = paid.get(who, Decimal(0)) + Decimal(dollars)
    assert (found.rows_read, found.rows_used) == (2_400, 2_400)
    assert dict(zip(found.frame["id"], found.frame["monetary"].round(2), strict=True)) == {
        who: float(total) for who, total in paid.items()
    }


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("campaign", campaign(), 0),
        ("survey", survey(), 0),
        ("cut short", "id,age,income\n1,", 3),
        ("words alone", "name,town\nAnna,Ulm\nBert,Bonn\n", 3),
        ("set apart by blanks", cdnow(customers=60, transactions=150), 0),
        ("no header", cdnow(customers=60, transactions=150).partition("\n")[2], 3),
    ],
)
def test_the_command_ends_in_a_site_or_in_one_sentence(tmp_path, name, content, code):
    file = tmp_path / f"{name}.csv"
    file.write_text(content, encoding="utf-8")
    ended = command("build", "--data", file, "--renderer", "builtin", "--quiet", folder=tmp_path)
    assert ended.code == code, ended.err
    assert "Traceback" not in ended.err
    assert "bug" not in ended.err
    assert (tmp_path / "_site" / "index.html").is_file() == (code == 0)
    if code:
        assert len(ended.err.strip().splitlines()) == 1
