"""What was paid back is taken off once: never from an amount that has it off already, and never a net amount as one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.preparation.validate import examine
from analysis.proposal.guess import propose
from analysis.proposal.proposal import Proposal
from analysis.reading.table import read_table

SALES = 60
GROSS = [20 + n * 37 % 500 for n in range(SALES)]
BACK = [gross if n % 15 == 0 else gross // 2 if n % 7 == 0 else 0 for n, gross in enumerate(GROSS)]
NET = 15690 - 1150
"""The sum of what was paid less that of what was paid back, as the test below counts them."""


def test_the_sums_are_those_written_out() -> None:
    assert (sum(GROSS), sum(BACK)) == (15690, 1150)


@pytest.fixture
def sold(tmp_path: Path) -> Callable[..., tuple[Proposal, float]]:
    def made(header: str, cells: Callable[[int], str]) -> tuple[Proposal, float]:
        days = [f"2024-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(SALES)]
        rows = [f"{1000 + n},C{n % 9},{days[n]},{cells(n)}" for n in range(SALES)]
        file = tmp_path / "t.csv"
        file.write_text("\n".join([f"Order ID,Customer ID,Date,{header}", *rows]) + "\n", encoding="utf-8")
        found = propose(file)
        frame = examine(read_table(file, found.site), found.site).customers.frame
        return found, round(float(frame["monetary"].sum()), 2)

    return made


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(
    "header",
    [
        "Original total,Total refunded,Current total",
        "Total,Refunded,Total after refunds",
        "Paid,Returns,Paid after returns",
        "Amount,Refund,Net amount",
        "Gross sales,Returns,Net sales",
        "Betrag,Erstattung,Betrag nach Erstattung",
    ],
)
def test_an_amount_that_has_it_off_is_not_lowered_again(sold, header, sign) -> None:
    found, revenue = sold(header, lambda n: f"{GROSS[n]}.00,{sign}{BACK[n]}.00,{GROSS[n] - BACK[n]}.00")
    assert found.questions == ()
    assert revenue == NET


def test_a_refund_beside_the_whole_amount_is_taken_off(sold) -> None:
    found, revenue = sold("Total,Refunded", lambda n: f"{GROSS[n]}.00,{BACK[n]}.00")
    assert (found.questions, revenue) == ((), NET)


def test_a_status_of_refunds_beside_a_net_amount_leaves_out_nothing_more(sold) -> None:
    def state(n: int) -> str:
        return "paid" if not BACK[n] else "refunded" if GROSS[n] == BACK[n] else "partially_refunded"

    found, revenue = sold(
        "Original total,Total refunded,Current total,Financial status",
        lambda n: f"{GROSS[n]}.00,{BACK[n]}.00,{GROSS[n] - BACK[n]}.00,{state(n)}",
    )
    assert (found.questions, revenue) == ((), NET)


def test_a_name_alone_that_says_what_is_left_is_asked_about(sold) -> None:
    part = [gross // 4 if n % 7 == 0 else 0 for n, gross in enumerate(GROSS)]
    found, _ = sold("Total refunded,Current total", lambda n: f"{part[n]}.00,{GROSS[n] - part[n]}.00")
    (question,) = found.questions
    assert question.startswith("“Current total” may be what is left after “Total refunded”.")
