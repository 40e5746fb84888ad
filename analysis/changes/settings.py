"""Settings, language, privacy and version that are not as they were in the last build. No figure is compared here."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.contract import Changes, Contract, Edition, Notice

SAID_ELSEWHERE = frozenset({"privacy.mode"})
"""Settings that have a notice of their own."""
ABOUT = frozenset({"setting", "language", "privacy", "version"})
"""What these notices are about, and no others."""


def settings(last: Contract, contract: Contract) -> Iterator[Notice]:
    """What was set otherwise, by both editions."""
    same_version = last.provenance.code_version == contract.provenance.code_version
    if last.edition and contract.edition:
        yield from _settings(last.edition, contract.edition, same_version=same_version)
        yield from differing("language", last.edition.language, contract.edition.language)
    yield from differing("privacy", last.privacy.mode, contract.privacy.mode)
    yield from differing("version", last.provenance.code_version, contract.provenance.code_version)


def with_settings(changes: Changes, last: Contract, contract: Contract) -> Changes:
    """The changes with these notices found once more, by the edition that the contract has now."""
    others = (one for one in changes.notices if one.about not in ABOUT)
    return changes.model_copy(update={"notices": (*others, *settings(last, contract))})


def _settings(was: Edition, now: Edition, *, same_version: bool) -> Iterator[Notice]:
    """Of digests only that they changed. A setting that one version of the product lacks was not changed."""
    both, either = was.settings.keys() & now.settings.keys(), was.settings.keys() | now.settings.keys()
    for name in sorted((either if both and same_version else both) - SAID_ELSEWHERE):
        before, after = (each.settings.get(name, "") for each in (was, now))
        if before != after:
            told = {"before": before, "after": after} if "." in name else {}
            yield Notice(about="setting", what=name, **told)


def differing(about: str, before: str, after: str) -> Iterator[Notice]:
    """A notice of two words, where they differ."""
    if before != after:
        yield Notice.model_validate({"about": about, "before": before, "after": after})
