"""Words and figures that several captions share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from analysis.contract import Contract, Distribution, Feature, FeatureProfile, Interval, Level, Segment
from analysis.language import gettext, gettext_noop, ngettext
from analysis.language.words import in_sentence
from analysis.wording.number_format import NumberFormat
from analysis.wording.typical import placed
from report.captions.caption import Control, Option
from report.captions.strength import to
from report.style.palette import segment_colours

OF_LEVEL: Mapping[Level, str] = {
    "very low": gettext_noop("{column} very low"),
    "low": gettext_noop("{column} low"),
    "medium": gettext_noop("{column} medium"),
    "high": gettext_noop("{column} high"),
    "very high": gettext_noop("{column} very high"),
}
"""A column with a level in it, in English, for `gettext`."""


def expected_value(months: int) -> str:
    """What value is called inside a sentence where it is expected: `expected value of the next 12 months`."""
    return ngettext(
        "expected value of the next month", "expected value of the next {months} months", months, months=months
    )


def nothing(contract: Contract) -> str:
    """Replaces a figure that is missing: `withheld`, or a dash in open mode, where it means that nobody has a value."""
    return withheld() if contract.privacy.mode == "public" else "–"


def withheld() -> str:
    """Replaces a figure in tables, charts and alternative texts."""
    return gettext("withheld")


def together(*sentences: str) -> str:
    """Whole sentences one after another, without those that are empty."""
    return " ".join(filter(None, sentences))


class Words:
    """A contract and the way its figures are written."""

    def __init__(self, contract: Contract, formats: NumberFormat) -> None:
        self.contract = contract
        self.formats = formats

    @property
    def value(self) -> str:
        """What a share of value is a share of."""
        lifetime = self.contract.lifetime
        return gettext("expected value") if lifetime and lifetime.used else gettext("value")

    @property
    def value_name(self) -> str:
        """… in full: `estimated spend`, `expected value of the next 12 months`."""
        lifetime, budget = self.contract.lifetime, self.contract.budget
        if lifetime and lifetime.used:
            return expected_value(lifetime.months)
        return in_sentence(budget.value_label.split(" (")[0]) if budget else self.value

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
        """Replaces a column's figure that is missing: only the published copy withholds any."""
        return nothing(self.contract)

    @property
    def withholds(self) -> bool:
        """Whether figures of some segment are withheld, which might be larger than those that are told."""
        return self.contract.privacy.mode == "public" and any(one.withheld for one in self.contract.proper)

    def of(self, name: str, value: float | None) -> str:
        """A value of a column; where there is none, `withheld` or a dash."""
        return self.nothing if value is None else self.formats.of(self.feature(name), value)

    def middle(self, name: str, value: float | None) -> str:
        """A median or a quartile of a column, of an ordinal one in the words of its order."""
        return self.nothing if value is None else self.formats.middle(self.feature(name), value)

    def ends(self, name: str, low: float, high: float) -> dict[str, str]:
        """Two values of a column as the slots `low` and `high`, `29` and `49 years`: the unit only once."""
        return {"low": self.formats.of(self.feature(name), low, unit=False), "high": self.of(name, high)}

    def interval(self, name: str, interval: Interval | None) -> str:
        """Both ends of an interval of a column, `$81,035–$92,342`, `31–34 years`, or a dash."""
        if interval is None:
            return "–"
        feature, ends = self.feature(name), (interval.lower, interval.upper)
        low, high = self.formats.ends(feature, ends)
        return low if low == high else to(self.formats.ends(feature, ends, unit=False)[0], high)

    def against(self, one: FeatureProfile) -> str:
        """`43% above average`, `3 years below average`, `average`; for medians `43% above the median`."""
        return placed(self.feature(one.feature), one, self.formats)

    def stated(self, one: FeatureProfile) -> str:
        """A column with a segment's position in it: `annual income 43% above average`."""
        return gettext("{column} {difference}", column=self.label(one.feature), difference=self.against(one))

    def missing(self, name: str) -> str:
        """A column without a figure: `annual income withheld`, or in open mode `annual income –`."""
        return gettext("{column} {difference}", column=self.label(name), difference=self.nothing)

    def difference(self, one: FeatureProfile) -> str:
        """`+43%`, `−3 years`: how far a segment is from all customers in a column."""
        return self.formats.signed_difference(self.feature(one.feature), one.difference, one.ratio)

    @property
    def typical(self) -> str:
        """Which figure represents a segment in its columns: `mean`, `median`, or both, `mean or median`."""
        profiled = {one.feature for segment in self.contract.segments for one in segment.profile}
        found = {one.typical for one in self.contract.data.features if one.name in profiled}
        return " or ".join(sorted(found)) or "mean"

    @property
    def mixed(self) -> bool:
        """Whether some columns are told by their mean and others by their median."""
        return self.typical not in {"mean", "median"}

    @staticmethod
    def headed(feature: Feature) -> str:
        """A column's label with the figure that represents a segment: `Annual income, mean`, `Churn, share of yes`."""
        if feature.measure == "boolean":
            return gettext("{column}, share of yes", column=feature.label)
        return with_figure(feature.label, feature.typical)

    def segment(self, number: int) -> Segment:
        """The segment with that id."""
        return next(segment for segment in self.contract.segments if segment.id == number)

    def choice(self, one: Distribution) -> tuple[Control, ...]:
        """The segment buttons of a distribution that is known by segment; none for others."""
        return (self.segment_buttons(),) if any(bin_.by_segment for bin_ in one.bins) else ()

    def segment_buttons(self) -> Control:
        """The legend: one button for each segment."""
        colours = segment_colours(self.contract)
        options = tuple(Option(str(one.id), one.name, colours[one.id]) for one in self.contract.segments)
        return Control("segments", "shown", gettext("Show only these segments"), options)


def with_figure(column: str, figure: str) -> str:
    """A column's label with the figure that is shown of it: `Annual income, mean`, `Annual income, median`."""
    if figure == "median":
        return gettext("{column}, median", column=column)
    return gettext("{column}, mean", column=column)


def of_level(column: str, level: Level) -> str:
    """A column with a segment's level in it: `annual income high`."""
    return gettext(OF_LEVEL[level], column=column)


def quoted(name: str) -> str:
    """A segment's name inside a sentence, in quotation marks where it contains a comma."""
    return gettext("“{name}”", name=name) if "," in name else name
