"""How far the segments can be trusted: the verdict, how many and why, how good they are, and where the method ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.contract import Budget, Segment, Verdict
from analysis.contract.algorithms import described
from report.views.algorithms import AlgorithmComparison, comparison
from report.views.assurance import on_the_border
from report.views.certainty import taken, verdict_line
from report.views.choice import ChoiceSection, choice
from report.views.lifetime import LIMIT, LifetimeWords, lifetime_words
from report.views.preparation import Prepared, counting, incomplete, logarithms, medians, prepared, set_apart
from report.views.scoring import QuintileScoring, scoring
from report.views.story import ChartBlock, Page, Story
from report.views.transactions import rules
from report.views.verdict import verdict_paragraph
from report.views.words import columns, listed, lower_first, plural, spelt

CHARTS = ("stability", "persistence", "silhouettes", "candidates", "gap", "lifetime", "rfm-grid")
"""Those that the page shows, where the table gives them."""


@dataclass(frozen=True)
class WorkflowStep:
    """One step of the workflow."""

    title: str
    text: str


@dataclass(frozen=True)
class QualityRow:
    """How well one segment holds."""

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
    """One segment's part of the budget and what makes it up."""

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
    """What the template `method` tells."""

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
    budget: Budget | None
    budget_rows: Sequence[BudgetRow]
    weights: str
    valued: bool


def method(story: Story) -> Page:
    """The method page."""
    contract, selection = story.contract, story.contract.selection
    word, line = verdict_line(contract)
    values = MethodPage(
        heading="How far to trust the segments",
        lead=(
            "What the table supports, how the number of segments was chosen, what the figures mean, and what they do "
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
        steps=_steps(story),
        prepared=prepared(story),
        counting=counting(story),
        medians=medians(story),
        set_apart=set_apart(story),
        incomplete=incomplete(story),
        limits=_limits(story),
        lifetime=lifetime_words(story),
        notebook=contract.repeatable,
        same=described(selection.algorithm).in_notebook,
        budget=contract.budget,
        budget_rows=[_budget_row(story, segment) for segment in story.contract.proper if segment.budget],
        weights=_weights(story),
        valued=story.value_told,
    )
    description = "The workflow, the choice of the number of segments, their quality, and the limits."
    return Page("method", "method", "Method", description, values, "Method")


def _steps(story: Story) -> list[WorkflowStep]:
    contract, figures = story.contract, story.formats
    by = columns([feature.label for feature in story.clustering])
    used, read = figures.number(contract.data.rows_used), figures.number(contract.data.rows_read)
    algorithm = described(contract.selection.algorithm)
    return [
        WorkflowStep(
            "Preparation",
            f"{read} rows were read and {used} used{_aside(story)}{_summed(story)}. Every column used for "
            f"grouping was standardised, that is {by}: its mean became 0 and its spread 1, so that no column counts "
            "more because of its unit."
            f"{_logarithms(story)}",
        ),
        WorkflowStep(
            "Exploration",
            "Distributions, correlations and groups were looked at before any grouping, to know what is there.",
        ),
        WorkflowStep(algorithm.label, f"{algorithm.label} {_range(story)}. {algorithm.works}".rstrip()),
        WorkflowStep(
            "Profiling",
            f"Each segment was described by its own figures against those of everybody, and {_naming(story)}.",
        ),
        WorkflowStep(
            "Recommendations",
            "From the playbook each segment gets the actions whose conditions its figures meet, ranked by expected "
            f"effect for their effort.{_split(story)}",
        ),
    ]


def _logarithms(story: Story) -> str:
    if not logarithms(story):
        return ""
    return " Before that, logarithms were taken of skewed amounts, whose typical figure is therefore the median."


def _range(story: Story) -> str:
    tried = [one.k for one in story.contract.selection.candidates]
    taken = f"{spelt(story.contract.selection.k)} {plural(story.contract.selection.k, 'segment', 'segments')}"
    if described(story.contract.selection.algorithm).finds_number:
        return f"found {taken} by itself"
    if len(tried) < 2:
        return f"was run for {taken}"
    return f"was run for {min(tried)} to {max(tried)} segments"


def _aside(story: Story) -> str:
    if not story.contract.data.rows_rejected:
        return ""
    return "; why the others were set aside is told on the data page"


def _summed(story: Story) -> str:
    """Where the rows are transactions: that customers were made of them."""
    if story.contract.data.transactions is None:
        return ""
    return f", and summed up to {story.formats.number(story.contract.data.customers)} customers"


def _naming(story: Story) -> str:
    if not story.personas:
        return "named after what sets it apart"
    return (
        "matched with the persona that it resembles most, if any does; where a persona says something that the "
        "figures do not, the page says so"
    )


def _split(story: Story) -> str:
    if story.contract.budget is None:
        return ""
    parts = "value, size and readiness to respond" if story.value_told else "size and readiness to respond"
    return f" The budget is split by {parts}."


def _persistence(story: Story) -> str:
    """What stays of the segments, where who passes is withheld and cannot be drawn."""
    one = taken(story.contract)
    kept = {each.id: each.persistence for each in one.segments} if one else {}
    told = [
        f"{segment.name} {story.nothing if value is None else story.formats.number(value, 1)}"
        for segment in story.contract.segments
        for value in (kept.get(segment.id),)
        if segment.id in kept
    ]
    if one is None or all(value is None for value in kept.values()):
        return ""
    return (
        f"How wholly each of the {spelt(one.k)} segments comes out of one segment of the next coarser division "
        f"(1: wholly; to {story.formats.number(0.1, 1)}): {'; '.join(told)}. Too few customers pass between single "
        "segments to be shown."
    )


def _quality(story: Story, segment: Segment) -> QualityRow:
    number = story.formats.number
    border = on_the_border(segment)
    return QualityRow(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        number(segment.silhouette, 2),
        "–" if segment.stability is None else number(segment.stability, 2),
        segment.stability_band or "not measured",
        story.nothing if border is None else number(border),
        story.formats.percent(segment.persona.fit) if segment.persona else "no persona",
    )


def _limits(story: Story) -> list[str]:
    by = columns([feature.label for feature in story.clustering])
    limits = [
        (
            "An algorithm such as K-Means returns groups on any table, also on one without groups. Stability, held "
            "against tables without groups, tells how far to believe them; it cannot tell whether they are useful."
        ),
        (
            "That segments come back when these customers are redrawn does not say that next year’s customers will "
            "fall into the same ones."
        ),
        f"The segments know {by} and nothing else. Another column could group the same customers otherwise.",
        "A difference between segments is a description, not a cause: that one group spends more does not say why.",
        (
            "Recommendations are the playbook’s judgement applied to the figures. Try them on a part of a segment "
            "first, and keep the rest for comparison."
        ),
    ]
    if story.lifetime:
        limits.append(LIMIT)
    elif story.valued and not story.value_known:
        limits.append(f"Value is an estimate, not counted revenue: {lower_first(story.site.value.label)}.")
    if story.contract.data.customers < 1000:
        limits.append(
            f"{story.formats.number(story.contract.data.customers)} customers are few: shares of small segments "
            "move by several points when other customers are drawn."
        )
    return limits


def _weights(story: Story) -> str:
    budget = story.contract.budget
    if budget is None:
        return ""
    total = sum(budget.weights.values())
    parts = [f"{name} {story.formats.percent(weight / total)}" for name, weight in budget.weights.items()]
    return listed(parts)


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
