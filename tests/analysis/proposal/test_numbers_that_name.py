"""Numbers that name somebody or something are no measures, and the customer comes before the group it belongs to."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.proposal.guess import propose
from analysis.proposal.proposal import Proposal

ROWS = 240
Cell = Callable[[random.Random, int], object]


@pytest.fixture
def proposed(tmp_path: Path) -> Callable[..., Proposal]:
    def found(header: str, cell: Cell, own: str = "customer_id,") -> Proposal:
        rng = random.Random(5)  # noqa: S311 (no secret)
        lines = [f"{own}{header},age,spend,visits"]
        for n in range(ROWS):
            key = f"C{n}," if own else ""
            lines.append(f"{key}{cell(rng, n)},{rng.randint(20, 70)},{rng.randint(1, 900)}.25,{rng.randint(1, 30)}")
        (tmp_path / "t.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return propose(tmp_path / "t.csv")

    return found


@pytest.mark.parametrize(
    "header",
    ["Customer", "Kunde", "Client", "Klant", "Debitor", "MRN", "cust", "Kundin", "Cliente", "Member", "Patient",
     "custid", "Debitorennummer", "Kd", "User", "Mitgliedsnr", "Policyholder"],
)  # fmt: skip
def test_a_customers_bare_number_is_its_identifier(proposed, header: str) -> None:
    found = proposed(header, lambda _, n: 10450 + n * 7919 % 90000, own="")
    assert found.site.columns[header].role == "id"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Row", lambda _, n: n * 10),
        ("SIC", lambda rng, _: rng.choice([5411, 5812, 7372, 8011, 5999, 1731, 2834, 3711, 4813, 4911, 6021, 70])),
        ("RFM score", lambda rng, _: rng.randint(1, 5) * 100 + rng.randint(1, 5) * 10 + rng.randint(1, 5)),
        ("departement", lambda rng, _: rng.randint(1, 95)),
        ("geo_x", lambda rng, _: rng.uniform(-9e5, 9e5)),
        ("geo_y", lambda rng, _: rng.uniform(-90, 90)),
        ("long", lambda rng, _: round(rng.uniform(-180, 180), 4)),
        ("Household no", lambda rng, _: rng.randint(1, 90)),
        ("Vertreter", lambda rng, _: rng.randint(1, 45)),
        ("Sales rep no", lambda rng, _: rng.randint(1, 45)),
        ("survey_weight", lambda rng, _: round(rng.uniform(0.2, 3), 3)),
        ("weight", lambda rng, _: round(rng.uniform(0.5, 1.5), 3)),
        ("strata", lambda rng, _: rng.randint(1, 45)),
        ("PSU", lambda rng, _: rng.randint(1, 90)),
        ("last_order_id", lambda rng, _: rng.randint(10000, 99999)),
        ("contact", lambda rng, _: 491_500_000_000 + rng.randint(0, 99_999_999)),
        ("contact", lambda rng, _: f"+49 151 {rng.randint(10_000_000, 99_999_999)}"),
        ("contact", lambda rng, _: f"0{rng.randint(150, 179)}{rng.randint(1_000_000, 9_999_999)}"),
        ("contact", lambda _, n: 491_500_000_000 + n // 2 * 791_919),
        ("hash", lambda rng, _: f"{rng.getrandbits(128):032x}"),
        ("payment", lambda rng, _: f"DE{rng.randint(10, 99)} {rng.randint(1000, 9999)} {rng.randint(10**11, 10**12)}"),
        ("address", lambda _, n: f"person{n}@example.org"),
        ("paid with", lambda rng, _: rng.randint(4 * 10**15, 5 * 10**15)),
    ],
)  # fmt: skip
def test_what_names_or_places_is_no_measure(proposed, header: str, cell: Cell) -> None:
    column = proposed(header, cell).site.columns.get(header)
    assert column is None or column.role == "category"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("weight", lambda rng, _: round(rng.uniform(45, 120), 1)),
        ("Agents", lambda rng, _: rng.randint(1, 45)),
        ("Household size", lambda rng, _: rng.randint(1, 25)),
        ("Recency score", lambda rng, _: rng.randint(1, 50)),
        ("Number of accounts", lambda rng, _: rng.randint(1, 45)),
        ("Customers", lambda _, n: 10 + n * 7919 % 907),
        ("x", lambda rng, _: rng.uniform(1, 90)),
        ("turnover", lambda rng, _: rng.randint(10**8, 10**9)),
        ("sum", lambda rng, _: rng.randint(10**8, 10**10) / 100),
    ],
)  # fmt: skip
def test_measures_stay_measures(proposed, header: str, cell: Cell) -> None:
    assert proposed(header, cell).site.columns[header].role not in {"category", "id"}


@pytest.mark.parametrize(
    ("group", "buyer"),
    [("Parent account", "Account"), ("Household", "Customer"), ("Household ID", "Customer ID"),
     ("Parent account ID", "Account ID"), ("Konzern Kunde", "Kunde"), ("Group customer", "Customer no")],
)  # fmt: skip
@pytest.mark.parametrize("order", ["Order ID,", ""])
def test_the_customer_comes_before_its_group(tmp_path: Path, group: str, buyer: str, order: str) -> None:
    lines = [f"{group},{buyer},{order}Date,Amount"]
    for n in range(ROWS):
        number = f"{5000 + n}," if order else ""
        day = f"2024-{1 + n * 5 % 12:02}-{1 + n * 11 % 28:02}"
        lines.append(f"G{n * 79 % 80 % 20:02},K{n * 79 % 80:03},{number}{day},{n}.50")
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert propose(tmp_path / "t.csv").site.transactions.customer == buyer


def test_a_household_alone_is_the_buyer(tmp_path: Path) -> None:
    rows = [f"H{n * 79 % 80},{5000 + n},2024-{1 + n * 5 % 12:02}-{1 + n % 28:02},{n}.50" for n in range(ROWS)]
    (tmp_path / "t.csv").write_text("\n".join(["Household,Order ID,Date,Amount", *rows]) + "\n", encoding="utf-8")
    assert propose(tmp_path / "t.csv").site.transactions.customer == "Household"


@pytest.mark.parametrize(
    "word",
    ["CPD", "Diverse", "One-time customer", "Counter sales", "House account", "Privatkunde", "Barzahler", "Sundry"],
)
def test_words_for_nobody_name_nobody(tmp_path: Path, word: str) -> None:
    rows = []
    for n in range(ROWS):
        who = word if n % 4 == 0 else f"K{n * 79 % 80:03}"
        rows.append(f"{who},{5000 + n},2024-{1 + n * 5 % 12:02}-{1 + n % 28:02},{n}.50")
    (tmp_path / "t.csv").write_text("\n".join(["Customer,Order ID,Date,Amount", *rows]) + "\n", encoding="utf-8")
    assert propose(tmp_path / "t.csv").site.transactions.no_account == (word.lower(),)
