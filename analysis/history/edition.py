"""The build at work among those that are remembered, and the earlier ones in short."""

from __future__ import annotations

from analysis.configuration import Configuration
from analysis.contract import Contract, Edition, PastEdition, PastSegment
from analysis.history.decisive import decisive
from analysis.history.remembered import Remembered

LONGEST = 24
"""Earlier builds that a document speaks of."""


def edition(remembered: Remembered, configuration: Configuration) -> Edition:
    """The build at work; `configuration` as it was set."""
    return Edition(
        number=remembered.number,
        date=remembered.date,
        language=configuration.site.site.language,
        settings=decisive(configuration),
    )


def past(last: Contract | None) -> tuple[PastEdition, ...]:
    """Earlier builds, the oldest first: those that the last one knew, and the last one."""
    return (*last.past, in_short(last))[-LONGEST:] if last else ()


def in_short(contract: Contract) -> PastEdition:
    """A build as later ones speak of it, by its published contract."""
    return PastEdition(
        number=contract.edition.number if contract.edition else 1,
        date=contract.edition.date if contract.edition else None,
        customers=contract.data.customers,
        k=contract.selection.k,
        verdict=contract.selection.verdict,
        mode=contract.privacy.mode,
        segments=tuple(
            PastSegment(**{name: getattr(one, name) for name in PastSegment.model_fields}) for one in contract.segments
        ),
    )


def remembers(new: Contract, old: Contract) -> bool:
    """Whether the old build is one of those that the new one speaks of."""
    short = known_by(in_short(old))
    return any(known_by(one) == short for one in new.past)


def known_by(build: PastEdition) -> tuple[object, ...]:
    """What tells a build from those of another history."""
    return build.number, build.date, tuple((one.id, one.slug) for one in build.segments)
