"""Whether a person should look at a build first: which limits of `publish.hold_when` are passed, and by how much.

A limit that cannot be checked although there is an earlier build holds as well: nobody knows that it is kept. In a
first build there is nothing to check, and that is a warning. How many customers moved is often withheld from a public
site, so their exact share is taken from the private files where those are of that very build (`moved_exactly`); what is
said of it is no more than that it passes the limit.

These sentences are for the terminal and the workflow's summary, in plain English like all that a command says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from report.build.previous import PRIVATE

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.configuration.history import HoldWhen
    from analysis.contract import Contract

KEY = "publish.hold_when"
VERDICTS = ("natural", "reproducible", "constructive", "none")
"""The strongest first."""
DRIFTS = ("stable", "moderate", "strong")


def held(contract: Contract, limits: HoldWhen, exact: float | None = None) -> tuple[str, ...]:
    """A sentence for each limit that is passed or cannot be checked, by the published contract and its `changes`.

    `exact`: the share of the customers in both builds who moved, where it is known better than it is published.
    """
    found = (_segments(contract, limits), _moved(contract, limits, exact), _rejected(contract, limits))
    return tuple(chain(*found, _drift(contract, limits), _verdict(contract, limits)))


def moved_exactly(contract: Contract, work: Path) -> float | None:
    """The share of the customers who moved, by the private files in the build's folder; None where they are of another.

    Not rounded for publication, so for comparison with a limit alone.
    """
    try:
        whole = json.loads((work / PRIVATE).read_text(encoding="utf-8"))
        same = _identity(whole) == _identity(contract.model_dump(mode="json"))
        share = whole["changes"]["moved"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return share if same and isinstance(share, int | float) else None


def _identity(contract: dict[str, Any]) -> list[object]:
    """What is the same in both copies of a build, and hardly in those of two."""
    provenance = [contract["provenance"][key] for key in ("configuration_sha256", "essential_sha256", "code_version")]
    segments = [[one[key] for key in ("id", "slug", "name")] for one in contract["segments"]]
    return [contract["edition"]["number"], contract["changes"]["since"], provenance, segments]


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


def _moved(contract: Contract, limits: HoldWhen, exact: float | None) -> Iterator[str]:
    limit, changes, setting = limits.moved_share, contract.changes, "moved_share"
    if limit is None or changes is None:
        return
    share = changes.moved if exact is None else exact
    if share is None:
        unknown = changes.basis not in {"customers", "both"}
        why = "it is not known which customers moved" if unknown else "their share is withheld from the public site"
        yield f"{KEY}.{setting} cannot be checked: {why}. Remove this limit if your builds never know it."
    elif share > limit and changes.moved is not None and changes.moved > limit:
        what = "of the customers in both builds changed their segment"
        yield _passed(setting, changes.moved, limit, what)
    elif share > limit:
        yield f"{KEY}.{setting}: more customers than the {_percent(limit)} allowed changed their segment."


def _rejected(contract: Contract, limits: HoldWhen) -> Iterator[str]:
    data = contract.data
    share = data.rows_rejected / data.rows_read if data.rows_read else 0.0
    if limits.rejected_share is not None and share > limits.rejected_share:
        yield _passed("rejected_share", share, limits.rejected_share, "of the rows were set aside")


def _passed(setting: str, share: float, limit: float, what: str) -> str:
    more = f"{_points(share - limit)} more than the {_percent(limit)} allowed"
    return f"{KEY}.{setting}: {_percent(share)} {what}, {more}."


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
