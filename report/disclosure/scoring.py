"""What may be said of transactions and of the segments that quintile scores make."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Contract, Crossing, ScoredSegment, Scoring, Transactions
from report.disclosure.answers import mean_of_few
from report.disclosure.cells import small, tenth, withheld


def transactions(contract: Contract) -> Transactions | None:
    """Without counts of few customers, or of rows that may belong to few."""
    found, least = contract.data.transactions, contract.privacy.min_cell
    if found is None:
        return None
    aside = tuple(
        one.model_copy(update={"customers": None}) if one.customers is not None and small(one.customers, least) else one
        for one in found.set_aside
    )
    few = found.refunds is not None and small(found.refunds, least)
    return found.model_copy(update={"set_aside": aside, "refunds": None if few else found.refunds})


def scoring(contract: Contract) -> Scoring | None:
    """Without small segments and crossings, and without the number of customers of a score.

    Those numbers are left out whole: taken from the sizes of the segments, which lie across several scores, they would
    tell of single cells of the grid.
    """
    found, least = contract.scoring, contract.privacy.min_cell
    if found is None:
        return None
    segments = _segments(found.segments, _few(found.segments, contract), least)
    return found.model_copy(
        update={
            "bands": tuple(one.model_copy(update={"customers": None}) for one in found.bands),
            "segments": segments,
            "crossings": _crossings(contract, found, {one.name for one in segments if one.size is None}),
        }
    )


def _segments(segments: Sequence[ScoredSegment], few: frozenset[str], least: int) -> tuple[ScoredSegment, ...]:
    """The small ones without figures, and more, the smallest first, until their sum is not small: sizes sum to all."""
    sizes = {one.name: one.size for one in segments if one.size}
    hidden = {name for name, size in sizes.items() if small(size, least)}
    complete = all(one.size is not None for one in segments)
    for name in sorted(sizes, key=lambda name: (sizes[name], name)):
        enough = len(hidden) != 1 and not small(sum(sizes[each] for each in hidden), least)
        if not complete or not hidden or enough:
            break
        hidden.add(name)
    nothing: dict[str, object] = {
        "size": None, "share": None, "value_share": None, "mostly": None, "mostly_share": None, "means": {},
    }  # fmt: skip
    return tuple(
        one.model_copy(
            update=nothing
            if one.name in hidden
            else {
                "mostly_share": _mostly(one, least),
                "means": {name: mean for name, mean in one.means.items() if name not in few},
            }
        )
        for one in segments
    )


def _mostly(one: ScoredSegment, least: int) -> float | None:
    """A share so coarse that what is left of the segment may be nobody or `least` customers."""
    return None if one.mostly_share is None or not one.size else tenth(one.mostly_share, one.size, least)


def _few(segments: Sequence[ScoredSegment], contract: Contract) -> frozenset[str]:
    """Columns of two values whose means tell of any segment how few of its customers have one of them."""
    return frozenset(name for one in segments if one.size for name in mean_of_few(one.means, one.size, contract))


def _crossings(contract: Contract, found: Scoring, untold: set[str]) -> tuple[Crossing, ...]:
    """A two-way table, whose margins are published but for the sizes of the segments `untold`: they go whole."""
    counts = {(one.name, one.segment): one.customers or 0 for one in found.crossings}
    names = [one.name for one in found.segments]
    numbers = [one.id for one in contract.segments]
    table = [[counts.get((name, number), 0) for number in numbers] for name in names]
    hidden = withheld(table, contract.privacy.min_cell)
    # Of sums that are not those of all customers nobody can say what follows.
    if hidden is None or sum(counts.values()) != contract.data.customers:
        return ()
    left_out = {(names[row], numbers[column]) for row, column in hidden}
    left_out |= {(name, number) for name in untold for number in numbers}
    return tuple(
        Crossing(name=name, segment=number, customers=None if (name, number) in left_out else counts[name, number])
        for name in names
        for number in numbers
        if (name, number) in left_out or counts.get((name, number))
    )
