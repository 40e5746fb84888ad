"""The command's front door. The side processes of a build import it again, so nothing else is imported here."""

from __future__ import annotations

import os
import sys

# ruff: noqa: PLC0415 (as above)


def main() -> None:
    """Run the command `segment-atlas`."""
    # Looking for plugins means reading the description of every package installed; none could change a validation here.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from report.system.stopping import TERMINATED, code_of, listening

    with listening() as heard:
        try:
            _start_early()
            from report.command.cli import main as run

            run()
        except KeyboardInterrupt:  # while all of this is imported, too
            sys.stderr.write("Stopped.\n")
            sys.exit(code_of(heard))
        except SystemExit as end:
            if not end.code and code_of(heard) == TERMINATED:  # a preview, which ends well
                sys.exit(TERMINATED)
            raise


def _start_early() -> None:
    """Have the side processes of a build begin before the command line is read, while there is but one thread."""
    from contextlib import suppress

    with suppress(OSError):  # where no process can be started yet, the build will say so
        if builds_anew(sys.argv[1:]):
            from report.build.analysis_process import AnalysisProcess

            AnalysisProcess.start_early()  # for which all wait: before the rest is imported
            from report.charts.drawing_process import DrawingProcess

            DrawingProcess.start_early()


def builds_anew(arguments: list[str]) -> bool:
    """Whether there is surely something to analyse: a build is asked for, and no record tells of an earlier one."""
    from report.build.publish import RECORD, WORK

    return arguments[:1] == ["build"] and "--help" not in arguments and not (WORK / RECORD).exists()


if __name__ == "__main__":
    main()
