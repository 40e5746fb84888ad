"""Captions of the numbers of segments that were tried: the gap, the agreement of redraws, and who persists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from analysis.basics.listed import listed
from analysis.contract import Candidate, CandidateSegment, Selection
from report.captions.caption import Caption
from report.captions.words import Words, quoted

WHOLE = 0.85
"""Persistence from which a segment is said to stay together (1: all its customers come out of one segment)."""
ALIKE = 0.02
"""Agreements nearer than this to each other are told as the same."""


class GapStep(NamedTuple):
    """The gap statistic at one number of segments."""

    k: int
    value: float
    error: float | None


def gap_steps(selection: Selection) -> list[GapStep]:
    """The gap at every number of segments where it is known, the whole table first."""
    whole = selection.undivided
    first = [] if whole is None else [GapStep(1, whole.gap, whole.gap_error)]
    return first + [GapStep(one.k, one.gap, one.gap_error) for one in selection.candidates if one.gap is not None]


def gap(words: Words) -> Caption:
    """Where the gap statistic stops, and where the number taken stands."""
    selection, number = words.contract.selection, words.figures.number
    steps = gap_steps(selection)
    taken = next((one for one in steps if one.k == selection.k), None)
    stops = selection.preferred.get("gap")
    here = "" if taken is None else f"at {taken.k} it is {_gap(words, taken)}"
    if stops is None:
        takeaway = f"The gap statistic {here or 'over the number of segments'}."
    elif stops == 1:
        takeaway = f"The gap statistic prefers one segment, the whole table{f'; {here}' if here else ''}."
    elif stops == selection.k:
        takeaway = f"The gap statistic stops at {stops} segments too: one more brings no clear gain."
    else:
        takeaway = f"The gap statistic stops at {stops} segments{f'; {here}' if here else ''}."
    return Caption(
        name="gap",
        page="method",
        takeaway=takeaway,
        subtitle="How much tighter the segments are than those of tables without groups; band: one standard error; "
                 "dashed: the number taken; diamond: where the statistic stops (1: it sees nothing to divide)",
        description=f"A line with its error band for {steps[0].k} to {steps[-1].k} segments, from "
                    f"{number(steps[0].value, 2)} to {number(steps[-1].value, 2)}.",
        columns=("Segments", "Gap", "Standard error"),
        rows=tuple((number(one.k), number(one.value, 2), "–" if one.error is None else words.figures.index(one.error))
                   for one in steps),
        small=True,
    )  # fmt: skip


def _gap(words: Words, one: GapStep) -> str:
    error = "" if one.error is None else f" ± {words.figures.index(one.error)}"
    return f"{words.figures.number(one.value, 2)}{error}"


def stability(words: Words) -> Caption:
    """Whether redraws agree at the number taken, and whether tables without groups would do as well."""
    selection, number = words.contract.selection, words.figures.number
    tried = [one for one in selection.candidates if one.agreement is not None]
    taken = next((one for one in tried if one.k == selection.k), None)
    tables = ". Grey: where most tables without groups lie" if any(map(_chance, tried)) else ""
    return Caption(
        name="stability",
        page="method",
        takeaway=_agreement(words, taken) if taken else "How alike redraws are, by number of segments.",
        subtitle="Boxes: the middle half of the pairs of redraws, with the median; lines: nine tenths of them"
                 f"{tables}{_dots(tried)}",
        description="A box plot for each number of segments. Mean agreement: "
                    f"{listed([f'{number(one.agreement.mean, 2)} with {one.k}' for one in tried if one.agreement])}.",
        columns=("Segments", "Agreement, mean", "Lower quartile", "Median", "Upper quartile", "Single clouds, mean",
                 "Even boxes, mean", "Weakest segment"),
        rows=tuple(_spread(words, one) for one in tried),
    )  # fmt: skip


def _dots(tried: list[Candidate]) -> str:
    measured = any(each.stability is not None for one in tried for each in one.segments)
    return ". Below, a dot for each segment; hollow: it does not come back" if measured else ""


def _spread(words: Words, one: Candidate) -> tuple[str, ...]:
    def figure(value: float | None) -> str:
        return "–" if value is None else words.figures.number(value, 2)

    own = one.agreement
    spread = (own.mean, own.q1, own.median, own.q3) if own else (None,) * 4
    chance = (kind.mean if kind else None for kind in (one.agreement_normal, one.agreement_box))
    return (words.figures.number(one.k), *(figure(value) for value in (*spread, *chance, one.weakest)))


def _chance(one: Candidate) -> float | None:
    """What nineteen in twenty tables without groups stay below, of the kind that comes closest."""
    return max((kind.p95 for kind in (one.agreement_normal, one.agreement_box) if kind), default=None)


def _agreement(words: Words, taken: Candidate) -> str:
    number = words.figures.number
    own = taken.agreement.mean if taken.agreement else 0.0
    chance = _chance(taken)
    said = f"With {taken.k} segments two redraws agree to {number(own, 2)}"
    if chance is None:
        return f"{said}."
    if own > chance + ALIKE:
        return f"{said}; nineteen in twenty tables without groups stay below {number(chance, 2)}."
    if round(own, 2) > round(chance, 2):
        return f"{said}, little more than tables without groups: nineteen in twenty stay below {number(chance, 2)}."
    return f"{said}, which tables without groups can reach as well (one in twenty reaches {number(chance, 2)})."


def persistence(words: Words) -> Caption:
    """Which of the segments taken stay together between this number and the one before."""
    selection = words.contract.selection
    tried = sorted((one for one in selection.candidates if one.segments), key=lambda one: one.k)
    return Caption(
        name="persistence",
        page="method",
        takeaway=_persists(words, tried),
        subtitle="A column for each number of segments, a block for each segment, ribbons for the customers who pass "
                 f"from one to the next; colours are those of the {selection.k} segments taken{_untold(tried)}",
        description=" ".join(_splits(words, tried)),
        columns=("Segments", "Segment", "Share of customers",
                 _stays(words),
                 "Mostly from"),
        rows=tuple(_row(words, before, one, each) for before, one in zip([None, *tried], tried, strict=False)
                   for each in one.segments),
    )  # fmt: skip


def _stays(words: Words) -> str:
    """The head of how wholly segments stay together, with the precision where some are rounded."""
    public = words.contract.privacy.mode == "public"
    return f"Stays together, to {words.figures.number(0.1, 1)}" if public else "Stays together"


def _untold(tried: list[Candidate]) -> str:
    withheld = any(each.share is None for one in tried for each in one.segments)
    return "; dashed: the segments whose shares are withheld, together" if withheld else ""


def _persists(words: Words, tried: list[Candidate]) -> str:
    selection = words.contract.selection
    before = next((former.k for former, one in pairwise(tried) if one.k == selection.k), None)
    taken = next(one for one in tried if one.k == selection.k)
    if before is None:
        return f"What becomes of the {selection.k} segments as more are asked for."
    rated = [one for one in taken.segments if one.persistence is not None]
    mixed = [one for one in rated if (one.persistence or 0) < WHOLE]
    if len(rated) < len(taken.segments):
        return _partly(words, taken, before)
    if not mixed:
        return f"Every one of the {taken.k} segments comes out of one segment of the {before} before."
    names = listed([quoted(_called(words, taken, one.id)) for one in mixed])
    if len(mixed) == len(rated):
        return f"From {before} to {taken.k} segments all are put together anew."
    return (
        f"{len(rated) - len(mixed)} of {taken.k} segments come all or nearly all out of one segment of the {before} "
        f"before; put together from several: {names}."
    )


def _partly(words: Words, taken: Candidate, before: int) -> str:
    """Where of some segments it is withheld how wholly they come out of one."""
    whole = [one for one in taken.segments if one.persistence is not None and one.persistence >= WHOLE]
    start = f"From {before} to {taken.k} segments"
    if not whole:
        return f"{start}: where their customers come from is published in part only."
    names = listed([quoted(_called(words, taken, one.id)) for one in whole])
    return f"{start}, all or nearly all out of one segment: {names}; of others it is withheld or not so."


def _splits(words: Words, tried: list[Candidate]) -> Iterator[str]:
    yield f"Columns of blocks for {tried[0].k} to {tried[-1].k} segments, joined by ribbons."
    for one in tried:
        mixed = [each for each in one.segments if each.persistence is not None and each.persistence < WHOLE]
        if mixed:
            named = listed([quoted(_called(words, one, each.id)) for each in mixed])
            yield f"With {one.k}, put together from several: {named}."


def _row(words: Words, before: Candidate | None, one: Candidate, each: CandidateSegment) -> tuple[str, ...]:
    figures = words.figures
    return (
        figures.number(one.k),
        _called(words, one, each.id),
        words.nothing if each.share is None else figures.percent(each.share, 1),
        _persistence(words, before, each),
        "–" if before is None else _source(words, before, each),
    )


def _persistence(words: Words, before: Candidate | None, each: CandidateSegment) -> str:
    """To one digit where some are published to the nearest tenth."""
    if each.persistence is None:
        return "–" if before is None else words.nothing
    return words.figures.number(each.persistence, 1 if words.contract.privacy.mode == "public" else 2)


def _source(words: Words, before: Candidate, target: CandidateSegment) -> str:
    """Where most of its customers come from; withheld where more may come by a flow that is."""
    flows = [flow for flow in words.contract.selection.flows if flow.k == before.k and flow.target == target.id]
    known = [(flow.share, -flow.source) for flow in flows if flow.share is not None]
    share, source = max(known, default=(0.0, 0))
    rest = (target.share or 1.0) - sum(part for part, _ in known)
    return words.nothing if not known or rest > share else _called(words, before, -source)


def _called(words: Words, one: Candidate, number: int) -> str:
    """A segment's name in the solution taken, `segment 3` in any other."""
    own = one.k == words.contract.selection.k and any(segment.id == number for segment in words.contract.segments)
    return words.segment(number).name if own else f"segment {number}"
