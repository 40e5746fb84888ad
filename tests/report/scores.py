"""Quintile scores as a contract tells them, made up."""

from __future__ import annotations

from analysis.contract import Contract, Crossing, ScoreBand, ScoredSegment, Scoring

RFM = {
    "Champions": ((4, 4), 0.2, 0.5), "Loyal": ((2, 4), 0.2, 0.22), "Lost": ((1, 1), 0.3, 0.1),
    "New": ((5, 1), 0.3, 0.18),
}  # fmt: skip
"""Name → its cell of recency and of frequency and value, its share of customers, its share of value."""


def scored(contract: Contract) -> Contract:
    """The contract with its first three numeric columns scored."""
    recency, frequency, monetary = [one.name for one in contract.data.features if one.kind == "numeric"][:3]
    scoring = Scoring(
        recency=recency, frequency=frequency, monetary=monetary, adjusted_rand=0.5, explained=0.5, explained_found=0.6,
        bands=(ScoreBand(feature=recency, score=5, up_to=3.0, customers=50),),
        segments=tuple(
            ScoredSegment(name=name, cells=(cell,), size=round(200 * share), share=share, value_share=value, means={})
            for name, (cell, share, value) in RFM.items()
        ),
        crossings=(Crossing(name="Lost", segment=1, customers=50),),
    )  # fmt: skip
    return contract.model_copy(update={"scoring": scoring})
