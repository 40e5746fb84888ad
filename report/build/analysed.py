"""An analysis as workers do it, whichever process they are in: with what earlier builds have read of its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from analysis.pipeline import analyse
from report.build.findings import Findings, findings
from report.system.effects import OnDisk
from report.system.steps import Steps, digest, rooms

if TYPE_CHECKING:
    from analysis.basics.steps import Step
    from analysis.configuration import Configuration
    from analysis.history.remembered import Remembered
    from report.build.workers import PartsFolder

Made = TypeVar("Made")
CODE = ("analysis",)
"""What reads a file."""


def analysed(
    configuration: Configuration, step: Step, salt: str, remembered: Remembered | None, parts: PartsFolder | None
) -> Findings:
    """What is found, as text; raises what the analysis raises."""
    kept = KeptFiles(parts) if parts else None
    found = findings(analyse(configuration, step, salt, remembered, kept))
    if kept:
        kept.sweep()
    return found


class KeptFiles:
    """What earlier builds have read of each file, with the same code (`analysis.reading.sources.kept`)."""

    def __init__(self, parts: PartsFolder) -> None:
        self._steps = Steps(parts.folder, OnDisk(), again=parts.again)
        self._used = False

    def found(self, step: str, inputs: str, read: Callable[[str], Made]) -> Made | None:
        """Nothing where code or libraries have changed since."""
        self._used = True
        return self._steps.found(step, digest(inputs, rooms(*CODE)), read)

    def keep(self, step: str, inputs: str, content: str) -> None:
        """For the next builds."""
        self._steps.keep(step, digest(inputs, rooms(*CODE)), content)

    def sweep(self) -> None:
        """Forget what none of the last builds has read; where a table is one file, nothing was asked for."""
        if self._used:
            self._steps.sweep()
