"""`segment-atlas validate`: all that is wrong with configuration and table, at once."""

from __future__ import annotations

from typing import NoReturn

import typer

from analysis.errors import AtlasError, ConfigurationError
from report.asked import DEFAULT_CONFIG, Asked, Config, Count, Data, Features, Identifier, configured
from report.progress import clean, progress


def validate(
    config: Config = None,
    data: Data = None,
    features: Features = None,
    k: Count = None,
    identifier: Identifier = None,
) -> None:
    """Tell all that is wrong with configuration and table, by row numbers and without values."""
    from analysis.configuration.problems import problems_of  # noqa: PLC0415 (`--help` must stay light)
    from report.validation import findings, verdict  # noqa: PLC0415 (as above)

    voice = progress(quiet=True)
    try:
        configuration = configured(Asked(config, data, features, k, identifier), voice, always=True)
    except ConfigurationError as error:
        problems = () if data else problems_of(config or DEFAULT_CONFIG)
        _end(*verdict([ConfigurationError(*problems) if problems else error]))
    except AtlasError as error:
        _end(*verdict([error]))
    from analysis.survey import survey  # noqa: PLC0415 (the table's engine is not needed for a wrong setting)

    found = survey(configuration)
    for line in findings(found, configuration):
        typer.echo(clean(line))
    if found.errors:
        _end(*verdict(found.errors))


def _end(lines: list[str], code: int) -> NoReturn:
    for line in lines:
        typer.echo(clean(line), err=True)
    raise typer.Exit(code)
