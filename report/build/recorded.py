"""What changes together with a site, beside its private files: the history, and the last replaced site.

Entries are written to a folder inside the history before the site changes, so that a full disk or a folder that nobody
may write to stops the build while all is as it was. Once the new site stands they are renamed, which `settle` may be
cut short in and begin again: what is done already is not done twice.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import ConfigurationError
from analysis.history.names import NAME
from report.build.publish import KEPT, REPLACED, SITE, discard
from report.errors import DiskError, RenderError
from report.system.contents import contents
from report.system.effects import Effects

PART, STAGED = ".part", ".next"
"""In the history, where entries are written, and where they wait for their site once all are there."""
ASIDE = "earlier"
"""In the history, with a number: a history that `--fresh` has put aside."""
ROLLED_BACK = "rolled-back"
"""In the build's folder: entries that `rollback` took out of the history."""
PLACE = "place"
"""Beside a replaced site, the folder in which it stood."""
PUT_ASIDE = "put-aside"
"""Beside a replaced site, the folder of the history that took the entries which its build knew, if `--fresh` did so."""
MADE = "replaced.next"
"""In the build's folder, the replaced site and its files until all are there."""


@dataclass(frozen=True)
class Record:
    """What is done beside putting a site in its place. Folders are named from the build's folder, as in the journal."""

    keep: bool = False
    """Whether the site that is replaced and its private files are kept for `rollback`."""
    others: bool = False
    """Whether it is kept only if the new one has other bytes."""
    history: str = ""
    entries: Mapping[str, str] = field(default_factory=dict)
    """File name → what it will hold."""
    aside: str = ""
    """Folder in the history that takes the entries that stand there."""
    drop: str = ""
    """An entry that leaves the history for `build/rolled-back`."""
    dropped_as: str = ""
    """Its name there, which nothing else has; its own where none is given."""
    back: str = ""
    """Folder in the history whose entries return to it, after the one that leaves."""
    returning: Sequence[str] = ()
    """Their names."""
    spend: bool = False
    """Whether the kept site is the one that takes its place, and so is kept no more."""


def named_from(place: Path, work: Path) -> str:
    """A path as it is named from the build's folder, so that both may be moved together."""
    try:
        return os.path.relpath(place, work)
    except ValueError:  # on another drive
        return str(place)


def aside_in(folder: Path) -> str:
    """A name in the history that nothing has, for the entries that stand there; empty where there are none."""
    if not entries_in(folder):
        return ""
    return next(name for at in range(1, 10_000) if not (folder / (name := f"{ASIDE}-{at}")).exists())


def entries_in(folder: Path) -> tuple[str, ...]:
    """The names of the entries that stand there."""
    return tuple(each.name for each in _inside(folder) if NAME.fullmatch(each.name))


def dropped_name(folder: Path, name: str, work: Path) -> str:
    """A name in `build/rolled-back` for an entry of the history: its own, unless another one has it."""
    place, (stem, _, end) = work / ROLLED_BACK, name.rpartition(".")
    names = (name, *(f"{stem}-{at}.{end}" for at in range(2, 10_000)))
    return next(each for each in names if not (place / each).exists() or _same(place / each, folder / name))


def _same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False


@contextmanager
def held(record: Record, work: Path, effects: Effects) -> Iterator[None]:
    """The history is this build's own meanwhile. Raises ConfigurationError where there can be none."""
    if not record.history:
        yield
        return
    folder = _place(work, record.history)
    with _writing(folder):
        effects.make(folder)
    with effects.locked(folder):
        yield


def stage(record: Record, work: Path, effects: Effects) -> None:
    """Have all entries wait in the history, or none, and nothing of an earlier build in the way.

    Raises ConfigurationError where the history cannot be written to, or another build has written to it.
    """
    if record.keep:
        effects.remove(work / MADE)
    if not record.history:
        return
    folder = _place(work, record.history)
    taken = [] if record.aside else [name for name in record.entries if (folder / name).exists()]
    if taken:
        raise ConfigurationError(
            f"{folder / taken[0]}: another build was recorded in the meantime; build again to compare with it."
        )
    with _writing(folder):
        for left in (PART, STAGED):
            effects.remove(folder / left)
        for name, text in record.entries.items():
            effects.write(folder / PART / name, text)
        if record.entries:
            effects.rename(folder / PART, folder / STAGED)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except DiskError as error:
        raise ConfigurationError(
            f"{folder}: the history cannot be written ({error.reason}); change its permissions or free some space, "
            "name another with history.path, or build with --trial, which records nothing."
        ) from None


def unstage(record: Record, work: Path, effects: Effects) -> None:
    """The site did not change: nothing else does."""
    if record.history:
        folder = _place(work, record.history)
        for left in (PART, STAGED):
            effects.remove(folder / left)
        if folder.is_dir() and not _inside(folder):
            effects.remove(folder)


def settle(record: Record, work: Path, effects: Effects) -> None:
    """The history follows the site."""
    if not record.history:
        return
    folder = _place(work, record.history)
    waiting = [folder / STAGED / name for name in record.entries if (folder / STAGED / name).is_file()]
    if waiting and record.aside:
        for name in entries_in(folder):
            effects.rename(folder / name, folder / record.aside / name)
    for file in waiting:
        effects.replace(file, folder / file.name)
    for left in (PART, STAGED):
        effects.remove(folder / left)
    _drop(record, folder, work, effects)
    _return(record, folder, effects)


def _drop(record: Record, folder: Path, work: Path, effects: Effects) -> None:
    """Unless what has that name now is the one that has returned."""
    returned = record.drop in record.returning and not (folder / record.back / record.drop).is_file()
    if record.drop and not returned and (folder / record.drop).is_file():
        place = work / ROLLED_BACK / (record.dropped_as or record.drop)
        effects.remove(place)  # half copied, to another disk
        effects.rename(folder / record.drop, place)


def _return(record: Record, folder: Path, effects: Effects) -> None:
    for name in record.returning:
        if (folder / record.back / name).is_file():
            effects.rename(folder / record.back / name, folder / name)
    if record.back and (folder / record.back).is_dir() and not _inside(folder / record.back):
        effects.remove(folder / record.back)


def keep_private(name: str, work: Path, effects: Effects) -> None:
    """A private file of the replaced site, before the new one takes its place."""
    if (work / name).is_file():
        effects.make(work / MADE)
        effects.replace(work / name, work / MADE / name)


def keep_site(old: Path, digest: str, out: str, aside: str, work: Path, effects: Effects) -> None:
    """The replaced site itself, then all of them as what is kept from now on.

    `digest`: of the old site. `out`: where it stood, as the journal names it. `aside`: as the record has it.
    """
    try:
        if digest and contents(old) == digest:
            effects.remove(work / MADE / SITE)  # half copied, from another disk
            effects.rename(old, work / MADE / SITE)
        if (work / MADE).is_dir():
            effects.write(work / MADE / PLACE, out)
            if aside:
                effects.write(work / MADE / PUT_ASIDE, aside)
            effects.remove(work / REPLACED)
            effects.rename(work / MADE, work / REPLACED)
    except RenderError as error:  # the new site stands, and that is what was asked for
        effects.warn(f"The replaced site could not be kept, so `rollback` cannot put it back: {error}")
        discard(work / MADE, effects)


def replaced_whole(work: Path) -> bool:
    """Whether there is a replaced site, with all that belongs to it."""
    kept = work / REPLACED
    return (kept / SITE).is_dir() and all((kept / name).is_file() for name in KEPT)


def replaced_at(work: Path) -> Path:
    """The folder in which the replaced site stood."""
    try:
        return _place(work, (work / REPLACED / PLACE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return work / REPLACED


def put_aside(work: Path) -> str:
    """The folder in the history with the entries that the replaced site's build knew; empty where they stand there."""
    try:
        found = (work / REPLACED / PUT_ASIDE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    return found if re.fullmatch(rf"{ASIDE}-[0-9]+", found) else ""


def _place(work: Path, named: str) -> Path:
    return Path(os.path.normpath(work / named))


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
