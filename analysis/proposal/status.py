"""Which rows of a table of sales count, proposed from a column that says what became of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from analysis.looks import Look
from analysis.proposal.evidence import Evidence
from analysis.proposal.lowered import Money
from analysis.proposal.statuses import Judged, is_status_header, judge, rank

SHOWN = 4
USUAL = ("failed", "cancelled", "canceled", "voided", "expired", "pending")


@dataclass(frozen=True)
class Judgement:
    """The part of `transactions` that says which rows count, with reasons, and what is left to ask."""

    settings: dict[str, object]
    said: tuple[str, ...] = ()
    asked: tuple[str, ...] = field(default=())
    """Words that neither list has: they stop the build by themselves until one has."""


def judged_status(
    evidence: Evidence, taken: Collection[str | None], money: Money | None, order: str | None
) -> list[Judgement]:
    """The columns of statuses, one or several; none where there is none.

    Where a column says what was paid back, refunded orders count with what is left of them; else an order that was
    refunded whole does not count, and one that was refunded in part is asked about.
    """
    candidates = [look for look in evidence.looks if look.header not in taken and is_status_header(look.header)]
    found = [(look, judge(_values(evidence, look))) for look in candidates if look.levels and not look.dates]
    known = [(look, judged) for look, judged in found if _mostly_known(evidence, look, judged)]
    if not known:
        return []
    # A payment's state before an order's; another column counts beside it where it leaves rows out.
    known.sort(key=lambda each: (-rank(each[0].header), candidates.index(each[0])))
    refunds = bool(money and "refunded" in money.settings)
    chosen = [known[0], *(each for each in known[1:] if each[1].leave_out)]
    judgements = [_judgement(evidence, look, judged, refunds=refunds) for look, judged in chosen]
    return [_with_blanks(evidence, each, money, order) for each in judgements]


def _values(evidence: Evidence, look: Look) -> list[str]:
    return sorted(evidence.texts(look.header).dropna().unique())


def _mostly_known(evidence: Evidence, look: Look, judged: Judged) -> bool:
    """Whether half of the words are known, or of the rows; those that are not will be asked about."""
    values = evidence.texts(look.header).dropna()
    unknown = set(judged.unknown)
    return bool(len(values)) and (len(unknown) * 2 <= values.nunique() or values.isin(unknown).mean() <= 0.5)


def _judgement(evidence: Evidence, look: Look, judged: Judged, *, refunds: bool) -> Judgement:
    counts, left = [*judged.counts], [*judged.leave_out]
    asked = []
    (counts if refunds else left).extend(judged.refunded)
    if refunds:
        counts.extend(judged.partially_refunded)
    elif judged.partially_refunded:
        asked.append(
            f"“{look.header}” says that some orders were refunded in part, and no column says how much. Name one under"
            f" transactions.refunded, or add “{judged.partially_refunded[0]}” to transactions.status.counts or"
            " leave_out."
        )
    if judged.unknown:
        words = ", ".join(f"“{word}”" for word in judged.unknown[:SHOWN])
        asked.append(
            f"“{look.header}” says {words}, and it is not known whether such rows count. Add each to "
            "transactions.status.counts or leave_out."
        )
    # With both lists a word that comes next month is asked about.
    settings: dict[str, object] = {"column": look.header, "counts": counts, "leave_out": left or list(USUAL)}
    rows = evidence.texts(look.header)
    told = ", ".join(f"{word} ({int((rows == word).sum()):,} rows)" for word in left[:SHOWN])
    more = ", …" if len(left) > SHOWN else ""
    said = f"By “{look.header}” these do not count: {told}{more}." if left else f"All rows count by “{look.header}”."
    return Judgement({key: value for key, value in settings.items() if value}, (said,), tuple(asked))


def _with_blanks(evidence: Evidence, found: Judgement, money: Money | None, order: str | None) -> Judgement:
    """What rows without a status are: further rows of an order have its own; others count if they hold no amount."""
    column = str(found.settings["column"])
    blank = evidence.texts(column).isna()
    if order is not None:
        named = evidence.texts(column).groupby(evidence.texts(order)).transform("count") > 0
        blank &= ~named.reindex(blank.index, fill_value=False)
    if not blank.any():
        return found
    amount = money.settings.get("amount") if money else None
    paid = evidence.texts(amount)[blank].notna().any() if isinstance(amount, str) else True
    if not paid:
        return replace(found, settings={**found.settings, "counts": [*_counts(found), ""]})
    question = (
        f'{int(blank.sum()):,} rows have nothing in “{column}”, and it is not known whether they count. Add "" to '
        "transactions.status.counts or leave_out."
    )
    return replace(found, asked=(*found.asked, question))


def _counts(found: Judgement) -> list[str]:
    counts = found.settings.get("counts", [])
    return [str(each) for each in counts] if isinstance(counts, list) else []
