"""Write the tables of the cases anew: `python -m tests.exports.cases.generate`.

The tables are committed, and a test holds them against what is written here. Seven more came as they are: those of the
folders that no module of `made` names.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.exports.made import kinds, known, languages, lists, marketplaces, payments, shops

CASES = Path(__file__).parent


def made() -> dict[str, dict[str, Callable[[], str]]]:
    """Folder → file → what writes its text."""
    parts = (shops, marketplaces, payments, lists, languages, kinds, known)
    return {name: files for part in parts for name, files in part.CASES.items()}


def main() -> None:
    for name, files in made().items():
        folder = CASES / name
        folder.mkdir(exist_ok=True)
        for file, make in files.items():
            (folder / file).write_text(make(), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
