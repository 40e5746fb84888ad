"""The panel “How sure are we” of a segment: how reliable it is, what that means for action, and the statistics."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Segment
from analysis.contract.stability import SOLID
from analysis.language import gettext, gettext_noop
from report.views.certainty import shade
from report.views.measures import Measure, measures
from report.views.story import Story

HEADLINES = {
    "highly stable": gettext_noop("This segment is reliable."),
    "stable": gettext_noop("You can plan with this segment."),
    "doubtful": gettext_noop("This segment shows a pattern; it is not a reliable list of customers."),
    "unstable": gettext_noop("Do not rely on this segment alone."),
}
TONES = {"highly stable": "good", "stable": "good", "doubtful": "warn", "unstable": "bad"}
MEANING = {
    "highly stable": gettext_noop("You can plan, budget and measure for it on its own."),
    "stable": gettext_noop(
        "You can plan and budget for it on its own, but expect some customers to move when the table is updated."
    ),
    "doubtful": gettext_noop(
        "Use it for broad messages and for tests. Before you spend money on single customers, check that they fit the "
        "rule."
    ),
    "unstable": gettext_noop(
        "Treat its customers together with those of the nearest segment, and test before you spend money."
    ),
}
ALONE_TOO_SMALL = gettext_noop(
    "It is stable, but has too few customers or too little value for large campaigns of its own. Actions for all "
    "customers should reach it, too."
)
MANY_LEAN = 0.15
"""Share of customers on the border from which actions for the neighbour should suit them too."""
MOSTLY = (
    gettext_noop("This segment is mostly reliable."),
    gettext_noop(
        "You can plan and budget for it on its own. Check it again when the table is updated: it was not found in "
        "every resample."
    ),
)
"""Headline and meaning of a stable segment that some resamples lose."""
SELDOM = 0.025
"""Share of the resamples that may lose a segment which is reliable all the same."""


@dataclass(frozen=True)
class Gauge:
    """Stability on a scale from 0 to 1, in per mille of its length."""

    dot: int
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Assurance:
    """The whole panel."""

    tone: str
    headline: str
    meaning: str
    gauge: Gauge | None
    measures: list[Measure]


def assurance(story: Story, segment: Segment) -> Assurance:
    """How far the segment can be trusted."""
    tone, headline = _judged(story, segment)
    return Assurance(
        tone,
        headline,
        " ".join(_meaning(story, segment)),
        _gauge(segment),
        measures(story, segment),
    )


def _judged(story: Story, segment: Segment) -> tuple[str, str]:
    """Tone and headline: stability counts for what the table as a whole supports, and no more."""
    band, verdict = segment.stability_band, story.contract.selection.verdict
    if band is None:
        return "none", gettext("How reliable this segment is was not measured.")
    if band in SOLID and shade(story.contract) == "shifting":
        return "warn", gettext("This segment is stable, but others are not: it is useful, but not a finding.")
    if band in SOLID and verdict == "constructive":
        return "warn", gettext(
            "This segment is stable, but so are segments of tables without groups. It is useful, but not a natural "
            "group."
        )
    if band in SOLID and verdict == "none":
        return "warn", gettext("This segment is stable, but the table as a whole does not support reliable segments.")
    return TONES[band], gettext(MOSTLY[0] if _sometimes_lost(story, segment) else HEADLINES[band])


def _sometimes_lost(story: Story, segment: Segment) -> bool:
    """Whether a segment that is stable on average is lost in more than a fortieth of the resamples."""
    lost = segment.dissolved or 0
    return segment.stability_band in SOLID and lost > SELDOM * story.contract.selection.resamples


def _meaning(story: Story, segment: Segment) -> list[str]:
    """What to do about it, in a few short sentences."""
    band, verdict = segment.stability_band, story.contract.selection.verdict
    told = []
    if band in SOLID and verdict in {"constructive", "none"}:
        told.append(gettext("Use it to organise work and messages. Another division may serve as well."))
    elif band in SOLID and any(one.name == "substantial" and not one.passed for one in segment.criteria):
        told.append(gettext(ALONE_TOO_SMALL))
    elif band is not None:
        told.append(gettext(MOSTLY[1] if _sometimes_lost(story, segment) else MEANING[band]))
    leaning = [one for one in segment.borders if one.share]
    if sum(one.share or 0 for one in leaning) >= MANY_LEAN:
        most = max(leaning, key=lambda one: (one.share or 0, -one.id))
        told.append(
            gettext(
                "Many of its customers are close to another segment. Actions for it should suit {segment} as well.",
                segment=story.segment(most.id).name,
            )
        )
    return told


def _gauge(segment: Segment) -> Gauge | None:
    if segment.stability is None:
        return None
    ends = segment.stability_interval
    low, high = (round(ends.lower * 1000), round(ends.upper * 1000)) if ends else (None, None)
    return Gauge(round(segment.stability * 1000), low, high)
