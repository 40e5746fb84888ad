"""Each layout as a golden folder: its table, an independent computation, and the figures written out.

`make exports` prints the same verdicts as a table. A case that is wrong fails here; none is expected to.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from analysis.configuration import Site
from tests.exports.cases.generate import made
from tests.exports.published import Published
from tests.exports.table import table
from tests.exports.verdicts import (
    ASKED,
    CASES,
    REFUSED,
    RIGHT,
    WRONG,
    Verdict,
    answered,
    cases,
    cents,
    compared,
    expected,
    judged,
    truth,
)

FOLDERS = [pytest.param(folder, id=folder.name) for folder in cases()]
LOWEST = 27
REFUNDS = ("refunds_negative_rows", "refunds_credit_notes", "refunds_column", "refunds_name_payment")


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_independent_computation_finds_what_is_written_out(folder):
    wanted, found = expected(folder), truth(folder)
    if isinstance(found, dict):
        assert found == wanted["facts"]
        assert ("asks" in wanted) != ("refuses" in wanted)
        return
    assert len(found) == wanted["customers"]
    if "orders" in found:
        assert found["orders"].sum() == wanted["orders"]
        assert cents(found["revenue"].sum()) == wanted["revenue"]
    for other in wanted.get("or", ()):
        assert cents(found[other["column"]].sum()) == other["revenue"]
    assert len(wanted.get("last", {})) == (3 if "last" in found else 0)
    assert {name: f"{found['last'][name]:%Y-%m-%d}" for name in wanted.get("last", {})} == wanted.get("last", {})


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_product_finds_the_same_or_asks(folder):
    verdict = judged(folder)
    assert verdict.verdict in {RIGHT, ASKED, REFUSED}, verdict.why


def test_there_are_cases_enough_and_each_is_whole():
    folders = {each.name for each in CASES.iterdir() if each.is_dir() and each.name != "__pycache__"}
    assert len(folders) >= LOWEST
    assert folders == {folder.name for folder in cases()}
    for folder in cases():
        assert (folder / "truth.py").is_file()
        assert (folder / expected(folder)["table"]).is_file()


def test_no_truth_knows_the_product():
    for file in [*CASES.glob("*/truth.py"), CASES.with_name("counted.py")]:
        imported = re.findall(r"^(?:import|from) ([\w.]+)", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert not {each.split(".")[0] for each in imported} & {"analysis", "report"}, file


def test_the_tables_are_what_the_generator_writes():
    for name, files in made().items():
        for file, make in files.items():
            assert (CASES / name / file).read_bytes() == make().encode(), name


@pytest.mark.parametrize("name", REFUNDS[1:])
def test_refunds_of_every_form_leave_the_same_customers(name):
    pd.testing.assert_frame_equal(truth(CASES / name), truth(CASES / REFUNDS[0]))


RIGHT_FIGURES = pd.DataFrame(
    {"orders": [1, 2], "revenue": [Decimal("10.10"), Decimal(5)], "last": pd.to_datetime(["2024-01-01", "2024-02-01"])},
    index=["a", "b"],
)


def shown(**changes: object) -> Published:
    """Published figures, right but for `changes`."""
    content = {"data": {"path": "t.csv"}, "transactions": {"customer": "who", "date": "day", "amount": "Total"}}
    figures = RIGHT_FIGURES.astype({"orders": float, "revenue": float}).assign(
        **{name: changes[name] for name in ("orders", "revenue", "last") if name in changes}
    )
    names = changes.get("names", ["a", "b"])
    return Published(Site.model_validate(content), figures.set_axis(names), changes.get("said", ()))


def test_right_figures_in_another_order_are_right():
    assert compared(shown(), RIGHT_FIGURES, {}) == ""
    turned = shown(names=["B", "'a"], orders=[2, 1], revenue=[5, 10.1], last=RIGHT_FIGURES["last"][::-1].to_numpy())
    assert compared(turned, RIGHT_FIGURES, {}) == ""


@pytest.mark.parametrize(
    ("changes", "wanted", "why"),
    [
        ({"revenue": [10.11, 5]}, {}, "revenue 15.11 instead of 15.10, wrong of 1 customers"),
        ({"revenue": [5, 10.1]}, {}, "wrong of 2 customers"),
        ({"orders": [1, 3]}, {}, "orders 4 instead of 3"),
        ({"last": pd.to_datetime(["2024-01-02", "2024-02-01"])}, {}, "last purchase wrong of 1"),
        ({"names": ["a", "c"]}, {}, "2 customers, of whom 1 are none"),
        ({"names": ["a", "a"]}, {}, "2 customers, of whom 0 are none"),
        ({}, {"currency": "EUR"}, "in USD, not in EUR"),
        ({}, {"kind": "customers"}, "taken for one of transactions"),
    ],
)
def test_each_wrong_figure_is_told(changes, wanted, why):
    assert why in compared(shown(**changes), RIGHT_FIGURES, wanted)


def test_another_amount_is_right_only_where_it_is_said():
    right = RIGHT_FIGURES.assign(with_shipping=RIGHT_FIGURES["revenue"] + 1)
    wanted = {"or": [{"column": "with_shipping", "says": "shipping"}]}
    silent, told = shown(revenue=[11.1, 6]), shown(revenue=[11.1, 6], said=("“Total” holds shipping.",))
    assert "revenue" in compared(silent, right, wanted)
    assert compared(told, right, wanted) == ""


def test_figures_where_a_question_was_due_are_wrong():
    assert "without a word on rates" in compared(shown(), {}, {"asks": ["rates"]})


@pytest.mark.parametrize(
    ("sentences", "wanted", "verdict"),
    [
        (["Amounts are in EUR and USD; add rates."], {"asks": ["EUR", "USD", "rates"]}, ASKED),
        (["Amounts are in EUR.", "And in USD; add rates."], {"asks": ["EUR", "USD", "rates"]}, WRONG),
        (["No column names a customer."], {"refuses": ["customer"]}, REFUSED),
        (["No column names a customer."], {"customers": 2}, WRONG),
        (["Amounts are in EUR and USD."], {"customers": 2, "or_asks": ["EUR"]}, ASKED),
    ],
)
def test_an_answer_counts_where_one_sentence_says_it_all(sentences, wanted, verdict):
    assert answered(sentences, wanted)[0] == verdict


def test_the_table_counts_and_tells_what_is_wrong():
    lines = [Verdict("One", 3, "2", "3", "9.00", RIGHT), Verdict("Two", 4, "–", "–", "–", WRONG, "nobody knows")]
    text = table(lines)
    assert "| One | 3 | 2 | 3 | 9.00 | right |" in text
    assert "2 layouts: 1 right, 0 asked, 0 refused, 1 wrong." in text
    assert text.endswith("- Two: nobody knows")


def test_what_crashes_is_wrong(tmp_path: Path, monkeypatch):
    def crash(_: Path) -> None:
        raise ZeroDivisionError

    (tmp_path / "t.csv").write_text("a\n1\n")
    (tmp_path / "expected.json").write_text('{"layout": "A", "table": "t.csv"}')
    monkeypatch.setattr("tests.exports.verdicts.published", crash)
    assert (judged(tmp_path).verdict, judged(tmp_path).why) == (WRONG, "crashed: ZeroDivisionError()")


def test_the_documentation_shows_what_is_found_now(project):
    shown_now = table([judged(folder) for folder in cases()])
    assert shown_now in (project / "docs/exports.md").read_text(encoding="utf-8")
    counts = re.search(r"(\d+) layouts: (\d+) right, (\d+) asked, (\d+) refused, (\d+) wrong", shown_now)
    assert counts is not None
    assert f"| {' | '.join(counts.groups())} |" in (project / "docs/accuracy.md").read_text(encoding="utf-8")
