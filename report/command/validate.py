"""`segment-atlas validate`: all that is wrong with configuration and table, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from analysis.errors import AtlasError, ConfigurationError
from report.command.options import DEFAULT_CONFIG, Asked, Config, Count, Data, Features, Identifier, Sheet, configured
from report.command.world import world_of
from report.system.effects import Reporter

if TYPE_CHECKING:
    from analysis.configuration import Configuration


def validate(  # noqa: PLR0913 (each argument is an option of the command)
    context: typer.Context,
    config: Config = None,
    data: Data = None,
    features: Features = None,
    k: Count = None,
    identifier: Identifier = None,
    sheet: Sheet = None,
) -> None:
    """List everything that is wrong with configuration and table.

    It names row numbers, but no values.
    """
    from analysis.configuration.problems import problems_of  # noqa: PLC0415 (`--help` must stay light)
    from analysis.configuration.sound import sound_part  # noqa: PLC0415 (as above)
    from report.command.validation_output import verdict  # noqa: PLC0415 (as above)

    reporter, asked = world_of(context).reporter(quiet=True), Asked(config, data, features, k, identifier, sheet)
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
        wrong = _surveyed(configuration, wrong, reporter)
    if wrong:
        lines, code = verdict(wrong)
        for line in lines:
            reporter.fail(line)
        raise typer.Exit(code)


def _surveyed(
    configuration: Configuration, wrong: tuple[AtlasError, ...], reporter: Reporter
) -> tuple[AtlasError, ...]:
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
        reporter.say(line)
    return (*wrong, *found.errors)
