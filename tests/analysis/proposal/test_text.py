"""A written configuration is read back as the site that was proposed, whatever the headers say."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.configuration import load_configuration
from analysis.errors import DataError
from analysis.preparation.validate import validate
from analysis.proposal.answers import Answers, answered, title_of, unanswered
from analysis.proposal.emit import block, comment
from analysis.proposal.files import files
from analysis.proposal.guess import propose
from analysis.reading.table import read_table

HEADER = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=24).filter(lambda text: text.strip())


def written(folder: Path, table: Path, **answers: object):
    proposal = propose(table)
    given_answers = Answers(**{**vars(unanswered(proposal, table)), **answers})
    chosen = answered(proposal, given_answers, table.name)
    for name, text in files(chosen).items():
        place = folder / name
        place.parent.mkdir(exist_ok=True, parents=True)
        place.write_text(text, encoding="utf-8")
    return chosen, load_configuration(folder)


@settings(max_examples=40, deadline=None)
@given(st.lists(HEADER, min_size=1, max_size=4, unique=True), st.integers(1, 99))
@example(["a: b", "“q”", '"', "'"], 7)
@example(["💎 spend", "{{< env HOME >}}", "# no", "- x"], 7)
@example(["two\nlines", "tab\there", "\u2028line", "null"], 7)
@example(["x" * 200, "a/b\\c", "yes", "? key"], 7)
@example(["Umsatz (k€)", "%", "<script>", "\x85"], 7)
def test_any_header_survives(tmp_path_factory, headers, step):
    folder = tmp_path_factory.mktemp("init")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["plain", *headers])
    writer.writerows([[row * (step + place) % 97 for place in range(len(headers) + 1)] for row in range(15)])
    table = folder / "t.csv"
    table.write_text(text.getvalue(), encoding="utf-8", newline="")
    try:
        chosen, loaded = written(folder, table)
    except DataError:
        return
    assert loaded.site == chosen.site


@given(st.text(max_size=300))
def test_nothing_breaks_out_of_a_comment(text):
    assert yaml.safe_load(comment(text) + "a: 1\n") == {"a": 1}


@given(st.dictionaries(HEADER, HEADER | st.floats(allow_nan=False, allow_infinity=False) | st.booleans(), max_size=4))
def test_any_mapping_is_read_back(content):
    assert (yaml.safe_load(block({"in": content}, 0)) or {})["in"] == content
    assert yaml.safe_load("out:\n" + block({"in": content}, 1))["out"]["in"] == content


def test_the_mall_site_says_what_it_does_and_why(mall, tmp_path):
    table = tmp_path / "Mall_Customers.csv"
    table.write_bytes(mall.origin.files()[0].read_bytes())
    chosen, loaded = written(tmp_path, table, currency="EUR", public=True, k=5)
    assert loaded.site == chosen.site
    assert (loaded.site.site.title, loaded.site.site.currency) == ("Mall customers", "EUR")
    assert (loaded.site.privacy.mode, loaded.site.model.selection.k) == ("open", 5)
    assert loaded.personas.personas == ()
    assert loaded.playbook.actions
    text = (tmp_path / "site.yml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=schema/site.schema.json\n")
    assert "# “Age” is taken as the age, in years, because of its name." in text
    assert "in thousands of EUR" in text
    sections = ["site", "data", "columns", "model", "value", "segments", "evaluation", "privacy", "theme"]
    assert list(yaml.safe_load(text)) == [*sections, "personas", "playbook"]
    assert "# budget:" in text
    assert max(len(line) for line in text.splitlines()) <= 120
    assert validate(read_table(loaded.origin, loaded.site), loaded.site).rows_used == 200


def test_transactions_are_written_with_the_personas_that_ship(tmp_path):
    rows = [f"C{n % 9},{1 + n % 28:02}/{1 + n % 12:02}/2024,{n}.50" for n in range(90)]
    table = tmp_path / "t.csv"
    table.write_text("\n".join(["Customer,Date,Amount", *rows]))
    chosen, loaded = written(tmp_path, table)
    assert loaded.site == chosen.site
    assert loaded.site.transactions.amount == "Amount"
    assert loaded.site.personas == "rfm"
    assert not (tmp_path / "personas.yml").exists()
    assert "# The table holds transactions" in (tmp_path / "site.yml").read_text()


def test_dates_may_be_read_with_the_month_first(tmp_path):
    rows = [f"C{n % 9},0{1 + n % 9}/0{1 + n % 8}/2024,{n}.50" for n in range(90)]
    table = tmp_path / "t.csv"
    table.write_text("\n".join(["Customer,Date,Amount", *rows]))
    assert propose(table).ambiguous == ("Date",)
    assert written(tmp_path, table)[1].site.transactions.date_format == "dd/mm/yyyy"
    assert written(tmp_path, table, month_first=("Date",))[1].site.transactions.date_format == "mm/dd/yyyy"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("marketing_campaign.csv", "Marketing campaign"),
        ("customers.2024.csv.gz", "Customers"),
        ("{{< env >}}.csv", "Customer segments"),
        (".csv", "Customer segments"),
    ],
)
def test_titles_from_file_names(name, title):
    assert title_of(Path(name)) == title or "{" not in title_of(Path(name))
