"""Columns, categories, gaps and rows set aside that are not as they were in the last build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from analysis.cells.spellings import NO_CATEGORY
from analysis.changes.homogeneity import BY_CHANCE, Sides, chance
from analysis.contract import Contract, Feature, Notice
from analysis.profiling.explore import OTHERS
from analysis.rounding.random_rounding import Rounding
from analysis.statistics.holm import holm

GAPS = 0.05
"""By how much the share of customers without a value must change to be told: from there on figures of a column are of
visibly other customers. Smaller steps are what entering late leaves behind."""
SET_ASIDE = 0.02
"""The same of rows set aside, which hardly any should be."""
NEW_REASON = 0.01
"""Share of the rows that are set aside for a reason which the last build did not tell, for it to be told."""
MOST_NAMED = 10
"""Categories of a column that are named; of a column with more new ones the largest are."""
DECIMALS = 3
"""Of a share in a notice."""

Told = tuple[int, int]
"""Some customers, or rows, and all of them."""


def columns(last: Contract, contract: Contract, rounding: Rounding) -> Iterator[Notice]:
    """Columns that came and went, or hold something else; categories; shares without a value."""
    was = {one.name: one for one in last.data.features}
    now = {one.name: one for one in contract.data.features}
    yield from (Notice(about="columns", what=one.name, after=one.label) for one in _lacking(contract, last))
    yield from (Notice(about="columns", what=one.name, before=one.label) for one in _lacking(last, contract))
    shared = [(was[name], one) for name, one in now.items() if name in was]
    yield from (Notice(about="type", what=b.name, before=_type(a), after=_type(b)) for a, b in shared if _other(a, b))
    yield from _gaps(shared, last, contract, rounding)
    for before, after in shared:
        yield from _categories(before, after)


def _lacking(one: Contract, other: Contract) -> Iterator[Feature]:
    """Columns of a build that the other does not have.

    A public site may have withheld a column; where no setting of columns changed, it is more likely to be such a one.
    """
    digests = [each.edition and each.edition.settings.get("columns") for each in (one, other)]
    if other.privacy.rounding_base is not None and digests[0] is not None and digests[0] == digests[1]:
        return
    known = {each.name for each in other.data.features}
    yield from (each for each in one.data.features if each.name not in known)


def _type(one: Feature) -> str:
    return "nominal" if one.kind == "category" else one.measure


def _other(was: Feature, now: Feature) -> bool:
    """Whether a column holds something else; documents of the first versions do not say what numbers are."""
    return was.kind != now.kind or ("measure" in was.model_fields_set and was.measure != now.measure)


def _gaps(
    shared: list[tuple[Feature, Feature]], last: Contract, contract: Contract, rounding: Rounding
) -> Iterator[Notice]:
    customers = last.data.customers, contract.data.customers
    told = [
        (b.name, ((a.missing, customers[0]), (b.missing, customers[1])))
        for a, b in shared
        if a.missing is not None and b.missing is not None and not _few(b.missing, customers[1], rounding)
    ]
    adjusted = holm(np.array([_chance(*each, (last, contract), rounding) for _, each in told], dtype=np.float64))
    for (name, each), p in zip(told, adjusted, strict=True):
        yield from _share("missing", name, each, (GAPS, float(p)), rounding)


def rows(last: Contract, contract: Contract, rounding: Rounding) -> Iterator[Notice]:
    """Rows set aside: their share, then the reasons that are new."""
    aside = [(one.data.rows_rejected, one.data.rows_read) for one in (last, contract)]
    each = aside[0], aside[1]
    yield from _share("rejected", "", each, (SET_ASIDE, _chance(*each, (last, contract), rounding)), rounding)
    if last.edition is None or contract.edition is None or last.edition.language != contract.edition.language:
        return  # reasons are told in the language of the site
    known = {(one.column, one.reason) for one in last.data.rejections}
    for one in contract.data.rejections:
        enough = one.rows >= max(NEW_REASON * contract.data.rows_read, rounding.least)
        if (one.column, one.reason) not in known and enough:
            yield Notice(about="rejected", what=one.column or "", after=one.reason)


def _share(
    about: str, what: str, of: tuple[Told, Told], enough: tuple[float, float], rounding: Rounding
) -> Iterator[Notice]:
    """A share that changed by as much as `enough` says, and by more than its p-value leaves to chance."""
    (some, every), own = of
    if not every or not own[1]:
        return
    before, after = some / every, rounding.count(own[0]) / rounding.count(own[1])
    if abs(after - before) >= enough[0] and enough[1] < BY_CHANCE:
        told = {"before": f"{round(before, DECIMALS):g}", "after": f"{round(after, DECIMALS):g}"}
        yield Notice.model_validate({"about": about, "what": what, **told})


def _chance(was: Told, now: Told, builds: tuple[Contract, Contract], rounding: Rounding) -> float:
    """The p-value of no change. A build that was published has rounded counts."""
    before, after = (np.array([some, every - some], dtype=np.float64) for some, every in (was, now))
    bases = [one.privacy.rounding_base or 1 for one in builds]
    return chance(Sides(before, after, (bases[0], max(bases[1], rounding.base))))


def _few(some: int, every: int, rounding: Rounding) -> bool:
    return 0 < some < rounding.least or 0 < every - some < rounding.least


def _categories(was: Feature, now: Feature) -> Iterator[Notice]:
    """Categories and levels by name: those never seen, then those that nobody has any more.

    Where a build put some together, it is not known which it has.
    """
    before, after = _named(was), _named(now)
    if not before or not after or was.kind != now.kind:
        return
    if OTHERS not in before:
        seen = _largest(after, {**before, OTHERS: 0})
        yield from (Notice(about="categories", what=now.name, after=name) for name in seen)
    if OTHERS not in after:
        vanished = _largest(before, {**after, OTHERS: 0})
        yield from (Notice(about="categories", what=now.name, before=name) for name in vanished)


def _named(one: Feature) -> Mapping[str, int]:
    """Category → customers; what is missing is told with the gaps."""
    counts = dict.fromkeys(one.levels, 0) if one.levels else one.categories
    return {name: count for name, count in counts.items() if name != NO_CATEGORY and (count or one.levels)}


def _largest(of: Mapping[str, int], known: Mapping[str, int]) -> list[str]:
    """The names that are not `known`, the largest first; of many the last is “all others”."""
    found = sorted((name for name in of if name not in known), key=lambda name: (-of[name], name))
    return found if len(found) <= MOST_NAMED else [*found[: MOST_NAMED - 1], OTHERS]
