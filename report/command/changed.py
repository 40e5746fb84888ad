"""What is different in a build, as one paragraph of Markdown in plain English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analysis.contract import Changes, Contract, Kin, Notice, SegmentChange
from report.captions.share_changes import since_last, told_apart
from report.views.changed import FAR, slowly_drifted

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")
ENDED = {"split": "was split", "merged": "was merged", "dissolved": "has dissolved", "vanished": "has vanished"}
WORDS = {
    "verdict": "the verdict", "algorithm": "the algorithm", "k": "the number of segments", "rejected": "rows set aside",
    "privacy": "privacy.mode", "version": "the version of Segment Atlas", "language": "the language",
    "refit": "the fit", "identifiers": "the identifiers",
}  # fmt: skip


def paragraph(old: Contract, new: Contract) -> str:
    """What the new build, which tells its changes since the old one, has that is different."""
    changes = new.changes
    if changes is None:
        return "This is a first build, so there is nothing to compare it with."
    said = [*_segments(old, new, changes), *_sizes(old, new), *_customers(changes), *_drift(new, changes)]
    said += _notices(changes)
    since = f"build {changes.since}" + (f" ({old.edition.date})" if old.edition and old.edition.date else "")
    return f"**Since {since}:** " + (" ".join(said) or _quiet(old, new))


def _quiet(old: Contract, new: Contract) -> str:
    """What is said where nothing is told from chance: other customers are another table all the same."""
    before, after = ([(one.id, one.size, one.centroid) for one in each.segments] for each in (old, new))
    if before == after and old.data.customers == new.data.customers:
        return "Nothing changed."
    return (
        "No change in segments, columns, settings or the verdict was found that chance does not explain; "
        f"{new.data.customers:,} customers, {old.data.customers:,} before."
    )


def _segments(old: Contract, new: Contract, changes: Changes) -> Iterator[str]:
    before, after = ({one.id: _safe(one.name) for one in each.segments} for each in (old, new))
    now = {**{one.id: _safe(one.name) for one in new.gone}, **before, **after}
    now = {number: _told_apart(name, number, after, changes.since) for number, name in now.items()}
    for one in changes.segments:
        name = now.get(one.id) if one.became == "gone" else after.get(one.id)
        if one.became != "continued":
            yield _became(one, name or str(one.id), now)
        elif one.renamed_from:
            yield f"{_safe(one.renamed_from)} is now called {name}."


def _told_apart(name: str, number: int, after: Mapping[int, str], since: int) -> str:
    """An earlier segment whose name another one has now is told by its last build."""
    return f"{name} (until build {since})" if number not in after and name in after.values() else name


def _became(change: SegmentChange, name: str, names: Mapping[int, str]) -> str:
    if change.became == "gone":
        ended = change.ended or "vanished"
        where = "; of its customers, some are in " if ended == "vanished" else " into "
        return f"**{name}** {ENDED[ended]}{_kin(where, change.went_to, names)}."
    what = "has returned" if change.became == "returned" else "is new"
    return f"**{name}** {what}{_kin(', with customers of ', change.came_from, names)}."


def _kin(before: str, kin: tuple[Kin, ...], names: Mapping[int, str]) -> str:
    return before + ", ".join(names.get(one.id, str(one.id)) for one in kin) if kin else ""


def _sizes(old: Contract, new: Contract) -> Iterator[str]:
    """Segments that grew or shrank by more than chance explains (`report.captions.share_changes`)."""
    changed = {one.id for one in new.changes.segments if one.became == "continued"} if new.changes else set()
    before = {one.id: one for one in old.segments}
    for one in new.segments:
        was = before.get(one.id)
        size = told_apart(since_last(new, was, one)) if one.id in changed else "not known"
        if was and size in {"grown", "shrunk"}:
            yield f"{_safe(one.name)} has {size} from {_percent(was.share)} to {_percent(one.share)} of customers."


def _customers(changes: Changes) -> Iterator[str]:
    if changes.moved:
        yield f"{_percent(changes.moved)} of the customers in both tables changed their segment."


def _drift(new: Contract, changes: Changes) -> Iterator[str]:
    labels = {one.name: _safe(one.label) for one in new.data.features}
    since_last = [one for one in changes.drift if one.drift in FAR]
    since_oldest = slowly_drifted(changes)
    for found, since in ((since_last, ""), (since_oldest, f" since build {changes.oldest}")):
        if found:
            told = ", ".join(f"{labels.get(one.feature, _safe(one.feature))} ({one.drift})" for one in found)
            yield f"Drifted{since}: {told}."


def _notices(changes: Changes) -> Iterator[str]:
    for one in changes.notices:
        yield f"Changed: {_notice(one)}."


def _notice(one: Notice) -> str:
    what = WORDS.get(one.about, one.about)
    column = f" “{_safe(one.what)}”" if one.what else ""
    if one.about == "columns":
        return f"the column{column} is {'new' if one.after else 'gone'}"
    from_to = " to ".join(_safe(each) for each in (one.before, one.after) if each)
    return f"{what}{column}{f' (from {from_to})' if one.before and one.after else f' ({from_to})' if from_to else ''}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _safe(text: str) -> str:
    """Text from the data or the configuration, which Markdown may not take for its own."""
    return SIGNS.sub(r"\\\1", " ".join(text.split()))
