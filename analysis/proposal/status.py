"""Which rows of a table of sales count, proposed from columns that say what became of them or what they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.basics.listed import first_quoted
from analysis.columns.appearance import Look
from analysis.headers.sales_words import names_buyers
from analysis.proposal.carried import carried
from analysis.proposal.evidence import ColumnEvidence
from analysis.proposal.flags import Flag, flag, nothing
from analysis.proposal.judgement import Judgement
from analysis.proposal.lowered import Money
from analysis.proposal.order_totals import order_totals
from analysis.proposal.row_types import Typed, is_type_header, typed
from analysis.proposal.row_worth import SHOWN, RowWorth, WorthRows
from analysis.proposal.status_asked import sent_back, unread
from analysis.proposal.status_told import (
    codes,
    does_not_count,
    no_sum,
    question,
    sale_or_refund,
    totals_left_out,
    twice,
    unpaid,
)
from analysis.proposal.statuses import (
    JudgedStatuses,
    is_secondary,
    is_status_header,
    judge,
    rank,
    vocabulary,
)

if TYPE_CHECKING:
    import pandas as pd

USUAL = ("failed", "cancelled", "canceled", "voided", "expired", "pending")


def judged_status(
    evidence: ColumnEvidence,
    taken: Collection[str | None],
    money: Money | None,
    order: str | None,
    buyer: str | None = None,
) -> list[Judgement]:
    """What says which rows count, of one column or several; nothing where there is none.

    Where a column says what was paid back, refunded orders count with what is left of them; else an order that was
    refunded whole does not count, and one that was refunded in part is asked about.
    """
    rows = WorthRows(evidence, money, order, RowWorth.of(evidence, money, order))
    free = [look for look in evidence.looks if look.header not in taken and look.present]
    found = _by_header(rows, free)
    decided = {each.about for each in found}
    totals = _totals(rows, [*decided, *(look.header for look in free if _never_a_label(look))])
    found += [totals] if totals else []
    gone = _gone(rows, found)
    for look in free:
        if look.header in decided or (judgement := _by_cells(rows, look, gone)) is None:
            continue
        left = _left_out(rows, judgement)
        # What another column leaves out already needs no second one.
        if judgement.refunds or judgement.asked or judgement.undecided or bool((left & ~gone).any()):
            found.append(judgement)
            gone = gone | left
    decided = {each.about for each in found}
    found += carried(rows, [look for look in free if look.header not in decided])
    return [*found, *unread(rows, free, found, buyer), *sent_back(rows, free, gone)]


def _by_header(rows: WorthRows, free: list[Look]) -> list[Judgement]:
    """Columns whose header is that of a status."""
    candidates = [look for look in free if is_status_header(look.header)]
    found = [
        (look, judge(rows.words(look.header), look.header)) for look in candidates if look.levels and not look.dates
    ]
    known = [(look, judged) for look, judged in found if _mostly_known(rows, look, judged)]
    if not known:
        return []
    # A payment's state before an order's; another column counts beside it where it leaves rows out.
    known.sort(key=lambda each: (-rank(each[0].header), candidates.index(each[0])))
    chosen = [known[0], *(each for each in known[1:] if each[1].leave_out)]
    return [_by_words(rows, look, judged) for look, judged in chosen]


def _by_cells(rows: WorthRows, look: Look, gone: pd.Series[bool]) -> Judgement | None:
    """A column whose cells tell, whatever its header: types of rows, yes and no, words of the vocabulary."""
    if found := flag(rows.evidence, look):
        return _by_flag(rows, look, found, gone)
    if not look.levels or look.dates or look.numeric or is_secondary(look.header):
        return None
    values = rows.words(look.header)
    kinds = typed(values)
    if kinds and (not kinds.unknown or (is_type_header(look.header) and len(kinds.unknown) * 2 <= len(values))):
        return _by_type(rows, look, kinds)
    judged = judge(values, look.header)
    half = len(judged.unknown) * 2 <= len(values) and not names_buyers(look.header)
    if (judged.telling and _mostly_known(rows, look, judged)) or _undone_only(rows, look, judged, half=half):
        return _by_words(rows, look, judged)
    return None


def _undone_only(rows: WorthRows, look: Look, judged: JudgedStatuses, *, half: bool) -> bool:
    """Whether a column has words of rows that were undone and nothing in the others, or words that are asked about."""
    meant = set(judged.meanings.values())
    if not meant or not meant <= {*vocabulary().flags.meanings}:
        return False
    return bool(rows.texts(look.header).isna().any()) if not judged.unknown else half


def _mostly_known(rows: WorthRows, look: Look, judged: JudgedStatuses) -> bool:
    """Whether half of the words are known, or of the rows; those that are not will be asked about."""
    values = rows.texts(look.header).dropna()
    unknown = set(judged.unknown)
    return bool(len(values)) and (len(unknown) * 2 <= values.nunique() or values.isin(unknown).mean() <= 0.5)


def _by_words(rows: WorthRows, look: Look, judged: JudgedStatuses) -> Judgement:
    """By words for what became of a row; the question alone where no word is known."""
    if not judged.meanings:
        return Judgement({}, undecided=(codes(rows, look.header, judged.unknown),), column=look.header)
    counts, left = [*judged.counts], [*judged.leave_out]
    asked, texts = [], rows.texts(look.header)
    for word in judged.refunded:
        # A refund in a row of its own takes off by itself what the sale above it brought.
        own = rows.worth.below(texts == word) and not rows.worth.above(texts == word)
        (counts if rows.pays_back or own else left).append(word)
    if rows.pays_back:
        counts.extend(judged.partially_refunded)
    elif judged.partially_refunded:
        asked.append(
            f"“{look.header}” says that some orders were partly refunded, and no column says how much. Name one under"
            f" transactions.refunded, or add “{judged.partially_refunded[0]}” to transactions.status.counts or"
            " leave_out."
        )
    undecided: tuple[str, ...] = ()
    if judged.unknown and not counts:
        # A list of what is left out decides of every word, so that no build would ask by itself.
        undecided = (question(rows, look.header, judged.unknown),)
    elif judged.unknown:
        asked.append(question(rows, look.header, judged.unknown))
    # With both lists a word that comes next month is asked about.
    settings: dict[str, object] = {"column": look.header, "counts": counts, "leave_out": left or list(USUAL)}
    said = does_not_count(rows, look.header, left)
    found = Judgement({key: value for key, value in settings.items() if value}, (said,), tuple(asked), undecided)
    return _with_blanks(rows, found, plain=not counts and not judged.unknown)


def _by_type(rows: WorthRows, look: Look, kinds: Typed) -> Judgement | None:
    """By what a row is: refunds are taken off, what is no sale is left out."""
    texts, header = rows.texts(look.header), look.header
    positive = [word for word in kinds.taken_off if rows.worth.above(texts == word)]
    if not positive and not kinds.leave_out:
        return None
    said, undecided = [], []
    if positive:
        said.append(f"By “{header}” these are deducted: {rows.told(header, positive)}.")
    if mixed := [word for word in positive if rows.worth.below(texts == word)]:
        undecided.append(
            f"“{header}” says {first_quoted(mixed, SHOWN)} above figures below 0 and above 0, and "
            "transactions.refunds deducts all of them. Leave those lines as they are if that is right, or remove "
            "the word there."
        )
    asked = (question(rows, header, kinds.unknown),) if kinds.unknown else ()
    settings: dict[str, object] = {}
    if kinds.leave_out or kinds.unknown:
        said.append(does_not_count(rows, header, kinds.leave_out))
        counts = [*kinds.counts, *kinds.taken_off]
        settings = {"column": header, "counts": counts, "leave_out": [*kinds.leave_out] or list(USUAL)}
    refunds: dict[str, object] | None = {"column": header, "values": positive} if positive else None
    found = Judgement(settings, tuple(said), asked, tuple(undecided), refunds)
    return _with_blanks(rows, found, plain=False) if settings else found


def _by_flag(rows: WorthRows, look: Look, found: Flag, gone: pd.Series[bool]) -> Judgement | None:
    """By yes and no, or by a day: what was undone or not paid does not count."""
    header, texts = look.header, rows.texts(look.header)
    if found.asked and not found.counts and not found.leave_out:
        open_ = ~gone & (_days_lacking(rows, found, header, whole=True) if found.dated else texts.notna())
        if not open_.any():
            return None
        asked_of = unpaid(rows, header, open_) if found.dated else codes(rows, header, found.asked)
        return Judgement({}, undecided=(asked_of,), column=header)
    undone = (
        ~_days_lacking(rows, found, header)
        if found.dated
        else texts.isin(found.leave_out) | (texts.isna() & ("" in found.leave_out))
    )
    if not undone.any() or (found.returned and rows.pays_back):
        return None
    if found.returned and rows.worth.below(undone) and not rows.worth.above(undone):
        return None  # rows of refunds, which take off what they say
    settings: dict[str, object] = {"column": header, "counts": [*found.counts], "leave_out": [*found.leave_out]}
    settings = {key: value for key, value in settings.items() if value}
    if _of_rows(rows, header):
        settings["of"] = "row"
    told = f"with a day there ({rows.worth.told(undone)})" if found.dated else rows.told(header, found.leave_out)
    asked = (question(rows, header, found.asked),) if found.asked else ()
    undecided: tuple[str, ...] = ()
    if found.returned and rows.worth.below(~undone):
        undecided = (twice(rows, header, undone),)
    elif found.own_row:
        undecided = (sale_or_refund(rows, header, undone, found.leave_out),)
    return Judgement(settings, (f"By “{header}” these do not count: {told}.",), asked, undecided)


def _days_lacking(rows: WorthRows, found: Flag, header: str, *, whole: bool = False) -> pd.Series[bool]:
    """The rows without a day there; `whole`: those of orders without any, for it may are on the first row alone."""
    lacking = rows.evidence.frame[header].str.strip().isin(found.counts or found.asked)
    if not whole or rows.order is None:
        return lacking
    order = rows.texts(rows.order)
    none = lacking.groupby(order).transform("all").reindex(lacking.index)
    return lacking & none.where(order.notna(), other=True).astype(bool)


def _totals(rows: WorthRows, taken: Collection[str]) -> Judgement | None:
    """Rows that hold the sum of the other rows of their order."""
    if rows.order is None or rows.worth.figures is None or (rows.money and "amount_of" in rows.money.settings):
        return None
    found = order_totals(rows.evidence, rows.order, rows.worth.figures, [*taken, rows.order])
    if found is None:
        return None
    words = [found.text] if found.text else [*nothing(rows.evidence, found.header)]
    settings: dict[str, object] = {"column": found.header, "leave_out": words, "of": "row"}
    asked = () if found.adds_up else (no_sum(rows, found),)
    return Judgement(settings, (totals_left_out(rows, found),), undecided=asked)


def _never_a_label(look: Look) -> bool:
    return look.numeric or look.dates is not None


def _with_blanks(rows: WorthRows, found: Judgement, *, plain: bool) -> Judgement:
    """What rows without a status are: further rows of an order have its own; others count if they hold no amount.

    `plain`: the column has words only for rows that do not count, so the others plainly do.
    """
    column = str(found.settings["column"])
    blank = rows.texts(column).isna()
    if _of_rows(rows, column):
        found = replace(found, settings={**found.settings, "of": "row"})
    elif rows.order is not None:
        order = rows.texts(rows.order)
        named = rows.texts(column).groupby(order).transform("count") > 0
        blank &= ~named.reindex(blank.index, fill_value=False)
    if not blank.any():
        return found
    amount = rows.money.settings.get("amount") if rows.money else None
    paid = rows.texts(amount)[blank].notna().any() if isinstance(amount, str) else True
    if plain or not paid:
        counts = [*_listed(found, "counts"), *nothing(rows.evidence, column)]
        return replace(found, settings={**found.settings, "counts": counts})
    asked = (
        f"{int(blank.sum()):,} rows have nothing in “{column}” ({rows.worth.told(blank)}), and it is not clear whether "
        'they count. Add "" to transactions.status.counts or leave_out.'
    )
    return replace(found, asked=(*found.asked, asked))


def _of_rows(rows: WorthRows, header: str) -> bool:
    """Whether an empty cell is a row's own: in orders with both, it is not the first row alone that is filled."""
    if rows.order is None:
        return False
    order, filled = rows.texts(rows.order), rows.texts(header).notna()
    numbered = order.notna()
    order, filled = order[numbered], filled[numbered]
    groups = filled.groupby(order)
    mixed = groups.transform("any") & ~groups.transform("all")
    first = ~order.duplicated()
    return bool((mixed & (filled != first)).any())


def _gone(rows: WorthRows, found: list[Judgement]) -> pd.Series[bool]:
    import pandas as pd  # noqa: PLC0415 (already loaded with the table)

    gone = pd.Series(data=False, index=rows.evidence.frame.index)
    for each in found:
        gone = gone | _left_out(rows, each)
    return gone


def _left_out(rows: WorthRows, judgement: Judgement) -> pd.Series[bool]:
    """The rows that a judgement leaves out."""
    import pandas as pd  # noqa: PLC0415 (as above)

    if not judgement.settings:
        return pd.Series(data=False, index=rows.evidence.frame.index)
    cells = rows.evidence.frame[str(judgement.settings["column"])].str.strip()
    if left := _listed(judgement, "leave_out"):
        return cells.isin(left)
    return ~cells.isin(_listed(judgement, "counts"))


def _listed(found: Judgement, key: str) -> list[str]:
    listed = found.settings.get(key, [])
    return [str(each) for each in listed] if isinstance(listed, list) else []
