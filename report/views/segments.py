"""All segments side by side: sizes, means, differences, and how well each wears its persona."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Feature, Segment
from report.views.story import Page, Story
from report.views.words import both, brief, lower_first, spelt


@dataclass(frozen=True)
class Row:
    """A segment in the comparison."""

    name: str
    slug: str
    colour: int
    size: str
    share: str
    value_share: str | None
    means: list[str]
    budget: str | None
    stability: str
    band: str | None


@dataclass(frozen=True)
class Fit:
    """How a segment wears its persona."""

    name: str
    slug: str
    colour: int
    fit: str
    sentences: list[str]


def segments(story: Story) -> Page:
    """The comparison page."""
    count = spelt(len(story.contract.segments))
    values: dict[str, object] = {
        "heading": f"{count.capitalize()} segments side by side",
        "lead": _lead(story),
        "features": [_mean_of(feature) for feature in story.clustering],
        "rows": [_row(story, segment) for segment in story.contract.segments],
        "has_value": story.valued,
        "value_words": _value(story),
        "has_budget": story.contract.budget is not None,
        "sizes": story.chart("segment-sizes"),
        "heatmap": story.chart("segment-heatmap"),
        "ranges": story.chart("segment-ranges"),
        "personas": story.personas,
        "fits": [_fit(story, segment) for segment in story.contract.segments if segment.persona],
        "unnamed": [segment.name for segment in story.contract.segments if not segment.persona],
    }
    return Page(
        "segments", "segments", "Segments", "All segments compared: sizes, figures and differences.", values, "Segments"
    )


def _lead(story: Story) -> str:
    largest = max(story.contract.segments, key=lambda segment: segment.size)
    smallest = min(story.contract.segments, key=lambda segment: segment.size)
    number = story.figures.number
    if largest.size == smallest.size:
        sizes = f"{both(len(story.contract.segments)).capitalize()} have {number(largest.size)} customers."
    else:
        sizes = f"From {number(largest.size)} customers ({largest.name}) to {number(smallest.size)} ({smallest.name})."
    order = ("value" if story.value_known else "estimated value") if story.valued else "size"
    return f"{sizes} They are listed by {order}, largest first."


def _value(story: Story) -> str:
    label = lower_first(story.site.value.label)
    if not story.valued:
        return ""
    return f"Value is {label}, as the table holds it." if story.value_known else f"Value is an estimate: {label}."


def _mean_of(feature: Feature) -> str:
    """The head of a column of means, with the unit that its cells leave out."""
    label = brief(lower_first(feature.label))
    unit = feature.unit if feature.format not in {"money", "percent"} and feature.role != "age" else None
    return f"Mean {label}, {unit}" if unit else f"Mean {label}"


def _row(story: Story, segment: Segment) -> Row:
    means = [story.figures.of(f, segment.centroid[f.name], short=True, unit=False) for f in story.clustering]
    return Row(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        story.figures.number(segment.size),
        story.share(segment.share),
        None if segment.value_share is None else story.share(segment.value_share),
        means,
        story.figures.money(segment.budget.amount) if segment.budget else None,
        "not measured" if segment.stability is None else story.figures.number(segment.stability, 2),
        segment.stability_band,
    )


def _fit(story: Story, segment: Segment) -> Fit:
    persona = segment.persona
    fit = story.figures.percent(persona.fit) if persona else ""
    sentences = [mismatch.sentence for mismatch in persona.mismatches] if persona else []
    return Fit(segment.name, segment.slug, story.colours[segment.id], fit, sentences)
