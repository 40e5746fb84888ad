"""In place of `segment-atlas` where a test is about the workflows: what it reads and writes, and nothing between.

A table with the word `lost` has lost a segment; one with `broken` cannot be built.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

# ruff: noqa: T201 (it is a program)

HISTORY = Path("data/history")


def build(words: list[str]) -> int:
    table = Path("data/Mall_Customers.csv").read_bytes()
    if b"broken" in table:
        print("data/Mall_Customers.csv: the table is broken.", file=sys.stderr)
        return 3
    entries = sorted(HISTORY.glob("*.json"))
    last = json.loads(entries[-1].read_text(encoding="utf-8")) if entries else None
    inputs = hashlib.sha256(table).hexdigest()
    again = last is not None and last["inputs"] == inputs
    number = len(entries) + (not again)
    fitted = {"number": number, "date": os.environ["SOURCE_DATE_EPOCH"], "fitted": "always", "fitted_in": number}
    contract = {"edition": fitted, "lost": b"lost" in table}
    assigned = Path("build/assignments.csv")
    contract["customers"] = assigned.is_file() and assigned.read_text(encoding="utf-8")
    for folder in (HISTORY, Path("_site/data"), Path("build")):
        folder.mkdir(parents=True, exist_ok=True)
    if not again and "--trial" not in words:
        made = json.dumps({"inputs": inputs, "contract": contract})
        (HISTORY / f"{number:04}.json").write_text(made, encoding="utf-8")
    for file in (Path("_site/data/analysis.json"), Path("build/analysis.json")):
        file.write_text(json.dumps(contract), encoding="utf-8")
    assigned.write_text(f"of build {number}", encoding="utf-8")
    return 0


def diff(words: list[str]) -> int:
    new = json.loads(Path(words[1], "data/analysis.json").read_text(encoding="utf-8"))
    print(f"Since {Path(words[0]).stem}: {'a segment is lost' if new['lost'] else 'sizes changed'}.")
    print(f"Private files: {new['customers']}.")
    return int(new["lost"])


def check(_: list[str]) -> int:
    return 0


if __name__ == "__main__":
    sys.exit({"build": build, "diff": diff, "check": check}[sys.argv[1]](sys.argv[2:]))
