"""Where a site is made and where it goes: beside the old one, which stands until the new one is whole.

A site is made in a folder beside the output folder and takes its place by renaming (`report.build.commit`). The
folder is only ever replaced when it is empty or carries the mark of an earlier build, so that a mistyped `--out`
costs nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from analysis.errors import ConfigurationError
from report.build import unchanged
from report.errors import DiskError, RenderError
from report.system.effects import Effects

WORK, KEPT, RECORD, SOURCE = unchanged.WORK, unchanged.KEPT, unchanged.RECORD, unchanged.SOURCE
REPLACED = "replaced"
"""In that folder, the site that the last build replaced, and its private files; one generation, for `rollback`."""
SITE = "site"
"""The site among them."""
CACHE = "cache"
"""What steps of earlier builds have made, in that folder; see `report.system.steps`."""
PARTS = "parts"
"""What earlier builds have read of a table of several files, in that folder."""
MARK = ".segment-atlas"
STAGING = re.compile(r"\.site-[0-9a-f]{12}")
"""The name of a folder in which a site is being made, or of one that a new site has replaced."""
MOUNTS = Path("/proc/self/mountinfo")
"""Of Linux: among others, every folder at which a disk or another folder is mounted."""
MARK_TEXT = "Made by Segment Atlas. A build replaces this folder whole; keep nothing else in it.\n"


def claim(out: Path, effects: Effects) -> Path:
    """The absolute output folder, once it is sure that a build may replace it.

    Raises ConfigurationError where it is a file, holds something else than a site, or cannot be written beside.
    """
    whole = out.expanduser().resolve()
    if whole.exists() and not whole.is_dir():
        raise ConfigurationError(f"--out {out}: this is a file; name a folder for the site.")
    here = Path.cwd()
    if whole == here or whole in here.parents:
        raise ConfigurationError(
            f"--out {out}: the site cannot replace the current folder or one above it; name a folder inside it."
        )
    if whole.is_dir() and not (whole / MARK).is_file() and effects.listing(whole):
        raise ConfigurationError(
            f"--out {out}: the folder holds files that are not a site of Segment Atlas, and a build would replace "
            "them; "
            "name another folder, or empty this one."
        )
    if mounted(whole):
        raise ConfigurationError(
            f"--out {out}: this folder is a mount point, and a build must rename its folder, which is not possible "
            "there; name a folder inside it, such as "
            f"{out / 'site'}."
        )
    _writable(out, whole.parent, effects)
    return whole


def mounted(folder: Path) -> bool:
    """Whether a disk, or another folder, is mounted at this one."""
    if os.path.ismount(folder):
        return True
    try:
        lines = MOUNTS.read_bytes().splitlines()
    except OSError:
        return False
    # Blanks, tabs, line ends and backslashes stand there by their octal codes.
    places = (re.sub(rb"\\([0-7]{3})", lambda code: bytes([int(code[1], 8)]), line.split()[4]) for line in lines)
    return os.fsencode(folder) in places


def _writable(out: Path, parent: Path, effects: Effects) -> None:
    try:
        effects.make(parent)
        with effects.locked(parent):
            probe = staging(parent / "probe", effects)
            effects.make(probe, new=True)
            effects.remove(probe)
    except DiskError as error:
        raise ConfigurationError(
            f"--out {out}: nothing can be written in {parent} ({error.reason}); "
            "name a folder elsewhere, or change its permissions."
        ) from None


def staging(out: Path, effects: Effects) -> Path:
    """A new name beside the output folder (same disk, so that renaming is possible), never used twice."""
    return out.with_name(f".site-{effects.fresh()}")


@contextmanager
def staged(out: Path, effects: Effects) -> Iterator[Path]:
    """An empty folder beside the output folder that is this build's own as long as it lives; gone afterwards."""
    with ExitStack() as held:
        with effects.locked(out.parent):
            made = staging(out, effects)
            effects.make(made, new=True)
            held.enter_context(effects.free(made))
        try:
            yield made
        finally:
            discard(made, effects)


def sweep(folder: Path, effects: Effects) -> None:
    """Remove what builds that were killed have left in the folder of a site; what a living one makes there stays."""
    if not folder.is_dir():  # a lock would make a file of that name
        return
    with effects.locked(folder), suppress(OSError, DiskError):
        for left in effects.listing(folder):
            if STAGING.fullmatch(left.name) and left.is_dir() and not left.is_symlink():
                with effects.free(left) as ownerless:
                    if ownerless:
                        discard(left, effects)


def discard(folder: Path, effects: Effects) -> None:
    """Remove what is no longer needed; where that cannot be, it is said and does no harm."""
    try:
        effects.remove(folder)
    except RenderError as error:
        effects.warn(f"A build left files that could not be removed; remove them by hand: {error}")
