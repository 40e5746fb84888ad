"""What may be said of the last build and of all that has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.contract import (
    Changes,
    ColumnDrift,
    Contract,
    Exploration,
    Feature,
    GoneSegment,
    Kin,
    Notice,
    PastEdition,
    PastSegment,
    SegmentChange,
)
from analysis.rounding.random_rounding import BASE, Rounding
from report.disclosure.cells import small
from report.disclosure.columns import OTHERS, rejections
from report.disclosure.flows import Flows, coarse, flows
from report.disclosure.openness import Named

OF_A_COLUMN = frozenset({"type", "missing", "categories"})


def changes(contract: Contract, features: Sequence[Feature], explored: Exploration) -> Changes | None:
    """Without flows of few customers, and without what a column that is not published would tell."""
    found = contract.changes
    if found is None:
        return None
    known = flows(contract, found)
    return found.model_copy(
        update={
            "segments": tuple(_segment(one, known, contract) for one in found.segments),
            "shared": known.shared if known and known.sum_told else None,
            "moved": known and known.moved(),
            "flows": known.told() if known else (),
            "drift": tuple(_drift(found.drift, features, explored)),
            "drift_since_oldest": tuple(_drift(found.drift_since_oldest, features, explored)),
            "notices": tuple(_notices(found.notices, contract, features)),
        }
    )


def flows_rounded(found: Changes | None, whole: Contract, rounding: Rounding) -> Changes | None:
    """Flows and shared customers, whose counts are still exact, never more than the published wholes beside them."""
    if found is None:
        return None
    now = {one.id: one.size for one in whole.segments}
    last = whole.past[-1] if whole.past else None
    then = {one.id: one.size for one in last.segments} if last else {}

    def part(count: int | None, of: int | None, published: int | None) -> int | None:
        if count is None:
            return None
        told = rounding.count(count) if of is None else rounding.part(count, of)
        return told if published is None or small(published, rounding.least) else min(told, rounding.count(published))

    return found.model_copy(
        update={
            "shared": part(found.shared, whole.data.customers, last.customers if last else None),
            "flows": tuple(
                one.model_copy(
                    update={"customers": part(one.customers, now.get(one.target or 0), then.get(one.source or 0))}
                )
                for one in found.flows
            ),
        }
    )


def past(contract: Contract) -> tuple[PastEdition, ...]:
    """Earlier builds as they were published; of those of an open site no more than counts, which are then rounded.

    A document that does not say in which mode it was is known by its counts.
    """
    least = contract.privacy.min_cell
    return tuple(one if _was_public(one, least) else _counts_only(one) for one in contract.past)


def _was_public(one: PastEdition, least: int) -> bool:
    if one.mode is not None:
        return one.mode == "public"
    counts = [count for count in (one.customers, *(each.size for each in one.segments)) if count is not None]
    return all(count % BASE == 0 and not small(count, least) for count in counts)


def _counts_only(one: PastEdition) -> PastEdition:
    told = {"id", "slug", "name", "colour", "kind", "size"}
    nothing = dict.fromkeys(PastSegment.model_fields.keys() - told)
    return one.model_copy(update={"segments": tuple(each.model_copy(update=nothing) for each in one.segments)})


def gone(contract: Contract) -> tuple[GoneSegment, ...]:
    """Segments that no longer exist; where the customers of those are that the last build had goes by the flows.

    The figures of those that an open build published are exact, and stay there.
    """
    found = contract.changes
    known = flows(contract, found) if found else None
    return tuple(
        one.model_copy(
            update={
                **({} if one.mode == "public" else {"figures": {}, "shares": {}}),
                "into": _kin(one.into, [(one.id, each.id) for each in one.into], known, contract)
                if found and one.last == found.since
                else tuple(_published(each) for each in one.into),
            }
        )
        for one in contract.gone
    )


def _published(one: Kin) -> Kin:
    """As an earlier build told it: a tenth, or nothing."""
    return one if one.share is None or one.share == round(one.share, 1) else one.model_copy(update={"share": None})


def _segment(one: SegmentChange, known: Flows | None, contract: Contract) -> SegmentChange:
    return one.model_copy(
        update={
            "came_from": _kin(one.came_from, [(each.id, one.id) for each in one.came_from], known, contract),
            "went_to": _kin(one.went_to, [(one.id, each.id) for each in one.went_to], known, contract),
        }
    )


def _kin(found: Sequence[Kin], pairs: Sequence[Named], known: Flows | None, contract: Contract) -> tuple[Kin, ...]:
    told = (
        known.kin(one, pair) if known else _by_size(one, pair, contract) for one, pair in zip(found, pairs, strict=True)
    )
    return tuple(one for one in told if one is not None)


def _by_size(one: Kin, pair: Named, contract: Contract) -> Kin | None:
    """Where customers are not known by both segments: by the published size of the segment of the last build.

    One that lies where another lay, by the published figures of both, shares with it nobody of whom that is known.
    """
    if contract.changes and contract.changes.basis == "position":
        return one.model_copy(update={"share": None})
    least = contract.privacy.min_cell
    last = contract.past[-1].segments if contract.past else ()
    size = next((each.size for each in last if each.id == pair[0]), None)
    if size is None or one.share is None:
        return None
    return one.model_copy(update={"share": coarse(one.share, size, least)}) if one.share * size >= least else None


def _drift(found: Sequence[ColumnDrift], features: Sequence[Feature], explored: Exploration) -> Iterator[ColumnDrift]:
    """Of published columns; figures where the site shows how the customers fall over the column's values."""
    drawn = {one.feature for one in explored.distributions}
    shown = {one.name: one.name in drawn or bool(one.categories) or _two_told(one) for one in features}
    for one in found:
        if one.feature in shown:
            yield one if shown[one.feature] else ColumnDrift(feature=one.feature, index=None, drift="unknown")


def _two_told(one: Feature) -> bool:
    return (one.two_values is not None or one.measure == "boolean") and one.mean is not None


def _notices(found: Sequence[Notice], contract: Contract, features: Sequence[Feature]) -> Iterator[Notice]:
    shown = {one.name: one for one in features}
    was_public = not contract.past or _was_public(contract.past[-1], contract.privacy.min_cell)
    reasons = {(one.column or "", one.reason) for one in rejections(contract)}
    for one in found:
        added = one.about == "columns" and not one.before
        new_reason = one.about == "rejected" and not one.before
        untold = (
            ((added or one.about in OF_A_COLUMN) and one.what not in shown)
            or (new_reason and (one.what, one.after) not in reasons)
            or (one.about == "missing" and shown[one.what].missing is None)
            or _unseen(one)
            or (not was_public and _exact(one))
        )
        if not untold:
            yield one
    yield from _others([one for one in found if _unseen(one) and one.what in shown], shown, contract)


def _exact(one: Notice) -> bool:
    """Whether it repeats a share of few, or a category of few, that an open build may have published."""
    return one.about in {"missing", "rejected", "categories"} and bool(one.before)


def _unseen(one: Notice) -> bool:
    """Whether it names a category that the last build did not have."""
    return one.about == "categories" and not one.before


def _others(found: Sequence[Notice], shown: dict[str, Feature], contract: Contract) -> Iterator[Notice]:
    """Categories never seen that are published by name; the others of a column together, where they are not few."""
    counts = {one.name: one.categories for one in contract.data.features}
    for name in dict.fromkeys(one.what for one in found):
        own = [one for one in found if one.what == name]
        named = {*shown[name].categories, *shown[name].levels} - {OTHERS}
        yield from (one for one in own if one.after in named)
        rest = sum(counts[name].get(one.after, 0) for one in own if one.after not in named)
        if rest >= contract.privacy.min_cell:
            yield Notice(about="categories", what=name, after=OTHERS)
