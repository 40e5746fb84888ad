"""Columns that answer by yes or no, by a mark or by a day whether a row was undone or paid: `is_cancelled`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.cells.dates import NO_DATE
from analysis.cells.kinds.answers import NO, YES
from analysis.cells.numerals import MISSING
from analysis.cells.spellings import plain
from analysis.columns.appearance import Look
from analysis.headers.vocabulary import words_of
from analysis.proposal.evidence import ColumnEvidence
from analysis.proposal.statuses import is_status_header, meanings, normal, vocabulary


@dataclass(frozen=True)
class Flag:
    """What the cells of a flag mean; a cell in neither list is asked about."""

    counts: tuple[str, ...]
    leave_out: tuple[str, ...]
    undone: bool
    """Whether a yes undoes the row; else a no does."""
    returned: bool = False
    """Whether it says that money or goods went back."""
    own_row: bool = False
    """Whether the header is a noun, `is_refund`: then such a row may be the refund of another, not a sale undone."""
    asked: tuple[str, ...] = ()
    """Cells whose meaning is not plain, such as a 1 under `payment_status`."""
    dated: bool = False
    """Whether a day stands where the row was undone, so that only empty cells count."""


def flag(evidence: ColumnEvidence, look: Look) -> Flag | None:
    """The column as a flag; None where it is none."""
    undone, blank = undoes(look.header), nothing(evidence, look.header)
    if undone is None and not is_status_header(look.header):
        return None
    if look.dates is not None and not is_answered(look):
        return _dated(nothing(evidence, look.header, NO_DATE), undone=undone, returned=_went_back(look.header))
    values = tuple(sorted(evidence.texts(look.header).dropna().unique()))
    own = normal(look.header)
    yes = tuple(each for each in values if plain(each) in YES or normal(each) == own)
    no = tuple(each for each in values if plain(each) in NO)
    if undone and blank and len(values) == 1 and not no:
        yes = values  # any mark of its own, such as C
    if not values or len(yes) + len(no) < len(values):
        return None
    if undone is None:
        return Flag((), (), undone=False, asked=values) if len(values) > 1 else None
    if undone:
        back = _went_back(look.header)
        return Flag((*no, *blank), yes, undone=True, returned=back, own_row=back and _is_noun(look.header))
    return Flag(yes, no, undone=False, asked=blank) if no else Flag(yes, blank, undone=False)


def is_answered(look: Look) -> bool:
    """Whether all values are yes and no, in letters or as 1 and 0."""
    return bool(look.levels) and all(plain(each) in YES | NO for each in look.levels)


def is_flag(look: Look) -> bool:
    """Whether a column holds yes and no under the header of a flag or a status: figures in it are no money."""
    return is_answered(look) and (undoes(look.header) is not None or is_status_header(look.header))


def undoes(header: str) -> bool | None:
    """Whether a yes under this header undoes a row; False where it says that a row was paid, None where neither."""
    flags, said = vocabulary().flags, _said(header)
    if said in {normal(each) for each in flags.counts}:
        return False
    if meanings().get(said) in flags.meanings or said in {normal(each) for each in flags.leave_out}:
        return True
    return None


def nothing(evidence: ColumnEvidence, header: str, words: Collection[str] = MISSING) -> tuple[str, ...]:
    """How a column writes that it holds nothing: as an empty cell, as NULL, as the day 0000-00-00."""
    cells = evidence.frame[header].str.strip()
    found = {str(text) for text in cells[cells.str.lower().isin(words)].unique()}
    return tuple(sorted(found))


def _said(header: str) -> str:
    """A header less the small words that stand around what it says: `Order was cancelled on` → cancelled."""
    small = vocabulary().flags.small
    spelled = normal(" ".join(words_of(header)))
    return " ".join(word for word in spelled.split() if word not in small) or spelled


def _went_back(header: str) -> bool:
    said = _said(header)
    back = (
        "refund",
        "return",
        "erstatt",
        "retour",
        "rembours",
        "reembols",
        "devol",
        "devuel",
        "rimbors",
        "reso",
        "zwr",
    )
    return meanings().get(said) == "refunded" or said.startswith(back)


def _is_noun(header: str) -> bool:
    return _said(header) in {normal(each) for each in vocabulary().flags.leave_out}


def _dated(blank: tuple[str, ...], *, undone: bool | None, returned: bool) -> Flag | None:
    """A day under `Cancelled at` undoes a row; whether one without a day under `Paid at` counts is asked."""
    if undone is None or not blank:
        return None
    if undone:
        return Flag(blank, (), undone=True, returned=returned, dated=True)
    return Flag((), (), undone=False, asked=blank, dated=True)
