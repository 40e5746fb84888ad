"""What every view reads: the published contract, the format of its figures, its charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from analysis.configuration import Site
from analysis.configuration.value import Value
from analysis.contract import CategoryShare, Contract, Feature, FeatureProfile, Lifetime, Segment
from analysis.language import gettext
from analysis.language.words import in_sentence
from analysis.wording.number_format import NumberFormat
from report.captions import Caption
from report.captions.words import expected_value, nothing
from report.style.palette import segment_colours

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

UNNAMED = Value.model_fields["label"].default
"""The label of value where the configuration gives none."""


class Drawn(Protocol):
    """A chart as the drawing process delivers it: SVG for wide and for narrow columns, JSON for the interactive one."""

    @property
    def wide(self) -> str | None: ...  # noqa: D102
    @property
    def narrow(self) -> str: ...  # noqa: D102
    @property
    def spec(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Page:
    """One page of the site before it is rendered."""

    path: str
    """Place in the site without suffix, `segments/premium-shoppers`."""
    template: str
    title: str
    description: str
    values: DataclassInstance
    """What the template tells: a dataclass of its own, whose fields are the names that it may use."""
    navigation: str | None = None
    """Text of its entry in the navigation; None leaves it out."""
    contents: bool = True
    """Whether the page shows its own contents."""
    listed: bool = True
    """Whether search, the sitemap and search engines know it; else only links lead to it."""


@dataclass(frozen=True)
class ChartBlock:
    """One chart with its words, as the figure component takes it."""

    caption: Caption
    picture: Drawn


@dataclass(frozen=True)
class MoreCharts:
    """What the template `more_charts` shows: the charts that have no place in the template of their page."""

    blocks: Sequence[ChartBlock]


@dataclass(frozen=True)
class Story:
    """The published contract with everything that a view needs to describe it."""

    contract: Contract
    site: Site
    formats: NumberFormat
    captions: Mapping[str, Caption]
    pictures: Mapping[str, Drawn]

    @cached_property
    def colours(self) -> dict[int, int]:
        """Segment id → palette index."""
        return segment_colours(self.contract)

    @cached_property
    def _features(self) -> dict[str, Feature]:
        return {feature.name: feature for feature in self.contract.data.features}

    @cached_property
    def _segments(self) -> dict[int, Segment]:
        return {segment.id: segment for segment in self.contract.segments}

    def feature(self, name: str) -> Feature:
        """The column of this name."""
        return self._features[name]

    def segment(self, number: int) -> Segment:
        """The segment of this id."""
        return self._segments[number]

    @cached_property
    def clustering(self) -> tuple[Feature, ...]:
        """The columns that segments were found by."""
        return tuple(f for f in self.contract.data.features if f.used_for == "clustering")

    @cached_property
    def numeric(self) -> tuple[Feature, ...]:
        """Every numeric column."""
        return tuple(f for f in self.contract.data.features if f.kind == "numeric")

    @cached_property
    def valued(self) -> bool:
        """Whether the configuration defines the value of a customer."""
        return self.site.value.stated

    @cached_property
    def value_told(self) -> bool:
        """Whether segments' shares of value are published; if not, their customers decide the budget in its place."""
        return self.valued and any(one.value_share is not None for one in self.contract.segments)

    @cached_property
    def value_known(self) -> bool:
        """Whether value is money that the table itself holds, and not an estimate from other columns."""
        return self.site.value_known

    @cached_property
    def lifetime(self) -> Lifetime | None:
        """The models of expected value, where that is the value of a customer."""
        found = self.contract.lifetime
        return found if found and found.used else None

    @property
    def value_name(self) -> str:
        """What value is called inside a sentence: `estimated spend`, `expected value of the next 12 months`."""
        if self.lifetime:
            return expected_value(self.lifetime.months)
        value = self.site.value
        return gettext("value") if value.label == UNNAMED else in_sentence(value.called.split(" (")[0])

    @cached_property
    def personas(self) -> bool:
        """Whether there are personas to match segments with."""
        return self.site.personas is not None or any(segment.persona for segment in self.contract.segments)

    def profile(self, segment: Segment, feature: str) -> FeatureProfile | None:
        """A segment's figures in one numeric column; None where they are withheld."""
        return next((profile for profile in segment.figures if profile.feature == feature), None)

    @cached_property
    def nothing(self) -> str:
        """What stands in place of a missing figure: only the published copy withholds any."""
        return nothing(self.contract)

    def chart(self, name: str) -> ChartBlock | None:
        """A chart by name; None where the table does not give it."""
        if name not in self.captions or name not in self.pictures:
            return None
        return ChartBlock(self.captions[name], self.pictures[name])

    def charts(self, prefix: str) -> list[ChartBlock]:
        """Every chart whose name begins so, in the captions' order."""
        blocks = [self.chart(name) for name in self.captions if name.startswith(prefix)]
        return [block for block in blocks if block]

    def others(self, page: Page) -> list[ChartBlock]:
        """The charts of a page that its own template does not place: they stand at its end."""
        placed = set(_placed(page.values))
        names = [name for name, caption in self.captions.items() if caption.page == page.path and name not in placed]
        return [block for name in names if (block := self.chart(name))]

    def share(self, share: float) -> str:
        """A share in a table, with one decimal: the parts of a whole add up. Sentences tell whole per cents."""
        return self.formats.percent(share, 1)


def _placed(values: object) -> Iterator[str]:
    """The names of the charts among a template's values, however deep they lie."""
    if isinstance(values, ChartBlock):
        yield values.caption.name
    elif isinstance(values, Mapping):
        yield from _placed(tuple(values.values()))
    elif isinstance(values, (list, tuple)):
        for value in values:
            yield from _placed(value)
    elif is_dataclass(values):
        yield from _placed(vars(values))


def commonest(segment: Segment, feature: Feature) -> CategoryShare | None:
    """The most common category in a segment; None where a withheld one may be more common."""
    own = [share for share in segment.shares if share.feature == feature.name]
    found = max(own, key=lambda share: share.share, default=None)
    return found if found and found.share >= 1 - sum(share.share for share in own) else None
