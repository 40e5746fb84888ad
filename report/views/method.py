"""How far the segments can be trusted: the verdict, how many and why, how good they are, and the limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.contract import Budget, Segment, Verdict
from analysis.contract.algorithms import described
from analysis.language import gettext, gettext_noop
from analysis.language.words import spelt
from report.views.algorithms import AlgorithmComparison, comparison
from report.views.certainty import taken, verdict_line
from report.views.choice import ChoiceSection, choice
from report.views.lifetime import LifetimeWords, lifetime_words
from report.views.limits import limits
from report.views.measures import on_the_border
from report.views.preparation import Prepared, counting, incomplete, medians, prepared, set_apart
from report.views.recognised import recognised
from report.views.scoring import QuintileScoring, scoring
from report.views.steps import WorkflowStep, steps
from report.views.story import ChartBlock, Page, Story
from report.views.transactions import rules
from report.views.verdict import verdict_paragraph
from report.views.words import band, weighted

CHARTS = ("stability", "persistence", "silhouettes", "candidates", "gap", "lifetime", "rfm-grid")
"""Those that the page shows, where the table gives them."""
WEIGHTED = {
    "value": gettext_noop("value"),
    "size": gettext_noop("size"),
    "responsiveness": gettext_noop("responsiveness"),
}
"""What the split of the budget depends on."""


@dataclass(frozen=True)
class QualityRow:
    """The quality of one segment."""

    name: str
    slug: str
    colour: int
    silhouette: str
    stability: str
    band: str
    border: str
    fit: str


@dataclass(frozen=True)
class BudgetRow:
    """One segment's share of the budget and what it consists of."""

    name: str
    slug: str
    colour: int
    amount: str
    share: str
    value_part: str
    size_part: str
    responsiveness_part: str


@dataclass(frozen=True)
class MethodPage:
    """What the template `method` shows."""

    heading: str
    lead: str
    verdict: str
    verdict_key: Verdict
    verdict_line: str
    paragraph: str
    reason: str
    taken: str
    choice: ChoiceSection
    persistence: str
    charts: Mapping[str, ChartBlock | None]
    quality: Sequence[QualityRow]
    comparison: AlgorithmComparison | None
    scoring: QuintileScoring | None
    transactions: Sequence[str]
    steps: Sequence[WorkflowStep]
    prepared: Sequence[Prepared]
    counting: str
    medians: bool
    set_apart: str
    incomplete: str
    limits: Sequence[str]
    lifetime: LifetimeWords | None
    notebook: bool
    same: bool
    recognised: Sequence[str]
    budget: Budget | None
    budget_rows: Sequence[BudgetRow]
    weights: str
    scaled: bool
    valued: bool


def method(story: Story) -> Page:
    """The method page."""
    contract, selection = story.contract, story.contract.selection
    word, line = verdict_line(contract, story.formats)
    values = MethodPage(
        heading=gettext("How far to trust the segments"),
        lead=gettext(
            "What the table supports, how the number of segments was chosen, what the figures mean and what they do "
            "not mean."
        ),
        verdict=word,
        verdict_key=selection.verdict,
        verdict_line=line,
        paragraph=verdict_paragraph(story),
        reason=selection.reason,
        taken=spelt(selection.k),
        choice=choice(story),
        persistence="" if story.chart("persistence") else _persistence(story),
        charts={name: story.chart(name) for name in CHARTS},
        quality=[_quality(story, segment) for segment in story.contract.proper],
        comparison=comparison(story),
        scoring=scoring(story),
        transactions=rules(story, contract.data.transactions) if contract.data.transactions else [],
        steps=steps(story),
        prepared=prepared(story),
        counting=counting(story),
        medians=medians(story),
        set_apart=set_apart(story),
        incomplete=incomplete(story),
        limits=limits(story),
        lifetime=lifetime_words(story),
        notebook=contract.repeatable,
        same=described(selection.algorithm).in_notebook,
        recognised=recognised(story),
        budget=contract.budget,
        budget_rows=[_budget_row(story, segment) for segment in story.contract.proper if segment.budget],
        weights=_weights(story),
        scaled=any(_scaled(story, segment) for segment in story.contract.proper),
        valued=story.value_told,
    )
    description = gettext(
        "The steps of the analysis, the choice of the number of segments, their quality and the limits."
    )
    return Page("method", "method", gettext("Method"), description, values, gettext("Method"))


def _persistence(story: Story) -> str:
    """How much of each segment stays together, where the customers who move are withheld and cannot be drawn."""
    one = taken(story.contract)
    kept = {each.id: each.persistence for each in one.segments} if one else {}
    if one is None or all(value is None for value in kept.values()):
        return ""
    figures = {
        number: story.nothing if value is None else story.formats.number(value, 1) for number, value in kept.items()
    }
    told = [
        gettext("{what}: {figure}", what=segment.name, figure=figures[segment.id])
        for segment in story.contract.segments
        if segment.id in figures
    ]
    return gettext(
        "How far each of the {count} segments comes from a single segment of the next coarser division (1: entirely; "
        "rounded to {step}): {segments}. Too few customers move between single segments to be shown.",
        count=spelt(one.k), step=story.formats.number(0.1, 1), segments="; ".join(told),
    )  # fmt: skip


def _quality(story: Story, segment: Segment) -> QualityRow:
    number = story.formats.number
    border = on_the_border(segment)
    return QualityRow(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        number(segment.silhouette, 2),
        "–" if segment.stability is None else number(segment.stability, 2),
        band(segment.stability_band) or gettext("not measured"),
        story.nothing if border is None else number(border),
        story.formats.percent(segment.persona.fit) if segment.persona else gettext("no persona"),
    )


def _weights(story: Story) -> str:
    budget = story.contract.budget
    if budget is None:
        return ""
    return weighted({gettext(WEIGHTED[name]): weight for name, weight in budget.weights.items()}, story.formats)


def _scaled(story: Story, segment: Segment) -> bool:
    """Whether the budget’s share of customers differs from that of the other pages: shares of rounded counts may."""
    return segment.budget is not None and story.share(segment.budget.size_part) != story.share(segment.share)


def _budget_row(story: Story, segment: Segment) -> BudgetRow:
    budget = segment.budget
    if budget is None:
        raise ValueError(f"segment {segment.id} has no share of the budget")
    return BudgetRow(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        story.formats.money(budget.amount),
        story.share(budget.share),
        story.share(budget.value_part),
        story.share(budget.size_part),
        story.share(budget.responsiveness_part),
    )
