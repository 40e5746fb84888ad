"""Two builds of made-up customers, and what an attacker can work out from what is published of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.contract import (
    Changes,
    Contract,
    GoneSegment,
    Kin,
    MovedCustomers,
    PastEdition,
    PastSegment,
    SegmentChange,
)
from tests.privacy.system import InfeasibleError, System, total

Pair = tuple[int | None, int | None]
Counts = Mapping[Pair, int]


def sizes(counts: Counts, way: int) -> dict[int, int]:
    """Segment → customers; `way` 0: of the last build, 1: of this one."""
    numbers = sorted({number for pair in counts if (number := pair[way]) is not None})
    return {number: sum(count for pair, count in counts.items() if pair[way] == number) for number in numbers}


def two_builds(contract: Contract, counts: Counts, least: int = 10, **changes: Any) -> Contract:  # noqa: ANN401
    """The contract with as many segments, of these customers, exact; every segment names all its kin."""
    before, after = sizes(counts, 0), sizes(counts, 1)
    shared = sum(count for pair, count in counts.items() if None not in pair)
    moved = sum(count for (a, b), count in counts.items() if None not in {a, b} and a != b)
    here = {number: sum(counts.get((number, each), 0) for each in after) for number in before}

    def kin(target: int) -> tuple[Kin, ...]:
        return tuple(
            Kin(id=source, share=counts[source, target] / here[source])
            for source in before
            if counts.get((source, target))
        )

    found = Changes(
        since=1,
        basis="customers",
        segments=tuple(SegmentChange(id=number, became="continued", came_from=kin(number)) for number in after),
        shared=shared,
        moved=moved / shared if shared else None,
        flows=tuple(MovedCustomers(source=a, target=b, customers=count) for (a, b), count in counts.items() if count),
    )
    base = contract.segments[0]
    return contract.model_copy(
        update={
            "privacy": contract.privacy.model_copy(update={"mode": "public", "min_cell": least}),
            "data": contract.data.model_copy(update={"customers": sum(after.values()), "imputed": 0}),
            "segments": tuple(
                base.model_copy(update={"id": one, "size": size, "borders": (), "neighbour": None})
                for one, size in after.items()
            ),
            "past": (
                PastEdition(
                    number=1, customers=round(sum(before.values()) / 5) * 5, k=len(before), verdict="natural",
                    segments=tuple(
                        PastSegment(id=one, slug=f"s{one}", name=f"S{one}", size=max(least, round(size / 5) * 5))
                        for one, size in before.items()
                    ),
                ),
            ),
            "exploration": contract.exploration.model_copy(
                update={
                    "map": None,
                    "points": None,
                    "comparisons": (),
                    "distributions": tuple(
                        one.model_copy(
                            update={"bins": tuple(bar.model_copy(update={"by_segment": {}}) for bar in one.bins)}
                        )
                        for one in contract.exploration.distributions
                    ),
                }
            ),
            "gone": tuple(
                GoneSegment(
                    id=one, slug=f"s{one}", name=f"S{one}", last=1, ended="dissolved",
                    into=tuple(
                        Kin(id=each, share=counts[one, each] / here[one]) for each in after if counts.get((one, each))
                    ),
                )
                for one in before
                if one not in after
            ),
            "changes": found.model_copy(update=changes),
        }
    )  # fmt: skip


def attacked(counts: Counts, copy: Contract) -> System:
    """All that follows from the copy, whose counts are exact, for whoever knows the size of each segment exactly."""
    told = copy.changes
    assert told is not None
    system, least = System(), copy.privacy.min_cell
    before, after = sizes(counts, 0), sizes(counts, 1)
    pairs: list[Pair] = [(a, b) for a in (*before, None) for b in (*after, None) if (a, b) != (None, None)]
    listed = {(one.source, one.target): one.customers for one in told.flows}
    for pair in pairs:
        if listed and pair not in listed:
            system.unknown(pair, 0, 0)
        elif listed and (count := listed[pair]) is not None:
            system.unknown(pair, count, count)
        else:
            system.unknown(pair, 1 if listed else 0, sum(after.values()) + sum(before.values()))
    for way, known in ((0, before), (1, after)):
        for number, size in known.items():
            system.equal(total(pair for pair in pairs if pair[way] == number), "sizes are known", size)
    here = [pair for pair in pairs if None not in pair]
    if told.shared is not None:
        system.equal(total(here), "shared is told", told.shared)
    _continued(system, counts)
    most = float(sum(after.values()))
    if told.moved is not None:
        between = told.moved - 0.05, told.moved + 0.05
        system.ratio(total(pair for pair in here if pair[0] != pair[1]), total(here), between, most, "moved is told")
    for one, pair in named(copy):
        system.unknown(pair, least)
        if one.share is not None:
            row = total(each for each in here if each[0] == pair[0])
            system.ratio({pair: 1.0}, row, (one.share - 0.05, one.share + 0.05), most, "kin is told")
    return system


def _continued(system: System, counts: Counts) -> None:
    """Whoever continues a segment has most of the customers of both, of those in both tables."""
    for pair in (each for each in counts if each[0] == each[1]):
        lines = [
            [each for each in system.place if each[way] == pair[way] and None not in each]  # type: ignore[index, operator]
            for way in (0, 1)
        ]
        if all(2 * counts[pair] > sum(counts.get(each, 0) for each in line) for line in lines):  # type: ignore[call-overload]
            for line in lines:
                system.relate(dict.fromkeys(line, -1.0) | {pair: 1.0}, 1, math.inf, "it is continued")


def named(copy: Contract) -> Iterator[tuple[Kin, Pair]]:
    """All kin, with the segments of both builds."""
    assert copy.changes is not None
    for each in copy.changes.segments:
        yield from ((one, (one.id, each.id)) for one in each.came_from)
    for gone in copy.gone:
        yield from ((one, (gone.id, one.id)) for one in gone.into)


def determined(counts: Counts, copy: Contract) -> list[tuple[Pair, float, float]]:
    """Cells that nobody published and that are known to be few."""
    system, least = attacked(counts, copy), copy.privacy.min_cell
    assert copy.changes is not None
    listed = {(one.source, one.target): one.customers for one in copy.changes.flows}
    assert not system.violated(dict.fromkeys(system.place, 0.0) | dict(counts))
    found = []
    for pair in system.place:
        if listed.get(pair) is not None or (listed and pair not in listed):
            continue
        try:
            between = system.interval(pair)
        except InfeasibleError:  # pragma: no cover (the true table is a solution)
            continue
        if between.least >= 1 and between.most < least:
            found.append((pair, between.least, between.most))
    return found
