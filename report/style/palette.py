"""One colour a segment, everywhere: which of the site's categorical colours each segment wears."""

from __future__ import annotations

from analysis.contract import Contract
from analysis.contract.colours import colours


def segment_colours(contract: Contract) -> dict[int, int]:
    """Segment id → palette index (1…10), as the contract says; of one before 1.6 as a first build would choose it."""
    return colours(
        [segment.id for segment in contract.segments],
        {segment.id: segment.colour for segment in contract.segments if segment.colour},
        {segment.id: segment.persona.colour for segment in contract.segments if segment.persona},
    )
