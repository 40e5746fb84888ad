"""`segment-atlas diff`: what is different in another build, as one paragraph of Markdown for a pull request.

Exit code 1 says that a limit of `publish.hold_when` is passed, so that a workflow can ask a person first.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.errors import ConfigurationError
from report.command.options import DEFAULT_CONFIG, Config
from report.command.world import world_of

if TYPE_CHECKING:
    from analysis.configuration import Configuration
    from analysis.history.entry import HistoryEntry
    from report.system.effects import Effects

# Start-up is most of what a command costs.
# ruff: noqa: PLC0415

HOLD = 1
Build = "a published site by its address, a folder, a file, or the number of an entry of the history."


def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"The earlier build: {Build}")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later build, named likewise.")],
    config: Config = None,
) -> None:
    """Say what is different in another build, in Markdown.

    Exit code 1 if a limit of publish.hold_when is passed.
    """
    from analysis.configuration import load_configuration
    from report.build.compared import compared
    from report.build.held import exactly, held, unseen
    from report.build.publish import WORK
    from report.command.changed import paragraph

    effects = world_of(context).effects()
    named = config or (DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None)
    configuration = load_configuration(named) if named else None
    earlier, later = (_build(each, configuration, effects) for each in (old, new))
    result = compared(earlier.contract, later.contract)
    effects.say(paragraph(earlier.contract, result))
    if configuration is None:
        return
    limits = configuration.site.publish.hold_when
    for line in unseen(result, limits):
        effects.warn(line)
    passed = held(result, limits, exactly(result, WORK))
    if passed:
        effects.fail(f"A person should look at this build before it is published: {' '.join(passed)}")
        raise typer.Exit(HOLD)


def _build(named: str, configuration: Configuration | None, effects: Effects) -> HistoryEntry:
    from report.build.previous import NUMBER, named_build, numbered_build

    if NUMBER.fullmatch(named) and not Path(named).exists():
        if configuration is None:
            raise ConfigurationError(f"Build {named}: no configuration names the history; add --config.")
        return numbered_build(named, configuration.history)
    return named_build(named, effects, "diff")
