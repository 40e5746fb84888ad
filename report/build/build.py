"""From a configuration to a site in its place: the order of the steps, and nothing else.

analyse → disclosure → pictures → Quarto project → renderer → checks → swap. Whatever fails, the old site stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from analysis.basics.listed import quoted
from analysis.errors import ConfigurationError, DataError, together
from analysis.language import speaking
from analysis.rounding.random_rounding import SALT
from report.build.commit import BUILDING, NEXT, commit, tidy, waiting
from report.build.held import exactly, held
from report.build.previous import PUBLISHED
from report.build.publish import CACHE, KEPT, MARK, MARK_TEXT, PARTS, SOURCE, WORK, claim, staged
from report.build.workers import PartsFolder, ReadingWorkers, Workers
from report.errors import CheckError, DiskError
from report.system.effects import Effects
from report.system.steps import Steps

if TYPE_CHECKING:
    from analysis.basics.as_read import Read
    from analysis.configuration import Configuration
    from analysis.contract import Contract
    from report.build.findings import Findings
    from report.build.memory import MemoryAsked
    from report.build.recall import Recall
    from report.build.recorded import Record
    from report.checks.finished import FinishedSite
    from report.render.renderer import Ahead, Renderer
    from report.site.own_pages import OwnPages

# Heavy parts (pandas, scikit-learn, Jinja2, lxml) are imported inside the step that needs them: start-up is most of
# what a build costs.
# ruff: noqa: PLC0415

Choice = Literal["auto", "builtin", "quarto"]
ProjectWriter = Callable[["Configuration", str, "OwnPages", Workers, Effects, "Ahead | None"], dict[str, str | bytes]]
"""Configuration, contract as JSON, own pages → the files of the Quarto project; a test may have another than
`project_files`."""


@dataclass(frozen=True)
class PageSize:
    """A page of the finished site, in bytes."""

    address: str
    raw: int
    gzipped: int


@dataclass(frozen=True)
class BuildReport:
    """What a build made."""

    out: Path
    work: Path
    renderer: str
    pages: tuple[PageSize, ...]
    files: int
    size: int
    """Bytes of all files of the site."""
    held: tuple[str, ...] = ()
    """Why a person should look at it first, by `publish.hold_when`."""


@dataclass(frozen=True)
class WrittenProject:
    """What the rest of a build needs to know of a project that was written."""

    identifiers: Collection[str]
    """The customers', which may stand nowhere on the site."""
    read: Read
    published: Contract | None = None
    """The copy of the contract that the site has, where builds are remembered."""
    inputs: str | None = None
    """Of this build, as the history has it."""
    model: dict[str, Any] | None = None
    """What the history takes of its model."""
    held: tuple[str, ...] = ()


def build(  # noqa: PLR0913 (what to make, and whom and what to make it with)
    configuration: Configuration,
    *,
    out: Path,
    renderer: Choice = "auto",
    effects: Effects,
    workers: ReadingWorkers,
    writer: ProjectWriter | None = None,
    kept: Callable[[Read], None] = lambda _read: None,
    memory: MemoryAsked | None = None,
    again: bool = False,
) -> BuildReport:
    """Make the whole site and put it in the place of `out`; `build/` takes what stays private.

    `workers` that were begun before the configuration was read have the libraries of the analysis imported by now.
    `memory`: what is asked about earlier builds; without it the site remembers nothing and nothing is recorded.
    `again`: every step is done, also one that an earlier build has done.
    `kept` is called with what was read once the site is in its place, before another build may begin.
    Raises ConfigurationError, DataError, RenderError or CheckError, each with one message for the user.
    """
    from report.build.incremental import Incremental

    place, folder = claim(out, effects), WORK.resolve()
    _apart(place, folder)
    steps = Steps(folder / CACHE, effects, again=again)
    drawing = chosen(renderer, effects, steps)
    said(configuration, drawing, effects)
    _make_folder(folder, effects)
    with effects.locked(folder / BUILDING, told=True):
        tidy(folder, place, effects)
        recalled = remembered(configuration, memory, place, effects)
        with (
            speaking(configuration.site.site.language),
            waiting(folder, effects),
            staged(place, effects) as made,
            _ended(drawing, effects),
        ):
            knowing = Incremental(workers, steps, effects, PartsFolder(folder / PARTS, again))
            written = write_source(configuration, folder, effects, knowing, writer, drawing, recalled)
            effects.step(f"Drawing the pages ({drawing.name})")
            drawing.draw(folder / SOURCE, made)
            effects.write(made / MARK, MARK_TEXT)
            effects.step("Checking the finished site")
            finish(drawing, made, written.identifiers, effects)
            report = measured(made, place, folder, drawing.name, written.held)
            commit(made, place, folder, effects, _record(recalled, written))
            kept(written.read)
            steps.sweep()
    return report


def remembered(
    configuration: Configuration, memory: MemoryAsked | None, place: Path, effects: Effects
) -> Recall | None:
    """What is known of earlier builds; None where nothing is remembered, or nothing asked about it."""
    if memory is None:
        return None
    from report.build.recall import recall

    return recall(configuration, memory, WORK.resolve(), place, effects)


def _record(recalled: Recall | None, written: WrittenProject) -> Record:
    from report.build.recall import recorded

    return recorded(recalled, written.published, written.inputs, written.model)


@contextmanager
def _ended(drawing: Renderer, effects: Effects) -> Iterator[None]:
    """Whatever was started has ended afterwards: nobody may write to a folder when it is removed."""
    try:
        yield
    finally:
        drawing.close()
        effects.end()


def chosen(renderer: Choice, effects: Effects, steps: Steps | None = None) -> Renderer:
    """The renderer asked for; `auto` is Quarto where it is there and new enough. `steps`: what earlier builds made."""
    from report.render import quarto
    from report.render.builtin import Builtin

    if renderer == "auto":
        renderer = "quarto" if quarto.usable(effects) else "builtin"
        effects.log(f"Renderer: {renderer} ({'found on this machine' if renderer == 'quarto' else 'no Quarto found'})")
    return quarto.Quarto(effects) if renderer == "quarto" else Builtin(effects, steps)


def said(configuration: Configuration, drawing: Renderer, effects: Effects) -> None:
    """Tell what of the own pages this renderer leaves out; raises RenderError where it cannot read them at all."""
    from report.site.own_pages import remarks

    drawing.able(min(configuration.pages.glob("*.qmd"), default=None) if configuration.pages else None)
    for remark in remarks(configuration.pages, diagrams=drawing.diagrams):
        effects.warn(remark)


def finish(drawing: Renderer, made: Path, identifiers: Collection[str], effects: Effects) -> None:
    """Check the site while the renderer completes it; raises what either raises."""
    from report.checks.finished import FinishedSite

    # Listed before anything is added, which may be half written when it is read.
    site = FinishedSite(made).listed()
    beside = ThreadPoolExecutor(1)
    completing = beside.submit(drawing.complete, made)
    try:
        check(site, identifiers)
        completing.result()
    except BaseException:
        effects.end()
        raise
    finally:
        beside.shutdown()  # nobody may write there any more when the folder is removed


def write_source(  # noqa: PLR0913 (as above)
    configuration: Configuration,
    work: Path,
    effects: Effects,
    workers: Workers,
    writer: ProjectWriter | None = None,
    ahead: Ahead | None = None,
    recalled: Recall | None = None,
) -> WrittenProject:
    """Analyse, draw the charts and write the Quarto project to `work/site-src`, what stays private to `work/next`.

    It is in the language that is spoken now. Nothing of the workers is left at work.
    """
    with closing(workers):
        inputs = recalled.inputs_now(configuration) if recalled else None
        workers.ask(configuration, effects.environment.get(SALT, ""), recalled.told(inputs) if recalled else None)
        # While the analysis imports and computes, this process gets ready, and then the drawing: on two processors
        # three at once would hold up the analysis, for which all wait.
        from report.site.own_pages import own_pages

        made_ready(configuration, effects.cache)
        workers.warm()
        found = workers.findings(effects.step)
        if recalled:
            found, inputs = as_made(found, inputs, recalled, configuration, workers, effects)
        own = own_pages(configuration.pages)
        files = (writer or project_files)(configuration, found.contract, own, workers, effects, ahead)
    _keep(found, work, effects)
    source = work / SOURCE
    effects.remove(source)
    for path, content in sorted(files.items()):
        effects.write(source / path, content)
    read = (*configuration.read, *found.read, *own.read)
    if recalled is None:
        return WrittenProject(found.identifiers, read)
    told = of_the_site(files, found.contract, recalled.salt)
    from report.build.history_model import model_for_history

    model = model_for_history(found.model, told, configuration.site, effects)
    passed = held(told, configuration.site.publish.hold_when, exactly(told, work / NEXT))
    return WrittenProject(found.identifiers, read, told, inputs, model, passed)


def as_made(
    found: Findings,
    inputs: str | None,
    recalled: Recall,
    configuration: Configuration,
    workers: Workers,
    effects: Effects,
) -> tuple[Findings, str | None]:
    """The findings by the right build before, and of what inputs they are.

    Of a database it is known only now whether anything has changed, and a file may have changed meanwhile. Then the
    analysis is done once more. Raises DataError where that file changes again.
    """
    made = recalled.made_of(found.contract)
    if recalled.rebuilds(made) == recalled.rebuilds(inputs):
        return found, made
    workers.close()
    workers.ask(configuration, recalled.salt, recalled.told(made))
    again = workers.findings(effects.step)
    if recalled.made_of(again.contract) != made:
        raise DataError(
            f"{configuration.origin.shown}: the table changes while it is read; build again once it is whole."
        )
    return again, made


def of_the_site(files: Mapping[str, str | bytes], whole: str, salt: str) -> Contract:
    """The contract as the site publishes it."""
    from analysis.contract import Contract
    from report.disclosure import published

    text = files.get(PUBLISHED)
    return Contract.model_validate_json(text) if text else published(Contract.model_validate_json(whole), salt)


def made_ready(configuration: Configuration, cache: Path) -> None:
    """Import what pages are made and checked with, and have it ready: there is nothing else to do."""
    from report.system.importing import uncollected

    with uncollected():
        import report.checks
        import report.disclosure
        import report.render.builtin
        import report.site.notebook
        import report.site.site_source  # noqa: F401
        from analysis.wording.number_format import NumberFormat
        from report.markup.templates import compiled

        compiled(cache)
        # What a library does but once, the first time: read a locale.
        NumberFormat(configuration.site.site.locale, configuration.site.site.currency).money(1)


def _keep(found: Findings, work: Path, effects: Effects) -> None:
    for name, content in zip(KEPT, (found.contract, found.assignments, found.rejected, found.model), strict=True):
        effects.write(work / NEXT / name, content)


def project_files(
    configuration: Configuration,
    found: str,
    own: OwnPages,
    workers: Workers,
    effects: Effects,
    ahead: Ahead | None,
) -> dict[str, str | bytes]:
    """The files of the Quarto project, by path, from the contract as JSON."""
    from analysis.contract import Contract
    from analysis.wording.number_format import NumberFormat
    from report.build.essential import charted
    from report.captions.pictured import pictured
    from report.charts.registry import names
    from report.disclosure import published
    from report.disclosure.answers import all_or_none
    from report.site.downloads import downloads
    from report.site.notebook import notebook
    from report.site.site_source import site_source

    site = configuration.site.site
    whole = Contract.model_validate_json(found)
    contract = published(whole, effects.environment.get(SALT, ""))
    if whole.privacy.mode == "public" and (told := all_or_none(whole)):
        effects.log(asked_for(told))
    effects.step("Drawing the charts and writing the pages")
    formats = NumberFormat(site.locale, site.currency)
    drawn = pictured(contract)
    # First of all, since whatever comes next can be done while they are drawn.
    pictures = workers.pictures(charted(drawn), formats, names(drawn))
    extras: dict[str, str | bytes] = dict(downloads(contract, formats, whole))
    if contract.repeatable:
        extras["Customer_Segmentation.ipynb"] = notebook(contract, configuration)
    return site_source(drawn, configuration, pictures, {**extras, "assets/vega.js": workers.bundle()}, ahead, own)


def asked_for(columns: Sequence[str]) -> str:
    """What a column needs whose shares were withheld since nearly all or none of a segment have them."""
    return (
        "Withheld, because nearly all customers of a segment share a value or none has it: shares in "
        f"{quoted(columns)}. If publishing them harms nobody, write `harmless: true` under the column in "
        "site.yml."
    )


def check(site: FinishedSite, identifiers: Collection[str]) -> None:
    """Raise CheckError, with three problems at most, where the finished site breaks a promise."""
    from report.checks import problems_of

    problems = problems_of(site, identifiers)
    if problems:
        raise CheckError(
            f"The new site was not published: {len(problems)} check(s) failed.\n"
            + together([str(problem) for problem in problems])
        )


def measured(made: Path, out: Path, work: Path, renderer: str, held: tuple[str, ...] = ()) -> BuildReport:
    """The report on a site, before it is moved to `out`."""
    from report.checks.weight import gzipped

    files = sorted(file for file in made.rglob("*") if file.is_file())
    pages = []
    for file in files:
        if file.suffix == ".html":
            content = file.read_bytes()
            pages.append(PageSize(file.relative_to(made).as_posix(), len(content), gzipped(content)))
    return BuildReport(out, work, renderer, tuple(pages), len(files), sum(file.stat().st_size for file in files), held)


def _apart(out: Path, work: Path) -> None:
    if out == work or out in work.parents or work / SOURCE in (out, *out.parents):
        raise ConfigurationError(
            f"--out {out}: this folder contains the build folder {work}, whose customer-level files must stay out "
            "of the site; name another folder."
        )


def _make_folder(work: Path, effects: Effects) -> None:
    try:
        effects.make(work)
    except DiskError as error:
        raise ConfigurationError(
            f"The build folder {work} cannot be created ({error.reason}); remove what is in its place, or run the "
            "command in another folder."
        ) from None
