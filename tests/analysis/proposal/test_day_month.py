"""Day or month first: what the table tells is taken and said, and what it does not tell is asked."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.proposal.answers import answered, unanswered
from analysis.proposal.guess import guess_site, propose
from analysis.proposal.proposal import Proposal

START = date(2024, 1, 1)
YEAR = [START + timedelta(days=n) for n in range(366)]
DOUBTFUL = [day for day in YEAR if day.day <= 12]
MONTH_FIRST, DAY_FIRST = "%m/%d/%Y", "%d/%m/%Y"


def purchases(tmp_path: Path, days: list[date], written: str, **more: list[object]) -> Path:
    file = tmp_path / "t.csv"
    lines = [",".join(["Customer", "Date", "Amount", *more])]
    for n, day in enumerate(days):
        lines.append(
            ",".join(
                [f"C{n % 9}", day.strftime(written), f"{n * 37 % 91}.50", *(str(each[n]) for each in more.values())]
            )
        )
    file.write_text("\n".join(lines) + "\n")
    return file


def shuffled(days: list[date]) -> list[date]:
    return random.Random(4).sample(days, len(days))  # noqa: S311 (nothing secret)


def form(proposal: Proposal) -> str | None:
    assert proposal.site.transactions
    return proposal.site.transactions.date_format


def test_what_nothing_tells_is_asked_and_stops(tmp_path: Path):
    file = purchases(tmp_path, shuffled(DOUBTFUL), MONTH_FIRST)
    proposal = propose(file)
    (question,) = proposal.questions
    assert question == (
        "Dates in “Date” can be read as dd/mm/yyyy or mm/dd/yyyy, and the table does not show which. They are read "
        "as dd/mm/yyyy: keep `transactions.date_format: dd/mm/yyyy`, or write mm/dd/yyyy "
        "there."
    )
    assert proposal.site.undecided == (question,)
    with pytest.raises(DataError, match="the table does not show which"):
        guess_site(file, features=None, k="auto", id_column=None)


@pytest.mark.parametrize(("month_first", "pattern"), [(True, "mm/dd/yyyy"), (False, "dd/mm/yyyy")])
def test_somebodys_answer_takes_the_question_away(tmp_path: Path, month_first: bool, pattern: str):  # noqa: FBT001
    file = purchases(tmp_path, shuffled(DOUBTFUL), MONTH_FIRST)
    answers = replace(
        unanswered(proposal := propose(file), file), **{"month_first" if month_first else "day_first": ("Date",)}
    )
    found = answered(proposal, answers, "t.csv")
    assert (form(found), found.site.undecided, found.questions) == (pattern, (), ())


@pytest.mark.parametrize("written", [MONTH_FIRST, DAY_FIRST])
@pytest.mark.parametrize("turn", ["up", "down"])
def test_rows_in_order_tell(tmp_path: Path, written: str, turn: str):
    days = DOUBTFUL if turn == "up" else DOUBTFUL[::-1]
    proposal = propose(purchases(tmp_path, days, written))
    assert (form(proposal), proposal.questions) == ("mm/dd/yyyy" if written == MONTH_FIRST else "dd/mm/yyyy", ())
    assert any("the rows are then in order of their days" in told for told in proposal.said)


@pytest.mark.parametrize("written", [MONTH_FIRST, DAY_FIRST])
def test_numbers_given_out_in_turn_tell(tmp_path: Path, written: str):
    days = shuffled(DOUBTFUL)
    numbers: list[object] = [5000 + 3 * sorted(DOUBTFUL).index(day) for day in days]
    proposal = propose(purchases(tmp_path, days, written, **{"Order No": numbers}))
    assert (form(proposal), proposal.questions) == ("mm/dd/yyyy" if written == MONTH_FIRST else "dd/mm/yyyy", ())
    assert any("“Order No” rises with the days" in told for told in proposal.said)


def test_another_column_written_alike_tells(tmp_path: Path):
    days = shuffled(DOUBTFUL)
    shipped: list[object] = [(day + timedelta(days=15)).strftime(MONTH_FIRST) for day in days]
    proposal = propose(purchases(tmp_path, days, MONTH_FIRST, Shipped=shipped))
    assert (form(proposal), proposal.questions) == ("mm/dd/yyyy", ())


@pytest.mark.parametrize("written", [MONTH_FIRST, DAY_FIRST])
def test_days_without_weekends_tell(tmp_path: Path, written: str):
    days = shuffled([day for day in DOUBTFUL if day.weekday() < 5])
    proposal = propose(purchases(tmp_path, days, written))
    assert (form(proposal), proposal.questions) == ("mm/dd/yyyy" if written == MONTH_FIRST else "dd/mm/yyyy", ())


def test_points_between_put_the_day_first(tmp_path: Path):
    proposal = propose(purchases(tmp_path, shuffled(DOUBTFUL), "%d.%m.%Y"))
    assert (form(proposal), proposal.questions) == ("dd.mm.yyyy", ())


def test_days_that_are_their_months_are_no_question(tmp_path: Path):
    days = [day for day in DOUBTFUL if day.day == day.month] * 6
    assert propose(purchases(tmp_path, days, MONTH_FIRST)).questions == ()


def test_a_table_of_customers_asks_too(tmp_path: Path):
    file = tmp_path / "t.csv"
    rows = [f"{900 + n * 7},{day:%m/%d/%Y},{n * 31 % 47},{n * 5 % 19}" for n, day in enumerate(shuffled(DOUBTFUL))]
    file.write_text("\n".join(["Customer ID,joined,visits,seats", *rows]) + "\n")
    (question,) = propose(file).questions
    assert question.endswith("keep `columns.joined.date_format: dd/mm/yyyy`, or write mm/dd/yyyy there.")
