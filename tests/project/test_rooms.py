"""The house: no circles, few loose files, and every room says what it is for."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT / "scripts"))

from rooms import circles, counted, floors  # noqa: E402 (a script, which no package holds)

SAYS = re.compile(r"\nIn: .+\nOut: .+\nMay import: .+\n")


def test_rooms_that_import_each_other_are_a_circle_and_share_a_floor() -> None:
    arrows = {"roof": {"a"}, "a": {"b"}, "b": {"c", "cellar"}, "c": {"a"}, "cellar": set[str]()}
    assert circles(arrows) == [["a", "b", "c"]]
    assert floors(arrows) == 3
    assert circles({"a": {"b"}, "b": set()}) == []


@pytest.mark.parametrize(("part", "loose"), [("analysis", 3), ("report", 2)])
def test_no_circles_and_few_loose_files(part: str, loose: int) -> None:
    found = dict(counted(part, PROJECT))
    assert (found["circles of rooms"], found["circles of modules"], found["loose files"]) == (0, 0, loose)


@pytest.mark.parametrize("part", ["analysis", "report"])
def test_every_room_says_what_comes_in_what_goes_out_and_what_it_may_import(part: str) -> None:
    rooms = [file for file in (PROJECT / part).rglob("__init__.py") if file.parent.name not in {part, "layouts"}]
    silent = [file.parent.as_posix() for file in rooms if not SAYS.search(file.read_text(encoding="utf-8"))]
    assert silent == []
