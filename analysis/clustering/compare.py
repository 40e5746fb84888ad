"""The algorithms beside one another: each at the number of segments that its rule gives it, and how they agree.

K-Means' segments stay on the site whatever the comparison shows. To take the best of five would be one more choice made
by the data, for which the verdict's structureless tables make no allowance; the comparison tells how far the segments
depend on the algorithm. A team that prefers another one sets `model.algorithm`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from analysis.basics.arrays import Labels
from analysis.clustering.algorithms import ALGORITHMS
from analysis.clustering.candidates import Candidates
from analysis.clustering.choose import WOULD_REFUSE, Choice, by_criterion, choose
from analysis.clustering.verdict import verdict
from analysis.contract import AlgorithmAgreement, AlgorithmResult
from analysis.contract.algorithms import Algorithm as Name
from analysis.language import gettext


@dataclass(frozen=True, eq=False)
class Entry:
    """One algorithm, and the division that the rule chooses."""

    tried: Candidates
    choice: Choice

    @property
    def labels(self) -> Labels:
        """Group of each customer fitted."""
        return self.choice.taken.labels


def comparison(tried: Candidates, choice: Choice) -> tuple[tuple[AlgorithmResult, ...], tuple[AlgorithmAgreement, ...]]:
    """Every algorithm tried, in the order of `ALGORITHMS`, and the agreement of every two; nothing if only one was."""
    if not tried.compared and not tried.failed:
        return (), ()
    entries = [Entry(tried, choice), *(Entry(one, choose(one.trials, one.rule)) for one in tried.compared)]
    results = {one.tried.algorithm: _result(one, taken=one.tried is tried) for one in entries}
    results |= {name: _failure(name, why) for name, why in tried.failed.items()}
    return tuple(results[name] for name in ALGORITHMS if name in results), _agreements(entries)


def _agreements(entries: Sequence[Entry]) -> tuple[AlgorithmAgreement, ...]:
    """Of every two algorithms, over the customers fitted; the unassigned count as a group of their own."""
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415 (not on the default path)

    return tuple(
        AlgorithmAgreement(
            a=one.tried.algorithm,
            b=other.tried.algorithm,
            adjusted_rand=float(adjusted_rand_score(one.labels, other.labels)),
        )
        for one, other in combinations(entries, 2)
    )


def _result(entry: Entry, *, taken: bool) -> AlgorithmResult:
    trial, rows = entry.choice.taken, len(entry.labels)
    measures = trial.measures
    return AlgorithmResult(
        algorithm=entry.tried.algorithm,
        k=trial.k,
        taken=taken,
        silhouette=trial.silhouette,
        calinski_harabasz=trial.calinski_harabasz,
        davies_bouldin=trial.davies_bouldin,
        bic=trial.partition.bic,
        stability=float(measures.stability.mean()),
        weakest=measures.weakest,
        agreement=float(measures.agreement.mean()),
        prediction_strength=float(measures.prediction_strength.mean()),
        smallest_share=trial.smallest / rows,
        unassigned_share=trial.unassigned / rows if entry.tried.finds_number else None,
        verdict=verdict(trial),
        note=" ".join(_notes(entry)) or None,
    )


def _notes(entry: Entry) -> list[str]:
    """What the figures do not say by themselves."""
    tried, trial = entry.tried, entry.choice.taken
    notes = []
    if tried.finds_number:
        notes.append(
            gettext("It finds the number of segments by itself; customers in none count as a group of their own.")
        )
    if by_criterion(trial):
        notes.append(_criterion(tried, trial.k))
    if trial.k in entry.choice.refused:
        notes.append(gettext(WOULD_REFUSE[entry.choice.refused[trial.k]]))
    if len(tried.measured) < len(tried.fitted):
        notes.append(gettext("The stability of its segments was measured on a sample of the customers."))
    return notes


def _criterion(tried: Candidates, k: int) -> str:
    """What the Bayesian information criterion has to do with a mixture's number of segments."""
    best = min(tried.trials, key=lambda one: one.partition.bic or 0.0).k
    if tried.rule.fixed is None:
        told = gettext("Its number of segments is chosen by the Bayesian information criterion.")
        if best == k:
            return told
        lower = gettext("The criterion is lowest with {best} segments, one of which is too small.", best=best)
        return f"{told} {lower}"
    if best == k:
        return gettext("The Bayesian information criterion prefers the same number of segments.")
    return gettext("The Bayesian information criterion prefers {best} segments.", best=best)


def _failure(name: Name, why: str) -> AlgorithmResult:
    return AlgorithmResult(
        algorithm=name,
        k=0,
        taken=False,
        silhouette=None,
        calinski_harabasz=None,
        davies_bouldin=None,
        stability=None,
        weakest=None,
        agreement=None,
        prediction_strength=None,
        smallest_share=None,
        verdict="none",
        note=why,
    )
