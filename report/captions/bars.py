"""Bars of a histogram in words: where each begins and ends, how high it stands, and who else is in an outermost one.

Bars of different widths, as neighbours put together have on a public site, are drawn by density: the area of a bar is
its customers. A bar that holds everybody beyond has no end, and is drawn as wide as the contract says.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.basics.letters import in_sentence
from analysis.contract import Distribution, Feature, HistogramBin
from analysis.wording.number_format import NumberFormat

ALIKE = 1e-6
"""Widths nearer than this are the same."""
MOST_DECIMALS = 6
CENTS = 2
ARROWS = {"below": "←", "above": "→"}
Row = tuple[str, str, str]


class Bars:
    """The bars of one column, as people read them."""

    def __init__(self, feature: Feature, one: Distribution, formats: NumberFormat) -> None:
        self.bins = one.bins
        self._feature, self._figures = feature, formats
        widths = [each.upper - each.lower for each in one.bins]
        self.unit = min(widths)
        """Width of the narrowest bar, in the column's own unit."""
        self.even = max(widths) <= self.unit * (1 + ALIKE)
        """Whether all bars are of one width, so that a height is a number of customers."""

    def height(self, one: HistogramBin, count: int | None = None) -> float:
        """Customers of a bar, or some of them, for each `unit` of its width; the number itself where bars are even."""
        held = one.count if count is None else count
        return float(held) if self.even else held * self.unit / (one.upper - one.lower)

    @property
    def tallest(self) -> HistogramBin:
        """The highest bar as drawn, the first of several."""
        return max(self.bins, key=self.height)

    @property
    def open(self) -> Sequence[HistogramBin]:
        """The outermost bars that hold everybody beyond."""
        return [each for each in self.bins if each.beyond]

    @property
    def closed(self) -> Sequence[HistogramBin]:
        """The bars that begin and end where they are drawn to."""
        return [each for each in self.bins if not each.beyond]

    @property
    def counted(self) -> str:
        """What a height counts: `Customers`, or `Customers per $5,000`."""
        return "Customers" if self.even else f"Customers per {self._written(self.unit)}"

    def range(self, one: HistogramBin) -> str:
        """`$20,000 to $30,000`, `$170,000 and above`, `below $20,000`."""
        low, high = self._written(one.lower), self._written(one.upper)
        if one.beyond == "above":
            return f"{low} and above"
        return f"below {high}" if one.beyond == "below" else f"{self._written(one.lower, unit=False)} to {high}"

    def row(self, one: HistogramBin) -> Row:
        """From, to (not including it, unless said), customers."""
        low = "lowest" if one.beyond == "below" else self._written(one.lower)
        high = "and above" if one.beyond == "above" else self._written(one.upper) + ", included" * one.closed
        return low, high, self._figures.number(one.count)

    def legend(self) -> str:
        """What the arrows over bars mean; nothing where every bar ends. What heights count, the axis says."""
        arrows = " ".join(ARROWS[one.beyond] for one in self.open if one.beyond)
        return f"; {arrows}: with everybody beyond" if arrows else ""

    def told(self) -> str:
        """Sentences on bars that are of different widths or hold everybody beyond, each with a blank in front."""
        said = [] if self.even else [f"Bars differ in width; their heights are {in_sentence(self.counted)}."]
        for one in self.open:
            which, number = ("first" if one.beyond == "below" else "last"), self._figures.number(one.count)
            said.append(f"The {which} bar holds everybody {self._beyond(one)}: {number}.")
        return "".join(f" {sentence}" for sentence in said)

    def _beyond(self, one: HistogramBin) -> str:
        if one.beyond == "below":
            return f"below {self._written(one.upper)}"
        return f"from {self._written(one.lower)} on"

    def _written(self, value: float, *, unit: bool = True) -> str:
        """An edge, with the decimals that tell it from its neighbours."""
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
