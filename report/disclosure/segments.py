"""What may be said of one segment, and of segments by category."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from analysis.contract import (
    CategoryShare,
    Contract,
    Feature,
    PersonaMatch,
    Recommendation,
    Segment,
    Trait,
    WithheldProfile,
    WithheldShare,
)
from analysis.language import gettext, gettext_noop
from analysis.rounding.random_rounding import Rounding
from analysis.rounding.rounded_figures import rule_as_told
from analysis.wording.typical import HOW, WHO, strung
from report.disclosure.answers import dominated
from report.disclosure.cells import why, withheld
from report.disclosure.columns import OTHERS
from report.disclosure.evidence import WITHHELD, by_those_left, evidence, holds, speaks_of

UNSAID = gettext_noop("What sets it apart is withheld.")
MEASURED = {
    True: gettext_noop(
        "A rule on the columns finds enough of its customers, and enough of the customers that it finds are in the "
        "segment. The exact shares are withheld."
    ),
    False: gettext_noop(
        "A rule on the columns finds too few of its customers, or too many others. The exact shares are withheld."
    ),
}
"""Reasons of the criterion “measurable” where a rule's counts are withheld, by whether it is met."""


def stripped(
    segment: Segment, contract: Contract, hidden: frozenset[str], every: Mapping[int, frozenset[str]]
) -> Segment:
    """A segment without small counts, its categories aside.

    It is not told of the columns `hidden` at all; `every`: by segment, the columns that are said to be withheld.
    """
    untold = every[segment.id] - hidden
    told = evidence(segment, contract, hidden | untold, frozenset().union(*every.values()))
    return _without(_ruled(told, contract, untold), contract, hidden, untold)


def shares(segments: Sequence[Segment], features: Sequence[Feature], least: int) -> tuple[Segment, ...]:
    """Segments with those of their category shares that may be published."""
    categorical = [feature for feature in features if feature.categories]
    tables = [_shares(segments, feature, least) for feature in categorical]
    partly = [
        feature.label.casefold()
        for feature, table in zip(categorical, tables, strict=True)
        if any(isinstance(share, WithheldShare) for row in table for share in row)
    ]
    return tuple(
        _undiffered(_told(segment, tuple(share for table in tables for share in table[place])), partly)
        for place, segment in enumerate(segments)
    )


def _undiffered(segment: Segment, labels: Sequence[str]) -> Segment:
    """A segment whose difference from another is not told by a column of which shares are withheld of either."""
    criteria = tuple(
        one.model_copy(update={"reason": gettext(WITHHELD)})
        if one.name == "differentiable" and any(f"{label} (" in one.reason.casefold() for label in labels)
        else one
        for one in segment.criteria
    )
    return segment.model_copy(update={"criteria": criteria})


def _told(segment: Segment, categories: tuple[CategoryShare | WithheldShare, ...]) -> Segment:
    """A segment with these shares; no trait, summary or rule may tell another."""
    named = {(share.feature, share.category) for share in categories if isinstance(share, CategoryShare)}
    unsaid = [trait for trait in segment.traits if trait.category and (trait.feature, trait.category) not in named]
    traits = tuple(trait for trait in segment.traits if trait not in unsaid)
    summary = segment.summary
    if any(str(trait.category).casefold() in summary.casefold() for trait in unsaid):
        summary = _summary(traits)
    picks = {
        (each.feature, each.value) for each in segment.rule.conditions if each.operator in {"is", "is not"}
    } if segment.rule else set()  # fmt: skip
    told = segment if picks <= named else _unranked(_uncounted(segment))
    return _advised(told, named).model_copy(update={"categories": categories, "traits": traits, "summary": summary})


def _summary(traits: Sequence[Trait]) -> str:
    """One sentence of what may still be told."""
    return strung([trait.phrase for trait in traits]) if traits else gettext(UNSAID)


def _advised(segment: Segment, named: Collection[tuple[str, str]]) -> Segment:
    """A segment without the actions that go by a share that is not `named`: (column, category)."""

    def secret(action: Recommendation) -> bool:
        return any(one.category is not None and (one.feature, one.category) not in named for one in action.evidence)

    return _acting(segment, [one for one in segment.recommendations if not secret(one)])


def _acting(segment: Segment, told: Sequence[Recommendation]) -> Segment:
    """A segment of whose actions only these are told."""
    if len(told) == len(segment.recommendations):
        return segment
    return segment.model_copy(
        update={"recommendations": _ranked(told), "criteria": by_those_left(segment.criteria, told)}
    )


def _shares(segments: Sequence[Segment], feature: Feature, least: int) -> list[list[CategoryShare | WithheldShare]]:
    """One column's shares, by segment: rare categories put together, unsafe cells withheld."""
    names = list(feature.categories)
    table = [[_counted(segment, feature, name) for name in names] for segment in segments]
    complete = all(sum(row) == segment.size for row, segment in zip(table, segments, strict=True))
    # Of sums that are not those of the segments nobody can say what follows.
    hidden = withheld(table, least, groups=not feature.harmless) if complete else None
    total = sum(feature.categories.values())
    return [
        [
            CategoryShare(
                feature=feature.name,
                category=name,
                count=table[row][column],
                share=table[row][column] / segment.size,
                share_overall=feature.categories[name] / total,
                **_rated(segment, feature.name, name),
            )
            if hidden is not None and (row, column) not in hidden
            else WithheldShare(
                feature=feature.name,
                category=name,
                share_overall=feature.categories[name] / total,
                withheld=why(least),
            )
            for column, name in enumerate(names)
        ]
        for row, segment in enumerate(segments)
    ]


def _rated(segment: Segment, feature: str, category: str) -> dict[str, Any]:
    """How a category was rated; those put together have not been."""
    own = [one for one in segment.shares if one.feature == feature and one.category == category != OTHERS]
    return own[0].model_dump(include={"residual", "adjusted_p", "marker"}) if own else {}


def _counted(segment: Segment, feature: Feature, name: str) -> int:
    """A segment's customers in a category, or in all those that are not published by name."""
    own = [share for share in segment.shares if share.feature == feature.name]
    if name == OTHERS:
        named = set(feature.categories) - {OTHERS}
        return sum(share.count for share in own if share.category not in named)
    return sum(share.count for share in own if share.category == name)


def _ruled(segment: Segment, contract: Contract, untold: frozenset[str]) -> Segment:
    """Of a rule no counts are told, and of its shares a tenth that they surely reach, whatever they are.

    If all of a segment were within the bounds, that would tell of each of its customers. To withhold it just there
    would tell it as well. A rule by one column tells no more than the column's own share.
    """
    rule = segment.rule
    if rule is None or rule.picked is None or rule.correct is None:
        return segment
    if untold & {one.feature for one in rule.conditions}:
        return _unranked(_uncounted(segment))
    told = rule_as_told(rule, segment.size, Rounding.of(public=True, least=contract.privacy.min_cell, table=None))
    return _uncounted(segment, told.precision, told.recall) if told else segment


def _uncounted(segment: Segment, precision: float | None = None, recall: float | None = None) -> Segment:
    """A segment with a rule whose counts are withheld, and with no more of its shares than these."""
    if segment.rule is None:
        return segment
    shares = {"precision": precision, "recall": recall}
    return segment.model_copy(
        update={
            "rule": segment.rule.model_copy(update={"picked": None, "correct": None, **shares}),
            "criteria": tuple(
                one.model_copy(update={"reason": gettext(MEASURED[one.passed])}) if one.name == "measurable" else one
                for one in segment.criteria
            ),
        }
    )


def _unranked(segment: Segment) -> Segment:
    """A segment without its place on the evaluation plot.

    A part of it is how well the rule finds the segment, and where the rule goes by a column that is withheld, its
    count follows from that.
    """
    return segment.model_copy(update={"evaluation": None})


def _without(segment: Segment, contract: Contract, hidden: frozenset[str], untold: frozenset[str]) -> Segment:
    """A segment in which nothing speaks of the columns `hidden` and `untold`."""
    unsaid = hidden | untold
    if not unsaid:
        return segment
    least = contract.privacy.min_cell
    summed = dominated(contract)
    traits = tuple(trait for trait in segment.traits if trait.feature not in unsaid)
    actions = [one for one in segment.recommendations if not speaks_of(one, unsaid)]
    return _acting(segment, actions).model_copy(
        update={
            "persona": segment.persona and _persona(segment.persona, unsaid),
            "profile": tuple(
                WithheldProfile(feature=one.feature, withheld=why(least, summed=one.feature in summed))
                if one.feature in untold
                else one
                for one in segment.profile
                if one.feature not in hidden
            ),
            "centroid": {name: None if name in untold else mean for name, mean in segment.centroid.items()},
            "traits": traits,
            "summary": _summary(traits) if _sums_up(segment, contract, unsaid) else segment.summary,
            "rule": None
            if segment.rule
            and (hidden | _one_value(segment, contract)) & {one.feature for one in segment.rule.conditions}
            else segment.rule,
        }
    )


def _sums_up(segment: Segment, contract: Contract, unsaid: frozenset[str]) -> bool:
    """Whether the summary may tell one of these columns, by its label, its trait, or its role without either."""
    columns = [one for one in contract.data.features if one.name in unsaid]
    words = [one.label for one in columns]
    words += [trait.phrase for trait in segment.traits if trait.feature in unsaid]
    by_role = any(one.role in {*WHO, *HOW} for one in columns)
    return segment.kind == "segment" and (by_role or holds(segment.summary, words))


def _one_value(segment: Segment, contract: Contract) -> frozenset[str]:
    """Columns of numbers in which all of a segment have one value: beside a histogram a bound would tell which.

    Not those that are declared harmless.
    """
    features = {one.name: one for one in contract.data.features}
    return frozenset(
        one.feature
        for one in segment.figures
        if one.constant and not features[one.feature].harmless and features[one.feature].two_values is None
    )


def _persona(persona: PersonaMatch, unsaid: frozenset[str]) -> PersonaMatch:
    """How far a segment is from its persona is not told either: it may be by one of these columns alone."""
    mismatches = tuple(one for one in persona.mismatches if one.feature not in unsaid)
    return persona.model_copy(update={"mismatches": mismatches, "distance": None})


def _ranked(actions: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """The actions that are left, from rank 1 on."""
    return tuple(one.model_copy(update={"rank": rank}) for rank, one in enumerate(actions, start=1))
