"""What was asked for on the command line about the table, and the configuration that follows."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from analysis.errors import ConfigurationError
from report.build.unchanged import asked
from report.command.progress import Progress

if TYPE_CHECKING:
    from analysis.configuration import Configuration

# ruff: noqa: PLC0415 (start-up is most of what a command costs)

DEFAULT_CONFIG = Path("site_config/site.yml")

# Typer does not check paths: the code that reads or writes a path says what is wrong, and what to do.
path_option, path_argument = partial(typer.Option, readable=False), partial(typer.Argument, readable=False)
Config = Annotated[
    Path | None,
    path_option(help=f"The configuration: a site.yml, or its folder.  [default: {DEFAULT_CONFIG}]"),
]
Data = Annotated[
    Path | None,
    path_option(help="A table to use without a configuration; its columns are guessed."),
]
Features = Annotated[str | None, typer.Option(help="With --data: the columns that form segments, such as a,b,c.")]
Count = Annotated[str | None, typer.Option("--k", help="With --data: the number of segments, or auto.")]
Identifier = Annotated[str | None, typer.Option("--id", help="With --data: the column that identifies customers.")]
Sheet = Annotated[str | None, typer.Option(help="With --data: the sheet of a workbook.")]


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line about the table.

    Raises ConfigurationError where options do not go together.
    """

    config: Path | None
    data: Path | None = None
    features: str | None = None
    k: str | None = None
    identifier: str | None = None
    sheet: str | None = None

    def __post_init__(self) -> None:
        if self.data is None:
            given = {"--features": self.features, "--k": self.k, "--id": self.identifier, "--sheet": self.sheet}
            named = next((option for option, value in given.items() if value is not None), None)
            if named:
                raise ConfigurationError(
                    f"{named} can only be used with --data; in a configuration, set it in site.yml."
                )
        elif self.config is not None:
            raise ConfigurationError(
                "--config and --data both name a table; keep --config for a table with a configuration, or --data "
                "for one without."
            )

    @property
    def words(self) -> str:
        """The options that were given, as the record of a build has them."""
        given = {
            "--config": self.config,
            "--data": self.data,
            "--features": self.features,
            "--k": self.k,
            "--id": self.identifier,
            "--sheet": self.sheet,
        }
        return asked({option: value for option, value in given.items() if value is not None})


def configured(asked: Asked, reporter: Progress, *, always: bool = False) -> Configuration:
    """The configuration from files, or one guessed for a bare table; guesses are said."""
    from analysis.configuration import load_configuration, without_files

    if asked.data is None:
        return load_configuration(asked.config or DEFAULT_CONFIG)
    from analysis.proposal.guess import propose, sure

    proposal = propose(
        asked.data,
        features=columns(asked.features),
        k=count(asked.k),
        id_column=asked.identifier,
        sheet=asked.sheet,
    )
    for guess in sure(asked.data, proposal).said:
        reporter.say(guess) if always else reporter.log(guess)
    return without_files(proposal.site, asked.data, proposal.read)


def columns(text: str | None) -> list[str] | None:
    """The columns of `--features`."""
    return None if text is None else listed("--features", text, "name columns", "age,income")


def listed(option: str, text: str, what: str, example: str) -> list[str]:
    """`a,b,"c, d"` as names; commas inside quotes belong to the name."""
    names = [name.strip() for name in next(csv.reader([text], skipinitialspace=True), [])]
    if not names or not all(names):
        raise ConfigurationError(f"{option} “{text}”: {what} with commas between them, such as {example}.")
    return names


def count(text: str | None, option: str = "--k") -> int | Literal["auto"]:
    """A number of segments, or that the data may choose."""
    if text is None or text == "auto":
        return "auto"
    if not (text.isascii() and text.isdigit() and 2 <= int(text) <= 20):
        raise ConfigurationError(f"{option} “{text}”: give a number of segments from 2 to 20, or auto.")
    return int(text)
