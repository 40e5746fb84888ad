"""One colour a segment, everywhere: which of the site's categorical colours each segment wears."""

from __future__ import annotations

from analysis.contract import Contract

COLOURS = 10
"""Number of categorical colours in the stylesheet, `--sa-seg-1` … `--sa-seg-10`."""


def segment_colours(contract: Contract) -> dict[int, int]:
    """Segment id → palette index (1…10): the persona's own colour while it is free, else the first free one.

    With more segments than colours the palette starts again; names and order keep them apart.
    """
    colours: dict[int, int] = {}
    for segment in contract.segments:
        if segment.persona and segment.persona.colour not in colours.values():
            colours[segment.id] = segment.persona.colour
    for segment in contract.segments:
        if segment.id not in colours:
            free = [index for index in range(1, COLOURS + 1) if index not in colours.values()]
            colours[segment.id] = free[0] if free else (segment.id - 1) % COLOURS + 1
    return colours
