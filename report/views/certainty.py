"""How sure we are, in words a marketer follows: the verdict, and what each measure of a segment means."""

from __future__ import annotations

from analysis.contract import Contract, Segment
from report.views.words import both, named, plural, spelt

VERDICTS = {
    "natural": ("Natural", "gaps lie between the groups, and the same ones come back when customers are redrawn"),
    "reproducible": (
        "Reproducible",
        "no gaps lie between the groups, yet they come back more faithfully than those of tables without groups",
    ),
    "constructive": (
        "Constructive",
        "a useful way to divide the customers, not groups that exist by themselves",
    ),
    "none": ("None", "the table does not support dependable groups; read every figure as a rough guide"),
}
IN_SHORT = {
    "natural": "separate groups, and the same ones come back when customers are redrawn",
    "reproducible": "no gaps in between, yet the same groups come back, beyond chance",
    "constructive": "a useful way to divide the customers, not groups by themselves",
    "none": "no dependable groups; read every figure as a rough guide",
}
"""Verdict → what it means in one line of the overview, where the sentences above it tell what came back."""
SOLID = ("stable", "highly stable")

BANDS = {
    "highly stable": "the same customers come together almost every time",
    "stable": "most of the same customers come together again",
    "doubtful": "a pattern is there, but which customers belong to it is uncertain",
    "unstable": "redrawing the customers gives other groups; do not build on this one alone",
}


def verdict_line(contract: Contract) -> tuple[str, str]:
    """The verdict's word and one line on it."""
    word, meaning = VERDICTS[contract.selection.verdict]
    # Segments of too few customers may come back, which is no reason to trust them.
    return word, meaning if word == "None" else f"{meaning}; {_coming_back(contract)}"


def _coming_back(contract: Contract) -> str:
    rated, solid = _rated(contract)
    if not rated:
        return "how often the segments come back could not be measured"
    redraws = f"in {contract.selection.resamples} redraws"
    if len(solid) == len(rated):
        return f"{both(len(rated))} segments come back {redraws}"
    if not solid:
        return f"none of the {spelt(len(rated))} segments comes back reliably {redraws}"
    verb = plural(len(solid), "comes", "come")
    return f"{spelt(len(solid))} of {spelt(len(rated))} segments {verb} back reliably {redraws}"


def certainty_sentence(contract: Contract) -> str:
    """One sentence for the overview: what came back in the redraws, and which segments to doubt."""
    rated, solid = _rated(contract)
    if contract.selection.verdict == "none":
        return "This table does not support dependable segments."
    if not rated:
        return "How often the segments come back when customers are redrawn could not be measured."
    line = f"When the customers are redrawn {contract.selection.resamples} times, "
    if len(solid) == len(rated):
        return line + "every segment comes back with most of the same people in it."
    if not solid:
        return line + "no segment comes back reliably."
    doubted = named([segment.name for segment in rated if segment not in solid])
    amount = "most" if 2 * len(solid) > len(rated) else f"{spelt(len(solid))} of {spelt(len(rated))}"
    back = plural(1 if amount.startswith("one") else 2, "comes", "come")
    return f"{line}{amount} segments {back} back; to be doubted: {doubted}."


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
