"""The columns of the table: how each was used and its typical figures, and those that were left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.basics.letters import capital
from analysis.contract import Feature, LeftOut
from analysis.language import gettext, gettext_noop, ngettext
from analysis.language.words import unit
from report.captions.words import withheld
from report.views.preparation import medians
from report.views.story import Story

FIGURES = {"mean": gettext_noop("mean {figure}"), "median": gettext_noop("median {figure}")}


@dataclass(frozen=True)
class ColumnRow:
    """One column of the table, described."""

    label: str
    header: str
    used_for: str
    unit: str
    typical: str
    middle: str
    missing: str


@dataclass(frozen=True)
class LeftOutRow:
    """One column that says nothing, or the same as another."""

    header: str
    reason: str
    what: str


def column(story: Story, feature: Feature) -> ColumnRow:
    """A column that was used."""
    typical, middle = _categories(story, feature) if feature.kind == "category" else _numbers(story, feature)
    return ColumnRow(
        feature.label,
        feature.name,
        gettext("to find segments") if feature.used_for == "clustering" else gettext("to describe segments"),
        _unit(story, feature),
        typical,
        middle,
        _missing(story, feature),
    )


def typical_head(story: Story) -> str:
    """The head of the typical figures: `Mean`, or `Mean or median` where some columns have one and some the other."""
    return gettext("Mean or median") if medians(story) else gettext("Mean")


def left_out(one: LeftOut) -> LeftOutRow:
    """A column that was not used, or less than the configuration asks."""
    what = gettext("used to describe segments, not to find them") if one.describes else gettext("not used")
    return LeftOutRow(one.column, f"{capital(one.reason)}.", what)


def _unit(story: Story, feature: Feature) -> str:
    if feature.measure == "boolean":
        return gettext("share of yes")
    own = unit(feature.unit) if feature.unit else ""
    return own or (story.formats.money_unit if feature.format == "money" else "") or "–"


def _categories(story: Story, feature: Feature) -> tuple[str, str]:
    number = len(feature.categories)
    if not number:
        return withheld(), story.nothing
    many = ngettext("{count} category", "{count} categories", number, count=number)
    category, customers = next(iter(feature.categories.items()))
    most = gettext("most often {category} ({customers})", category=category, customers=story.formats.number(customers))
    return many, most


def _numbers(story: Story, feature: Feature) -> tuple[str, str]:
    formats = story.formats
    typical = story.nothing if feature.usual is None else formats.of(feature, feature.usual)
    if medians(story):
        typical = gettext(FIGURES[feature.typical], figure=typical)
    ends = [end for end in (feature.q1, feature.q3) if end is not None]
    if feature.measure == "boolean":
        return typical, "–"
    if not ends:
        return typical, story.nothing
    if feature.measure == "ordinal":
        return typical, _between(list(dict.fromkeys(formats.middle(feature, end) for end in ends)))
    return typical, _between([formats.of(feature, end, unit=False) for end in ends])


def _between(ends: Sequence[str]) -> str:
    """Both ends of the middle half; one where the other is withheld or the same."""
    return gettext("{low} to {high}", low=ends[0], high=ends[1]) if len(ends) > 1 else ends[0] or "–"


def _missing(story: Story, feature: Feature) -> str:
    """How many values are missing, and what was done about them."""
    if feature.missing is None:
        return story.nothing
    count = story.formats.number(feature.missing)
    return f"{count} ({gettext(feature.missing_policy)})" if feature.imputed else count
