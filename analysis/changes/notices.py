"""What else is not as it was in the last build."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.changes.quality import columns, rows
from analysis.changes.settings import differing, settings
from analysis.contract import Contract, Notice
from analysis.rounding.random_rounding import AS_IT_IS, Rounding


def notices(last: Contract, contract: Contract, rounding: Rounding = AS_IT_IS) -> tuple[Notice, ...]:
    """In the order in which they matter; none where nothing changed.

    Of what the last build did not publish, or could not yet say, nothing is said.
    """
    return (
        *_found(last, contract),
        *columns(last, contract, rounding),
        *rows(last, contract, rounding),
        *settings(last, contract),
    )


def _found(last: Contract, contract: Contract) -> Iterator[Notice]:
    yield from differing("verdict", last.selection.verdict, contract.selection.verdict)
    yield from differing("algorithm", last.selection.algorithm, contract.selection.algorithm)
    yield from differing("k", str(last.selection.k), str(contract.selection.k))
