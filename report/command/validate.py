"""`segment-atlas validate`: all that is wrong with configuration and table, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import typer

from analysis.errors import AtlasError, ConfigurationError
from report.command.options import DEFAULT_CONFIG, Asked, Config, Count, Data, Features, Identifier, Sheet, configured
from report.command.progress import clean, progress

if TYPE_CHECKING:
    from analysis.configuration import Configuration


def validate(
    config: Config = None,
    data: Data = None,
    features: Features = None,
    k: Count = None,
    identifier: Identifier = None,
    sheet: Sheet = None,
) -> None:
    """Tell all that is wrong with configuration and table, by row numbers and without values."""
    from analysis.configuration.problems import problems_of  # noqa: PLC0415 (`--help` must stay light)
    from analysis.configuration.sound import sound_part  # noqa: PLC0415 (as above)
    from report.command.validation_output import verdict  # noqa: PLC0415 (as above)

    reporter, asked = progress(quiet=True), Asked(config, data, features, k, identifier, sheet)
    wrong: tuple[AtlasError, ...] = ()
    configuration: Configuration | None = None
    try:
        configuration = configured(asked, reporter, always=True)
    except ConfigurationError as error:
        problems = () if data else problems_of(config or DEFAULT_CONFIG)
        wrong = (ConfigurationError(*problems) if problems else error,)
        configuration = sound_part(config or DEFAULT_CONFIG) if problems else None
    except AtlasError as error:
        wrong = (error,)
    if configuration:
        wrong = _surveyed(configuration, wrong)
    if wrong:
        _end(*verdict(wrong))


def _surveyed(configuration: Configuration, wrong: tuple[AtlasError, ...]) -> tuple[AtlasError, ...]:
    """Tell what is found in the table; what is wrong, settings first."""
    from report.site.own_pages import own_pages  # noqa: PLC0415 (as below)

    try:
        own_pages(configuration.pages)
    except ConfigurationError as error:
        wrong = (*wrong, error)
    from analysis.preparation.survey import survey  # noqa: PLC0415 (the table's engine is not needed for a missing file)
    from report.command.validation_output import findings  # noqa: PLC0415 (`--help` must stay light)

    found = survey(configuration, partly=bool(wrong))
    for line in findings(found, configuration, partly=bool(wrong)):
        typer.echo(clean(line))
    return (*wrong, *found.errors)


def _end(lines: list[str], code: int) -> NoReturn:
    for line in lines:
        typer.echo(clean(line), err=True)
    raise typer.Exit(code)
