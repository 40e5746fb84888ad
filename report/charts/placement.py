"""Positions of names on a map: beside their own marks, off all marks, never on one another.

A greedy search over a grid of positions, crowded segments first, in the spirit of point-feature label placement
(Christensen, Marks and Shieber 1995): few labels and a few hundred marks need no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from report.style.lettering import LINE, text_width, wrapped
from report.style.theme import TEXT

HEIGHT = 16.0
STEP = 6
COVERED = 30.0
"""Cost of covering a mark, in pixels of distance."""
LINE_FROM = 14.0
"""A name further than this from all its own marks, in pixels, gets a line to the nearest."""

Dot = tuple[float, float, float, int]
"""A mark: x, y and radius in pixels, and the key of what it belongs to."""
Point = tuple[float, float]
Size = tuple[float, float]
"""Width and height in pixels."""
Rows = Mapping[float, Sequence[Dot]]


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
        return hypot(dx, dy)

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
    """A name's lines, their centre, and the line to its marks if it is apart from them."""

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
        lines = wrapped(label.text, label.limit, TEXT, bold=True)
        size = max(text_width(line, TEXT, bold=True) for line in lines) + 6, HEIGHT + (len(lines) - 1) * LINE
        box = _best(size, own[label.key], _by_row(dots, size[1], area), taken, area)
        taken.append(box)
        placed[label.key] = _settled(label.key, "\n".join(lines), box, own[label.key])
    return [placed[label.key] for label in labels]


def _room(dots: Sequence[Dot]) -> float:
    """How widely a segment's marks spread; the tightest are placed first, because they have the fewest positions."""
    if not dots:
        return 0.0
    xs, ys = [dot[0] for dot in dots], [dot[1] for dot in dots]
    return round((max(xs) - min(xs)) * (max(ys) - min(ys)), 3)


def _best(size: Size, own: Sequence[Dot], rows: Rows, taken: Sequence[Box], area: Box) -> Box:
    middle = _middle(own, area)
    best, least = Box(area.left, area.top, area.left + size[0], area.top + size[1]), float("inf")
    for off, box in _places(size, middle, area):
        if off >= least:
            break
        if any(box.overlaps(other) for other in taken):
            continue
        cost = off
        for _ in _covered(box, rows[box.top]):
            cost += COVERED
            if cost >= least:
                break
        if cost < least:
            cost += min((box.distance(dot[0], dot[1]) for dot in own), default=0.0)
        if cost < least:
            best, least = box, cost
    return best


def _covered(box: Box, row: Sequence[Dot]) -> Iterator[Dot]:
    """The marks that a name there would cover."""
    for dot in row:
        x, y, radius, _ = dot
        if box.left - radius < x < box.right + radius and box.distance(x, y) < radius:
            yield dot


def _places(size: Size, middle: Point, area: Box) -> Iterator[tuple[float, Box]]:
    """Every position for a name of that size with its cost of distance from its marks, cheapest first."""
    width, height = size
    xs = range(int(area.left), int(area.right - width) + 1, STEP)
    ys = range(int(area.top), int(area.bottom - height) + 1, STEP)
    across, down = middle[0] - width / 2, middle[1] - height / 2
    for off, x, y in sorted((hypot(x - across, y - down), x, y) for y in ys for x in xs):
        yield 0.35 * off, Box(x, y, x + width, y + height)


def _by_row(dots: Sequence[Dot], height: float, area: Box) -> Rows:
    """The marks that a name of that height could touch, for each vertical position."""
    ys = range(int(area.top), int(area.bottom - height) + 1, STEP)
    return {y: [dot for dot in dots if y - dot[2] < dot[1] < y + height + dot[2]] for y in ys}


def _middle(own: Sequence[Dot], area: Box) -> Point:
    if not own:
        return (area.left + area.right) / 2, (area.top + area.bottom) / 2
    return sum(dot[0] for dot in own) / len(own), sum(dot[1] for dot in own) / len(own)


def _settled(key: int, text: str, box: Box, own: Sequence[Dot]) -> Placed:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    nearest = min(own, key=lambda dot: (box.distance(dot[0], dot[1]), dot[0], dot[1]), default=None)
    if nearest is None or box.distance(nearest[0], nearest[1]) <= LINE_FROM:
        return Placed(key, text, x, y, None)
    start = min(max(nearest[0], box.left + 4), box.right - 4), box.top if nearest[1] < y else box.bottom
    return Placed(key, text, x, y, (start, (nearest[0], nearest[1])))
