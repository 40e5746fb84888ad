"""In place of `segment-atlas` where a test is about the workflows: what it reads and writes, and nothing between.

A table with the word `lost` has lost a segment; one with `broken` cannot be built. With the variable OTHERWISE a trial
finds other segments than the build that it repeats.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from analysis.contract import Provenance
from analysis.history.inputs import inputs_of

# ruff: noqa: T201 (it is a program)

HISTORY = Path("data/history")
SITE = Path("_site/data/analysis.json")


def build(words: list[str]) -> int:
    table = Path("data/Mall_Customers.csv").read_bytes()
    record = Path("build/record.json")
    if record.is_file() and record.read_text(encoding="utf-8") == hashlib.sha256(table).hexdigest():
        return 0  # nothing has changed
    if b"broken" in table:
        print("data/Mall_Customers.csv: the table is broken.", file=sys.stderr)
        return 3
    entries = sorted(HISTORY.glob("*.json"))
    last = json.loads(entries[-1].read_text(encoding="utf-8")) if entries else None
    made = Provenance(
        source="t",
        data_sha256=hashlib.sha256(table).hexdigest(),
        configuration_sha256="",
        code_version="1",
        libraries={},
        seed=0,
    )
    inputs = inputs_of(made, "")
    again = last is not None and last["inputs"] == inputs
    number = len(entries) + (not again)
    size = len(table.splitlines()) + ("OTHERWISE" in os.environ and "--trial" in words)
    assigned = Path("build/assignments.csv")
    contract = {
        "provenance": json.loads(made.model_dump_json()),
        "edition": {
            "number": number,
            "date": os.environ.get("SOURCE_DATE_EPOCH"),
            "fitted": "always",
            "fitted_in": number,
        },
        "segments": [{"id": 1, "slug": "a", "name": "A", "size": size, "share": 1.0}],
        "lost": b"lost" in table,
        "private": assigned.read_text(encoding="utf-8") if assigned.is_file() else "not at hand",
    }
    for folder in (HISTORY, SITE.parent, Path("build")):
        folder.mkdir(parents=True, exist_ok=True)
    if not again and "--trial" not in words:
        entry = json.dumps({"inputs": inputs, "contract": contract})
        (HISTORY / f"{number:04}.json").write_text(entry, encoding="utf-8")
    for file in (SITE, Path("build/analysis.json")):
        file.write_text(json.dumps(contract), encoding="utf-8")
    assigned.write_text(f"of build {number}", encoding="utf-8")
    record.write_text(hashlib.sha256(table).hexdigest(), encoding="utf-8")
    return 0


def diff(words: list[str]) -> int:
    new = json.loads(Path(words[1], "data/analysis.json").read_text(encoding="utf-8"))
    print(f"Since {Path(words[0]).stem}: {'a segment is lost' if new['lost'] else 'sizes changed'}.")
    print(f"Private files: {new['private']}.")
    if new["lost"]:
        print("A limit is passed.", file=sys.stderr)
    return int(new["lost"])


def check(_: list[str]) -> int:
    return 0


if __name__ == "__main__":
    sys.exit({"build": build, "diff": diff, "check": check}[sys.argv[1]](sys.argv[2:]))
