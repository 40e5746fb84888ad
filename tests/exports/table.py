"""`make exports`: what becomes of each layout, as a Markdown table; the exit status is 1 if a figure is wrong.

Run: python -m tests.exports.table [names of cases]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from tests.exports.verdicts import ASKED, REFUSED, RIGHT, WRONG, Verdict, cases, judged

HEADER = ("layout", "rows", "customers", "orders", "revenue", "verdict")


def table(verdicts: Sequence[Verdict]) -> str:
    """The table, the counts, and why what is wrong is wrong."""
    lines = [
        f"| {' | '.join(HEADER)} |",
        "|---|--:|--:|--:|--:|---|",
        *(
            f"| {each.layout} | {each.rows} | {each.customers} | {each.orders} | {each.revenue} | {each.verdict} |"
            for each in verdicts
        ),
    ]
    counts = Counter(each.verdict for each in verdicts)
    told = ", ".join(f"{counts[verdict]} {verdict.lower()}" for verdict in (RIGHT, ASKED, REFUSED, WRONG))
    wrong = [f"- {each.layout}: {each.why}" for each in verdicts if each.verdict == WRONG]
    return "\n".join([*lines, "", f"{len(verdicts)} layouts: {told}.", *(["", *wrong] if wrong else [])])


def main() -> None:
    named = sys.argv[1:]
    verdicts = [judged(folder) for folder in cases() if not named or folder.name in named]
    print(table(verdicts))  # noqa: T201 (what the command is for)
    sys.exit(any(each.verdict == WRONG for each in verdicts))


if __name__ == "__main__":
    main()
