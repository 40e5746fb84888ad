"""What `acro` says of the tables in `asked.json`, written to `answered.json`. Run in a virtual environment of its own.

Usage: `python oracle_acro.py FOLDER`. Each table is a cross-tabulation of counts, or of means of a column.
"""

import json
import logging
import sys
from pathlib import Path

import pandas as pd
from acro import ACRO

TOTAL = "(everybody)"


def main() -> None:
    """Ask for each table and keep what is said of each cell."""
    logging.disable(logging.CRITICAL)
    folder = Path(sys.argv[1])
    session = ACRO(suppress=False)
    answers = []
    for place, one in enumerate(json.loads((folder / "asked.json").read_text(encoding="utf-8"))):
        rows = pd.read_csv(folder / one["file"])
        index, columns = rows[one["index"]].astype(str), pd.Series(TOTAL, index=rows.index)
        if one["columns"]:
            columns = rows[one["columns"]].fillna("(missing)").astype(str)
        if one["values"]:
            session.crosstab(index, columns, values=rows[one["values"]], aggfunc="mean")
        else:
            session.crosstab(index, columns)
        outcome = session.results.get_index(place).outcome
        answers.append({f"{row}|{column}": outcome.loc[row, column] for row in outcome.index for column in outcome})
    (folder / "answered.json").write_text(json.dumps(answers), encoding="utf-8")


if __name__ == "__main__":
    main()
