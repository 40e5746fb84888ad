"""A finished site and the private files that belong to it take their places together, or neither does.

The site changes places with the old one in one step (`report.system.exchange`), so that no reader finds none. The
private files, which wait in a folder of their own, follow at once. Two steps can be cut in two by whoever kills the
build: before the first, a journal is written that says what was to be done, and the next command that reads or
builds the site finds it and does the rest, or nothing. Where two folders cannot change places in one step, the old
site is renamed first, and the journal says where it is. What else goes with the site, `report.build.recorded` does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from report.build.publish import KEPT, REPLACED, discard, sweep
from report.build.recorded import Record, held, keep_private, keep_site, named_from, settle, stage, unstage
from report.system.contents import contents
from report.system.effects import Effects

NEXT = "next"
"""Where the private files of a build wait for its site, in the build's folder."""
JOURNAL = "publishing.json"
"""What is under way, in the build's folder; it stands there for a moment only."""
GUARD = ".publishing.lock"
"""Held while a site and its private files change, or are read together."""
BUILDING = ".lock"
"""Held by the build at work."""


@dataclass(frozen=True)
class Journal:
    """What is under way. Folders are named from the build's folder, so that both may be moved together."""

    made: str
    """Where the new site was made, and where the old one lies afterwards."""
    out: str
    aside: str
    """Where the old site lies in between, if the two cannot change places in one step."""
    new: str
    old: str
    """What the two sites hold, as `contents`."""
    record: Record = field(default_factory=Record)

    @classmethod
    def of(cls, made: Path, out: Path, work: Path, record: Record) -> Self:
        """Of a site about to be published."""
        # Another name than that of what may be swept: the old site must not be lost.
        aside = out.with_name(made.name.replace(".site-", ".replaced-"))
        new, old = contents(made), contents(out)
        places = {"made": named_from(made, work), "out": named_from(out, work), "aside": named_from(aside, work)}
        kept = record.keep and old != "" and not (record.others and old == new)
        return cls(**places, new=new, old=old, record=replace(record, keep=kept))

    @classmethod
    def found(cls, work: Path) -> Self | None:
        """The one that a killed build has left."""
        try:
            found: dict[str, Any] = json.loads((work / JOURNAL).read_text(encoding="utf-8"))
            return cls(**{**found, "record": Record(**found.pop("record", {}))})
        except (OSError, ValueError, TypeError, AttributeError):
            return None


def commit(made: Path, out: Path, work: Path, effects: Effects, record: Record | None = None) -> None:
    """Put the finished site in the place of `out`, and what waits in `work/next` into `work`; the `record` follows.

    Afterwards `made` is the old site, if there was one and it is not kept. Raises RenderError where the site cannot
    take its place, ConfigurationError where the history cannot follow; then everything is as it was.
    """
    record = record or Record()
    with effects.locked(work / GUARD), effects.locked(out.parent), held(record, work, effects):
        journal = Journal.of(made, out, work, record)
        effects.write(work / NEXT / JOURNAL, json.dumps(asdict(journal)))
        effects.replace(work / NEXT / JOURNAL, work / JOURNAL)  # whole, or not there
        try:
            stage(journal.record, work, effects)
        except BaseException:
            unstage(journal.record, work, effects)
            effects.remove(work / JOURNAL)
            raise
        try:
            if not out.exists():
                effects.rename(made, out)
            elif not effects.exchange(made, out):
                effects.rename(out, work / journal.aside)
                effects.rename(made, out)
        finally:
            _settle(journal, work, effects)


@contextmanager
def steady(work: Path, effects: Effects) -> Iterator[None]:
    """What a build cut short has left half done is done; no site changes while its private files are read here."""
    work = work.resolve()
    if not (work / GUARD).is_file():  # no build was ever there
        yield
        return
    with effects.locked(work / GUARD):
        if journal := Journal.found(work):
            with effects.locked((work / journal.out).parent):
                _settle(journal, work, effects)
        yield


def settled(work: Path, effects: Effects) -> None:
    """Have what a build cut short has left half done be done."""
    with steady(work, effects):
        pass


@contextmanager
def waiting(work: Path, effects: Effects) -> Iterator[Path]:
    """The folder where the private files of the build at work wait for its site; gone afterwards.

    Unless they have yet to follow a site that is in its place: then the next command has them do so.
    """
    effects.remove(work / NEXT)
    try:
        yield work / NEXT
    finally:
        if not (work / JOURNAL).exists():
            discard(work / NEXT, effects)


def tidy(work: Path, out: Path, effects: Effects) -> None:
    """Finish what builds that were killed have begun, and remove what they have left; living ones are let be."""
    settled(work, effects)
    if (work / NEXT).exists():
        with effects.free(work / BUILDING) as ownerless:
            if ownerless:
                discard(work / NEXT, effects)
    sweep(out.parent, effects)


def _settle(journal: Journal, work: Path, effects: Effects) -> None:
    """Once the new site is in its place, all that belongs to it; else all as it was."""
    made, out, aside = (Path(os.path.normpath(work / each)) for each in (journal.made, journal.out, journal.aside))
    if contents(out) == journal.new:
        if aside.exists():
            effects.rename(aside, made)
        _follow(journal, made, work, effects)
    else:
        if aside.exists():
            _put_back(aside, out, journal.old, effects)
        unstage(journal.record, work, effects)
    effects.remove(work / JOURNAL)
    discard(work / NEXT, effects)


def _follow(journal: Journal, made: Path, work: Path, effects: Effects) -> None:
    """All that belongs to the new site, which stands in its place; `made` is the old one."""
    for name in KEPT:
        if (work / NEXT / name).is_file():
            if journal.record.keep:
                keep_private(name, work, effects)
            effects.replace(work / NEXT / name, work / name)
    settle(journal.record, work, effects)
    if journal.record.keep:
        keep_site(made, journal.old, journal.out, journal.record.aside, work, effects)
    if journal.record.spend:
        discard(work / REPLACED, effects)


def _put_back(aside: Path, out: Path, old: str, effects: Effects) -> None:
    """The old site, which lies aside whole unless it was still being copied there, from another disk."""
    if contents(out) == old:
        effects.remove(aside)
        return
    effects.remove(out)
    effects.rename(aside, out)
