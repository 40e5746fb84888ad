"""Transactions as the CDNOW file has them: customer, day, pieces and dollars, set apart by spaces, half buying once."""

from __future__ import annotations

import numpy as np

CUSTOMERS, TRANSACTIONS = 23_570, 69_659
"""Of the whole file."""
FIRST_DAY, DAYS = np.datetime64("1997-01-01"), 546


def cdnow(customers: int = CUSTOMERS, transactions: int = TRANSACTIONS, seed: int = 3, sign: str = " ") -> str:
    """The text of the file, which has a header here: `id date qty amount`, the date as yyyymmdd."""
    generator = np.random.default_rng(seed)
    again = generator.permutation(customers)[: customers // 2]
    weights = generator.gamma(0.6, 1.0, len(again))
    extra = generator.choice(again, transactions - customers, p=weights / weights.sum())
    who = np.sort(np.concatenate([np.arange(customers), extra]))
    days = FIRST_DAY + _days(who, generator)
    pieces = 1 + generator.poisson(1.4, len(who))
    dollars = np.round(pieces * generator.gamma(12, 1.2, len(who)), 2)
    written = [str(day).replace("-", "") for day in days]
    cells = zip(who, written, pieces, dollars, strict=True)
    lines = [sign.join((f"{one + 1:05d}", day, f"{many}", f"{paid:.2f}")) for one, day, many, paid in cells]
    return "\n".join([sign.join(("id", "date", "qty", "amount")), *lines]) + "\n"


def _days(who: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """First purchases fall into the first quarter, the others at random after them; sorted within a customer."""
    first = np.concatenate([[True], who[1:] != who[:-1]])
    start = generator.integers(0, 84, who.max() + 1)[who]
    days = np.where(first, start, start + generator.integers(1, DAYS - 84, len(who)))
    return days[np.lexsort((days, who))]
