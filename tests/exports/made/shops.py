"""Orders as the shops' own tools write them; columns and rules as those tools document them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.exports.made.base import Order, columns, mail, orders, person, plain, written

SHOPIFY = columns(
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Zip,Billing Country,Billing Phone,Cancelled at,Payment Method,"
    "Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Phone,Receipt Number,Duties"
)


def shopify() -> str:
    """Discounts, whole and part refunds, voided and cancelled orders, and sales at the till without an address."""
    return written(SHOPIFY, [[row.get(name, "") for name in SHOPIFY] for row in _shopify()])


def _shopify() -> Iterator[dict[str, object]]:
    for place, order in enumerate(orders(11)):
        discount = order.goods // 10 if place % 5 == 0 else 0
        subtotal = order.goods - discount
        total = subtotal + order.shipping + order.tax
        state = {4: "refunded", 9: "partially_refunded", 13: "voided"}.get(place % 15, "paid")
        back = {"refunded": total, "partially_refunded": 300}.get(state, 0)
        for first, line in zip((True, False, False), order.lines, strict=False):
            row: dict[str, object] = {
                "Name": f"#{order.number}",
                "Email": "" if place % 11 == 6 else mail(order.who),
                "Created at": f"{order.day} 14:15:00 -0500",
                "Lineitem quantity": line.quantity,
                "Lineitem name": f"Item {line.product}",
                "Lineitem price": plain(line.price),
                "Lineitem sku": f"SKU-{line.product:03}",
                "Lineitem requires shipping": "true",
                "Lineitem taxable": "true",
                "Lineitem fulfillment status": "fulfilled",
                "Lineitem discount": "0.00",
                "Vendor": f"Maker {line.product % 4}",
            }
            if first:
                row |= {
                    "Financial Status": state,
                    "Paid at": f"{order.day} 14:16:00 -0500",
                    "Fulfillment Status": "fulfilled",
                    "Fulfilled at": f"{order.day} 18:00:00 -0500",
                    "Accepts Marketing": "no" if order.who % 3 else "yes",
                    "Currency": "CAD",
                    "Subtotal": plain(subtotal),
                    "Shipping": plain(order.shipping),
                    "Taxes": plain(order.tax),
                    "Total": plain(total),
                    "Discount Code": "TEN" if discount else "",
                    "Discount Amount": plain(discount),
                    "Shipping Method": "Standard",
                    "Billing Name": "" if place % 11 == 6 else person(order.who),
                    "Billing Zip": "" if place % 11 == 6 else f"'{10000 + 37 * order.who}",
                    "Billing Country": "CA",
                    "Cancelled at": f"{order.day} 20:00:00 -0500" if state == "voided" else "",
                    "Payment Method": "Card",
                    "Payment Reference": f"pay{order.number}",
                    "Refunded Amount": plain(back),
                    "Outstanding Balance": "0.00",
                    "Id": 5_550_000_000 + order.number,
                    "Risk Level": "Low",
                    "Source": "pos" if place % 11 == 6 else "web",
                    "Tax 1 Name": "GST 8%",
                    "Tax 1 Value": plain(order.tax),
                }
            yield row


def magento() -> str:
    """The admin's grid; Closed means refunded by a credit memo, a part refund stands in Total Refunded alone."""
    header = (
        "ID", "Purchase Point", "Purchase Date", "Bill-to Name", "Ship-to Name", "Grand Total (Base)",
        "Grand Total (Purchased)", "Status", "Shipping Information", "Customer Email", "Customer Group", "Subtotal",
        "Shipping and Handling", "Customer Name", "Payment Method", "Total Refunded",
    )  # fmt: skip
    return written(header, map(_magento, enumerate(orders(12))))


def _magento(each: tuple[int, Order]) -> list[object]:
    place, order = each
    state = {3: "Canceled", 7: "Closed", 10: "Pending Payment", 12: "Suspected Fraud"}.get(place % 16, "Complete")
    state = "Processing" if place % 9 == 5 and state == "Complete" else state
    whole = order.goods + order.shipping
    back = whole if state == "Closed" else 250 if place % 8 == 6 and state == "Complete" else 0
    return [
        f"{order.number:09}", "Main Website", f"{order.day:%b} {order.day.day}, {order.day.year}, 10:15:00 AM",
        person(order.who), f"Friend {order.number % 17}", plain(whole), plain(whole), state, "Flat Rate",
        mail(order.who), "NOT LOGGED IN" if order.who % 2 else "General", plain(order.goods), plain(order.shipping),
        person(order.who), "checkmo", plain(back) if back else "",
    ]  # fmt: skip


def bigcommerce() -> str:
    """Each figure with and without tax; customer 0 is every guest."""
    header = (
        "Order ID", "Customer ID", "Customer Name", "Customer Email", "Order Date", "Order Status",
        "Subtotal (inc tax)", "Subtotal (ex tax)", "Tax Total", "Shipping Cost (inc tax)", "Shipping Cost (ex tax)",
        "Handling Cost (ex tax)", "Store Credit Redeemed", "Gift Certificate Amount Redeemed",
        "Order Total (inc tax)", "Order Total (ex tax)", "Payment Method", "Total Quantity", "Order Currency Code",
        "Exchange Rate", "Billing Zip", "Refund Amount", "Channel ID", "Channel Name",
    )  # fmt: skip
    return written(header, map(_bigcommerce, enumerate(orders(13))))


def _bigcommerce(each: tuple[int, Order]) -> list[object]:
    place, order = each
    states = {2: "Cancelled", 5: "Refunded", 8: "Partially Refunded", 11: "Declined", 13: "Awaiting Payment"}
    state = states.get(place % 17, ("Completed", "Shipped", "Awaiting Fulfillment")[place % 3])
    before = order.goods + order.shipping
    back = {"Refunded": before + order.tax, "Partially Refunded": 199}.get(state, 0)
    return [
        order.number, 0 if order.who % 3 == 0 else 40 + order.who, person(order.who), mail(order.who),
        f"{order.day:%d/%m/%Y}", state, plain(order.goods + order.tax), plain(order.goods), plain(order.tax),
        plain(order.shipping), plain(order.shipping), "0.00", "0.00", "0.00", plain(before + order.tax), plain(before),
        "Card", order.pieces, "AUD", "1.0000000000", 2000 + order.who, plain(back), 1, "Storefront",
    ]  # fmt: skip


SQUARESPACE = columns(
    "Order ID,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Amount Refunded,Total,"
    "Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
    "Billing Name,Billing Zip,Cancelled at,Private Notes,Payment Method,Payment Reference"
)


def squarespace() -> str:
    """Only the number of the order and what was bought stand on its second and later lines."""
    rows = []
    for place, order in enumerate(orders(14)):
        state = {3: "refunded", 8: "partially_refunded", 12: "voided"}.get(place % 14, "PAID")
        back = {"refunded": order.total, "partially_refunded": 400}.get(state, 0)
        for number, line in enumerate(order.lines):
            item = [line.quantity, f"Item {line.product}", plain(line.price), f"SQ{line.product:04}"]
            head = [
                mail(order.who), state, f"{order.day} 09:06:00 +0000", "fulfilled", "GBP", plain(order.goods),
                plain(order.shipping), plain(order.tax), plain(back), plain(order.total), "", "0.00",
                f"{order.day} 09:05:00 +0000",
            ]  # fmt: skip
            tail = [person(order.who), f"AB{order.who} 1CD", "", "", "Stripe", f"ch_{order.number}"]
            rows.append(
                [f"{order.number:05}", *(head if not number else [""] * 13), *item, *(tail if not number else [""] * 6)]
            )
    return written(SQUARESPACE, rows)


WIX = columns(
    "Order number,Date created,Time,Total order quantity,Contact email,Note from customer,Item,Variant,SKU,Qty,"
    "Quantity refunded,Price,Weight,Delivery method,Recipient name,Delivery country,Delivery city,Billing name,"
    "Billing phone,Delivery country,Delivery city,Payment status,Payment method,Coupon code,Gift card amount,"
    "Shipping rate,Total tax,Total,Currency,Refunded amount,Net amount,Fulfillment status,Tracking number"
)


def wix() -> str:
    """The order's figures stand on every line; two names of the header stand twice."""
    rows = []
    for place, order in enumerate(orders(15)):
        state = {4: "Refunded", 7: "Partially refunded", 10: "Unpaid", 13: "Canceled"}.get(place % 15, "Paid")
        back = {"Refunded": order.total, "Partially refunded": 150}.get(state, 0)
        rows += [
            [
                order.number, f"{order.day:%b} {order.day.day}, {order.day.year}", "9:15:51 AM", order.pieces,
                mail(order.who), "", f"Item {line.product}", "", f"W-{line.product}", line.quantity, 0,
                plain(line.price), "0.4", "Post", f"Friend {place % 13}", "IE", "Cork", person(order.who), "", "IE",
                "Cork", state, "Card", "", "0.00", plain(order.shipping), plain(order.tax), plain(order.total), "EUR",
                plain(back), plain(order.total - back), "Fulfilled", "",
            ]
            for line in order.lines
        ]  # fmt: skip
    return written(WIX, rows)


def woocommerce_analytics() -> str:
    """A refund is a row of its own under the number of its order; customers are names."""
    header = (
        "Date", "Order #", "N. Revenue (formatted)", "Status", "Customer", "Customer type", "Product(s)", "Items sold",
        "Coupon(s)", "Net Sales", "Attribution",
    )  # fmt: skip
    rows: list[list[object]] = []
    for place, order in enumerate(orders(16)):
        kind, many = (
            ("returning", "new")[order.who % 2],
            ", ".join(f"{x.quantity}× Item {x.product}" for x in order.lines),
        )
        state = {5: "cancelled", 9: "failed"}.get(place % 13, ("completed", "processing")[place % 2])
        rows.append(
            [
                f"{order.day} 11:20:00", order.number, plain(order.total, "$"), state, person(order.who), kind, many,
                order.pieces, "", plain(order.goods), "Direct",
            ]
        )  # fmt: skip
        if place % 7 == 3 and state in ("completed", "processing"):
            back = order.goods if place % 2 else order.lines[0].price
            rows.append(
                [
                    f"{order.day} 18:00:00", order.number, plain(-back, "$"), "completed", person(order.who), kind,
                    many, -1, "", plain(-back), "Direct",
                ]
            )  # fmt: skip
    return written(header, rows)


CASES = {
    "shopify_orders_full": {"orders_export.csv": shopify},
    "magento_orders": {"export.csv": magento},
    "bigcommerce_orders": {"orders.csv": bigcommerce},
    "squarespace_orders": {"orders.csv": squarespace},
    "wix_orders": {"Orders.csv": wix},
    "woocommerce_analytics": {"wc-orders.csv": woocommerce_analytics},
}
