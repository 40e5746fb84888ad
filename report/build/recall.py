"""What a build is told of earlier ones, and what it adds to the history.

The last build comes from the history, or is the one that `--previous` names. A rebuild of the same inputs is told of
the build before: so it makes the same bytes under the same number, and nothing is added. Who was in which segment is
known where the private files of that very build are at hand, in the build's folder or as those of the last replaced
site.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.contract import Provenance
from analysis.errors import ConfigurationError
from analysis.history.edition import in_short, known_by, past
from analysis.history.entry import HistoryEntry, entry
from analysis.history.folder import REMEDY, entry_of, numbers, present, same_table
from analysis.history.inputs import inputs_now, inputs_of
from analysis.history.names import file_name
from analysis.history.remembered import Remembered
from analysis.rounding.random_rounding import SALT
from report.build.history_model import check_model
from report.build.memory import MemoryAsked
from report.build.previous import NONE, named_build
from report.build.publish import REPLACED
from report.build.recorded import Record, aside_in, named_from
from report.site.downloads import FORMULA_STARTS
from report.system.addresses import without_password

if TYPE_CHECKING:
    from analysis.configuration import Configuration
    from analysis.contract import Contract, Edition
    from report.system.effects import Effects

EPOCH = "SOURCE_DATE_EPOCH"
ROW = "row"
"""The first column of the assignments of a table without identifiers."""


@dataclass(frozen=True)
class Recall:
    """What is known of earlier builds."""

    folder: Path
    work: Path
    salt: str
    date: str | None
    """Of the build at work."""
    asked: MemoryAsked = field(default_factory=MemoryAsked)
    known: tuple[int, ...] = ()
    """The numbers of the builds in the history."""
    last: HistoryEntry | None = None
    """The newest of the history; None as well where it cannot be read and another build is named."""
    named: HistoryEntry | None = None
    """By `--previous`."""

    def rebuilds(self, inputs: str | None) -> bool:
        """Whether a build of these inputs is the newest of the history once more."""
        if inputs is None or self.last is None or self.last.inputs != inputs:
            return False
        return self.last.number == 1 or self._before_last is not None

    def told(self, inputs: str | None) -> Remembered:
        """What a build of these inputs is told."""
        if self.rebuilds(inputs) and self.last:
            return self._remembered(self._before_last, self.last.number, self.last.contract.edition)
        newest = max(self._newest, self.named.number if self.named else 0)
        return self._remembered(self.named or self.last, newest + 1)

    def added(
        self, published: Contract, inputs: str | None, model: dict[str, Any] | None = None
    ) -> tuple[HistoryEntry, ...]:
        """The entries that the history lacks: none of a trial and of a rebuild."""
        if self.asked.trial or self.rebuilds(inputs):
            return ()
        made = entry(published, inputs, model)
        newest = self._newest
        missing = self.named if self.named and self.named.number > newest else None
        if missing and newest and missing.number != newest + 1:
            raise ConfigurationError(
                f"{self.folder}: the history ends with build {newest}, and --previous names build {missing.number}; "
                f"restore {file_name(newest + 1)} and what follows, compare alone with --trial, or start a new history "
                "with --fresh."
            )
        return (missing, made) if missing else (made,)

    def inputs_now(self, configuration: Configuration) -> str | None:
        """Of the build at work, as far as that can be told before it begins."""
        return inputs_now(configuration, version("segment-atlas"), self.salt)

    def made_of(self, contract: str) -> str | None:
        """The inputs of a build, by its whole contract, JSON."""
        return inputs_of(Provenance.model_validate(json.loads(contract)["provenance"]), self.salt)

    @property
    def standing(self) -> bool:
        """Whether the site that stands is the newest build of the history, or none is: no trial, nothing older."""
        if self.last is None:
            return not self.known or number_in(self.work) == self._newest
        return made_by(self.work, self.last, self.salt)

    @property
    def _newest(self) -> int:
        return self.known[-1] if self.known else 0

    @cached_property
    def _before_last(self) -> HistoryEntry | None:
        """What a rebuild of the newest build is compared with; read only then.

        Raises ConfigurationError where its file is damaged, unless another build was named instead: then nothing is a
        rebuild.
        """
        if self.named and self.last and self.named.number < self.last.number:
            return self.named
        if len(self.known) < 2:
            return None
        try:
            found = entry_of(self.folder, self.known[-2])
            check_model(found, str(self.folder / file_name(found.number)))
        except ConfigurationError:
            if self.named is None:
                raise
            return None
        return found

    def _remembered(self, last: HistoryEntry | None, number: int, like: Edition | None = None) -> Remembered:
        private = kept_of(last, self.work, self.salt) if last else None
        return Remembered(
            number,
            like.date if like else self.date,
            last.contract if last else None,
            assigned_in(private) if private else None,
            _model_of(last, private) if last else None,
            self._oldest(last.contract) if last else None,
        )

    def _oldest(self, last: Contract) -> Contract | None:
        """The earliest build before it in the history, unless that is another one of the same number.

        Raises ConfigurationError where its file is damaged, unless another build was named instead.
        """
        earliest = next((one for one in past(last)[:-1] if one.number in self.known), None)
        if earliest is None:
            return None
        try:
            found = entry_of(self.folder, earliest.number).contract
        except ConfigurationError:
            if self.named is None:
                raise
            return None
        return found if known_by(in_short(found)) == known_by(earliest) else None


def recall(configuration: Configuration, asked: MemoryAsked, work: Path, out: Path, effects: Effects) -> Recall | None:
    """What is known before a build begins that will put its site in the place of `out`; None where nothing is.

    Raises ConfigurationError, in one sentence, for a history that cannot be used.
    """
    folder = configuration.history
    if folder is None or asked.previous == NONE:
        _check_idle(asked)
        return None
    if out in (folder, *folder.parents):
        raise ConfigurationError(
            f"history.path: {folder} is inside the site {out}, which each build replaces whole; name another folder."
        )
    salt = effects.environment.get(SALT, "")
    made = Recall(folder, work, salt, _day(configuration, effects), asked)
    if asked.fresh:
        _check_folder(folder)
        effects.log("A new history is started (--fresh); this is the first build that it remembers.")
        return made
    named = named_build(asked.previous, effects) if asked.previous else None
    known = _numbers(folder, gaps=named is not None and asked.trial)
    last = _last(folder, known, named)
    if named and last and named.contract == last.contract:
        named = last  # of which it is known what it was made of
    found = Recall(folder, work, salt, made.date, asked, known, last, named)
    if using := found.named or found.last:
        _check_table(configuration, using, found)
        check_model(using, _place(using, found))
    else:
        effects.log(f"No earlier build is known ({folder}), so this is the first one that is remembered.")
    return found


def _numbers(folder: Path, *, gaps: bool) -> tuple[int, ...]:
    """Of the builds in the history. `gaps`: a number may be missing, since nothing is added."""
    return present(folder) if gaps else numbers(folder)


def _last(folder: Path, known: tuple[int, ...], named: HistoryEntry | None) -> HistoryEntry | None:
    """The newest entry. Raises ConfigurationError where it cannot be used, unless another build was named instead."""
    try:
        return entry_of(folder, known[-1]) if known else None
    except ConfigurationError:
        if named is None:
            raise
        return None


def _check_idle(asked: MemoryAsked) -> None:
    if asked.fresh or (asked.previous not in {None, NONE}):
        option = "--fresh" if asked.fresh else "--previous"
        raise ConfigurationError(
            f"{option}: this build remembers nothing, since it has no history; use a configuration with one."
        )


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        numbers(folder)


def _check_table(configuration: Configuration, using: HistoryEntry, found: Recall) -> None:
    if not same_table(using.contract, configuration.site.columns):
        raise ConfigurationError(
            f"{_place(using, found)}: this build is of another table, since fewer than half of its columns are "
            f"configured here; {REMEDY}."
        )


def _place(one: HistoryEntry, found: Recall) -> str:
    if one is found.named and found.asked.previous:
        return f"--previous {without_password(found.asked.previous)}"
    return str(found.folder / file_name(one.number))


def _day(configuration: Configuration, effects: Effects) -> str | None:
    """The build's date: that of `SOURCE_DATE_EPOCH`, or the one that the configuration counts years or days up to."""
    said = effects.environment.get(EPOCH, "")
    if said.isascii() and said.isdigit():
        try:
            return datetime.fromtimestamp(int(said), UTC).date().isoformat()
        except (OverflowError, OSError, ValueError):  # no day that there is
            return None
    stated = configuration.site.data.reference_date
    return stated.isoformat() if stated else None


def recorded(
    recalled: Recall | None, published: Contract | None, inputs: str | None, model: dict[str, Any] | None = None
) -> Record:
    """What changes together with the site of a build. `model`: what the history takes of it."""
    if recalled is None or published is None:
        return Record(keep=True, others=True)
    added = recalled.added(published, inputs, model)
    return Record(
        keep=not recalled.rebuilds(inputs) and recalled.standing,
        history=named_from(recalled.folder, recalled.work) if added else "",
        entries={file_name(one.number): one.text for one in added},
        aside=aside_in(recalled.folder) if added and recalled.asked.fresh else "",
    )


def kept_of(one: HistoryEntry, work: Path, salt: str) -> Path | None:
    """The folder with the private files of that very build: the same number, made of the same inputs."""
    return next((folder for folder in (work, work / REPLACED) if one.inputs and made_by(folder, one, salt)), None)


def made_by(folder: Path, one: HistoryEntry, salt: str) -> bool:
    """Whether the private files in a folder are those of a build of the history."""
    try:
        found = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
        number, provenance = found["edition"]["number"], Provenance.model_validate(found["provenance"])
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return bool(number == one.number and inputs_of(provenance, salt) == one.inputs)


def number_in(folder: Path) -> int | None:
    """Of the build whose private files lie in the folder."""
    try:
        return int(json.loads((folder / "analysis.json").read_text(encoding="utf-8"))["edition"]["number"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def assigned_in(folder: Path) -> Mapping[str, int] | None:
    """Identifier → segment id, as the build wrote it there; None where customers have no identifiers."""
    try:
        with (folder / "assignments.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            header = next(rows, [])
            if header[1:] != ["segment", "slug"] or header[0] == ROW:
                return None
            return {_armed(row[0]): int(row[1]) for row in rows}
    except (OSError, ValueError, IndexError, csv.Error):
        return None


def _armed(text: str) -> str:
    """An identifier as it stands in the table, without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def _model_of(last: HistoryEntry, private: Path | None) -> str | None:
    """The last build's model: as the history has it, which is the same wherever it is built; else its own file."""
    if last.model is not None:
        return json.dumps(last.model)
    return model_in(private) if private else None


def model_in(folder: Path) -> str | None:
    """The build's model, JSON."""
    try:
        return (folder / "model.json").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
