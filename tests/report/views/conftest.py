"""Stories to test views with: a contract, small changes to it, and no pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.configuration import Configuration, Site
from analysis.contract import Contract, Segment
from analysis.wording.number_format import NumberFormat
from report.views.story import Story

Tell = Callable[..., Story]


@pytest.fixture(scope="session")
def tell(mall: Configuration, mall_contract: Contract) -> Tell:
    """`tell(site={"budget": None}, selection={"verdict": "none"}, segments=[…])`: the Mall story, changed."""

    def story(site: dict[str, object] | None = None, **changes: object) -> Story:
        contract = mall_contract
        for name, change in changes.items():
            held = getattr(contract, name)
            new = held.model_copy(update=change) if isinstance(change, dict) else change
            contract = contract.model_copy(update={name: new})
        settings: Site = mall.site.model_copy(update=site or {})
        formats = NumberFormat(settings.site.locale, settings.site.currency)
        return Story(contract, settings, formats, {}, {})

    return story


def changed(segments: tuple[Segment, ...], **lists: list[object]) -> tuple[Segment, ...]:
    """Segments with one field each taken from a list."""
    return tuple(
        segment.model_copy(update={name: values[place] for name, values in lists.items()})
        for place, segment in enumerate(segments[: len(next(iter(lists.values())))])
    )


def with_some_in_none(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The segments, the last of which is none: its customers are in no segment."""
    nothing = {
        "kind": "unassigned", "name": "Unassigned", "slug": "unassigned", "persona": None, "stability": None,
        "stability_band": None, "recommendations": (), "criteria": (), "evaluation": None, "rule": None,
    }  # fmt: skip
    return (*segments[:-1], segments[-1].model_copy(update=nothing))
