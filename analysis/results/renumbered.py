"""Segments counted by their place in the order, given the ids that they keep from build to build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from analysis.contract import Exploration, Scoring, Segment, Selection

Ids = Mapping[int, int]
"""Place in the order, from 1 → id."""


def numbers(ids: Sequence[int]) -> Ids:
    """The ids of segments in canonical order."""
    return dict(enumerate(ids, start=1))


def segments(found: Sequence[Segment], ids: Ids) -> tuple[Segment, ...]:
    """The segments, and the others that each speaks of."""
    return tuple(
        one.model_copy(
            update={
                "id": ids[one.id],
                "neighbour": one.neighbour and one.neighbour.model_copy(update={"id": ids[one.neighbour.id]}),
                "borders": tuple(border.model_copy(update={"id": ids[border.id]}) for border in one.borders),
            }
        )
        for one in found
    )


def exploration(found: Exploration, ids: Ids) -> Exploration:
    """Counts by segment, the map, and the segment of single customers."""
    distributions = tuple(
        one.model_copy(
            update={
                "bins": tuple(
                    bar.model_copy(update={"by_segment": {ids[number]: n for number, n in bar.by_segment.items()}})
                    for bar in one.bins
                )
            }
        )
        for one in found.distributions
    )
    squares = found.map and tuple(one.model_copy(update={"segment": ids[one.segment]}) for one in found.map.bins)
    points = found.points and {
        name: tuple(None if each is None else float(ids[int(each)]) for each in values) if name == "segment" else values
        for name, values in found.points.items()
    }
    return found.model_copy(
        update={
            "distributions": distributions,
            "map": found.map and found.map.model_copy(update={"bins": squares}),
            "points": points,
        }
    )


def scoring(found: Scoring | None, ids: Ids) -> Scoring | None:
    """The segments found that hold the customers of scored ones."""
    return found and found.model_copy(
        update={
            "segments": tuple(
                one.model_copy(update={"mostly": one.mostly and ids[one.mostly]}) for one in found.segments
            ),
            "crossings": tuple(one.model_copy(update={"segment": ids[one.segment]}) for one in found.crossings),
        }
    )


def selection(found: Selection, ids: Ids) -> Selection:
    """The segments of the number taken, alone and in flows; those of other numbers are counted as they are."""
    taken = tuple(
        one.model_copy(
            update={"segments": tuple(each.model_copy(update={"id": ids[each.id]}) for each in one.segments)}
        )
        if one.k == found.k
        else one
        for one in found.candidates
    )
    following = dict(pairwise(one.k for one in found.candidates))
    flows = tuple(
        one.model_copy(
            update={
                "source": ids[one.source] if one.k == found.k else one.source,
                "target": ids[one.target] if following.get(one.k) == found.k else one.target,
            }
        )
        for one in found.flows
    )
    return found.model_copy(update={"candidates": taken, "flows": flows})
