"""What is taken off an amount that was found: discounts that it does not have off yet, and what was paid back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.listed import quoted
from analysis.columns.appearance import Look
from analysis.columns.money_words import (
    counts_pieces,
    is_beside,
    is_discount,
    is_flag,
    is_rate,
    is_refund,
)
from analysis.headers.labels import unit_in
from analysis.headers.sales_words import CENTS, LINES, LOWERED, NET, speaks_of
from analysis.headers.vocabulary import words_of
from analysis.proposal.balance import Balance, of_order
from analysis.proposal.evidence import CENT, FEWEST_ORDERS, MOSTLY, ColumnEvidence

if TYPE_CHECKING:
    import pandas as pd
    from numpy import float64
    from numpy.typing import NDArray

OUT = "and remove this line from undecided"
_BACK_IN_PIECES = (
    "“{0}” counts returned pieces, and no column gives the money paid back for them. Name such a column "
    f"under transactions.refunded, {OUT}; without one, those pieces count as sold."
)
_BACK_OR_NOT = (
    "“{0}” may be money that was paid back, but is more than was paid in {1} of {2} rows. If it is, write "
    f"transactions.refunded: {{0}}, {OUT}."
)
_LEFT_OR_NOT = (
    "“{0}” may be what is left after “{1}”. If it is not, write transactions.refunded: {1}; either way remove this "
    "line from undecided."
)
LEFT = frozenset(
    {"current", "remaining", "left", "after", "aktuell", "aktueller", "aktuelle", "nach", "restant", "apres", "actual",
     "despues", "dopo", "attuale", "huidig", "atual", "apos", "depois", "po"}
)  # fmt: skip
"""Words of what is left of an amount."""
_OFF_OR_NOT = (
    "It is not clear whether “{0}” is already deducted from “{1}”. If it is not, write transactions.{2}: [{0}]; "
    "either way "
    "remove this line from undecided."
)
_IN_WHAT = (
    "“{0}” may be an amount, or a percentage, that is deducted from “{1}”. Write transactions.less or "
    "less_percent: [{0}], "
    f"{OUT}."
)
_IN_ORDERS = (
    "“{0}” differs between the rows of an order, while “{1}” belongs to the whole order. If “{0}” is not deducted "
    "yet, write transactions.amount for a row's own amount, with less: [{{0}}], "
    "{OUT}."
)


@dataclass(frozen=True)
class Money:
    """The part of `transactions` that says what a row is worth, with a sentence for each choice."""

    settings: dict[str, object]
    said: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    """Questions that the table does not answer, each with the line of the configuration that does."""
    lowered: frozenset[str] = field(default=frozenset())
    """Columns that the amount has off already."""

    def pays_back(self, refunds: Collection[str]) -> bool:
        """Whether one of these columns of refunds is taken off, or the amount has it off already."""
        return "refunded" in self.settings or not self.lowered.isdisjoint(refunds)

    def adding(self, settings: Mapping[str, object] | None = None, *, said: str = "", asked: str = "") -> Money:
        """With another choice."""
        return replace(
            self,
            settings={**self.settings, **(settings or {})},
            said=(*self.said, said) if said else self.said,
            undecided=(*self.undecided, asked) if asked else self.undecided,
        )


@dataclass(frozen=True)
class Base:
    """The table, the amount before anything is taken off it, and what adds up."""

    evidence: ColumnEvidence
    order: str | None
    figures: Sequence[Look]
    lines: pd.Series[float] | None
    sums: Sequence[Balance]


def lowered(base: Base, money: Money) -> Money:
    """With what is to be taken off, and the unit in which the figures count."""
    used = set(money.settings.values()) | money.lowered
    free = [look for look in base.figures if look.header not in used]
    money = _with_refund(base, money, [look for look in free if is_refund(look)])
    for look in (look for look in free if is_discount(look) and not is_refund(look)):
        money = _with_discount(base, money, look)
    return _in_unit(_beside(money, base.figures))


def _worth(base: Base, money: Money) -> pd.Series[float]:
    amount = money.settings.get("amount")
    if isinstance(amount, str):
        return base.evidence.figures(amount)
    assert base.lines is not None  # noqa: S101 (quantity and price are known where no amount is)
    return base.lines


def _named(money: Money) -> str:
    return str(money.settings.get("amount") or f"{money.settings['quantity']} × {money.settings['price']}")


def _with_refund(base: Base, money: Money, found: Sequence[Look]) -> Money:
    """A refund is money, never a count, of the same scope as the amount: the goods' where that is the goods'."""
    given = [look for look in found if (np.abs(np.nan_to_num(look.figures)) > CENT).any()]
    given = [look for look in given if counts_pieces(look) or not is_flag(look)]
    paid = [look for look in given if not counts_pieces(look)]
    if not paid:
        return money.adding(asked=_BACK_IN_PIECES.format(given[0].header)) if given else money
    scope = set(words_of(str(money.settings.get("amount", ""))))
    chosen = max(paid, key=lambda look: (len(scope.intersection(words_of(look.header))), -paid.index(look)))
    if before := _is_left_of(base, money, chosen):
        said = f"“{_named(money)}” is what remains of “{before}” after “{chosen.header}”."
        return replace(money.adding(said=said), lowered=money.lowered | {chosen.header})
    above, rows = _above(base, money, chosen, paid)
    if above > (1 - MOSTLY) * rows:
        return money.adding(asked=_BACK_OR_NOT.format(chosen.header, f"{above:,}", f"{rows:,}"))
    if not LEFT.isdisjoint(words_of(_named(money))):
        return money.adding(asked=_LEFT_OR_NOT.format(_named(money), chosen.header))
    said = f"The money in “{chosen.header}” was paid back and is deducted."
    return _once(base, money.adding({"refunded": chosen.header}, said=said), chosen.header)


def _is_left_of(base: Base, money: Money, refund: Look) -> str | None:
    """The column of which the amount is what a refund leaves; None where no figures say so."""
    own, back = _worth(base, money).to_numpy(), np.abs(np.nan_to_num(refund.figures))
    named = {str(each) for each in money.settings.values()}
    for look in base.figures:
        if look.header in named or is_refund(look) or counts_pieces(look):
            continue
        given = (back > CENT) & np.isfinite(own) & np.isfinite(look.figures)
        left = look.figures - back
        if int(given.sum()) >= FEWEST_ORDERS and (np.abs(own - left)[given] <= CENT).mean() >= MOSTLY:
            return look.header
    return None


def _above(base: Base, money: Money, chosen: Look, refunds: Sequence[Look]) -> tuple[int, int]:
    """In how many orders more was paid back than any column of money says was paid, and how many there are."""
    evidence, order = base.evidence, base.order
    worth = _worth(base, money)
    whole = worth if order is None or money.settings.get("amount_of") == "order" else None
    sums = whole if whole is not None else worth.groupby(evidence.texts(order or "")).transform("sum")
    others = [look for look in base.figures if look not in refunds and not counts_pieces(look)]
    most = np.abs(np.nan_to_num([sums.to_numpy(), *(look.figures for look in others)])).max(axis=0)
    back = np.abs(np.nan_to_num(chosen.figures))
    return int((back > most + CENT).sum()), int((back > CENT).sum())


def _once(base: Base, money: Money, header: str) -> Money:
    """Taken off once an order, where the amount is a row's and the figure the whole order's."""
    if money.settings.get("amount_of") == "order" or not of_order(base.evidence, base.order, header):
        return money
    before = money.settings.get("once", [])
    assert isinstance(before, list)  # noqa: S101 (written below)
    said = f"“{header}” belongs to the whole order, so it counts once for each “{base.order}”."
    return money.adding({"once": [*before, header]}, said=said)


def _with_discount(base: Base, money: Money, look: Look) -> Money:
    """With a discount, as the figures tell, or else its name; asked about where neither does."""
    off = np.abs(np.nan_to_num(look.figures))
    if not (off > 0).any():
        return money
    key = _unit(look, off)
    ways = ("less", "less_percent") if key is None else (key,)
    told = next((each for way in ways if (each := _told(base, money, look, way)) is not None), None)
    if told == "":
        return money
    if told is None:
        told = _by_name(money, key)
        if told is None:
            return money.adding(asked=_question(money, look, key))
        if told == "":
            return money.adding(said=f"“{_named(money)}” is treated as the amount after “{look.header}”.")
    if money.settings.get("amount_of") == "order" and _differs(base, look):
        return money.adding(asked=_IN_ORDERS.format(look.header, _named(money)))
    before = money.settings.get(told, [])
    assert isinstance(before, list)  # noqa: S101 (written below)
    how = {"less": "", "less_share": ", as a share,", "less_percent": ", as a percentage,"}[told]
    found = money.adding({told: [*before, look.header]}, said=f"“{look.header}”{how} is deducted.")
    return _once(base, found, look.header) if told == "less" else found


def _unit(look: Look, off: NDArray[float64]) -> str | None:
    """Whether a discount is money, a share or per cents; None where it could be money or per cents."""
    if is_rate(look):
        return "less_share" if off.max() <= 1 and not look.percent else "less_percent"
    if off.max() <= 1 and not look.whole:
        return "less_share"
    return None if look.whole and off.max() <= 100 and not _is_money_by_name(look) else "less"


def _is_money_by_name(look: Look) -> bool:
    """Whether a header says that its figures are money: `discount_amount`, `Rabattbetrag`."""
    named = {"amount", "total", "value", "betrag", "montant", "importe", "importo", "bedrag", "kwota", "valor"}
    return look.currency is not None or bool(named.intersection(words_of(look.header)))


def _told(base: Base, money: Money, look: Look, way: str) -> str | None:
    """The setting that takes a discount off, as figures beside it tell; empty where it is off, None where none does."""
    off = np.abs(np.nan_to_num(look.figures))
    amount = money.settings.get("amount")
    if isinstance(amount, str) and base.lines is not None:
        lines, own = base.lines.to_numpy(), base.evidence.figures(amount).to_numpy()
        less = {"less": lines - off, "less_share": lines * (1 - off), "less_percent": lines * (1 - off / 100)}[way]
        given = (off > 0) & np.isfinite(lines) & np.isfinite(own)
        if int(given.sum()) >= FEWEST_ORDERS and (np.abs(own - less)[given] <= CENT).mean() >= MOSTLY:
            return ""
        if int(given.sum()) >= FEWEST_ORDERS and (np.abs(own - lines)[given] <= CENT).mean() >= MOSTLY:
            return way
    if way != "less":
        return None
    for each in base.sums:
        if each.goods == amount and (look.header in each.off or each.on):
            return "less" if look.header in each.off else None
        if each.total == amount and look.header in each.off:
            return ""
    return "" if any(each.goods == amount and not each.off and each.on for each in base.sums) else None


def _by_name(money: Money, key: str | None) -> str | None:
    """The setting by what the columns are called; empty where nothing is taken off, None where that is unclear."""
    amount = money.settings.get("amount")
    if not isinstance(amount, str):
        return _by_price(str(money.settings["price"]), key)
    words = set(words_of(amount))
    if "before" in words or "list" in words:
        return key
    if key in ("less_share", "less_percent"):
        return ""
    if "after" in words or speaks_of(amount, NET - {"subtotal", "soustotal", "subtotaal", "zwischensumme", "goods"}):
        return ""
    if speaks_of(amount, LINES):
        return key
    return None if speaks_of(amount, NET) else ""


def _by_price(price: str, key: str | None) -> str | None:
    """As `_by_name`, of the price of a piece: a net one may be net of tax, or of discounts."""
    if speaks_of(price, LOWERED - NET):
        return ""
    return None if speaks_of(price, NET) else key


def _question(money: Money, look: Look, key: str | None) -> str:
    if key is None:
        return _IN_WHAT.format(look.header, _named(money))
    return _OFF_OR_NOT.format(look.header, _named(money), key)


def _differs(base: Base, look: Look) -> bool:
    """Whether a figure differs between the rows of an order."""
    order = base.order
    return order is not None and bool(base.evidence.several(order)) and not of_order(base.evidence, order, look.header)


def _beside(money: Money, figures: Sequence[Look]) -> Money:
    """With a sentence on shipping and taxes that an amount may include."""
    amount = money.settings.get("amount")
    if not isinstance(amount, str) or speaks_of(amount, NET) or "order_total" in money.settings:
        return money
    beside = [look.header for look in figures if is_beside(look) and look.header not in money.settings.values()][:2]
    said = f"“{amount}” may include {quoted(beside)}; to deduct them, add them under transactions.less."
    return money.adding(said=said) if beside else money


def _in_unit(money: Money) -> Money:
    """With the unit of the figures by the header: cents, or thousands."""
    header = str(money.settings.get("amount") or money.settings.get("price"))
    if speaks_of(header, CENTS):
        return money.adding({"scale": 0.01}, said=f"“{header}” counts cents.")
    scale = scale_in(header)
    if scale != 1:
        return money.adding({"scale": scale}, said=f"One unit of “{header}” is {scale:,.0f} of the money.")
    return money


def scale_in(header: str) -> float:
    """What one unit of a column's figures is in money, by its header: `Revenue (k€)` → 1,000."""
    words = words_of(header)
    multiples = {1e3: {"thousand", "thousands", "tsd", "tausend", "milliers", "miles", "migliaia", "tys", "teur"}}
    multiples |= {1e6: {"million", "millions", "mio", "mln", "millionen", "millones", "milioni"}}
    named = next((factor for factor, known in multiples.items() if known.intersection(words)), 1.0)
    return unit_in(header).scale if unit_in(header).scale != 1 else named
