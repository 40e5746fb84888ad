"""The number of segments that each index prefers, and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.contract.indices import INDICES, Index
from analysis.contract.thresholds import STRONG
from analysis.language import gettext, ngettext
from analysis.language.words import either, listed, spelt
from report.views.candidates import several
from report.views.story import Story


@dataclass(frozen=True)
class Preference:
    """The number of segments at which one index is best; 0 where it is undecided between several."""

    index: Index
    k: str
    agrees: bool
    best: int


def preferences(story: Story) -> list[Preference]:
    """The number that each index prefers; empty where there was no choice."""
    selection = story.contract.selection
    if not several(story):
        return []
    return [
        _preference(index, selection.preferred.get(key), selection.undecided.get(key, ()), selection.k)
        for key, index in INDICES.items()
        if key in selection.preferred or key in selection.undecided
    ]


def _preference(index: Index, best: int | None, between: Sequence[int], k: int) -> Preference:
    if best is None:
        return Preference(index, either([str(each) for each in between]), agrees=False, best=0)
    return Preference(index, str(best), agrees=best == k, best=best)


def disagreement(story: Story) -> str:
    """Whether the indices agree, and which is undecided."""
    return f"{_agreement(story)} {_undecided(story)}".strip()


def _agreement(story: Story) -> str:
    """Whether the indices agree on a number, and how many prefer the one taken; empty where none names any."""
    found, k = [each for each in preferences(story) if each.best], spelt(story.contract.selection.k)
    numbers, count = sorted({each.best for each in found}), len(found)
    if not found:
        return ""
    if len(numbers) == 1:
        return ngettext(
            "Only {count} index names a single number: {number}.",
            "The indices agree: each of the {count} that name a single number prefers {number}.",
            count, count=count, number=spelt(numbers[0]),
        )  # fmt: skip
    named = either([spelt(number) for number in numbers])
    agreeing = sum(each.agrees for each in found)
    if not agreeing:
        return gettext(
            "The indices disagree: of {count} that name a single number, none prefers the {number} segments used here; "
            "together they prefer {numbers}. Each index asks a different question, so none decides alone.",
            count=count, number=k, numbers=named,
        )  # fmt: skip
    return ngettext(
        "The indices disagree: of {count} that name a single number, {agreeing} prefers the {number} segments used "
        "here; together they prefer {numbers}. Each index asks a different question, so none decides alone.",
        "The indices disagree: of {count} that name a single number, {agreeing} prefer the {number} segments used "
        "here; together they prefer {numbers}. Each index asks a different question, so none decides alone.",
        agreeing, agreeing=agreeing, count=count, number=k, numbers=named,
    )  # fmt: skip


def _undecided(story: Story) -> str:
    """Which index is undecided, and why."""
    between = story.contract.selection.undecided.get("prediction_strength", ())
    if not between or "prediction_strength" in story.contract.selection.preferred or not several(story):
        return ""
    return gettext(
        "Prediction strength is undecided between {numbers}: its average over all random splits drawn stays within "
        "three standard errors of the required {limit}.",
        numbers=listed([spelt(number) for number in between]), limit=story.formats.number(STRONG, 2),
    )  # fmt: skip


def elsewhere(story: Story) -> list[str]:
    """Indices that see nothing to divide, that are best at a smaller number of segments, and at a larger one."""
    k, found = story.contract.selection.k, preferences(story)
    undivided = [each.index.inside for each in found if each.best == 1]
    smaller = [each for each in found if 1 < each.best < k]
    larger = [each for each in found if each.best > k]
    told = []
    if undivided:
        told.append(
            gettext("Indices that prefer a single segment, the whole table: {indices}.", indices=listed(undivided))
        )
    if smaller:
        told.append(gettext("Indices that prefer fewer segments: {indices}.", indices=_with_numbers(smaller)))
    if larger:
        told.append(gettext("Indices that prefer more segments: {indices}.", indices=_with_numbers(larger)))
    return told


def _with_numbers(found: list[Preference]) -> str:
    """`gap statistic (2) and Davies–Bouldin (7)`: indices with the numbers they prefer, smallest first."""
    ordered = sorted(found, key=lambda each: each.best)
    return listed([f"{each.index.inside} ({each.k})" for each in ordered])
