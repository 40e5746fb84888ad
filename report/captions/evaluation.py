"""Caption of the segment evaluation plot: where to put the team's effort first."""

from __future__ import annotations

from analysis.contract import Evaluation, Segment
from report.captions.caption import Caption
from report.captions.words import Words, quoted

PARTS = {
    "size": "Size",
    "value": "Value",
    "customer_value": "Value of one customer",
    "responsiveness": "Responsiveness",
    "fit": "Fit of the persona",
    "actions": "Actions at hand",
    "recognition": "Recognition by a rule",
    "certainty": "Certainty",
}
"""What the axes are made of, part → its name."""
QUARTERS = ("Build up", "Focus here", "Leave for now", "Serve at low cost")
"""Attractive or not, served well or not: upper left, upper right, lower left, lower right."""
HALF = 0.5


def segment_evaluation(words: Words) -> Caption:
    """Which segment is most attractive, which can be served best, and what each figure is made of."""
    number = words.figures.number
    judged = [(one, one.evaluation) for one in words.contract.segments if one.evaluation]
    known = [part for part in PARTS if any(part in evaluation.parts for _, evaluation in judged)]
    return Caption(
        name="segment-evaluation",
        page="segments",
        takeaway=_takeaway(judged),
        subtitle="Upwards: what the segment is worth to us; to the right: how well we can serve it; "
                 "area: share of customers. The "
                 "budget goes by its own weights",
        description="A plot of bubbles in four quarters. " + " ".join(
            f"{segment.name}: attractiveness {number(one.attractiveness, 2)}, competitiveness "
            f"{number(one.competitiveness, 2)} ({quarter(one).lower()})."
            for segment, one in judged
        ),
        columns=("Segment", "Share of customers", "Attractiveness", "Competitiveness", *(PARTS[one] for one in known)),
        rows=tuple(
            (segment.name, words.figures.percent(segment.share, 1), number(one.attractiveness, 2),
             number(one.competitiveness, 2),
             *(number(one.parts[part], 2) if part in one.parts else "–" for part in known))
            for segment, one in judged
        ),
    )  # fmt: skip


def quarter(one: Evaluation) -> str:
    """The words of the quarter that a segment lies in."""
    return QUARTERS[2 * (one.attractiveness < HALF) + (one.competitiveness >= HALF)]


def _takeaway(judged: list[tuple[Segment, Evaluation]]) -> str:
    wanted, own = max(judged, key=lambda pair: (pair[1].attractiveness, -pair[0].id))
    served, _ = max(judged, key=lambda pair: (pair[1].competitiveness, -pair[0].id))
    if len(judged) == 1:
        return f"{quoted(wanted.name)}: {quarter(own).lower()}."
    if wanted.id == served.id:
        return f"{quoted(wanted.name)} is both the most attractive segment and the one that can be served best."
    return f"{quoted(wanted.name)} is the most attractive segment; {quoted(served.name)} can be served best."
