"""Positions of blocks and ribbons in the persistence chart: segments by number of segments, and moves between them.

Pure layout, relative to the solution used: blocks of other solutions are ordered by the positions of their customers
there, and have the colour of the segment that most of them are in, come from, or go to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.contract import Candidate, Flow

BETWEEN = 6.0
"""Pixels between two blocks of a column."""
GAP = 0
"""Number of the block for segments whose shares are withheld; segments are numbered from 1."""
Key = tuple[int, int]
"""A number of segments, and a segment of it."""


@dataclass(frozen=True)
class Block:
    """One segment of one solution, in pixels from the top; `follows` is a segment of the solution used."""

    k: int
    id: int
    share: float
    follows: int | None
    top: float = 0.0
    height: float = 0.0


@dataclass(frozen=True)
class Ribbon:
    """Customers who move between neighbouring solutions: start, end and thickness of the ribbon."""

    source: Block
    target: Block
    share: float
    leaves: float
    arrives: float
    thick: float
    follows: int | None


@dataclass(frozen=True)
class FlowLayout:
    """All blocks by key, and all ribbons."""

    blocks: Mapping[Key, Block]
    ribbons: tuple[Ribbon, ...]


def layout(tried: Sequence[Candidate], flows: Sequence[Flow], taken: int, height: float) -> FlowLayout:
    """Places the solutions `tried`, consecutive and in order of k, in that many pixels."""
    ks = [one.k for one in tried]
    after = dict(pairwise(ks))
    columns = {one.k: _shares(one) for one in tried}
    kept = [flow for flow in flows if flow.share is not None and flow.k in after]
    kept = [one for one in kept if one.source in columns[one.k] and one.target in columns[after[one.k]]]
    follows = _follow(columns, kept, after, taken)
    order = _ordered(columns, kept, after, taken)
    # Rounded shares may add up to more than 1; the column of which they do so most still fits.
    most = max(1.0, *(sum(shares.values()) for shares in columns.values()))
    room = (height - BETWEEN * (max(map(len, columns.values())) - 1)) / most
    blocks: dict[Key, Block] = {}
    for k, shares in columns.items():
        top = (height - room * sum(shares.values()) - BETWEEN * (len(shares) - 1)) / 2
        for number in order[k]:
            block = Block(k, number, shares[number], follows.get((k, number)), top, shares[number] * room)
            blocks[k, number] = block
            top += block.height + BETWEEN
    return FlowLayout(blocks, tuple(_ribbons(blocks, kept, after, taken, room)))


def _shares(one: Candidate) -> dict[int, float]:
    """Share by segment; segments whose share is withheld are combined into one gap with the rest."""
    known = {each.id: each.share for each in one.segments if each.share is not None}
    if len(known) == len(one.segments):
        return known
    return {**known, GAP: max(0.0, 1 - sum(known.values()))}


def _follow(
    columns: Mapping[int, Mapping[int, float]], flows: Sequence[Flow], after: Mapping[int, int], taken: int
) -> dict[Key, int]:
    """Block → segment of the solution used that its largest flow leads to, step by step."""
    found = {(taken, number): number for number in columns[taken]}
    for k in sorted((k for k in columns if k < taken), reverse=True):
        for flow in sorted((f for f in flows if f.k == k), key=lambda f: (f.share or 0, -f.target)):
            if (after[k], flow.target) in found:
                found[k, flow.source] = found[after[k], flow.target]
    for k in sorted(k for k in after if k >= taken):
        for flow in sorted((f for f in flows if f.k == k), key=lambda f: (f.share or 0, -f.source)):
            if (k, flow.source) in found:
                found[after[k], flow.target] = found[k, flow.source]
    return found


def _ordered(
    columns: Mapping[int, Mapping[int, float]], flows: Sequence[Flow], after: Mapping[int, int], taken: int
) -> dict[int, list[int]]:
    """Segments from top to bottom: by number in the solution used, in others by the positions of their customers."""
    order = {taken: sorted(columns[taken])}
    for k in sorted((k for k in columns if k < taken), reverse=True):
        links = [(flow.source, flow.target, flow.share) for flow in flows if flow.k == k and flow.share is not None]
        order[k] = _by_neighbours(columns[k], order[after[k]], links)
    for k in sorted(k for k in after if k >= taken):
        links = [(flow.target, flow.source, flow.share) for flow in flows if flow.k == k and flow.share is not None]
        order[after[k]] = _by_neighbours(columns[after[k]], order[k], links)
    return order


def _by_neighbours(
    shares: Mapping[int, float], neighbours: Sequence[int], links: Sequence[tuple[int, int, float]]
) -> list[int]:
    def middle(number: int) -> tuple[float, int]:
        own = [(neighbours.index(other), share) for one, other, share in links if one == number]
        weight = sum(share for _, share in own)
        return (sum(place * share for place, share in own) / weight if weight else len(neighbours), number)

    return sorted(shares, key=middle)


def _ribbons(
    blocks: Mapping[Key, Block], flows: Sequence[Flow], after: Mapping[int, int], taken: int, room: float
) -> list[Ribbon]:
    """Each block's ribbons leave and arrive in the order of the blocks at their other end."""
    whole = _through(flows, after)

    def thick(flow: Flow, source: Block, target: Block) -> float:
        """Its thickness; less if rounded flows add up to more than a block at one end."""
        fits = min(1.0, *(end.share / whole[side, end.k, end.id] for side, end in enumerate((source, target))))
        return (flow.share or 0.0) * room * fits

    made = [
        Ribbon(
            source, target, flow.share, 0.0, 0.0, thick(flow, source, target),
            (target if flow.k < taken else source).follows,
        )
        for flow in flows
        if flow.share
        and (source := blocks.get((flow.k, flow.source))) and (target := blocks.get((after[flow.k], flow.target)))
    ]  # fmt: skip
    made = _stacked(made, leaving=True)
    return _stacked(made, leaving=False)


def _through(flows: Sequence[Flow], after: Mapping[int, int]) -> dict[tuple[int, int, int], float]:
    """Total that leaves (0) and arrives at (1) each block: (side, k, segment) → share."""
    found: dict[tuple[int, int, int], float] = {}
    for flow in flows:
        for end in ((0, flow.k, flow.source), (1, after[flow.k], flow.target)):
            found[end] = found.get(end, 0.0) + (flow.share or 0.0)
    return found


def _stacked(ribbons: list[Ribbon], *, leaving: bool) -> list[Ribbon]:
    used: dict[Key, float] = {}
    placed = []
    for one in sorted(ribbons, key=lambda r: (r.source.k, r.target.top if leaving else r.source.top, r.target.top)):
        end = one.source if leaving else one.target
        at = end.top + used.get((end.k, end.id), 0.0)
        used[end.k, end.id] = used.get((end.k, end.id), 0.0) + one.thick
        placed.append(replace(one, leaves=at) if leaving else replace(one, arrives=at))
    return placed
