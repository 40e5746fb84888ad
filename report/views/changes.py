"""The page that tells what has changed since the last build, and its findings in three to six sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.contract import Changes, Contract
from analysis.language import gettext, gettext_noop
from analysis.language.words import listed
from analysis.wording.number_format import NumberFormat
from report.captions.editions import edition_name, last_edition
from report.captions.share_changes import share_changes
from report.captions.trends import FEWEST, editions, shrinking
from report.views.change_tables import (
    DriftRow,
    FlowTable,
    SegmentRow,
    drift_meanings,
    drift_rows,
    flow_table,
    segment_rows,
    why_no_flows,
)
from report.views.changed import (
    QUIET,
    about_columns,
    about_customers,
    about_segments,
    about_shrinking,
    about_sizes,
    about_verdict,
    slowly_drifted,
)
from report.views.notices import NoticeLine, notice_lines, things
from report.views.story import ChartBlock, Page, Story

PATH = "changes"
FIRST = gettext_noop("This is the first build that the site remembers, so there is nothing to compare it with yet.")
WILL_SHOW = (
    gettext_noop("Segments that are new, gone, split, merged or renamed"),
    gettext_noop("Segments that grew or shrank by more than chance explains"),
    gettext_noop("Customers who moved from one segment to another, and where to"),
    gettext_noop("Columns, settings and data that have changed"),
    gettext_noop("From the third build on, how each segment develops"),
)
METHOD = gettext_noop(
    "A segment counts as grown or shrunk where the 95% interval of the difference of its shares does not contain zero. "
    "Its share can fall although it lost no customers, because other segments gained some. The interval "
    "is calculated from those of the two shares (MOVER: Newcombe 1998; Zou & Donner 2008). It is narrower the more "
    "customers stayed in the segment, as far as that number is published. Without it, the customers of both builds "
    "count as two separate samples, which is cautious."
)
DRIFT = gettext_noop(
    "The index compares how customers are distributed over a column’s values in both builds: below 0.10 stable, from "
    "0.10 moderate, from 0.25 strong. A column also counts as stable where chance alone explains the difference."
)
MOST_SENTENCES = 7


@dataclass(frozen=True)
class ChangesPage:
    """What the template `changes` shows."""

    heading: str
    lead: str
    more: str
    first: Sequence[str]
    """Of a first build: what the page will show."""
    shrinking: str
    segments: Sequence[SegmentRow]
    method: str
    moves: ChartBlock | None
    no_moves: str
    flows: FlowTable | None
    drift: Sequence[DriftRow]
    drift_meanings: Sequence[str]
    drift_words: str
    oldest: int | None
    """The build that columns are compared with beside the last one."""
    notices: Sequence[NoticeLine]
    trends: Sequence[ChartBlock]
    feed: bool
    """Whether the site has a feed of its builds."""


def summary(contract: Contract, formats: NumberFormat) -> Sequence[str]:
    """What has changed since the last build, the most important first; empty where the site remembers nothing.

    `contract` is the published one. The sentences are in the language that is spoken.
    """
    changes = contract.changes
    if changes is None:
        return [] if contract.edition is None else [gettext(FIRST)]
    if unchanged(contract, changes):
        return [gettext("Nothing changed since build {number}.", number=changes.since)]
    told = findings(contract, changes, formats)
    others = [one for one in changes.notices if one.about != "verdict"]
    if others:
        told.append(gettext("Also different: {things}.", things=listed(things(others))))
    return told[:MOST_SENTENCES]


def findings(contract: Contract, changes: Changes, formats: NumberFormat) -> list[str]:
    """What has become of segments, customers, columns and the verdict, a sentence or two about each.

    Of segments that have been shrinking only those are told that do by more than chance explains.
    """
    told = [
        about_segments(contract, changes),
        about_sizes(contract, formats),
        about_shrinking([one for one in shrinking(contract) if not one.by_chance], formats),
        about_customers(contract, changes, formats),
        about_columns(contract, changes),
        about_verdict(contract),
    ]
    return [one for one in told if one]


def most_important(contract: Contract, formats: NumberFormat) -> str:
    """The one sentence for the first page: of the summary the first that tells of a change, else the first."""
    told = summary(contract, formats)
    last = last_edition(contract)
    quiet = {gettext(one) for one in QUIET}
    if last and last.verdict == contract.selection.verdict:
        quiet.add(about_verdict(contract))
    return next((one for one in told if one not in quiet), told[0])


def unchanged(contract: Contract, changes: Changes) -> bool:
    """Whether nothing that is known differs from the last build: no segment, size, customer, column or setting."""
    last = last_edition(contract)
    as_many = last is None or last.customers in {None, contract.data.customers}
    continued = all(one.became == "continued" and not one.renamed_from for one in changes.segments)
    sizes = share_changes(contract)
    same = bool(sizes) and all(one.difference == 0 for one in sizes)
    still = all(one.drift == "stable" for one in changes.drift)
    drifted = bool(slowly_drifted(changes)) or not still
    return as_many and continued and same and not drifted and not changes.moved and not changes.notices


def feeds(story: Story) -> bool:
    """Whether the site has a feed of its builds: it needs the site's address, and their days."""
    edition = story.contract.edition
    return bool(story.site.site.url and edition and edition.date)


def changes_page(story: Story) -> Page:
    """The page, also of a first build; only for a contract with an edition."""
    contract = story.contract
    edition = contract.edition
    if edition is None:
        raise ValueError("a site that remembers nothing has no page of changes")
    found = shrinking(contract)
    # A callout of the page tells of segments that have been shrinking.
    apart = about_shrinking([one for one in found if not one.by_chance], story.formats)
    told = [one for one in summary(contract, story.formats) if one != apart]
    rows = segment_rows(story)
    values = ChangesPage(
        heading=since_heading(contract),
        lead=told[0],
        more=" ".join(told[1:]),
        first=[gettext(one) for one in WILL_SHOW] if contract.changes is None else [],
        shrinking=about_shrinking(found, story.formats),
        segments=rows,
        method=gettext(METHOD),
        moves=story.chart("moves"),
        no_moves=why_no_flows(contract),
        flows=flow_table(story),
        drift=drift_rows(story),
        drift_meanings=drift_meanings(contract),
        drift_words=gettext(DRIFT),
        oldest=contract.changes.oldest if contract.changes else None,
        notices=notice_lines(contract, story.formats),
        trends=story.charts("trend-of-") if len(editions(contract)) >= FEWEST else [],
        feed=feeds(story),
    )
    description = gettext("What changed since the last build: segments, customers, columns and settings.")
    name = gettext("What changed")
    title = f"{name} – {edition_name(edition.number, edition.date)}"
    return Page(PATH, "changes", title, description, values, name)


def since_heading(contract: Contract) -> str:
    """Of the page, which names the build compared with."""
    if contract.changes is None:
        return gettext("What changed")
    return gettext("What changed since build {number}", number=contract.changes.since)
