"""What else is not as it was in the last build."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.changes.quality import columns, rows
from analysis.contract import Contract, Edition, Notice
from analysis.rounding.random_rounding import AS_IT_IS, Rounding

SAID_ELSEWHERE = frozenset({"privacy.mode"})
"""Settings that have a notice of their own."""


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
        *_set(last, contract),
    )


def as_published(contract: Contract) -> Rounding:
    """The rounding that a published contract went through, which leaves its counts as they are."""
    base = contract.privacy.rounding_base
    return Rounding(base, contract.privacy.min_cell) if base else AS_IT_IS


def _found(last: Contract, contract: Contract) -> Iterator[Notice]:
    yield from _differing("verdict", last.selection.verdict, contract.selection.verdict)
    yield from _differing("algorithm", last.selection.algorithm, contract.selection.algorithm)
    yield from _differing("k", str(last.selection.k), str(contract.selection.k))


def _set(last: Contract, contract: Contract) -> Iterator[Notice]:
    same_version = last.provenance.code_version == contract.provenance.code_version
    if last.edition and contract.edition:
        yield from _settings(last.edition, contract.edition, same_version=same_version)
        yield from _differing("language", last.edition.language, contract.edition.language)
    yield from _differing("privacy", last.privacy.mode, contract.privacy.mode)
    yield from _differing("version", last.provenance.code_version, contract.provenance.code_version)


def _settings(was: Edition, now: Edition, *, same_version: bool) -> Iterator[Notice]:
    """Of digests only that they changed. A setting that one version of the product lacks was not changed."""
    both, either = was.settings.keys() & now.settings.keys(), was.settings.keys() | now.settings.keys()
    for name in sorted((either if both and same_version else both) - SAID_ELSEWHERE):
        before, after = (each.settings.get(name, "") for each in (was, now))
        if before != after:
            told = {"before": before, "after": after} if "." in name else {}
            yield Notice(about="setting", what=name, **told)


def _differing(about: str, before: str, after: str) -> Iterator[Notice]:
    if before != after:
        yield Notice.model_validate({"about": about, "before": before, "after": after})
