"""Customers by their segment in the last build and in this one: the two ends of each flow, and what is withheld."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Contract, MovedCustomers
from analysis.language import gettext
from report.captions.editions import called, earlier, known_segments


@dataclass(frozen=True)
class FlowEnd:
    """A segment of one of the two builds, or the customers who are in one table alone (`id` None)."""

    id: int | None
    size: int | None
    """As its build published it; None for customers of one table alone, or where it is withheld."""
    told: int
    """Customers of its flows that are published."""
    withholds: bool
    """Whether some of its flows are withheld."""

    @property
    def rest(self) -> int:
        """Customers whose flows are withheld, by the size of the segment; 0 where that is not known.

        Sizes and flows may be rounded, each by itself, so that their difference is no figure of its own: it is drawn
        only where a flow is withheld.
        """
        return max(0, self.size - self.told) if self.withholds and self.size is not None else 0


def published_flows(contract: Contract) -> tuple[MovedCustomers, ...]:
    """The flows between the last build and this one, without those that nobody took."""
    found = contract.changes.flows if contract.changes else ()
    return tuple(one for one in found if one.customers != 0)


def flow_ends(contract: Contract) -> tuple[list[int | None], list[int | None]]:
    """The ends on both sides: segments in the order of their builds, then customers who are in one table alone."""
    flows = published_flows(contract)
    sources, targets = {one.source for one in flows}, {one.target for one in flows}
    before: list[int | None] = [*earlier(contract), *sorted(one for one in sources - {*earlier(contract)} if one)]
    now: list[int | None] = [one.id for one in contract.segments]
    return (
        [one for one in (*before, None) if one in sources],
        [one for one in (*now, None) if one in targets],
    )


def flow_end(contract: Contract, number: int | None, *, before: bool) -> FlowEnd:
    """One end with the customers of its flows."""
    own = [one for one in published_flows(contract) if (one.source if before else one.target) == number]
    sizes = {one.id: one.size for one in (earlier(contract).values() if before else contract.segments)}
    return FlowEnd(
        number,
        None if number is None else sizes.get(number),
        sum(one.customers or 0 for one in own),
        any(one.customers is None for one in own),
    )


def origin(contract: Contract, number: int | None) -> str:
    """The name of an end on the left: a segment by the name that it had, or customers who are new.

    Where another segment of this build has that name now, by the one that tells the two apart.
    """
    if number is None:
        return gettext("New in the table")
    one = earlier(contract).get(number)
    if one is None or any(each.name == one.name and each.id != number for each in contract.segments):
        return called(known_segments(contract), number)
    return " ".join(one.name.split())


def arrival(contract: Contract, number: int | None) -> str:
    """The name of an end on the right: a segment, or customers who have left."""
    return gettext("No longer in the table") if number is None else called(known_segments(contract), number)
