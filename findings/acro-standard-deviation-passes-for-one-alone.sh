#!/bin/sh
# acro 1.0.2: of a table of standard deviations every group fails, except a group of one customer.
#
# One would guess: a group of 40 passes the threshold of 10, a group of one fails it.
# Seen: the check of degrees of freedom takes those of the whole output, 0, so that all groups fail it (“dof=0 < 10”),
# while the cell of one customer, whose standard deviation is not a number, is “ok”. With suppression on, the whole
# table is empty.
# Why it matters: whoever compares with acro must not take its verdict on spreads for one on the cells.
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
rows = pd.DataFrame({"group": ["many"] * 40 + ["more"] * 30 + ["one"], "income": [*range(70), 98_765]})
session = ACRO(suppress=False)
session.pivot_table(rows, values="income", index="group", aggfunc="std")
outcome = session.results.get_index(0).outcome["income"].str.strip("; ").to_dict()
print(outcome, session.results.get_index(0).summary)
sys.exit(0 if outcome == {"many": "MinimumDoFCheck", "more": "MinimumDoFCheck", "one": "ok"} else 1)
PROGRAM
