"""How far the segments can be trusted, in one word.

natural        separated groups: gaps between all of them, tighter than any found in structureless tables, and every
               one is stable
reproducible   no gaps between all of them, but every one is stable, two resamples agree more than those of
               structureless tables of the same size, spread and correlation, and segments are tighter than in any
               of these
constructive   a division, not a finding: either it is stable, as that of a table without groups would be, or not
               every segment is, and then the sentence says so
none           too few customers, or segments that are not stable

Stable is Hennig's (2007) mean Jaccard similarity above .75 for every segment. Tighter means a mean silhouette above
that of every structureless table drawn, twenty clouds with one peak in each column and twenty uniform boxes, whatever
number of segments is taken of them (`analysis.clustering.battery.references.highest`): of a table that is itself one
of either kind, that happens by chance once in twenty-one times (a Monte Carlo test, Besag & Clifford 1989,
Biometrika 76:633). The agreement of two resamples is compared with that of structureless tables on average. The
average, since each of these tables is resampled three times only: the largest of forty such means is
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
from analysis.language import gettext
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
    """Whether every segment is stable in resamples."""
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
    """What the verdict means and what it rests on, in a few sentences."""
    word, weakest = verdict(trial), formats.number(trial.measures.weakest, 2)
    if word == "natural":
        return gettext(
            "The segments are separate groups: there are gaps between all of them, and every one is stable in "
            "resamples (weakest Jaccard similarity {weakest}).",
            weakest=weakest,
        )
    if word == "none" and too_few(trial):
        return gettext("The table has too few customers to trust any division into {k} segments.", k=trial.k)
    if word == "none":
        mean = formats.number(float(trial.measures.stability.mean()), 2)
        return gettext("The segments are not stable in resamples (mean Jaccard similarity {mean}).", mean=mean)
    if word == "reproducible":
        told = [gettext("Not all segments are separated by gaps, but the same ones appear in resamples.")]
        return " ".join([*told, _agreement(trial, formats), _tightness(trial, formats)])
    if not comes_back(trial):
        told = [
            gettext(
                "The segments are one division of several: not every one of them is stable in resamples (weakest "
                "Jaccard similarity {weakest}).",
                weakest=weakest,
            )
        ]
        return " ".join([*told, _agreement(trial, formats)])
    told = [
        gettext(
            "The segments are a useful way to divide customers, not a finding: they are stable in resamples, but no "
            "more stable or no tighter than those of random tables without groups."
        )
    ]
    return " ".join([*told, *_as_well(trial, formats)])


def _as_well(trial: Trial, formats: NumberFormat) -> list[str]:
    """What speaks against a finding: the agreement, the tightness, or both."""
    told = [] if more_faithful(trial) else [_agreement(trial, formats)]
    return told if tighter(trial) else [*told, _tightness(trial, formats)]


def _agreement(trial: Trial, formats: NumberFormat) -> str:
    """How far two resamples agree, against those of random tables: on average, or of any where there are categories."""
    own, chance = float(trial.measures.agreement.mean()), chance_agreement(trial)
    told = {"own": formats.number(own, 2), "chance": formats.number(chance, 2)}
    if trial.chance_gap is None and own > chance:
        return gettext(
            "Agreement between two resamples is {own}, higher than for random tables without groups on average "
            "({chance}).",
            **told,
        )
    if trial.chance_gap is None:
        return gettext(
            "Agreement between two resamples is {own}, no higher than for random tables without groups on average "
            "({chance}).",
            **told,
        )
    if own > chance:
        return gettext(
            "Agreement between two resamples is {own}, higher than for any of the random tables without groups "
            "({chance} or less).",
            **told,
        )
    return gettext(
        "Agreement between two resamples is {own}, no higher than for the random table without groups whose "
        "resamples agree most ({chance}).",
        **told,
    )


def _tightness(trial: Trial, formats: NumberFormat) -> str:
    told = {"own": formats.number(trial.silhouette, 2), "chance": formats.number(chance_silhouette(trial), 2)}
    if tighter(trial):
        return gettext(
            "The segments are tighter (silhouette {own}) than in any of the random tables without groups ({chance} "
            "or less).",
            **told,
        )
    return gettext(
        "The segments are no tighter (silhouette {own}) than the tightest to be expected in random tables without "
        "groups ({chance}).",
        **told,
    )
