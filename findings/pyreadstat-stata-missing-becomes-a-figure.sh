#!/bin/sh
# pyreadstat 1.3.7: a plain missing value of Stata (.) becomes a figure where its column also has one with a reason (.a to .z).
#
# Stata has 27 missing values: . and .a to .z, which surveys use for “refused”, “not asked” and the like.
# read_dta(user_missing=True) is documented to deliver those with a reason as their letters.
# One would guess: letters where there is a reason, and NaN (or None) where there is none, as without the option.
# Seen: in a column of whole numbers, every plain missing value that comes after the first letter is a whole number: 0 in a
# fresh process, but in truth whatever stood in that memory before; after arrays full of 12345 were used and freed, it is
# 12345. Two runs of one program need not agree. output_format="dict" gives None and is right.
# Why it matters: “number of children” or “euros spent” gets figures that nobody answered; means move, zeros become a
# segment of their own, and the result depends on the order of the rows and on what the program did before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import pandas as pd
import pyreadstat

children = pd.Series([1, 2, "a", None, "b", 3, None], dtype=object)
pyreadstat.write_dta(pd.DataFrame({"children": children}), "survey.dta", missing_user_values={"children": ["a", "b"]})
plain = pyreadstat.read_dta("survey.dta")[0]["children"]
reasons = pyreadstat.read_dta("survey.dta", user_missing=True)[0]["children"]
right = pyreadstat.read_dta("survey.dta", user_missing=True, output_format="dict")[0]["children"]
print("without the option:", plain.tolist())
print("user_missing=True:", reasons.tolist())
print("as a dict:", list(right))
figures = [isinstance(reasons[row], int) and not pd.isna(reasons[row]) for row in (3, 6)]
seen = all(figures) and plain.isna().tolist()[2:] == [True, True, True, False, True]
sys.exit(0 if seen and list(right) == [1, 2, "a", None, "b", 3, None] else 1)
PROGRAM
