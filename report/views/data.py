"""The table itself: quality, what was set aside, where it came from, and the aggregates to take away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.contract import Provenance, Rejection
from report.views.columns import ColumnRow, LeftOutRow, column, left_out, typical_head
from report.views.fact import Fact
from report.views.story import Page, Story
from report.views.transactions import facts, rules, set_aside
from report.views.words import plural

DOWNLOADS = {
    "data/segments.csv": "One row a segment: size, share and stability with 95% intervals, rule, evaluation",
    "data/profiles.csv": "One row a segment and column: mean or median, quartiles, Hedges’ g, intervals, p, marker",
    "data/categories.csv": "One row a segment and category: count, shares, standardised residual, p, marker",
    "data/borders.csv": "One row a segment and neighbour: customers nearly as close to that one",
    "data/criteria.csv": "One row a segment and criterion of Kotler’s: met or not, and why",
    "data/recommendations.csv": "One row a recommendation, with reason, channel and measure",
    "data/budget.csv": "The split of the budget",
    "data/candidates.csv": "Every number of segments that was tried, its indices, and those of tables without groups",
    "data/candidate_segments.csv": "The segments of each number tried: share, silhouette, stability, persistence",
    "data/flows.csv": "Which customers go where from one number of segments to the next, as shares of all",
    "data/algorithms.csv": "Every algorithm that was compared, with its indices",
    "data/rfm_segments.csv": "One row a segment by RFM scores: customers, shares, mean recency, frequency and money",
    "data/rfm_crossings.csv": "How many customers each segment by RFM scores shares with each segment found",
    "data/analysis.json": "Everything on this site in one document",
    "data/disclosure.json": "What disclosure control did to each field of that document",
    "data/analysis.schema.json": "What that document may hold (JSON Schema)",
}


@dataclass(frozen=True)
class Download:
    """A file to take away."""

    path: str
    name: str
    what: str


@dataclass(frozen=True)
class DataPage:
    """What the template `data` tells."""

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
        heading="The table and its quality",
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
        downloads=[Download(path, path[5:], what) for path, what in DOWNLOADS.items() if path in files],
        provenance=contract.provenance,
        libraries=sorted(contract.provenance.libraries.items()),
        note=story.site.site.fictional_note,
    )
    return Page("data", "data", "Data", "Quality and provenance of the table; aggregates to download.", values, "Data")


def _lead(story: Story) -> str:
    data = story.contract.data
    number = story.formats.number
    if data.rows_rejected == 0:
        return f"All {number(data.rows_read)} rows of {story.contract.provenance.source} could be used."
    return (
        f"Of {number(data.rows_read)} rows of {story.contract.provenance.source}, {number(data.rows_used)} "
        f"could be used; {number(data.rows_rejected)} {plural(data.rows_rejected, 'was', 'were')} set aside, "
        f"{plural(data.rows_rejected, 'with its reason', 'each with its reason')}."
    )


def _facts(story: Story) -> list[Fact]:
    data, number = story.contract.data, story.formats.number
    share = min(1.0, data.rows_used / data.rows_read) if data.rows_read else 0
    reasons = "with a reason each" if data.rows_rejected > 1 else "with its reason" if data.rows_rejected else ""
    return [
        Fact("Rows read", number(data.rows_read), "transactions" if data.transactions else "one row a customer"),
        Fact(
            "Rows used",
            number(data.rows_used),
            "all that were read" if not data.rows_rejected else f"{story.share(share)} of those read",
        ),
        Fact("Set aside", number(data.rows_rejected), reasons),
        *([] if data.transactions is None else facts(story, data.transactions)),
        Fact("Columns used", number(len(data.features)), f"{len(story.clustering)} of them to group by"),
    ]


def _privacy(story: Story) -> str:
    privacy = story.contract.privacy
    if privacy.mode == "open":
        return (
            "The table itself is public, so charts and downloads hold every customer’s figures and segment, without "
            "identifiers; whoever has the table can tell whose they are. For any other table, set the privacy mode to "
            "public: then only aggregates are published."
        )
    return (
        f"Only aggregates are published: no count of customers between 1 and {privacy.min_cell - 1}, no mean of fewer "
        f"than {privacy.min_cell}; no chart shows a single customer, and identifiers are published nowhere. A figure "
        "that would show fewer customers, or let them be worked out from others, is withheld: pages say “withheld”, "
        "the JSON document holds null, and the tables an empty cell with the reason. No other figure stands in its "
        f"place. Counts are rounded at random to multiples of {privacy.rounding_base}, the same number always to the "
        "same, and shares follow from the rounded counts: so two publications do not tell of a single customer, and "
        "parts need not add up to their whole. Shares that tell that nearly all or none of a segment have something "
        "are withheld, too, but for columns that the configuration declares harmless."
    )
