"""A campaign table as a well-known public export has it: 29 columns behind tabs, two of them constant.

One date is written dd-mm-yyyy, incomes have gaps and one typing error of 666,666, and somebody was born in 1893.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

HEADER = (
    "ID", "Year_Birth", "Education", "Marital_Status", "Income", "Kidhome", "Teenhome", "Dt_Customer", "Recency",
    "MntWines", "MntFruits", "MntMeatProducts", "MntFishProducts", "MntSweetProducts", "MntGoldProds",
    "NumDealsPurchases", "NumWebPurchases", "NumCatalogPurchases", "NumStorePurchases", "NumWebVisitsMonth",
    "AcceptedCmp3", "AcceptedCmp4", "AcceptedCmp5", "AcceptedCmp1", "AcceptedCmp2", "Complain", "Z_CostContact",
    "Z_Revenue", "Response",
)  # fmt: skip
GAPS = 24
EDUCATION = ("Basic", "2n Cycle", "Graduation", "Master", "PhD")
MARITAL = ("Married", "Together", "Single", "Divorced", "Widow")


def campaign(rows: int = 440, seed: int = 1) -> str:
    """The text of the file; half of the customers earn and buy little, half much."""
    generator = np.random.default_rng(seed)
    lines = [_line(number, generator) for number in range(rows)]
    for number in generator.choice(np.arange(10, rows), GAPS, replace=False):
        lines[number][4] = ""
    lines[3][4], lines[7][1] = "666666", "1893"
    return "\n".join("\t".join(cells) for cells in [HEADER, *lines]) + "\n"


def _line(number: int, generator: np.random.Generator) -> list[str]:
    rich = bool(generator.integers(2))
    income = generator.normal(72_000 if rich else 34_000, 7_000)
    spends = np.exp(generator.normal(5.6 if rich else 2.8, 0.6, 6))
    counts = generator.poisson((2, 6, 6, 8, 3) if rich else (3, 3, 1, 3, 7))
    since = date(2012, 7, 30) + timedelta(days=int(generator.integers(700)))
    cells: list[object] = [
        5000 + number * 7 % 11_191,
        generator.integers(1945, 1995),
        EDUCATION[generator.integers(5)],
        MARITAL[generator.integers(5)],
        round(income),
        generator.integers(2),
        generator.integers(2),
        since.strftime("%d-%m-%Y"),
        generator.integers(100),
        *np.rint(spends).astype(int),
        *counts,
        *(generator.uniform(size=5) < 0.07).astype(int),
        int(generator.uniform() < 0.02),
        3,
        11,
        int(generator.uniform() < 0.15),
    ]
    return [str(cell) for cell in cells]
