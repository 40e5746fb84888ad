"""The table itself: its quality, what was set aside, where it came from, and the aggregates to download."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.contract import Provenance, Rejection
from analysis.language import gettext, gettext_noop, ngettext
from report.views.columns import ColumnRow, LeftOutRow, column, left_out, typical_head
from report.views.fact import Fact
from report.views.story import Page, Story
from report.views.transactions import facts, rules, set_aside

DOWNLOADS = {
    "data/segments.csv": gettext_noop(
        "One row per segment: size, share and stability with 95% intervals, rule, evaluation"
    ),
    "data/profiles.csv": gettext_noop(
        "One row per segment and column: mean or median, quartiles, Hedges’ g, intervals, p-value, marker variable"
    ),
    "data/categories.csv": gettext_noop(
        "One row per segment and category: count, shares, standardised residual, p-value, marker variable"
    ),
    "data/borders.csv": gettext_noop(
        "One row per segment and neighbouring segment: customers nearly as close to that one"
    ),
    "data/criteria.csv": gettext_noop("One row per segment and criterion (Kotler’s five): met or not, and why"),
    "data/recommendations.csv": gettext_noop("One row per recommendation, with reason, channel and KPI"),
    "data/budget.csv": gettext_noop("How the budget is split"),
    "data/candidates.csv": gettext_noop(
        "Every number of segments that was tried: its indices, and those of tables without groups"
    ),
    "data/candidate_segments.csv": gettext_noop(
        "The segments of each number tried: share, silhouette, stability, persistence"
    ),
    "data/flows.csv": gettext_noop(
        "How customers move from one number of segments to the next, as shares of all customers"
    ),
    "data/algorithms.csv": gettext_noop("Every algorithm that was compared, with its indices"),
    "data/rfm_segments.csv": gettext_noop(
        "One row per segment by RFM scores: customers, shares, mean recency, frequency and monetary"
    ),
    "data/rfm_crossings.csv": gettext_noop(
        "How many customers each segment by RFM scores has in common with each segment found"
    ),
    "data/changes.csv": gettext_noop(
        "One row per segment: what became of it since the last build, its share before and now, and the interval of "
        "the difference"
    ),
    "data/moves.csv": gettext_noop("How many customers went from each segment of the last build to each of this one"),
    "data/history.csv": gettext_noop("One row per build and segment: size, shares and stability"),
    "data/analysis.json": gettext_noop("Everything on this site in one document"),
    "data/disclosure.json": gettext_noop("What disclosure control did to each field of that document"),
    "data/analysis.schema.json": gettext_noop("What that document may contain (JSON Schema)"),
}
"""What each file holds; in English, for `gettext`."""


@dataclass(frozen=True)
class Download:
    """A file to download."""

    path: str
    name: str
    what: str


@dataclass(frozen=True)
class DataPage:
    """What the template `data` shows."""

    heading: str
    lead: str
    facts: Sequence[Fact]
    columns: Sequence[ColumnRow]
    typical_head: str
    left_out: Sequence[LeftOutRow]
    rejections: Sequence[Rejection]
    numbered: bool
    notes: Sequence[str]
    transactions: Sequence[str]
    customers_aside: str
    privacy: str
    downloads: Sequence[Download]
    provenance: Provenance
    libraries: Sequence[tuple[str, str]]
    note: str | None


def data(story: Story, files: Collection[str]) -> Page:
    """The data page; `files` are the paths of the site's downloads."""
    contract = story.contract
    values = DataPage(
        heading=gettext("The table and its quality"),
        lead=_lead(story),
        facts=_facts(story),
        columns=[column(story, feature) for feature in contract.data.features],
        typical_head=typical_head(story),
        left_out=[left_out(one) for one in contract.data.left_out],
        rejections=contract.data.rejections,
        numbered=any(rejection.examples for rejection in contract.data.rejections),
        notes=contract.data.notes,
        transactions=rules(story, contract.data.transactions) if contract.data.transactions else [],
        customers_aside=set_aside(story, contract.data.transactions) if contract.data.transactions else "",
        privacy=_privacy(story),
        downloads=[Download(path, path[5:], gettext(what)) for path, what in DOWNLOADS.items() if path in files],
        provenance=contract.provenance,
        libraries=sorted(contract.provenance.libraries.items()),
        note=story.site.site.fictional_note,
    )
    description = gettext("Quality and origin of the table, and aggregates to download.")
    return Page("data", "data", gettext("Data"), description, values, gettext("Data"))


def _lead(story: Story) -> str:
    data, number = story.contract.data, story.formats.number
    read, table = number(data.rows_read), story.contract.provenance.source
    if data.rows_rejected == 0:
        return gettext("All {read} rows of {table} were used.", read=read, table=table)
    return ngettext(
        "{used} of {read} rows of {table} were used. {aside} row was set aside, with the reason.",
        "{used} of {read} rows of {table} were used. {aside} rows were set aside, each with its reason.",
        data.rows_rejected, used=number(data.rows_used), read=read, table=table, aside=number(data.rows_rejected),
    )  # fmt: skip


def _facts(story: Story) -> list[Fact]:
    data, number = story.contract.data, story.formats.number
    share = min(1.0, data.rows_used / data.rows_read) if data.rows_read else 0
    one_row = gettext("transactions") if data.transactions else gettext("one row per customer")
    used = (
        gettext("{share} of the rows read", share=story.share(share))
        if data.rows_rejected
        else gettext("all rows read")
    )
    reasons = ngettext("with the reason", "each with its reason", data.rows_rejected) if data.rows_rejected else ""
    return [
        Fact(gettext("Rows read"), number(data.rows_read), one_row),
        Fact(gettext("Rows used"), number(data.rows_used), used),
        Fact(gettext("Rows set aside"), number(data.rows_rejected), reasons),
        *([] if data.transactions is None else facts(story, data.transactions)),
        Fact(
            gettext("Columns used"),
            number(len(data.features)),
            gettext("{count} of them to find segments", count=len(story.clustering)),
        ),
    ]


def _privacy(story: Story) -> str:
    privacy = story.contract.privacy
    if privacy.mode == "open":
        return gettext(
            "The table itself is public, so charts and downloads contain every customer’s figures and segment, without "
            "identifiers. Anyone who has the table can tell which customer they belong to. For any other table, set "
            "the privacy mode to public: then only aggregates are published."
        )
    told = (
        gettext(
            "Only aggregates are published: no count of customers between 1 and {most}, and no mean of fewer than "
            "{least}. No chart shows a single customer, and identifiers are never published.",
            most=privacy.min_cell - 1, least=privacy.min_cell,
        ),
        gettext(
            "A figure that would show fewer customers, or from which such a figure could be calculated, is withheld: "
            "pages say “withheld”, the JSON document contains null, and the tables have an empty cell with the reason. "
            "No other figure replaces it."
        ),
        gettext(
            "Counts are randomly rounded to multiples of {base}, the same count always to the same multiple, and "
            "shares are calculated from the rounded counts. So two publications reveal no single customer, and "
            "parts may not add up to their total.",
            base=privacy.rounding_base,
        ),
        gettext(
            "Shares which show that nearly all or none of a segment have a property are also withheld, except in "
            "columns that the configuration declares harmless."
        ),
    )  # fmt: skip
    return " ".join(told)
