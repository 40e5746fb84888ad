"""How far the segments can be trusted, in one word.

natural        separated groups that come back whenever customers are drawn anew
reproducible   not separated, yet better than what the same method finds in tables without structure
constructive   a useful way to divide customers who form no separate groups
none           too few customers, or segments that do not come back

Separated means a mean silhouette above .50 (Kaufman & Rousseeuw 1990, Finding Groups in Data, p. 88: above .50 a
reasonable structure, up to .25 none) and hardly anybody between the groups: of no segment more than one customer in
fifty has a silhouette below .25. The mean alone will not do: on one column of uniform noise two halves reach .62, on a
skewed one .79, but there 7 to 20 % of a segment lie that close to the border (measured on 500 customers).
Stable is Hennig's (2007) Jaccard above .75 for every segment; where it is for none, the segments do not come back.
`reproducible` is not awarded yet: it needs a comparison with structureless tables, which this version does not make.
"""

from __future__ import annotations

import numpy as np

from analysis.contract import Verdict
from analysis.features import Matrix
from analysis.figures import Figures
from analysis.stability import DOUBTFUL, UNSTABLE
from analysis.trials import Trial

SEPARATED, NO_STRUCTURE = 0.50, 0.25
BETWEEN = 0.02
"""Largest share of a segment's customers that may lie between it and the next where there is a gap."""
FEWEST_CUSTOMERS_A_SEGMENT = 10


def verdict(trial: Trial, stability: Matrix) -> Verdict:
    """The word for a division of customers, from its silhouettes and the stability of its segments."""
    if too_few(trial) or stability.mean() < UNSTABLE or stability.max() <= DOUBTFUL:
        return "none"
    return "natural" if separated(trial) and stability.min() > DOUBTFUL else "constructive"


def separated(trial: Trial) -> bool:
    """Whether gaps lie between the segments."""
    labels = trial.labels[trial.compared]
    between = np.bincount(labels, trial.silhouettes < NO_STRUCTURE, trial.k)
    shares = between / np.maximum(np.bincount(labels, minlength=trial.k), 1)
    return bool(trial.silhouette > SEPARATED and shares.max() <= BETWEEN)


def too_few(trial: Trial) -> bool:
    """Whether there are fewer than ten customers for each segment on average."""
    return len(trial.labels) < FEWEST_CUSTOMERS_A_SEGMENT * trial.k


def meaning(trial: Trial, stability: Matrix, figures: Figures) -> str:
    """What the verdict means and what it rests on, in a sentence."""
    word = verdict(trial, stability)
    silhouette, weakest = figures.number(trial.silhouette, 2), figures.number(float(stability.min()), 2)
    if word == "natural":
        return (
            f"The segments are separate groups (mean silhouette {silhouette}), and every one of them comes back when "
            f"customers are drawn anew (weakest Jaccard similarity {weakest})."
        )
    if word == "none" and too_few(trial):
        return f"{len(trial.labels)} customers are too few to trust any division into {trial.k} segments."
    if word == "none":
        mean = figures.number(float(stability.mean()), 2)
        return f"The segments do not come back reliably when customers are drawn anew (mean Jaccard similarity {mean})."
    return (
        f"The segments are a useful way to divide customers, not proven groups: the mean silhouette is {silhouette}, "
        f"the weakest Jaccard similarity {weakest}, and a comparison with structureless tables has not been made."
    )
