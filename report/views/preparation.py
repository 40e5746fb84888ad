"""What was done to the columns before segments were looked for, and who was left out of the search."""

from __future__ import annotations

from dataclasses import dataclass

from report.views.story import Story
from report.views.words import plural

DONE = {
    "standardised": "Standardised",
    "log, standardised": "Logarithm, then standardised",
    "none": "As it stands",
}


@dataclass(frozen=True)
class Prepared:
    """One column by which segments were found: what was done to it, and why."""

    label: str
    done: str
    why: str


def prepared(story: Story) -> list[Prepared]:
    """The columns by which segments were found."""
    return [
        Prepared(
            feature.label,
            DONE.get(feature.transform, feature.transform),
            feature.transform_reason or "So that no column counts more because of its unit.",
        )
        for feature in story.clustering
    ]


def logarithms(story: Story) -> bool:
    """Whether any column was taken as its logarithm."""
    return any(feature.transform.startswith("log") for feature in story.clustering)


def set_apart(story: Story) -> str:
    """How many customers were too far from everybody to be let into the search."""
    count, where = story.contract.data.set_apart, f"assigned {story.contract.data.latecomers}"
    if count == 0:
        return "Nobody was set apart as an outlier: every customer took part in the search."
    if count is None:
        return (
            "A few customers, too few to be counted here, lie far from everybody else. They were left out while "
            f"segments were looked for and then {where}, so that a handful cannot make a segment."
        )
    they = plural(count, "It was", "They were")
    return (
        f"{story.figures.number(count)} {plural(count, 'customer lies', 'customers lie')} far from everybody else. "
        f"{they} left out while segments were looked for and then {where}, so that a handful cannot "
        "make a segment."
    )
