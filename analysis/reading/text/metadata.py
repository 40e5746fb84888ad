"""What a file of a statistics program says of a column, beyond the column's cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Measure = Literal["nominal", "ordinal", "scale", "unknown"]
NO_REASON = "no reason given"


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
    remarks: tuple[str, ...] = ()
    """Sentences on how its codes were read; they hold nothing of a row."""
    aside: str = ""
    """Why segments should not be found by it, until somebody has looked at it."""

    def told(self, name: str, least: int = 0) -> tuple[str, ...]:
        """Sentences on the column; rows by reason are counted where every reason has `least` of them."""
        return (*self.remarks, *_reasons(name, self.missing, least))


def merged(said: Sequence[ColumnSaid]) -> ColumnSaid:
    """What several files say of the same column."""
    first = said[0]
    rows: Counter[str] = Counter()
    for each in said:
        rows.update(dict(each.missing))
    levels = tuple(dict.fromkeys(level for each in said for level in each.levels))
    alike = all((each.kind, each.levels) == (first.kind, first.levels) for each in said)
    differ = () if alike else ("The files label the codes of this column differently.",)
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


def _reasons(name: str, missing: Sequence[tuple[str, int]], least: int) -> tuple[str, ...]:
    # A blank alone is told where gaps are told, with what becomes of them.
    if all(why == NO_REASON for why, _ in missing):
        return ()
    words = [why if why == NO_REASON else f"“{why}”" for why, _ in missing]
    if any(count < least for _, count in missing):
        return (f"“{name}” has no value where the file says {', '.join(words)}; some of these stand in few rows.",)
    counted = ", ".join(f"{word} {count:,}" for word, (_, count) in zip(words, missing, strict=True))
    return (f"“{name}” has no value in these rows, by the reason that the file gives: {counted}.",)
