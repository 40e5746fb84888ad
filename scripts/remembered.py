#!/usr/bin/env python
"""What the workflows ask about the history of a site. Run in the root of a checkout.

    python scripts/remembered.py place CONFIG     where the history is, and whether the table is committed
    python scripts/remembered.py state FOLDER     with what build the history ends, and a digest of all of it
    python scripts/remembered.py private ENTRY    whether the files in build/ and _site/ are of that build
    python scripts/remembered.py approval ENTRY   the word by which a person lets this very build pass
    python scripts/remembered.py fitted CONTRACT  whether the segments were found anew, and why

`place` and `state` print lines `name=value` for GITHUB_OUTPUT.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import AtlasError, ConfigurationError

if TYPE_CHECKING:
    from analysis.configuration import Configuration

NAME = re.compile(r"\d{4,}\.json")
LETTERS = 12
FITTED = {
    "first": "Segments were found anew: this is the first build that is remembered.",
    "always": "Segments were found anew, as `model: refit` asks for in every build.",
    "kept": "Segments were kept from build {fitted_in}; new customers were assigned to them.",
    "drifted": "Segments were found anew: customers have drifted from the kept ones.",
    "emptied": "Segments were found anew: a kept one had lost its customers.",
    "asked": "Segments were found anew: settings that decide them have changed.",
    "missing": "Segments were found anew: the last build's model was not at hand.",
}


def place(config: str) -> Iterator[str]:
    """The folder of the history below this one (empty: the site remembers nothing), and where the table stands."""
    from analysis.configuration import load_configuration  # noqa: PLC0415 (nothing else here needs it)

    configuration = load_configuration(Path(config))
    yield f"folder={_below(configuration.history)}"
    yield f"table={'committed' if committed(configuration) else 'elsewhere'}"


def _below(folder: Path | None) -> str:
    if folder is None:
        return ""
    root = Path.cwd().resolve()
    found = folder.resolve()
    if found == root or not found.is_relative_to(root):
        raise ConfigurationError(
            f"history.path: {folder} is no folder inside this repository; the workflow cannot commit it."
        )
    name = found.relative_to(root).as_posix()
    if not name.isprintable():
        raise ConfigurationError("history.path: the folder's name has control characters; rename it.")
    return name


def committed(configuration: Configuration) -> bool:
    """Whether everybody who can read the repository can read the whole table: each of its files stands in the commit.

    Compared are the bytes on the disk. Of a table that is decrypted or fetched here, the commit holds others.
    """
    if configuration.site.data.database:
        return False
    files = [file.resolve() for file in configuration.origin.files()]
    return all(_blob("hash-object", "--no-filters", "--", str(file)) == _committed(file) for file in files)


def _committed(file: Path) -> str:
    root = Path.cwd().resolve()
    return _blob("rev-parse", f"HEAD:{file.relative_to(root).as_posix()}") if file.is_relative_to(root) else "outside"


def _blob(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return done.stdout.strip() if done.returncode == 0 else f"none by {arguments[0]}"


def state(folder: str) -> Iterator[str]:
    """The entry of the newest build (empty: none), its number, and a digest of all entries."""
    entries = sorted(file for file in Path(folder).glob("*.json") if NAME.fullmatch(file.name)) if folder else []
    entries.sort(key=lambda file: int(file.stem))
    whole = hashlib.sha256()
    for file in entries:
        whole.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    yield f"newest={entries[-1].as_posix() if entries else ''}"
    yield f"number={int(entries[-1].stem) if entries else 0}"
    yield f"digest={whole.hexdigest()[:LETTERS]}"


def private(entry: str) -> Iterator[str]:
    """Made of the same inputs, and publishing the same segments."""
    from analysis.contract import Provenance  # noqa: PLC0415 (as above)
    from analysis.history.inputs import inputs_of  # noqa: PLC0415
    from analysis.rounding.random_rounding import SALT  # noqa: PLC0415

    told = _read(entry)
    try:
        made, site = _read("build/analysis.json"), _read("_site/data/analysis.json")
        inputs = inputs_of(Provenance.model_validate(made["provenance"]), os.environ.get(SALT, ""))
        same = told["inputs"] == inputs and _published(site) == _published(told["contract"])
    except (OSError, ValueError, LookupError):
        same = False
    yield str(same).lower()


def _published(contract: dict[str, Any]) -> list[object]:
    parts = [[one[key] for key in ("id", "slug", "name", "size", "share")] for one in contract["segments"]]
    return [contract["edition"]["number"], *parts]


def _read(file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
    return found


def approval(entry: str) -> Iterator[str]:
    """A digest of what a build published, but for its date, which another run may not share."""
    content = _read(entry)
    content["contract"]["edition"]["date"] = None
    yield hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:LETTERS]


def fitted(contract: str) -> Iterator[str]:
    """One sentence; none where nothing is remembered."""
    edition = _read(contract).get("edition")
    if edition:
        yield FITTED[edition["fitted"]].format(**edition)


ASKED = {"place": place, "state": state, "private": private, "approval": approval, "fitted": fitted}


def main(arguments: list[str]) -> None:
    """Print what is asked for; one sentence and an exit code where it cannot be told."""
    verb, argument = arguments
    try:
        for line in ASKED[verb](argument):
            print(line)  # noqa: T201
    except AtlasError as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main(sys.argv[1:])
