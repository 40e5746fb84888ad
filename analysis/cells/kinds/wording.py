"""How levels, answers and dates are told, where the words for amounts would not do."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Condition, Feature, FeatureProfile, Level
from analysis.language import gettext
from analysis.wording.nouns import event
from analysis.wording.number_format import NumberFormat

MOST_SAY_YES, FEW_SAY_YES, NEARLY_ALL_SAY_YES = 0.5, 0.25, 0.75
"""Shares of yes that make the words of a name."""
SPANS = {"very low": "very recent", "low": "recent", "high": "early", "very high": "very early"}


def standing(feature: Feature, label: str, figure: FeatureProfile, formats: NumberFormat) -> str | None:
    """Where a segment stands on a scale of levels or answers: `newsletter: 86% yes, against 55% of …`.

    None for all other columns.
    """
    mean = figure.typical
    if feature.measure == "boolean":
        told = {"share": formats.of(feature, mean), "label": label, "overall": formats.everybody(feature, figure)}
        if mean == 0:
            return gettext("{label}: nobody with yes, against {overall} of all customers", **told)
        if figure.difference < 0:
            return gettext("{label}: only {share} yes, against {overall} of all customers", **told)
        return gettext("{label}: {share} yes, against {overall} of all customers", **told)
    if feature.measure == "ordinal":
        return gettext(
            "is at {figure} ({level}) in {label}, against {overall} of all customers",
            figure=formats.of(feature, mean), level=nearest(feature, mean), label=label,
            overall=formats.everybody(feature, figure, unit=False),
        )  # fmt: skip
    return None


def nearest(feature: Feature, mean: float) -> str:
    """The level nearest to a mean of an ordinal column."""
    place = min(max(round(mean), 1), len(feature.levels))
    return feature.levels[place - 1]


def named(feature: Feature, label: str, level: Level, mean: float) -> tuple[str, str] | None:
    """For a segment's name what is said and of what: `mostly yes to`, `newsletter`; `seldom`, `churn`.

    The first is a key of `analysis.naming.name_leads`. None: as for amounts.
    """
    if feature.measure == "boolean":
        more = level in {"high", "very high"}
        if done := event(label):
            return (_often(mean) if more else _seldom(mean)), done
        return (_yes(mean) if more else _no(mean)), label
    if feature.measure == "date" and feature.role != "age":
        return SPANS.get(level, level), label
    return None


def _often(share: float) -> str:
    return "mostly" if share > MOST_SAY_YES else "more often"


def _seldom(share: float) -> str:
    return "seldom" if share < FEW_SAY_YES else "less often"


def _yes(share: float) -> str:
    if share > NEARLY_ALL_SAY_YES:
        return "yes to"
    return "mostly yes to" if share > MOST_SAY_YES else "more often yes to"


def _no(share: float) -> str:
    if share < FEW_SAY_YES:
        return "no to"
    return "mostly no to" if share < MOST_SAY_YES else "less often yes to"


def bounded(feature: Feature, label: str, conditions: Sequence[Condition]) -> str | None:
    """What a rule asks of levels or answers: `card is yes`, `visits at least 5 (weekly)`; None for other columns."""
    if feature.measure == "boolean":
        yes = conditions[0].operator == "above"
        return gettext("{label} is yes", label=label) if yes else gettext("{label} is no", label=label)
    if feature.measure == "ordinal":
        return within(label, [(one.operator, _level(feature, one)) for one in conditions], whole=True)
    return None


def within(label: str, edges: Sequence[tuple[str, str]], *, whole: bool = False) -> str:
    """A column between one or two bounds, each an operator and an edge: `age above 30 but at most 40`.

    `whole`: the lower bound is told as the lowest level inside, so that it belongs to it.
    """
    bounds = dict(edges)
    lower, upper = bounds.get("above", ""), bounds.get("at most", "")
    told = {"label": label, "lower": lower, "upper": upper}
    if not lower:
        return gettext("{label} at most {upper}", **told)
    if whole:
        if not upper:
            return gettext("{label} at least {lower}", **told)
        return gettext("{label} at least {lower} but at most {upper}", **told)
    if not upper:
        return gettext("{label} above {lower}", **told)
    return gettext("{label} above {lower} but at most {upper}", **told)


def dated(label: str, edges: Sequence[tuple[str, str]]) -> str:
    """A day between one or two bounds, as time before the reference date: `first order at most 2.2 years ago`."""
    bounds = dict(edges)
    lower, upper = bounds.get("above", ""), bounds.get("at most", "")
    told = {"label": label, "lower": lower, "upper": upper}
    if not lower:
        return gettext("{label} at most {upper} ago", **told)
    if not upper:
        return gettext("{label} more than {lower} ago", **told)
    return gettext("{label} more than {lower} but at most {upper} ago", **told)


def _level(feature: Feature, condition: Condition) -> str:
    """The lowest or the highest level inside a bound: `5 (weekly)`."""
    edge = int(float(condition.value))
    if condition.operator == "above":
        return f"{edge + 1} ({feature.levels[edge]})"
    return f"{edge} ({feature.levels[edge - 1]})"
