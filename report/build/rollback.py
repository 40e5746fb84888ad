"""The previous site and its private files put back in the place of those that stand.

The last build kept what it replaced (`report.build.recorded`). That is copied beside the site that stands and takes its
place as any new site does, in one step that is journalled. The entry that the site leaves behind in the history goes to
the build's folder. Where that was the first of a fresh history, the entries that were put aside for it return.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import ConfigurationError
from analysis.history.folder import entry_of, present
from analysis.history.names import file_name
from analysis.rounding.random_rounding import SALT
from report.build.commit import BUILDING, commit, tidy, waiting
from report.build.publish import KEPT, RECORD, REPLACED, SITE, WORK, claim, staged
from report.build.recall import made_by, number_in
from report.build.recorded import (
    ROLLED_BACK,
    Record,
    dropped_name,
    entries_in,
    named_from,
    put_aside,
    replaced_at,
    replaced_whole,
)

if TYPE_CHECKING:
    from report.system.effects import Effects


@dataclass(frozen=True)
class RolledBack:
    """What a rollback did."""

    out: Path
    number: int | None
    """Of the build whose site stands now; None where it remembers nothing."""
    dropped: Path | None
    """Where the entry of the history lies now."""
    returned: bool = False
    """Whether entries that a fresh history had put aside stand in the history again."""
    aside: Path | None = None
    """Where they were put; None where none were."""


def rolled_back(out: Path, history: Path | None, effects: Effects) -> RolledBack:
    """Put the site that the last build replaced back in the place of `out`, with its model.

    Raises ConfigurationError where none is kept, or the history cannot be used.
    """
    place, work = claim(out, effects), WORK.resolve()
    if not (work / REPLACED).is_dir():
        raise _nothing(work)
    with effects.locked(work / BUILDING, told=True):
        tidy(work, place, effects)
        if not replaced_whole(work):
            raise _nothing(work)
        if (kept_at := replaced_at(work)) != place:
            raise ConfigurationError(f"--out {out}: the site that is kept is one of {kept_at}; name that folder.")
        number, dropped = number_in(work / REPLACED), dropped_from(history, work, effects)
        with waiting(work, effects) as private, staged(place, effects) as made:
            for name in KEPT:
                effects.copy(work / REPLACED / name, private / name)
            kept = work / REPLACED / SITE
            for file in sorted(each for each in kept.rglob("*") if each.is_file()):
                effects.copy(file, made / file.relative_to(kept))
            effects.remove(work / RECORD)  # of the site that goes
            aside = history / name if history and (name := put_aside(work)) else None
            record = _record(history, dropped, aside, work) if history and dropped else Record(spend=True)
            commit(made, place, work, effects, record)
    where = work / ROLLED_BACK / record.dropped_as if record.drop else None
    return RolledBack(place, number, where, bool(record.returning), aside)


def _record(history: Path, dropped: str, aside: Path | None, work: Path) -> Record:
    """What leaves the history, and what returns to it: only where nothing else would stand beside that."""
    returning = entries_in(aside) if aside and entries_in(history) == (dropped,) else ()
    return Record(
        history=named_from(history, work),
        drop=dropped,
        dropped_as=dropped_name(history, dropped, work),
        back=aside.name if aside and returning else "",
        returning=returning,
        spend=True,
    )


def dropped_from(history: Path | None, work: Path, effects: Effects) -> str:
    """The newest entry of the history, if it is of the site that stands; a trial has left none.

    One that cannot be read is known by its number.
    """
    known = present(history) if history else ()
    if history is None or not known:
        return ""
    try:
        own = made_by(work, entry_of(history, known[-1]), effects.environment.get(SALT, ""))
    except ConfigurationError:
        own = number_in(work) == known[-1]
    return file_name(known[-1]) if own else ""


def _nothing(work: Path) -> ConfigurationError:
    return ConfigurationError(
        f"There is nothing to roll back to: {work} keeps no replaced site; check out the earlier data or "
        "configuration, and build again."
    )
