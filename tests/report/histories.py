"""A site's history made by hand: a contract as the twelfth build of a site, with what came before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from analysis.configuration import Configuration
from analysis.contract import (
    Changes,
    ColumnDrift,
    Contract,
    Edition,
    GoneSegment,
    Interval,
    Kin,
    MovedCustomers,
    Notice,
    PastEdition,
    PastSegment,
    Segment,
    SegmentChange,
)
from analysis.contract.colours import COLOURS
from analysis.history.edition import in_short
from report.build.build import ProjectWriter, project_files

BUILDS = 12
GONE, MERGED = 91, 92
"""Ids of a segment that was split long ago, and of one that was merged since the last build."""
LAST_DAY = date(2026, 11, 30)


def with_history(
    contract: Contract, *, builds: int = BUILDS, dated: bool = True, name: str = "Bargain Hunters", **changes: object
) -> Contract:
    """The contract as build `builds`; `name` is that of the segment that was merged, and in every new text field.

    The first segment has grown, the last one shrunk for months; the second is new since the last build, the third was
    renamed. `changes` replace fields of `Changes`.
    """
    edition = Edition(number=builds, date=LAST_DAY.isoformat() if dated else None, fitted="always", fitted_in=builds)
    contract = contract.model_copy(update={"edition": edition})
    if builds == 1:
        return contract
    past = tuple(
        _past(contract, number, builds, LAST_DAY - timedelta(days=30 * (builds - number)) if dated else None, name)
        for number in range(1, builds)
    )[-24:]
    gone = (
        GoneSegment(id=GONE, slug="old-guard", name=f"Old Guard {name}", colour=8, last=3, ended="split",
                    known_by="customers",
                    into=(Kin(id=contract.segments[0].id, share=0.6), Kin(id=MERGED, share=0.4))),
        GoneSegment(id=MERGED, slug="bargain-hunters", name=name, colour=7, last=builds - 1, ended="merged",
                    into=(Kin(id=contract.segments[-1].id, share=None),)),
    )  # fmt: skip
    made = _changes(contract, builds - 1, name).model_copy(update=changes)
    return contract.model_copy(update={"past": past, "gone": gone, "changes": made})


def _past(contract: Contract, number: int, builds: int, day: date | None, name: str) -> PastEdition:
    short = in_short(contract)
    ago = builds - number
    segments = [_was(one, place, ago, len(short.segments), name) for place, one in enumerate(short.segments)]
    others = [_lost(MERGED, "bargain-hunters", name, 7)]
    if number <= 3:
        others.append(_lost(GONE, "old-guard", f"Old Guard {name}", 8))
    own = [one for place, one in enumerate(segments) if place != 1]
    return short.model_copy(
        update={"number": number, "date": day and day.isoformat(), "segments": (*(own or segments), *others),
                "k": len(own) + len(others)}
    )  # fmt: skip


def _was(one: PastSegment, place: int, ago: int, many: int, name: str) -> PastSegment:
    """The first has grown by half of its share, the last one has shrunk by a fiftieth of it every month."""
    factor = 0.5 if place == 0 else 1 + 0.02 * ago if place == many - 1 else 1 + 0.01 * ((ago * 7 + place) % 3)
    share = None if one.share is None else one.share * factor
    ends = share and Interval(lower=share * 0.9, upper=min(1.0, share * 1.1))
    stable = None if one.stability is None else max(0.0, one.stability - 0.01 * (ago % 4))
    update = {
        "share": share, "share_interval": ends, "size": one.size and max(1, round(one.size * factor)),
        "value_share": one.value_share and one.value_share * factor, "stability": stable, "stability_interval": None,
        **({"name": f"Once {name}"} if place == 2 else {}),
    }  # fmt: skip
    return one.model_copy(update=update)


def _lost(number: int, slug: str, name: str, colour: int) -> PastSegment:
    ends = Interval(lower=0.05, upper=0.12)
    return PastSegment(id=number, slug=slug, name=name, colour=colour % COLOURS, size=16, share=0.08,
                       share_interval=ends, value_share=0.03, stability=0.8)  # fmt: skip


def _changes(contract: Contract, since: int, name: str) -> Changes:
    segments = contract.segments
    return Changes(
        since=since,
        basis="customers",
        segments=(
            *(_change(one, place, segments, name) for place, one in enumerate(segments)),
            SegmentChange(id=MERGED, became="gone", ended="merged", went_to=(Kin(id=segments[-1].id, share=None),)),
        ),
        shared=180,
        moved=0.1,
        flows=_flows(segments),
        drift=tuple(
            ColumnDrift(feature=one.name, index=index, drift=band, adjusted_p=0.5)
            for one, (index, band) in zip(
                contract.data.features, ((0.31, "strong"), (0.14, "moderate"), (0.02, "stable"), (None, "unknown")),
                strict=False,
            )
        ),
        notices=(
            Notice(about="missing", what=contract.data.features[0].name, before="0.02", after="0.09"),
            Notice(about="setting", what=f"model.selection.k {name}", before=f"5 {name}", after=f"6 {name}"),
            Notice(about="version", before="0.1.0", after="0.2.0"),
            Notice(about="columns", what="Gender", after=f"Gender {name}"),
        ),
    )  # fmt: skip


def _change(one: Segment, place: int, segments: tuple[Segment, ...], name: str) -> SegmentChange:
    if place == 1:
        return SegmentChange(id=one.id, became="new", came_from=(Kin(id=segments[0].id, share=0.3),
                                                                Kin(id=MERGED, share=None)))  # fmt: skip
    return SegmentChange(id=one.id, became="continued", renamed_from=f"Once {name}" if place == 2 else None,
                         came_from=(Kin(id=one.id, share=0.9),))  # fmt: skip


def _flows(segments: tuple[Segment, ...]) -> tuple[MovedCustomers, ...]:
    """Most stay; some of the first are in the second; a withheld number of the merged one is in the last; some left."""
    stayed = [
        MovedCustomers(source=one.id, target=one.id, customers=max(1, one.size - 12))
        for place, one in enumerate(segments)
        if place != 1
    ]
    moved = (
        [
            MovedCustomers(source=segments[0].id, target=segments[1].id, customers=14),
            MovedCustomers(source=None, target=segments[1].id, customers=max(1, segments[1].size - 14)),
        ]
        if len(segments) > 1
        else []
    )
    return (
        *stayed,
        *moved,
        MovedCustomers(source=MERGED, target=segments[-1].id, customers=None),
        MovedCustomers(source=None, target=segments[0].id, customers=15),
        MovedCustomers(source=segments[-1].id, target=None, customers=11),
    )


def remembering(history: Callable[[Contract], Contract] = with_history) -> ProjectWriter:
    """Writes the project of a site with that history."""

    def writer(configuration: Configuration, found: str, *others: Any) -> dict[str, str | bytes]:  # noqa: ANN401
        contract = history(Contract.model_validate_json(found))
        return project_files(configuration, contract.model_dump_json(), *others)

    return writer


def withholding(contract: Contract) -> Contract:
    """A contract with a history of which every figure is withheld that may be."""
    hidden = contract.changes and contract.changes.model_copy(
        update={
            "flows": (), "moved": None, "shared": None,
            "segments": tuple(
                one.model_copy(update={side: tuple(kin.model_copy(update={"share": None}) for kin in getattr(one, side))
                                       for side in ("came_from", "went_to")})
                for one in contract.changes.segments
            ),
            "drift": tuple(
                one.model_copy(update={"index": None, "drift": "unknown"}) for one in contract.changes.drift
            ),
        }
    )  # fmt: skip
    bare = dict.fromkeys(("size", "share", "share_interval", "value_share", "stability", "stability_interval"))
    past = tuple(
        one.model_copy(update={"customers": None,
                               "segments": tuple(each.model_copy(update=bare) for each in one.segments)})
        for one in contract.past
    )  # fmt: skip
    gone = tuple(
        one.model_copy(update={"into": tuple(kin.model_copy(update={"share": None}) for kin in one.into)})
        for one in contract.gone
    )
    return contract.model_copy(update={"changes": hidden, "past": past, "gone": gone})
