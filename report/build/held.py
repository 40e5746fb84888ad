"""Whether a person should look at a build first: which limits of `publish.hold_when` are passed, and by how much.

A limit that cannot be checked although there is an earlier build holds as well: nobody knows that it is kept. In a
first build there is nothing to check, and that is a warning. How many customers moved is often withheld from a public
site, and else rounded, as are rows. So exact shares are taken from the private files where those are of that very build
(`exactly`), and of a public site no more is said than that the limit is passed.

These sentences are for the terminal and the workflow's summary, in plain English like all that a command says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from report.build.previous import PRIVATE

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.configuration.history import HoldWhen
    from analysis.contract import Contract

KEY = "publish.hold_when"
TENTH = 0.05
"""How far the share of customers who moved may be from the tenth to which it is published."""
WHO = {
    "moved_share": ("customers in both builds", "changed their segment"),
    "rejected_share": ("rows", "were set aside"),
}
VERDICTS = ("natural", "reproducible", "constructive", "none")
"""The strongest first."""
DRIFTS = ("stable", "moderate", "strong")


class Exact(NamedTuple):
    """Shares as they are, where they are known better than they are published; for comparison with a limit alone."""

    moved: float | None = None
    rejected: float | None = None


UNKNOWN = Exact()


def held(contract: Contract, limits: HoldWhen, exact: Exact = UNKNOWN) -> tuple[str, ...]:
    """A sentence for each limit that is passed or cannot be checked, by the published contract and its `changes`."""
    found = (_segments(contract, limits), _moved(contract, limits, exact), _rejected(contract, limits, exact))
    return tuple(chain(*found, _drift(contract, limits), _verdict(contract, limits)))


def exactly(contract: Contract, work: Path) -> Exact:
    """By the private files in the build's folder; nothing where they are of another build."""
    try:
        whole = json.loads((work / PRIVATE).read_text(encoding="utf-8"))
        if _identity(whole) != _identity(contract.model_dump(mode="json")):
            return UNKNOWN
        data, changes = whole["data"], whole["changes"] or {}
        return Exact(changes.get("moved"), data["rows_rejected"] / data["rows_read"])
    except (OSError, ValueError, LookupError, TypeError, ZeroDivisionError):
        return UNKNOWN


def _identity(contract: dict[str, Any]) -> list[object]:
    """What is the same in both copies of a build, and hardly in those of two."""
    provenance = [contract["provenance"][key] for key in ("configuration_sha256", "essential_sha256", "code_version")]
    segments = [[one[key] for key in ("id", "slug", "name")] for one in contract["segments"]]
    since = (contract["changes"] or {}).get("since")
    return [contract["edition"]["number"], since, provenance, segments]


def unseen(contract: Contract, limits: HoldWhen) -> tuple[str, ...]:
    """What a first build is not checked for."""
    if contract.changes is not None:
        return ()
    compared = (limits.lost_segment, limits.new_segment, limits.moved_share is not None, limits.drift)
    return (f"{KEY}: there is no earlier build to compare with.",) if any(compared) else ()


def _segments(contract: Contract, limits: HoldWhen) -> Iterator[str]:
    changes = contract.changes
    if changes is None:
        return
    names = {one.id: one.name for build in contract.past for one in build.segments}
    names |= {one.id: one.name for one in contract.gone} | {one.id: one.name for one in contract.segments}
    for asked, setting, became, what in (
        (limits.lost_segment, "lost_segment", "gone", "no longer exist"),
        (limits.new_segment, "new_segment", "new", "are new"),
    ):
        found = [names.get(one.id, str(one.id)) for one in changes.segments if one.became == became]
        if asked and found:
            yield f"{KEY}.{setting}: {len(found)} segment(s) {what} ({', '.join(found)})."


def _moved(contract: Contract, limits: HoldWhen, exact: Exact) -> Iterator[str]:
    changes, limit = contract.changes, limits.moved_share
    if changes is None or limit is None:
        return
    told = exact.moved if exact.moved is not None else changes.moved
    if told is None:
        unknown = changes.basis not in {"customers", "both"}
        why = "it is not known which customers moved" if unknown else "their share is withheld from the public site"
        yield f"{KEY}.moved_share cannot be checked: {why}. Remove this limit if your builds never know it."
        return
    off = TENTH if contract.privacy.mode == "public" and exact.moved is None else 0.0
    yield from _limited(contract, "moved_share", limit, (told, told - off, told + off))


def _rejected(contract: Contract, limits: HoldWhen, exact: Exact) -> Iterator[str]:
    data, limit = contract.data, limits.rejected_share
    if limit is None or not data.rows_read:
        return
    off = (contract.privacy.rounding_base or 1) - 1
    some, every = data.rows_rejected, data.rows_read
    bounds = (some / every, (some - off) / (every + off), (some + off) / max(every - off, 1))
    if exact.rejected is not None:
        bounds = (exact.rejected,) * 3
    yield from _limited(contract, "rejected_share", limit, bounds)


def _limited(contract: Contract, setting: str, limit: float, share: tuple[float, float, float]) -> Iterator[str]:
    """Of a share, and the bounds within which it surely is."""
    told, low, high = share
    many, became = WHO[setting]
    if high <= limit:
        return
    if low <= limit:
        yield (
            f"{KEY}.{setting} cannot be checked: published figures are rounded, and the limit of {_percent(limit)} is "
            "too near. Compare where the build's own files are at hand."
        )
    elif contract.privacy.mode == "public":
        yield f"{KEY}.{setting}: more {many} than the {_percent(limit)} allowed {became}."
    else:
        more = f"{_points(told - limit)} more than the {_percent(limit)} allowed"
        yield f"{KEY}.{setting}: {_percent(told)} of the {many} {became}, {more}."


def _drift(contract: Contract, limits: HoldWhen) -> Iterator[str]:
    if limits.drift is None or contract.changes is None:
        return
    if not contract.changes.drift and contract.data.features:
        yield f"{KEY}.drift cannot be checked: it is not known how columns drifted between these builds."
    least = DRIFTS.index(limits.drift)
    labels = {one.name: one.label for one in contract.data.features}
    for one in contract.changes.drift:
        if one.drift in DRIFTS and DRIFTS.index(one.drift) >= least:
            index = "" if one.index is None else f", index {one.index:.2f}"
            yield f"{KEY}.drift: “{labels.get(one.feature, one.feature)}” has drifted ({one.drift}{index})."


def _verdict(contract: Contract, limits: HoldWhen) -> Iterator[str]:
    verdict = contract.selection.verdict
    if limits.verdict and VERDICTS.index(verdict) >= VERDICTS.index(limits.verdict):
        weaker = VERDICTS.index(verdict) - VERDICTS.index(limits.verdict)
        far = f", {weaker} step(s) weaker than the one that is named" if weaker else ""
        yield f"{KEY}.verdict: the verdict is “{verdict}”{far}."


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _points(share: float) -> str:
    return f"{100 * share:.3g} points"
