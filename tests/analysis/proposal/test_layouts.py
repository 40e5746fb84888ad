"""Exports of common tools are recognised by their headers, and what follows from each is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis.configuration.column import Column
from analysis.proposal.layout import Layout, layout_of, plain
from analysis.proposal.layouts import LayoutFile, catalogue
from analysis.proposal.statuses import judge

NAMES = sorted(catalogue())
SETTINGS = {
    "customer", "no_account", "date", "amount", "quantity", "price", "amount_of", "less", "refunded", "invoice",
    "refund_of", "product", "status", "cancelled",
}  # fmt: skip
REQUIRED = {
    "shopify_orders", "shopify_customers", "woocommerce_analytics", "magento_orders", "bigcommerce_orders",
    "squarespace_orders", "wix_orders", "etsy_orders", "etsy_sold_items", "amazon_new_orders", "amazon_all_orders",
    "amazon_settlement", "ebay_orders", "square_transactions", "stripe_payments", "paypal_activity",
    "klaviyo_profiles", "mailchimp_audience", "hubspot_contacts", "hubspot_deals", "salesforce_opportunities",
    "olist_joined", "uci_online_retail", "uci_online_retail_ii",
}  # fmt: skip


def recognised(*header: str) -> Layout:
    layout = layout_of(header)
    assert layout is not None
    return layout


def settings(header: str, mark: str = ",") -> tuple[str, object]:
    layout = recognised(*header.split(mark))
    return layout.name, dict(layout.settings)


def columns_in(value: object) -> list[str]:
    """The columns that settings name: all texts but words of statuses and guests."""
    if isinstance(value, dict):
        return [value["column"]] if "column" in value else [
            name for key, each in value.items() if key not in {"no_account", "amount_of"} for name in columns_in(each)
        ]  # fmt: skip
    return [name for each in value for name in columns_in(each)] if isinstance(value, list) else [str(value)]


def test_every_tool_is_in_the_catalogue():
    assert set(NAMES) >= REQUIRED


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_is_recognised_from_its_full_header(name):
    known = catalogue()[name]
    layout = recognised(*known.header)
    assert layout.name == name
    assert (layout.title, layout.holds) == (known.title, known.holds)
    assert known.title in layout.said[0]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("spelling", [str.upper, str.lower, lambda header: f"\ufeff {header}  "])
def test_capitals_and_blanks_do_not_matter(name, spelling):
    header = [spelling(each) for each in catalogue()[name].header]
    layout = recognised(*header)
    assert layout.name == name
    named = [*columns_in(dict(layout.settings)), *layout.columns]
    assert set(named) <= set(header)  # in the spelling of the table


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_is_recognised_without_a_few_columns_and_with_others(name):
    known = catalogue()[name]
    needed = {*known.customer, *known.by_name, *known.date, *known.invoice[:1], *known.columns, *known.signature}
    needed |= {figure for amount in known.amounts for figure in amount.figures}
    spare = [each for each in known.header if each not in needed]
    kept = {*known.date[:1], *known.customer, *known.by_name, *known.columns}
    kept |= {figure for amount in known.amounts for figure in amount.figures}
    droppable = [each for each in known.signature if each not in kept][-1:]
    header = [each for each in known.header if each not in {*spare[::3], *droppable}]
    assert recognised(*header, "Warehouse", "Season").name == name


@pytest.mark.parametrize("name", NAMES)
def test_every_column_that_is_named_is_in_the_header(name):
    known = catalogue()[name]
    layout = recognised(*known.header)
    assert {*columns_in(dict(layout.settings)), *layout.columns} <= set(known.header)
    assert layout.currency_column is None or layout.currency_column in known.header
    assert not set(layout.missing) & set(known.header)
    assert set(layout.settings) <= SETTINGS
    if layout.refusal is None:
        assert bool(layout.settings) == (known.holds == "transactions")
        assert bool(layout.columns) == (known.holds == "customers")


@pytest.mark.parametrize("name", NAMES)
def test_the_settings_of_customers_tables_are_valid(name):
    for settings in catalogue()[name].columns.values():
        Column.model_validate(settings)
    roles = [each["role"] for each in recognised(*catalogue()[name].header).columns.values()]
    assert roles.count("id") <= 1


@pytest.mark.parametrize("name", NAMES)
def test_the_file_names_its_sources_and_nothing_unknown(name):
    known = catalogue()[name]
    possible = {*known.header, *known.also}
    named = {*known.signature, *known.customer, *known.by_name, *known.date, *known.invoice, *known.product}
    named |= {figure for amount in known.amounts for figure in (*amount.figures, *amount.less)}
    named |= {each for amount in known.amounts for each in (amount.refunded, amount.currency) if each}
    named |= {*known.columns, *(status.column for status in known.status)}
    named |= {each for each in (known.refund_of, known.cancelled and known.cancelled.column) if each}
    assert named <= possible
    assert "header" in known.sources
    assert not re.search(r"index id|/work|/tmp", str(known))


@pytest.mark.parametrize("name", NAMES)
def test_words_of_statuses_are_never_in_both_lists_and_agree_with_the_vocabulary(name):
    for status in catalogue()[name].status:
        assert not {plain(word) for word in status.counts} & {plain(word) for word in status.leave_out}
        known = judge([*status.counts, *status.leave_out])
        # A chargeback that is a row of its own, with a negative figure, is money that went back.
        of_rows = {"chargeback", "refunded"} if name.startswith(("square", "stripe_balance", "paypal")) else set()
        wrong = [each for each in status.counts if each in known.leave_out and known.meanings[each] not in of_rows]
        assert not wrong
        assert not [each for each in status.leave_out if each in known.counts]


@pytest.mark.parametrize(
    ("header", "name", "amount"),
    [
        ("Order Number,Buyer Username,Item Title,Quantity,Sold For,Total Price,Sale Date,Paid On Date", "ebay_orders",
         None),
        ("Date,Time,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,Transaction ID", "paypal_activity",
         "Gross"),
        ("Date,Net Sales,Tax,Tip,Fees,Transaction ID,Event Type,Customer ID", "square_transactions", "Net Sales"),
        ("ID,Purchase Date,Grand Total (Base),Status,Customer Email,Shipping and Handling,Total Refunded",
         "magento_orders", "Grand Total (Base)"),
        ("Order ID,Customer Email,Order Date,Order Status,Subtotal (ex tax),Order Total (inc tax),Refund Amount",
         "bigcommerce_orders", "Subtotal (ex tax)"),
        ("Order ID,Email,Financial Status,Subtotal,Amount Refunded,Total,Created at,Lineitem quantity,Lineitem price",
         "squarespace_orders", "Subtotal"),
        ("Order number,Date created,Contact email,Item,Qty,Price,Total,Payment status,Net amount", "wix_orders",
         "Total"),
        ("Sale Date,Order ID,Buyer,Order Value,Discount Amount,Shipping,Order Total,Status,Order Net", "etsy_orders",
         "Order Value"),
        ("Deal Name,Deal Stage,Close Date,Amount,Associated Company", "hubspot_deals", "Amount"),
        ("order_date,status,order_total,order_subtotal,discount_total,customer_id,billing_email",
         "woocommerce_webtoffee", "order_subtotal"),
        ("id,Created date (UTC),Amount,Amount Refunded,Currency,Status,Customer Email", "stripe_payments", "Amount"),
    ],
)  # fmt: skip
def test_a_layout_is_recognised_from_a_few_chosen_columns(header, name, amount):
    layout = recognised(*header.split(","))
    assert (layout.name, layout.settings.get("amount")) == (name, amount)


def test_a_file_with_an_unknown_key_is_refused():
    with pytest.raises(ValidationError, match="Extra inputs"):
        LayoutFile.model_validate({**catalogue()["shopify_orders"].model_dump(), "colour": "green"})


@pytest.mark.parametrize(
    "header",
    [
        "customer_id,age,income,spending_score",
        "CustomerID,Gender,Age,Annual Income (k$),Spending Score (1-100)",
        "customer,date,amount",
        "Order ID,Order Date,Customer ID,Product,Sales,Quantity,Discount,Profit",
        "Kundennummer,Datum,Betrag,Bestellung",
        "name,email,phone,total",
        "id,status,amount,currency,customer",
        "",
    ],
)
def test_other_tables_are_not_recognised(header):
    assert layout_of(header.split(",")) is None


@pytest.mark.parametrize("name", [name for name in NAMES if catalogue()[name].amounts])
def test_a_header_that_lies_is_left_to_the_general_rules(name):
    known = catalogue()[name]
    dates, figures = set(known.date), {each for amount in known.amounts for each in amount.figures}
    for taken in (dates, figures):
        layout = layout_of([f"old {each}" if each in taken else each for each in known.header])
        assert layout is None or layout.name != name


@given(
    st.lists(st.sampled_from(sorted({each for known in catalogue().values() for each in known.header})), max_size=30)
)
def test_any_mixture_of_headers_is_read_without_a_crash_and_in_any_order(header):
    layout, backwards = layout_of(header), layout_of(sorted(set(header)))
    assert (layout and layout.name) == (backwards and backwards.name)
    if layout and layout.holds == "transactions" and layout.refusal is None:
        assert {"customer", "date"} <= layout.settings.keys()
        assert ("amount" in layout.settings) != ("price" in layout.settings)


SHOPIFY = {
    "customer": "Email",
    "date": "Created at",
    "amount": "Subtotal",
    "amount_of": "order",
    "refunded": "Refunded Amount",
    "invoice": "Name",
    "status": {
        "column": "Financial Status",
        "counts": ["paid", "partially_paid", "partially_refunded", ""],
        "leave_out": ["pending", "authorized", "unpaid", "voided", "expired", "refunded"],
    },
}


@pytest.mark.parametrize("more", ["", ",Id"])
def test_shopify_with_and_without_the_key_of_the_order(more):
    header = (
        "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem price,"
        f"Refunded Amount{more}"
    )
    assert settings(header) == ("shopify_orders", SHOPIFY)
    assert recognised(*header.split(",")).currency_column == "Currency"


def test_shopify_without_a_subtotal_says_that_shipping_is_inside():
    header = "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price"
    layout = recognised(*header.split(","))
    assert layout.settings["amount"] == "Total"
    assert any("with shipping and tax" in sentence for sentence in layout.said)
    assert layout.missing == ("Refunded Amount",)
    assert "The table lacks “Refunded Amount”, so refunds are not deducted." in layout.said


def test_shopify_says_what_follows():
    said = recognised(*catalogue()["shopify_orders"].header).said
    assert said[0].startswith("The columns are those of “Shopify, orders”: one row is a line of an order;")
    assert said[1] == "The customer is “Email” or, where that is empty, “Phone”."
    assert said[2] == (
        "The amount is “Subtotal”: after discounts, before shipping and before tax that is added to the price; refunds "
        "in “Refunded Amount” are deducted; it counts once for each “Name”."
    )
    assert said[3] == (
        "Rows are left out where “Financial Status” is pending, authorized, unpaid, voided, expired or refunded."
    )
    assert "An order with a date in “Cancelled at” does not count." in said
    status = recognised(*catalogue()["shopify_orders"].header).settings["status"]
    assert status[1:] == [{"column": "Cancelled at", "counts": [""]}]


def test_notes_on_columns_that_the_table_lacks_are_not_said():
    header = [each for each in catalogue()["shopify_orders"].header if each != "Cancelled at"]
    assert not any("Cancelled at" in sentence for sentence in recognised(*header).said)


def test_woocommerce_guests_go_by_their_address():
    header = "order_id,date,status,shipping_total,order_total,order_currency,customer_id,billing_email"
    assert settings(header) == (
        "woocommerce_customer_order_csv",
        {
            "customer": ["customer_id", "billing_email"],
            "no_account": ["0", "guest"],
            "date": "date",
            "amount": "order_total",
            "amount_of": "order",
            "invoice": "order_id",
            "status": {
                "column": "status",
                "counts": ["processing", "completed", ""],
                "leave_out": [
                    "pending",
                    "on-hold",
                    "checkout-draft",
                    "cancelled",
                    "failed",
                    "trash",
                    "auto-draft",
                    "draft",
                    "refunded",
                ],
            },
        },
    )
    assert recognised(*header.split(",")).currency_column == "order_currency"


def test_amazon_pays_by_the_line():
    header = "order-id\torder-item-id\tpurchase-date\tbuyer-email\tquantity-purchased\tcurrency\titem-price"
    found = {"customer": "buyer-email", "date": "purchase-date", "amount": "item-price", "invoice": "order-id"}
    assert settings(header, "\t") == ("amazon_new_orders", found)


def test_stripe_counts_paid_charges():
    header = "id,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer ID,Customer Email,Invoice ID"
    name, found = settings(header)
    assert name == "stripe_charges"
    status = found.pop("status")
    assert found == {
        "customer": ["Customer Email", "Customer ID"],
        "date": "Created (UTC)",
        "amount": "Amount",
        "refunded": "Amount Refunded",
        "invoice": "id",
    }
    assert {"Paid"} <= set(status["counts"])
    assert {"Failed", "Refunded"} <= set(status["leave_out"])


def test_stripe_takes_amount_refund_and_currency_from_the_same_side():
    layout = recognised(*catalogue()["stripe_payments"].header)
    assert layout.settings["amount"] == "Converted Amount"
    assert layout.settings["refunded"] == "Converted Amount Refunded"
    assert layout.currency_column == "Converted Currency"


def test_etsy_items_take_the_discount_off():
    header = (
        "Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Order Shipping,Item Total,Transaction ID,Listing ID,"
        "Order ID"
    )
    found = {"customer": "Buyer", "date": "Sale Date", "amount": "Item Total", "less": ["Discount Amount"]}
    assert settings(header) == ("etsy_sold_items", {**found, "invoice": "Order ID", "product": "Listing ID"})


def test_salesforce_counts_what_was_won():
    name, found = settings("Account Name,Stage,Amount,Age,Close Date")
    assert name == "salesforce_opportunities"
    assert (found["customer"], found["date"], found["amount"]) == ("Account Name", "Close Date", "Amount")
    assert found["status"]["counts"] == ["Closed Won", ""]
    assert "invoice" not in found


@pytest.mark.parametrize(
    ("version", "invoice", "price", "customer"),
    [
        ("uci_online_retail", "InvoiceNo", "UnitPrice", "CustomerID"),
        ("uci_online_retail_ii", "Invoice", "Price", "Customer ID"),
    ],
)
def test_online_retail_in_both_versions(version, invoice, price, customer):
    assert settings(",".join(catalogue()[version].header)) == (
        version,
        {
            "customer": customer,
            "date": "InvoiceDate",
            "quantity": "Quantity",
            "price": price,
            "invoice": invoice,
            "product": "StockCode",
            "cancelled": {"column": invoice, "prefix": "C"},
        },
    )


def test_paypal_counts_by_type_and_cancels_by_status():
    layout = recognised(*catalogue()["paypal_activity_de"].header)
    assert layout.settings["status"]["column"] == "Typ"
    assert "Allgemeine Währungsumrechnung" in layout.settings["status"]["leave_out"]
    assert layout.settings["cancelled"]["column"] == "Status"
    assert layout.settings["refund_of"] == "Zugehöriger Transaktionscode"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("amazon_all_orders", "“buyer-email”"),
        ("amazon_settlement", "“buyer-email”"),
        ("amazon_settlement_v1", "“buyer-email”"),
        ("amazon_unshipped_orders", "“item-price”"),
        ("olist_orders", "olist_customers_dataset.csv"),
        ("olist_order_items", "olist_orders_dataset.csv"),
        ("olist_customers", "olist_order_items_dataset.csv"),
        ("olist_order_payments", "olist_customers_dataset.csv"),
    ],
)
def test_what_names_no_buyer_or_no_amount_is_refused_with_what_to_take_instead(name, words):
    layout = recognised(*catalogue()[name].header)
    assert layout.refusal is not None
    assert words in layout.refusal
    assert (layout.settings, layout.columns) == ({}, {})


@pytest.mark.parametrize(
    ("name", "without", "words"),
    [
        ("hubspot_deals", "Associated", "“Associated Company”"),
        ("salesforce_opportunities", "Account", "“Account Name”"),
        ("stripe_balance", "customer", "“customer_email”"),
        ("olist_joined", "customer_unique_id", "“customer_unique_id”"),
    ],
)
def test_a_report_without_its_customer_is_refused(name, without, words):
    header = [each for each in catalogue()[name].header if without not in each]
    layout = recognised(*header)
    assert layout.name == name
    assert words in str(layout.refusal)
    # A column of the analyst's own that may be the customer is for the general rules.
    assert layout_of([*header, "Our client"]) is None


def test_a_report_with_a_buyer_joined_to_it_is_used():
    layout = recognised(*catalogue()["amazon_all_orders"].header, "buyer-email")
    assert layout.refusal is None
    assert layout.settings["customer"] == "buyer-email"
    assert layout.settings["cancelled"] == {"column": "item-status", "values": ["Cancelled", "Canceled"]}


def test_olist_joined_goes_by_the_person():
    layout = recognised("order_id", "customer_unique_id", "order_purchase_timestamp", "order_status", "payment_value")
    assert (layout.name, layout.settings["customer"]) == ("olist_joined", "customer_unique_id")
    assert layout.settings["amount"] == "payment_value"


def test_names_stand_in_for_a_customer_only_where_nothing_else_does():
    header = [each for each in catalogue()["square_transactions"].header if not each.startswith("Customer ")]
    assert layout_of(header) is None
    layout = recognised(*header, "Customer Name")
    assert layout.settings["customer"] == "Customer Name"
    assert any("two people with the same name count as one" in sentence for sentence in layout.said)


def test_an_order_amount_is_not_used_where_orders_cannot_be_told_apart():
    assert layout_of([each for each in catalogue()["wix_orders"].header if each != "Order number"]) is None


def test_two_columns_of_one_name_are_no_crash():
    assert recognised(*catalogue()["wix_orders"].header).name == "wix_orders"
    assert catalogue()["wix_orders"].header.count("Delivery country") == 2


def test_customers_of_shopify_before_they_had_numbers():
    layout = recognised(*catalogue()["shopify_customers_until_2022"].header)
    assert layout.columns["Email"] == {"role": "id"}
    assert layout.columns["Total Spent"] == {"role": "monetary", "label": "Total spent", "format": "money"}
    assert {"Zip", "Phone", "Tags"}.isdisjoint(layout.columns)


def test_figures_that_a_table_of_customers_lacks_are_named():
    header = ["Customer ID", "Email", "Total Spent", "Accepts Email Marketing", "Default Address Zip", "Tax Exempt"]
    assert recognised(*header).missing == ("Total Orders",)


def test_forecasts_are_no_columns_of_klaviyo():
    columns = recognised(*catalogue()["klaviyo_profiles"].header).columns
    assert columns["Klaviyo ID"] == {"role": "id"}
    assert columns["Historic Number Of Orders"]["role"] == "frequency"
    assert not [name for name in columns if "Predicted" in name or "Total" in name or "Active" in name]


def test_a_contact_list_without_figures_is_left_to_the_general_rules():
    figures = ("Total Revenue", "Number of Associated Deals")
    assert layout_of([each for each in catalogue()["hubspot_contacts"].header if each not in figures]) is None


def test_every_layout_is_documented(project):
    page = (Path(project) / "docs" / "layouts.md").read_text(encoding="utf-8")
    for name, known in catalogue().items():
        assert f"`{name}`" in page
        assert known.tool in page
