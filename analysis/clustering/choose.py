"""How many segments: the team's number, or the one the data prefer.

The rule of `selection: auto`, in words (`RULE`) and code (`choose`). No single index decides: stability is the gate,
gaps and the silhouette rank what passes it, and neither can make up for the other.

* Stability as the gate: Hennig (2007), Computational Statistics & Data Analysis 52:258. A segment that does not
  reappear in resamples must not be interpreted, whatever an index says of its division.
* Gaps before the silhouette: where groups lie in groups, the silhouette prefers the coarse division. The finest one
  whose segments are all apart tells more, and is no less certain.
* The silhouette within the gate: among the indices with the best record over many kinds of clusters (Arbelaitz et al.
  2013, Pattern Recognition 46:243).
* Of a mixture of normal clouds the Bayesian information criterion instead (`CRITERION_RULE`): Fraley & Raftery (2002),
  Journal of the American Statistical Association 97:611. It measures what a model is made for: how probable it makes
  the customers. Stability is measured as well, and stated by the verdict.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.clustering.trials import Trial
from analysis.contract.stability import DOUBTFUL
from analysis.language import gettext_noop

SMALLEST_SHARE, SMALLEST_SIZE = 0.02, 5
"""A smaller segment is a few outliers, not a group that marketing can address."""
RULE = (
    gettext_noop("Every number of segments in the configured range is tried on the same customers."),
    gettext_noop(
        "A number of segments is rejected if its smallest segment is too small: under 2% of the customers, under five, "
        "or too few to be published."
    ),
    gettext_noop(
        "A number of segments is rejected if one of its segments is not stable in resamples: a mean Jaccard similarity "
        "of 0.75 or less."
    ),
    gettext_noop(
        "Of the remaining numbers, the largest with gaps between all its segments is taken: any two centroids at least "
        "4.5 standard deviations apart."
    ),
    gettext_noop("If there is none, the number with the best mean silhouette is taken."),
    gettext_noop(
        "If every number is rejected, the one whose weakest segment is most stable is taken, and the verdict says how "
        "far it can be trusted."
    ),
)
"""The thresholds are `DOUBTFUL` and `thresholds.APART` (a test holds them to it)."""
CRITERION_RULE = (
    *RULE[:2],
    gettext_noop(
        "Of the remaining numbers, the one with the lowest Bayesian information criterion is taken: it says how well a "
        "mixture of normal distributions describes the customers for the number of its parameters."
    ),
    gettext_noop("Stability in resamples does not decide the number; the verdict states it."),
    gettext_noop("If every number is rejected, the one whose smallest segment is largest is taken."),
)
GAPS_OF_CATEGORIES = gettext_noop(
    "Where columns hold categories, or yes and no, a gap must also be a tenth wider than any between the segments of "
    "random tables with the same categories, because two answers that go together divide any table."
)


Refusal = Literal["small", "unstable"]
"""Why the rule refuses a number of segments: its smallest segment is too small, or one is not stable."""
REFUSED: Mapping[Refusal, str] = {
    "small": gettext_noop("its smallest segment is too small"),
    "unstable": gettext_noop("one of its segments is not stable in resamples"),
}
"""… in words, as the contract has it."""
WOULD_REFUSE: Mapping[Refusal, str] = {
    "small": gettext_noop("The rule would reject this number because its smallest segment is too small."),
    "unstable": gettext_noop(
        "The rule would reject this number because one of its segments is not stable in resamples."
    ),
}
"""… of a number that is shown all the same."""


@dataclass(frozen=True)
class ChoiceRule:
    """What a choice goes by."""

    fixed: int | None
    """The team's own number of segments."""
    smallest: int
    """Customers that the smallest segment must have for the data to take a number of segments."""


@dataclass(frozen=True, eq=False)
class Choice:
    """The number of segments taken, what the data alone would take, and why not the others."""

    taken: Trial
    auto: Trial
    refused: Mapping[int, Refusal]
    """Number of segments → why the rule refuses it."""


def smallest_allowed(rows: int) -> int:
    """Customers that a segment must have for the data to take it: two per cent, and five at least."""
    return max(SMALLEST_SIZE, math.ceil(SMALLEST_SHARE * rows))


def choose(candidates: Sequence[Trial], rule: ChoiceRule) -> Choice:
    """Take the team's number of segments, or the data's; either way say what the data would take."""
    refused = {trial.k: why for trial in candidates if (why := refusal(trial, rule))}
    passing = [trial for trial in candidates if trial.k not in refused]
    auto = _best(passing) if passing else _least_bad(candidates, rule)
    taken = auto if rule.fixed is None else next(trial for trial in candidates if trial.k == rule.fixed)
    return Choice(taken, auto, refused)


def refusal(trial: Trial, rule: ChoiceRule) -> Refusal | None:
    """Why the rule refuses a number of segments; None where it does not."""
    if trial.smallest < rule.smallest:
        return "small"
    if by_criterion(trial):
        return None
    return "unstable" if trial.measures.weakest <= DOUBTFUL else None


def by_criterion(trial: Trial) -> bool:
    """Whether the number of segments goes by the information criterion, which models alone have."""
    return trial.partition.bic is not None


def separated(trial: Trial) -> bool:
    """Whether gaps lie between all segments."""
    return trial.closest >= trial.gap_needed


def _best(passing: Sequence[Trial]) -> Trial:
    if all(by_criterion(trial) for trial in passing):
        return min(passing, key=lambda trial: (round(trial.partition.bic or 0.0, 6), trial.k))
    apart = [trial for trial in passing if separated(trial)]
    # Rounded, so that a sum's last digit cannot decide.
    return apart[-1] if apart else max(passing, key=lambda trial: (round(trial.silhouette, 9), -trial.k))


def _least_bad(candidates: Sequence[Trial], rule: ChoiceRule) -> Trial:
    large_enough = [trial for trial in candidates if trial.smallest >= rule.smallest]
    if not large_enough:
        return max(candidates, key=lambda trial: (trial.smallest, -trial.k))
    return max(large_enough, key=lambda trial: (round(trial.measures.weakest, 9), -trial.k))
