"""How the number of segments was chosen: the rule, every number tried, and the number that each index prefers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.contract.stability import DOUBTFUL
from analysis.language import gettext, gettext_noop
from analysis.language.words import listed, spelt
from report.views.candidates import (
    CandidateRow,
    by_criterion,
    candidate_rows,
    chance_mean,
    chance_of,
    legend,
    others,
    refusals,
    several,
)
from report.views.certainty import taken
from report.views.preferences import Preference, disagreement, elsewhere, preferences
from report.views.story import Story
from report.views.withheld import explained_tried

GATE = gettext_noop(
    "Stability comes first: numbers whose segments are not stable are rejected. Of the others, the rule takes the "
    "largest number with gaps between all segments; if there is none, the silhouette decides."
)
SOURCES = gettext_noop(
    "Stability first: Hennig (2007), Computational Statistics & Data Analysis 52:258. The silhouette among the stable "
    "ones: Arbelaitz et al. (2013), Pattern Recognition 46:243."
)
CRITERION = gettext_noop(
    "The Bayesian information criterion decides. Stability does not decide the number; the verdict reports it."
)
CRITERION_SOURCES = gettext_noop("Fraley & Raftery (2002), Journal of the American Statistical Association 97:611.")
"""Of a mixture of normal clouds, whose number of segments is decided by the criterion."""


@dataclass(frozen=True)
class ChoiceSection:
    """How the number of segments was chosen."""

    stands: str
    speaks_for: Sequence[str]
    speaks_against: Sequence[str]
    rule: Sequence[str]
    gate: str
    sources: str
    criterion: bool
    note: str
    disagree: str
    preferences: Sequence[Preference]
    candidates: Sequence[CandidateRow]
    refusals: Sequence[str]
    others: Sequence[tuple[str, str]]
    undivided: str


def choice(story: Story) -> ChoiceSection:
    """What the page says about the number of segments."""
    selection, criterion = story.contract.selection, by_criterion(story)
    return ChoiceSection(
        stands=_stands(story),
        speaks_for=_for(story),
        speaks_against=_against(story),
        rule=selection.rule if several(story) else (),
        gate=gettext(CRITERION if criterion else GATE),
        sources=gettext(CRITERION_SOURCES if criterion else SOURCES),
        criterion=criterion,
        note=" ".join(filter(None, [*legend(story), _measured_on(story)])),
        disagree=disagreement(story),
        preferences=preferences(story),
        candidates=candidate_rows(story),
        refusals=refusals(story),
        others=others(),
        undivided=undivided(story),
    )


def _stands(story: Story) -> str:
    """Who set the number of segments, and what the rule says of it."""
    selection, one = story.contract.selection, taken(story.contract)
    k, reason = spelt(selection.k), selection.auto_reason
    if selection.mode == "auto":
        return reason or gettext("The rule chose {count} segments from the data alone.", count=k)
    if selection.mode == "kept":
        told = gettext("An earlier build found {count} segments, and they are kept.", count=k)
    elif selection.auto_k == selection.k:
        told = gettext("The team set {count} segments. The rule alone would choose the same number.", count=k)
    elif one is not None and one.refused:
        told = gettext(
            "The team set {count} segments. The rule rejects that number ({reason}); it stands as the team’s decision.",
            count=k, reason=one.refused,
        )  # fmt: skip
    else:
        told = gettext(
            "The team set {count} segments. The rule accepts that number, but alone it would choose {other}.",
            count=k, other=spelt(selection.auto_k),
        )  # fmt: skip
    return f"{told} {reason}".rstrip()


def _for(story: Story) -> list[str]:
    one, number = taken(story.contract), story.formats.number
    if one is None:
        return []
    told = []
    if one.weakest is not None and one.weakest > DOUBTFUL:
        told.append(
            gettext(
                "Every segment is stable: the weakest has a Jaccard similarity of {weakest} over the resamples; more "
                "than {needed} is needed.",
                weakest=number(one.weakest, 2), needed=number(DOUBTFUL, 2),
            )
        )  # fmt: skip
    chance = chance_of(one)
    if one.agreement is not None and chance is not None and one.agreement.mean > chance.p95:
        told.append(
            gettext(
                "Two resamples agree to {agreement} on average (1: fully). Those of random tables without groups agree "
                "to {mean} on average, and 95% of such tables stay below {limit}.",
                agreement=number(one.agreement.mean, 2), mean=number(chance_mean(one) or 0, 2),
                limit=number(chance.p95, 2),
            )
        )  # fmt: skip
    backing = [each.index.inside for each in preferences(story) if each.agrees]
    if backing:
        told.append(gettext("Indices that prefer this number: {indices}.", indices=listed(backing)))
    return told


def _against(story: Story) -> list[str]:
    one, number = taken(story.contract), story.formats.number
    if one is None:
        return []
    told = []
    if one.weakest is not None and one.weakest <= DOUBTFUL:
        told.append(
            gettext(
                "The weakest segment is not stable: it has a Jaccard similarity of {weakest} over the resamples; more "
                "than {needed} is needed.",
                weakest=number(one.weakest, 2), needed=number(DOUBTFUL, 2),
            )
        )  # fmt: skip
    chance = chance_of(one)
    if one.agreement is not None and chance is not None and one.agreement.mean <= chance.p95:
        told.append(
            gettext(
                "Two resamples agree to {agreement} on average (1: fully), but so do some random tables without "
                "groups: 5% of them reach {limit}.",
                agreement=number(one.agreement.mean, 2), limit=number(chance.p95, 2),
            )
        )  # fmt: skip
    return [*told, *elsewhere(story)]


def undivided(story: Story) -> str:
    """The gap statistic of the whole table, which has no row among the numbers tried."""
    whole, figures = story.contract.selection.undivided, story.formats
    if whole is None:
        return ""
    return gettext(
        "Gap statistic of the whole table as one segment: {gap} ± {error}.",
        gap=figures.number(whole.gap, 2), error=figures.index(whole.gap_error),
    )  # fmt: skip


def _measured_on(story: Story) -> str:
    sample, number = story.contract.selection.measured_on, story.formats.number
    withheld = explained_tried(story.contract)
    if sample is None:
        return withheld
    figures = {"sample": number(sample), "customers": number(story.contract.data.customers)}
    measured = (
        gettext(
            "Measured on a random sample of {sample} of {customers} customers, the same for every number of segments.",
            **figures,
        )
        if story.contract.data.set_apart == 0
        else gettext(
            "Measured on a random sample of {sample} of {customers} customers (outliers among them were left out), the "
            "same for every number of segments.",
            **figures,
        )
    )
    return f"{measured} {withheld}".rstrip()
