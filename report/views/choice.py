"""How the number of segments came about: the rule, every number tried, and what each index would have taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.contract.indices import INDICES, Index
from analysis.contract.stability import DOUBTFUL
from report.views.candidates import (
    OTHERS,
    CandidateRow,
    by_criterion,
    candidate_rows,
    chance_mean,
    chance_of,
    refusals,
    several,
)
from report.views.certainty import taken
from report.views.story import Story
from report.views.withheld import explained_tried
from report.views.words import listed, spelt

GATE = "Stability is the gate; among what passes it gaps decide, and where there are none the silhouette does."
SOURCES = (
    "Stability as the gate: Hennig (2007), Computational Statistics & Data Analysis 52:258. The silhouette within it: "
    "Arbelaitz et al. (2013), Pattern Recognition 46:243."
)
CRITERION = "The Bayesian information criterion decides; stability does not, and the verdict tells it."
CRITERION_SOURCES = "Fraley & Raftery (2002), Journal of the American Statistical Association 97:611."
"""Of a mixture of normal clouds, whose number of segments goes by the criterion."""


@dataclass(frozen=True)
class Preference:
    """The number of segments at which one index is best; 0 where it is open between several."""

    index: Index
    k: str
    agrees: bool
    best: int


@dataclass(frozen=True)
class ChoiceSection:
    """How the number of segments came about."""

    stands: str
    speaks_for: Sequence[str]
    speaks_against: Sequence[str]
    rule: Sequence[str]
    gate: str
    sources: str
    criterion: bool
    measured_on: str
    disagree: str
    preferences: Sequence[Preference]
    candidates: Sequence[CandidateRow]
    refusals: Sequence[str]
    others: Sequence[tuple[str, str]]
    undivided: str


def choice(story: Story) -> ChoiceSection:
    """What the page tells of the number of segments."""
    selection, criterion = story.contract.selection, by_criterion(story)
    return ChoiceSection(
        stands=_stands(story),
        speaks_for=_for(story),
        speaks_against=_against(story),
        rule=selection.rule if several(story) else (),
        gate=CRITERION if criterion else GATE,
        sources=CRITERION_SOURCES if criterion else SOURCES,
        criterion=criterion,
        measured_on=_measured_on(story),
        disagree=_disagree(story),
        preferences=_preferences(story),
        candidates=candidate_rows(story),
        refusals=refusals(story),
        others=OTHERS,
        undivided=undivided(story),
    )


def _stands(story: Story) -> str:
    """Whether the number taken stands by the rule, and whose number it is."""
    selection = story.contract.selection
    if selection.mode == "auto":
        return selection.auto_reason or f"The data alone took {spelt(selection.k)} segments."
    if selection.auto_k == selection.k:
        told = f"The team set {spelt(selection.k)} segments, and the number stands: the rule alone would take it too."
        return f"{told} {selection.auto_reason}"
    one = taken(story.contract)
    if one is not None and one.refused:
        return (
            f"The team set {spelt(selection.k)} segments. By the rule that number falls, because {one.refused}; it is "
            f"kept as the team’s decision. {selection.auto_reason}"
        )
    return (
        f"The team set {spelt(selection.k)} segments. The rule does not refuse that number, but alone it would take "
        f"{spelt(selection.auto_k)}. {selection.auto_reason}"
    )


def _for(story: Story) -> list[str]:
    one, number = taken(story.contract), story.formats.number
    if one is None:
        return []
    told = []
    if one.weakest is not None and one.weakest > DOUBTFUL:
        told.append(
            f"Every segment comes back when customers are redrawn: the weakest with a Jaccard similarity of "
            f"{number(one.weakest, 2)}, where more than {number(DOUBTFUL, 2)} is asked for."
        )
    chance = chance_of(one)
    if one.agreement is not None and chance is not None and one.agreement.mean > chance.p95:
        told.append(
            f"Two redraws agree to {number(one.agreement.mean, 2)}. Those of tables without groups agree to "
            f"{number(chance_mean(one) or 0, 2)} on average, and nineteen in twenty such tables stay below "
            f"{number(chance.p95, 2)}."
        )
    backing = [each.index.inside for each in _preferences(story) if each.agrees]
    if backing:
        told.append(f"It is preferred by {listed(backing)}.")
    return told


def _against(story: Story) -> list[str]:
    one, number = taken(story.contract), story.formats.number
    if one is None:
        return []
    told = []
    if one.weakest is not None and one.weakest <= DOUBTFUL:
        told.append(
            f"Its weakest segment does not come back when customers are redrawn (Jaccard similarity "
            f"{number(one.weakest, 2)}; more than {number(DOUBTFUL, 2)} is asked for)."
        )
    chance = chance_of(one)
    if one.agreement is not None and chance is not None and one.agreement.mean <= chance.p95:
        told.append(
            f"Two redraws agree to {number(one.agreement.mean, 2)}, and so do some tables without groups (one in "
            f"twenty reaches {number(chance.p95, 2)})."
        )
    return [*told, *_elsewhere(story)]


def _elsewhere(story: Story) -> list[str]:
    """Indices that see nothing to divide, that are best at a smaller number of segments, and at a larger one."""
    k, found = story.contract.selection.k, _preferences(story)
    undivided = [each.index.inside for each in found if each.best == 1]
    smaller = [each for each in found if 1 < each.best < k]
    larger = [each for each in found if each.best > k]
    told = []
    if undivided:
        told.append(f"No division at all is preferred by {listed(undivided)} (one segment, the whole table).")
    if smaller:
        told.append(f"Fewer segments are preferred by {_named(smaller)}.")
    if larger:
        told.append(f"More segments are preferred by {_named(larger)}.")
    return told


def _named(preferences: list[Preference]) -> str:
    """`Davies–Bouldin (7) and gap statistic (2)`: indices with the numbers they prefer."""
    ordered = sorted(preferences, key=lambda each: each.best)
    return listed([f"{each.index.inside} ({each.k})" for each in ordered])


def _disagree(story: Story) -> str:
    open_, found = _open(story), [each for each in _preferences(story) if each.best]
    numbers = sorted({each.best for each in found})
    k = story.contract.selection.k
    if not found:
        return open_
    if len(numbers) == 1:
        return f"Of {spelt(len(found))} indices every one prefers {spelt(numbers[0])}. {open_}".rstrip()
    agreeing = sum(each.agrees for each in found)
    backing = {0: "none prefers", 1: "one prefers"}.get(agreeing, f"{spelt(agreeing)} prefer")
    return (
        f"The indices disagree: of {spelt(len(found))}, {backing} the {spelt(k)} taken here, and together they name "
        f"{listed([spelt(number) for number in numbers], 'or')}. Each asks a question of its own, so none decides "
        f"alone. {open_}".rstrip()
    )


def _open(story: Story) -> str:
    """Which index names no number for certain, and why."""
    between = story.contract.selection.undecided.get("prediction_strength", ())
    if not between or "prediction_strength" in story.contract.selection.preferred or not several(story):
        return ""
    numbers = listed([spelt(number) for number in between])
    return (
        f"Prediction strength is undecided between {numbers}: with as many random splits as were drawn it stays within "
        "three standard errors of the 0.80 that it asks for."
    )


def _preferences(story: Story) -> list[Preference]:
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
        return Preference(index, listed([str(each) for each in between], "or"), agrees=False, best=0)
    return Preference(index, str(best), agrees=best == k, best=best)


def undivided(story: Story) -> str:
    """The gap statistic of the whole table, which has no row among the numbers tried."""
    whole, figures = story.contract.selection.undivided, story.formats
    if whole is None:
        return ""
    return f"Gap of the whole table as one segment: {figures.number(whole.gap, 2)} ± {figures.index(whole.gap_error)}."


def _measured_on(story: Story) -> str:
    sample, number = story.contract.selection.measured_on, story.formats.number
    withheld = explained_tried(story.contract)
    if sample is None:
        return withheld
    left = "; any of them set apart as outliers were left out" if story.contract.data.set_apart != 0 else ""
    measured = (
        f"Measured on {number(sample)} of {number(story.contract.data.customers)} customers drawn at random, the same "
        f"for every number of segments{left}."
    )
    return f"{measured} {withheld}".rstrip()
