"""Whether a person should look at a build first: which limits of `publish.hold_when` are passed, and by how much.

A limit that cannot be checked although there is an earlier build holds as well: nobody knows that it is kept. In a
first build there is nothing to check, and that is a warning.
These sentences are for the terminal and the workflow's summary, in plain English like all that a command says.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.configuration.history import HoldWhen
    from analysis.contract import Contract

VERDICTS = ("natural", "reproducible", "constructive", "none")
"""The strongest first."""
DRIFTS = ("stable", "moderate", "strong")


def held(contract: Contract, limits: HoldWhen) -> tuple[str, ...]:
    """A sentence for each limit that is passed or cannot be checked, by the published contract and its `changes`."""
    checks = (_segments, _shares, _drift, _verdict, _unchecked)
    return tuple(chain.from_iterable(check(contract, limits) for check in checks))


def unseen(contract: Contract, limits: HoldWhen) -> tuple[str, ...]:
    """What a first build is not checked for."""
    if contract.changes is not None:
        return ()
    compared = (limits.lost_segment, limits.new_segment, limits.moved_share is not None, limits.drift)
    return ("publish.hold_when: there is no earlier build to compare with.",) if any(compared) else ()


def _unchecked(contract: Contract, limits: HoldWhen) -> Iterator[str]:
    changes = contract.changes
    if changes is None:
        return
    if limits.moved_share is not None and changes.moved is None:
        by_customers = changes.basis in {"customers", "both"}
        why = (
            "their share is withheld from the public site" if by_customers else "it is not known which customers moved"
        )
        yield (
            f"publish.hold_when.moved_share cannot be checked: {why}. Remove this limit if your builds never know it."
        )
    if limits.drift and not changes.drift and contract.data.features:
        yield "publish.hold_when.drift cannot be checked: it is not known how columns drifted between these builds."


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
            yield f"publish.hold_when.{setting}: {len(found)} segment(s) {what} ({', '.join(found)})."


def _shares(contract: Contract, limits: HoldWhen) -> Iterator[str]:
    data = contract.data
    moved = contract.changes.moved if contract.changes else None
    rejected = data.rows_rejected / data.rows_read if data.rows_read else 0.0
    for share, limit, setting, what in (
        (moved, limits.moved_share, "moved_share", "of the customers in both builds changed their segment"),
        (rejected, limits.rejected_share, "rejected_share", "of the rows were set aside"),
    ):
        if share is not None and limit is not None and share > limit:
            yield (
                f"publish.hold_when.{setting}: {_percent(share)} {what}, {_points(share - limit)} more than the "
                f"{_percent(limit)} allowed."
            )


def _drift(contract: Contract, limits: HoldWhen) -> Iterator[str]:
    if limits.drift is None or contract.changes is None:
        return
    least = DRIFTS.index(limits.drift)
    labels = {one.name: one.label for one in contract.data.features}
    for one in contract.changes.drift:
        if one.drift in DRIFTS and DRIFTS.index(one.drift) >= least:
            index = "" if one.index is None else f", index {one.index:.2f}"
            yield f"publish.hold_when.drift: “{labels.get(one.feature, one.feature)}” has drifted ({one.drift}{index})."


def _verdict(contract: Contract, limits: HoldWhen) -> Iterator[str]:
    verdict = contract.selection.verdict
    if limits.verdict and VERDICTS.index(verdict) >= VERDICTS.index(limits.verdict):
        weaker = VERDICTS.index(verdict) - VERDICTS.index(limits.verdict)
        far = f", {weaker} step(s) weaker than the one that is named" if weaker else ""
        yield f"publish.hold_when.verdict: the verdict is “{verdict}”{far}."


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _points(share: float) -> str:
    return f"{100 * share:.3g} points"
