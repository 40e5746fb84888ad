"""The command's front door. The side processes of a build import it again, so nothing else is imported here.

One variable is set and two sentences are said past the effects, which are not imported yet.
"""

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
            if _nothing_to_do():
                return
            from report.command.cli import main as run

            run()
        except KeyboardInterrupt:  # while all of this is imported, too
            sys.stderr.write("Stopped.\n")
            sys.exit(code_of(heard))
        except SystemExit as end:
            if not end.code and code_of(heard) == TERMINATED:  # a preview, which ends well
                sys.exit(TERMINATED)
            raise


def _nothing_to_do() -> bool:
    """Whether this is a build with nothing to do, which is then said; the command's own libraries are not needed."""
    from report.build.unchanged import PlainWords, nothing_to_do, told

    try:
        words = PlainWords(sys.argv[1:])
        if not nothing_to_do(words, os.environ):
            return False
        if not words.quiet:
            sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
            sys.stdout.write(f"{told(words.out)}\n")
            sys.stdout.flush()
    except (ValueError, OSError):  # what it is, the command says
        return False
    return True


if __name__ == "__main__":
    main()
