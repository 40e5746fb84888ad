"""`python -m examples [NAME …]`: write the tables to `build/examples/NAME/`, all of them where none is named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from examples import demographic, transactions, wholesale
from examples.generated import Generated

TABLES: dict[str, tuple[Callable[[], Generated], str]] = {
    "demographic": (demographic.table, "customers.csv"),
    "transactions": (transactions.table, "invoices.csv"),
    "wholesale": (wholesale.table, "accounts.csv"),
}
FOLDER = Path("build/examples")


def main(names: list[str], folder: Path = FOLDER) -> int:
    """Write the tables; 2 where a name is none of theirs."""
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        sys.stderr.write(f"There is no example “{unknown[0]}”; name one of {', '.join(TABLES)}.\n")
        return 2
    for name in names or TABLES:
        table, file = TABLES[name]
        table().write(folder / name / file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
