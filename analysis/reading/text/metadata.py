"""What a file of a statistics program says of a column, beyond the column's cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.language import gettext_noop
from analysis.language.notes import Note, Rows, Several, note
from analysis.language.slots import QUOTED

Measure = Literal["nominal", "ordinal", "scale", "unknown"]
NO_REASON = gettext_noop("no reason given")
ROWS_BY_REASON = "{reason} {rows}"


@dataclass(frozen=True)
class ColumnSaid:
    """Labels, levels and reasons, as the file has them; of every other kind of source nothing is said."""

    label: str = ""
    """Of the variable: the question that was asked."""
    measure: Measure = "unknown"
    """What the file states; programs often state what they never asked about."""
    kind: Literal["ordinal", "nominal"] | None = None
    """What the codes with labels are; None where the cells are figures, dates or free text."""
    levels: tuple[str, ...] = ()
    """The labels in the order of their codes, as the cells have them."""
    unit: str | None = None
    missing: tuple[tuple[str, int], ...] = ()
    """Why there is no value → rows, the commonest reason first."""
    weight: bool = False
    """It says how much each answer counts."""
    remarks: tuple[Note, ...] = ()
    """On how its codes were read; they hold nothing of a row."""
    aside: str = ""
    """Why segments should not be found by it, until somebody has looked at it."""

    def notes(self, name: str) -> tuple[Note, ...]:
        """Notes on the column, with the number of rows by the reason for a missing value."""
        return (*self.remarks, *_reasons(name, self.missing))


def merged(said: Sequence[ColumnSaid]) -> ColumnSaid:
    """What several files say of the same column."""
    first = said[0]
    rows: Counter[str] = Counter()
    for each in said:
        rows.update(dict(each.missing))
    levels = tuple(dict.fromkeys(level for each in said for level in each.levels))
    alike = all((each.kind, each.levels) == (first.kind, first.levels) for each in said)
    differ = () if alike else (note(gettext_noop("The files label the codes of this column differently.")),)
    return replace(
        first,
        kind=first.kind if alike else ("nominal" if levels else None),
        levels=levels,
        missing=by_rows(rows),
        weight=any(each.weight for each in said),
        remarks=(*dict.fromkeys(remark for each in said for remark in each.remarks), *differ),
        aside=next((each.aside for each in said if each.aside), ""),
    )


def by_rows(rows: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Reasons, the commonest first."""
    return tuple(sorted(((why, count) for why, count in rows.items() if count), key=lambda each: (-each[1], each[0])))


def _reasons(name: str, missing: Sequence[tuple[str, int]]) -> tuple[Note, ...]:
    # A blank alone is told where gaps are told, with what becomes of them.
    if all(why == NO_REASON for why, _ in missing):
        return ()
    words = [note(why) if why == NO_REASON else note(QUOTED, name=why) for why, _ in missing]
    counted = [
        note(ROWS_BY_REASON, reason=word, rows=Rows(count)) for word, (_, count) in zip(words, missing, strict=True)
    ]
    told = note(
        gettext_noop("“{column}” has no value in some rows. Reasons in the file, with the number of rows: {counted}."),
        few=gettext_noop(
            "“{column}” has no value in some rows. Reasons in the file: {reasons}. Some of them apply to few rows."
        ),
        column=name,
        counted=Several(tuple(counted)),
        reasons=Several(tuple(words)),
    )
    return (told,)
