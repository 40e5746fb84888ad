"""What is different in a build, as one paragraph of Markdown: the page's own sentences, in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.contract import Changes, Contract
from analysis.language import speaking
from analysis.language.words import listed
from analysis.wording.number_format import NumberFormat
from report.captions.editions import called, known_segments
from report.captions.evidence import known_by
from report.captions.words import quoted
from report.views.change_tables import segment_note
from report.views.changes import findings, unchanged
from report.views.notices import notice_lines

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")
FORMATS = NumberFormat("en_US", "XXX")
"""Nothing that is told here is an amount."""

ONLY_SHOWN = "Only settings differ that change no result, such as the title of the site."


def paragraph(old: Contract, new: Contract) -> str:
    """What the new build, which tells its changes since the old one (`compared`), has that is different."""
    changes = new.changes
    if changes is None:
        raise ValueError("a build is told beside another one, with which it was compared")
    since = f"build {changes.since}" + (f" ({old.edition.date})" if old.edition and old.edition.date else "")
    with speaking("en"):
        told = list(_told(old, new, changes))
    return f"**Since {since}:** {' '.join(map(_safe, told))}"


def _told(old: Contract, new: Contract, changes: Changes) -> Iterator[str]:
    if unchanged(new, changes) and _alike(old, new):
        same = old.provenance.configuration_sha256 == new.provenance.configuration_sha256
        yield "Nothing changed." if same else ONLY_SHOWN
        return
    yield from findings(new, changes, FORMATS)
    yield from _kin(new, changes)
    yield from _notices(new, changes)
    if new.data.customers != old.data.customers:
        yield f"The table has {new.data.customers:,} customers; it had {old.data.customers:,}."


def _alike(old: Contract, new: Contract) -> bool:
    """Whether segments and columns are described by the same figures: others with the same shares are no such ones."""
    before, after = ([(one.id, one.size, one.centroid) for one in each.segments] for each in (old, new))
    return before == after and old.data.features == new.data.features


def _kin(new: Contract, changes: Changes) -> Iterator[str]:
    """Where customers of new segments come from, or these lie, and where those of vanished ones are."""
    known = known_segments(new)
    for one in changes.segments:
        name = quoted(called(known, one.id))
        if one.became in {"new", "returned"} and one.came_from:
            yield f"{name}: {segment_note(new, FORMATS, one)}."
        elif one.ended == "vanished" and one.went_to and known_by(new, one.id) == "customers":
            others = listed([quoted(called(known, kin.id)) for kin in one.went_to])
            yield f"Some customers of {name} are now in {others}."


def _notices(new: Contract, changes: Changes) -> Iterator[str]:
    others = changes.model_copy(update={"notices": tuple(one for one in changes.notices if one.about != "verdict")})
    for line in notice_lines(new.model_copy(update={"changes": others}), FORMATS):
        yield f"{line.head}: {line.text}."


def _safe(text: str) -> str:
    """Text from the data or the configuration, which Markdown may not take for its own."""
    return SIGNS.sub(r"\\\1", " ".join(text.split()))
