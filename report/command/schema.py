"""`segment-atlas schema`: what a file may hold, for editors and for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from report.command.options import path_option
from report.command.world import world_of

Of = Literal["site", "personas", "playbook", "contract", "model"]


def schema(
    context: typer.Context,
    document: Annotated[
        Of | None, typer.Argument(help="The document to describe; without it, all configuration files.")
    ] = None,
    out: Annotated[
        Path | None,
        path_option(help="Folder to write to; without it, one schema goes to standard output."),
    ] = None,
) -> None:
    """Write the JSON Schema of a file, for editors and programs.

    Of the configuration files, of the contract, or of the saved model.
    """
    from analysis.schemas import CONFIGURATION, file_name, text_of  # noqa: PLC0415 (`--help` must stay light)
    from report.command.private import write_asked  # noqa: PLC0415 (as above)

    effects = world_of(context).effects()
    if out is None:
        effects.put(text_of(document or "site"))
        return
    for each in (document,) if document else CONFIGURATION:
        write_asked(out / file_name(each), text_of(each), effects, "--out")
        effects.say(str(out / file_name(each)))
