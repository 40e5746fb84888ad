"""The workers of the command: the analysis and the drawing each in a process of its own.

Each is started when it is needed, the analysis first; the modules that start processes are imported then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from report.system.effects import DEBUG, Effects

# A build with nothing to do starts no process.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from analysis.basics.steps import Step
    from analysis.configuration import Configuration
    from analysis.contract import Contract
    from analysis.history.remembered import Remembered
    from analysis.wording.number_format import NumberFormat
    from report.build.analysis_process import AnalysisProcess
    from report.build.findings import Findings
    from report.build.workers import PartsFolder
    from report.charts.drawing_process import DrawingProcess, Picture


class SideProcesses:
    """Processes of one build at a time."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects
        self._started = ExitStack()
        self._analysis: AnalysisProcess | None = None
        self._drawing: DrawingProcess | None = None

    def begin(self) -> None:
        """Start the process that analyses."""
        self._analysing()

    def ask(
        self,
        configuration: Configuration,
        salt: str = "",
        remembered: Remembered | None = None,
        parts: PartsFolder | None = None,
    ) -> None:
        """Returns at once."""
        self._analysing().ask(configuration, salt, remembered, parts)

    def findings(self, step: Step) -> Findings:
        """Waits for the process that analyses."""
        return self._analysing().findings(step)

    def warm(self) -> None:
        """Have this process ready to specify charts, and start the one that draws."""
        from report.charts.specification import rehearsed
        from report.system.importing import uncollected

        with uncollected():
            rehearsed()
        self._drawer().warm()

    def pictures(self, contract: Contract, formats: NumberFormat, names: Iterable[str]) -> Mapping[str, Picture]:
        """Each is drawn as soon as it is specified."""
        return self._drawer().pictures(contract, formats, names)

    def bundle(self) -> str:
        """Waits for the process that draws."""
        return self._drawer().bundle()

    def close(self) -> None:
        """End both."""
        self._analysis = self._drawing = None
        self._started.close()

    @property
    def _loud(self) -> bool:
        return bool(self._effects.environment.get(DEBUG))

    def _analysing(self) -> AnalysisProcess:
        if self._analysis is None:
            from report.build.analysis_process import AnalysisProcess

            self._analysis = self._started.enter_context(AnalysisProcess(loud=self._loud))
        return self._analysis

    def _drawer(self) -> DrawingProcess:
        if self._drawing is None:
            from report.charts.drawing_process import DrawingProcess

            self._drawing = self._started.enter_context(DrawingProcess(self._effects.cache, loud=self._loud))
        return self._drawing
