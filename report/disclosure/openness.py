"""How large a withheld cell may be, by the sums of its table and by what else is known of other withheld cells.

That no cell follows from the sums is not enough where cells are known not to be empty: of two withheld customers in a
row, one in each of two cells, each cell has one. So each small cell must be able to be as large as one that would be
published. It can grow along cycles of withheld cells, by which no sum changes, as long as those that shrink hold more
than is known of them: a maximum flow, found by augmenting paths (Edmonds & Karp 1972, Journal of the ACM 19:248).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Line: TypeAlias = tuple[int, int | None]
"""A row or a column (0 or 1), and its name."""
Named: TypeAlias = tuple[int | None, int | None]
"""A cell by the names of its row and its column."""


def grown(cell: Named, hidden: Mapping[Named, int], known: Mapping[Named, int], enough: int) -> Mapping[Named, int]:
    """A table with the same sums in which one of the `hidden` cells is as large as it may be, as far as `enough`.

    Each of them holds 1 at least, or what is `known`.
    """
    left = dict(hidden)
    while left[cell] < enough and (path := _path(cell, left, known)):
        step = min(enough - left[cell], *(left[one] - known.get(one, 1) for one in path[::2]))
        for place, one in enumerate(path):
            left[one] += step if place % 2 else -step
        left[cell] += step
    return left


def _path(cell: Named, left: Mapping[Named, int], known: Mapping[Named, int]) -> Sequence[Named]:
    """From the cell's row to its column over other cells that shrink and grow in turn; empty where there is none."""
    start, end = (0, cell[0]), (1, cell[1])
    came: dict[Line, tuple[Named, Line] | None] = {start: None}
    waiting = deque[Line]([start])
    while waiting and end not in came:
        way, name = at = waiting.popleft()
        for one, count in left.items():
            following: Line = (1 - way, one[1 - way])
            shrinks = way == 0 and count <= known.get(one, 1)
            if one[way] == name and one != cell and following not in came and not shrinks:
                came[following] = (one, at)
                waiting.append(following)
    path: list[Named] = []
    step = came.get(end)
    while step is not None:
        path.append(step[0])
        step = came[step[1]]
    return path[::-1]
