"""Customers as tools list them, one a row, and deals as CRM tools do."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from tests.exports.made.base import START, mail, orders, plain, written


def _bought(seed: int, people: int) -> list[tuple[int, int, int]]:
    """Who, how many orders, and cents spent."""
    found = [[0, 0] for _ in range(people)]
    for order in orders(seed, people=people, most=9):
        found[order.who][0] += 1
        found[order.who][1] += order.goods
    return [(who, many, cents) for who, (many, cents) in enumerate(found)]


def shopify_customers() -> str:
    """Numbers with an apostrophe before them; lifetime totals."""
    header = (
        "Customer ID", "First Name", "Last Name", "Email", "Accepts Email Marketing", "Default Address Company",
        "Default Address City", "Default Address Country Code", "Default Address Zip", "Default Address Phone", "Phone",
        "Accepts SMS Marketing", "Total Spent", "Total Orders", "Note", "Tax Exempt", "Tags",
    )  # fmt: skip
    rows = [
        [
            f"'{6_012_345_000_000 + who * 7}", "Person", who, mail(who), "yes" if who % 3 else "no", "",
            f"Town {who % 8}", "US", f"'{10000 + who * 17:05}", "", f"'+1555010{who:04}", "no", plain(cents), many, "",
            "no", "",
        ]
        for who, many, cents in _bought(41, 40)
    ]  # fmt: skip
    return written(header, rows)


def klaviyo() -> str:
    """What was spent beside what is predicted, places, and days of any activity."""
    header = (
        "Email", "Klaviyo ID", "First Name", "Last Name", "City", "Country", "Zip Code", "Latitude", "Longitude",
        "Source", "Email Marketing Consent", "Historic Customer Lifetime Value", "Total Customer Lifetime Value",
        "Predicted Customer Lifetime Value", "Average Order Value", "Historic Number Of Orders", "First Active",
        "Last Active", "Profile Created On", "Average Days Between Orders",
    )  # fmt: skip
    random, rows = Random(42), []  # noqa: S311 (synthetic tables)
    for who, many, cents in _bought(42, 40):
        soon, seen = random.randint(0, 9000), START + timedelta(days=random.randint(200, 360))
        rows.append(
            [
                mail(who), f"01HK{who * 7919:06X}", "Person", who, f"Town {who % 8}", "United States", 10000 + who * 13,
                f"{40 + random.random() * 5:.4f}", f"{-80 + random.random() * 9:.4f}", "-2", "SUBSCRIBED", plain(cents),
                plain(cents + soon), plain(soon), plain(cents // many), many, f"{START} 08:00:00", f"{seen} 08:00:00",
                f"{START} 08:00:00", random.randint(10, 90),
            ]
        )  # fmt: skip
    return written(header, rows)


def mailchimp() -> str:
    """An audience: nobody's purchases, but ratings, places and numbers of the tool's own."""
    header = (
        "Email Address", "First Name", "Last Name", "MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP", "CONFIRM_TIME",
        "CONFIRM_IP", "LATITUDE", "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION", "LAST_CHANGED", "LEID",
        "EUID", "NOTES", "TAGS",
    )  # fmt: skip
    random, rows = Random(43), []  # noqa: S311 (synthetic tables)
    for who in range(40):
        since = START + timedelta(days=random.randint(0, 330))
        offset = random.choice((-8, -6, -5))
        rows.append(
            [
                mail(who), "Person", who, random.randint(1, 5), f"{since} 09:30:00", f"192.0.2.{who}",
                f"{since} 09:31:00", f"192.0.2.{who}", f"{random.uniform(30, 48):.5f}",
                f"{random.uniform(-120, -75):.5f}", offset, offset + 1, "America/Chicago", "US", "TX",
                f"{since + timedelta(days=20)} 11:00:00", 410_000_000 + who * 31, f"e{who * 7919:08x}", "", "",
            ]
        )  # fmt: skip
    return written(header, rows)


def hubspot_contacts() -> str:
    """Contacts who are customers; the owner is a salesperson, the most recent deal is one deal."""
    header = (
        "Record ID", "First Name", "Last Name", "Email", "Phone Number", "Contact owner", "Lead Status",
        "Lifecycle Stage", "Create Date", "Last Activity Date", "Postal Code", "Number of Associated Deals",
        "Recent Deal Amount", "Total Revenue",
    )  # fmt: skip
    rows = [
        [
            51 + who * 50, "Person", who, mail(who), f"+1 555 010 {who:04}", f"Seller {who % 3}", "Connected",
            "Customer", f"2023-{1 + who % 12:02}-04 09:00", f"2024-{1 + who % 11:02}-19 14:00", 20000 + who * 11, many,
            plain(cents // many), plain(cents),
        ]
        for who, many, cents in _bought(44, 36)
    ]  # fmt: skip
    return written(header, rows)


def hubspot_deals() -> str:
    """Deals of companies with two contacts each; only those won are money, and an open one's date lies ahead."""
    header = (
        "Record ID", "Deal Name", "Deal Stage", "Close Date", "Deal owner", "Amount", "Pipeline", "Create Date",
        "Last Activity Date", "Deal Type", "Weighted amount", "Deal probability", "Associated Company",
        "Associated Company IDs", "Associated Contact",
    )  # fmt: skip
    rows = []
    for place, order in enumerate(orders(45, lines=2)):
        stage, chance = {2: ("Closed Lost", 0), 5: ("Contract Sent", 90), 9: ("Appointment Scheduled", 20)}.get(
            place % 11, ("Closed Won", 100)
        )
        amount = order.goods * 10
        closing = order.day + timedelta(days=500 if stage in {"Contract Sent", "Appointment Scheduled"} else 0)
        rows.append(
            [
                90_000 + order.number * 3, f"Deal {order.number}", stage, f"{closing} 15:00",
                f"Seller {place % 3}", plain(amount), "Sales Pipeline", f"{order.day - timedelta(days=40)} 09:00",
                f"{order.day} 15:00", "newbusiness", plain(amount * chance // 100), f"{chance / 100:.2f}",
                f"Firm {order.who}", 7_000 + order.who,
                f"Person {order.who}-{place % 2} (p{order.who}{place % 2}@firm.example.com)",
            ]
        )  # fmt: skip
    return written(header, rows)


def salesforce_subtotals() -> str:
    """A report grouped by account, with a subtotal under each group, a grand total, and the footer."""
    header = ("Account Name", "Opportunity Owner", "Opportunity Name", "Stage", "Amount", "Expected Revenue",
              "Probability (%)", "Age", "Close Date")  # fmt: skip
    bought = orders(46, people=12, most=5, lines=2)
    rows: list[list[object]] = []
    for who in range(12):
        own = [order for order in bought if order.who == who]
        for order in own:
            stage, chance = {3: ("Closed Lost", 0), 7: ("Negotiation/Review", 60)}.get(
                order.number % 9, ("Closed Won", 100)
            )
            rows.append(
                [
                    f"Firm {who}", f"Seller {order.number % 4}", f"Deal {order.number}", stage, plain(order.goods),
                    plain(order.goods * chance // 100), chance, 10 + order.number % 60,
                    f"{order.day.month}/{order.day.day}/{order.day.year}",
                ]
            )  # fmt: skip
        rows.append(["Subtotal", "", f"{len(own)} records", "", plain(sum(order.goods for order in own)), *[""] * 4])
    total = plain(sum(order.goods for order in bought))
    rows.append([f"Grand Totals ({len(bought)} records)", "", "", "", total, *[""] * 4])
    text = written(header, rows, quoted=True)
    return text + '"Confidential Information - Do Not Distribute"\n"Copyright (c) 2000-2024 sample.example.com, inc."\n'


def crm_opportunities() -> str:
    """Opportunities that name the salesperson and no account."""
    header = ("Opportunity ID", "Opportunity Name", "Opportunity Owner", "Stage", "Amount", "Probability (%)", "Age",
              "Close Date", "Lead Source")  # fmt: skip
    rows = [
        [
            f"006{order.number * 7919:012X}", f"Deal {order.number}", f"Seller {place % 5}",
            ("Closed Won", "Closed Won", "Closed Lost")[place % 3], plain(order.goods), (100, 100, 0)[place % 3],
            10 + place % 50, f"{order.day}", ("Web", "Partner")[place % 2],
        ]
        for place, order in enumerate(orders(47))
    ]  # fmt: skip
    return written(header, rows)


def total_row_customers() -> str:
    """Customers, their total, and a line that says the table is confidential."""
    found = _bought(48, 40)
    rows: list[list[object]] = [
        [f"K{who:03}", many, plain(cents), 2 * many + who % 7] for who, many, cents in found
    ]  # fmt: skip
    visits = sum(2 * many + who % 7 for who, many, _ in found)
    total = ["Total", sum(many for _, many, _ in found), plain(sum(cents for *_, cents in found)), visits]
    text = written(("Customer", "Number of orders", "Total spent", "Visits"), [*rows, total])
    return text + "\nConfidential - internal use only\n"


CASES = {
    "shopify_customers": {"customers_export.csv": shopify_customers},
    "klaviyo_profiles": {"segment.csv": klaviyo},
    "mailchimp_audience": {"subscribed_members.csv": mailchimp},
    "hubspot_contacts": {"hubspot-crm-exports-contacts.csv": hubspot_contacts},
    "hubspot_deals": {"hubspot-crm-exports-all-deals.csv": hubspot_deals},
    "salesforce_subtotals": {"report.csv": salesforce_subtotals},
    "crm_opportunities": {"opportunities.csv": crm_opportunities},
    "total_row_customers": {"customers.csv": total_row_customers},
}
