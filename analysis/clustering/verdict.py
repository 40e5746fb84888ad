"""How far the segments can be trusted, in one word.

natural        separated groups: gaps between all of them, tighter than any found in structureless tables, and every
               one comes back when customers are drawn anew
reproducible   no gaps between all of them, yet every one comes back, more faithfully than structureless tables of the
               same size, spread and correlation give theirs back, and tighter than in any of these
constructive   a division, no finding: either it comes back, as that of a table without groups would, or not every
               segment does, and then the sentence says so
none           too few customers, or segments that do not come back

To come back is Hennig's (2007) Jaccard similarity above .75 for every segment. Tighter means a mean silhouette above
that of every structureless table drawn, twenty clouds with one peak in each column and twenty uniform boxes, whatever
number of segments is taken of them (`analysis.clustering.battery.references.highest`): of a table that is itself one
of either kind, that happens by chance once in twenty-one times (a Monte Carlo test, Besag & Clifford 1989,
Biometrika 76:633). More faithfully means that two resamples agree more than those of structureless tables do on
average. The average, since each of these tables is resampled three times only: the largest of forty such means is
mostly error, and to ask for more than that hides real groups (`make truth` tells how often, by how far groups are
apart).

Where columns hold categories, or yes and no, the structureless tables hold the same
(`analysis.clustering.battery.copula`). One such column parts every table cleanly, and segments made of answers are
tight, with groups or without; so there a gap must also be wider than any between the segments of structureless
tables (`Trial.gap_needed`), how tight segments are decides nothing more, and resamples must agree more than those of
any structureless table drawn.
"""

from __future__ import annotations

from analysis.clustering.choose import separated
from analysis.clustering.trials import Trial
from analysis.contract import Verdict
from analysis.contract.stability import DOUBTFUL, UNSTABLE
from analysis.wording.number_format import NumberFormat

FEWEST_CUSTOMERS_A_SEGMENT = 10


def verdict(trial: Trial) -> Verdict:
    """The word for a division of customers."""
    stability = trial.measures.stability
    if too_few(trial) or stability.mean() < UNSTABLE or stability.max() <= DOUBTFUL:
        return "none"
    if not comes_back(trial):
        return "constructive"
    if separated(trial) and (tighter(trial) or trial.chance_gap is not None):
        return "natural"
    return "reproducible" if tighter(trial) and more_faithful(trial) else "constructive"


def too_few(trial: Trial) -> bool:
    """Whether there are fewer than ten customers for each segment on average."""
    return len(trial.labels) < FEWEST_CUSTOMERS_A_SEGMENT * trial.k


def comes_back(trial: Trial) -> bool:
    """Whether every segment comes back when customers are drawn anew."""
    return trial.measures.weakest > DOUBTFUL


def more_faithful(trial: Trial) -> bool:
    """Whether resamples agree more than those of structureless tables; see `chance_agreement`."""
    return float(trial.measures.agreement.mean()) > chance_agreement(trial)


def tighter(trial: Trial) -> bool:
    """Whether the mean silhouette is above that of any structureless table drawn."""
    return trial.silhouette > chance_silhouette(trial)


def chance_agreement(trial: Trial) -> float:
    """Agreement of the resamples of structureless tables, on average over those of the kind that comes closest.

    Of any of them, where columns hold categories or marks.
    """
    found = [each.agreement for each in (trial.measures.normal, trial.measures.box)]
    return float(max(each.mean() if trial.chance_gap is None else each.max() for each in found))


def chance_silhouette(trial: Trial) -> float:
    """The mean silhouette that no structureless table reaches."""
    return max(each.tightest for each in (trial.measures.normal, trial.measures.box))


def meaning(trial: Trial, formats: NumberFormat) -> str:
    """What the verdict means and what it rests on, in a sentence or two."""
    word, measures = verdict(trial), trial.measures
    weakest = formats.number(measures.weakest, 2)
    if word == "natural":
        return (
            "The segments are separate groups: there are gaps between all of them, and every one comes back when "
            f"customers are drawn anew (weakest Jaccard similarity {weakest})."
        )
    if word == "none" and too_few(trial):
        return f"The table has too few customers to trust any division into {trial.k} segments."
    if word == "none":
        mean = formats.number(float(measures.stability.mean()), 2)
        return f"The segments do not come back reliably when customers are drawn anew (mean Jaccard similarity {mean})."
    if word == "reproducible":
        return (
            "No gaps lie between the segments, yet the same ones come back when customers are drawn anew: "
            f"{_agreement(trial, formats)}, and {_tightness(trial, formats)}."
        )
    if not comes_back(trial):
        return (
            "The segments are one division of several: when customers are drawn anew, not every one of them comes back "
            f"(weakest Jaccard similarity {weakest}), and {_agreement(trial, formats)}."
        )
    return (
        "The segments are a useful way to divide customers, not a finding: they come back when customers are drawn "
        f"anew, but a table without groups does as well: {_as_well(trial, formats)}."
    )


def _as_well(trial: Trial, formats: NumberFormat) -> str:
    """What speaks against a finding: the tightness, the agreement, or both."""
    told = [] if more_faithful(trial) else [_agreement(trial, formats)]
    return " and ".join(told if tighter(trial) else [*told, _tightness(trial, formats)])


def _agreement(trial: Trial, formats: NumberFormat) -> str:
    own, there = float(trial.measures.agreement.mean()), chance_agreement(trial)
    told, compared = f"two redrawn tables agree to {formats.number(own, 2)}", formats.number(there, 2)
    if trial.chance_gap is None:
        than = "more than" if own > there else "no more than"
        return f"{told}, {than} two of a table without groups do on average ({compared})"
    if own > there:
        return f"{told}, more than two of any table without groups that was drawn ({compared} or less)"
    return f"{told}, and so do two of some table without groups ({compared})"


def _tightness(trial: Trial, formats: NumberFormat) -> str:
    own, there = formats.number(trial.silhouette, 2), formats.number(chance_silhouette(trial), 2)
    if tighter(trial):
        return f"the segments are tighter (silhouette {own}) than in any such table ({there} or less)"
    return f"the segments are no tighter (silhouette {own}) than the tightest to be expected in such tables ({there})"
