"""The command's front door. The side processes of a build import it again, so nothing else is imported here."""

from __future__ import annotations

import sys

# ruff: noqa: PLC0415 (as above)


def main() -> None:
    """Run the command `segment-atlas`."""
    from contextlib import suppress

    with suppress(OSError):  # where no process can be started yet, the build will say so
        if builds_anew(sys.argv[1:]):
            from report.analyst import Analyst

            Analyst.start_early()
    from report.cli import main as run

    run()


def builds_anew(arguments: list[str]) -> bool:
    """Whether there is surely something to analyse: a build is asked for, and no record tells of an earlier one."""
    from report.publish import RECORD, WORK

    return arguments[:1] == ["build"] and "--help" not in arguments and not (WORK / RECORD).exists()


if __name__ == "__main__":
    main()
