"""The measures of how far a segment can be trusted, each with its figure and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Border, Segment
from analysis.language import gettext, gettext_noop, ngettext
from report.captions.words import withheld
from report.views.candidates import chance_of
from report.views.certainty import taken
from report.views.ranges import size_range, stability_range
from report.views.story import Story

BANDS = {
    "highly stable": gettext_noop("Highly stable: on average, nearly the same customers are grouped together again."),
    "stable": gettext_noop("Stable: on average, most of the same customers are grouped together again."),
    "doubtful": gettext_noop("Doubtful: there is a pattern, but it is uncertain which customers belong to it."),
    "unstable": gettext_noop("Unstable: other samples of the customers give other segments."),
}
"""What the stability of a segment means, by its band."""


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


def measures(story: Story, segment: Segment) -> list[Measure]:
    """What was measured of a segment, in the order of the panel."""
    return [
        *_stability(story, segment),
        *_reference(story),
        _apart(story, segment),
        *_border(story, segment),
        *_fit(story, segment),
    ]


def _stability(story: Story, segment: Segment) -> list[Measure]:
    label = gettext("Stability")
    if segment.stability is None or segment.stability_band is None:
        return [Measure(label, "–", gettext("Not measured for these segments."), "jaccard-stability")]
    shared = gettext(
        "In {resamples} resamples (random samples drawn from the same customers), the segment and its closest match "
        "have {share} of their customers in common on average.",
        resamples=story.formats.number(story.contract.selection.resamples),
        share=story.formats.percent(segment.stability),
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
    one, number = taken(story.contract), story.formats.number
    if one is None or one.agreement is None:
        return []
    chance = chance_of(one)
    if chance is None:
        return []
    own, least = number(one.agreement.mean, 2), number(chance.p95, 2)
    beyond = one.agreement.mean > chance.p95 and own != least
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
        return [_on_the_border(withheld(), meaning, leans)]
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
        return [_on_the_border(withheld(), meaning)]
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
