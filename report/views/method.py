"""How the segments were found, how many and why, how good they are, and where the method ends."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Candidate, Segment
from report.views.certainty import verdict_line
from report.views.story import Page, Story
from report.views.words import columns, listed, lower_first, plural, sentence, spelt

INDICES = {
    "silhouette": "the silhouette",
    "calinski_harabasz": "the Calinski–Harabasz index",
    "davies_bouldin": "the Davies–Bouldin index",
}


@dataclass(frozen=True)
class Step:
    """One step of the workflow."""

    title: str
    text: str


@dataclass(frozen=True)
class CandidateRow:
    """One number of segments that was tried, written."""

    k: str
    chosen: bool
    silhouette: str
    calinski_harabasz: str
    davies_bouldin: str
    inertia: str
    smallest: str
    stability: str


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


def method(story: Story) -> Page:
    """The method page."""
    contract, selection = story.contract, story.contract.selection
    word, line = verdict_line(contract)
    values: dict[str, object] = {
        "heading": "How the segments were found",
        "lead": (
            "In five steps, each of which can be repeated. This page says what was done, what the figures mean, "
            "and what they do not mean."
        ),
        "verdict": word,
        "verdict_key": selection.verdict,
        "verdict_line": line,
        "reason": selection.reason,
        "steps": _steps(story),
        "choice": _choice(story),
        "candidates_chart": story.chart("candidates"),
        "candidates": [_candidate(story, candidate) for candidate in selection.candidates],
        "quality_chart": story.chart("segment-quality"),
        "quality": [_quality(story, segment) for segment in contract.segments],
        "limits": _limits(story),
        "budget": contract.budget,
        "budget_rows": [_budget_row(story, segment) for segment in contract.segments if segment.budget],
        "weights": _weights(story),
        "valued": story.valued,
    }
    description = "The workflow, the choice of the number of segments, their quality, and the limits."
    return Page("method", "method", "Method", description, values, "Method")


def _steps(story: Story) -> list[Step]:
    contract, figures = story.contract, story.figures
    by = columns([feature.label for feature in story.clustering])
    used, read = figures.number(contract.data.rows_used), figures.number(contract.data.rows_read)
    low, high = contract.selection.candidates[0].k, contract.selection.candidates[-1].k
    return [
        Step(
            "Preparation",
            f"{read} rows were read and {used} used{_aside(story)}. Every column used for grouping was standardised, "
            f"that is {by}: its mean became 0 and its spread 1, so that no column counts more because of its unit.",
        ),
        Step(
            "Exploration",
            "Distributions, correlations and groups were looked at before any grouping, to know what is there.",
        ),
        Step(
            "K-Means",
            f"K-Means was run for {low} to {high} segments. It places that many centres, gives every customer to the "
            "nearest, moves each centre to the mean of its customers, and repeats until nothing changes; many starts "
            "are tried and the tightest result is kept.",
        ),
        Step(
            "Profiling",
            f"Each segment was described by its own figures against those of everybody, and {_naming(story)}.",
        ),
        Step(
            "Recommendations",
            "From the playbook each segment gets the actions whose conditions its figures meet, ranked by expected "
            f"effect for their effort.{_split(story)}",
        ),
    ]


def _aside(story: Story) -> str:
    if not story.contract.data.rows_rejected:
        return ""
    return "; why the others were set aside is told on the data page"


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
    parts = "value, size and readiness to respond" if story.valued else "size and readiness to respond"
    return f" The budget is split by {parts}."


def _choice(story: Story) -> str:
    selection = story.contract.selection
    groups: dict[int, list[str]] = {}
    for index, words in INDICES.items():
        if index in selection.preferred:
            groups.setdefault(selection.preferred[index], []).append(words)
    opinions = [
        f"{listed(words)} {plural(len(words), 'is', 'are')} best at {spelt(k)}" for k, words in sorted(groups.items())
    ]
    return sentence(listed(opinions, "while") if len(opinions) == 2 else listed(opinions)) if opinions else ""


def _candidate(story: Story, candidate: Candidate) -> CandidateRow:
    number = story.figures.number
    return CandidateRow(
        str(candidate.k),
        candidate.k == story.contract.selection.k,
        number(candidate.silhouette, 3),
        number(candidate.calinski_harabasz, 1),
        number(candidate.davies_bouldin, 3),
        number(candidate.inertia, 1),
        "–" if candidate.smallest_share is None else story.share(candidate.smallest_share),
        "–" if candidate.stability is None else number(candidate.stability, 2),
    )


def _quality(story: Story, segment: Segment) -> QualityRow:
    number = story.figures.number
    border = segment.neighbour.border_customers if segment.neighbour else None
    return QualityRow(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        number(segment.silhouette, 2),
        "–" if segment.stability is None else number(segment.stability, 2),
        segment.stability_band or "not measured",
        "–" if border is None else number(border),
        story.figures.percent(segment.persona.fit) if segment.persona else "no persona",
    )


def _limits(story: Story) -> list[str]:
    by = columns([feature.label for feature in story.clustering])
    limits = [
        (
            "K-Means always returns as many groups as it is asked for, on any table, also on one without groups. "
            "Stability and separation tell how far to believe them."
        ),
        f"The segments know {by} and nothing else. Another column could group the same customers otherwise.",
        "A difference between segments is a description, not a cause: that one group spends more does not say why.",
        (
            "Recommendations are the playbook’s judgement applied to the figures. Try them on a part of a segment "
            "first, and keep the rest for comparison."
        ),
    ]
    if story.valued and not story.value_known:
        limits.append(f"Value is an estimate and no revenue that was counted: {lower_first(story.site.value.label)}.")
    if story.contract.data.rows_used < 1000:
        limits.append(
            f"{story.figures.number(story.contract.data.rows_used)} customers are few: shares of small segments "
            "move by several points when other customers are drawn."
        )
    return limits


def _weights(story: Story) -> str:
    budget = story.contract.budget
    if budget is None:
        return ""
    total = sum(budget.weights.values())
    parts = [f"{name} {story.figures.percent(weight / total)}" for name, weight in budget.weights.items()]
    return listed(parts)


def _budget_row(story: Story, segment: Segment) -> BudgetRow:
    budget = segment.budget
    if budget is None:
        raise ValueError(f"segment {segment.id} has no share of the budget")
    return BudgetRow(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        story.figures.money(budget.amount),
        story.share(budget.share),
        story.share(budget.value_part),
        story.share(budget.size_part),
        story.share(budget.responsiveness_part),
    )
