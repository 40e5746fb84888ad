#!/bin/sh
# pyreadstat 1.3.7: value labels cannot be had as ordered categories where one answer of the column is missing.
#
# read_sav(apply_value_formats=True, formats_as_ordered_category=True) is documented to make ordered categories of labels.
# One would guess: an ordered categorical with NaN where there is no answer, as pandas has it; formats_as_category does so.
# Seen: ValueError, “Categorical categories cannot be null”, from pandas, without the column's name. It takes one missing
# answer in one labelled column of the file; where all rows are answered it works.
# The same option called on the same file without gaps returns the right order, so the failure depends on the respondents.
# Why it matters: nearly every survey has a missing answer, so the one option for ordered scales cannot be used on it; the
# levels have to be built from the metadata (variable_value_labels), in the order of their codes.
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

LABELS = {"q": {1.0: "low", 2.0: "medium", 3.0: "high"}}


def levels(answers):
    pyreadstat.write_sav(pd.DataFrame({"q": answers}), "survey.sav", variable_value_labels=LABELS)
    read = pyreadstat.read_sav("survey.sav", apply_value_formats=True, formats_as_ordered_category=True)[0]
    return list(read["q"].cat.categories)


answered = levels([1.0, 2.0, 3.0])
print("all answered:", answered)
try:
    print("one missing:", levels([1.0, 2.0, float("nan")]))
    sys.exit(1)
except ValueError as error:
    print("one missing:", error)
    sys.exit(0 if answered == ["low", "medium", "high"] and "cannot be null" in str(error) else 1)
PROGRAM
