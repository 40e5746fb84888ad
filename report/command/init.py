"""`segment-atlas init`: from a bare table to a complete, commented configuration."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from analysis.errors import ConfigurationError
from report.command.options import count, path_argument, path_option
from report.command.progress import clean
from report.command.questions import Questions
from report.command.world import world_of
from report.system.effects import Reporter

if TYPE_CHECKING:
    from analysis.proposal.answers import Answers
    from analysis.proposal.proposal import Proposal

# Start-up is most of what a command costs: `--help` must import none of pandas or pydantic.
# ruff: noqa: PLC0415

FOLDER = Path("site_config")
T = TypeVar("T")


def init(
    context: typer.Context,
    table: Annotated[Path, path_argument(help="The table: CSV, Parquet, a workbook, JSON lines or a survey file.")],
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
    out: Annotated[Path, path_option(help="Folder of the new configuration.")] = FOLDER,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take the most likely answers.")] = False,  # noqa: FBT002
    force: Annotated[bool, typer.Option("--force", help="Replace an existing configuration.")] = False,  # noqa: FBT002
) -> None:
    """Look at a table and write a configuration for it.

    It says what each column most likely is, and why.
    """
    if not force and (standing := _standing(out)):
        raise ConfigurationError(
            f"{standing}: this file already exists; name another folder with --out, or replace it with --force."
        )
    from analysis.proposal.answers import answered, unanswered
    from analysis.proposal.files import files
    from analysis.proposal.guess import propose
    from report.command.private import write_asked

    world = world_of(context)
    effects = world.effects()
    proposal = propose(table, sheet=sheet)
    for sentence in proposal.said:
        effects.say(sentence)
    answers = unanswered(proposal, table)
    if not yes and world.questions.heard():
        answers = _asked(proposal, answers, Asking(world.questions, effects))
    proposal = answered(proposal, answers, _from(out, table))
    for name, text in files(proposal).items():
        write_asked(out / name, text, effects, "--out")
    effects.say("")
    effects.say(f"Written: {out / 'site.yml'}, with comments on each section and the reason for each column.")
    for question in proposal.questions:
        effects.say(f"Decide this first, in {out / 'site.yml'}: {question}")
    effects.say(f"Next: segment-atlas build{'' if out == FOLDER else f' --config {shlex.quote(str(out))}'}")


def _standing(out: Path) -> Path | None:
    """A file of a configuration that would be replaced."""
    return next((out / name for name in ("site.yml", "personas.yml", "playbook.yml") if (out / name).exists()), None)


def _from(out: Path, table: Path) -> str:
    """The table's path from the configuration's folder, so that both can move together."""
    try:
        return Path(os.path.relpath(table.resolve(), out.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(table.resolve())


@dataclass(frozen=True)
class Asking:
    """Puts questions, and says what is wrong with an answer."""

    questions: Questions
    reporter: Reporter

    def until(self, question: str, default: str, check: Callable[[str], T]) -> T:
        """Ask until the answer will do."""
        while True:
            try:
                return check(self.questions.ask(question, default).strip())
            except ConfigurationError as error:
                self.reporter.say(str(error))


def _asked(proposal: Proposal, answers: Answers, asking: Asking) -> Answers:
    """The answers of the person at the terminal; an empty answer is the default."""
    asking.reporter.say("")
    found = replace(answers, title=asking.until("Title of the site", answers.title, _title))
    if proposal.counts_money and not proposal.currency_stated:
        currency = asking.until("Currency, by its three letters (XXX: none)", answers.currency, _currency)
        found = replace(found, currency=currency)
    k = asking.until("How many segments: a number from 2 to 20, or auto", str(answers.k), _segments)
    confirm = asking.questions.confirm
    swapped = [name for name in proposal.ambiguous if confirm(f"In “{clean(name)}”, does the month come first?")]
    public = confirm("Is the table itself public, so that single customers may be shown?")
    kept = tuple(name for name in proposal.ambiguous if name not in swapped)
    return replace(found, k=k, month_first=tuple(swapped), day_first=kept, public=public)


def _title(text: str) -> str:
    if not 0 < len(text) <= 80 or re.search(r"[<>{}`]", text):
        raise ConfigurationError("A title may have up to 80 characters, without < > { } and `; write another one.")
    return text


def _currency(text: str) -> str:
    from analysis.configuration.site import SiteSettings
    from analysis.wording.number_format import NumberFormat

    return NumberFormat(SiteSettings().locale, text.upper()).currency


def _segments(text: str) -> int | Literal["auto"]:
    return count(text.casefold(), "How many segments")
