"""The account of how the number of segments came about, for the contract and in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.choose import Choice, Rule
from analysis.contract import Candidate, Selection
from analysis.features import Matrix
from analysis.figures import Figures
from analysis.trials import Trial
from analysis.verdict import meaning, verdict

INDICES: dict[str, Callable[[Trial], float]] = {
    "silhouette": lambda trial: trial.silhouette,
    "calinski_harabasz": lambda trial: trial.calinski_harabasz,
    "davies_bouldin": lambda trial: -trial.davies_bouldin,
}
"""Index → what to make as large as possible."""


def selection(candidates: Sequence[Trial], choice: Choice, rule: Rule, resamples: int, figures: Figures) -> Selection:
    """Which number of segments was taken and why, beside everything that was tried."""
    taken, stability = choice.taken, choice.stability[choice.taken.k]
    auto_reason = _auto_reason(candidates, choice, rule, figures)
    reason = auto_reason if rule.fixed is None else _team_reason(choice)
    return Selection(
        mode="auto" if rule.fixed is None else "fixed",
        k=taken.k,
        algorithm="kmeans",
        verdict=verdict(taken, stability),
        reason=f"{reason} {meaning(taken, stability, figures)}",
        auto_k=choice.auto.k,
        auto_reason=auto_reason,
        preferred={name: max(candidates, key=index).k for name, index in INDICES.items()},
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


def _team_reason(choice: Choice) -> str:
    if choice.auto.k == choice.taken.k:
        return f"The team set {choice.taken.k} segments, and the data alone would take the same number."
    return f"The team set {choice.taken.k} segments; the data alone would take {choice.auto.k}."


def _auto_reason(candidates: Sequence[Trial], choice: Choice, rule: Rule, figures: Figures) -> str:
    auto, tried = choice.auto, f"{candidates[0].k} to {candidates[-1].k}"
    weakest = f"weakest Jaccard similarity {figures.number(float(choice.stability[auto.k].min()), 2)}"
    if auto.smallest < rule.smallest:
        return (
            f"Every number of segments from {tried} splits off a group of fewer than {rule.smallest} customers; with "
            f"{auto.k} that group is largest."
        )
    if not choice.gate_passed:
        return (
            f"Of {tried} segments, with each number that has a good silhouette some segment falls apart when customers "
            f"are drawn anew; {auto.k} comes nearest to none ({weakest})."
        )
    silhouette = f"the best mean silhouette ({figures.number(auto.silhouette, 2)})"
    if max(candidates, key=INDICES["silhouette"]) is auto:
        return (
            f"Of {tried} segments, {auto.k} have {silhouette}; no segment has fewer than {rule.smallest} customers, "
            f"and none falls apart when customers are drawn anew ({weakest})."
        )
    return (
        f"Of {tried} segments, {auto.k} have {silhouette} among those where no segment has fewer than {rule.smallest} "
        f"customers and none falls apart when customers are drawn anew ({weakest})."
    )
