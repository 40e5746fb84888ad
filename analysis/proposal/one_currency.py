"""A column that holds, in one currency, what another column of amounts holds in several."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.cells.currencies import normalised
from analysis.columns.appearance import Look
from analysis.headers.labels import WORDS
from analysis.headers.vocabulary import words_of
from analysis.proposal.settings import SpokenCurrency, own_currency

TOGETHER = 0.9
"""Rank correlation from which two columns of figures are the same amounts in other money."""
LEAST = 10
CODE = 3
"""Letters of a currency's code."""
CURRENCY = frozenset({"currency", "curr", "ccy", "cur", "wahrung", "waehrung", "devise", "moneda", "valuta", "moeda"})


def offered(looks: Sequence[Look], amount: str, said: SpokenCurrency) -> str:
    """The sentence that offers such a column in place of the amount; empty where there is none."""
    found = next((look for look in looks if look.header == amount), None)
    if found is None or len(said.found) < 2:
        return ""
    for look in looks:
        code = one_currency(look, looks)
        if look is not found and look.numeric and code and _same_money(found, look):
            aside = ", and take `data.currency_column` out" if said.coded else ""
            lines = f"`transactions.amount: {look.header}` and `site.currency: {code}`"
            return f" Or count “{look.header}”, in {code}: write {lines}{aside}."
    return ""


def one_currency(look: Look, looks: Sequence[Look]) -> str | None:
    """The one currency of a column by its cells, its header, or the column of currencies that its name goes with."""
    if own := own_currency(look):
        return own
    words = [word.upper() for word in words_of(look.header) if len(word) == CODE]
    codes = [found for word in words if word not in WORDS and (found := normalised(word))]
    if len(codes) == 1:
        return codes[0]
    own_words = set(words_of(look.header))
    for other in (each for each in looks if len(each.levels) == 1):
        named = set(words_of(other.header))
        if named & CURRENCY and (named - CURRENCY) & own_words:
            return normalised(other.levels[0])
    return None


def _same_money(one: Look, other: Look) -> bool:
    import pandas as pd  # noqa: PLC0415 (already loaded with the table)

    both = np.isfinite(one.figures) & np.isfinite(other.figures)
    if both.sum() < LEAST:
        return False
    ranked = pd.Series(one.figures[both]).corr(pd.Series(other.figures[both]), method="spearman")
    return bool(ranked >= TOGETHER)
