"""The command `segment-atlas`: words in, an exit code out; every verb calls one function of the report or the analysis.

Exit codes: 0 done, 2 usage or configuration, 3 data, 4 rendering, 5 a check on the finished site failed, 1 a bug.
"""

from __future__ import annotations

import csv
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from analysis.errors import AtlasError, ConfigurationError
from report.errors import CheckError
from report.progress import Progress, clean, page_table, progress

if TYPE_CHECKING:
    from analysis.configuration import Configuration

# Start-up is most of what a command costs: `--help` must import none of pandas, Altair or scikit-learn.
# ruff: noqa: PLC0415

DEFAULT_CONFIG = Path("site_config/site.yml")
DEFAULT_OUT = Path("_site")
DEBUG = "SEGMENT_ATLAS_DEBUG"

app = typer.Typer(
    name="segment-atlas",
    help="From a customer table to a website that a marketing team acts on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Config = Annotated[
    Path | None, typer.Option(help=f"The configuration: site.yml, or its folder.  [default: {DEFAULT_CONFIG}]")
]
Data = Annotated[Path | None, typer.Option(help="A table to use without any configuration; what it is gets guessed.")]
Features = Annotated[str | None, typer.Option(help="With --data: the columns to find segments by, a,b,c.")]
Count = Annotated[str | None, typer.Option("--k", help="With --data: how many segments, or auto.")]
Identifier = Annotated[str | None, typer.Option("--id", help="With --data: the column that identifies customers.")]
Out = Annotated[Path, typer.Option(help="The folder of the site; replaced whole once the new site is complete.")]
Shell = Annotated[Literal["auto", "builtin", "quarto"], typer.Option(help="What draws the pages.")]
Hush = Annotated[bool, typer.Option("--quiet", help="Say nothing but warnings and errors.")]


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line about the table."""

    config: Path | None
    data: Path | None = None
    features: str | None = None
    k: str | None = None
    identifier: str | None = None


@app.command(epilog="Example: segment-atlas build --out _site --renderer builtin")
def build(  # noqa: PLR0913 (each argument is an option of the command)
    config: Config = None,
    data: Data = None,
    features: Features = None,
    k: Count = None,
    identifier: Identifier = None,
    out: Out = DEFAULT_OUT,
    renderer: Shell = "auto",
    quiet: Hush = False,  # noqa: FBT002 (a flag of the command)
) -> None:
    """Make the whole site: analyse, name, recommend, draw, check, and put it in place."""
    from report import build as making
    from report.analyst import Analyst
    from report.effects import Disk

    voice = progress(quiet=quiet)
    with _ending(voice), Analyst() as analyst:
        configuration = _configuration(Asked(config, data, features, k, identifier), voice)
        report = making.build(configuration, out=out, renderer=renderer, effects=Disk(voice), analyst=analyst)
    if not quiet:
        _say(*page_table(report))


@app.command(epilog="Example: segment-atlas analyse --data customers.csv --k auto --json -")
def analyse(  # noqa: PLR0913 (each argument is an option of the command)
    config: Config = None,
    data: Data = None,
    features: Features = None,
    k: Count = None,
    identifier: Identifier = None,
    json: Annotated[Path, typer.Option(help="Where the contract goes; - is standard output.")] = Path("-"),
    quiet: Hush = False,  # noqa: FBT002 (a flag of the command)
) -> None:
    """Run the analysis alone and write its contract, one JSON document."""
    voice = progress(quiet=quiet)
    with _ending(voice):
        configuration = _configuration(Asked(config, data, features, k, identifier), voice)
        from analysis.pipeline import analyse as run
        from report.effects import Disk

        text = run(configuration, voice.step).contract.model_dump_json(indent=2) + "\n"
        if json == Path("-"):
            sys.stdout.write(text)
        else:
            Disk(voice).write(json, text)


@app.command(epilog="Example: segment-atlas validate --config site_config/site.yml")
def validate(
    config: Config = None,
    data: Data = None,
    features: Features = None,
    k: Count = None,
    identifier: Identifier = None,
) -> None:
    """Check configuration and table; print rows read, used and set aside with reasons, and no values."""
    voice = progress(quiet=True)
    configuration = _configuration(Asked(config, data, features, k, identifier), voice, always=True)
    from analysis.table import read_table
    from analysis.validate import validate as judge
    from report.validation import findings

    _say(*findings(judge(read_table(configuration.table, configuration.site), configuration.site), configuration))


@app.command(epilog="Example: segment-atlas check _site")
def check(
    site: Annotated[Path, typer.Argument(help="The folder of a finished site.")] = DEFAULT_OUT,
    config: Config = None,
) -> None:
    """Check a finished site: links, security policy, structure, weight, privacy."""
    from report.checks import check_site

    if not site.is_dir():
        raise ConfigurationError(f"{site}: there is no such folder; build the site first, or name its folder.")
    problems = check_site(site, _identifiers(config))
    _say(*map(str, problems))
    if problems:
        raise CheckError(f"{site}: {len(problems)} problem(s) found, listed above.")
    _say(f"{site}: every check passed.")


@app.command(epilog="Example: segment-atlas preview --port 8000")
def preview(
    config: Config = None,
    out: Out = DEFAULT_OUT,
    renderer: Shell = "builtin",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on the loopback address; 0 takes a free one.")
    ] = 8000,
) -> None:
    """Build, serve on this machine alone, and build again whenever data or configuration change."""
    from report.preview import Preview

    voice = progress(quiet=False)
    Preview(lambda: _configuration(Asked(config), voice), out, renderer, voice).run(port)


def main() -> None:
    """Run the command; one message and an exit code for whatever goes wrong."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a question mark; it is no reason to fail.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except AtlasError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("Stopped.", 130)
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        _fail(
            f"This is a bug in Segment Atlas ({type(error).__name__}), not a mistake of yours; "
            f"run the command again with {DEBUG}=1 for the details to report.",
            1,
        )


class _ending:  # noqa: N801 (reads as a statement)
    """Ends the voice's last step, well or not, before anything else is printed."""

    def __init__(self, voice: Progress) -> None:
        self.voice = voice

    def __enter__(self) -> None:
        """Nothing to begin."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Tick or cross."""
        self.voice.close(well=kind is None)


def _configuration(asked: Asked, voice: Progress, *, always: bool = False) -> Configuration:
    """The configuration from files, or one guessed for a bare table; guesses are said."""
    from analysis.configuration import load_configuration, without_files

    if asked.data is None:
        _refuse_without_data(asked)
        return load_configuration(asked.config or DEFAULT_CONFIG)
    if asked.config is not None:
        raise ConfigurationError(
            "--config and --data both name a table; keep --config for a configured one, or --data for a bare one."
        )
    from analysis.guess import guess_site

    site, guesses = guess_site(
        asked.data, features=_columns(asked.features), k=_count(asked.k), id_column=asked.identifier
    )
    for guess in guesses:
        _say(clean(guess)) if always else voice.log(guess)
    return without_files(site, asked.data)


def _refuse_without_data(asked: Asked) -> None:
    given = {"--features": asked.features, "--k": asked.k, "--id": asked.identifier}
    named = next((option for option, value in given.items() if value is not None), None)
    if named:
        raise ConfigurationError(f"{named} goes with --data; in a configured table set it in site.yml instead.")


def _columns(text: str | None) -> list[str] | None:
    """`a,b,"c, d"` as column names; commas inside quotes belong to the name."""
    if text is None:
        return None
    names = [name.strip() for name in next(csv.reader([text], skipinitialspace=True), [])]
    if not names or not all(names):
        raise ConfigurationError(f"--features “{text}”: name columns with commas between them, such as age,income.")
    return names


def _count(text: str | None) -> int | Literal["auto"]:
    if text is None or text == "auto":
        return "auto"
    if not (text.isascii() and text.isdigit() and 2 <= int(text) <= 20):
        raise ConfigurationError(f"--k “{text}”: give a number of segments from 2 to 20, or auto.")
    return int(text)


def _identifiers(config: Path | None) -> list[str]:
    """The customers' identifiers of the configured table, where one is named; the site may show none of them."""
    if config is None:
        return []
    from analysis.configuration import load_configuration
    from analysis.table import read_table

    configuration = load_configuration(config)
    column = next((name for name, each in configuration.site.columns.items() if each.role == "id"), None)
    return [] if column is None else list(read_table(configuration.table, configuration.site).frame[column])


def _say(*lines: str) -> None:
    for line in lines:
        typer.echo(line)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(clean(message), err=True)
    sys.exit(code)
