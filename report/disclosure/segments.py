"""What may be said of one segment, and of segments by category."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import Any

from analysis.contract import CategoryShare, Contract, Evidence, Feature, Prospect, Recommendation, Rule, Segment
from report.disclosure.cells import small, withheld
from report.disclosure.columns import OTHERS
from report.disclosure.evidence import advised, evidence, speaks_of


def stripped(segment: Segment, contract: Contract, hidden: frozenset[str]) -> Segment:
    """A segment without the columns `hidden` and without small counts, its categories aside."""
    least = contract.privacy.min_cell
    others = contract.data.customers - segment.size
    rule = segment.rule and _rule(segment.rule, segment.size, others, least)
    prospect = segment.lifetime and _prospect(segment.lifetime, segment.size, least)
    told = evidence(segment, contract, hidden).model_copy(update={"rule": rule, "lifetime": prospect})
    return _without(told, contract, hidden)


def shares(segments: Sequence[Segment], features: Sequence[Feature], least: int) -> tuple[Segment, ...]:
    """Segments with those of their category shares that may be published."""
    categorical = [feature for feature in features if feature.categories]
    tables = [_shares(segments, feature, least) for feature in categorical]
    return tuple(
        _told(segment, tuple(share for table in tables for share in table[place]), least)
        for place, segment in enumerate(segments)
    )


def _told(segment: Segment, categories: tuple[CategoryShare, ...], least: int) -> Segment:
    """A segment with these shares; no trait, no summary and no action's reason may tell another."""
    named = {(share.feature, share.category) for share in categories}
    hidden = [trait for trait in segment.traits if trait.category and (trait.feature, trait.category) not in named]
    traits = tuple(trait for trait in segment.traits if trait not in hidden)
    summary = segment.summary
    if any(str(trait.category).casefold() in summary.casefold() for trait in hidden):
        summary = ", ".join(trait.phrase for trait in traits) or "Differs in shares that are too small to be published."
    counts = {(share.feature, share.category): share.count for share in segment.categories}

    def withheld_share(one: Evidence) -> bool:
        return one.category is not None and (one.feature, one.category) not in named

    def counts_few(one: Evidence) -> bool:
        count = counts.get((one.feature, one.category or ""), 0)
        return small(count, least) or small(segment.size - count, least)

    return advised(segment, withheld_share, counts_few).model_copy(
        update={"categories": categories, "traits": traits, "summary": summary}
    )


def _shares(segments: Sequence[Segment], feature: Feature, least: int) -> list[list[CategoryShare]]:
    """One column's shares, by segment: rare categories put together, unsafe cells left out."""
    names = list(feature.categories)
    table = [[_counted(segment, feature, name) for name in names] for segment in segments]
    complete = all(sum(row) == segment.size for row, segment in zip(table, segments, strict=True))
    if not complete:  # a contract that is already published; nothing may be added up from what is left of it
        return [[share for share in segment.categories if share.feature == feature.name] for segment in segments]
    hidden = withheld(table, least)
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
            for column, name in enumerate(names)
            if hidden is not None and (row, column) not in hidden
        ]
        for row, segment in enumerate(segments)
    ]


def _rated(segment: Segment, feature: str, category: str) -> dict[str, Any]:
    """How a category was rated; those put together have not been."""
    own = [one for one in segment.categories if one.feature == feature and one.category == category != OTHERS]
    return own[0].model_dump(include={"residual", "adjusted_p", "marker"}) if own else {}


def _counted(segment: Segment, feature: Feature, name: str) -> int:
    """A segment's customers in a category, or in all those that are not published by name."""
    own = [share for share in segment.categories if share.feature == feature.name]
    if name == OTHERS:
        named = set(feature.categories) - {OTHERS}
        return sum(share.count for share in own if share.category not in named)
    return sum(share.count for share in own if share.category == name)


def _rule(rule: Rule, size: int, others: int, least: int) -> Rule:
    """The four counts behind a rule (right, wrong, missed, rightly left) are all told, or none of them.

    Then precision and recall are rounded down to tenths, since exact ones tell the counts.
    """
    if rule.picked is None or rule.correct is None:
        return rule
    wrong, missed = rule.picked - rule.correct, size - rule.correct
    if not any(small(count, least) for count in (rule.correct, wrong, missed, others - wrong)):
        return rule
    rounded = {"precision": floor(rule.precision * 10) / 10, "recall": floor(rule.recall * 10) / 10}
    return rule.model_copy(update={"picked": None, "correct": None, **rounded})


def _prospect(prospect: Prospect, size: int, least: int) -> Prospect:
    """What customers will bring, without a share that tells of few who bought once, or of few who bought again."""
    if prospect.bought_once is None:
        return prospect
    once = round(prospect.bought_once * size)
    few_again = small(size - once, least)
    if not few_again and not small(once, least):
        return prospect
    return prospect.model_copy(update={"bought_once": None, "alive": None if few_again else prospect.alive})


def _without(segment: Segment, contract: Contract, hidden: frozenset[str]) -> Segment:
    """A segment in which nothing speaks of the columns `hidden`."""
    if not hidden:
        return segment
    traits = tuple(trait for trait in segment.traits if trait.feature not in hidden)
    actions = [one for one in segment.recommendations if not speaks_of(one, hidden)]
    persona = segment.persona and segment.persona.model_copy(
        update={"mismatches": tuple(one for one in segment.persona.mismatches if one.feature not in hidden)}
    )
    labels = [one.label.casefold() for one in contract.data.features if one.name in hidden]
    tells = any(label in segment.summary.casefold() for label in labels)
    return segment.model_copy(
        update={
            "persona": persona,
            "profile": tuple(one for one in segment.profile if one.feature not in hidden),
            "traits": traits,
            "recommendations": tuple(_ranked(one, rank) for rank, one in enumerate(actions, start=1)),
            "summary": ", ".join(trait.phrase for trait in traits) if tells else segment.summary,
            "rule": None
            if segment.rule and hidden & {one.feature for one in segment.rule.conditions}
            else segment.rule,
        }
    )


def _ranked(action: Recommendation, rank: int) -> Recommendation:
    return action.model_copy(update={"rank": rank})
