"""What every chart function gets: the contract, how figures are written, and how wide the picture is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analysis.contract import Contract, Feature, Segment
from analysis.language import gettext
from analysis.wording.number_format import NumberFormat
from report.captions.strength import signed_range
from report.captions.words import nothing
from report.style.lettering import plain, shorten, text_width, wrapped
from report.style.palette import segment_colours
from report.style.theme import SHAPES, TEXT, segment_colour

WIDE = 640
SMALL = 480
NARROW = 320


@dataclass(frozen=True)
class ChartContext:
    """The input of one picture: wide for a column of text, narrow for a phone."""

    contract: Contract
    formats: NumberFormat
    narrow: bool = False

    def width(self, wide: int = WIDE) -> int:
        """Width of the whole picture in pixels."""
        return NARROW if self.narrow else wide

    @cached_property
    def _features(self) -> dict[str, Feature]:
        return {feature.name: feature for feature in self.contract.data.features}

    def feature(self, name: str) -> Feature:
        """The column of that name."""
        return self._features[name]

    @cached_property
    def _palette(self) -> dict[int, int]:
        return segment_colours(self.contract)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments in canonical order."""
        return self.contract.segments

    @property
    def nothing(self) -> str:
        """Replaces a column's figure that is missing: only the published copy withholds any."""
        return nothing(self.contract)

    def name(self, segment: int) -> str:
        """A segment's name, on one line."""
        return next(plain(one.name).replace("\n", " ") for one in self.segments if one.id == segment)

    def colour(self, segment: int) -> str:
        """A segment's colour."""
        return segment_colour(self._palette[segment])

    def shape(self, segment: int) -> str:
        """A segment's shape."""
        # Segments that share a colour have different shapes.
        own = self._palette[segment]
        again = sum(colour == own for other, colour in self._palette.items() if other < segment)
        return SHAPES[(own - 1 + again) % len(SHAPES)]

    def written(self, feature: Feature, value: float) -> str:
        """A value of a column as people read it."""
        return plain(self.formats.of(feature, value))

    def entry(self, feature: Feature, value: float) -> str:
        """A line of a tooltip: `Annual income: $87,000`."""
        return gettext("{what}: {figure}", what=feature.label, figure=self.written(feature, value))

    def distance(self, strength: float) -> str:
        """A line of a tooltip: how far a segment is from all other customers."""
        return gettext(
            "Difference from all other customers: {strength} standard deviations",
            strength=self.formats.signed(strength, 2),
        )

    def interval(self, bounds: tuple[float, float] | None) -> str:
        """A line of a tooltip: the interval of that distance; empty without one."""
        return gettext("95% interval: {range}", range=signed_range(self.formats, bounds)) if bounds else ""

    @staticmethod
    def tip(*lines: str) -> str:
        """A tooltip of these lines, without those that are empty."""
        return "\n".join(filter(None, lines))

    def titled(self, feature: Feature, width: float) -> str:
        """A column's label in that many pixels, with its unit where the figures do not have it and it fits in."""
        return shorten(self._title(feature, width), width, TEXT, bold=True)

    def headed(self, feature: Feature, width: float) -> list[str]:
        """The same on two lines where it is wider."""
        return wrapped(self._title(feature, width), width, TEXT, bold=True)

    @staticmethod
    def _title(feature: Feature, width: float) -> str:
        fits = text_width(feature.titled, TEXT, bold=True) <= width
        return feature.titled if fits else feature.label
