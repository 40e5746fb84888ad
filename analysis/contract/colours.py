"""One colour a segment, everywhere and from build to build: which of the site's categorical colours each has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

COLOURS = 10
"""Number of categorical colours in the stylesheet, `--sa-seg-1` … `--sa-seg-10`."""


def colours(numbers: Sequence[int], kept: Mapping[int, int], wanted: Mapping[int, int]) -> dict[int, int]:
    """Segment id → palette index (1…10): the one it has had, else its persona's while it is free, else a free one.

    `kept`: id → colour of the last build; `wanted`: id → the persona's colour. With more segments than colours the
    palette starts again; names and order keep them apart.
    """
    found = {number: kept[number] for number in numbers if number in kept}
    for number in numbers:
        if number not in found and number in wanted and wanted[number] not in found.values():
            found[number] = wanted[number]
    for number in numbers:
        if number not in found:
            free = [index for index in range(1, COLOURS + 1) if index not in found.values()]
            found[number] = free[0] if free else (number - 1) % COLOURS + 1
    return found
