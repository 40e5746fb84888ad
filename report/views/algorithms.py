"""The algorithms held against each other, where the configuration asks for it: figures, and how alike they divide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.contract import AlgorithmResult
from analysis.contract.algorithms import described
from report.views.certainty import VERDICTS
from report.views.story import Story

ALIKE = 0.80
"""An adjusted Rand index from which two divisions are called nearly the same."""


@dataclass(frozen=True)
class AlgorithmRow:
    """One algorithm at the number of segments that its rule gives it, written."""

    name: str
    taken: bool
    figures: tuple[str, ...]
    verdict: str
    note: str


HEADS = (
    ("Segments", None),
    ("Silhouette", "silhouette"),
    ("Weakest segment", "jaccard-stability"),
    ("Redraws agree", "adjusted-rand-index"),
    ("Prediction strength", "prediction-strength"),
    ("Smallest", None),
    ("Unassigned", None),
    ("BIC", "bic"),
)
"""Heads and glossary anchors of `AlgorithmRow.figures`."""


@dataclass(frozen=True)
class Alike:
    """How alike one algorithm and each of the others divide the customers."""

    name: str
    cells: tuple[str, ...]


def algorithm_name(key: str) -> str:
    """`kmeans` as people write it."""
    return described(key).label


@dataclass(frozen=True)
class AlgorithmComparison:
    """The algorithms that were run on the same customers, side by side."""

    sentence: str
    heads: Sequence[tuple[str, str | None]]
    """Each index with its term in the glossary, where it has one."""
    rows: Sequence[AlgorithmRow]
    names: Sequence[str]
    alike: Sequence[Alike]


def comparison(story: Story) -> AlgorithmComparison | None:
    """The comparison; None where one algorithm alone was run."""
    selection = story.contract.selection
    if len(selection.algorithms) < 2:
        return None
    names = [one.algorithm for one in selection.algorithms]
    return AlgorithmComparison(
        sentence=_sentence(story),
        heads=HEADS,
        rows=[_row(story, one) for one in selection.algorithms],
        names=[algorithm_name(name) for name in names],
        alike=[Alike(algorithm_name(one), tuple(_agreement(story, one, other) for other in names)) for one in names]
        if selection.agreements
        else [],
    )


def _row(story: Story, one: AlgorithmResult) -> AlgorithmRow:
    def figure(value: float | None, decimals: int = 2) -> str:
        return "–" if value is None else story.formats.number(value, decimals)

    def share(value: float | None) -> str:
        return "–" if value is None else story.share(value)

    written = (
        str(one.k), figure(one.silhouette), figure(one.weakest), figure(one.agreement),
        figure(one.prediction_strength), _smallest(story, one), share(one.unassigned_share), figure(one.bic, 0),
    )  # fmt: skip
    return AlgorithmRow(algorithm_name(one.algorithm), one.taken, written, VERDICTS[one.verdict][0], one.note or "")


def _agreement(story: Story, one: str, other: str) -> str:
    if one == other:
        return "1"
    found = (each.adjusted_rand for each in story.contract.selection.agreements if {each.a, each.b} == {one, other})
    return next((story.formats.number(value, 2) for value in found), "–")


def _sentence(story: Story) -> str:
    """Whether the segments shown hang on the algorithm."""
    selection = story.contract.selection
    shown = next((one.algorithm for one in selection.algorithms if one.taken), None)
    if shown is None:
        return ""
    others = [
        (each.adjusted_rand, each.b if each.a == shown else each.a)
        for each in selection.agreements
        if shown in (each.a, each.b)
    ]
    if not others:
        return f"The site shows the segments of {algorithm_name(shown)}."
    (high, most), (low, least) = max(others), min(others)
    number = story.formats.number
    found = (
        "the segments hardly hang on the algorithm"
        if low >= ALIKE
        else "another algorithm would divide some customers otherwise"
    )
    between = f"most with {algorithm_name(most)} ({number(high, 2)})"
    if most != least:
        between += f", least with {algorithm_name(least)} ({number(low, 2)})"
    return f"The site shows the segments of {algorithm_name(shown)}. It agrees {between}: {found}."


def _smallest(story: Story, one: AlgorithmResult) -> str:
    """Of an algorithm that makes no segments there is none; else it is withheld where it is not told."""
    if one.smallest_share is None:
        return story.nothing if one.k else "–"
    return story.share(one.smallest_share)
