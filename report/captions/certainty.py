"""Captions of how far the segments can be trusted: the candidates for k, and each segment's quality."""

from __future__ import annotations

from analysis.basics.letters import capital
from analysis.basics.listed import listed
from analysis.contract import Candidate, Segment
from analysis.contract.indices import DRAWN, Key
from report.captions.caption import Caption
from report.captions.words import Words, quoted

PARTS = {4: ("four", "quarter"), 10: ("ten", "tenth"), 20: ("twenty", "twentieth")}
"""Into how many parts percentiles of silhouettes divide a segment, and what one of the parts is called."""


def candidates(words: Words) -> Caption:
    """Which number was taken, and which each index would take."""
    selection, figures = words.contract.selection, words.figures
    tried = selection.candidates
    how = "set by the team" if selection.mode == "fixed" else "chosen from the data"
    return Caption(
        name="candidates",
        takeaway=f"{selection.k} segments were {how}; {_preferences(words)}.",
        subtitle="Each measure by number of segments; dashed: the number taken; diamond: the best by that measure",
        description=(
            f"A small line chart a measure, for {tried[0].k} to {tried[-1].k} segments. At {selection.k} segments the "
            f"mean silhouette is {figures.number(selection.silhouette, 2)}. {capital(_preferences(words))}."
        ),
        columns=("Segments", *(index.name for index in DRAWN.values()), "Inertia"),
        rows=tuple(
            (figures.number(one.k), *(_written(words, one, key) for key in DRAWN), figures.index(one.inertia))
            for one in tried
        ),
    )  # fmt: skip


def _written(words: Words, one: Candidate, key: Key) -> str:
    """An index at one number of segments."""
    value: float | None = getattr(one, key)
    if value is None:
        return "–"
    return words.figures.number(value, 2) if DRAWN[key].bounded else words.figures.index(value)


def silhouettes(words: Words) -> Caption:
    """Which segments stand apart, and whether some of their customers are nearer to another one."""
    figures = words.figures
    # Those whom the algorithm leaves unassigned are no group that could stand apart.
    measured = [one for one in words.contract.proper if one.silhouettes]
    clearest = max(measured, key=lambda one: one.silhouette)
    least = min(measured, key=lambda one: one.silhouette)
    mean = figures.number(words.contract.selection.silhouette, 2)
    found = (
        f"Clearest is {quoted(clearest.name)}, least clear {quoted(least.name)}"
        if clearest is not least
        else "One segment"
    )
    return Caption(
        name="silhouettes",
        takeaway=f"{found}; {_misplaced(measured)}.",
        subtitle="How much nearer customers are to their own segment than to the next, the clearest of each on top; "
                 f"below 0, nearer to another; {_ends(measured)} at either end is not drawn. As tall as the segment is "
                 "large; dashed: the mean of all",
        description=f"A silhouette plot with a block for each of {len(measured)} segments; the mean of all customers "
                    f"is {mean}. {' '.join(_clearness(words, one) for one in measured)}",
        columns=("Segment", "Mean silhouette", "Lowest quarter below", "Half above", "Highest quarter above"),
        rows=tuple((one.name, figures.number(one.silhouette, 2),
                    *(figures.number(_at(one.silhouettes, share), 2) for share in (0.25, 0.5, 0.75)))
                   for one in measured),
    )  # fmt: skip


def _at(values: tuple[float, ...], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(share * (len(values) + 1)) - 1)]


def _parts(measured: list[Segment]) -> int:
    """Into how many parts of its customers the percentiles told divide a segment, of the one with the fewest."""
    return min(len(one.silhouettes) for one in measured) + 1


def _ends(measured: list[Segment]) -> str:
    """What lies beyond the outermost percentiles; of small segments in public mode that is more."""
    parts = _parts(measured)
    return f"the outermost {PARTS[parts][1]}{'' if parts == max(PARTS) else ' or less'}"


def _misplaced(measured: list[Segment]) -> str:
    outside = [one for one in measured if one.silhouettes[0] < 0]
    if not outside:
        many = PARTS[_parts(measured)][0]
        return f"in each, at most one customer in {many} is nearer to another segment"
    where = listed([quoted(one.name) for one in outside])
    return f"some customers are nearer to another segment than to their own: in {where}"


def _clearness(words: Words, one: Segment) -> str:
    return f"{one.name}: mean {words.figures.number(one.silhouette, 2)}."


def _preferences(words: Words) -> str:
    selection = words.contract.selection
    by_k: dict[int, list[str]] = {}
    drawn = {str(key): index.inside for key, index in DRAWN.items()}
    for key, k in selection.preferred.items():
        if key in drawn:
            by_k.setdefault(k, []).append(drawn[key])
    if not by_k:
        return "no measure was taken of other numbers"
    order = sorted(by_k, key=lambda k: (k != selection.k, k))
    parts = []
    for k in order:
        verb = "prefers" if len(by_k[k]) == 1 else "prefer"
        what = "that number too" if k == selection.k else "no division" if k == 1 else k
        parts.append(f"{listed(by_k[k])} {verb} {what}")
    return listed(parts)
