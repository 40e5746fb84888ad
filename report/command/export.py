"""`segment-atlas export`: the customers of a segment as a list for a campaign tool, from the analyst's own table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.errors import ConfigurationError, nearest
from report.command.options import DEFAULT_CONFIG, Config, listed, path_option
from report.command.private import private_place, write_asked
from report.command.score import MODEL, Built, build_files
from report.command.world import world_of

if TYPE_CHECKING:
    from analysis.scoring.document import Model

# Start-up is most of what a command costs: `--help` must import none of pandas or scikit-learn.
# ruff: noqa: PLC0415

OUT = Path("build/list.csv")


def export(  # noqa: PLR0913 (each argument is an option of the command)
    context: typer.Context,
    segment: Annotated[
        str, typer.Option(help="Slugs of segments, such as a,b,c. A slug is part of the address of the segment's page.")
    ],
    wanted: Annotated[
        str, typer.Option("--columns", help="Columns of the table, such as a,b,c; also segment and slug.")
    ] = "id",
    out: Annotated[Path, path_option("--out", "-o", help="The CSV file to write.")] = OUT,
    config: Config = None,
    data: Annotated[Path | None, path_option(help="The table, if the build was made without a configuration.")] = None,
    model: Built = MODEL,
    raw: Annotated[  # noqa: FBT002 (a flag of the command)
        bool, typer.Option("--raw", help="Write text unchanged, even text that a spreadsheet would run as a formula.")
    ] = False,
) -> None:
    """List the customers of segments for a campaign tool.

    With columns of your own table.
    """
    names = listed("--columns", wanted, "name columns", "id,Email")
    place = private_place(out, build_files(model))
    from analysis.configuration import load_configuration
    from analysis.scoring.load import load_model
    from analysis.scoring.members import members
    from analysis.scoring.reading import origin_of
    from report.build.commit import steady
    from report.command.lists import assigned, list_csv

    effects = world_of(context).effects()
    with steady(model.parent, effects):
        found, customers = load_model(model), assigned(model.with_name("assignments.csv"))
    slugs = _slugs(segment, found)
    if data is None:
        read = load_configuration(config or DEFAULT_CONFIG)
        origin, files = read.origin, read.files
    elif config is None:
        origin, files = origin_of(data), ()
    else:
        raise ConfigurationError("--config and --data both name a table; keep one of them.")
    private_place(out, (*origin.files(), *files))
    rows = members(origin, found, customers, slugs, names)
    write_asked(place, list_csv(rows, raw=raw), effects)
    effects.say(f"{out}: {len(rows):,} customers of {', '.join(slugs)}.")


def _slugs(text: str, model: Model) -> list[str]:
    known = [segment.slug for segment in model.segments]
    slugs = list(dict.fromkeys(listed("--segment", text, "name segments", known[0])))
    for slug in slugs:
        if slug not in known:
            hint = nearest(slug, known) or f" There are {', '.join(known)}."
            raise ConfigurationError(f"--segment: the last build has no segment “{slug}”.{hint}")
    return slugs
