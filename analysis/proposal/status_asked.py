"""What is asked of columns that say what became of an order or of goods, where their words alone do not decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.columns.appearance import Look
from analysis.proposal.evidence import FEWEST_ORDERS, MOSTLY
from analysis.proposal.judgement import Judgement
from analysis.proposal.row_worth import WorthRows
from analysis.proposal.status_told import codes, goods_back
from analysis.proposal.statuses import is_of_goods, is_of_orders, judge, rank

if TYPE_CHECKING:
    import pandas as pd

UNDONE = frozenset({"refunded", "cancelled", "failed"})
"""What words of goods that came back, or were never sent, mean."""


def unread(rows: WorthRows, free: Sequence[Look], found: Sequence[Judgement], buyer: str | None) -> list[Judgement]:
    """The question which rows count by a status whose words are not known, where no other column answers it better."""
    headers = [look.header for look in rows.evidence.looks]
    best = max((rank(each.about) for each in found if each.settings), default=0)
    asked = {each.about for each in found}
    for look in free:
        if look.header in asked or not look.levels or look.dates or rank(look.header) <= best:
            continue
        if is_of_orders(look.header, headers) and _differs(rows, look) and not _of_customers(rows, look, buyer):
            question = codes(rows, look.header, rows.words(look.header))
            return [Judgement({}, undecided=(question,), column=look.header)]
    return []


def _differs(rows: WorthRows, look: Look) -> bool:
    """Whether a column has several words, or a word for some orders and nothing for others."""
    texts = rows.texts(look.header)
    filled = texts.notna()
    some = filled.groupby(rows.texts(rows.order)).any() if rows.order else filled
    return len(rows.words(look.header)) > 1 or not bool(some.all())


def _of_customers(rows: WorthRows, look: Look, buyer: str | None) -> bool:
    """Whether a column says one and the same of all purchases of a customer: then it is a trait of the customer."""
    if buyer is None:
        return False
    keys, texts = rows.texts(buyer), rows.texts(look.header)
    several = keys.notna() & keys.duplicated(keep=False)
    each = texts[several].groupby(keys[several]).nunique()
    return len(each) >= FEWEST_ORDERS and float((each <= 1).mean()) >= MOSTLY


def sent_back(rows: WorthRows, free: Sequence[Look], gone: pd.Series[bool]) -> list[Judgement]:
    """The question whether goods that came back, or were never sent, were paid for."""
    if rows.pays_back:
        return []
    for look in free:
        if not is_of_goods(look.header) or not look.levels or look.dates or look.numeric:
            continue
        judged = judge(rows.words(look.header))
        words = [word for word, meaning in judged.meanings.items() if meaning in UNDONE]
        if bool((rows.texts(look.header).isin(words) & ~gone).any()):
            asked = goods_back(rows, look.header, words)
            return [Judgement({}, undecided=(asked,), column=look.header)]
    return []
