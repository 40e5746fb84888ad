"""Where the blocks and bands of the flow between two builds stand, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.contract import MovedCustomers
from report.captions.flows import FlowEnd

HEIGHT = 300.0
"""Pixels for all customers of the larger side."""
BETWEEN = 6.0


@dataclass(frozen=True)
class PlacedEnd:
    """An end in pixels from the top: first the customers of told flows, below them those whose flows are withheld."""

    end: FlowEnd
    top: float
    told: float
    rest: float

    @property
    def middle(self) -> float:
        """Where its name is centred."""
        return self.top + (self.told + self.rest) / 2


@dataclass(frozen=True)
class PlacedFlow:
    """A flow that is told: where it leaves and arrives, and how thick it is."""

    flow: MovedCustomers
    leaves: float
    arrives: float
    thick: float


@dataclass(frozen=True)
class MovesLayout:
    """Both sides and the flows between them."""

    left: tuple[PlacedEnd, ...]
    right: tuple[PlacedEnd, ...]
    flows: tuple[PlacedFlow, ...]
    height: float


def place(
    left: Sequence[FlowEnd], right: Sequence[FlowEnd], flows: Sequence[MovedCustomers], least: float
) -> MovesLayout:
    """Both sides in their order, each end as high as its customers; bands leave and arrive in the ends' order.

    `least`: pixels that the words beside an end need.
    """
    most = max(1, *(sum(one.told + one.rest for one in side) for side in (left, right)))
    room = HEIGHT / most
    tall = max(_tall(left, room, least), _tall(right, room, least))
    placed_left, placed_right = (_side(side, room, tall, least) for side in (left, right))
    return MovesLayout(placed_left, placed_right, tuple(_flows(placed_left, placed_right, flows, room)), tall)


def _slot(one: FlowEnd, room: float, least: float) -> float:
    return max((one.told + one.rest) * room, least)


def _tall(side: Sequence[FlowEnd], room: float, least: float) -> float:
    return sum(_slot(one, room, least) for one in side) + BETWEEN * max(0, len(side) - 1)


def _side(side: Sequence[FlowEnd], room: float, tall: float, least: float) -> tuple[PlacedEnd, ...]:
    at, placed = (tall - _tall(side, room, least)) / 2, []
    for one in side:
        slot, height = _slot(one, room, least), (one.told + one.rest) * room
        placed.append(PlacedEnd(one, at + (slot - height) / 2, one.told * room, one.rest * room))
        at += slot + BETWEEN
    return tuple(placed)


def _flows(
    left: Sequence[PlacedEnd], right: Sequence[PlacedEnd], flows: Sequence[MovedCustomers], room: float
) -> list[PlacedFlow]:
    order = {(before, one.end.id): (place, one.top) for before, side in ((True, left), (False, right))
             for place, one in enumerate(side)}  # fmt: skip
    told = [one for one in flows if one.customers]
    leaves, arrives = (
        _starts(sorted(told, key=lambda one: (order[True, one.source][0], order[False, one.target][0])), order, room,
                before=True),
        _starts(sorted(told, key=lambda one: (order[False, one.target][0], order[True, one.source][0])), order, room,
                before=False),
    )  # fmt: skip
    return [
        PlacedFlow(one, leaves[one.source, one.target], arrives[one.source, one.target], (one.customers or 0) * room)
        for one in told
    ]


def _starts(
    ordered: Sequence[MovedCustomers],
    order: dict[tuple[bool, int | None], tuple[int, float]],
    room: float,
    *,
    before: bool,
) -> dict[tuple[int | None, int | None], float]:
    """Where each band begins at its end on one side, one below the other."""
    used: dict[int | None, float] = {}
    found = {}
    for one in ordered:
        end = one.source if before else one.target
        found[one.source, one.target] = order[before, end][1] + used.get(end, 0.0)
        used[end] = used.get(end, 0.0) + (one.customers or 0) * room
    return found
