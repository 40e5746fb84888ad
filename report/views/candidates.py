"""Every number of segments that was tried: the figures that the rule uses, its answer, then every other index."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Candidate, Spread
from analysis.contract.indices import INDICES, Key
from analysis.contract.stability import DOUBTFUL
from analysis.contract.thresholds import APART, EVENLY_FILLED
from analysis.language import gettext, ngettext
from analysis.language.words import listed
from report.views.story import Story


@dataclass(frozen=True)
class CandidateRow:
    """One number of segments that was tried, its figures written."""

    k: str
    chosen: bool
    silhouette: str
    apart: str
    weakest: str
    agreement: str
    chance: str
    smallest: str
    bic: str
    ruled: str
    refused: bool
    others: tuple[str, ...]


def others() -> list[tuple[str, str]]:
    """Heads and glossary anchors of `CandidateRow.others`."""
    return [
        _head("calinski_harabasz"),
        _head("davies_bouldin"),
        (gettext("Prediction strength ± error"), INDICES["prediction_strength"].term),
        (gettext("Gap statistic ± error"), INDICES["gap"].term),
        (gettext("Inertia"), "inertia"),
        (gettext("Mean stability"), INDICES["stability"].term),
        (gettext("Agreement, single clouds"), "structureless-table"),
        (gettext("Agreement, even boxes"), "structureless-table"),
        _head("agreement"),
    ]


def _head(key: Key) -> tuple[str, str]:
    index = INDICES[key]
    return gettext(index.name), index.term


def candidate_rows(story: Story) -> list[CandidateRow]:
    """A row for every number of segments."""
    return [_candidate(story, one) for one in story.contract.selection.candidates]


def legend(story: Story) -> list[str]:
    """How to read the table: which end of a column is better, and the thresholds of the rule."""
    number = story.formats.number
    better = (
        gettext(
            "BIC is the Bayesian information criterion: lower is better. In all other columns of figures except the "
            "last, higher is better."
        )
        if by_criterion(story)
        else gettext("In all columns of figures except the last, higher is better.")
    )
    return [
        better,
        gettext(
            "Stability of the weakest segment: Jaccard similarity; above {limit} the segment is stable.",
            limit=number(DOUBTFUL, 2),
        ),
        gettext(
            "Separation of the closest two: in standard deviations; from {gap} there is a gap between all segments, "
            "and evenly spread customers give {evenly}.",
            gap=number(APART, 1), evenly=number(EVENLY_FILLED, 1),
        ),
        gettext(
            "Silhouette: mean over customers. Agreement of resamples: mean adjusted Rand index of two resamples. The "
            "last column is for comparison: 95% of tables without groups stay below it."
        ),
        gettext("The rule compares the figures before they are rounded."),
    ]  # fmt: skip


def several(story: Story) -> bool:
    """Whether there were several numbers to choose from; some algorithms find the number by themselves."""
    return len(story.contract.selection.candidates) > 1


def by_criterion(story: Story) -> bool:
    """Whether the Bayesian information criterion decides the number of segments; only mixtures have it."""
    return any(one.bic is not None for one in story.contract.selection.candidates)


def chance_mean(one: Candidate) -> float | None:
    """Mean agreement on tables without groups, of the kind that comes closest."""
    return max((kind.mean for kind in (one.agreement_normal, one.agreement_box) if kind), default=None)


def chance_of(one: Candidate) -> Spread | None:
    """Agreement on tables without groups, of the kind whose tables reach highest."""
    kinds = [kind for kind in (one.agreement_normal, one.agreement_box) if kind is not None]
    return max(kinds, key=lambda kind: kind.p95, default=None)


def _candidate(story: Story, one: Candidate) -> CandidateRow:
    figures, selection, chance = story.formats, story.contract.selection, chance_of(one)

    def figure(value: float | None, decimals: int = 2) -> str:
        return "–" if value is None else figures.number(value, decimals)

    def index(value: float | None) -> str:
        return "–" if value is None else figures.index(value)

    def with_error(value: float | None, error: float | None) -> str:
        if value is None or error is None:
            return figure(value)
        return f"{figure(value)} ± {figures.index(error)}"

    means = [kind.mean if kind else None for kind in (one.agreement_normal, one.agreement_box)]
    return CandidateRow(
        k=str(one.k),
        chosen=one.k == selection.k,
        silhouette=figure(one.silhouette),
        apart=figure(one.separation, 1),
        weakest=figure(one.weakest),
        agreement=figure(one.agreement.mean if one.agreement else None),
        chance=figure(chance.p95 if chance else None),
        smallest=story.nothing if one.smallest_share is None else story.share(one.smallest_share),
        bic=index(one.bic),
        ruled=_ruled(story, one),
        refused=one.refused is not None,
        others=(
            index(one.calinski_harabasz), index(one.davies_bouldin),
            with_error(one.prediction_strength, one.prediction_strength_error),
            with_error(one.gap, one.gap_error),
            index(one.inertia), figure(one.stability), *[figure(mean) for mean in means],
            figure(_beyond_chance(one)),
        ),
    )  # fmt: skip


def _beyond_chance(one: Candidate) -> float | None:
    """Mean agreement of resamples, less that on the kind of tables without groups which comes closest."""
    there = chance_mean(one)
    return one.agreement.mean - there if one.agreement and there is not None else None


def _ruled(story: Story, one: Candidate) -> str:
    """What the rule says of a number, in a word; why it is rejected is told below the table."""
    if one.k == story.contract.selection.auto_k and several(story):
        return gettext("Best of the rejected") if one.refused else gettext("Best choice")
    return gettext("Rejected") if one.refused else gettext("Accepted")


def refusals(story: Story) -> list[str]:
    """The reasons for which numbers are rejected, each with its numbers."""
    reasons: dict[str, list[int]] = {}
    for one in story.contract.selection.candidates:
        if one.refused:
            reasons.setdefault(one.refused, []).append(one.k)
    return [_refusal(reason, numbers) for reason, numbers in reasons.items()]


def _refusal(reason: str, numbers: list[int]) -> str:
    return ngettext(
        "Rejected with {numbers} segment: {reason}.",
        "Rejected with {numbers} segments: {reason}.",
        max(numbers), numbers=listed([str(each) for each in numbers]), reason=reason,
    )  # fmt: skip
