"""How sure we are, in words a marketer follows: the verdict, and what each measure of a segment means."""

from __future__ import annotations

from analysis.contract import Candidate, Contract, Segment
from analysis.contract.stability import DOUBTFUL, SOLID
from report.views.words import both, named, plural, spelt, times

VERDICTS = {
    "natural": ("Natural", "gaps lie between the groups, and the same ones come back when customers are redrawn"),
    "reproducible": (
        "Reproducible",
        "no gaps lie between the groups, yet they come back, tighter and more faithfully than by chance",
    ),
    "constructive": (
        "Constructive",
        "a useful way to divide the customers, not groups that exist by themselves",
    ),
    "shifting": (
        "Constructive",
        "one way of several to divide the customers: another draw of customers would give other segments",
    ),
    "none": ("None", "the table does not support dependable groups; read every figure as a rough guide"),
}
IN_SHORT = {
    "natural": "separate groups, and the same ones come back when customers are redrawn",
    "reproducible": "the groups blend into each other, yet the same ones keep coming back",
    "constructive": "a useful way to divide the customers, not groups by themselves",
    "shifting": "one way of several to divide customers; not every segment comes back",
    "none": "no dependable groups; read every figure as a rough guide",
}
"""Verdict, or shade of it → what it means in one line of the overview; the sentences above it tell what came back."""

BANDS = {
    "highly stable": "on average, nearly the same customers come together again",
    "stable": "on average, most of the same customers come together again",
    "doubtful": "a pattern is there, but which customers belong to it is uncertain",
    "unstable": "redrawing the customers gives other groups; do not build on this one alone",
}


def verdict_line(contract: Contract) -> tuple[str, str]:
    """The verdict's word and one line on it."""
    word, meaning = VERDICTS[shade(contract)]
    # Segments of too few customers may come back, which is no reason to trust them.
    return word, meaning if word == "None" else f"{meaning}; {_coming_back(contract)}"


def shade(contract: Contract) -> str:
    """The verdict; `shifting` where it is *constructive* and not every segment comes back."""
    verdict, least = contract.selection.verdict, weakest(contract)
    return "shifting" if verdict == "constructive" and least is not None and least <= DOUBTFUL else verdict


def taken(contract: Contract) -> Candidate | None:
    """What was measured at the number of segments that was taken."""
    return next((one for one in contract.selection.candidates if one.k == contract.selection.k), None)


def weakest(contract: Contract) -> float | None:
    """Stability of the segment that comes back least."""
    tried = taken(contract)
    if tried is not None and tried.weakest is not None:
        return tried.weakest
    return min((one.stability for one in contract.segments if one.stability is not None), default=None)


def _coming_back(contract: Contract) -> str:
    rated, solid = _rated(contract)
    if not rated:
        return "how often the segments come back could not be measured"
    redraws = f"{contract.selection.resamples} redraws"
    if len(solid) == len(rated):
        return f"{both(len(rated))} segments come back in {'most of ' if most_lost(contract) else ''}{redraws}"
    if not solid:
        return f"none of the {spelt(len(rated))} segments comes back reliably in {redraws}"
    verb = plural(len(solid), "comes", "come")
    return f"{spelt(len(solid))} of {spelt(len(rated))} segments {verb} back reliably in {redraws}"


def certainty_sentence(contract: Contract) -> str:
    """One sentence for the overview: what came back in the redraws, and which segments to doubt."""
    rated, solid = _rated(contract)
    if contract.selection.verdict == "none":
        return "This table does not support dependable segments."
    if not rated:
        return "How often the segments come back when customers are redrawn could not be measured."
    line = f"When the customers are redrawn {contract.selection.resamples} times, "
    if len(solid) == len(rated):
        return f"{line}every segment comes back, on average with most of the same people in it{but_lost(contract)}."
    if not solid:
        return line + "no segment comes back reliably."
    doubted = named([segment.name for segment in rated if segment not in solid])
    amount = "most" if 2 * len(solid) > len(rated) else f"{spelt(len(solid))} of {spelt(len(rated))}"
    back = plural(1 if amount.startswith("one") else 2, "comes", "come")
    return f"{line}{amount} segments {back} back; to be doubted: {doubted}."


def most_lost(contract: Contract) -> Segment | None:
    """The segment that dissolves in the most redraws; None where none ever does, or where that is not known."""
    lost = [segment for segment in contract.proper if segment.dissolved]
    return max(lost, key=lambda segment: (segment.dissolved or 0, -segment.id), default=None)


def but_lost(contract: Contract) -> str:
    """How often the segment that is lost most often is lost, to end a sentence on the redraws."""
    lost = most_lost(contract)
    return "" if lost is None else f"; most often lost: {named([lost.name])}, {times(lost.dissolved or 0)}"


def _rated(contract: Contract) -> tuple[list[Segment], list[Segment]]:
    """The segments whose stability is known, and those of them that come back."""
    rated = [segment for segment in contract.segments if segment.stability_band]
    return rated, [segment for segment in rated if segment.stability_band in SOLID]


def silhouette_words(silhouette: float) -> str:
    """What a mean silhouette says (bands of Kaufman and Rousseeuw 1990)."""
    if silhouette > 0.7:
        return "clearly apart from the others"
    if silhouette > 0.5:
        return "reasonably apart from the others"
    if silhouette > 0.25:
        return "close to its neighbours, with customers in between"
    return "hardly apart: many customers could as well be elsewhere"
