"""What may be said of the numbers of segments that were tried, and of customers who pass from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analysis.contract import AlgorithmResult, Candidate, CandidateSegment, Contract, Flow, Selection
from report.disclosure.cells import small, tenth, withheld

COMPLETE = 1e-6
"""How far shares of all customers may sum from 1 for rounding."""


def selection(contract: Contract) -> Selection:
    """Every number of segments tried, without shares, flows and figures that tell of too few customers."""
    found, least = contract.selection, contract.privacy.min_cell
    rows = fitted(contract)
    exposed = found.k if _beside_sizes(contract, rows) else None
    numbers = sorted(one.k for one in found.candidates)
    following = dict(pairwise(numbers))
    flows: list[Flow] = []
    partly = set[int]()
    for k in sorted({flow.k for flow in found.flows}):
        every = [flow for flow in found.flows if flow.k == k]
        told = [] if exposed in {k, following.get(k)} and exposed else _flows(every, rows, least)
        flows += told
        if not _complete(told):
            partly.add(k)
    after = {later for former, later in following.items() if former in partly}
    return found.model_copy(
        update={
            "candidates": tuple(
                _unshared(told) if told.k == exposed else told
                for told in (_candidate(one, rows, least, tenths=one.k in after) for one in found.candidates)
            ),
            "flows": tuple(flows),
            "algorithms": tuple(
                _algorithm(one, rows, least, exposed=one.taken and exposed is not None) for one in found.algorithms
            ),
        }
    )


def fitted(contract: Contract) -> int:
    """Customers of whom shares are: those fitted, or as many as the battery ran on.

    Neither those with gaps nor those set apart were fitted; some may be both, and then all shares are of whole numbers.
    """
    if contract.selection.measured_on is not None:
        return contract.selection.measured_on
    gaps, apart, customers = contract.data.imputed or 0, contract.data.set_apart or 0, contract.data.customers
    shares = [each.share for one in contract.selection.candidates for each in one.segments if each.share is not None]
    some = range(customers - gaps - apart, customers - max(gaps, apart) + 1)
    return next((n for n in some if all(abs(share * n - round(share * n)) < COMPLETE * n for share in shares)), some[0])


def _beside_sizes(contract: Contract, rows: int) -> bool:
    """Whether the shares of the segments taken, beside their sizes, tell how few customers of one were not fitted."""
    taken = next((one for one in contract.selection.candidates if one.k == contract.selection.k), None)
    if taken is None or contract.selection.measured_on is not None:
        return False
    sizes, least = {one.id: one.size for one in contract.proper}, contract.privacy.min_cell
    return any(
        each.share is not None and small(abs(sizes.get(each.id, 0) - _count(each.share, rows)), least)
        for each in taken.segments
    )


def _unshared(one: Candidate) -> Candidate:
    """A number of segments of which it is not told how many customers each has among those fitted."""
    segments = tuple(each.model_copy(update={"share": None, "persistence": None}) for each in one.segments)
    return one.model_copy(update={"smallest_share": None, "segments": segments})


def _count(share: float, rows: int) -> int:
    """How many customers a share is; nobody only where it is nothing, for there may be more customers than these."""
    return max(1, round(share * rows)) if share > 0 else 0


def _small(share: float | None, rows: int, least: int) -> bool:
    return share is not None and small(_count(share, rows), least)


def _candidate(one: Candidate, rows: int, least: int, *, tenths: bool) -> Candidate:
    """`tenths`: some of the flows into its segments are withheld, and how wholly they came would tell them."""
    smallest = None if _small(one.smallest_share, rows, least) else one.smallest_share
    segments = _shares(one.segments, rows, least)
    if tenths:
        segments = tuple(each.model_copy(update={"persistence": _persistence(each, rows, least)}) for each in segments)
    return one.model_copy(update={"smallest_share": smallest, "segments": segments})


def _persistence(one: CandidateSegment, rows: int, least: int) -> float | None:
    """To the nearest tenth, where the segment is large enough for that to tell of no few."""
    if one.persistence is None or one.share is None:
        return None
    return tenth(one.persistence, _count(one.share, rows), least)


def _shares(segments: Sequence[CandidateSegment], rows: int, least: int) -> tuple[CandidateSegment, ...]:
    """The small shares are left out, and more, the smallest first, until their sum is not small: shares sum to 1."""
    counts = {one.id: _count(one.share, rows) for one in segments if one.share is not None}
    hidden = {name for name, count in counts.items() if small(count, least)}
    complete = len(counts) == len(segments)
    for name in sorted(counts, key=lambda name: (counts[name], name)):
        enough = len(hidden) != 1 and not small(sum(counts[each] for each in hidden), least)
        if not complete or not hidden or enough:
            break
        hidden.add(name)
    return tuple(one.model_copy(update={"share": None}) if one.id in hidden else one for one in segments)


def _complete(flows: Sequence[Flow]) -> bool:
    known = [flow.share for flow in flows if flow.share is not None]
    return len(known) == len(flows) and abs(sum(known) - 1) < COMPLETE


def _flows(flows: Sequence[Flow], rows: int, least: int) -> list[Flow]:
    """From one number of segments to the next: a two-way table, both of whose margins are published."""
    if not _complete(flows):  # of shares that are not those of all nobody can say what follows
        return []
    sources, targets = sorted({flow.source for flow in flows}), sorted({flow.target for flow in flows})
    counts = {(flow.source, flow.target): _count(flow.share or 0, rows) for flow in flows}
    table = [[counts.get((source, target), 0) for target in targets] for source in sources]
    hidden = withheld(table, least)
    if hidden is None:
        return []
    names = {(sources[row], targets[column]) for row, column in hidden}
    return [flow.model_copy(update={"share": None}) if (flow.source, flow.target) in names else flow for flow in flows]


def _algorithm(one: AlgorithmResult, rows: int, least: int, *, exposed: bool) -> AlgorithmResult:
    """`exposed`: its shares, beside the sizes of segments, tell how few customers were not fitted."""
    names = ("smallest_share", "unassigned_share")
    update = {name: None for name in names if exposed or _small(getattr(one, name), rows, least)}
    return one.model_copy(update=update)
