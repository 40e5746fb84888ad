"""Pieces of sentences that several captions share."""

from __future__ import annotations

from functools import cached_property

from analysis.basics.letters import in_sentence
from analysis.contract import Contract, Distribution, Feature, FeatureProfile, Interval, Segment
from analysis.wording.number_format import NumberFormat
from analysis.wording.typical import placed
from report.captions.caption import Control, Option
from report.captions.strength import to
from report.style.palette import segment_colours

WITHHELD = "withheld"
"""Stands where a figure would be, in tables, charts and alternative texts."""


def about(contract: Contract) -> str:
    """`about ` before a number of customers that others are said to have as well: rounded ones are seldom the same."""
    return "about " if contract.privacy.rounding_base else ""


def nothing(contract: Contract) -> str:
    """What stands where a figure would: withheld, or in open mode a dash, since nobody has a value."""
    return WITHHELD if contract.privacy.mode == "public" else "–"


class Words:
    """A contract and the way its figures are written."""

    def __init__(self, contract: Contract, formats: NumberFormat) -> None:
        self.contract = contract
        self.formats = formats

    @property
    def value(self) -> str:
        """What a share of value is one of."""
        lifetime = self.contract.lifetime
        return "expected value" if lifetime and lifetime.used else "value"

    @cached_property
    def _features(self) -> dict[str, Feature]:
        return {feature.name: feature for feature in self.contract.data.features}

    def feature(self, name: str) -> Feature:
        """The column of that name."""
        return self._features[name]

    def label(self, name: str) -> str:
        """A column's label as it stands inside a sentence."""
        return in_sentence(self.feature(name).label)

    @property
    def nothing(self) -> str:
        """Where a column's figure would stand that is not there: only the published copy withholds any."""
        return nothing(self.contract)

    @property
    def withholds(self) -> bool:
        """Whether figures of some segment are withheld, which might be larger than those that are told."""
        return self.contract.privacy.mode == "public" and any(one.withheld for one in self.contract.proper)

    def of(self, name: str, value: float | None) -> str:
        """A value of a column; where there is none, that it is withheld, or a dash."""
        return self.nothing if value is None else self.formats.of(self.feature(name), value)

    def middle(self, name: str, value: float | None) -> str:
        """A median or a quartile of a column, of an ordinal one in the words of its order."""
        return self.nothing if value is None else self.formats.middle(self.feature(name), value)

    def between(self, name: str, low: float | None, high: float | None, joined: str = "and") -> str:
        """`29 and 49 years`: two values of a column, the unit once."""
        if low is None or high is None:
            return f"{self.of(name, low)} {joined} {self.of(name, high)}"
        return f"{self.formats.of(self.feature(name), low, unit=False)} {joined} {self.of(name, high)}"

    def interval(self, name: str, interval: Interval | None) -> str:
        """Both ends of an interval of a column, `$81,035–$92,342`, or a dash."""
        return "–" if interval is None else to(*self.formats.ends(self.feature(name), (interval.lower, interval.upper)))

    def against(self, one: FeatureProfile) -> str:
        """`43% above average`, `3 years below average`, `average`; of medians `43% above the median`."""
        return placed(self.feature(one.feature), one, self.formats)

    def difference(self, one: FeatureProfile) -> str:
        """`+43%`, `−3 years`: how far a segment lies from everybody in a column."""
        return self.formats.signed_difference(self.feature(one.feature), one.difference, one.ratio)

    @property
    def typical(self) -> str:
        """Which figure stands for a segment in its columns: `mean`, `median`, or `mean or median`."""
        profiled = {one.feature for segment in self.contract.segments for one in segment.profile}
        found = {one.typical for one in self.contract.data.features if one.name in profiled}
        return " or ".join(sorted(found)) or "mean"

    @staticmethod
    def figure(feature: Feature) -> str:
        """What stands for a segment in a column: `mean`, `median`, of yes and no `share of yes`."""
        return "share of yes" if feature.measure == "boolean" else feature.typical

    def segment(self, number: int) -> Segment:
        """The segment with that id."""
        return next(segment for segment in self.contract.segments if segment.id == number)

    def choice(self, one: Distribution) -> tuple[Control, ...]:
        """The legend of a distribution that is known by segment."""
        return (self.segment_buttons(),) if any(bin_.by_segment for bin_ in one.bins) else ()

    def segment_buttons(self) -> Control:
        """The legend: a button a segment."""
        colours = segment_colours(self.contract)
        options = tuple(Option(str(one.id), one.name, colours[one.id]) for one in self.contract.segments)
        return Control("segments", "shown", "Show only these segments", options)


def quoted(name: str) -> str:
    """A segment's name among others: in quotation marks where it holds a comma itself."""
    return f"“{name}”" if "," in name else name
