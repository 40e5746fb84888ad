"""The verdict without jargon: a paragraph for the method page, and a warning for every page where there is none."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract.stability import DOUBTFUL, SOLID, UNSTABLE
from report.views.candidates import chance_mean
from report.views.certainty import but_lost, shade, taken, weakest
from report.views.story import Story
from report.views.words import both, named, spelt


@dataclass(frozen=True)
class Banner:
    """What stands at the top of every page where the table supports no segments."""

    title: str
    text: str


def banner(story: Story) -> Banner | None:
    """The warning of a table that supports no segments; None for any other."""
    if story.contract.selection.verdict != "none":
        return None
    return Banner("These segments are not dependable.", f"{_why_none(story)} Read every figure as a rough guide.")


def verdict_paragraph(story: Story) -> str:
    """What the verdict means, what it rests on, and what to do with the segments; plain words, no index."""
    verdict = story.contract.selection.verdict
    count = len(story.contract.proper)
    if verdict == "natural":
        many = f"There are gaps between {both(count)} segments"
        gaps = "There is a gap between the two segments" if count == 2 else many
        return (
            f"{gaps}, with few customers in between: the table holds separate groups. "
            f"{_redrawn(story)} Plan with these segments."
        )
    if verdict == "reproducible":
        return (
            f"There are no gaps between the segments: customers shade from one into the next, and those near a border "
            f"would fit either. Yet the division is no accident. {_redrawn(story)} {_tables(story)}: none of them gave "
            "segments as tight, and on average theirs came back less faithfully. Plan with these segments, and expect "
            "some customers to fit two of them."
        )
    if verdict == "constructive":
        return _shifting(story) if shade(story.contract) == "shifting" else _useful(story)
    return (
        f"{_why_none(story)} Segments can be formed on any table, so the pages of this site are still filled; "
        "treat them as a picture of the table, not as a finding, and decide nothing on them alone."
    )


def _redrawn(story: Story) -> str:
    return (
        f"The customers were redrawn {story.formats.number(story.contract.selection.resamples)} times, and every "
        f"segment came back, on average with most of the same people in it{but_lost(story.contract)}."
    )


def _tables(story: Story) -> str:
    # Two kinds of them: round clouds and even boxes.
    count = 2 * story.contract.selection.reference_tables
    tables = f"{story.formats.number(count)} made-up tables" if count else "made-up tables"
    return f"The same was tried on {tables} of the same size, spread and correlations that hold no groups at all"


def _useful(story: Story) -> str:
    back = "" if weakest(story.contract) is None else "They come back when the customers are redrawn, but so "
    return (
        "The segments are a useful way to divide the customers, not groups that exist by themselves. "
        f"{back or 'So '}do the segments of made-up tables that hold no groups at all: one single cloud of customers, "
        "cut in the same way, would do as well or nearly so. Use them to organise work, as one uses age bands; another "
        "cut may serve as well."
    )


def _shifting(story: Story) -> str:
    """A division of which some segments do not come back: what may be done with which of them."""
    found = story.contract.segments
    doubted = [one.name for one in found if one.stability_band and one.stability_band not in SOLID]
    solid = [one.name for one in found if one.stability_band in SOLID]
    told = (
        "The segments are one way of several to divide the customers. When the customers are redrawn, not every "
        "segment "
        f"comes back{_named('; to be doubted: ', doubted)}.{_no_better(story)}"
    )
    if not solid:
        return f"{told} Another draw of customers would give others: set no budget and measure no change by them."
    return f"{told} Organise work by {named(solid)}; set no budget and measure no change by the others."


def _named(before: str, names: list[str]) -> str:
    return f"{before}{named(names)}" if names else ""


def _no_better(story: Story) -> str:
    """Whether redraws agree no more than those of tables without groups."""
    one, number = taken(story.contract), story.formats.number
    there = None if one is None else chance_mean(one)
    if one is None or one.agreement is None or there is None or one.agreement.mean > there:
        return ""
    return (
        f" Two redraws agree to {number(one.agreement.mean, 2)}, no more than two of a made-up table without any "
        f"groups do on average ({number(there, 2)})."
    )


def _why_none(story: Story) -> str:
    selection, customers = story.contract.selection, story.contract.data.customers
    if selection.stability is not None and selection.stability < UNSTABLE:
        return "When the customers are redrawn, other segments come out: this table supports no dependable division."
    known = [one.stability for one in story.contract.proper if one.stability is not None]
    if known and max(known) <= DOUBTFUL:
        return (
            "When the customers are redrawn, no segment comes back reliably: this table supports no dependable "
            "division."
        )
    return (
        f"{story.formats.number(customers)} customers are too few to support a dependable division into "
        f"{spelt(selection.k)} segments."
    )
