"""What a table of sales does not answer is asked: once by `init`, and by every build until a line answers it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.configuration import load_configuration
from analysis.configuration.origin import Origin
from analysis.errors import DataError
from analysis.preparation.validate import examine
from analysis.proposal.answers import answered, unanswered
from analysis.proposal.files import files
from analysis.proposal.guess import guess_site, propose
from analysis.reading.table import read_table

ROWS = [f"{n // 2 + 100},K{n % 18 // 2},2024-{1 + n // 2 % 12:02}-11,{n % 3},2,{10 + n // 2}.50" for n in range(72)]
"""Two rows an order, with one figure that is the same on both: two items of a price, or one order's total."""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "sales.csv"
    file.write_text("\n".join(["Order,Customer No,Ordered,Product,Units,Paid", *ROWS]) + "\n")
    return file


def written(table: Path) -> Path:
    proposal = propose(table)
    folder = table.parent / "config"
    for name, text in files(answered(proposal, unanswered(proposal, table), "../sales.csv")).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_figure_that_may_be_a_rows_or_an_orders_is_asked_about(table):
    (question,) = propose(table).questions
    assert "“Paid” is the same on all rows of an order" in question
    assert "transactions.amount_of: row or order" in question


def test_nothing_is_built_without_a_configuration_that_answers(table):
    with pytest.raises(DataError, match=r"amount_of: row or order\. Make a configuration"):
        guess_site(table, features=None, k="auto", id_column=None)


def test_the_question_stands_in_the_configuration_until_it_is_answered(table):
    folder = written(table)
    text = (folder / "site.yml").read_text(encoding="utf-8")
    assert "undecided:\n  - '“Paid” is the same on all rows" in text
    site = load_configuration(folder).site
    rows = read_table(Origin.of(table, site.data), site)
    (problem,) = examine(rows, site).problems
    assert "transactions.amount_of: row or order" in problem.sentence
    lines = text.replace("  amount: Paid\n", "  amount: Paid\n  amount_of: order\n").splitlines(keepends=True)
    answer = "".join(line for line in lines if not line.startswith(("undecided:", "  - '“Paid”")))
    (folder / "site.yml").write_text(answer, encoding="utf-8")
    site = load_configuration(folder).site
    found = examine(read_table(Origin.of(table, site.data), site), site)
    assert found.problems == ()
    # 36 orders of 10.50, 11.50, … 45.50, each once.
    assert round(float(found.customers.frame["monetary"].sum()), 2) == 1008.00
    assert int(found.customers.frame["frequency"].sum()) == 36


def test_a_figure_that_differs_within_orders_is_a_rows_and_no_question(table):
    rows = [f"{row.rsplit(',', 1)[0]},{n}.25" for n, row in enumerate(ROWS)]
    table.write_text("\n".join(["Order,Customer No,Ordered,Product,Units,Paid", *rows]) + "\n")
    proposal = propose(table)
    assert proposal.questions == ()
    assert proposal.site.transactions.amount_of == "row"


def test_an_unknown_word_of_a_status_is_asked_about_and_stops_the_build(tmp_path):
    file = tmp_path / "orders.csv"
    rows = [f"{n},K{n % 9},2024-01-{1 + n % 28:02},{n}.5,{'paid' if n % 5 else 'in limbo'}" for n in range(40)]
    file.write_text("\n".join(["Order No,Client ID,Date,Amount,Payment Status", *rows]) + "\n")
    proposal = propose(file)
    (question,) = proposal.questions
    # Every fifth row: 0.5 + 5.5 + … + 35.5.
    assert question.startswith("“Payment Status” says “in limbo” (8 rows, 144.00), and it is not clear whether such")
    found = examine(read_table(Origin.of(file, proposal.site.data), proposal.site), proposal.site)
    assert ["“in limbo”" in problem.sentence for problem in found.problems] == [True]
    with pytest.raises(DataError, match="in limbo"):
        guess_site(file, features=None, k="auto", id_column=None)


def test_orders_of_nobody_are_refused_with_the_columns_that_could_be_the_customer(tmp_path):
    file = tmp_path / "orders.csv"
    rows = [f"{n},2024-01-{1 + n % 28:02},{n}.5,Person {n % 8},shop@example.com" for n in range(40)]
    file.write_text("\n".join(["Order ID,Order Date,Total,Ship-to,Seller e-mail", *rows]) + "\n")
    with pytest.raises(DataError) as caught:
        propose(file)
    assert "each row has its own “Order ID”, and no column says who bought" in str(caught.value)
    assert "If one of “Ship-to” is the customer, name it under transactions.customer." in str(caught.value)
