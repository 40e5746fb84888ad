"""What may be said of customers between two builds: a table of two divisions whose sizes are both published.

Its rows are the segments of the last build and the new customers, its columns the segments of this one and the lost
customers. Nobody knows how many are in neither table, which is the cell of the new row and the lost column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.contract import Changes, Contract, Kin, MovedCustomers
from report.disclosure.cells import TENTHS, small, tenth, withheld
from report.disclosure.openness import Named, grown

NEITHER: Named = (None, None)
MANY = 2**40
"""Customers who may be in neither table, where nothing is told of the new and the lost ones."""
MAJORITY = 0.5
"""Of the customers of a segment, what may at most be known of another that is named as where they came from."""


@dataclass(frozen=True)
class Flows:
    """Customers by their segments in both builds; None: not in that table."""

    counts: Mapping[Named, int]
    """Exact, without empty cells."""
    least: int
    hidden: Mapping[Named, int] | None = None
    """The cells that are withheld, with those in neither table where their number is open; None: all of them."""
    nameable: frozenset[Named] = frozenset()
    """Those of them of which it may be known that they are not small."""

    @property
    def shared(self) -> int:
        """Customers in both tables."""
        return self._sum(pair for pair in self.counts if None not in pair)

    def shared_told(self) -> int | None:
        """The same, unless they are few, or the new or the lost ones."""
        new, lost = (self._sum(pair for pair in self.counts if pair[way] is None) for way in (0, 1))
        return None if any(small(count, self.least) for count in (self.shared, new, lost)) else self.shared

    def told(self) -> tuple[MovedCustomers, ...]:
        """The cells that are not empty, those withheld without their count."""
        hidden = self.hidden
        if hidden is None:
            return ()
        return tuple(
            MovedCustomers(source=pair[0], target=pair[1], customers=None if pair in hidden else count)
            for pair, count in self.counts.items()
        )

    def moved(self) -> float | None:
        """The share of shared customers who changed their segment, to a tenth.

        None where that would narrow what withheld cells may be to a small count.
        """
        told = coarse(_moved(self.counts), self.shared, self.least) if self.shared else None
        if told is None or self.hidden is None:
            return told
        few = (pair for pair, count in self.hidden.items() if small(count, self.least))
        others = ({**self.counts, **grown(pair, self.hidden, {}, self.least)} for pair in few)
        return told if all(abs(_moved(table) - told) <= 0.5 / TENTHS for table in others) else None

    def kin(self, one: Kin, pair: Named) -> Kin | None:
        """A segment of the other build; None where it may not even be named.

        Its share is told where nothing else of the segment of the last build is withheld, or all of the table is.
        """
        row = [each for each in self.counts if each[0] == pair[0]]
        if pair not in self.counts or small(self.counts[pair], self.least):
            return None
        if self.hidden is None or not self.hidden.keys() & set(row):
            size = self._sum(each for each in row if each[1] is not None)
            share = None if one.share is None else coarse(one.share, size, self.least)
            return one.model_copy(update={"share": share})
        named = pair not in self.hidden or pair in self.nameable
        return one.model_copy(update={"share": None}) if named else None

    def _sum(self, pairs: Iterable[Named]) -> int:
        return sum(self.counts[pair] for pair in pairs)


def flows(contract: Contract, changes: Changes) -> Flows | None:
    """The customers between two builds; None where they are not known."""
    counts = {(one.source, one.target): one.customers for one in changes.flows}
    known = {pair: count for pair, count in counts.items() if count}
    here = sum(count for (_, target), count in known.items() if target is not None)
    # Of sums that are not those of all customers nobody can say what follows.
    if not known or None in counts.values() or here != contract.data.customers:
        return None
    whole = Flows(known, contract.privacy.min_cell)
    neither = {NEITHER: MANY} if whole.shared_told() is None else {}
    hidden = _hidden(whole, neither)
    return whole if hidden is None else Flows(known, whole.least, hidden, _nameable(whole, hidden))


def _hidden(whole: Flows, neither: Mapping[Named, int]) -> Mapping[Named, int] | None:
    """Cells to leave out, so that each small one may be a large one by all sums; None where there are too few others.

    First those of `cells.withheld`, then others until all are open: the smallest of its own row and column first.
    """
    counts, least = {**whole.counts, **neither}, whole.least
    sources = [*sorted({source for source, _ in whole.counts if source is not None}), None]
    targets = [*sorted({target for _, target in whole.counts if target is not None}), None]
    found = withheld([[counts.get((source, target), 0) for target in targets] for source in sources], least)
    if found is None:
        return None
    hidden = {pair: counts[pair] for row, column in sorted(found) if (pair := (sources[row], targets[column]))}
    hidden |= neither if hidden else {}
    while (cell := exposed(hidden, {}, least)) is not None:
        others = [pair for pair in whole.counts if pair not in hidden]
        if not others:
            return None
        nearest = min(others, key=lambda pair: (cell[0] != pair[0] and cell[1] != pair[1], counts[pair]))
        hidden[nearest] = counts[nearest]
    return hidden


def exposed(hidden: Mapping[Named, int], known: Mapping[Named, int], least: int) -> Named | None:
    """A small cell among those withheld that can be nothing but small; None where there is none."""
    few = (pair for pair, count in hidden.items() if small(count, least))
    return next((pair for pair in few if grown(pair, hidden, known, least)[pair] < least), None)


def _nameable(whole: Flows, hidden: Mapping[Named, int]) -> frozenset[Named]:
    """Withheld cells that may be known to be large, the largest first, as long as the small ones stay open."""
    known: dict[Named, int] = {}
    for pair in sorted(set(hidden) - {NEITHER}, key=lambda pair: -hidden[pair]):
        lines = [sum(count for each, count in whole.counts.items() if each[way] == pair[way]) for way in (0, 1)]
        bound = min(hidden[pair], max(whole.least, *(int(MAJORITY * line) + 1 for line in lines)))
        if hidden[pair] >= whole.least and exposed(hidden, known | {pair: bound}, whole.least) is None:
            known[pair] = bound
    return frozenset(known)


def _moved(counts: Mapping[Named, int]) -> float:
    """Of the customers in both tables, the share of those in another segment than before."""
    here = {pair: count for pair, count in counts.items() if None not in pair}
    return sum(count for (source, target), count in here.items() if source != target) / max(sum(here.values()), 1)


def coarse(share: float, size: int, least: int) -> float | None:
    """A share to a tenth, of so many customers that a tenth which would read as none, and is withheld, says no more."""
    return tenth(share, size, least) if size > 2 * TENTHS * least else None
