#!/bin/sh
# pyreadstat 1.3.7: durations of SPSS (formats DTIME and TIME) of a day or more lose their whole days.
#
# SPSS stores a duration in seconds; DTIME shows it as days and hours, TIME as hours, of which there may be more than 24.
# One would guess: a timedelta, or the seconds.
# Seen: a datetime.time, the rest of the division by a day: 45 days and 3 hours are 03:00:00, 25 hours are 01:00:00, and
# exactly 2 days are 00:00:00. No warning. disable_datetime_conversion=True gives the seconds and is right.
# Why it matters: “time since the last purchase” and “time to complete” are such columns; the longest become the shortest,
# so lapsed customers look like yesterday's.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PROGRAM'
import datetime as dt
import sys

import pandas as pd
import pyreadstat

hour = 3600.0
table = pd.DataFrame({"since": [45 * 24 * hour + 3 * hour, 48 * hour], "took": [25 * hour, 1 * hour]})
pyreadstat.write_sav(table, "survey.sav", variable_format={"since": "DTIME20", "took": "TIME8"})
read = pyreadstat.read_sav("survey.sav")[0]
raw = pyreadstat.read_sav("survey.sav", disable_datetime_conversion=True)[0]
print(read)
print(raw)
seen = (
    read["since"].tolist() == [dt.time(3), dt.time(0)]
    and read["took"].tolist() == [dt.time(1), dt.time(1)]
    and raw.equals(table)
)
sys.exit(0 if seen else 1)
PROGRAM
