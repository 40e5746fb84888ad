"""Small tables in the layouts of the data sets that everybody tries first."""

from __future__ import annotations

from tests.exports.made.base import Order, mail, orders, person, plain, written


def _retail(seed: int) -> list[list[object]]:
    """Invoice, stock code, description, quantity, day, price, customer: credit notes go by numbers of their own."""
    rows: list[list[object]] = []
    for place, order in enumerate(orders(seed, people=16)):
        who = "" if place % 9 == 4 else 12_346 + order.who
        rows += [
            [536_000 + order.number, *_item(line.product), line.quantity, order, plain(line.price), who]
            for line in order.lines
        ]
        if place % 6 == 2 and who:
            line = order.lines[0]
            rows.append([f"C{540_000 + order.number}", *_item(line.product), -1, order, plain(line.price), who])
    return rows


def _item(product: int) -> list[object]:
    return [f"{22_000 + product}{'ABC'[product % 3] if product % 2 else ''}", f"SAMPLE ITEM {product}"]


def online_retail() -> str:
    """Month first, no seconds."""
    header = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
    rows = [
        [*row[:4], f"{row[4].day.month}/{row[4].day.day}/{row[4].day.year} 8:26", *row[5:], "United Kingdom"]
        for row in _retail(81)
        if isinstance(row[4], Order)
    ]
    return written(header, rows)


def online_retail_ii() -> str:
    """The newer names; customers as a tool writes numbers among gaps: 12346.0."""
    header = ("Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country")
    rows = [
        [*row[:4], f"{row[4].day} 08:26:00", row[5], f"{row[6]}.0" if row[6] else "", "United Kingdom"]
        for row in _retail(82)
        if isinstance(row[4], Order)
    ]
    return written(header, rows)


def superstore() -> str:
    """Sales is the line's, after the discount, and to a tenth of a cent; quantity, discount and profit stand beside."""
    header = (
        "Row ID", "Order ID", "Order Date", "Ship Date", "Ship Mode", "Customer ID", "Customer Name", "Segment",
        "Country", "City", "State", "Postal Code", "Region", "Product ID", "Category", "Sub-Category", "Product Name",
        "Sales", "Quantity", "Discount", "Profit",
    )  # fmt: skip
    rows: list[list[object]] = []
    for order in orders(83, people=16):
        for line in order.lines:
            off = (0, 2)[line.product % 2]
            sales = line.total * (10 - off)
            day = f"{order.day.month}/{order.day.day}/{order.day.year}"
            rows.append(
                [
                    len(rows) + 1, f"US-2024-{100_000 + order.number}", day, day, "Second Class",
                    f"PS-{10_000 + order.who * 5}", person(order.who), ("Consumer", "Corporate")[order.who % 2],
                    "United States", f"Town {order.number % 7}", "Ohio", 43000 + order.number % 7, "East",
                    f"OFF-{line.product:08}", "Office Supplies", "Paper", f"Item {line.product}",
                    f"{sales // 1000}.{sales % 1000:03}", line.quantity, f"0.{off}",
                    f"{sales // 5000}.{sales % 997:03}",
                ]
            )  # fmt: skip
    return written(header, rows)


def _cdnow(order: Order, sign: str) -> str:
    return sign.join((f"{order.who + 1:05}", f"{order.day:%Y%m%d}", f"{order.pieces}", plain(order.goods)))


def cdnow(sign: str = ",") -> str:
    """Customer, day as yyyymmdd, pieces, dollars."""
    found = sorted(orders(84, people=20), key=lambda order: (order.who, order.day))
    return "\n".join([sign.join(("id", "date", "cds", "amount")), *(_cdnow(order, sign) for order in found)]) + "\n"


def twice_a_day() -> str:
    """Two orders on one day are two where they have numbers."""
    rows: list[list[object]] = []
    for place, order in enumerate(orders(85)):
        rows.append([order.number, mail(order.who), f"{order.day} 09:00", plain(order.goods)])
        if place % 4 == 1:
            rows.append([order.number + 5000, mail(order.who), f"{order.day} 17:30", plain(order.lines[0].price)])
    return written(("order_number", "customer_email", "created_at", "total"), rows)


CASES = {
    "online_retail": {"online_retail.csv": online_retail},
    "online_retail_ii": {"online_retail_II.csv": online_retail_ii},
    "superstore": {"superstore.csv": superstore},
    "cdnow": {"cdnow.csv": cdnow},
    "cdnow_blanks": {"CDNOW_master.txt": lambda: cdnow("  ")},
    "twice_a_day": {"orders.csv": twice_a_day},
}
