"""The panel “How sure are we”: a segment in one sentence, what that means for action, and then the statistics."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Border, Segment
from analysis.contract.stability import SOLID
from report.views.candidates import chance_of
from report.views.certainty import BANDS, shade, silhouette_words
from report.views.ranges import size_range, stability_range
from report.views.story import Story
from report.views.words import plural, times

HEADLINES = {
    "highly stable": "You can rely on this segment.",
    "stable": "You can plan with this segment.",
    "doubtful": "Take this segment for a pattern, not for a list of people.",
    "unstable": "Do not build on this segment alone.",
}
TONES = {"highly stable": "good", "stable": "good", "doubtful": "warn", "unstable": "bad"}
MEANING = {
    "highly stable": "Plan, budget and measure for it by itself.",
    "stable": "Plan and budget for it by itself, and expect some customers to move when the table is renewed.",
    "doubtful": (
        "Use it for broad messages and for tests; before money goes to single customers, check that they fit the rule."
    ),
    "unstable": "Treat its customers together with the nearest segment, and test before spending.",
}
ALONE_TOO_SMALL = (
    "It comes back, yet holds too few customers or too little value to be budgeted for by itself: what is done for all "
    "should reach it, too."
)
MANY_LEAN = 0.15
"""Share of customers on the border from which actions for the neighbour should suit them too."""
MOSTLY = (
    "You can mostly rely on this segment.",
    "Plan and budget for it by itself, and look at it again when the table is renewed: not every redraw finds it.",
)
"""Headline and meaning of a stable segment that some redraws lose."""
SELDOM = 0.025
"""Share of the redraws that may lose a segment on which one can rely all the same."""


@dataclass(frozen=True)
class Gauge:
    """Stability on a scale from 0 to 1, in per mille of its length."""

    dot: int
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Lean:
    """Customers who are nearly as close to another segment."""

    name: str
    slug: str
    colour: int
    customers: str
    """Empty where withheld."""


@dataclass(frozen=True)
class Measure:
    """One way of asking how sure we are."""

    label: str
    value: str
    meaning: str
    term: str | None
    """Anchor in the glossary."""
    range: str = ""
    leans: tuple[Lean, ...] = ()


@dataclass(frozen=True)
class Assurance:
    """The whole panel."""

    tone: str
    headline: str
    meaning: str
    gauge: Gauge | None
    measures: list[Measure]


def assurance(story: Story, segment: Segment) -> Assurance:
    """What is known of how far the segment can be trusted."""
    tone, headline = _judged(story, segment)
    return Assurance(
        tone,
        headline,
        " ".join(_meaning(story, segment)),
        _gauge(segment),
        [*_coming_back(story, segment), *_reference(story), _apart(story, segment), *_border(story, segment),
         *_fit(story, segment)],
    )  # fmt: skip


def _judged(story: Story, segment: Segment) -> tuple[str, str]:
    """Tone and headline: stability counts for what the table as a whole supports, and no more."""
    band, verdict = segment.stability_band, story.contract.selection.verdict
    if band is None:
        return "none", "How far this segment can be relied on was not measured."
    if band in SOLID and shade(story.contract) == "shifting":
        return "warn", "It comes back, while others of this division do not: a useful group, yet no finding."
    if band in SOLID and verdict == "constructive":
        return "warn", "It comes back, as any such cut would: a useful group, not one that exists by itself."
    if band in SOLID and verdict == "none":
        return "warn", "It comes back, yet the table as a whole supports no dependable segments."
    return TONES[band], MOSTLY[0] if _sometimes_lost(story, segment) else HEADLINES[band]


def _sometimes_lost(story: Story, segment: Segment) -> bool:
    """Whether a segment that comes back on average is lost in more than a fortieth of the redraws."""
    lost = segment.dissolved or 0
    return segment.stability_band in SOLID and lost > SELDOM * story.contract.selection.resamples


def _meaning(story: Story, segment: Segment) -> list[str]:
    """What to do about it, in two sentences at most."""
    band, verdict = segment.stability_band, story.contract.selection.verdict
    told = []
    if band in SOLID and verdict in {"constructive", "none"}:
        told.append("Use it to organise work and messages; another way of cutting may serve as well.")
    elif band in SOLID and any(one.name == "substantial" and not one.passed for one in segment.criteria):
        told.append(ALONE_TOO_SMALL)
    elif band is not None:
        told.append(MOSTLY[1] if _sometimes_lost(story, segment) else MEANING[band])
    leaning = [one for one in segment.borders if one.share]
    if sum(one.share or 0 for one in leaning) >= MANY_LEAN:
        most = max(leaning, key=lambda one: (one.share or 0, -one.id))
        told.append(f"What is done for it should suit {story.segment(most.id).name} as well: many stand in between.")
    return told


def _gauge(segment: Segment) -> Gauge | None:
    if segment.stability is None:
        return None
    ends = segment.stability_interval
    low, high = (round(ends.lower * 1000), round(ends.upper * 1000)) if ends else (None, None)
    return Gauge(round(segment.stability * 1000), low, high)


def _coming_back(story: Story, segment: Segment) -> list[Measure]:
    if segment.stability is None or segment.stability_band is None:
        return [Measure("Comes back", "–", "Not measured for this segmentation.", "jaccard-stability")]
    meaning = (
        f"{segment.stability_band.capitalize()}: {BANDS[segment.stability_band]}. Over "
        f"{story.contract.selection.resamples} redraws the segment and its nearest match share "
        f"{story.formats.percent(segment.stability)} of their customers on average{_lost(segment)}."
    )
    figure = story.formats.number(segment.stability, 2)
    back = Measure("Comes back", figure, meaning, "jaccard-stability", stability_range(story, segment))
    return [back, *_size(story, segment)]


def _lost(segment: Segment) -> str:
    if not segment.dissolved:
        return ""
    return f"; {times(segment.dissolved)} it was lost: no segment shared more than half of its customers"


def _size(story: Story, segment: Segment) -> list[Measure]:
    written = size_range(story, segment)
    if not written:
        return []
    meaning = "Customers; between these two if others were drawn and the segments found anew."
    return [Measure("Its size", story.formats.number(segment.size), meaning, "interval", written)]


def _reference(story: Story) -> list[Measure]:
    """Stability stands beside what tables without groups would give, which is known of all segments together."""
    selection, number = story.contract.selection, story.formats.number
    taken = next((one for one in selection.candidates if one.k == selection.k), None)
    if taken is None or taken.agreement is None:
        return []
    chance = chance_of(taken)
    if chance is None:
        return []
    own, least = number(taken.agreement.mean, 2), number(chance.p95, 2)
    beyond = taken.agreement.mean > chance.p95 and own != least
    others = (
        f"nineteen in twenty stay below {least}" if beyond else f"some agree as well: one in twenty reaches {least}"
    )
    meaning = (
        "All segments together: how far two redraws agree, from 0 to 1. Of made-up tables without any groups, "
        f"{others}."
    )
    return [Measure("Against chance", own, meaning, "structureless-table")]


def _apart(story: Story, segment: Segment) -> Measure:
    meaning = f"Mean silhouette, from −1 to 1: {silhouette_words(segment.silhouette)}."
    return Measure("Stands apart", story.formats.number(segment.silhouette, 2), meaning, "silhouette")


def on_the_border(segment: Segment) -> int | None:
    """Customers nearly as close to any other segment; None where that is not measured or withheld."""
    if not segment.borders:
        return segment.neighbour.border_customers if segment.neighbour else None
    known = [one.customers for one in segment.borders if one.customers is not None]
    return sum(known) if len(known) == len(segment.borders) else None


def _border(story: Story, segment: Segment) -> list[Measure]:
    if not segment.borders:
        return _no_border(story, segment)
    total = on_the_border(segment)
    leans = tuple(_lean(story, one) for one in segment.borders)
    if total is None:
        meaning = "Some customers are nearly as close to another segment; small numbers are withheld."
        return [Measure("On the border", "withheld", meaning, "border-customer", leans=leans)]
    number = story.formats.number
    meaning = (
        f"{number(total)} of {number(segment.size)} {plural(total, 'customer is', 'customers are')} nearly as close to "
        "another segment; what is done for that one suits them too."
    )
    return [Measure("On the border", number(total), meaning, "border-customer", leans=leans)]


def _no_border(story: Story, segment: Segment) -> list[Measure]:
    nearest = segment.neighbour
    if nearest is None:
        return []
    name = story.segment(nearest.id).name
    if nearest.border_customers is None:
        meaning = f"Few, or nearly all; the nearest segment is {name}."
        return [Measure("On the border", "withheld", meaning, "border-customer")]
    if nearest.border_customers:
        written = story.formats.number(nearest.border_customers)
        return [Measure("On the border", written, f"Nearly as close to {name}.", "border-customer")]
    return [Measure("On the border", "0", f"Nobody; the nearest segment is {name}.", "border-customer")]


def _lean(story: Story, border: Border) -> Lean:
    other = story.segment(border.id)
    customers = "" if border.customers is None else story.formats.number(border.customers)
    return Lean(other.name, other.slug, story.colours[other.id], customers)


def _fit(story: Story, segment: Segment) -> list[Measure]:
    persona = segment.persona
    if persona is None:
        return []
    meaning = " ".join(one.sentence for one in persona.mismatches) or "Every level the persona describes is met."
    return [Measure("Fits its persona", story.formats.percent(persona.fit), meaning, "persona")]
