"""Processor time of `init` on wide tables and on long texts: `python -m tests.benchmarks.columns`.

The aim is 30 s on a table of 2,000 columns, and seconds where cells hold 2,000 characters.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.proposal.guess import propose

ROWS = 320


def figures(columns: int, gaps: float = 0.0) -> pd.DataFrame:
    """Normal figures with two decimals, some missing."""
    draw = np.random.default_rng(columns)
    frame = pd.DataFrame(draw.normal(50, 10, (ROWS, columns)).round(2), columns=[f"x{n}" for n in range(columns)])
    return frame.mask(draw.random(frame.shape) < gaps)


def answers(columns: int) -> pd.DataFrame:
    """Yes and no, levels and marks."""
    draw = np.random.default_rng(columns)
    kinds = (["Yes", "No"], ["never", "sometimes", "often"], [1, 2, 3, 4, 5])
    return pd.DataFrame({f"q{n}": draw.choice(kinds[n % 3], ROWS) for n in range(columns)})


def orders(columns: int) -> pd.DataFrame:
    """Lines of orders with several totals, and columns of money beside them that add up to none of them."""
    draw = np.random.default_rng(columns)
    lines = pd.DataFrame({"Order ID": np.repeat([f"A-{n:05}" for n in range(4000)], draw.integers(1, 5, 4000))})
    who, days = draw.integers(0, 900, 4000), draw.integers(0, 360, 4000)
    at = lines["Order ID"].str[2:].astype(int).to_numpy()
    lines["Email"] = [f"c{each}@example.com" for each in who[at]]
    lines["Order Date"] = (pd.Timestamp("2024-01-01") + pd.to_timedelta(days[at], "D")).strftime("%Y-%m-%d")
    lines["Line Total"] = draw.normal(50, 10, len(lines)).round(2)
    goods = lines.groupby("Order ID")["Line Total"].transform("sum").round(2)
    totals = {f"Total {n}": (goods + draw.integers(0, 9, 4000)[at]).round(2) for n in range(8)}
    beside = {f"Charge {n}": draw.normal(5, 1, len(lines)).round(2) for n in range(columns)}
    return lines.assign(**totals, **beside)


def texts(rows: int) -> pd.DataFrame:
    """Two figures beside four columns of 2,000 characters, with dates and figures among the words."""
    draw = np.random.default_rng(rows)
    words = np.array(["lorem", "12", "jan", "2024,", "1,234.50", "-", "31.12.2023", "mon", "dolor", "sit", "amet"])
    long = {f"t{n}": [" ".join(draw.choice(words, 400))[:2000] for _ in range(rows)] for n in range(4)}
    return pd.DataFrame({"x": draw.normal(5, 1, rows).round(2), "y": draw.normal(5, 1, rows).round(2), **long})


CASES: dict[str, Callable[[], pd.DataFrame]] = {
    "320 × 500 figures": lambda: figures(500),
    "320 × 2,000 figures": lambda: figures(2000),
    "320 × 2,000 figures, 5 % missing": lambda: figures(2000, 0.05),
    "320 × 2,000 answers": lambda: answers(2000),
    "10,000 lines of orders × 60 figures": lambda: orders(50),
    "3,000 rows of long texts": lambda: texts(3000),
}


def main() -> None:
    """Prints seconds of processor time, a case a line."""
    with tempfile.TemporaryDirectory() as folder:
        for name, table in CASES.items():
            file = Path(folder) / "t.csv"
            table().to_csv(file, index=False)
            start = time.process_time()
            propose(file)
            print(f"{time.process_time() - start:6.1f} s  {name}")  # noqa: T201 (what it is for)


if __name__ == "__main__":
    main()
