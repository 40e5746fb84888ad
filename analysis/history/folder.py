"""The history as it stands on the disk: a folder with a file for each build, from `0001.json` on.

Numbers follow one another; they may begin later than at 1, where the first builds were removed. Only the files that a
build needs are read, and whatever else stands in the folder is let be. Each fault is one sentence: what, where, and
what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from analysis.basics.as_read import special
from analysis.contract import Contract
from analysis.contract.document import SCHEMA_VERSION
from analysis.errors import ConfigurationError
from analysis.history.entry import HISTORY_VERSION, HistoryEntry, entry
from analysis.history.names import NAME, file_name
from analysis.history.sound import fault

REMEDY = "name another build with --previous, or start a new history with --fresh"
INCOMPLETE = "compare alone with --trial --previous FILE, or start a new history with --fresh"
"""What to do about a missing number: an entry more would not close the gap."""
LARGEST = 50_000_000
"""Bytes of a file of the history, or of a published contract."""


Protect = Callable[[Contract], Contract]
"""Disclosure control, for a contract that has yet to pass it."""


def as_it_is(contract: Contract) -> Contract:
    """A contract that was published."""
    return contract


def numbers(folder: Path) -> tuple[int, ...]:
    """The builds that are remembered there, the first one first; none where there is no such folder.

    Raises ConfigurationError where it is no folder, cannot be read, or a number is missing.
    """
    found = present(folder)
    for one, following in pairwise(found):
        if following != one + 1:
            raise ConfigurationError(
                f"{folder}: the history is incomplete: {file_name(one + 1)} is missing; restore it, {INCOMPLETE}."
            )
    return found


def present(folder: Path) -> tuple[int, ...]:
    """The same, although a number may be missing."""
    if not folder.exists():
        return ()
    if not folder.is_dir():
        raise ConfigurationError(
            f"{folder}: this is a file, and builds are remembered in a folder; rename it, or set history.path."
        )
    try:
        found = sorted(int(name[1]) for each in folder.iterdir() if (name := NAME.fullmatch(each.name)))
    except OSError as error:
        raise ConfigurationError(
            f"{folder}: the history cannot be read ({error.strerror}); check its permissions."
        ) from None
    return tuple(found)


def entry_of(folder: Path, number: int, remedy: str = REMEDY) -> HistoryEntry:
    """One entry. Raises ConfigurationError where it is damaged, of a newer version, or of another build.

    `remedy`: what the message names as what else can be done.
    """
    file = folder / file_name(number)
    found = read(file, remedy=remedy)
    if found.number != number:
        raise ConfigurationError(f"{file}: the file is of build {found.number}, not {number}; restore it, {remedy}.")
    return found


def read(file: Path, protect: Protect = as_it_is, remedy: str = REMEDY) -> HistoryEntry:
    """An entry or a contract, by its file. Raises ConfigurationError as `parsed`, or where it cannot be read."""
    if what := special(file):
        raise ConfigurationError(f"{file}: this is {what}; {remedy}.")
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise ConfigurationError(f"{file}: the history cannot be read ({error.strerror}); check the path.") from None
    return parsed(content, str(file), protect, remedy)


def parsed(content: bytes, place: str, protect: Protect = as_it_is, remedy: str = REMEDY) -> HistoryEntry:
    """An entry, or a contract made one once it is published. `place`: where it was found, for messages.

    Raises ConfigurationError where it is neither, is damaged, or a newer version of Segment Atlas wrote it.
    """
    found = _document(content, place, remedy)
    whole = "history_version" in found
    inner = found.get("contract") if whole else found
    newer = _newer(found, "history_version", HISTORY_VERSION) or (
        isinstance(inner, dict) and _newer(inner, "schema_version", SCHEMA_VERSION)
    )
    if newer:
        raise ConfigurationError(f"{place}: a newer Segment Atlas wrote this; update Segment Atlas, {remedy}.")
    try:
        made = (HistoryEntry if whole else Contract).model_validate(found)
    except ValidationError as error:
        key = ".".join(map(str, error.errors(include_url=False)[0]["loc"]))
        raise _damaged(place, f"at {key}", remedy) from None
    contract = made.contract if isinstance(made, HistoryEntry) else made
    if wrong := fault(contract):
        raise _damaged(place, f"at {'contract.' if whole else ''}{wrong}", remedy)
    return made if isinstance(made, HistoryEntry) else entry(protect(contract))


def _damaged(place: str, how: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(f"{place}: the file is damaged ({how}); restore it, {remedy}.")


def _document(content: bytes, place: str, remedy: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise ConfigurationError(
            f"{place}: the file is larger than {LARGEST // 1_000_000} MB, so it is no build of a site; {remedy}."
        )
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise _damaged(place, "no JSON", remedy) from None
    if not isinstance(found, dict) or not {"history_version", "schema_version"} & found.keys():
        raise ConfigurationError(f"{place}: this is no build of Segment Atlas; {remedy}.")
    return found


def _newer(found: dict[str, Any], key: str, known: str) -> bool:
    return _parts(found.get(key)) > _parts(known)


def _parts(version: object) -> tuple[int, ...]:
    known = isinstance(version, str) and re.fullmatch(r"\d{1,6}(\.\d{1,6})*", version)
    return tuple(int(part) for part in str(version).split(".")) if known else ()


def same_table(last: Contract, columns: Iterable[str]) -> bool:
    """Whether a build may be of the table of these columns: it has at least half of those that the build described.

    Columns come and go from one export to the next; a table that lacks most of them holds something else.
    """
    known = {one.name for one in last.data.features}
    return 2 * len(known & set(columns)) >= len(known)
