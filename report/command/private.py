"""Files about single customers: written where the analyst says, and never where they would be published or lost."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import ConfigurationError
from report.build.publish import MARK
from report.errors import RenderError

if TYPE_CHECKING:
    from report.system.effects import Effects

SITE = "_site"


def private_place(out: Path, kept: Iterable[Path] = (), option: str = "-o") -> Path:
    """The absolute path of a file about customers, named by `option`, once it is sure that it may be written there.

    Raises ConfigurationError where it lies in a site, which is published, or would replace a folder or one of the files
    `kept`.
    """
    whole = out.expanduser().resolve()
    if whole.is_dir():
        raise ConfigurationError(f"{option} {out}: this is a folder; name a file in it.")
    published = next((each for each in whole.parents if each.name == SITE or (each / MARK).is_file()), None)
    if published:
        raise ConfigurationError(
            f"{option} {out}: the folder {published.name} is a site, which gets published, and this file holds "
            "data about single customers; name another "
            "folder."
        )
    if any(whole == each.expanduser().resolve() for each in kept):
        raise ConfigurationError(
            f"{option} {out}: this file is still needed and would be overwritten; name another file."
        )
    return whole


def write_asked(place: Path, content: str, effects: Effects, option: str = "-o") -> None:
    """Write a file where the command line asks for it. Raises ConfigurationError where it cannot be written."""
    try:
        effects.write(place, content)
    except RenderError as error:
        raise ConfigurationError(f"{option}: {error}") from None
