"""Bars of a histogram in words: their ranges, their heights, and which of them are open at one end.

On a public site neighbouring bars may be merged. Bars of different widths are drawn by density: a bar's area is its
number of customers. An open bar includes all customers beyond it, and is drawn as wide as the contract says.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Distribution, Feature, HistogramBin
from analysis.language import gettext, ngettext
from analysis.wording.number_format import NumberFormat
from report.captions.strength import span_of

ALIKE = 1e-6
"""Widths that differ by less, relative to the narrowest, are the same."""
MOST_DECIMALS = 6
CENTS = 2
ARROWS = {"below": "←", "above": "→"}
Row = tuple[str, str, str]


class Bars:
    """The bars of one column, in words and figures."""

    def __init__(self, feature: Feature, one: Distribution, formats: NumberFormat) -> None:
        self.bins = one.bins
        self._feature, self._figures = feature, formats
        widths = [each.upper - each.lower for each in one.bins]
        self.unit = min(widths)
        """Width of the narrowest bar, in the column's own unit."""
        self.even = max(widths) <= self.unit * (1 + ALIKE)
        """Whether all bars have the same width, so that a height is a number of customers."""

    def height(self, one: HistogramBin, count: int | None = None) -> float:
        """Customers of a bar, or `count` of them, per `unit` of its width; the number itself where bars are even."""
        held = one.count if count is None else count
        return float(held) if self.even else held * self.unit / (one.upper - one.lower)

    @property
    def tallest(self) -> HistogramBin:
        """The highest bar as drawn, the first of several."""
        return max(self.bins, key=self.height)

    @property
    def open(self) -> Sequence[HistogramBin]:
        """The outermost bars that include all customers beyond them."""
        return [each for each in self.bins if each.beyond]

    @property
    def closed(self) -> Sequence[HistogramBin]:
        """The bars whose range is as drawn."""
        return [each for each in self.bins if not each.beyond]

    @property
    def counted(self) -> str:
        """What a height counts: `Customers`, or `Customers per $5,000`."""
        if self.even:
            return gettext("Customers")
        return gettext("Customers per {width}", width=self._written(self.unit))

    def range(self, one: HistogramBin) -> str:
        """`$20,000 to $30,000`, `$170,000 and above`, `below $20,000`."""
        low, high = self._written(one.lower), self._written(one.upper)
        if one.beyond == "above":
            return gettext("{low} and above", low=low)
        if one.beyond == "below":
            return gettext("below {high}", high=high)
        return span_of(self._written(one.lower, unit=False), high)

    def row(self, one: HistogramBin) -> Row:
        """Start, end (not included, unless stated), customers."""
        low = gettext("lowest") if one.beyond == "below" else self._written(one.lower)
        return low, self._end(one), self._figures.number(one.count)

    def _end(self, one: HistogramBin) -> str:
        if one.beyond == "above":
            return gettext("and above")
        high = self._written(one.upper)
        return gettext("{high}, included", high=high) if one.closed else high

    def legend(self) -> str:
        """A sentence on the arrows above open bars; empty without any. The axis says what heights count."""
        arrows = " ".join(ARROWS[one.beyond] for one in self.open if one.beyond)
        return gettext("{arrows}: includes all customers beyond.", arrows=arrows) if arrows else ""

    def told(self) -> list[str]:
        """Sentences on bars that have different widths or are open."""
        return [*self._uneven(), *map(self._open, self.open)]

    def _uneven(self) -> list[str]:
        if self.even:
            return []
        width = self._written(self.unit)
        return [gettext("Bars have different widths. Their heights are customers per {width}.", width=width)]

    def _open(self, one: HistogramBin) -> str:
        number = self._figures.number(one.count)
        if one.beyond == "below":
            return ngettext(
                "The first bar includes all customers below {edge}: {count} customer.",
                "The first bar includes all customers below {edge}: {count} customers.",
                one.count, edge=self._written(one.upper), count=number,
            )  # fmt: skip
        return ngettext(
            "The last bar includes all customers from {edge} upwards: {count} customer.",
            "The last bar includes all customers from {edge} upwards: {count} customers.",
            one.count, edge=self._written(one.lower), count=number,
        )  # fmt: skip

    def _written(self, value: float, *, unit: bool = True) -> str:
        """An edge, with enough decimals to distinguish it from its neighbours."""
        feature, places = self._feature, self._places
        if feature.format == "money":
            return self._figures.money(value * feature.scale, max(places, CENTS) if places else 0)
        if places:
            feature = feature.model_copy(update={"decimals": max(places, feature.decimals or 0)})
        return self._figures.of(feature, value, unit=unit)

    @property
    def _places(self) -> int:
        factor = self._feature.scale * (100 if self._feature.format == "percent" else 1)
        edges = [edge * factor for one in self.bins for edge in (one.lower, one.upper)]
        near = self.unit * factor * ALIKE
        exact = (
            places for places in range(MOST_DECIMALS) if all(abs(round(edge, places) - edge) <= near for edge in edges)
        )
        return next(exact, MOST_DECIMALS)
