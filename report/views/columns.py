"""The columns of the table: how each was understood, and those that were left out."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.basics.letters import capital
from analysis.contract import Feature, LeftOut
from report.captions.words import WITHHELD
from report.views.preparation import medians
from report.views.story import Story
from report.views.words import plural


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
    """One column that tells nothing, or what another has told."""

    header: str
    reason: str
    what: str


def column(story: Story, feature: Feature) -> ColumnRow:
    """A column that was used."""
    typical, middle = _categories(story, feature) if feature.kind == "category" else _numbers(story, feature)
    return ColumnRow(
        feature.label,
        feature.name,
        "to find segments" if feature.used_for == "clustering" else "to describe them",
        _unit(story, feature),
        typical,
        middle,
        _missing(story, feature),
    )


def typical_head(story: Story) -> str:
    """The head of the typical figures: `Mean`, or `Mean or median` where some columns have this and some that."""
    return "Mean or median" if medians(story) else "Mean"


def left_out(one: LeftOut) -> LeftOutRow:
    """A column that was not used, or less than the configuration has it."""
    what = "describes segments, does not form them" if one.describes else "not used"
    return LeftOutRow(one.column, f"{capital(one.reason)}.", what)


def _unit(story: Story, feature: Feature) -> str:
    if feature.measure == "boolean":
        return "share of yes"
    return feature.unit or (story.formats.money_unit if feature.format == "money" else "") or "–"


def _categories(story: Story, feature: Feature) -> tuple[str, str]:
    most = next(iter(feature.categories.items()), None)
    number = len(feature.categories)
    many = f"{number} {plural(number, 'category', 'categories')}" if number else WITHHELD
    return many, f"most often {most[0]}, {story.formats.number(most[1])}" if most else story.nothing


def _numbers(story: Story, feature: Feature) -> tuple[str, str]:
    formats = story.formats
    typical = story.nothing if feature.usual is None else formats.of(feature, feature.usual)
    if medians(story):
        typical = f"{feature.typical} {typical}"
    ends = [end for end in (feature.q1, feature.q3) if end is not None]
    if feature.measure == "boolean":
        return typical, "–"
    if not ends:
        return typical, story.nothing
    if feature.measure == "ordinal":
        levels = dict.fromkeys(formats.middle(feature, end) for end in ends)
        return typical, " to ".join(levels) or "–"
    return typical, " to ".join(formats.of(feature, end, unit=False) for end in ends) or "–"


def _missing(story: Story, feature: Feature) -> str:
    """How many values, and what became of them."""
    if feature.missing is None:
        return story.nothing
    count = story.formats.number(feature.missing)
    return f"{count} ({feature.missing_policy})" if feature.imputed else count
