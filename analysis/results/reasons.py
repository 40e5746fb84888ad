"""Why that many segments, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.clustering.algorithms import Algorithm
from analysis.clustering.choose import REFUSED, WOULD_REFUSE, Choice, ChoiceRule, Refusal, by_criterion, separated
from analysis.clustering.kept import KeptDivision
from analysis.clustering.trials import Trial
from analysis.language import gettext, gettext_noop
from analysis.language.words import listed
from analysis.wording.number_format import NumberFormat

REFUSES: Mapping[Refusal, str] = {
    "small": gettext_noop("The data alone would reject {k} segments because the smallest segment is too small."),
    "unstable": gettext_noop(
        "The data alone would reject {k} segments because one of them is not stable in resamples."
    ),
}


def refused(choice: Choice, k: int) -> str | None:
    """Why the rule refuses a number of segments, as the contract has it."""
    why = choice.refused.get(k)
    return gettext(REFUSED[why]) if why else None


def would_refuse(choice: Choice, k: int) -> str | None:
    """The same as a sentence, of a number that is shown all the same."""
    why = choice.refused.get(k)
    return gettext(WOULD_REFUSE[why]) if why else None


def team_reason(choice: Choice) -> str:
    """What is said where the team set the number: what the data would have taken."""
    k, auto_k = choice.taken.k, choice.auto.k
    if auto_k == k:
        return gettext("The team set {k} segments, and the data alone would give the same number.", k=k)
    told = gettext("The team set {k} segments; the data alone would give {auto_k}.", k=k, auto_k=auto_k)
    why = choice.refused.get(k)
    return f"{told} {gettext(REFUSES[why], k=k)}" if why else told


def kept_reason(kept: KeptDivision, choice: Choice) -> str:
    """What is said where the division of an earlier build is kept."""
    k, auto_k = kept.k, choice.auto.k
    if auto_k == k:
        return gettext(
            "The {k} segments found in build {number} are kept, and today’s data alone would give the same number.",
            k=k,
            number=kept.number,
        )
    return gettext(
        "The {k} segments found in build {number} are kept; today’s data alone would give {auto_k}.",
        k=k,
        number=kept.number,
        auto_k=auto_k,
    )


def own_reason(way: Algorithm, choice: Choice) -> str:
    """Why one that finds the number by itself has its number of segments, and what the rule says of it."""
    trial = choice.taken
    found = way.found(trial.k, unassigned=bool(trial.unassigned))
    why = would_refuse(choice, trial.k)
    return f"{found} {why}" if why else found


def auto_reason(trials: Sequence[Trial], rule: ChoiceRule, choice: Choice, formats: NumberFormat) -> str:
    """Why the data would take their number of segments."""
    auto, told = choice.auto, _told(trials, choice, formats)
    if len(trials) == 1:
        return gettext("No number of segments other than {k} could be tried.", **told)
    if auto.smallest < rule.smallest:
        return gettext(
            "Every number of segments from {first} to {last} has a segment of fewer than {least} customers. With {k} "
            "segments, the smallest has the most customers.",
            least=rule.smallest,
            **told,
        )
    if auto.k in choice.refused:
        return gettext(
            "With every number of segments from {first} to {last}, some segment is too small or not stable in "
            "resamples. Among those without a segment that is too small, {k} segments have the most stable weakest one "
            "(Jaccard similarity {weakest}).",
            **told,
        )
    passing = [trial.k for trial in trials if trial.k not in choice.refused]
    if by_criterion(auto):
        return _by_the_criterion(auto, passing, len(trials), told, formats)
    return _of_those_left(auto, passing, told)


def _told(trials: Sequence[Trial], choice: Choice, formats: NumberFormat) -> dict[str, object]:
    """What fills the slots of every reason."""
    auto = choice.auto
    return {
        "k": auto.k,
        "first": trials[0].k,
        "last": trials[-1].k,
        "weakest": formats.number(auto.measures.weakest, 2),
        "silhouette": formats.number(auto.silhouette, 2),
    }


def _by_the_criterion(
    auto: Trial, passing: Sequence[int], tried: int, told: dict[str, object], formats: NumberFormat
) -> str:
    """Of mixtures, whose number goes by the Bayesian information criterion."""
    told = {**told, "criterion": formats.number(auto.partition.bic or 0.0, 1)}
    if len(passing) == tried:
        return gettext(
            "Of {first} to {last} segments, {k} have the lowest Bayesian information criterion ({criterion}).", **told
        )
    if len(passing) == 1:
        return gettext("Of {first} to {last} segments, only {k} have no segment that is too small.", **told)
    large_enough = gettext(
        "Of {first} to {last} segments, {numbers} have no segment that is too small.",
        numbers=listed([str(k) for k in passing]),
        **told,
    )
    lowest = gettext("Of these, {k} segments have the lowest Bayesian information criterion ({criterion}).", **told)
    return f"{large_enough} {lowest}"


def _of_those_left(auto: Trial, passing: Sequence[int], told: dict[str, object]) -> str:
    """Why this number among those that the rule does not refuse."""
    if separated(auto):
        return gettext(
            "Of {first} to {last} segments, {k} is the largest number with gaps between all segments, and every one of "
            "them is stable in resamples (weakest Jaccard similarity {weakest}).",
            **told,
        )
    if len(passing) == 1:
        return gettext(
            "Of {first} to {last} segments, {k} is the only number at which every segment is stable in resamples "
            "(weakest Jaccard similarity {weakest}) and none is too small.",
            **told,
        )
    stable = gettext(
        "Of {first} to {last} segments, {numbers} are stable in resamples.",
        numbers=listed([str(k) for k in passing]),
        **told,
    )
    best = gettext("Of these, {k} segments have the best mean silhouette ({silhouette}).", **told)
    return f"{stable} {best}"
