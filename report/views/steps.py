"""The five steps of the analysis on the method page, from the rows that were read to the recommendations."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract.algorithms import described
from analysis.language import gettext, ngettext
from analysis.language.words import spelt
from report.views.preparation import logarithms
from report.views.story import Story
from report.views.words import column_names


@dataclass(frozen=True)
class WorkflowStep:
    """One step of the workflow."""

    title: str
    text: str


def steps(story: Story) -> list[WorkflowStep]:
    """The five steps."""
    return [
        WorkflowStep(gettext("Preparation"), " ".join(_preparation(story))),
        WorkflowStep(
            gettext("Exploration"),
            gettext(
                "Distributions, correlations and comparisons by category were examined before any segments were "
                "formed, to see what the table contains."
            ),
        ),
        WorkflowStep(gettext(described(story.contract.selection.algorithm).label), _finding(story)),
        WorkflowStep(gettext("Profiling"), _profiling(story)),
        WorkflowStep(gettext("Recommendations"), _recommending(story)),
    ]


def _preparation(story: Story) -> list[str]:
    data, number = story.contract.data, story.formats.number
    told = [
        gettext("{read} rows were read and {used} were used.", read=number(data.rows_read), used=number(data.rows_used))
    ]
    if data.rows_rejected:
        told.append(gettext("The data page gives the reasons why the others were set aside."))
    if data.transactions is not None:
        told.append(
            gettext("The rows used were combined into {customers} customers.", customers=number(data.customers))
        )
    if logarithms(story):
        told.append(
            gettext("Skewed amounts were replaced by their logarithms; their typical figure is therefore the median.")
        )
    scaled = [one.label for one in story.clustering if "standardised" in one.transform]
    if scaled:
        told.append(
            gettext(
                "These columns were standardised: {columns}. That sets their mean to 0 and their spread (standard "
                "deviation) to 1, so that no column counts more because of its unit.",
                columns=column_names(scaled),
            )
        )
    divided = [one.label for one in story.clustering if one.transform == "one axis a category"]
    if divided:
        told.append(
            gettext(
                "Each category of these columns became an axis of its own: {columns}.", columns=column_names(divided)
            )
        )
    return told


def _finding(story: Story) -> str:
    """What the algorithm was run for or found, and how it works."""
    selection = story.contract.selection
    algorithm, tried = described(selection.algorithm), [one.k for one in selection.candidates]
    name, count = gettext(algorithm.label), spelt(selection.k)
    if algorithm.finds_number:
        run = ngettext(
            "{algorithm} found {count} segment by itself.", "{algorithm} found {count} segments by itself.",
            selection.k, algorithm=name, count=count,
        )  # fmt: skip
    elif len(tried) < 2:
        run = ngettext(
            "{algorithm} was run for {count} segment.", "{algorithm} was run for {count} segments.",
            selection.k, algorithm=name, count=count,
        )  # fmt: skip
    else:
        run = gettext(
            "{algorithm} was run for {least} to {most} segments.", algorithm=name, least=min(tried), most=max(tried)
        )
    return f"{run} {gettext(algorithm.works)}".rstrip()


def _profiling(story: Story) -> str:
    if not story.personas:
        return gettext(
            "The figures of each segment were compared with those of all customers. Each segment is named after what "
            "distinguishes it."
        )
    return gettext(
        "The figures of each segment were compared with those of all customers. Each segment was then matched with the "
        "persona that it resembles most, if there is one. Where the figures do not support what a persona says, the "
        "page says so."
    )


def _recommending(story: Story) -> str:
    ranked = gettext(
        "Each segment gets the actions of the playbook whose conditions its figures meet, ranked by expected effect "
        "relative to effort."
    )
    if story.contract.budget is None:
        return ranked
    split = (
        gettext("The budget is split by value, size and responsiveness.")
        if story.value_told
        else gettext("The budget is split by size and responsiveness.")
    )
    return f"{ranked} {split}"
