"""The command `segment-atlas`: words in, an exit code out; every verb calls one function of the report or the analysis.

Exit codes: 0 done, 2 usage or configuration, 3 data, 4 rendering, 5 a check on the finished site failed, 1 a bug,
130 stopped by Ctrl-C, 143 by SIGTERM. Of `diff` alone 1 says that a person should look at the build first.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from analysis.errors import SHORT_OF_MEMORY, AtlasError, ConfigurationError, DataError, is_short_of_memory
from report.build.unchanged import OUT, WORK
from report.command import diff, export, init, rollback, schema, score, validate
from report.command.options import (
    Asked,
    Config,
    Count,
    Data,
    Features,
    Identifier,
    Sheet,
    configured,
    path_argument,
    path_option,
)
from report.command.private import private_place, write_asked
from report.command.progress import Progress, page_table
from report.command.score import MODEL, build_files
from report.command.world import World, world_of
from report.errors import CheckError
from report.system.effects import DEBUG
from report.system.stopping import listening

if TYPE_CHECKING:
    from analysis.basics.as_read import Read

# Start-up is most of what a command costs: `--help` must import none of pandas, Altair or scikit-learn.
# ruff: noqa: PLC0415

DEFAULT_OUT = OUT
INTERRUPTED = 130
"""Typer's exit code for an interruption."""

app = typer.Typer(
    name="segment-atlas",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Out = Annotated[Path, path_option(help="Folder of the site. It is replaced as a whole when the new site is complete.")]
Shell = Annotated[
    Literal["auto", "builtin", "quarto"],
    typer.Option(help="Renderer of the pages; auto takes Quarto if it is installed."),
]
Again = Annotated[bool, typer.Option("--again", help="Build even if nothing has changed since the last build.")]
Last = Annotated[
    str | None,
    typer.Option(
        metavar="URL|DIR|FILE|none",
        help="The last build: a published site, its folder, a history, or a file; none remembers nothing.  [default: "
        "the history]",
    ),
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Start a new history; the old one is put aside.")]
Trial = Annotated[bool, typer.Option("--trial", help="Compare with the last build, but record nothing.")]
Hush = Annotated[bool, typer.Option("--quiet", help="Print only warnings and errors.")]
Timed = Annotated[
    Path | None,
    typer.Option("--profile", metavar="FILE", help="Write each step's rows, seconds and peak memory to a JSON file."),
]


def _version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 (Typer calls it)
    if asked:
        from importlib.metadata import version

        world_of(context).effects().say(f"segment-atlas {version('segment-atlas')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[  # noqa: FBT002 (a flag of the command)
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Turn a table of customers into a website that a marketing team can act on."""


@app.command(epilog="Example: segment-atlas build --out _site --renderer builtin")
def build(  # noqa: PLR0913 (each argument is an option of the command)
    context: typer.Context,
    config: Config = None,
    data: Data = None,
    features: Features = None,
    k: Count = None,
    identifier: Identifier = None,
    sheet: Sheet = None,
    out: Out = DEFAULT_OUT,
    renderer: Shell = "auto",
    again: Again = False,  # noqa: FBT002 (a flag of the command)
    previous: Last = None,
    fresh: Fresh = False,  # noqa: FBT002 (a flag of the command)
    trial: Trial = False,  # noqa: FBT002 (a flag of the command)
    profile: Timed = None,
    quiet: Hush = False,  # noqa: FBT002 (a flag of the command)
) -> None:
    """Build the site, unless nothing has changed.

    Analyses the table, compares it with the last build, draws and checks the pages, and then replaces the old site.
    """
    from report.build.build_record import BuildRecord, ran
    from report.build.commit import tidy
    from report.build.memory import MemoryAsked
    from report.build.unchanged import told

    world, asked = world_of(context), Asked(config, data, features, k, identifier, sheet)
    memory = MemoryAsked(previous, fresh, trial)
    reporter = world.reporter(quiet=quiet)
    if profile:
        reporter = _timed(reporter, profile, context)
    effects = world.effects(reporter)
    tidy(WORK, out, effects)
    record = BuildRecord((asked.words, renderer), out.absolute(), WORK.absolute(), memory)
    if not again and record.holds(effects):
        if not quiet:
            effects.say(told(out))
        return
    from report.build import build as making
    from report.build.publish import CACHE
    from report.system.steps import likely

    running = ran(effects)  # before any of it is loaded
    with _ending(reporter), closing(world.workers(effects)) as workers:
        if again or not likely(WORK / CACHE):
            workers.begin()
        configuration = configured(asked, reporter)

        def kept(read: Read) -> None:
            record.keep(configuration, read, running, effects)

        report = making.build(
            configuration,
            out=out,
            renderer=renderer,
            effects=effects,
            workers=workers,
            writer=world.writer,
            kept=kept,
            memory=memory,
            again=again,
        )
    if report.held:
        effects.warn(f"Look at this build before you publish it: {' '.join(report.held)}")
    for line in () if quiet else page_table(report):
        effects.say(line)


@app.command(epilog="Example: segment-atlas analyse --data customers.csv --k auto --json -")
def analyse(  # noqa: PLR0913 (each argument is an option of the command)
    context: typer.Context,
    config: Config = None,
    data: Data = None,
    features: Features = None,
    k: Count = None,
    identifier: Identifier = None,
    sheet: Sheet = None,
    json: Annotated[Path, path_option(help="File for the result; - is standard output.")] = Path("-"),
    quiet: Hush = False,  # noqa: FBT002 (a flag of the command)
) -> None:
    """Run only the analysis; its result is one JSON document."""
    world = world_of(context)
    reporter = world.reporter(quiet=quiet)
    effects = world.effects(reporter)
    with _ending(reporter):
        configuration = configured(Asked(config, data, features, k, identifier, sheet), reporter)
        if json != Path("-"):  # before the work, which would be in vain
            kept = (*configuration.files, *configuration.origin.files(), *build_files(MODEL))
            json = private_place(json, kept, "--json")
        from analysis.pipeline import analyse as run
        from analysis.rounding.random_rounding import SALT
        from report.system.memory import keep_freed

        keep_freed()
        salt = effects.environment.get(SALT, "")
        text = run(configuration, reporter.step, salt).contract.model_dump_json(indent=2) + "\n"
        if json == Path("-"):
            effects.put(text)
        else:
            write_asked(json, text, effects, "--json")


@app.command(epilog="Example: segment-atlas check _site")
def check(
    context: typer.Context,
    site: Annotated[Path, path_argument(help="Folder of a finished site.")] = DEFAULT_OUT,
    config: Config = None,
) -> None:
    """Check a finished site.

    Checks links, security policy, structure, page weight and privacy.
    """
    from report.build.commit import settled
    from report.checks import check_site

    effects = world_of(context).effects()
    settled(WORK, effects)
    if not site.is_dir():
        raise ConfigurationError(f"{site}: there is no such folder; build the site first, or name its folder.")
    problems = check_site(site, _identifiers(config))
    for problem in problems:
        effects.say(str(problem))
    if problems:
        raise CheckError(f"{site}: {len(problems)} problem(s) found, listed above.")
    effects.say(f"{site}: every check passed.")


@app.command(epilog="Example: segment-atlas preview --port 8000")
def preview(
    context: typer.Context,
    config: Config = None,
    out: Out = DEFAULT_OUT,
    renderer: Shell = "builtin",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on this machine (127.0.0.1); 0 takes a free one.")
    ] = 8000,
) -> None:
    """Serve the site on this machine only, and rebuild it on change.

    It is built first, and again whenever data or configuration change.
    """
    from report.command.preview import Preview

    world = world_of(context)
    reporter = world.reporter(quiet=False)
    Preview(lambda: configured(Asked(config), reporter), out, renderer, reporter, world).run(port)


app.command(epilog="Example: segment-atlas diff https://OWNER.github.io/REPOSITORY/ _site")(diff.diff)
app.command(epilog="Example: segment-atlas rollback")(rollback.rollback)
app.command(epilog="Example: segment-atlas validate --config site_config/site.yml")(validate.validate)
app.command(epilog="Example: segment-atlas init customers.csv --out my_config")(init.init)
app.command(epilog="Example: segment-atlas schema --out site_config/schema")(schema.schema)
app.command(epilog="Example: segment-atlas score new_customers.csv -o scored.csv")(score.score)
app.command(epilog="Example: segment-atlas export --segment premium-shoppers --columns id,Email -o list.csv")(
    export.export
)


def main(world: World | None = None, arguments: Sequence[str] | None = None) -> None:
    """Run the command; one message and an exit code for whatever goes wrong.

    Without `arguments` those of the process are taken. An interruption is left to the front door, which knows it from
    the first import on.
    """
    world = world or World()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a question mark; it is no reason to fail.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    with listening() as heard:
        try:
            app(arguments, obj=world)
        except SystemExit as end:
            if end.code == INTERRUPTED:
                raise KeyboardInterrupt from None
            raise
        except Exception as error:
            if heard:  # libraries make errors of their own of an interruption
                raise KeyboardInterrupt from None
            if isinstance(error, AtlasError):
                _fail(str(error), error.exit_code, world)
            if is_short_of_memory(error):
                _fail(SHORT_OF_MEMORY, DataError.exit_code, world)
            if world.environment.get(DEBUG):
                raise
            _fail(
                f"This is a bug in Segment Atlas ({type(error).__name__}). Run the command again with {DEBUG}=1, "
                "and report the details that it prints.",
                1,
                world,
            )


def _timed(reporter: Progress, file: Path, context: typer.Context) -> Progress:
    """A reporter whose timeline is written once the command ends, well or not.

    Raises ConfigurationError where the file cannot be written.
    """
    from report.command.timeline import Timeline

    if file.is_dir():
        raise ConfigurationError(f"--profile {file}: this is a folder; name a file.")
    timeline, effects = Timeline(reporter), world_of(context).effects(reporter)
    context.call_on_close(lambda: write_asked(file, timeline.text(), effects, "--profile"))
    return timeline


class _ending:  # noqa: N801 (reads as a statement)
    """Ends the reporter's last step, well or not, before anything else is printed."""

    def __init__(self, reporter: Progress) -> None:
        self.reporter = reporter

    def __enter__(self) -> None:
        """Nothing to begin."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Tick or cross."""
        self.reporter.close(well=kind is None)


def _identifiers(config: Path | None) -> list[str]:
    """The customers' identifiers of the configured table, where one is named; the site may show none of them."""
    if config is None:
        return []
    from analysis.configuration import load_configuration
    from analysis.reading.table import read_table

    configuration = load_configuration(config)
    column = configuration.site.identifier
    return [] if column is None else list(read_table(configuration.origin, configuration.site).frame[column])


def _fail(message: str, code: int, world: World) -> NoReturn:
    world.reporter(quiet=True).fail(message)
    sys.exit(code)
