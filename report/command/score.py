"""`segment-atlas score`: a segment for each customer of a new table, by the model of the last build."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import ConfigurationError
from report.command.options import path_argument, path_option
from report.command.private import private_place, write_asked
from report.command.world import world_of

# Start-up is most of what a command costs: `--help` must import none of pandas or scikit-learn.
# ruff: noqa: PLC0415

MODEL = Path("build/model.json")
Built = Annotated[Path, path_option(help="Model of a build; the other files of the build are in the same folder.")]
OUT, REJECTED = Path("build/scored.csv"), ".rejected.csv"


def score(
    context: typer.Context,
    table: Annotated[
        Path, path_argument(help="The customers, or their transactions if the model was made from transactions.")
    ],
    out: Annotated[Path, path_option("--out", "-o", help="The CSV file to write.")] = OUT,
    model: Built = MODEL,
    reference_date: Annotated[
        str | None,
        typer.Option(help="Day up to which time spans are counted, such as 2026-01-31; by default that of the model."),
    ] = None,
) -> None:
    """Assign the customers of a table to segments.

    It uses the model of the last build.
    """
    day = _day(reference_date)
    from analysis.scoring.reading import arrived, origin_of

    kept = (*origin_of(table).files(), *build_files(model))
    place, aside = private_place(out, kept), private_place(out.with_suffix(REJECTED), kept)
    from analysis.scoring.load import load_model
    from report.build.commit import steady

    effects = world_of(context).effects()
    with steady(model.parent, effects):
        found = load_model(model)
    if day and found.known.reference_date is None:
        raise ConfigurationError(
            "--reference-date: the model has no time spans, so no date is needed; leave the option out."
        )
    from analysis.scoring.score import score as scored
    from report.command.scoring_output import findings
    from report.site.spreadsheet import frame_csv

    came = arrived(table, found, day)
    result = scored(came, found)
    write_asked(place, frame_csv(result.rows), effects)
    write_asked(aside, frame_csv(result.rejected), effects)
    for line in findings(table.name, came, result):
        effects.say(line)
    effects.say(f"Written: {out}. Rows that could not be used: {out.with_suffix(REJECTED)}.")


def build_files(model: Path) -> tuple[Path, ...]:
    """The model and what the build keeps beside it; a result may replace none of them."""
    names = ("analysis.json", "assignments.csv", "rejected.csv")
    return (model, *(model.parent / name for name in names))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(f"--reference-date “{text}”: write a day such as 2026-01-31.") from None
