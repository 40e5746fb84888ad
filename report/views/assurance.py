"""The panel “How sure are we” of a segment: how reliable it is, what that means for action, and the statistics."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Border, Segment
from analysis.contract.stability import SOLID
from analysis.language import gettext, gettext_noop, ngettext
from report.captions.words import WITHHELD
from report.views.candidates import chance_of
from report.views.certainty import shade
from report.views.ranges import size_range, stability_range
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
    "It is stable, but has too few customers or too little value for a budget of its own. Actions for all customers "
    "should reach it, too."
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
BANDS = {
    "highly stable": gettext_noop("Highly stable: on average, nearly the same customers are grouped together again."),
    "stable": gettext_noop("Stable: on average, most of the same customers are grouped together again."),
    "doubtful": gettext_noop("Doubtful: there is a pattern, but it is uncertain which customers belong to it."),
    "unstable": gettext_noop("Unstable: other samples of the customers give other segments."),
}
"""What the stability of a segment means, by its band."""


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
    """How far the segment can be trusted."""
    tone, headline = _judged(story, segment)
    return Assurance(
        tone,
        headline,
        " ".join(_meaning(story, segment)),
        _gauge(segment),
        [*_stability(story, segment), *_reference(story), _apart(story, segment), *_border(story, segment),
         *_fit(story, segment)],
    )  # fmt: skip


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


def _stability(story: Story, segment: Segment) -> list[Measure]:
    label = gettext("Stability")
    if segment.stability is None or segment.stability_band is None:
        return [Measure(label, "–", gettext("Not measured for these segments."), "jaccard-stability")]
    shared = gettext(
        "In {resamples} resamples (random samples drawn from the same customers), the segment and its closest match "
        "have {share} of their customers in common on average.",
        resamples=story.contract.selection.resamples, share=story.formats.percent(segment.stability),
    )  # fmt: skip
    meaning = f"{gettext(BANDS[segment.stability_band])} {shared} {_lost(segment)}".rstrip()
    figure = story.formats.number(segment.stability, 2)
    measure = Measure(label, figure, meaning, "jaccard-stability", stability_range(story, segment))
    return [measure, *_size(story, segment)]


def _lost(segment: Segment) -> str:
    """How often the segment dissolved, in a sentence; empty where it never did."""
    if not segment.dissolved:
        return ""
    return ngettext(
        "It was missing in {count} resample: no segment there had more than half of the customers in common with it.",
        "It was missing in {count} resamples: no segment there had more than half of the customers in common with it.",
        segment.dissolved, count=segment.dissolved,
    )  # fmt: skip


def _size(story: Story, segment: Segment) -> list[Measure]:
    written = size_range(story, segment)
    if not written:
        return []
    meaning = gettext(
        "Customers, with a 95% interval: with a new sample of similar customers, the number would usually fall in this "
        "range."
    )
    return [Measure(gettext("Size"), story.formats.number(segment.size), meaning, "interval", written)]


def _reference(story: Story) -> list[Measure]:
    """Stability beside that of random tables without groups, which is known of all segments together."""
    selection, number = story.contract.selection, story.formats.number
    taken = next((one for one in selection.candidates if one.k == selection.k), None)
    if taken is None or taken.agreement is None:
        return []
    chance = chance_of(taken)
    if chance is None:
        return []
    own, least = number(taken.agreement.mean, 2), number(chance.p95, 2)
    beyond = taken.agreement.mean > chance.p95 and own != least
    meaning = (
        gettext(
            "All segments together: how far two resamples agree (0: no more than by chance, 1: fully). For comparison, "
            "95% of random tables without groups stay below {chance}.",
            chance=least,
        )
        if beyond
        else gettext(
            "All segments together: how far two resamples agree (0: no more than by chance, 1: fully). Some random "
            "tables without groups agree as well: 5% of them reach {chance}.",
            chance=least,
        )
    )
    return [Measure(gettext("Compared with chance"), own, meaning, "structureless-table")]


def _apart(story: Story, segment: Segment) -> Measure:
    meaning = silhouette_words(segment.silhouette)
    return Measure(gettext("Separation"), story.formats.number(segment.silhouette, 2), meaning, "silhouette")


def silhouette_words(silhouette: float) -> str:
    """What a mean silhouette says (bands of Kaufman and Rousseeuw 1990)."""
    if silhouette > 0.7:
        return gettext("Mean silhouette (−1 to 1): clearly separate from the other segments.")
    if silhouette > 0.5:
        return gettext("Mean silhouette (−1 to 1): reasonably separate from the other segments.")
    if silhouette > 0.25:
        return gettext("Mean silhouette (−1 to 1): close to its neighbours, with customers in between.")
    return gettext("Mean silhouette (−1 to 1): not clearly separate; many customers would fit another segment as well.")


def on_the_border(segment: Segment) -> int | None:
    """Customers nearly as close to any other segment; None where that is not measured or withheld."""
    if not segment.borders:
        return segment.neighbour.border_customers if segment.neighbour else None
    known = [one.customers for one in segment.borders if one.customers is not None]
    return sum(known) if len(known) == len(segment.borders) else None


def _border(story: Story, segment: Segment) -> list[Measure]:
    if not segment.borders:
        return _no_border(story, segment)
    total, number = on_the_border(segment), story.formats.number
    leans = tuple(_lean(story, one) for one in segment.borders)
    if total is None:
        meaning = gettext("Some customers are nearly as close to another segment. Small numbers are withheld.")
        return [_on_the_border(gettext(WITHHELD), meaning, leans)]
    meaning = ngettext(
        "{count} of {size} customers is nearly as close to another segment. Actions for that segment suit this "
        "customer, too.",
        "{count} of {size} customers are nearly as close to another segment. Actions for that segment suit them, too.",
        total, count=number(total), size=number(segment.size),
    )  # fmt: skip
    return [_on_the_border(number(total), meaning, leans)]


def _no_border(story: Story, segment: Segment) -> list[Measure]:
    nearest = segment.neighbour
    if nearest is None:
        return []
    name, count = story.segment(nearest.id).name, nearest.border_customers
    if count is None:
        meaning = gettext("Few or nearly all of its customers. The nearest segment is {segment}.", segment=name)
        return [_on_the_border(gettext(WITHHELD), meaning)]
    if count:
        meaning = gettext("Customers nearly as close to {segment}.", segment=name)
        return [_on_the_border(story.formats.number(count), meaning)]
    return [_on_the_border("0", gettext("No customers. The nearest segment is {segment}.", segment=name))]


def _on_the_border(value: str, meaning: str, leans: tuple[Lean, ...] = ()) -> Measure:
    return Measure(gettext("On the border"), value, meaning, "border-customer", leans=leans)


def _lean(story: Story, border: Border) -> Lean:
    other = story.segment(border.id)
    customers = "" if border.customers is None else story.formats.number(border.customers)
    return Lean(other.name, other.slug, story.colours[other.id], customers)


def _fit(story: Story, segment: Segment) -> list[Measure]:
    persona = segment.persona
    if persona is None:
        return []
    met = gettext("The segment meets every level that the persona describes.")
    meaning = " ".join(one.sentence for one in persona.mismatches) or met
    return [Measure(gettext("Persona fit"), story.formats.percent(persona.fit), meaning, "persona")]
