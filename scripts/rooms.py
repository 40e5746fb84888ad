#!/usr/bin/env python
"""Counts the rooms of a work tree: folders of modules, the floors they stand on, and what is still loose.

    python scripts/rooms.py [FOLDER]

A room is a folder of Python modules; a module that stands beside the rooms of its part is loose. A room stands one
floor above the highest of the rooms that it imports; rooms that import each other in a circle share one. Imports that
are made inside functions or for types alone count like all others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

import grimp

PARTS = ("analysis", "report")


def room_of(module: str, packages: frozenset[str]) -> str:
    """The folder of a module; a loose module is a room of its own."""
    if module in packages:
        return module
    parent = module.rpartition(".")[0]
    return module if parent in PARTS else parent


def circles(arrows: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups that can be gone round, by the arrows between them; each sorted."""
    reached = {start: _reached(start, arrows) for start in arrows}
    found = {
        tuple(sorted({other for other in reached[start] if start in reached.get(other, set())}))
        for start in arrows
        if start in reached[start]
    }
    return [list(group) for group in sorted(found)]


def _reached(start: str, arrows: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(arrows.get(start, ()))
    while waiting:
        if (here := waiting.pop()) not in seen:
            seen.add(here)
            waiting.extend(arrows.get(here, ()))
    return seen


def floors(arrows: Mapping[str, set[str]]) -> int:
    """On how many floors the rooms stand."""
    reached = {room: _reached(room, arrows) for room in arrows}
    below = {room: {other for other in reached[room] if room not in reached.get(other, set())} for room in arrows}
    height: dict[str, int] = {}

    def floor(room: str) -> int:
        if room not in height:
            height[room] = 1 + max((floor(other) for other in below.get(room, ())), default=0)
        return height[room]

    return max(map(floor, arrows), default=0)


def counted(part: str, root: Path) -> Iterator[tuple[str, object]]:
    """What there is to be told of a part."""
    graph = grimp.build_graph(part, cache_dir=None)
    packages = frozenset(module.rpartition(".")[0] for module in graph.modules)
    modules = {
        module: {other for other in graph.find_modules_directly_imported_by(module) if other.startswith(f"{part}.")}
        for module in graph.modules
    }
    rooms: dict[str, set[str]] = {}
    for module, imported in modules.items():
        if module == part:
            continue
        room = room_of(module, packages)
        rooms.setdefault(room, set()).update({room_of(each, packages) for each in imported} - {room})
    lines = [len(file.read_text(encoding="utf-8").splitlines()) for file in (root / part).rglob("*.py")]
    yield "rooms", len(rooms)
    yield "floors", floors(rooms)
    yield "arrows", sum(map(len, rooms.values()))
    yield "loose files", sum(room.count(".") == 1 and room not in packages for room in rooms)
    yield "circles of rooms", len(circles(rooms))
    yield "circles of modules", len(circles(modules))
    yield "files", len(lines)
    yield "lines", sum(lines)
    yield "lines of a file (median)", int(median(lines))


def main() -> None:
    """Print the counts of both parts side by side."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").absolute()
    sys.path.insert(0, str(root))
    analysis, report = (dict(counted(part, root)) for part in PARTS)
    width = max(map(len, analysis))
    sys.stdout.write(f"{'':{width}}  {'analysis/':>9}  {'report/':>9}\n")
    for name, count in analysis.items():
        sys.stdout.write(f"{name:{width}}  {count:>9}  {report[name]:>9}\n")


if __name__ == "__main__":
    main()
