"""Whether a build has nothing to do, asked before anything of the command is imported.

The same input makes the same bytes. So a build leaves a record of what it was asked, what it read, what it ran with and
what it made, all as digests; where each of them is as it was, the site is, too. The front door asks for the words of
the command line that are plain. Where they are not, or something is left to tidy up, the command itself asks the same
(`report.build.build_record`), with the same answer.

What is imported here is a third of what such a build takes: the standard library without `typing`, `dataclasses`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from report.system.code import code, libraries
from report.system.contents import contents
from report.system.inputs import inputs

WORK = Path("build")
"""Where a build keeps what stays private, from the current folder."""
KEPT = ("analysis.json", "assignments.csv", "rejected.csv", "model.json")
RECORD = "record.json"
"""What an earlier build went by, in that folder."""
SOURCE = "site-src"
"""The generated Quarto project, in that folder."""
OUT = Path("_site")
"""Where a site goes unless another folder is named."""
PATHS = ("--config", "--data")
VALUES = ("--features", "--k", "--id", "--sheet")
"""Options of `build` about the table, as they are typed."""
BEGUN = ("next", "publishing.json")
"""What a build that was killed leaves in its folder."""
ORDINARY = "{}"
"""What is asked about earlier builds where no option says anything of them."""
CODE = (Path(__file__).parents[1], Path(__file__).parents[2] / "analysis")
VARIABLES = ("SOURCE_DATE_EPOCH", "QUARTO_PATH", "PYPANDOC_PANDOC", "PAGEFIND_BINARY_PATH", "SEGMENT_ATLAS_SALT")


class PlainWords:
    """A command line `build …` that leaves nothing open."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Raises ValueError for one that the command itself has to read."""
        self.quiet = False
        given: dict[str, str] = {}
        left = list(arguments)
        if not left or left.pop(0) != "build":
            raise ValueError
        while left:
            option, equals, value = left.pop(0).partition("=")
            if option == "--quiet" and not equals:
                self.quiet = True
                continue
            value = value if equals else left.pop(0) if left else ""
            if option not in (*PATHS, *VALUES, "--out", "--renderer") or not value or not _plain(value):
                raise ValueError
            given[option] = value
        self.out = Path(given.pop("--out", OUT))
        self.renderer = given.pop("--renderer", "auto")
        self.asked = asked({option: given[option] for option in given})


def _plain(value: str) -> bool:
    return value.isprintable() and not value.startswith("-")


def asked(given: Mapping[str, object]) -> str:
    """What was asked about the table, as the record has it: option → value, of those that were given."""
    words = {name: str(Path(str(value)) if name in PATHS else value) for name, value in given.items()}
    return json.dumps(words, sort_keys=True)


def told(out: Path) -> str:
    """What is said where there is nothing to do."""
    return f"Nothing has changed since {out} was built, so it was not built again (--again builds it anyway)."


def nothing_to_do(words: PlainWords, environment: Mapping[str, str]) -> bool:
    """Whether it is sure by this look alone that the site which stands is the one that would be made."""
    out, work = words.out.absolute(), WORK.absolute()
    if environment.get("QUARTO_PATH") or os.name != "posix":  # the command itself knows what to say of it
        return False
    if any((work / name).exists() for name in BEGUN) or _left(out.parent):
        return False
    import shutil  # noqa: PLC0415 (where there is a site)

    path = environment.get("PATH", os.defpath)
    quarto = shutil.which("quarto", path=path) or shutil.which("quarto", path=str(Path(sys.prefix) / "bin"))
    return holds((words.asked, words.renderer, ORDINARY), out, work, lambda: ran(environment, quarto))


def _left(folder: Path) -> bool:
    """Whether a site is being made there, or was when a build was killed."""
    try:
        return any(name.startswith(".site-") for name in os.listdir(folder))  # noqa: PTH208 (as fast as can be)
    except OSError:
        return True


def holds(asked: Sequence[str], out: Path, work: Path, running: Callable[[], str]) -> bool:
    """Whether all is as the last build left it; `running`: a digest of what runs."""
    try:
        record = json.loads((work / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(record, dict) or not isinstance(read := record.get("read"), dict):
        return False
    if record.get("asked") != whole(asked, out):  # before a folder is read through that may be anybody's
        return False
    places = record.get("places")
    if not isinstance(places, list) or read != inputs(map(Path, places)):
        return False
    remembered = record.get("remembered")
    if not isinstance(remembered, dict):
        return False
    return bool(record == record_of(asked, out, work, (places, read, remembered), running()))


def record_of(
    asked: Sequence[str],
    out: Path,
    work: Path,
    taken: tuple[list[str], Mapping[str, str], Iterable[str]],
    running: str,
) -> dict[str, object]:
    """What a build leaves; of its own folder, which may hold much else, what every build puts there.

    `taken`: the places and files that it read, and the places of earlier builds, as it leaves them.
    """
    places, read, builds = taken
    made = (out, *(work / name for name in (*KEPT, SOURCE)))
    return {
        "asked": whole(asked, out),
        "places": places,
        "read": read,
        "remembered": {place: contents(Path(place)) for place in builds},
        "ran": running,
        "made": [contents(place) for place in made],
    }


def whole(asked: Sequence[str], out: Path) -> list[str]:
    """The words of a command, and the folders that they start from."""
    return [*asked, str(out), str(Path.cwd())]


def ran(environment: Mapping[str, str], quarto: str | None) -> str:
    """A digest of the code and of Quarto, by their content, of the libraries, by their versions, and of variables."""
    found = repr([environment.get(name) for name in VARIABLES])
    return hashlib.sha256(f"{found}\0{libraries()}\0{code(CODE)}\0{_program(quarto)}".encode()).hexdigest()


def _program(quarto: str | None) -> str:
    """Of Quarto the command, which is short, and the file that says its version."""
    if quarto is None:
        return ""
    command = Path(quarto).resolve()
    return f"{quarto}\0{command}\0{code((command, command.parents[1] / 'share/version'))}"
