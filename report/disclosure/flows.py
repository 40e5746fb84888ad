"""What may be said of customers between two builds: a table of two divisions whose sizes are both published.

Its rows are the segments of the last build and the new customers, its columns the segments of this one and the lost
customers. Nobody knows how many are in neither table, which is the cell of the new row and the lost column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.contract import Changes, Contract, Kin, MovedCustomers
from report.disclosure.cells import TENTHS, small, tenth, withheld
from report.disclosure.openness import Named, grown

NEITHER: Named = (None, None)
MANY = 2**40
"""Customers who may be in neither table, where nothing is told of the new and the lost ones."""
MAJORITY = 0.5
"""Of a segment’s customers in both tables: more of them are in the one that continues it, as everybody knows, and at
least as many may be in another that is named as where they are."""


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
    sum_told: bool = True
    """Whether the number of shared customers is told."""

    @property
    def shared(self) -> int:
        """Customers in both tables."""
        return self._sum(pair for pair in self.counts if None not in pair)

    @property
    def few(self) -> bool:
        """Whether the shared customers are few, or the new or the lost ones."""
        new, lost = (self._sum(pair for pair in self.counts if pair[way] is None) for way in (0, 1))
        return any(small(count, self.least) for count in (self.shared, new, lost))

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
        few, known = (pair for pair, count in self.hidden.items() if small(count, self.least)), self.continued()
        others = ({**self.counts, **grown(pair, self.hidden, known, self.least)} for pair in few)
        return told if all(abs(_moved(table) - told) <= 0.5 / TENTHS for table in others) else None

    def kin(self, one: Kin, pair: Named) -> Kin | None:
        """A segment of the other build; None where it may not even be named.

        Its share is told where nothing else of the segment of the last build is withheld, or all of the table is.
        """
        row = [each for each in self.counts if each[0] == pair[0]]
        if pair not in self.counts or small(self.counts[pair], self.least):
            return None
        if self.hidden is not None and not self.hidden.keys() & set(row):
            return self._with_share(one, row)
        if self.hidden is not None and pair not in self.hidden:
            return one.model_copy(update={"share": None})
        if pair not in self.nameable:
            return None
        return self._with_share(one, row) if self.hidden is None else one.model_copy(update={"share": None})

    def _with_share(self, one: Kin, row: Sequence[Named]) -> Kin:
        size = self._sum(each for each in row if each[1] is not None)
        return one.model_copy(update={"share": None if one.share is None else coarse(one.share, size, self.least)})

    def continued(self) -> Mapping[Named, int]:
        """How many are at least in each segment that continues one: most of the customers of both."""
        same = (pair for pair in self.counts if None not in pair and pair[0] == pair[1])
        bounds = {pair: max(self.majority(pair, 0), self.majority(pair, 1)) for pair in same}
        return {pair: bound for pair, bound in bounds.items() if self.counts[pair] >= bound}

    def majority(self, pair: Named, way: int) -> int:
        """The fewest who are most of a segment’s customers in both tables: of its row, 0, or of its column, 1."""
        line = self._sum(each for each in self.counts if each[way] == pair[way] and None not in each)
        return int(MAJORITY * line) + 1

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
    sum_told = not whole.few
    hidden = _hidden(whole, {} if sum_told else {NEITHER: MANY})
    if hidden is None:
        sum_told = sum_told and exposed(whole, known, whole.continued()) is None
        every = {**known, **({} if sum_told else {NEITHER: MANY})}
        return replace(whole, nameable=_nameable(whole, every), sum_told=sum_told)
    return replace(whole, hidden=hidden, nameable=_nameable(whole, hidden), sum_told=sum_told)


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
    known = whole.continued()
    while (cell := exposed(whole, hidden, known)) is not None:
        others = [pair for pair in whole.counts if pair not in hidden]
        if not others:
            return None
        nearest = min(others, key=lambda pair: (cell[0] != pair[0] and cell[1] != pair[1], counts[pair]))
        hidden[nearest] = counts[nearest]
    return hidden


def exposed(whole: Flows, hidden: Mapping[Named, int], known: Mapping[Named, int]) -> Named | None:
    """A small cell among those withheld that may be nothing but small; None where there is none.

    In the table in which it is large, each segment still has to be continued by the one that continues it.
    """
    continued = whole.continued().keys()
    for pair in (pair for pair, count in hidden.items() if small(count, whole.least)):
        other = grown(pair, hidden, known, whole.least)
        if other[pair] < whole.least or continued - Flows({**whole.counts, **other}, whole.least).continued().keys():
            return pair
    return None


def _nameable(whole: Flows, hidden: Mapping[Named, int]) -> frozenset[Named]:
    """Withheld cells that may be known to be large, the largest first, as long as the small ones stay open."""
    known = dict(whole.continued())
    found = []
    for pair in sorted(set(hidden) - {NEITHER}, key=lambda pair: -hidden[pair]):
        bound = max(known.get(pair, 1), min(hidden[pair], max(whole.least, whole.majority(pair, 0))))
        if hidden[pair] >= whole.least and exposed(whole, hidden, known | {pair: bound}) is None:
            known[pair] = bound
            found.append(pair)
    return frozenset(found)


def _moved(counts: Mapping[Named, int]) -> float:
    """Of the customers in both tables, the share of those in another segment than before."""
    here = {pair: count for pair, count in counts.items() if None not in pair}
    return sum(count for (source, target), count in here.items() if source != target) / max(sum(here.values()), 1)


def coarse(share: float, size: int, least: int) -> float | None:
    """A share to a tenth, of so many customers that a tenth which would read as none, and is withheld, says no more."""
    return tenth(share, size, least) if size > 2 * TENTHS * least else None
