"""What was done to the columns before segments were searched for, and which customers were left out of the search."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Feature
from analysis.language import gettext, gettext_noop, ngettext
from analysis.language.words import unit
from report.views.story import Story

DONE = {
    "standardised": gettext_noop("Standardised"),
    "log, standardised": gettext_noop("Logarithm, then standardised"),
    "limited by quartiles, standardised": gettext_noop("Extreme values limited by the quartiles, then standardised"),
    "one axis a category": gettext_noop("One axis for each category"),
    "none": gettext_noop("Unchanged"),
}
KINDS = {
    "numeric": gettext_noop("numbers"),
    "ordinal": gettext_noop("ordered levels"),
    "nominal": gettext_noop("categories"),
    "boolean": gettext_noop("yes or no"),
    "date": gettext_noop("dates"),
}
WHY = gettext_noop("So that no column counts more because of its unit.")
WHY_CATEGORIES = gettext_noop(
    "Two customers either share a category or differ; the rarer their categories, the more they differ."
)
MEANS = gettext_noop(
    "Means and standard deviations of amounts, and every result based on them, leave such customers out. Sizes, "
    "shares, sums, medians and quartiles include all customers."
)


@dataclass(frozen=True)
class Prepared:
    """One column by which segments were found: what was done to it, and why."""

    label: str
    kind: str
    done: str
    why: str
    weight: str
    """How much it counts; columns need not count the same."""
    part: str
    """Its share of the distances between customers."""


def prepared(story: Story) -> list[Prepared]:
    """The columns by which segments were found."""
    return [
        Prepared(
            label=feature.label,
            kind=_kind(feature),
            done=gettext(DONE.get(feature.transform, feature.transform)),
            why=_why(feature),
            weight=_weight(story, feature.weight),
            part="–" if feature.inertia_share is None else story.formats.percent(feature.inertia_share),
        )
        for feature in story.clustering
    ]


def _kind(feature: Feature) -> str:
    if feature.measure == "date":
        return gettext("dates, in {unit}", unit=unit(feature.unit or "years"))
    return gettext("categories") if feature.kind == "category" else gettext(KINDS[feature.measure])


def _why(feature: Feature) -> str:
    """Why it was done, and what happened to customers without a value, where there are any."""
    usual = WHY_CATEGORIES if feature.kind == "category" else WHY
    why = feature.transform_reason or gettext(usual)
    if feature.imputed == 0:
        return why
    assigned = gettext("Customers without a value were assigned by their other columns.")
    return f"{why} {assigned}"


def _weight(story: Story, weight: float | None) -> str:
    """`1`, `1.5`, `0.25`; a dash in a contract that does not say."""
    if weight is None:
        return "–"
    decimals = next((places for places in (0, 1) if round(weight, places) == weight), 2)
    return story.formats.number(weight, decimals)


def counting(story: Story) -> str:
    """What the weights mean, in a few sentences."""
    told = gettext(
        "The distance between two customers adds up over the columns. Each column counts by its weight, which the "
        "configuration sets (1 unless it says otherwise), whatever its unit and number of categories."
    )
    if not any(feature.kind == "category" for feature in story.clustering):
        return told
    categories = gettext(
        "All customers of one category are at the same point in that column, so a column with two categories divides "
        "any table cleanly in two. Such a division alone proves nothing. The verdict therefore compares with tables "
        "that have the same categories but no groups."
    )
    return f"{told} {categories}"


def logarithms(story: Story) -> bool:
    """Whether the logarithm of any column was used."""
    return any(feature.transform.startswith("log") for feature in story.clustering)


def medians(story: Story) -> bool:
    """Whether the median is the typical figure of any column."""
    return any(feature.typical == "median" for feature in story.contract.data.features)


def incomplete(story: Story) -> str:
    """How many customers were left out of the search for lack of a value in some column; empty without any."""
    count, number = story.contract.data.imputed, story.formats.number
    if count == 0:
        return ""
    counted = (
        gettext("Some customers have no value in at least one of the columns that segments are found by.")
        if count is None
        else ngettext(
            "{count} of {customers} customers has no value in at least one of the columns that segments are found by.",
            "{count} of {customers} customers have no value in at least one of the columns that segments are found by.",
            count, count=number(count), customers=number(story.contract.data.customers),
        )
    )  # fmt: skip
    treated = gettext(
        "Such customers were left out while segments were searched for and measured, and were then assigned by their "
        "other columns. No mean, median or share counts a missing value."
    )
    return f"{counted} {treated}"


def set_apart(story: Story) -> str:
    """How many customers were left out of the search as outliers, and where they count all the same."""
    count = story.contract.data.set_apart
    if count == 0:
        if story.contract.data.imputed == 0:
            return gettext("No outliers were excluded: all customers were included in the search for segments.")
        return gettext(
            "No outliers were excluded: all customers with a value in every column used were included in the search "
            "for segments."
        )
    where = gettext(story.contract.data.latecomers)
    if count is None:
        counted = gettext(
            "A few customers, too few to be counted here, are outliers: they are far from all others. So that they "
            "cannot form a segment, they were left out of the search and then assigned {where}.",
            where=where,
        )
    else:
        counted = ngettext(
            "{count} customer is an outlier: far from all others. So that outliers cannot form a segment, this "
            "customer was left out of the search and then assigned {where}.",
            "{count} customers are outliers: they are far from all others. So that they cannot form a segment, they "
            "were left out of the search and then assigned {where}.",
            count, count=story.formats.number(count), where=where,
        )  # fmt: skip
    return f"{counted} {gettext(MEANS)}"
