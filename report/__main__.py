"""The command's front door. The side processes of a build import it again, so nothing else is imported here.

One variable is set and one word said past the effects, which are not imported yet.
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
            from report.command.cli import main as run

            run()
        except KeyboardInterrupt:  # while all of this is imported, too
            sys.stderr.write("Stopped.\n")
            sys.exit(code_of(heard))
        except SystemExit as end:
            if not end.code and code_of(heard) == TERMINATED:  # a preview, which ends well
                sys.exit(TERMINATED)
            raise


if __name__ == "__main__":
    main()
