"""The account of how the number of segments came about, for the contract and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.basics.quantiles import quantiles
from analysis.clustering.battery import gap, prediction_strength
from analysis.clustering.battery.persistence import flows, persistence
from analysis.clustering.battery.references import TABLES
from analysis.clustering.candidates import Candidates, kinds
from analysis.clustering.choose import CRITERION_RULE, GAPS_OF_CATEGORIES, RULE, Choice, by_criterion
from analysis.clustering.compare import comparison
from analysis.clustering.trials import Trial
from analysis.clustering.verdict import meaning, verdict
from analysis.configuration import Site
from analysis.contract import Candidate, CandidateSegment, Flow, Selection, Spread, Undivided
from analysis.contract.indices import Key
from analysis.language import gettext
from analysis.preparation.features import Features
from analysis.profiling.profile import canonical, customer_value
from analysis.results.reasons import auto_reason, kept_reason, own_reason, refused, team_reason
from analysis.wording.number_format import NumberFormat

BEST_BY: Mapping[Key, Callable[[Trial], float]] = {
    "silhouette": lambda trial: trial.silhouette,
    "calinski_harabasz": lambda trial: trial.calinski_harabasz,
    "davies_bouldin": lambda trial: -trial.davies_bouldin,
    "stability": lambda trial: trial.measures.weakest,
    "agreement": lambda trial: float(trial.measures.agreement.mean() - closest_reference(trial).mean()),
}
"""Index → what to make as large as possible; the agreement of resamples counts beyond that of tables without groups,
for two halves of any long cloud agree. The gap and the prediction strength have rules of their own."""


def selection(tried: Candidates, choice: Choice, table: Features, site: Site, formats: NumberFormat) -> Selection:
    """Which number of segments was taken and why, beside everything that was tried."""
    taken = choice.taken
    by_the_rule = _by_the_rule(tried, choice, formats)
    reason = _reason(tried, choice, by_the_rule)
    value = customer_value(table, site.value)
    worth = None if value is None else value[tried.fitted]
    rows = table.matrix[tried.fitted]
    ordered = [_ordered(trial, rows, worth) for trial in tried.trials]
    between = [flows(former, labels) for former, labels in pairwise(ordered)]
    algorithms, agreements = comparison(tried, choice)
    return Selection(
        mode="kept" if tried.kept else "auto" if tried.rule.fixed is None else "fixed",
        k=taken.k,
        algorithm=tried.algorithm,
        verdict=verdict(taken),
        reason=f"{reason} {meaning(taken, formats)}",
        auto_k=choice.auto.k,
        auto_reason=by_the_rule,
        preferred=_preferred(tried),
        undecided=_undecided(tried.trials),
        undivided=_undivided(tried),
        candidates=tuple(
            _candidate(trial, labels, flow, choice)
            for trial, labels, flow in zip(tried.trials, ordered, [None, *between], strict=True)
        ),
        resamples=site.model.resamples,
        silhouette=taken.silhouette,
        stability=float(taken.measures.stability.mean()),
        rule=_rule(tried, table),
        flows=tuple(one for trial, flow in zip(tried.trials, between, strict=False) for one in _flows(trial.k, flow)),
        reference_tables=TABLES,
        measured_on=_drawn(tried, table),
        algorithms=algorithms,
        agreements=agreements,
    )


def _reason(tried: Candidates, choice: Choice, by_the_rule: str) -> str:
    if tried.kept:
        return kept_reason(tried.kept, choice)
    return by_the_rule if tried.rule.fixed is None else team_reason(choice)


def _drawn(tried: Candidates, table: Features) -> int | None:
    """Customers drawn for the battery; with those set apart from it, whose number may have to be withheld."""
    if len(tried.measured) < len(tried.fitted):
        return len(tried.measured)
    return len(table.looked_at) if table.sampled else None


def _rule(tried: Candidates, table: Features) -> tuple[str, ...]:
    return tuple(gettext(step) for step in _steps(tried, table))


def _steps(tried: Candidates, table: Features) -> tuple[str, ...]:
    """The rule by which the number of segments was found, in English."""
    if tried.finds_number:
        return tried.way.rule
    if all(by_criterion(trial) for trial in tried.trials):
        return CRITERION_RULE
    return (*RULE, GAPS_OF_CATEGORIES) if kinds(table).discrete else RULE


def _by_the_rule(tried: Candidates, choice: Choice, formats: NumberFormat) -> str:
    if tried.finds_number:
        return own_reason(tried.way, choice)
    return auto_reason(tried.trials, tried.rule, choice, formats)


def _ordered(trial: Trial, rows: Matrix, worth: Matrix | None) -> Labels:
    """The segments of the fitted customers, numbered from 0 in canonical order."""
    number = np.argsort(trial.partition.last(canonical(rows, trial.labels, worth)))
    return np.asarray(number[trial.labels], dtype=np.intp)


def _preferred(tried: Candidates) -> dict[str, int]:
    """Index → number of segments at which it is best, each by its own rule; those left out that name none."""
    trials, undivided = tried.trials, tried.found.battery.undivided
    found: dict[str, int] = {name: max(trials, key=index).k for name, index in BEST_BY.items()}
    whole = {} if undivided is None else {1: undivided}
    found["gap"] = gap.preferred(whole | {trial.k: trial.measures.gap for trial in trials})
    strong = prediction_strength.preferred(_strengths(trials))
    if strong is not None:
        found["prediction_strength"] = strong
    criteria = {trial.k: trial.partition.bic for trial in trials if trial.partition.bic is not None}
    if criteria:
        found["bic"] = min(criteria, key=lambda k: criteria[k])
    return found


def _undecided(trials: Sequence[Trial]) -> dict[str, tuple[int, ...]]:
    """Index that names no number for certain → the numbers between which it is open."""
    strengths = _strengths(trials)
    left = prediction_strength.undecided(strengths)
    return {"prediction_strength": (prediction_strength.surely(strengths), *left)} if left else {}


def _strengths(trials: Sequence[Trial]) -> dict[int, Matrix]:
    return {trial.k: trial.measures.prediction_strength for trial in trials}


def _undivided(tried: Candidates) -> Undivided | None:
    whole = tried.found.battery.undivided
    return None if whole is None else Undivided(gap=whole.value, gap_error=whole.error)


def _candidate(trial: Trial, labels: Labels, flow: Matrix | None, choice: Choice) -> Candidate:
    measures = trial.measures
    return Candidate(
        k=trial.k,
        inertia=trial.partition.inertia,
        silhouette=trial.silhouette,
        calinski_harabasz=trial.calinski_harabasz,
        davies_bouldin=trial.davies_bouldin,
        smallest_share=trial.smallest / len(trial.labels),
        stability=float(measures.stability.mean()),
        separation=trial.closest,
        weakest=measures.weakest,
        gap=measures.gap.value,
        gap_error=measures.gap.error,
        prediction_strength=float(measures.prediction_strength.mean()),
        prediction_strength_error=prediction_strength.standard_error(measures.prediction_strength),
        prediction_splits=len(measures.prediction_strength),
        agreement=_spread(measures.agreement),
        agreement_normal=_spread(measures.normal.agreement),
        agreement_box=_spread(measures.box.agreement),
        excess=_excess(trial),
        bic=trial.partition.bic,
        segments=_segments(trial, labels, flow),
        refused=refused(choice, trial.k),
    )


def _segments(trial: Trial, labels: Labels, flow: Matrix | None) -> tuple[CandidateSegment, ...]:
    # Where a partition's segments stand in canonical order: each one's first customer tells.
    place = [int(labels[np.argmax(trial.labels == segment)]) for segment in range(trial.k)]
    sizes = np.bincount(trial.labels, minlength=trial.k)
    kept = None if flow is None else persistence(flow)
    found = [
        CandidateSegment(
            id=place[segment] + 1,
            share=float(sizes[segment] / len(labels)),
            silhouette=float(trial.segment_silhouettes[segment]),
            stability=float(trial.measures.stability[segment]),
            persistence=None if kept is None else float(kept[place[segment]]),
        )
        for segment in range(trial.k)
    ]
    return tuple(sorted(found, key=lambda one: one.id))


def _flows(k: int, flow: Matrix) -> list[Flow]:
    total = flow.sum()
    return [
        Flow(k=k, source=int(source) + 1, target=int(target) + 1, share=float(flow[source, target] / total))
        for source, target in np.argwhere(flow > 0)
    ]


def _spread(values: Matrix) -> Spread:
    return Spread(mean=float(values.mean()), **quantiles(values))


def closest_reference(trial: Trial) -> Matrix:
    """Agreement on the structureless tables of the kind that comes closest to the table's own, (tables,)."""
    kinds = (trial.measures.normal.agreement, trial.measures.box.agreement)
    return max(kinds, key=lambda agreement: float(agreement.mean()))


def _excess(trial: Trial) -> float:
    closest = closest_reference(trial)
    # Tables that all agree perfectly leave no spread to measure by.
    return float((trial.measures.agreement.mean() - closest.mean()) / max(float(closest.std()), 1e-3))
