"""`--previous`: an earlier build by its published site, a folder, or a file.

Whatever is named, what comes of it is an entry of a history: the published contract, made slim. The contract of a
build's own folder has yet to pass disclosure control, which it does here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from analysis.errors import ConfigurationError
from analysis.rounding.random_rounding import SALT
from report.system.addresses import without_password

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.contract import Contract
    from analysis.history.entry import HistoryEntry
    from report.system.effects import Effects

# A build without anything to do reads nothing of this.
# ruff: noqa: PLC0415

NONE = "none"
WEB = ("http", "https")
PUBLISHED = "data/analysis.json"
PRIVATE = "analysis.json"
OTHERWISE = "name another entry, or a published site"
"""What else can be done where it is not `build` that reads one."""
NUMBER = re.compile(r"\d{1,9}")


def on_the_web(named: str, option: str = "--previous") -> bool:
    """Whether what is named is an address, whose content nobody sees from here. Raises ConfigurationError for ftp."""
    scheme, mark, _ = named.partition("://")
    if not mark or Path(named).exists():
        return False
    if scheme.casefold() not in WEB:
        raise ConfigurationError(
            f"{option} {without_password(named)}: only http and https are read; name such an address, or a file."
        )
    return True


def nothing_named(option: str) -> str:
    """What is said of an empty name, such as that of a variable that is not set."""
    without = ", or leave the option out" if option.startswith("-") else ""
    return f"{option}: nothing is named; name a site, its address, or an entry of a history{without}."


def named_build(named: str, effects: Effects, option: str = "--previous") -> HistoryEntry:
    """The build that is named. Raises ConfigurationError, in one sentence, where there is none."""
    from analysis.history.folder import LARGEST, parsed

    if not named.strip():
        raise ConfigurationError(nothing_named(option))
    if on_the_web(named, option):
        address = _address(named, option)
        content, shown = effects.fetch(address, LARGEST), without_password(address)
        return parsed(content, shown, protecting(effects), _remedy(option))
    place = Path(named).expanduser()
    if not place.exists():
        raise ConfigurationError(
            f"{option} {named}: there is no such file or folder; name a site, its address, or an entry of a history."
        )
    return _in_folder(place, named, effects, option) if place.is_dir() else _of_file(place, effects, option)


def numbered_build(number: str, folder: Path | None) -> HistoryEntry:
    """A build of the history by its number. Raises ConfigurationError where there is none."""
    from analysis.history.folder import entry_of, present

    known = present(folder) if folder else ()
    if folder is None or int(number) not in known:
        which = f"it has {known[0]} to {known[-1]}" if known else "it has none"
        raise ConfigurationError(f"There is no build {number} in the history {folder or ''}".rstrip() + f"; {which}.")
    return entry_of(folder, int(number), OTHERWISE)


def _address(named: str, option: str) -> str:
    """Of the contract of a published site; the page that people copy may be its first one."""
    try:
        parts = urlsplit(named)
    except ValueError:
        raise ConfigurationError(f"{option} {without_password(named)}: this is no web address; check it.") from None
    path = parts.path.removesuffix("index.html")
    path = path if path.endswith(".json") else f"{path.rstrip('/')}/{PUBLISHED}"
    return parts._replace(path=path, fragment="").geturl()


def _in_folder(folder: Path, named: str, effects: Effects, option: str) -> HistoryEntry:
    from analysis.history.folder import entry_of, present

    for name in (PUBLISHED, PRIVATE):
        if (folder / name).is_file():
            return _of_file(folder / name, effects, option)
    known = present(folder)
    if not known:
        raise ConfigurationError(
            f"{option} {named}: the folder holds neither a site of Segment Atlas nor a history; name another."
        )
    return entry_of(folder, known[-1], _remedy(option))


def _of_file(file: Path, effects: Effects, option: str) -> HistoryEntry:
    from analysis.history.folder import read

    return read(file, protecting(effects), _remedy(option))


def _remedy(option: str) -> str:
    from analysis.history.folder import REMEDY

    return REMEDY if option == "--previous" else OTHERWISE


def protecting(effects: Effects) -> Callable[[Contract], Contract]:
    """Disclosure control for a contract that has yet to pass it: it has the digest of its table."""
    from report.disclosure import published

    def protect(contract: Contract) -> Contract:
        if contract.privacy.mode == "open" or contract.provenance.data_sha256 is None:
            return contract
        return published(contract, effects.environment.get(SALT, ""))

    return protect
