"""Orders as marketplaces hand them to sellers: hardly a buyer, or a title and a footer around the table."""

from __future__ import annotations

from tests.exports.made.base import orders, person, plain, written


def etsy() -> str:
    """One row an order; the goods stand before the coupon, the buyer has a number and a name."""
    header = (
        "Sale Date", "Order ID", "Buyer User ID", "Full Name", "First Name", "Last Name", "Number of Items",
        "Payment Method", "Date Shipped", "Ship Zipcode", "Ship Country", "Currency", "Order Value", "Coupon Code",
        "Discount Amount", "Shipping Discount", "Shipping", "Sales Tax", "Order Total", "Status",
        "Card Processing Fees", "Order Net", "Adjusted Order Total", "Adjusted Card Processing Fees",
        "Adjusted Net Order Amount", "Buyer", "Order Type", "Payment Type", "SKU",
    )  # fmt: skip
    rows = []
    for place, order in enumerate(orders(21)):
        off = order.goods // 5 if place % 4 == 1 else 0
        paid, fee = order.goods - off + order.shipping, 25 + order.goods * 4 // 100
        rows.append(
            [
                f"{order.day:%m/%d/%y}", 2_900_000_000 + order.number, f"buyer{order.who}", person(order.who), "Person",
                order.who, order.pieces, "Credit Card", f"{order.day:%m/%d/%y}", 60000 + order.number % 7,
                "United States", "USD", plain(order.goods), "SPRING" if off else "", plain(off), "0.00",
                plain(order.shipping), plain(order.tax), plain(paid + order.tax), "", plain(fee), plain(paid - fee), "",
                "", "", f"{person(order.who)} (buyer{order.who})", "online", "online_cc",
                ",".join(f"E{line.product}" for line in order.lines),
            ]
        )  # fmt: skip
    return written(header, rows)


def amazon_without_buyer() -> str:
    """The report of all orders, which names no buyer."""
    header = (
        "amazon-order-id", "merchant-order-id", "purchase-date", "last-updated-date", "order-status",
        "fulfillment-channel", "sales-channel", "ship-service-level", "product-name", "sku", "asin", "item-status",
        "quantity", "currency", "item-price", "item-tax", "shipping-price", "shipping-tax", "item-promotion-discount",
        "ship-city", "ship-state", "ship-postal-code", "ship-country", "is-business-order",
    )  # fmt: skip
    rows = [
        [
            f"114-{order.number:07}-{order.number * 7 % 9973:07}", "", f"{order.day}T08:04:21+00:00",
            f"{order.day}T20:00:00+00:00", "Shipped", "Amazon", "Amazon.com", "Standard", f"Item {line.product}",
            f"A-{line.product:03}", f"B0{line.product:08}", "Shipped", line.quantity, "USD", plain(line.total),
            plain(line.total * 8 // 100), "4.99", "0.40", "0.00", f"Town {order.number % 9}", "WA",
            98000 + order.number % 9, "US", "false",
        ]
        for order in orders(22)
        for line in order.lines
    ]  # fmt: skip
    return written(header, rows, "\t")


def amazon_settlement() -> str:
    """One row an amount: principal, tax, shipping and each fee; the first sums up the payout."""
    header = (
        "settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date", "total-amount", "currency",
        "transaction-type", "order-id", "merchant-order-id", "adjustment-id", "shipment-id", "marketplace-name",
        "amount-type", "amount-description", "amount", "fulfillment-id", "posted-date", "posted-date-time",
        "order-item-code", "sku", "quantity-purchased", "promotion-id",
    )  # fmt: skip
    bought = orders(23, people=10, most=3, lines=1)
    first: list[object] = [
        "1811", "2024-01-01 00:00:00 UTC", "2024-12-31 00:00:00 UTC", "2025-01-02 00:00:00 UTC",
        plain(sum(order.goods + order.shipping - order.goods * 15 // 100 for order in bought)), "USD",
    ]  # fmt: skip
    rows: list[list[object]] = [[*first, *[""] * 16]]
    for order in bought:
        for kind, told, amount in (
            ("ItemPrice", "Principal", order.goods),
            ("ItemPrice", "Shipping", order.shipping),
            ("ItemFees", "Commission", -(order.goods * 15 // 100)),
        ):
            rows.append(
                [
                    "1811", "", "", "", "", "", "Order", f"113-{order.number:07}-0000001", "", "", f"D{order.number}",
                    "Amazon.com", kind, told, plain(amount), "AFN", f"{order.day}", f"{order.day} 05:23:19 UTC",
                    7_000_000 + order.number, f"A-{order.lines[0].product:03}", order.lines[0].quantity, "",
                ]
            )  # fmt: skip
    return written(header, rows, "\t")


def ebay() -> str:
    """A line of bare commas above the header, a blank one under it, and two lines of footer."""
    header = (
        "Sales Record Number", "Order Number", "Buyer Username", "Buyer Name", "Buyer Email", "Buyer Zip",
        "Buyer Country", "Item Number", "Item Title", "Custom Label", "Quantity", "Sold For", "Shipping And Handling",
        "Item Location", "Item Zip Code", "Seller Collected Tax", "eBay Collected Tax", "Total Price",
        "Payment Method", "Sale Date", "Paid On Date", "Shipped On Date", "Tracking Number", "Transaction ID",
    )  # fmt: skip
    rows = [
        [
            4000 + place, f"{order.number % 30:02}-{order.number:05}-{order.number * 13 % 99991:05}",
            f"buyer_{order.who}", person(order.who), f"relay{order.number}@members.example.com", 30000 + order.who,
            "United States", 250_000_000_000 + line.product, f"Item {line.product}", f"L{line.product}", line.quantity,
            plain(line.price, "$"), plain(order.shipping, "$"), "Reno, Nevada", "89501", "$0.00", "$0.00",
            plain(line.total + order.shipping, "$"), "PayPal", f"{order.day:%b-%d-%y}", f"{order.day:%b-%d-%y}",
            f"{order.day:%b-%d-%y}", "", 1_900_000_000 + order.number,
        ]
        for place, order in enumerate(orders(24, lines=1))
        for line in order.lines
    ]  # fmt: skip
    bare = "," * (len(header) - 1)
    head, *lines = written(header, rows).splitlines()
    footer = f'{len(rows)},record(s) downloaded,"from Jan-01-24 to Dec-31-24"'
    return "\n".join([bare, head, bare, *lines, "", footer, "Seller ID : sample_shop"]) + "\n"


def ebay_german() -> str:
    """The German report: semicolons, a decimal comma and the sign behind it."""
    header = (
        "Verkaufsprotokollnummer", "Bestellnummer", "Nutzername des Käufers", "Name des Käufers", "Artikelnummer",
        "Angebotstitel", "Anzahl", "Verkauft für", "Verpackung und Versand", "Gesamtbetrag", "Verkauft am",
        "Zahlungsdatum",
    )  # fmt: skip
    months = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
    rows = []
    for place, order in enumerate(orders(25, lines=1)):
        line, day = order.lines[0], f"{order.day.day:02}-{months[order.day.month - 1]}-{order.day:%y}"
        money = [
            f"{plain(cents).replace('.', ',')} €" for cents in (line.price, order.shipping, line.total + order.shipping)
        ]
        rows.append(
            [
                700 + place, f"12-{order.number:05}-{order.number * 11 % 99991:05}", f"kaeufer_{order.who}",
                person(order.who), 330_000_000_000 + line.product, f"Artikel {line.product}", line.quantity, *money,
                day, day,
            ]
        )  # fmt: skip
    return ";" * 11 + "\n" + written(header, rows, ";")


def olist() -> str:
    """Orders, items and customers joined: `customer_id` is new for every order, `customer_unique_id` the person."""
    header = (
        "order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at",
        "order_delivered_customer_date", "order_item_id", "product_id", "seller_id", "price", "freight_value",
        "customer_unique_id", "customer_zip_code_prefix", "customer_city", "customer_state",
    )  # fmt: skip
    rows = []
    for place, order in enumerate(orders(26)):
        state = {4: "canceled", 9: "shipped"}.get(place % 12, "delivered")
        units = [line for line in order.lines for _ in range(min(line.quantity, 2))]
        rows += [
            [
                f"o{order.number * 7919:08x}", f"k{order.number * 104729:08x}", state, f"{order.day} 10:56:33",
                f"{order.day} 11:07:15", "" if state == "canceled" else f"{order.day} 21:25:13", number + 1,
                f"p{line.product * 65537:08x}", f"s{line.product % 5:08x}", plain(line.price), plain(order.shipping),
                f"u{order.who * 15485863:08x}", 1000 + order.number % 11, f"cidade {order.who % 6}", "SP",
            ]
            for number, line in enumerate(units)
        ]  # fmt: skip
    return written(header, rows)


CASES = {
    "etsy_orders": {"EtsySoldOrders2024.csv": etsy},
    "amazon_without_buyer": {"orders.txt": amazon_without_buyer},
    "amazon_settlement": {"settlement.txt": amazon_settlement},
    "ebay_orders": {"eBay-OrdersReport.csv": ebay},
    "ebay_german": {"eBay-Bestellungen.csv": ebay_german},
    "olist_joined": {"olist.csv": olist},
}
