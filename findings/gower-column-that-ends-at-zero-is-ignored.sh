#!/bin/sh
# gower 0.1.2: a numeric column whose largest value is 0 has no part in the distances.
#
# Gower (1971) divides the difference of two values by the column's range (largest less smallest).
# One would guess: balances from -900 to 0 count like balances from -899 to 1.
# Seen: with a largest value of 0 every difference of that column is 0, without a word; all of it moved up by 1, the same
# rows are as far apart as they should be. The range is taken as |1 - smallest / largest|, and as 0 where the largest is 0.
# Why it matters: overdrafts, discounts, refunds and changes since last year are columns that end at 0, whenever nobody
# in the table is above it. Clusters by such distances leave out a column that the analyst believes to be in them, and
# the next export, with one customer at +1, is divided by it again.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check gower==0.1.2 numpy==2.4.6 pandas==3.0.1 scipy==1.17.1
"$folder/venv/bin/python" -W ignore - <<'PROGRAM'
import sys

import gower
import numpy as np
import pandas as pd

table = pd.DataFrame({"balance": [-900.0, -400.0, -50.0, 0.0], "visits": [1.0, 2.0, 3.0, 5.0]})
seen = gower.gower_matrix(table)
visits_alone = gower.gower_matrix(table[["visits"]]) / 2
moved = gower.gower_matrix(table.assign(balance=table["balance"] + 1))
parts = [np.abs(values[:, None] - values) / np.ptp(values) for values in table.to_numpy().T]
right = (parts[0] + parts[1]) / 2
print("largest 0:", seen[0], "visits alone:", visits_alone[0], "moved by 1:", moved[0], "by hand:", right[0], sep="\n")
ignored = np.allclose(seen, visits_alone, atol=1e-6) and not np.allclose(seen, right, atol=1e-2)
sys.exit(0 if ignored and np.allclose(moved, right, atol=1e-6) else 1)
PROGRAM
