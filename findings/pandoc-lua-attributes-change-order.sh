#!/bin/sh
# pandoc 3.9 (wheel pypandoc_binary 1.17): attributes that a Lua filter gives as a table with names are written in another
# order from run to run, for the same document and the same filter.
#
# Pandoc is known for the same output from the same input, and its manual shows attributes given as such a table.
# One would guess: one order, that of the table's text or of the alphabet.
# Seen: of 40 runs of one filter with three attributes, several different HTML files. Given as a list of pairs the order
# is kept in all runs. Lua hashes the names with a seed of its own in each process, and pandoc keeps what it is handed.
# Why it matters: a site that is rebuilt from unchanged data should not change by a byte; here a table's box came out
# differently in every other build, so caches, digests and reviews of differences saw changes where none were.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pypandoc_binary==1.17
cd "$folder"
"$folder/venv/bin/python" - <<'PROGRAM'
import subprocess
import sys

import pypandoc

NAMED = 'function Div(d) d.attr = pandoc.Attr("", {}, { role = "region", tabindex = "0", label = "Sizes" }) return d end'
LISTED = (
    'function Div(d) d.attr = pandoc.Attr("", {}, '
    '{ { "role", "region" }, { "tabindex", "0" }, { "label", "Sizes" } }) return d end'
)


def outputs(program: str) -> set[str]:
    with open("filter.lua", "w") as file:
        file.write(program)
    command = [pypandoc.get_pandoc_path(), "--from", "markdown", "--to", "html", "--lua-filter", "filter.lua"]
    runs = (subprocess.run(command, input="::: x\nWords.\n:::\n", capture_output=True, text=True) for _ in range(40))
    return {run.stdout for run in runs}


named, listed = outputs(NAMED), outputs(LISTED)
print(f"as a table with names: {len(named)} different outputs; as a list of pairs: {len(listed)}")
print(*sorted(named), sep="")
sys.exit(0 if len(named) > 1 and len(listed) == 1 else 1)
PROGRAM
