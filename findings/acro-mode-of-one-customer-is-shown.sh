#!/bin/sh
# acro 1.0.2: with suppression on, the mode of a group of one customer is shown, and judged “ok”.
#
# acro judges tables before they leave a secure setting; with suppress=True it leaves out cells that fail its checks.
# One would guess: a cell of one customer is left out whatever the statistic, as the mean and the median are.
# Seen: aggfunc="mode" has no threshold check. The mode of one customer is her own value, and it stands in the table
# whose other statistics withhold that cell. Status “review”, outcome “ok”.
# Why it matters: most columns of categories and of whole numbers are described by their mode.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check acro==1.0.2 pandas==2.3.3
cd "$folder"
"$folder/venv/bin/python" - <<'PROGRAM'
import logging
import sys
import warnings

import pandas as pd
from acro import ACRO

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
rows = pd.DataFrame({"group": ["many"] * 40 + ["one"], "income": [*range(40), 98_765]})
session = ACRO(suppress=True)
shown = {}
for statistic in ("mean", "median", "mode"):
    shown[statistic] = session.pivot_table(rows, values="income", index="group", aggfunc=statistic).loc["one", "income"]
outcome = session.results.get_index(2).outcome.loc["one", "income"]
print(shown, outcome)
seen = pd.isna(shown["mean"]) and pd.isna(shown["median"]) and shown["mode"] == 98_765 and outcome == "ok"
sys.exit(0 if seen else 1)
PROGRAM
