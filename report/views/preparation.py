"""What was done to the columns before segments were looked for, and who was left out of the search."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Feature
from report.views.story import Story
from report.views.words import plural

DONE = {
    "standardised": "Standardised",
    "log, standardised": "Logarithm, then standardised",
    "limited by quartiles, standardised": "Limited by its quartiles, then standardised",
    "one axis a category": "One axis for each category",
    "none": "As it stands",
}
KINDS = {
    "numeric": "numbers",
    "ordinal": "levels in an order",
    "nominal": "categories",
    "boolean": "yes or no",
    "date": "dates",
}
WHY = "So that no column counts more because of its unit."
WHY_CATEGORIES = "Two customers are alike in it or not, and more unlike the rarer their categories are."
MEANS = (
    "Means and standard deviations of amounts, and what is judged by them, leave such customers out; sizes, shares, "
    "sums, medians and quartiles count everybody."
)


@dataclass(frozen=True)
class Prepared:
    """One column by which segments were found: what was done to it, and why."""

    label: str
    kind: str
    done: str
    why: str
    weight: str
    """How much it counts, where no two columns need count the same."""
    part: str
    """Its part in how far customers are from one another."""


def prepared(story: Story) -> list[Prepared]:
    """The columns by which segments were found."""
    return [
        Prepared(
            label=feature.label,
            kind=_kind(feature),
            done=DONE.get(feature.transform, feature.transform),
            why=(feature.transform_reason or (WHY_CATEGORIES if feature.kind == "category" else WHY)) + _gaps(feature),
            weight=_weight(story, feature.weight),
            part="–" if feature.inertia_share is None else story.formats.percent(feature.inertia_share),
        )
        for feature in story.clustering
    ]


def _kind(feature: Feature) -> str:
    if feature.measure == "date":
        return f"{KINDS['date']}, as {feature.unit or 'years'}"
    return "categories" if feature.kind == "category" else KINDS[feature.measure]


def _gaps(feature: Feature) -> str:
    """What became of customers without a value; nothing where everybody has one."""
    return "" if feature.imputed == 0 else " Customers without it were assigned by their other columns."


def _weight(story: Story, weight: float | None) -> str:
    """`1`, `1.5`, `0.25`; a dash in a contract that does not tell."""
    if weight is None:
        return "–"
    decimals = next((places for places in (0, 1) if round(weight, places) == weight), 2)
    return story.formats.number(weight, decimals)


def counting(story: Story) -> str:
    """What the weights mean, in a sentence or two."""
    told = (
        "Distances between customers add up over the columns. Each counts by its weight, which the configuration sets "
        "(1 unless it says otherwise), whatever its unit and however many categories it has."
    )
    if any(feature.kind == "category" for feature in story.clustering):
        told += (
            " Customers of one category stand at the same place in that column, so that a column with two categories "
            "parts any table neatly in two: such a split alone says nothing, which is why the verdict is held against "
            "tables with the same categories and no groups."
        )
    return told


def logarithms(story: Story) -> bool:
    """Whether any column was taken as its logarithm."""
    return any(feature.transform.startswith("log") for feature in story.clustering)


def medians(story: Story) -> bool:
    """Whether the median is the typical figure of any column."""
    return any(feature.typical == "median" for feature in story.contract.data.features)


def incomplete(story: Story) -> str:
    """How many customers took no part in the search because some column of theirs is empty; nothing without any."""
    count = story.contract.data.imputed
    if count == 0:
        return ""
    number = story.formats.number
    counted = (
        "Some customers" if count is None else f"{number(count)} of {number(story.contract.data.customers)} customers"
    )
    return (
        f"{counted} have no value in some column that segments are found by. They took no part while segments were "
        "looked for and measured, and were then assigned by their other columns; no mean, median or share counts a "
        "value that they lack."
    )


def set_apart(story: Story) -> str:
    """How many customers were too far from everybody to be let into the search, and where they count all the same."""
    count, where = story.contract.data.set_apart, f"assigned {story.contract.data.latecomers}"
    if count == 0:
        rest = "every customer" if story.contract.data.imputed == 0 else "everybody else"
        return f"Nobody was set apart as an outlier: {rest} took part in the search."
    if count is None:
        return (
            "A few customers, too few to be counted here, lie far from everybody else. They were left out while "
            f"segments were looked for and then {where}, so that a handful cannot make a segment. {MEANS}"
        )
    they = plural(count, "It was", "They were")
    return (
        f"{story.formats.number(count)} {plural(count, 'customer lies', 'customers lie')} far from everybody else. "
        f"{they} left out while segments were looked for and then {where}, so that a handful cannot "
        f"make a segment. {MEANS}"
    )
