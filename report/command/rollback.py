"""`segment-atlas rollback`: the previous site and its model are put back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer  # noqa: TC002 (it reads the annotations)

from report.command.options import DEFAULT_CONFIG, Config, path_option
from report.command.world import world_of

# Start-up is most of what a command costs.
# ruff: noqa: PLC0415


def rollback(
    context: typer.Context,
    config: Config = None,
    out: Annotated[Path, path_option(help="Folder of the site.")] = Path("_site"),
) -> None:
    """Put the previous site and its model back.

    The newest entry of the history is moved to the build folder.
    """
    from analysis.configuration import load_configuration
    from report.build.rollback import rolled_back

    effects = world_of(context).effects()
    # A site of a bare table has no configuration, and no history.
    named = config or (DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None)
    history = load_configuration(named).history if named else None
    done = rolled_back(out, history, effects)
    which = f" (build {done.number})" if done.number else ""
    effects.say(f"{out}: the previous site{which} and its private files are back in their place.")
    if done.dropped:
        effects.say(f"The entry of the build that was undone is out of the history; it is now {done.dropped}.")
    else:
        effects.say("The history is as it was: it has no entry of the build that was undone.")
    if done.aside and done.returned:
        effects.say(f"The earlier entries, which --fresh had put aside, are back in {done.aside.parent}.")
    elif done.aside:
        effects.warn(
            f"{done.aside}: --fresh has put the earlier entries there, and they could not be put back beside what the "
            f"history holds now; move them to {done.aside.parent} once they are all that it holds."
            if done.aside.is_dir()
            else f"{done.aside}: --fresh has put the earlier entries there, and they are gone; restore them to "
            f"{done.aside.parent}, or the next build has nothing to compare with."
        )
