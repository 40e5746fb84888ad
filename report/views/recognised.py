"""How segments are recognised from build to build, and whether they were found anew: a part of the method page."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.contract import Changes, Edition
from analysis.contract.changes import Basis, Refit
from analysis.language import gettext, gettext_noop
from report.captions.evidence import Unlike, why_unmatched
from report.views.story import Story

RULE = gettext_noop(
    "A segment keeps its name, address and colour from build to build while it is the same segment: more than half of "
    "the customers whom it had are in one segment of the new build, and make up more than half of those customers "
    "there who were in the last table. Where a part of at least 30% became a segment of its own, or another segment of "
    "at least 30% was taken in, it is the same only with 70% or more; else it was split or merged. A segment that "
    "continues none of the last build is new, and one that none continues is gone. The rule follows MONIC "
    "(Spiliopoulou et al. 2006) and clusTransition (Atif & Leisch 2022)."
)
BASES: Mapping[Basis, str] = {
    "customers": gettext_noop("In this build segments were recognised by the customers who are in both tables."),
    "position": gettext_noop(
        "In this build segments were recognised by their position: their means in the columns that segments are found "
        "by. Customers of this build who lie where a segment lay stand for those whom it had."
    ),
    "both": gettext_noop(
        "In this build segments were recognised by the customers who are in both tables, and by their position where "
        "too few are."
    ),
    "none": gettext_noop("In this build no segment could be compared with the last build, so all count as new."),
}
WHY_BY_POSITION: Mapping[Unlike, str] = {
    "few": gettext_noop("By their identifiers, too few customers of the last build are in this table, or none."),
    "unrelated": gettext_noop(
        "Many identifiers are in both tables, but their segments of then and now have hardly anything to do with each "
        "other."
    ),
    "either": gettext_noop("Identifiers do not tell which customers are in both tables."),
    None: gettext_noop("The customers of the last build were not at hand, or the table has no column of identifiers."),
}
FITTED: Mapping[Refit, str] = {
    "first": gettext_noop("The segments were found in this build, which is the first."),
    "always": gettext_noop("The segments were found anew in this build, as the configuration asks for in every build."),
    "drifted": gettext_noop("The segments were found anew in this build, because the data have drifted."),
    "emptied": gettext_noop(
        "The segments were found anew in this build, because one of the earlier segments had too few customers left."
    ),
    "asked": gettext_noop(
        "The segments were found anew in this build, because the configuration asks for other columns, weights or "
        "numbers than before."
    ),
    "missing": gettext_noop(
        "The segments were found anew in this build, because the model of the last build was not at hand."
    ),
    "kept": gettext_noop(
        "The segments were not found anew: the division of build {number} was kept, and customers were assigned to it."
    ),
}


def recognised(story: Story) -> list[str]:
    """The paragraphs; none where the site remembers nothing."""
    edition, changes = story.contract.edition, story.contract.changes
    if edition is None:
        return []
    told = [gettext(RULE), _fitted(edition)]
    return told if changes is None else [told[0], " ".join([*_by_what(changes), told[1]])]


def _by_what(changes: Changes) -> list[str]:
    """By what segments were recognised, and why by no more than their position where that is so."""
    told = [gettext(BASES[changes.basis])]
    return [*told, gettext(WHY_BY_POSITION[why_unmatched(changes)])] if changes.basis == "position" else told


def _fitted(edition: Edition) -> str:
    return gettext(FITTED[edition.fitted], number=edition.fitted_in)
