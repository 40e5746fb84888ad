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
    # Shares are of the customers fitted, and those with gaps were not.
    rows = found.measured_on or contract.data.customers - (contract.data.imputed or 0)
    flows: list[Flow] = []
    partly = set[int]()
    for k in sorted({flow.k for flow in found.flows}):
        every = [flow for flow in found.flows if flow.k == k]
        told = _flows(every, rows, least)
        flows += told
        if not _complete(told):
            partly.add(k)
    numbers = sorted(one.k for one in found.candidates)
    after = {later for former, later in pairwise(numbers) if former in partly}
    return found.model_copy(
        update={
            "candidates": tuple(_candidate(one, rows, least, tenths=one.k in after) for one in found.candidates),
            "flows": tuple(flows),
            "algorithms": tuple(_algorithm(one, rows, least) for one in found.algorithms),
        }
    )


def _small(share: float | None, rows: int, least: int) -> bool:
    return share is not None and small(round(share * rows), least)


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
    return tenth(one.persistence, round(one.share * rows), least)


def _shares(segments: Sequence[CandidateSegment], rows: int, least: int) -> tuple[CandidateSegment, ...]:
    """The small shares are left out, and more, the smallest first, until their sum is not small: shares sum to 1."""
    counts = {one.id: round(one.share * rows) for one in segments if one.share is not None}
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
    if not _complete(flows):  # a contract that is already published; nothing follows from what is left of it
        return [flow.model_copy(update={"share": None}) if _small(flow.share, rows, least) else flow for flow in flows]
    sources, targets = sorted({flow.source for flow in flows}), sorted({flow.target for flow in flows})
    counts = {(flow.source, flow.target): round((flow.share or 0) * rows) for flow in flows}
    table = [[counts.get((source, target), 0) for target in targets] for source in sources]
    hidden = withheld(table, least)
    if hidden is None:
        return []
    names = {(sources[row], targets[column]) for row, column in hidden}
    return [flow.model_copy(update={"share": None}) if (flow.source, flow.target) in names else flow for flow in flows]


def _algorithm(one: AlgorithmResult, rows: int, least: int) -> AlgorithmResult:
    update = {name: None for name in ("smallest_share", "unassigned_share") if _small(getattr(one, name), rows, least)}
    return one.model_copy(update=update)
