"""What else is not as it was in the last build."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.changes.quality import columns, rows
from analysis.changes.settings import differing, settings
from analysis.contract import Contract, Notice
from analysis.rounding.random_rounding import AS_IT_IS, Rounding


def notices(last: Contract, contract: Contract, rounding: Rounding = AS_IT_IS) -> tuple[Notice, ...]:
    """In the order in which they matter; none where nothing changed.

    `last` is as it was published. `contract` is exact, as in the build at work, and its counts are told by the
    `rounding`; or it was published itself (`as_published`). Of what a build did not publish, or could not yet say,
    nothing is said.
    """
    return (
        *_found(last, contract),
        *columns(last, contract, rounding),
        *rows(last, contract, rounding),
        *settings(last, contract),
    )


def as_published(contract: Contract) -> Rounding:
    """The rounding that a published contract went through, which leaves its counts as they are."""
    base = contract.privacy.rounding_base
    return Rounding(base, contract.privacy.min_cell) if base else AS_IT_IS


def _found(last: Contract, contract: Contract) -> Iterator[Notice]:
    yield from differing("verdict", last.selection.verdict, contract.selection.verdict)
    yield from differing("algorithm", last.selection.algorithm, contract.selection.algorithm)
    yield from differing("k", str(last.selection.k), str(contract.selection.k))
