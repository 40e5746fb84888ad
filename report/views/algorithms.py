"""The algorithms compared, where the configuration asks for it: their figures, and how similar their segments are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.contract import AlgorithmResult
from analysis.contract.algorithms import described
from analysis.language import gettext, gettext_noop
from report.views.certainty import VERDICTS
from report.views.story import Story

ALIKE = 0.80
"""Adjusted Rand index from which two divisions are called nearly the same."""


@dataclass(frozen=True)
class AlgorithmRow:
    """One algorithm at the number of segments that its rule gives it, written."""

    name: str
    taken: bool
    figures: tuple[str, ...]
    verdict: str
    note: str


HEADS = (
    (gettext_noop("Segments"), None),
    (gettext_noop("Silhouette"), "silhouette"),
    (gettext_noop("Weakest segment, stability"), "jaccard-stability"),
    (gettext_noop("Agreement of resamples"), "adjusted-rand-index"),
    (gettext_noop("Prediction strength"), "prediction-strength"),
    (gettext_noop("Smallest segment"), None),
    (gettext_noop("Unassigned"), None),
    (gettext_noop("BIC"), "bic"),
)
"""Heads, in English for `gettext`, and glossary anchors of `AlgorithmRow.figures`."""


@dataclass(frozen=True)
class Alike:
    """How similar the segments of one algorithm are to those of each other one."""

    name: str
    cells: tuple[str, ...]


def algorithm_name(key: str) -> str:
    """`kmeans` as people write it."""
    return gettext(described(key).label)


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
    """The comparison; None where only one algorithm was run."""
    selection = story.contract.selection
    if len(selection.algorithms) < 2:
        return None
    names = [one.algorithm for one in selection.algorithms]
    return AlgorithmComparison(
        sentence=_sentence(story),
        heads=[(gettext(head), anchor) for head, anchor in HEADS],
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
    return AlgorithmRow(
        algorithm_name(one.algorithm), one.taken, written, gettext(VERDICTS[one.verdict][0]), one.note or ""
    )


def _agreement(story: Story, one: str, other: str) -> str:
    if one == other:
        return "1"
    found = (each.adjusted_rand for each in story.contract.selection.agreements if {each.a, each.b} == {one, other})
    return next((story.formats.number(value, 2) for value in found), "–")


def _sentence(story: Story) -> str:
    """Which algorithm's segments the site shows, and whether another would give others."""
    selection, number = story.contract.selection, story.formats.number
    shown = next((one.algorithm for one in selection.algorithms if one.taken), None)
    if shown is None:
        return ""
    told = gettext("The site shows the segments of {algorithm}.", algorithm=algorithm_name(shown))
    others = [
        (each.adjusted_rand, each.b if each.a == shown else each.a)
        for each in selection.agreements
        if shown in (each.a, each.b)
    ]
    if not others:
        return told
    (high, most), (low, least) = max(others), min(others)
    compared = (
        gettext(
            "Its adjusted Rand index with {algorithm} is {index} (1: the same segments, 0: no more alike than by "
            "chance).",
            algorithm=algorithm_name(most), index=number(high, 2),
        )
        if most == least
        else gettext(
            "It agrees most with {most} (adjusted Rand index {high}; 1: the same segments, 0: no more alike than by "
            "chance) and least with {least} ({low}).",
            most=algorithm_name(most), high=number(high, 2), least=algorithm_name(least), low=number(low, 2),
        )
    )  # fmt: skip
    found = (
        gettext("The segments depend little on the algorithm.")
        if low >= ALIKE
        else gettext("Another algorithm would divide some customers differently.")
    )
    return f"{told} {compared} {found}"


def _smallest(story: Story, one: AlgorithmResult) -> str:
    """A dash for an algorithm that makes no segments; otherwise withheld where there is no figure."""
    if one.smallest_share is None:
        return story.nothing if one.k else "–"
    return story.share(one.smallest_share)
