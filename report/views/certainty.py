"""How far to trust the segments: the verdict in plain words, and the stability of the segments behind it."""

from __future__ import annotations

from analysis.contract import Candidate, Contract, Segment
from analysis.contract.stability import DOUBTFUL, SOLID
from analysis.language import gettext, gettext_noop, ngettext
from analysis.wording.number_format import NumberFormat
from report.captions.words import quoted
from report.views.words import named

USEFUL = gettext_noop("a useful way to divide the customers, but not natural groups")
VERDICTS = {
    "natural": (gettext_noop("Natural"), gettext_noop("the segments are separate groups with gaps between them")),
    "reproducible": (
        gettext_noop("Reproducible"),
        gettext_noop(
            "the segments are not all separated by gaps, but they are tighter than those of random tables without "
            "groups, and more stable than theirs on average"
        ),
    ),
    "constructive": (gettext_noop("Constructive"), USEFUL),
    "shifting": (
        gettext_noop("Constructive"),
        gettext_noop(
            "one of several ways to divide the customers; a new sample of customers would give other segments"
        ),
    ),
    "none": (
        gettext_noop("None"),
        gettext_noop("the table does not support reliable segments. Treat every figure as a rough guide"),
    ),
}
"""Verdict, or shade of it → its word, and what it means; in English, for `gettext`."""
IN_SHORT = {
    "natural": gettext_noop("separate groups that also appear in resamples"),
    "reproducible": gettext_noop("segments blend at the edges, but the same ones appear in resamples"),
    "constructive": USEFUL,
    "shifting": gettext_noop("one of several ways to divide customers; not every segment is stable"),
    "none": gettext_noop("no reliable segments; treat every figure as a rough guide"),
}
"""Verdict, or shade of it → what it means in one line of the overview; in English, for `gettext`."""


def verdict_line(contract: Contract, formats: NumberFormat) -> tuple[str, str]:
    """The verdict's word, and what it means: a line without its full stop."""
    word, meaning = VERDICTS[shade(contract)]
    if contract.selection.verdict == "none":
        # Segments of too few customers may be stable, which is no reason to trust them.
        return gettext(word), gettext(meaning)
    return gettext(word), f"{gettext(meaning)}. {_stability(contract, formats)}"


def shade(contract: Contract) -> str:
    """The verdict; `shifting` where it is *constructive* and not every segment is stable."""
    verdict, least = contract.selection.verdict, weakest(contract)
    return "shifting" if verdict == "constructive" and least is not None and least <= DOUBTFUL else verdict


def taken(contract: Contract) -> Candidate | None:
    """What was measured at the number of segments that was taken."""
    return next((one for one in contract.selection.candidates if one.k == contract.selection.k), None)


def weakest(contract: Contract) -> float | None:
    """Stability of the least stable segment."""
    tried = taken(contract)
    if tried is not None and tried.weakest is not None:
        return tried.weakest
    return min((one.stability for one in contract.segments if one.stability is not None), default=None)


def _stability(contract: Contract, formats: NumberFormat) -> str:
    """How many segments are stable: a sentence without its full stop."""
    rated, solid = _rated(contract)
    resamples, count = formats.number(contract.selection.resamples), len(rated)
    if not rated:
        return gettext("The stability of the segments could not be measured")
    if not solid:
        return gettext("No segment is stable over {resamples} resamples", resamples=resamples)
    if len(solid) < count:
        return ngettext(
            "{stable} of {count} segments is stable over {resamples} resamples",
            "{stable} of {count} segments are stable over {resamples} resamples",
            len(solid), stable=len(solid), count=count, resamples=resamples,
        )  # fmt: skip
    if most_lost(contract):
        return gettext(
            "Every segment is stable on average over {resamples} resamples, but at least one was missing in some of "
            "them",
            resamples=resamples,
        )
    return gettext("Every segment is stable over {resamples} resamples", resamples=resamples)


def certainty_sentence(contract: Contract, formats: NumberFormat) -> str:
    """For the overview: how stable the segments are, and which are not."""
    rated, solid = _rated(contract)
    resamples, count = formats.number(contract.selection.resamples), len(rated)
    if contract.selection.verdict == "none":
        return gettext("This table does not support reliable segments.")
    if not rated:
        return gettext("The stability of the segments could not be measured.")
    if not solid:
        return gettext(
            "No segment is stable in {resamples} resamples (random samples drawn from the same customers).",
            resamples=resamples,
        )
    if len(solid) < count:
        stable = ngettext(
            "{stable} of {count} segments is stable in {resamples} resamples (random samples drawn from the same "
            "customers).",
            "{stable} of {count} segments are stable in {resamples} resamples (random samples drawn from the same "
            "customers).",
            len(solid), stable=len(solid), count=count, resamples=resamples,
        )  # fmt: skip
        doubted = named([segment.name for segment in rated if segment not in solid])
        return f"{stable} {gettext('Not stable: {segments}.', segments=doubted)}"
    stable = gettext(
        "Every segment is stable: in {resamples} resamples (random samples drawn from the same customers), each kept "
        "most of its customers on average.",
        resamples=resamples,
    )
    return f"{stable} {missing_most_often(contract, formats)}".rstrip()


def most_lost(contract: Contract) -> Segment | None:
    """The segment that dissolves in the most resamples; None where none ever does, or where that is not known."""
    lost = [segment for segment in contract.proper if segment.dissolved]
    return max(lost, key=lambda segment: (segment.dissolved or 0, -segment.id), default=None)


def missing_most_often(contract: Contract, formats: NumberFormat) -> str:
    """A sentence on the segment that is missing most often; empty where none ever is."""
    most = most_lost(contract)
    if most is None:
        return ""
    return gettext(
        "Missing most often: {segment}, in {missing} of the {resamples}.",
        segment=quoted(most.name), missing=formats.number(most.dissolved or 0),
        resamples=formats.number(contract.selection.resamples),
    )  # fmt: skip


def _rated(contract: Contract) -> tuple[list[Segment], list[Segment]]:
    """The segments whose stability is known, and those of them that are stable."""
    rated = [segment for segment in contract.segments if segment.stability_band]
    return rated, [segment for segment in rated if segment.stability_band in SOLID]
