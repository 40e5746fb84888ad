#!/bin/sh
# pyreadstat 1.3.7 (and pandas 3.1.1): a SAS transport file (.xpt) with two tables.
#
# The format is a library: one file may hold many tables, each behind a MEMBER header record at a multiple of 80 bytes;
# SAS writes such a file with PROC COPY.
# One would guess: the first table, or an error that asks which table is meant.
# Seen: a table of 3 rows followed by one of 2 rows comes back as one table of 114 rows under the first one's column:
# the second table's header records and column descriptions are read as figures (3.7e-40 and the like), then its values.
# No error, no warning. read_xport of pyreadstat and read_sas of pandas agree.
# Why it matters: row counts and sums are wrong, the mean of the column is that of another table's text, and nothing says so.
# To guard against it: count the records that begin with “HEADER RECORD*******MEMBER ” (or MEMBV8) at multiples of 80.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PROGRAM'
import sys
from pathlib import Path

import pandas as pd
import pyreadstat

first, second = pd.DataFrame({"A": [1.0, 2.0, 3.0]}), pd.DataFrame({"B": [10.0, 20.0], "C": [5.0, 6.0]})
pyreadstat.write_xport(first, "one.xpt", table_name="ONE", file_format_version=5)
pyreadstat.write_xport(second, "two.xpt", table_name="TWO", file_format_version=5)
one, two = Path("one.xpt").read_bytes(), Path("two.xpt").read_bytes()
member = two.index(b"HEADER RECORD*******MEMBER ")
assert len(one) % 80 == 0 and member % 80 == 0, "both are whole records, so that one file may follow the other"
Path("library.xpt").write_bytes(one + two[member:])

by_pyreadstat = pyreadstat.read_xport("library.xpt")[0]
by_pandas = pd.read_sas("library.xpt", format="xport")
for name, read in (("pyreadstat", by_pyreadstat), ("pandas", by_pandas)):
    print(f"{name}: {len(read)} rows (the tables have 3 and 2), columns {list(read.columns)}")
    print(read["A"].head(6).tolist())
seen = all(len(read) == 114 and list(read.columns) == ["A"] for read in (by_pyreadstat, by_pandas))
sys.exit(0 if seen else 1)
PROGRAM
