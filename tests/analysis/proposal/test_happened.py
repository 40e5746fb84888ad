"""Rows that did not happen do not count, whatever the header that says so: words, yes and no, days, types, totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.preparation.validate import examine
from analysis.proposal.flags import undoes
from analysis.proposal.guess import propose
from analysis.proposal.proposal import Proposal
from analysis.proposal.row_types import typed
from analysis.proposal.row_types import vocabulary as row_types
from analysis.proposal.statuses import vocabulary
from analysis.reading.table import read_table

SALES = 40
CUSTOMERS = 8
Sale = Callable[[int], str]
Figures = tuple[int, int, float]


def right(counted: Sequence[int], off: Sequence[int] = ()) -> Figures:
    """Customers, orders and revenue of the sales with these numbers; each is worth its number plus a half."""
    revenue = sum(n + 0.5 for n in counted) - sum(n + 0.5 for n in off)
    return len({n % CUSTOMERS for n in counted}), len(counted), round(revenue, 2)


class Found:
    """What is proposed of a table, and the figures that follow."""

    def __init__(self, file: Path) -> None:
        self.proposal: Proposal = propose(file)
        self.examined = examine(read_table(file, self.proposal.site), self.proposal.site)

    @property
    def figures(self) -> Figures:
        """Customers, orders and revenue."""
        assert self.examined.problems == ()
        frame = self.examined.customers.frame
        return len(frame), int(frame["frequency"].sum()), round(float(frame["monetary"].sum()), 2)

    @property
    def status(self) -> dict[str, object]:
        """The part of the configuration that says which rows count."""
        return self.proposal.site.transactions.model_dump(exclude_defaults=True).get("status", {})


@pytest.fixture
def sold(tmp_path: Path) -> Callable[..., Found]:
    """`sold("Paid", cell)`: a table of 40 sales with one more column, and further rows."""

    def made(header: str, cell: Sale, further: Sequence[tuple[int, str]] = (), sign: int = 1) -> Found:
        rows = [row(n, cell(n)) for n in range(SALES)]
        rows += [row(n, word, sign * (n % SALES + 0.5)) for n, word in further]
        file = tmp_path / "sales.csv"
        file.write_text("\n".join([f"Order ID,Order Date,Customer ID,Amount,{header}", *rows]) + "\n")
        return Found(file)

    return made


def row(n: int, word: str, amount: float | None = None) -> str:
    """A sale, or with an amount a row that goes with one: the order's number is its own."""
    day = f"2024-{1 + n % 12:02}-{1 + n % 28:02}"
    return f"{5000 + n},{day},C{100 + n % CUSTOMERS},{n + 0.5 if amount is None else amount},{word}"


FIFTHS = [n for n in range(SALES) if n % 5]


@pytest.mark.parametrize(
    ("header", "happened", "not_so"),
    [
        ("Paid", "Yes", "No"),
        ("is_paid", "1", "0"),
        ("Bezahlt", "ja", "nein"),
        ("Payé", "oui", "non"),
        ("Opłacone", "tak", "nie"),
        ("Payment received", "x", ""),
        ("Returned", "No", "Yes"),
        ("Canceled?", "N", "Y"),
        ("is_cancelled", "0", "1"),
        ("order_cancelled", "false", "true"),
        ("Storniert", "", "x"),
        ("Void", "", "VOID"),
        ("refunded", "no", "yes"),
        ("Annullato", "no", "sì"),
        ("test_order", "FALSE", "TRUE"),
        ("cancelled_at", "", "2025-01-02 10:00:00"),
        ("cancelled_at", "0000-00-00", "2025-01-02"),
        ("cancelled_at", "NULL", "2025-01-02"),
        ("Storniert am", "", "02.01.2025"),
        ("Result", "success", "failed"),
        ("Outcome", "Completed", "No-show"),
        ("Resultado", "Pagado", "Rechazado"),
        ("Ergebnis", "verkauft", "storniert"),
        ("Remark", "", "cancelled"),
        ("status", "", "cancelled"),
        ("Document Type", "Invoice", "Quote"),
        ("Belegart", "Rechnung", "Angebot"),
        ("Type", "Facture", "Devis"),
        ("Item type", "product", "shipping"),
        ("Kind", "Sale", "Void"),
        ("Cancel flag", "", "C"),
    ],
)
def test_what_did_not_happen_does_not_count(sold, header, happened, not_so):
    found = sold(header, lambda n: happened if n % 5 else not_so)
    assert found.proposal.questions == ()
    assert found.figures == right(FIFTHS)
    assert any(f"By “{header}”" in said and "8 rows, 144.00" in said for said in found.proposal.said)


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Member", lambda n: "yes" if n % 3 else "no"),
        ("New customer", lambda n: "yes" if n % 3 else "no"),
        ("Gift wrapped", lambda n: "x" if n % 3 else ""),
        ("Shipped", lambda n: "yes" if n % 3 else "no"),
        ("Customer type", lambda n: "new" if n % 3 else "existing"),
        ("Delivery", lambda n: "delivered" if n % 3 else "pending"),
        ("Category", lambda n: ("Tables", "Chairs")[n % 2]),
        ("Cancelled", lambda _: "no"),
        ("Document Type", lambda _: "Invoice"),
    ],
)
def test_other_columns_leave_nothing_out(sold, header, cell):
    found = sold(header, cell)
    assert found.proposal.questions == ()
    assert found.figures == right(range(SALES))


@pytest.mark.parametrize(
    ("header", "sale", "refund"),
    [
        ("type", "Sale", "Refund"),
        ("Document Type", "Invoice", "Credit Note"),
        ("Belegart", "Rechnung", "Gutschrift"),
        ("Type de document", "Facture", "Avoir"),
        ("Tipo", "Fattura", "Nota di credito"),
        ("Item type", "product", "discount"),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_refunds_are_taken_off_whatever_their_sign(sold, header, sale, refund, sign):
    back = [3, 12, 21]
    found = sold(header, lambda _: sale, [(n + SALES, refund) for n in back], sign)
    assert found.proposal.questions == ()
    assert found.figures == right(range(SALES), back)


def test_payments_of_invoices_are_no_sales_and_no_refunds(sold):
    further = [(n + SALES, "Payment") for n in range(20)] + [(n + 2 * SALES, "Credit Memo") for n in (4, 9)]
    assert sold("Transaction Type", lambda _: "Invoice", further, -1).figures == right(range(SALES), [4, 9])


def test_payments_alone_are_sales(sold):
    found = sold("Type", lambda _: "Payment", [(n + SALES, "Refund") for n in (4, 9)])
    assert found.figures == right(range(SALES), [4, 9])


@pytest.mark.parametrize("header", ["payment_status", "Payment status"])
def test_codes_under_a_status_are_asked_about_with_their_money(sold, header):
    found = sold(header, lambda n: "1" if n % 5 else "0")
    (question,) = found.proposal.questions
    assert "“0” (8 rows, 144.00), “1” (32 rows, 656.00)" in question
    assert "transactions.status" in question


def test_a_mark_on_one_line_of_an_order_is_that_lines(tmp_path):
    rows = [f"{5000 + n // 2},2024-01-{1 + n // 2:02},C{n // 2 % 5},{n}.5,{'x' if n in (3, 7, 10) else ''}"
            for n in range(40)]  # fmt: skip
    file = tmp_path / "lines.csv"
    file.write_text("\n".join(["Order ID,Order Date,Customer ID,Line total,Returned", *rows]) + "\n")
    found = Found(file)
    assert found.figures == (5, 20, 800.0 - 3.5 - 7.5 - 10.5)


@pytest.mark.parametrize("label", ["Invoice total", "Summe", "Invoice amount in all", ""])
def test_totals_among_the_lines_of_orders_do_not_count(tmp_path, label):
    rows = []
    for order in range(15):
        lines = [10.25 * (k + 1) + order for k in range(1 + order % 3)]
        head = f"{5000 + order},2024-01-{1 + order:02},C{order % 5}"
        rows += [f"{head},Item {k},{amount}" for k, amount in enumerate(lines)]
        rows.append(f"{head},{label},{sum(lines)}")
    file = tmp_path / "lines.csv"
    file.write_text("\n".join(["Order ID,Order Date,Customer ID,Description,Line net", *rows]) + "\n")
    found = Found(file)
    assert found.proposal.questions == ()
    # Five orders each of one, two and three lines: 5 × 10.25 × (1 + 3 + 6), and each line's order's number.
    lines_by_order = sum(order * (1 + order % 3) for order in range(15))
    assert found.figures == (5, 15, 512.5 + lines_by_order)
    assert sum(each.rows for each in found.examined.customers.rejections) == 15


WORDS = sorted(
    word
    for meaning in ("failed", "cancelled", "refunded", "pending", "chargeback", "test")
    for words in vocabulary().words[meaning].values()
    for word in words
    if "," not in word
)
NO_SALES = sorted({*row_types().kinds["no_sale"], *row_types().kinds["beside"], *row_types().kinds["payment"]})
HEADERS = [
    "Status",
    "Payment Status",
    "Result",
    "Outcome",
    "Ergebnis",
    "Resultado",
    "État",
    "Uwagi",
    "What became of it",
]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.sampled_from(WORDS), header=st.sampled_from(HEADERS), paid=st.sampled_from(["paid", "completed"]))
def test_no_word_of_what_did_not_happen_changes_the_figures(sold, word, header, paid):
    further = [(n + SALES, word) for n in range(0, 30, 3)]
    found = sold(header, lambda _: paid, further)
    assert found.proposal.questions == ()
    assert found.figures == right(range(SALES))


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.sampled_from(NO_SALES), header=st.sampled_from(["Type", "Document Type", "Belegart", "Kind of row"]))
def test_no_type_that_is_no_sale_changes_the_figures(sold, word, header):
    found = sold(header, lambda _: "Invoice", [(n + SALES, word) for n in range(0, 30, 3)])
    assert found.proposal.questions == ()
    assert found.figures == right(range(SALES))


def test_an_unknown_word_beside_one_of_what_failed_is_asked_about_under_any_header(sold):
    (question,) = sold("Collection", lambda n: "Arrived" if n % 5 else "Failed").proposal.questions
    assert question.startswith("“Collection” says “Arrived” (32 rows, 656.00), and it is not clear")


def test_a_row_that_is_a_refund_by_a_mark_is_asked_about(sold):
    (question,) = sold("is_refund", lambda n: "no" if n % 5 else "yes").proposal.questions
    assert "“is_refund” marks 8 rows, 144.00" in question
    assert 'transactions.refunds: {column: "is_refund", values: ["yes"]}' in question


def test_days_of_payment_that_lack_are_asked_about(sold):
    (question,) = sold("Paid on", lambda n: "2025-01-02" if n % 5 else "").proposal.questions
    assert "no day in “Paid on” in 8 rows, 144.00" in question
    assert 'transactions.status: {column: "Paid on", leave_out: [""]}' in question


def test_sales_with_a_mark_of_return_beside_rows_below_nought_are_asked_about(sold):
    (question,) = sold("Returned", lambda n: "no" if n % 5 else "yes", [(41, "no"), (43, "no")], -1).proposal.questions
    assert "“Returned” says that money went back (8 rows, 144.00)" in question


@pytest.mark.parametrize(
    ("header", "undone"),
    [
        ("Is Cancelled", True),
        ("cancelledAt", True),
        ("Date refunded", True),
        ("Zwrócone", True),
        ("Betaald", False),
        ("Order paid?", False),
        ("New", None),
        ("Customer", None),
        ("Shipped", None),
        ("Date", None),
    ],
)
def test_what_a_yes_under_a_header_means(header, undone):
    assert undoes(header) is undone


def test_words_of_types():
    assert typed(["Invoice", "Payment", "Credit Memo", "Estimate"]) is not None
    assert typed(["Cash", "Card"]) is None
    found = typed(["Invoice", "Oddity"])
    assert found is not None
    assert found.unknown == ("Oddity",)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Status", ("ok", "cancelled_by_guest", "no_show", "moved")),
        ("Booking Status", ("A", "C", "X")),
        ("Order status", ("10", "20", "90")),
        ("status_code", ("PAA", "XCA")),
        ("Stage", ("Signed", "Ghosted us", "Talking")),
        ("Auftragsstatus", ("frei", "zu")),
        ("Estado", ("vigente", "baja")),
        ("Status", ("ok", "cancelled")),
    ],
)
def test_a_status_of_unknown_words_is_asked_about_and_never_dropped(sold, header, words):
    found = sold(header, lambda n: words[(n * n + n // CUSTOMERS) % len(words)])
    (question,) = [each for each in found.proposal.questions if f"“{header}”" in each]
    assert "it is not clear" in question
    assert "transactions.status" in question
    assert all(f"“{word}” (" in question for word in words if word != "cancelled")
    assert any(question in each.sentence for each in found.examined.problems)


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Status", lambda n: "abc"[n % CUSTOMERS % 3]),  # a customer's own
        ("Loyalty status", lambda n: ["gold", "silver"][n * 7 % 20 % 2]),
        ("Customer status", lambda n: ["gold", "silver"][n * 7 % 20 % 2]),
        ("Weather status", lambda n: ["sunny", "rain"][n * 7 % 20 % 2]),
        ("Status", lambda _: "booked in"),  # the same in every row
        ("Status remark", lambda n: f"talked {n} times"),
        ("Delivery status", lambda n: ["on a truck", "at the door"][n % 3 % 2]),
        ("Fulfilment", lambda n: ["fulfilled", "pending"][n % 3 % 2]),
    ],
)
def test_what_says_nothing_of_an_order_is_not_asked_about(sold, header, cell):
    found = sold(header, cell)
    assert found.proposal.questions == ()
    assert found.figures == right(range(SALES))


def test_a_state_beside_a_city_is_a_place(sold):
    found = sold("State,City", lambda n: ["CA,Fresno", "NY,Albany"][n * 7 % 20 % 2])
    assert found.proposal.questions == ()
    assert found.figures == right(range(SALES))


def test_a_known_status_answers_for_an_unknown_one(sold):
    found = sold("Payment status,Status", lambda n: "paid,T7" if n % 5 else "failed,T9")
    assert found.proposal.questions == ()
    assert found.figures == right(FIFTHS)


@pytest.mark.parametrize(
    ("header", "came_back"),
    [
        ("Delivery status", "Returned"),
        ("Fulfilment", "returned"),
        ("Lieferstatus", "retourniert"),
        ("Shipping state", "Cancelled"),
    ],
)
def test_goods_that_came_back_are_asked_about(sold, header, came_back):
    found = sold(header, lambda n: "delivered" if n % 5 else came_back)
    (question,) = found.proposal.questions
    # 0.5 + 5.5 + 10.5 + 15.5 + 20.5 + 25.5 + 30.5 + 35.5
    assert question.startswith(f"“{header}” says “{came_back}” (8 rows, 144.00), and no column says whether that money")
    assert f'{{column: "{header}", leave_out: ["{came_back}"]}}' in question


def test_goods_that_came_back_and_do_not_count_anyway_are_not_asked_about(sold):
    found = sold("Delivery status,Status", lambda n: "Delivered,completed" if n % 5 else "Returned,refunded")
    assert found.proposal.questions == ()
    assert found.figures == right(FIFTHS)


@pytest.mark.parametrize("word", ["Em processamento", "Processing", "In Bearbeitung", "En proceso"])
def test_a_payment_that_is_being_processed_is_not_paid_yet(sold, word):
    found = sold("Payment status", lambda n: "paid" if n % 5 else word)
    assert found.figures == right(FIFTHS)
    shop = sold("Order status", lambda n: "paid" if n % 5 else word)
    assert shop.figures == right(range(SALES))
