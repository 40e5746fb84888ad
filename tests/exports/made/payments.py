"""What payment services write: a row a movement of money, of which only some are purchases."""

from __future__ import annotations

from collections.abc import Callable

from tests.exports.made.base import Order, columns, comma, mail, orders, person, plain, written

SHOP = "shop@store.example.com"


def square() -> str:
    """Till sales without a customer beside those with one; refunds are negative rows of the same transaction."""
    header = (
        "Date", "Time", "Time Zone", "Gross Sales", "Discounts", "Net Sales", "Gift Card Sales", "Tax", "Tip",
        "Partial Refunds", "Total Collected", "Source", "Card", "Cash", "Fees", "Net Total", "Transaction ID",
        "Payment ID", "Card Brand", "PAN Suffix", "Device Name", "Staff Name", "Staff ID", "Description",
        "Event Type", "Location", "Customer ID", "Customer Name", "Customer Reference ID", "Deposit ID",
        "Transaction Status",
    )  # fmt: skip
    rows = []
    for place, order in enumerate(orders(31)):
        off = order.goods // 10 if place % 6 == 2 else 0
        rows.append(_square(order, order.goods, off, "Payment", nobody=place % 5 == 4))
        if place % 9 == 3:
            rows.append(_square(order, -(order.goods - off if place % 2 else order.lines[0].price), 0, "Refund"))
    return written(header, rows)


def _square(order: Order, gross: int, off: int, event: str, *, nobody: bool = False) -> list[object]:
    net, tip = gross - off, 100 if event == "Payment" else 0
    tax, fee = net * 8 // 100, net * 26 // 1000
    who = ["", "", ""] if nobody else [f"CUST{order.who:04}", person(order.who), ""]
    clock = "14:30:00" if event == "Payment" else "18:45:00"
    return [
        f"{order.day}", clock, "Eastern Time (US & Canada)", plain(gross, "$"), plain(-off, "$"), plain(net, "$"),
        "$0.00", plain(tax, "$"), plain(tip, "$"), "$0.00", plain(net + tax + tip, "$"), "Point of Sale",
        plain(net + tax + tip, "$"), "$0.00", plain(-fee, "$"), plain(net + tax + tip - fee, "$"),
        f"T{order.number}", f"P{order.number}{event[0]}", "Visa", 4000 + order.number % 50, "Till 1", "Sam Sample",
        "STAFF1", ", ".join(f"Item {line.product}" for line in order.lines), event, "Main Street", *who,
        f"DEP{order.day:%m}", "Complete",
    ]  # fmt: skip


def stripe_refund_rows() -> str:
    """The itemised balance: a refund names the charge it undoes and no customer; fees and payouts are no purchases."""
    header = (
        "balance_transaction_id", "created_utc", "available_on_utc", "currency", "gross", "fee", "net",
        "reporting_category", "source_id", "description", "customer_id", "customer_email", "charge_id",
    )  # fmt: skip
    rows: list[list[object]] = []
    for place, order in enumerate(orders(32)):
        fee = 30 + order.goods * 29 // 1000
        charge, when = f"ch_{order.number}", f"{order.day} 10:15:00"
        rows.append(
            [
                f"txn_{order.number}", when, f"{order.day} 23:00:00", "gbp", plain(order.goods), plain(fee),
                plain(order.goods - fee), "charge", charge, f"Order {order.number}", f"cus_{order.who}",
                mail(order.who), charge,
            ]
        )  # fmt: skip
        if place % 7 == 3:
            back = -(order.goods if place % 2 else order.lines[0].price)
            rows.append(
                [
                    f"txn_r{order.number}", f"{order.day} 17:30:00", f"{order.day} 23:00:00", "gbp", plain(back),
                    "0.00", plain(back), "refund", f"re_{order.number}", f"REFUND FOR CHARGE ({charge})",
                    "", "", charge,
                ]
            )  # fmt: skip
        if place % 10 == 9:
            rows.append(
                [
                    f"txn_p{order.number}", f"{order.day} 23:30:00", f"{order.day} 23:30:00", "gbp", "-250.00", "0.00",
                    "-250.00", "payout", f"po_{order.number}", "STRIPE PAYOUT", "", "", "",
                ]
            )  # fmt: skip
    return written(header, rows)


def stripe_converted() -> str:
    """Buyers pay in two currencies; the account's own, into which all is converted, stands beside."""
    header = (
        "id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Captured", "Converted Amount",
        "Converted Amount Refunded", "Converted Currency", "Decline Reason", "Description", "Fee",
        "Statement Descriptor", "Status", "Seller Message", "Taxes On Fee", "Card ID", "Customer ID",
        "Customer Email", "Invoice ID", "Transfer",
    )  # fmt: skip
    rows = []
    for place, order in enumerate(orders(33)):
        state = {3: "Failed", 8: "Refunded"}.get(place % 13, "Paid")
        back = {"Refunded": order.goods}.get(state, 100 if place % 9 == 5 and state == "Paid" else 0)
        euros = order.who % 2
        rate = 90 if euros else 100
        rows.append(
            [
                f"py_{order.number}", f"{order.day} 20:38:34", plain(order.goods * rate // 100),
                plain(back * rate // 100), "eur" if euros else "usd", str(state != "Failed").lower(),
                plain(order.goods), plain(back), "usd", "card_declined" if state == "Failed" else "",
                f"Order {order.number}", plain(30 + order.goods * 29 // 1000), "SAMPLE", state, "", "0.00",
                f"card_{order.number}", f"cus_{order.who}", mail(order.who), "", "",
            ]
        )  # fmt: skip
    return written(header, rows)


ENGLISH = columns(
    "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address,Transaction ID,"
    "Shipping and Handling Amount,Sales Tax,Reference Txn ID,Invoice Number,Quantity,Balance,Country,Balance Impact"
)
GERMAN = columns(
    "Datum,Uhrzeit,Zeitzone,Name,Typ,Status,Währung,Brutto,Gebühr,Netto,Absender E-Mail-Adresse,"
    "Empfänger E-Mail-Adresse,Transaktionscode,Versand- und Bearbeitungsgebühr,Umsatzsteuer,"
    "Zugehöriger Transaktionscode,Rechnungsnummer,Anzahl,Guthaben,Land,Auswirkung auf Guthaben"
)
WORDS = {
    "en": ("Express Checkout Payment", "Payment Refund", "General Withdrawal", "Completed", "Pending", "Denied",
           "Credit", "Debit", "Memo"),
    "de": ("PayPal Express-Zahlung", "Rückzahlung", "Allgemeine Abbuchung", "Abgeschlossen", "Ausstehend", "Abgelehnt",
           "Haben", "Soll", "Memo"),
}  # fmt: skip


def paypal(seed: int, tongue: str = "en", second: str = "", first: str = "USD") -> Callable[[], str]:
    """Sales, refunds that name the sale, and withdrawals; a `second` currency is every third buyer's."""

    def make() -> str:
        sale, back, out, done, waits, denied, credit, debit, memo = WORDS[tongue]
        show = comma if tongue == "de" else plain
        day = "%d.%m.%Y" if tongue == "de" else "%m/%d/%Y"
        rows: list[list[object]] = []
        balance = 0

        def row(order: Order, kind: str, state: str, gross: int, code: str, of: str = "") -> list[object]:
            nonlocal balance
            impact = memo if state != done else credit if gross > 0 else debit
            fee = -(35 + gross * 349 // 10000) if kind == sale and impact == credit else 0
            balance += (gross + fee) * (impact != memo)
            buyer = [mail(order.who), SHOP] if kind == sale else [SHOP, mail(order.who) if kind == back else ""]
            name = person(order.who) if kind != out else ""
            unit = second if second and order.who % 3 == 0 else first
            return [
                order.day.strftime(day), f"{10 + (kind != sale)}:15:00", "CET", name, kind, state, unit, show(gross),
                show(fee), show(gross + fee), *buyer, code, show(order.shipping if kind == sale else 0), show(0), of,
                order.number if kind != out else "", order.pieces if kind == sale else "", show(balance),
                "Deutschland" if tongue == "de" else "United States", impact,
            ]  # fmt: skip

        for place, order in enumerate(orders(seed)):
            code = f"{order.number * 7919:08X}TX"
            state = {6: waits, 11: denied}.get(place % 14, done)
            gross = order.goods + order.shipping
            rows.append(row(order, sale, state, gross, code))
            if place % 8 == 3 and state == done:
                undone = -(gross if place % 3 == 0 else order.lines[0].price)
                rows.append(row(order, back, done, undone, f"{order.number * 104729:08X}RF", code))
            if place % 10 == 9:
                rows.append(row(order, out, done, -10000, f"{order.number * 1299709:08X}WD"))
        return written(GERMAN if tongue == "de" else ENGLISH, rows, quoted=True)

    return make


CASES = {
    "square_transactions": {"transactions.csv": square},
    "stripe_refund_rows": {"itemized_balance.csv": stripe_refund_rows},
    "stripe_converted": {"unified_payments.csv": stripe_converted},
    "paypal_one_currency": {"Download.CSV": paypal(34)},
    "paypal_currencies": {"Download.CSV": paypal(35, second="GBP")},
    "paypal_german": {"Download.CSV": paypal(36, "de", first="EUR")},
}
