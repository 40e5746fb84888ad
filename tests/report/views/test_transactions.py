"""How pages tell of transactions, and of quintile scores beside the segments found."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.configuration import Site, without_files
from analysis.configuration.transactions import Cancelled
from analysis.configuration.transactions import TransactionSettings as Settings
from analysis.contract import Contract
from analysis.contract.transactions import CustomersAside
from analysis.pipeline import analyse
from analysis.wording.number_format import NumberFormat
from report.charts.context import ChartContext
from report.charts.registry import captions, chart, names
from report.charts.rfm_grid import class_of
from report.disclosure import published
from report.site.downloads import downloads
from report.site.quarto_project import footer
from report.views.data import data
from report.views.glossary import glossary, terms
from report.views.method import method
from report.views.overview import overview
from report.views.segments import segments
from report.views.story import Page, Story
from report.views.transactions import day, rules, set_aside
from report.views.worth import worth

FORMATS = NumberFormat("en_US", "EUR")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three kinds of buyer, three hundred customers, some refunds and some rows of nobody."""
    generator = np.random.default_rng(8)
    rows = []
    for number, (first, times, mean) in enumerate(100 * [(20, 9, 80), (300, 1, 25), (60, 3, 40)]):
        start = first + generator.integers(0, 60)
        days = [start, *(start + generator.integers(0, 400 - start, generator.poisson(times)))]
        rows += [(f"K{number}", day, round(float(generator.gamma(4, mean / 4)) + 0.01, 2)) for day in days]
    frame = pd.DataFrame(rows, columns=["who", "day", "money"])
    refunds = frame.sample(15, random_state=1).assign(money=-3.5)
    nobody = frame.sample(40, random_state=2).assign(who="")
    frame = pd.concat([frame, refunds, nobody])
    frame["day"] = (pd.Timestamp("2025-01-01") + pd.to_timedelta(frame["day"], unit="D")).dt.strftime("%d.%m.%Y")
    file = tmp_path_factory.mktemp("shop") / "sales.csv"
    frame.to_csv(file, index=False)
    settings = {"customer": "who", "date": "day", "amount": "money"}
    model = {"selection": {"k": 3}}
    return Site.model_validate({"data": {"path": str(file)}, "transactions": settings, "model": model})


@pytest.fixture(scope="module")
def contract(site: Site) -> Contract:
    return analyse(without_files(site, Path(str(site.data.path)))).contract


@pytest.fixture(scope="module", params=["public", "open"])
def story(request, site: Site, contract: Contract) -> Story:
    privacy = contract.privacy.model_copy(update={"mode": request.param})
    shown = published(contract.model_copy(update={"privacy": privacy}))
    return Story(shown, site, FORMATS, captions(shown, FORMATS), {})


def values(page: Page) -> Any:  # noqa: ANN401 (each page has a dataclass of its own)
    """What the page's template is given."""
    return vars(page)["values"]


def test_rows_and_customers_are_counted_apart(contract: Contract):
    counts = contract.data
    assert counts.rows_read == counts.rows_used + counts.rows_rejected
    assert counts.customers == sum(segment.size for segment in contract.segments) == 300
    assert counts.rows_rejected == 40 < counts.customers < counts.rows_used
    assert counts.transactions.purchases >= counts.customers
    assert counts.transactions.refunds == 15


def test_personas_of_rfm_come_with_transactions(contract: Contract):
    named = [segment.persona for segment in contract.segments if segment.persona]
    assert named
    assert all(segment.recommendations for segment in contract.segments)


def test_how_recently_they_bought_reads_as_people_say_it(contract: Contract):
    assert all(segment.summary.startswith("Last bought ") for segment in contract.segments)
    phrases = [
        evidence.phrase for one in contract.segments for each in one.recommendations for evidence in each.evidence
    ]
    told = [phrase for phrase in phrases if phrase.startswith("last bought ")]
    assert told
    assert all(" ago, " in phrase for phrase in told)


def test_pages_count_customers_and_not_rows(story: Story):
    number = story.formats.number(story.contract.data.customers)
    assert footer(story)[0]["text"].startswith(f"{number} customers")
    assert number in str(values(overview(story)))
    facts = {fact.label: fact.value for fact in values(data(story, ())).facts}
    assert facts["Customers"] == number
    assert facts["Rows used"] == story.formats.number(story.contract.data.rows_used)


def test_the_rules_and_the_reference_date_are_told_on_both_pages(story: Story):
    told = day(story.contract.data.transactions.reference_date)
    for page in (data(story, ()), method(story)):
        assert told in " ".join(values(page).transactions)
        assert "refund" in " ".join(values(page).transactions).lower()


def test_refunds_are_counted_and_credit_notes_without_a_purchase_explained(story: Story):
    found, mark = story.contract.data.transactions, Cancelled(column="number", prefix="C")
    told = rules(story, found)[1]
    assert "returned items (15 rows) are deducted from what the customer spent." in told
    assert "credit note" not in told
    own = story.site.transactions.model_copy(update={"cancelled": mark})
    marked = replace(story, site=story.site.model_copy(update={"transactions": own}))
    assert "A credit note with a number of its own cancels no purchase and lowers the total." in rules(marked, found)[1]
    assert "rows" not in rules(marked, found.model_copy(update={"refunds": None}))[1]


def test_rows_marked_as_cancelled_bring_no_money(story: Story):
    own = story.site.transactions.model_copy(update={"cancelled": Cancelled(column="state", values=("void",))})
    marked = replace(story, site=story.site.model_copy(update={"transactions": own}))
    assert rules(marked, story.contract.data.transactions)[1].endswith(
        "A row marked as cancelled brings no money; if its amount is negative, that amount is deducted."
    )


@pytest.mark.parametrize(
    ("reference", "stated", "said"),
    [
        ("2026-01-31", True, "up to 31 January 2026. The configuration sets that day; "),
        ("2026-01-31", False, "up to 31 January 2026. That is the day after the last transaction; "),
        ("2026-01", False, "up to a day in January 2026. That is the day after the last transaction; "),
    ],
)
def test_the_day_that_time_is_counted_to_is_told(story: Story, reference: str, stated: bool, said: str):  # noqa: FBT001 (a case)
    update = {"reference_date": reference, "reference_stated": stated}
    told = rules(story, story.contract.data.transactions.model_copy(update=update))
    assert said in told[3]


def test_customers_set_aside_are_counted(story: Story):
    found = story.contract.data.transactions
    reasons = (CustomersAside(reason="only refunds", customers=12), CustomersAside(reason="no money", customers=None))
    assert set_aside(story, found.model_copy(update={"set_aside": reasons})) == (
        "Some customers were set aside as well and are in no segment: only refunds (12 customers); no money (fewer "
        "than 10 customers)."
    )


def test_what_a_row_is_worth_and_which_rows_count_is_told():
    plain = Settings.model_validate({"customer": "who", "date": "day", "quantity": "pieces", "price": "each"})
    assert worth(plain, FORMATS) == "The amount of a row is “pieces” × “each”."
    shop = {
        "customer": ["account", "mail"], "date": "day", "amount": "Total", "amount_of": "order", "invoice": "Order",
        "less": ["Discount"], "refunded": "Refunded", "status": {"column": "State", "counts": ["paid"]},
    }  # fmt: skip
    assert worth(Settings.model_validate(shop), FORMATS) == (
        "The amount of an order is “Total” minus “Discount” and “Refunded”, counted once even if it is on several rows"
        ". Customers without an account in “account” are identified by “mail”. Rows that do not count according to "
        "“State” are set aside and counted on the data page."
    )


def test_all_that_changes_what_a_row_is_worth_is_told():
    shop = {
        "customer": "who", "date": "day", "quantity": "pieces", "price": "each", "invoice": "Order", "scale": 0.01,
        "less_share": ["Rate"], "less_percent": ["Rabatt %"], "less": ["Coupon"], "once": ["Coupon"],
        "refund_of": "Original",
    }  # fmt: skip
    assert worth(Settings.model_validate(shop), FORMATS) == (
        "The amount of a row is “pieces” × “each” minus the share in “Rate”, the percentage in “Rabatt %” and “Coupon”"
        ". “Coupon” is a figure of the whole order and is deducted once. One unit of these figures is 0.01 in money. "
        "A row with an entry in “Original” is a refund of that “Order” and belongs to the same customer."
    )


@pytest.mark.parametrize(
    ("written", "together"),
    [
        (None, "What a customer bought on one date is one purchase."),
        ("dd.mm.yyyy", "What a customer bought on one day is one purchase."),
        ("excel-1904", "What a customer bought on one day is one purchase."),
        ("yyyy-mm", "What a customer bought in one month is one purchase."),
        ("%b %Y", "What a customer bought in one month is one purchase."),
        ("yyyy", "What a customer bought in one year is one purchase."),
    ],
)
def test_what_one_purchase_is_goes_by_what_dates_tell_apart(story: Story, written: str | None, together: str):
    own = story.site.transactions.model_copy(update={"date_format": written})
    told = replace(story, site=story.site.model_copy(update={"transactions": own}))
    found = story.contract.data.transactions.model_copy(update={"by_invoice": False})
    assert rules(told, found)[0].startswith(together)


@pytest.mark.parametrize(
    ("base", "mean", "each"), [(5, 8.2, "8.2 per customer"), (5, None, ""), (None, 8.2, "8.3 per customer")]
)
def test_rounded_numbers_are_not_divided(story: Story, base: int | None, mean: float | None, each: str):
    """2,120 purchases of 255 customers would be 8.3 beside a mean of 8.2 on the same page."""
    held = story.contract
    features = tuple(
        one.model_copy(update={"mean": mean, "rounded_to": 0.2, "standard_deviation": 9.5})
        if one.name == "frequency"
        else one
        for one in held.data.features
    )
    bought = held.data.transactions.model_copy(update={"purchases": 2120})
    counted = held.data.model_copy(update={"features": features, "transactions": bought, "customers": 255})
    privacy = held.privacy.model_copy(update={"rounding_base": base})
    told = replace(story, contract=held.model_copy(update={"data": counted, "privacy": privacy}))
    notes = {fact.label: (fact.value, fact.note) for fact in values(data(told, ())).facts}
    assert notes["Purchases"] == ("2,120", each)


def test_a_unit_that_the_label_says_is_not_said_again(story: Story):
    heads = values(segments(story)).features
    assert [head for head in heads if "days since" in head] in (
        ["Mean days since last purchase"],
        ["Median days since last purchase"],
    )
    recency = story.feature("recency")
    assert recency.titled == "Days since last purchase"
    assert recency.model_copy(update={"label": "Since the last purchase"}).titled == "Since the last purchase, days"
    assert recency.model_copy(update={"label": "Holidays"}).unit_beside == "days"
    assert story.feature("monetary").titled == "Total spent"


def test_scores_are_told_beside_the_segments_found(story: Story):
    told = values(method(story)).scoring
    assert "adjusted Rand index" in told.sentences[1]
    assert [len(row.cells) for row in told.bands] == [5, 5, 5]
    assert bool(told.crossed) != bool(told.mostly)


def test_bands_of_whole_figures_do_not_overlap_in_words(story: Story):
    frequency = values(method(story)).scoring.bands[1]
    assert not any("over" in cell and " to " in cell for cell in frequency.cells)


def test_tables_of_customers_tell_of_neither(tell):
    assert values(method(tell())).scoring is None
    assert values(method(tell())).transactions == []
    assert values(data(tell(), ())).transactions == []


def test_the_grid_has_a_field_a_segment_and_its_numbers(story: Story):
    assert "rfm-grid" in names(story.contract)
    caption = story.captions["rfm-grid"]
    assert len(caption.rows) == 10
    assert all(len(row) == len(caption.columns) for row in caption.rows)
    assert "Champions:" in caption.description
    for narrow in (True, False):
        specification = chart(ChartContext(story.contract, story.formats, narrow), "rfm-grid").to_dict()
        fields = specification["datasets"][specification["layer"][0]["data"]["name"]]
        assert len(fields) == 10


def test_colour_says_who_brings_more_than_their_share(contract: Contract):
    one = contract.scoring.segments[0]
    steps = [class_of(one.model_copy(update={"share": 0.2, "value_share": value})) for value in (0.01, 0.2, 0.9)]
    assert steps == [0, 3, 6]
    assert class_of(one.model_copy(update={"share": None})) == 3


def test_segments_by_scores_are_offered_to_take_away_as_far_as_they_may_be_told(story: Story):
    files = downloads(story.contract, story.formats)
    rows, found = _rows(files["data/rfm_segments.csv"]), story.contract.scoring
    assert [row["rfm_segment"] for row in rows] == [one.name for one in found.segments]
    assert [row["size"] for row in rows] == ["" if one.size is None else str(one.size) for one in found.segments]
    least = story.contract.privacy.min_cell
    if story.contract.privacy.mode == "public":
        assert all(int(row["size"]) >= least for row in rows if row["size"] not in {"", "0"})
        assert all(not row["mean_monetary"] for row in rows if not row["size"])
    crossed = _rows(files["data/rfm_crossings.csv"]) if "data/rfm_crossings.csv" in files else []
    assert len(crossed) == len(found.crossings)
    assert sum(int(row["customers"]) for row in crossed) == sum(one.customers for one in found.crossings)
    page = values(data(story, files))
    assert {"rfm_segments.csv"} <= {one.name for one in page.downloads}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_glossary_tells_of_rfm_and_of_expected_value_only_where_the_site_does(story: Story, tell):
    own = {"rfm", "rfm-scores", "bg-nbd", "gamma-gamma", "lifetime-value", "still-active"}
    assert own <= {term.anchor for term in values(glossary(story)).terms}
    assert not own & {term.anchor for term in values(glossary(tell())).terms}
    named = {term.of for term in terms()} - {None}
    assert named <= set(Contract.model_fields)


def test_months_are_written_out():
    assert day("2026-01-09") == "9 January 2026"
