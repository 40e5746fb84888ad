"""How small cells are hidden: in a row of neighbours, among categories, and in a table with both margins known.

Pure functions on counts. “Small” means from 1 to `least` − 1; a count of 0 names nobody. But a group of which nearly
all or none have something tells it of each that is known to be in the group (group disclosure; Hundepool et al. 2012,
Statistical Disclosure Control, ch. 5).
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.language import gettext
from analysis.rounding.random_rounding import telling

Table = Sequence[Sequence[int]]
Cell = tuple[int, int]
TENTHS = 10


def why(least: int, *, summed: bool = False) -> str:
    """Why a figure is withheld, as the contract and the downloads state it.

    `summed`: of a column of which some sum is one or two customers'. Whose it is in which segment is not told.
    """
    if summed:
        return gettext(
            "It would describe fewer than {least} customers, all but fewer than {least} of a group, or one or two "
            "customers who make up nearly all of a sum.",
            least=least,
        )
    return gettext(
        "It would describe fewer than {least} customers, or all but fewer than {least} of a group.",
        least=least,
    )


def why_of_an_open_build() -> str:
    """Why the history of a public site has no more than numbers of customers of an earlier build that was open."""
    return gettext(
        "That build was published with exact figures (privacy.mode: open); of such a build only numbers of customers "
        "are repeated, rounded."
    )


def is_summed(reason: str, least: int) -> bool:
    """Whether that is why a figure is withheld: one or two customers may make up nearly all of its sum."""
    return reason == why(least, summed=True)


def tenth(share: float, size: int, least: int) -> float | None:
    """A share of `size` customers to the nearest tenth; None where that still tells how few they are.

    From the tenth their number follows but for a tenth of `size`, which must be as many as `least`. None as well where
    some would read as none, or nearly all as all.
    """
    found = round(share, 1)
    false = found in {0.0, 1.0} and found != share
    return found if size >= TENTHS * least and not false else None


def small(count: int, least: int) -> bool:
    """Whether a count gives a group away that is too small."""
    return 0 < count < least


def rare(counts: dict[str, int], least: int) -> frozenset[str]:
    """Categories to put together: the small ones and, while their sum is small, the next larger.

    Empty where none is small.
    """
    smallest_first = sorted(counts, key=lambda name: (counts[name], name))
    together: list[str] = [name for name in smallest_first if small(counts[name], least)]
    for name in smallest_first:
        if not small(sum(counts[each] for each in together), least):
            break
        if name not in together:
            together.append(name)
    return frozenset(together)


def withheld(table: Table, least: int, *, groups: bool = False) -> frozenset[Cell] | None:
    """Cells of a two-way table to leave out, so that none is small and none follows from the margins.

    With `groups` also those that are nearly all or none of their row. Rows and columns have published sums. Beside the
    small cells others are left out (complements), the smallest first, until in every row and column what is missing
    sums to at least `least`, and every missing cell lies on a cycle of missing cells: then it can be moved up or down
    without any sum changing (Gusfield 1988, SIAM Journal on Computing 17:552). None where no such set exists: then no
    cell may be published.
    """
    hidden = {
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        if small(count, least) or (groups and len(counts) > 1 and telling(count, sum(counts), least))
    }
    while (line := _exposed(table, hidden, least)) is not None:
        complement = min(
            (
                (table[row][column], row, column)
                for row, column in line
                if (row, column) not in hidden and table[row][column]
            ),
            default=None,
        )
        if complement is None:
            return None
        hidden.add(complement[1:])
    return frozenset(hidden)


def _exposed(table: Table, hidden: set[Cell], least: int) -> list[Cell] | None:
    """The cells among which a complement must be found next; None when all is safe."""
    for line in _lines(table):
        missing = [cell for cell in line if cell in hidden]
        if missing and (len(missing) == 1 or sum(table[row][column] for row, column in missing) < least):
            return line
    for cell in sorted(hidden):
        if not _on_a_cycle(cell, hidden):
            return _beside(table, cell)
    return None


def _lines(table: Table) -> list[list[Cell]]:
    rows, columns = range(len(table)), range(len(table[0]) if table else 0)
    return [[(row, column) for column in columns] for row in rows] + [
        [(row, column) for row in rows] for column in columns
    ]


def _beside(table: Table, cell: Cell) -> list[Cell]:
    return [each for line in _lines(table) if cell in line for each in line]


def _on_a_cycle(cell: Cell, hidden: set[Cell]) -> bool:
    """Whether the cell's row and column stay connected through the other hidden cells."""
    others = hidden - {cell}
    rows, columns = {cell[0]}, set[int]()
    while True:
        reached = {column for row, column in others if row in rows}
        further = {row for row, column in others if column in reached}
        if cell[1] in reached:
            return True
        if further <= rows and reached <= columns:
            return False
        rows |= further
        columns |= reached
