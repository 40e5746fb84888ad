"""Why that many segments, in words."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.basics.listed import listed
from analysis.clustering.algorithms import Algorithm
from analysis.clustering.choose import Choice, ChoiceRule, by_criterion, separated
from analysis.clustering.trials import Trial
from analysis.wording.number_format import NumberFormat


def team_reason(choice: Choice) -> str:
    """What is said where the team set the number: what the data would have taken."""
    if choice.auto.k == choice.taken.k:
        return f"The team set {choice.taken.k} segments, and the data alone would take the same number."
    told = f"The team set {choice.taken.k} segments; the data alone would take {choice.auto.k}"
    why = choice.refused.get(choice.taken.k)
    return f"{told}, and refuse {choice.taken.k} because {why}." if why else f"{told}."


def own_reason(way: Algorithm, choice: Choice) -> str:
    """Why one that finds the number by itself has its number of segments, and what the rule says of it."""
    trial = choice.taken
    found = way.found(trial.k, unassigned=bool(trial.unassigned))
    why = choice.refused.get(trial.k)
    return f"{found}; the rule would refuse them because {why}." if why else f"{found}."


def auto_reason(trials: Sequence[Trial], rule: ChoiceRule, choice: Choice, formats: NumberFormat) -> str:
    """Why the data would take their number of segments."""
    auto = choice.auto
    if len(trials) == 1:
        return f"No other number of segments than {auto.k} could be tried."
    range_tried = f"{trials[0].k} to {trials[-1].k}"
    weakest = f"weakest Jaccard similarity {formats.number(auto.measures.weakest, 2)}"
    if auto.smallest < rule.smallest:
        return (
            f"Every number of segments from {range_tried} splits off a group of fewer than {rule.smallest} "
            f"customers; with {auto.k} that group is largest."
        )
    if auto.k in choice.refused:
        return (
            f"With every number from {range_tried} some segment is too small or falls apart when customers are drawn "
            f"anew; {auto.k} comes nearest to holding together ({weakest})."
        )
    return _of_those_left(trials, choice, formats)


def _of_those_left(trials: Sequence[Trial], choice: Choice, formats: NumberFormat) -> str:
    """Why this number among those that the rule does not refuse."""
    auto, range_tried = choice.auto, f"{trials[0].k} to {trials[-1].k}"
    weakest = f"weakest Jaccard similarity {formats.number(auto.measures.weakest, 2)}"
    passing = [trial.k for trial in trials if trial.k not in choice.refused]
    if by_criterion(auto):
        lowest = f"the lowest Bayesian information criterion ({formats.number(auto.partition.bic or 0.0, 1)})"
        if len(passing) == len(trials):
            return f"Of {range_tried} segments, {auto.k} have {lowest}."
        if len(passing) == 1:
            return f"Of {range_tried} segments, only {auto.k} leave no mere handful in a segment."
        return (
            f"Of {range_tried} segments, {listed([str(k) for k in passing])} leave no mere handful in a segment; of "
            f"these, {auto.k} segments have {lowest}."
        )
    if separated(auto):
        return (
            f"Of {range_tried} segments, {auto.k} is the largest number with gaps between all segments, and every one "
            f"of them comes back when customers are drawn anew ({weakest})."
        )
    silhouette = f"mean silhouette ({formats.number(auto.silhouette, 2)})"
    if len(passing) == 1:
        return (
            f"Of {range_tried} segments, only with {auto.k} does every segment come back when customers are drawn anew "
            f"({weakest}) and none is a mere handful."
        )
    return (
        f"Of {range_tried} segments, {listed([str(k) for k in passing])} hold together when customers are drawn anew; "
        f"of these, {auto.k} segments have the best {silhouette}."
    )
