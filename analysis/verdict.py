"""How far the segments can be trusted, in one word, and why in sentences.

natural        separated groups that come back whenever customers are drawn anew
reproducible   not separated, yet better than what the same method finds in tables without structure
constructive   a useful way to divide customers who form no separate groups
none           too few customers, or segments that do not come back

Separated means a mean silhouette above .50 and no segment below .25 (Kaufman & Rousseeuw 1990, Finding Groups in Data,
p. 88: above .50 a reasonable structure, up to .25 none). Stable is Hennig's (2007) Jaccard above .75 for every segment.
`reproducible` is not awarded yet: it needs a comparison with structureless tables, which this version does not make.
"""

from __future__ import annotations

import numpy as np

from analysis.choose import Choice, Rule, Trial
from analysis.contract import Candidate, Selection, Verdict
from analysis.features import Matrix
from analysis.figures import Figures
from analysis.stability import DOUBTFUL, UNSTABLE

SEPARATED, NO_STRUCTURE = 0.50, 0.25
FEWEST_CUSTOMERS_A_SEGMENT = 10
INDICES = {"silhouette": max, "calinski_harabasz": max, "davies_bouldin": min}


def segment_silhouettes(trial: Trial) -> Matrix:
    """Mean silhouette of each segment over its customers compared, (k,)."""
    labels = trial.labels[trial.compared]
    counts = np.bincount(labels, minlength=trial.k)
    return np.asarray(np.bincount(labels, trial.silhouettes, trial.k) / np.maximum(counts, 1))


def verdict(trial: Trial, stability: Matrix) -> Verdict:
    """The word for a division of customers, from its silhouettes and the stability of its segments."""
    if len(trial.labels) < FEWEST_CUSTOMERS_A_SEGMENT * trial.k or stability.mean() < UNSTABLE:
        return "none"
    separated = trial.silhouette > SEPARATED and segment_silhouettes(trial).min() >= NO_STRUCTURE
    return "natural" if separated and stability.min() > DOUBTFUL else "constructive"


def selection(candidates: tuple[Trial, ...], choice: Choice, rule: Rule, resamples: int, figures: Figures) -> Selection:
    """The contract's account of how the number of segments came about."""
    taken, stability = choice.taken, choice.stability[choice.taken.k]
    word = verdict(taken, stability)
    auto_reason = _auto_reason(candidates, choice, rule, figures)
    return Selection(
        mode="auto" if rule.fixed is None else "fixed",
        k=taken.k,
        algorithm="kmeans",
        verdict=word,
        reason=f"{_reason(choice, rule, auto_reason)} {_meaning(word, taken, stability, figures)}",
        auto_k=choice.auto.k,
        auto_reason=auto_reason,
        preferred={name: best(candidates, key=lambda trial: getattr(trial, name)).k for name, best in INDICES.items()},  # noqa: B023
        candidates=tuple(_candidate(trial, choice.stability.get(trial.k)) for trial in candidates),
        resamples=resamples,
        silhouette=taken.silhouette,
        stability=float(stability.mean()),
    )


def _candidate(trial: Trial, stability: Matrix | None) -> Candidate:
    return Candidate(
        k=trial.k,
        inertia=trial.partition.inertia,
        silhouette=trial.silhouette,
        calinski_harabasz=trial.calinski_harabasz,
        davies_bouldin=trial.davies_bouldin,
        smallest_share=trial.smallest / len(trial.labels),
        stability=None if stability is None else float(stability.mean()),
    )


def _reason(choice: Choice, rule: Rule, auto_reason: str) -> str:
    if rule.fixed is None:
        return auto_reason
    same = choice.auto.k == choice.taken.k
    wish = "the data alone would take the same number" if same else f"the data alone would take {choice.auto.k}"
    return f"The team set {choice.taken.k} segments; {wish}. {auto_reason}"


def _auto_reason(candidates: tuple[Trial, ...], choice: Choice, rule: Rule, figures: Figures) -> str:
    auto, weakest = choice.auto, figures.number(float(choice.stability[choice.auto.k].min()), 2)
    tried = f"{candidates[0].k} to {candidates[-1].k}"
    silhouette = figures.number(auto.silhouette, 2)
    if auto.smallest < rule.smallest:
        return f"Every number of segments from {tried} splits off a group of fewer than {rule.smallest} customers; {auto.k} leaves the largest such group."
    if not choice.gate_passed:
        return (
            f"Of {tried} segments, no number with a good silhouette has only segments that come back when customers "
            f"are drawn anew; {auto.k} comes nearest (weakest Jaccard similarity {weakest})."
        )
    better = [t for t in candidates if t.silhouette > auto.silhouette]
    place = "have the best mean silhouette" if not better else "have the best mean silhouette among those that pass"
    return (
        f"Of {tried} segments, {auto.k} {place} ({silhouette}), no segment has fewer than {rule.smallest} customers, and each comes back "
        f"when customers are drawn anew (weakest Jaccard similarity {weakest})."
    )


def _meaning(word: Verdict, trial: Trial, stability: Matrix, figures: Figures) -> str:
    silhouette, weakest = figures.number(trial.silhouette, 2), figures.number(float(stability.min()), 2)
    if word == "natural":
        return f"The segments are separate groups (mean silhouette {silhouette}) and all of them come back when customers are drawn anew."
    if word == "none":
        if len(trial.labels) < FEWEST_CUSTOMERS_A_SEGMENT * trial.k:
            return f"With {len(trial.labels)} customers for {trial.k} segments there are too few to trust any division."
        return "The segments do not come back when customers are drawn anew; do not rely on them."
    return (
        f"The segments are a useful way to divide customers, not proven groups: the mean silhouette is {silhouette}, the weakest "
        f"Jaccard similarity {weakest}, and a comparison with structureless tables has not been made."
    )
