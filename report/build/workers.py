"""What a build has done beside itself: the analysis of the table, and the drawing of the charts.

A build asks for both and does other things until it needs the answers. Who works, and in which process, it does not
know: the command has side processes (`report.build.side_processes`), a test may have all done in its own process
(`report.build.in_process`). The results are the same to the byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from analysis.basics.steps import Step
    from analysis.configuration import Configuration
    from analysis.contract import Contract
    from analysis.history.remembered import Remembered
    from analysis.wording.number_format import NumberFormat
    from report.build.findings import Findings
    from report.charts.drawing_process import Picture


@dataclass(frozen=True)
class PartsFolder:
    """Where it is kept what was read of a table of several files: a folder of its own beside other private files.

    It is that of the process which reads the table.
    """

    folder: Path
    again: bool = False
    """Whether every file is read although it is known."""


class Workers(Protocol):
    """Analyses one table and draws its charts; fit for the next build once closed.

    No method returns before its work is begun, and none waits for work but `findings`, `bundle`, and whoever takes one
    of the `pictures`.
    """

    def begin(self) -> None:
        """Get ready for the analysis, as soon as it is known that there will be one: its imports take longest."""

    def ask(self, configuration: Configuration, salt: str = "", remembered: Remembered | None = None) -> None:
        """Say what to analyse, the secret of the random rounding, and what is remembered of the last build."""

    def findings(self, step: Step) -> Findings:
        """What the analysis found; every step of it is passed on as it begins.

        Raises what the analysis raised, DataError where memory is short, AtlasError where its process ended otherwise.
        """

    def warm(self) -> None:
        """Get ready for the drawing, and begin with the bundle of the Vega libraries."""

    def pictures(self, contract: Contract, formats: NumberFormat, names: Iterable[str]) -> Mapping[str, Picture]:
        """The charts of those names, as they get done.

        Raises PictureError, in one sentence that names the chart, where one cannot be specified; so does asking for one
        that cannot be drawn.
        """

    def bundle(self) -> str:
        """The Vega libraries, for the whole site. Raises PictureError where they cannot be bundled."""

    def close(self) -> None:
        """End whatever still works; nothing where nothing does."""


class ReadingWorkers(Workers, Protocol):
    """Workers that read the table themselves, and only what of it they have not read before."""

    def ask(
        self,
        configuration: Configuration,
        salt: str = "",
        remembered: Remembered | None = None,
        parts: PartsFolder | None = None,
    ) -> None:
        """The same; `parts`: where it is kept what earlier builds have read of several files."""
