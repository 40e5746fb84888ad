"""How far the segments can be trusted, in one word.

natural        separated groups: gaps between all of them, tighter than any found in structureless tables, and every
               one comes back when customers are drawn anew
reproducible   no gaps between all of them, yet every one comes back, and more faithfully than structureless tables of
               the same size, spread and correlation give theirs back
constructive   a useful way to divide customers, no finding: a table without groups would do as well
none           too few customers, or segments that do not come back

To come back is Hennig's (2007) Jaccard similarity above .75 for every segment. To do so more faithfully than
structureless tables means a mean agreement of resamples, and a mean silhouette, above those of every one of the tables
drawn: twenty normal clouds and twenty uniform boxes. Of a table that is itself one of either kind, each of the two
happens by chance once in twenty-one times (a Monte Carlo test, Besag & Clifford 1989, Biometrika 76:633); both are
asked for because the number of segments was chosen from several.

Where columns hold categories, or yes and no, the structureless tables hold the same (`analysis.battery.copula`). One
such column parts every table cleanly, and segments made of answers are tight, with groups or without; so there a gap
must also be wider than any between the segments of structureless tables (`Trial.gap_needed`), and how tight segments
are decides nothing more.
"""

from __future__ import annotations

from analysis.choose import separated
from analysis.contract import Verdict
from analysis.figures import Figures
from analysis.stability import DOUBTFUL, UNSTABLE
from analysis.trials import Trial

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
    return "reproducible" if beyond_chance(trial) else "constructive"


def too_few(trial: Trial) -> bool:
    """Whether there are fewer than ten customers for each segment on average."""
    return len(trial.labels) < FEWEST_CUSTOMERS_A_SEGMENT * trial.k


def comes_back(trial: Trial) -> bool:
    """Whether every segment comes back when customers are drawn anew."""
    return trial.measures.weakest > DOUBTFUL


def beyond_chance(trial: Trial) -> bool:
    """Whether the segments come back more faithfully, and are tighter, than those of any structureless table drawn."""
    return tighter(trial) and trial.measures.agreement.mean() > _chance(trial)


def tighter(trial: Trial) -> bool:
    """Whether the mean silhouette is above that of any structureless table drawn."""
    return trial.silhouette > max(float(each.silhouette.max()) for each in (trial.measures.normal, trial.measures.box))


def meaning(trial: Trial, figures: Figures) -> str:
    """What the verdict means and what it rests on, in a sentence or two."""
    word, measures = verdict(trial), trial.measures
    agreement, weakest = figures.number(float(measures.agreement.mean()), 2), figures.number(measures.weakest, 2)
    if word == "natural":
        return (
            "The segments are separate groups: there are gaps between all of them, and every one comes back when "
            f"customers are drawn anew (weakest Jaccard similarity {weakest})."
        )
    if word == "none" and too_few(trial):
        return f"{len(trial.labels)} customers are too few to trust any division into {trial.k} segments."
    if word == "none":
        mean = figures.number(float(measures.stability.mean()), 2)
        return f"The segments do not come back reliably when customers are drawn anew (mean Jaccard similarity {mean})."
    structureless = figures.number(_chance(trial), 2)
    compared = f"two redrawn tables agree to {agreement}, where tables without groups reach {structureless} at most"
    if word == "reproducible":
        return (
            f"No gaps lie between the segments, yet the same ones come back when customers are drawn anew: {compared}."
        )
    if not comes_back(trial):
        return (
            "The segments are a useful way to divide customers, not a finding: when customers are drawn anew, not "
            f"every one of them comes back (weakest Jaccard similarity {weakest})."
        )
    return (
        "The segments are a useful way to divide customers, not a finding: they come back when customers are drawn "
        f"anew, but a table without groups does {_as_well(trial)} ({compared})."
    )


def _chance(trial: Trial) -> float:
    """The best agreement of any structureless table."""
    return float(max(trial.measures.normal.agreement.max(), trial.measures.box.agreement.max()))


def _as_well(trial: Trial) -> str:
    return "as well" if trial.measures.agreement.mean() <= _chance(trial) else "nearly as well, with segments as tight"
