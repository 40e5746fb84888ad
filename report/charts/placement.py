"""Where names go on a map: beside their own marks, off everybody's marks, never on one another.

A greedy search over a grid of positions, crowded segments first, in the spirit of point-feature label placement
(Christensen, Marks and Shieber 1995): few labels and a few hundred marks need no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report.charts.lettering import shorten, text_width
from report.charts.theme import TEXT

HEIGHT = 16.0
STEP = 6
NEAR = 14.0
"""A name further than this from every mark of its own, in pixels, gets a line to the nearest."""

Dot = tuple[float, float, float, int]
"""A mark: x, y and radius in pixels, and the key of what it belongs to."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def distance(self, x: float, y: float) -> float:
        """From a point to the rectangle's edge; 0 inside."""
        dx = max(self.left - x, 0, x - self.right)
        dy = max(self.top - y, 0, y - self.bottom)
        return float((dx * dx + dy * dy) ** 0.5)

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Label:
    """A name to be placed and the widest it may be."""

    key: int
    text: str
    limit: float


@dataclass(frozen=True)
class Placed:
    """A name's centre, and the line to its marks where it stands apart from them."""

    key: int
    text: str
    x: float
    y: float
    leader: tuple[Point, Point] | None


def place(labels: Sequence[Label], dots: Sequence[Dot], area: Box) -> list[Placed]:
    """Places every label inside the area; the result is in the labels' order and depends on nothing else."""
    own = {label.key: [dot for dot in dots if dot[3] == label.key] for label in labels}
    taken: list[Box] = []
    placed: dict[int, Placed] = {}
    for label in sorted(labels, key=lambda one: (_room(own[one.key]), one.key)):
        text = shorten(label.text, label.limit, TEXT, bold=True)
        width = text_width(text, TEXT, bold=True) + 6
        box = _best(width, own[label.key], dots, taken, area)
        taken.append(box)
        placed[label.key] = _settled(label.key, text, box, own[label.key])
    return [placed[label.key] for label in labels]


def _room(dots: Sequence[Dot]) -> float:
    """How widely a segment's marks spread; the tightest are named first, having fewest places near them."""
    if not dots:
        return 0.0
    xs, ys = [dot[0] for dot in dots], [dot[1] for dot in dots]
    return round((max(xs) - min(xs)) * (max(ys) - min(ys)), 3)


def _best(width: float, own: Sequence[Dot], dots: Sequence[Dot], taken: Sequence[Box], area: Box) -> Box:
    middle = _middle(own, area)
    best, least = Box(area.left, area.top, area.left + width, area.top + HEIGHT), float("inf")
    y = area.top
    while y + HEIGHT <= area.bottom:
        x = area.left
        while x + width <= area.right:
            box = Box(x, y, x + width, y + HEIGHT)
            cost = _cost(box, own, middle, taken)
            if cost < least:
                cost += sum(30 for dot in dots if box.distance(dot[0], dot[1]) < dot[2])
            if cost < least:
                best, least = box, cost
            x += STEP
        y += STEP
    return best


def _cost(box: Box, own: Sequence[Dot], middle: Point, taken: Sequence[Box]) -> float:
    if any(box.overlaps(other) for other in taken):
        return 10_000.0
    nearest = min((box.distance(dot[0], dot[1]) for dot in own), default=0.0)
    centre = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    off = ((centre[0] - middle[0]) ** 2 + (centre[1] - middle[1]) ** 2) ** 0.5
    return nearest + 0.35 * off


def _middle(own: Sequence[Dot], area: Box) -> Point:
    if not own:
        return (area.left + area.right) / 2, (area.top + area.bottom) / 2
    return sum(dot[0] for dot in own) / len(own), sum(dot[1] for dot in own) / len(own)


def _settled(key: int, text: str, box: Box, own: Sequence[Dot]) -> Placed:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    nearest = min(own, key=lambda dot: (box.distance(dot[0], dot[1]), dot[0], dot[1]), default=None)
    if nearest is None or box.distance(nearest[0], nearest[1]) <= NEAR:
        return Placed(key, text, x, y, None)
    start = min(max(nearest[0], box.left + 4), box.right - 4), box.top if nearest[1] < y else box.bottom
    return Placed(key, text, x, y, (start, (nearest[0], nearest[1])))
