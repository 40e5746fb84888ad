"""The verdict without jargon: a paragraph for the method page, and a warning for every page where there is none."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract.stability import DOUBTFUL, SOLID, UNSTABLE
from analysis.language import gettext
from analysis.language.words import spelt
from report.views.candidates import chance_mean
from report.views.certainty import missing_most_often, shade, taken, weakest
from report.views.story import Story
from report.views.words import named


@dataclass(frozen=True)
class Banner:
    """What stands at the top of every page where the table supports no segments."""

    title: str
    text: str


def banner(story: Story) -> Banner | None:
    """The warning of a table that supports no segments; None for any other."""
    if story.contract.selection.verdict != "none":
        return None
    warning = gettext("Treat every figure as a rough guide.")
    return Banner(gettext("These segments are not reliable."), f"{_why_none(story)} {warning}")


def verdict_paragraph(story: Story) -> str:
    """What the verdict means, what it rests on, and what to do with the segments; plain words, no index."""
    tell = {
        "natural": _natural, "reproducible": _reproducible, "constructive": _useful, "shifting": _shifting,
        "none": _none,
    }  # fmt: skip
    return " ".join(filter(None, tell[shade(story.contract)](story)))


def _natural(story: Story) -> list[str]:
    count = len(story.contract.proper)
    gaps = (
        gettext("The two segments are separated by a gap with few customers in it: the table contains separate groups.")
        if count == 2
        else gettext(
            "All {count} segments are separated by gaps with few customers in them: the table contains separate "
            "groups.",
            count=spelt(count),
        )
    )
    return [gaps, *_kept_together(story), gettext("Plan with these segments.")]


def _reproducible(story: Story) -> list[str]:
    return [
        gettext(
            "The segments are not all separated by gaps: some blend into each other, and customers near a border would "
            "fit either side. Still, the division is more than chance."
        ),
        *_kept_together(story),
        _random_tables(story),
        gettext("Plan with these segments, but expect some customers to fit two of them."),
    ]


def _kept_together(story: Story) -> list[str]:
    return [
        gettext(
            "In {resamples} resamples (random samples drawn from the same customers), each segment kept most of its "
            "customers on average.",
            resamples=story.formats.number(story.contract.selection.resamples),
        ),
        missing_most_often(story.contract, story.formats),
    ]


def _random_tables(story: Story) -> str:
    # Two kinds of them: round clouds and even boxes.
    count = 2 * story.contract.selection.reference_tables
    if count == 0:
        return gettext(
            "Random tables of the same size, spread and correlations but without groups were analysed in the same way: "
            "none of them gave segments as tight, and on average theirs were less stable."
        )
    return gettext(
        "{count} random tables of the same size, spread and correlations but without groups were analysed in the same "
        "way: none of them gave segments as tight, and on average theirs were less stable.",
        count=story.formats.number(count),
    )


def _useful(story: Story) -> list[str]:
    compared = (
        gettext("Dividing random tables without groups in the same way works as well or nearly so.")
        if weakest(story.contract) is None
        else gettext(
            "They are stable in repeated samples of the same customers, but so are segments of random tables without "
            "groups: dividing one single cloud of customers in the same way works as well or nearly so."
        )
    )
    return [
        gettext("The segments are a useful way to divide the customers, but not natural groups."),
        compared,
        gettext("Use them to organise work, as you would use age bands. Another division may serve as well."),
    ]


def _shifting(story: Story) -> list[str]:
    """A division of which some segments are not stable: what may be done with which of them."""
    found = story.contract.segments
    doubted = [one.name for one in found if one.stability_band and one.stability_band not in SOLID]
    solid = [one.name for one in found if one.stability_band in SOLID]
    advice = (
        gettext(
            "Organise work by {segments}. Do not set budgets or measure change by the other segments.",
            segments=named(solid),
        )
        if solid
        else gettext(
            "A new sample of customers would give other segments: do not set budgets or measure change by them."
        )
    )
    return [
        gettext(
            "The segments are one of several ways to divide the customers. In repeated samples of the same customers, "
            "not every segment is stable."
        ),
        gettext("Not stable: {segments}.", segments=named(doubted)) if doubted else "",
        _no_better(story),
        advice,
    ]


def _no_better(story: Story) -> str:
    """Whether resamples agree no more than those of tables without groups."""
    one, number = taken(story.contract), story.formats.number
    there = None if one is None else chance_mean(one)
    if one is None or one.agreement is None or there is None or one.agreement.mean > there:
        return ""
    return gettext(
        "Two such samples agree to {agreement} on average (1: the same segments), no more than two samples of a random "
        "table without groups ({chance}).",
        agreement=number(one.agreement.mean, 2), chance=number(there, 2),
    )  # fmt: skip


def _none(story: Story) -> list[str]:
    return [
        _why_none(story),
        gettext(
            "Any table can be divided into segments, so the pages of this site are still filled. Treat them as a "
            "description of this table, not as a finding, and base no decision on them alone."
        ),
    ]


def _why_none(story: Story) -> str:
    selection, customers = story.contract.selection, story.contract.data.customers
    if selection.stability is not None and selection.stability < UNSTABLE:
        return gettext(
            "Repeated samples of the same customers give other segments: this table does not support a reliable "
            "division."
        )
    known = [one.stability for one in story.contract.proper if one.stability is not None]
    if known and max(known) <= DOUBTFUL:
        return gettext(
            "No segment is stable in repeated samples of the same customers: this table does not support a reliable "
            "division."
        )
    return gettext(
        "{customers} customers are too few to support a reliable division into {count} segments.",
        customers=story.formats.number(customers), count=spelt(selection.k),
    )  # fmt: skip
