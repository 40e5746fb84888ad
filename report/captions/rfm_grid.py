"""Caption of the grid of RFM scores: who is where, and what they bring."""

from __future__ import annotations

from analysis.contract import ScoredSegment, Scoring
from report.captions.caption import Caption
from report.captions.words import WITHHELD, Words


def rfm_grid(words: Words) -> Caption:
    """The ten segments that quintile scores make, and which of them carries the value."""
    found = words.contract.scoring
    if found is None:
        raise KeyError("rfm-grid")
    measures = (found.recency, found.frequency, found.monetary)
    valued = any(one.value_share is not None for one in found.segments)
    head = ("Customers", "Share of customers", *(["Share of value"] if valued else []))
    told = " ".join(_sentence(words, one) for one in found.segments)
    return Caption(
        name="rfm-grid",
        page="method",
        takeaway=_takeaway(words, found),
        subtitle="To the right: bought more recently; upwards: bought more often and for more money; "
                 + ("colour: share of value against share of customers" if valued else "in each field: its customers"),
        description="A grid of five by five fields, by the score of recency and the score of frequency and monetary "
                    f"together, parted into ten named segments. {told}",
        columns=("Segment by scores", *head, *(f"Mean {words.label(name)}" for name in measures)),
        rows=tuple(_row(words, one, measures, valued=valued) for one in found.segments),
    )  # fmt: skip


def _row(words: Words, one: ScoredSegment, measures: tuple[str, ...], *, valued: bool) -> tuple[str, ...]:
    figures = words.figures
    shares = (one.share, *([one.value_share] if valued else []))
    nothing = "–" if one.size == 0 else WITHHELD
    return (
        one.name,
        WITHHELD if one.size is None else figures.number(one.size),
        *(nothing if share is None else figures.percent(share, 1) for share in shares),
        *(words.of(name, one.means[name]) if name in one.means else nothing for name in measures),
    )


def _takeaway(words: Words, found: Scoring) -> str:
    told = [one for one in found.segments if one.share]
    if not told:
        return "By the usual scores, every segment is too small to be shown."
    percent = words.figures.percent
    best = max(told, key=lambda one: (one.value_share or 0, one.share or 0, one.name))
    if best.value_share is None:
        largest = max(told, key=lambda one: (one.share or 0, one.name))
        return (
            f"By the usual scores, {largest.name} are the largest segment: {percent(largest.share or 0)} of customers."
        )
    return (
        f"By the usual scores, {best.name} are {percent(best.share or 0)} of customers and bring "
        f"{percent(best.value_share)} of the value."
    )


def _sentence(words: Words, one: ScoredSegment) -> str:
    if one.share is None:
        return f"{one.name}: withheld, too few."
    value = "" if one.value_share is None else f", {words.figures.percent(one.value_share, 1)} of value"
    return f"{one.name}: {words.figures.percent(one.share, 1)} of customers{value}."
