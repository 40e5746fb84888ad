"""Tables of no known tool, each with one thing that misleads whoever counts its rows."""

from __future__ import annotations

from tests.exports.made.base import Order, mail, orders, person, plain, written


def totals_beside_lines() -> str:
    """The order's total is repeated beside the total of each line."""
    header = ("Order No", "Customer No", "Order Date", "Article", "Quantity", "Line Total", "Order Total")
    rows = [
        [
            order.number, 500 + order.who, f"{order.day}", f"Item {line.product}", line.quantity, plain(line.total),
            plain(order.goods),
        ]
        for order in orders(61, lines=4)
        for line in order.lines
    ]  # fmt: skip
    return written(header, rows)


def totals_alone() -> str:
    """The order's total is repeated on each line, and nothing says what a line is worth."""
    header = ("Order No", "Customer E-mail", "Order Date", "Article", "Quantity", "Order Total")
    rows = [
        [order.number, mail(order.who), f"{order.day}", f"Item {line.product}", line.quantity, plain(order.goods)]
        for order in orders(62, lines=4)
        for line in order.lines
    ]  # fmt: skip
    return written(header, rows)


def price_of_line() -> str:
    """`price` grows with the quantity: it is what the line cost."""
    header = ("order_id", "email", "ordered_at", "sku", "quantity", "price")
    rows = [
        [
            order.number, mail(order.who), f"{order.day} 12:00:00", f"S{line.product:02}", line.quantity,
            plain(line.total),
        ]
        for order in orders(63)
        for line in order.lines
    ]  # fmt: skip
    return written(header, rows)


def after_discount() -> str:
    """Subtotal − discount + shipping + tax = total."""
    header = ("Order ID", "Customer ID", "Order Date", "Subtotal", "Discount", "Shipping", "Tax", "Total")
    rows = []
    for place, order in enumerate(orders(64)):
        off = order.goods // 10 if place % 3 == 0 else 0
        amounts = (order.goods, off, order.shipping, order.tax, order.total - off)
        rows.append([order.number, f"K{order.who:03}", f"{order.day}", *map(plain, amounts)])
    return written(header, rows)


def guests(nobody: str) -> str:
    """Who has no account is told by the e-mail."""
    header = ("Order No", "Account ID", "Email", "Order Date", "Amount")
    rows = [
        [
            order.number, nobody if order.who % 3 == 0 else f"A{order.who:03}", mail(order.who), f"{order.day}",
            plain(order.goods),
        ]
        for order in orders(65)
    ]  # fmt: skip
    return written(header, rows)


def _returned(place: int, order: Order) -> int:
    """What was paid back: everything, one piece, or nothing."""
    return {3: order.goods, 6: order.lines[0].price}.get(place % 8, 0)


def negative_rows() -> str:
    """A refund is a negative row with the number of its order."""
    rows: list[list[object]] = []
    for place, order in enumerate(orders(66)):
        who = [order.number, f"K{order.who:03}"]
        rows.append([*who, f"{order.day}", plain(order.goods)])
        if back := _returned(place, order):
            rows.append([*who, f"{order.day}", plain(-back)])
    return written(("Order No", "Customer No", "Date", "Amount"), rows)


def credit_notes() -> str:
    """A refund is a credit note: the invoice's number behind a C, the figure positive."""
    rows: list[list[object]] = []
    for place, order in enumerate(orders(66)):
        who = [f"K{order.who:03}", f"{order.day}"]
        rows.append([order.number, *who, plain(order.goods)])
        if back := _returned(place, order):
            rows.append([f"C{order.number}", *who, plain(back)])
    return written(("Invoice No", "Customer No", "Date", "Amount"), rows)


def refund_column() -> str:
    """A refund stands beside the amount, positive."""
    rows = [
        [order.number, f"K{order.who:03}", f"{order.day}", plain(order.goods), plain(_returned(place, order))]
        for place, order in enumerate(orders(66))
    ]  # fmt: skip
    return written(("Order No", "Customer No", "Date", "Amount", "Refunded Amount"), rows)


def refund_names_payment() -> str:
    """A refund has a number of its own, names the payment that it undoes, and no customer."""
    rows: list[list[object]] = []
    for place, order in enumerate(orders(66)):
        rows.append([f"PAY{order.number}", "payment", f"K{order.who:03}", f"{order.day}", plain(order.goods), ""])
        if back := _returned(place, order):
            rows.append([f"REF{order.number}", "refund", "", f"{order.day}", plain(-back), f"PAY{order.number}"])
    return written(("Payment ID", "Type", "Customer ID", "Date", "Amount", "Original Payment ID"), rows)


def no_customer() -> str:
    """Orders, and no column that says whose."""
    header = ("Order Number", "Order Date", "Product", "Order Status", "Shipping", "Order Total")
    rows = [
        [
            order.number, f"{order.day}", f"Item {order.lines[0].product}", "Completed", plain(order.shipping),
            plain(order.goods + order.shipping),
        ]
        for order in orders(67)
    ]  # fmt: skip
    return written(header, rows)


def empty_invoice() -> str:
    """The column of invoices is empty."""
    rows = [["", f"{order.day}", f"K{order.who:03}", plain(order.goods)] for order in orders(68)]
    return written(("Invoice No", "Purchase Date", "Customer No", "Amount"), rows)


def total_row() -> str:
    """Lines above the header, a total under the table, and a line that says it is confidential."""
    bought = orders(69)
    rows: list[list[object]] = [
        [order.number, f"{order.day}", person(order.who), plain(order.goods)] for order in bought
    ]  # fmt: skip
    rows.append(["Total", "", "", plain(sum(order.goods for order in bought))])
    text = written(("Order No", "Order Date", "Customer", "Amount"), rows)
    return f"# Sales of 2024\n# All shops\n{text}\nConfidential - internal use only\n"


def unknown_status() -> str:
    """A state that nobody but the shop knows, beside one that everybody does."""
    header = ("Order ID", "Customer ID", "Order Date", "Order Status", "Amount")
    rows = [
        [
            order.number, f"K{order.who:03}", f"{order.day}",
            {2: "Level 3 check", 7: "Cancelled"}.get(place % 9, "Paid"), plain(order.goods),
        ]
        for place, order in enumerate(orders(70))
    ]  # fmt: skip
    return written(header, rows)


def bought_once() -> str:
    """Everybody bought once, and the lines of that order follow each other."""
    header = ("Order ID", "Email", "Order Date", "Article", "Line total")
    rows = [
        [order.number, mail(order.who), f"{order.day}", f"Item {line.product}", plain(line.total)]
        for order in orders(71, people=36, most=1)
        for line in order.lines
    ]  # fmt: skip
    return written(header, rows)


def one_order_each() -> str:
    """Everybody bought once, one row each."""
    rows = [
        [order.number, mail(order.who), f"{order.day}", plain(order.goods)]
        for order in orders(72, people=40, most=1)
    ]  # fmt: skip
    return written(("Order ID", "Customer Email", "Order Date", "Amount"), rows)


CASES = {
    "totals_beside_lines": {"orders.csv": totals_beside_lines},
    "totals_alone": {"orders.csv": totals_alone},
    "price_is_line_total": {"lines.csv": price_of_line},
    "amount_after_discount": {"orders.csv": after_discount},
    "guests_blank": {"orders.csv": lambda: guests("")},
    "guests_by_word": {"orders.csv": lambda: guests("guest")},
    "guests_zero": {"orders.csv": lambda: guests("0")},
    "refunds_negative_rows": {"sales.csv": negative_rows},
    "refunds_credit_notes": {"invoices.csv": credit_notes},
    "refunds_column": {"orders.csv": refund_column},
    "refunds_name_payment": {"payments.csv": refund_names_payment},
    "orders_without_customer": {"orders.csv": no_customer},
    "empty_invoice": {"purchases.csv": empty_invoice},
    "total_row_purchases": {"sales.csv": total_row},
    "unknown_status": {"orders.csv": unknown_status},
    "bought_once": {"orders.csv": bought_once},
    "one_order_each": {"orders.csv": one_order_each},
}
