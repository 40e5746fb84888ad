"""What has changed since the last build, in sentences: segments, their sizes, customers, columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from analysis.contract import Changes, ColumnDrift, Contract, SegmentChange
from analysis.contract.changes import Drift, KnownBy
from analysis.language import gettext, gettext_noop, ngettext
from analysis.language.words import listed
from analysis.wording.number_format import NumberFormat
from report.captions.digits import shares_apart
from report.captions.editions import called, known_segments, last_edition
from report.captions.evidence import known_by
from report.captions.share_changes import ShareChange, of_size, share_changes
from report.captions.trends import Shrinking
from report.captions.words import quoted
from report.views.certainty import VERDICTS
from report.views.words import column_names

DEGREES: tuple[Drift, ...] = ("unknown", "stable", "moderate", "strong")
FAR = DEGREES[2:]
MOST_TOLD = 3
"""Segments whose figures a sentence tells one by one; of more it tells the number."""
UNCHANGED = gettext_noop("No segment is new, gone or renamed.")
ALIKE = gettext_noop("No segment’s share of customers changed by more than chance explains.")
UNKNOWN = gettext_noop(
    "Whether segments grew or shrank is not known, because their shares or intervals are withheld or were not measured."
)

SETTLED = gettext_noop("All customers who are in both tables are in the same segment as before.")
WITH_GONE = gettext_noop(
    "This counts every customer of a segment that is gone, even where it was only split or merged."
)
STEADY = gettext_noop("No column has drifted since the last build.")
QUIET = (UNCHANGED, ALIKE, UNKNOWN, SETTLED, STEADY)
"""Sentences that tell of no change."""


def about_segments(contract: Contract, changes: Changes) -> str:
    """Which segments are new, gone, back or renamed."""
    known = known_segments(contract)

    def name(number: int) -> str:
        return quoted(called(known, number))

    told = [*_gone(contract, changes, name), *_came(changes, name), *_renamed(contract, changes, name)]
    return " ".join(told) if told else gettext(UNCHANGED)


def about_sizes(contract: Contract, formats: NumberFormat) -> str:
    """Which segments grew or shrank by more than chance explains."""
    changes = share_changes(contract)
    grown, shrunk = of_size(changes, "grown"), of_size(changes, "shrunk")
    if grown or shrunk:
        sentences = [_sized(contract, grown, formats, grew=True), _sized(contract, shrunk, formats, grew=False)]
        return " ".join(filter(None, sentences))
    return gettext(ALIKE) if of_size(changes, "within chance") else gettext(UNKNOWN)


def about_shrinking(found: Sequence[Shrinking], formats: NumberFormat) -> str:
    """An early word on segments that have been shrinking; empty where none has."""
    parts = [_from_to(formats, quoted(one.segment.name), one.first, one.now, 1) for one in found]
    if not parts:
        return ""
    told = ngettext(
        "The share of this segment has fallen in each of the last three builds: {segments}.",
        "The shares of these segments have fallen in each of the last three builds: {segments}.",
        len(parts), segments=listed(parts),
    )  # fmt: skip
    return f"{told} {_chance([one.by_chance for one in found])}"


def _from_to(formats: NumberFormat, segment: str, first: float, last: float, decimals: int = 0) -> str:
    """A segment with two shares that are not the same, nor written so."""
    before, now = shares_apart(formats, first, last, decimals)
    return gettext("{segment} (from {before} to {now})", segment=segment, before=before, now=now)


def _chance(by_chance: Sequence[bool]) -> str:
    if not any(by_chance):
        return gettext("Over these builds together, this is more than chance explains.")
    if all(by_chance):
        return gettext("Chance alone may explain it, so watch it, but do not act on it yet.")
    return gettext("For some of them chance alone may explain it.")


def about_customers(contract: Contract, changes: Changes, formats: NumberFormat) -> str:
    """How many customers are in another segment than before; empty where that is not known."""
    if changes.moved is None:
        return ""
    if changes.moved == 0:
        return gettext(SETTLED)
    share = formats.percent(changes.moved)
    told = (
        gettext("About {share} of customers who are in both tables are in another segment than before.", share=share)
        if contract.privacy.mode == "public"
        else gettext("{share} of customers who are in both tables are in another segment than before.", share=share)
    )
    return f"{told} {gettext(WITH_GONE)}" if any(one.became == "gone" for one in changes.segments) else told


def about_columns(contract: Contract, changes: Changes) -> str:
    """Which columns’ values have moved since the last build, and since the oldest; empty where none was compared."""
    return " ".join(filter(None, [_drifted(contract, changes), _drifted_slowly(contract, changes)]))


def _drifted(contract: Contract, changes: Changes) -> str:
    labels = {one.name: one.label for one in contract.data.features}
    strong, moderate = (
        [labels.get(one.feature, one.feature) for one in changes.drift if one.drift == degree]
        for degree in ("strong", "moderate")
    )
    if strong and moderate:
        return gettext(
            "The values of {strong} have drifted strongly, those of {moderate} moderately.",
            strong=column_names(strong), moderate=column_names(moderate),
        )  # fmt: skip
    if strong:
        return gettext("The values of {columns} have drifted strongly.", columns=column_names(strong))
    if moderate:
        return gettext("The values of {columns} have drifted moderately.", columns=column_names(moderate))
    return gettext(STEADY) if any(one.drift == "stable" for one in changes.drift) else ""


def slowly_drifted(changes: Changes) -> list[ColumnDrift]:
    """Columns that have drifted since the oldest build and not since the last one, told once for each degree."""
    told = {one.feature for one in changes.drift if one.drift in FAR}
    further = (one for one in changes.drift_since_oldest if DEGREES.index(one.drift) > _degree(one.before))
    return [one for one in further if one.drift in FAR and one.feature not in told]


def _degree(before: Drift | None) -> int:
    return 0 if before is None else DEGREES.index(before)


def _drifted_slowly(contract: Contract, changes: Changes) -> str:
    labels = {one.name: one.label for one in contract.data.features}
    names = [labels.get(one.feature, one.feature) for one in slowly_drifted(changes)]
    if not names:
        return ""
    return gettext(
        "Since build {number}, the values of {columns} have drifted.",
        number=changes.oldest, columns=column_names(names),
    )  # fmt: skip


def about_verdict(contract: Contract) -> str:
    """The verdict, and what it was."""
    last, word = last_edition(contract), gettext(VERDICTS[contract.selection.verdict][0])
    if last is None or last.verdict == contract.selection.verdict:
        return gettext("The verdict is still “{verdict}”.", verdict=word)
    before = gettext(VERDICTS[last.verdict][0])
    return gettext("The verdict is now “{verdict}”; it was “{before}”.", verdict=word, before=before)


def _gone(contract: Contract, changes: Changes, name: Callable[[int], str]) -> Iterator[str]:
    gone = [one for one in changes.segments if one.became == "gone"]
    if len(gone) > MOST_TOLD:
        yield gettext("{count} segments are gone.", count=len(gone))
        return
    yield from (how_it_ended(name(one.id), one, name, known_by(contract, one.id)) for one in gone)


def how_it_ended(segment: str, one: SegmentChange, name: Callable[[int], str], evidence: KnownBy | None) -> str:
    """How a segment that is gone ended, no more than that by which it is known tells."""
    into = [name(kin.id) for kin in one.went_to]
    if evidence is None:
        return gettext("{segment} is gone.", segment=segment)
    if evidence == "position":
        return _ended_by_position(segment, one, into)
    if one.ended == "split" and len(into) > 1:
        return gettext("{segment} was split into {parts}.", segment=segment, parts=listed(into[:MOST_TOLD]))
    if one.ended == "merged" and into:
        return gettext("{segment} was merged into {other}.", segment=segment, other=into[0])
    if one.ended == "dissolved":
        return gettext("{segment} is gone: its customers are spread over other segments.", segment=segment)
    return gettext("{segment} is gone.", segment=segment)


def _ended_by_position(segment: str, one: SegmentChange, into: Sequence[str]) -> str:
    if one.ended == "split" and len(into) > 1:
        return gettext("By position, {segment} was split: {parts} lie where it lay.",
                       segment=segment, parts=listed(into[:MOST_TOLD]))  # fmt: skip
    if one.ended == "merged" and into:
        return gettext("By position, {segment} was merged: {other} takes up most of its place.",
                       segment=segment, other=into[0])  # fmt: skip
    if one.ended == "dissolved":
        return gettext("{segment} is gone: its place is divided among several segments.", segment=segment)
    if one.ended == "vanished":
        return gettext("{segment} is gone: no segment lies where it lay.", segment=segment)
    return gettext("{segment} is gone.", segment=segment)


def _came(changes: Changes, name: Callable[[int], str]) -> Iterator[str]:
    for became in ("new", "returned"):
        found = [name(one.id) for one in changes.segments if one.became == became]
        names = listed(found) if len(found) <= MOST_TOLD else ""
        if names and became == "new":
            yield ngettext("{segments} is new.", "{segments} are new.", len(found), segments=names)
        elif names:
            yield ngettext("{segments} is back.", "{segments} are back.", len(found), segments=names)
        elif found and became == "new":
            yield gettext("{count} segments are new.", count=len(found))
        elif found:
            yield gettext("{count} segments are back.", count=len(found))


def _renamed(contract: Contract, changes: Changes, name: Callable[[int], str]) -> Iterator[str]:
    here = {one.id for one in contract.segments}
    renamed = [one for one in changes.segments if one.renamed_from and one.id in here]
    if len(renamed) > MOST_TOLD:
        yield gettext("{count} segments have a new name.", count=len(renamed))
        return
    for one in renamed:
        yield gettext(
            "{segment} was called {before} before.", segment=name(one.id), before=quoted(one.renamed_from or "")
        )


def _sized(contract: Contract, changes: Sequence[ShareChange], formats: NumberFormat, *, grew: bool) -> str:
    known = known_segments(contract)
    figures = [
        _from_to(formats, quoted(called(known, one.id)), one.before or 0.0, one.now or 0.0)
        for one in changes[:MOST_TOLD]
    ]
    if not changes:
        return ""
    count = len(changes)
    names = listed(figures) if count <= MOST_TOLD else gettext("{count} segments", count=count)
    if grew:
        return gettext("Share of customers up by more than chance explains: {segments}.", segments=names)
    return gettext("Share of customers down by more than chance explains: {segments}.", segments=names)
