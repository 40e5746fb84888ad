"""All linear relations that a published contract states of one numeric column.

A mean says Σ (value − mean) × count = 0, whatever the number of customers; it is linear, and so are a standard
deviation (with the mean), a quantile, a share, and a correlation of columns of few values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.privacy.enumerated import contrasts
from tests.privacy.published import DERIVED, QUANTILES, Node, Published, Span, exact, printed, span, step
from tests.privacy.system import Name, System, total
from tests.privacy.truth import BAND, EVERYBODY, REST, Cell

FEW_VALUES = 12
HOLDS = re.compile(r"^It holds (\d+)(\.\d+)?% of the customers")
APART = 0.05
"""The most of all customers that are set apart, as the documentation says."""


@dataclass(frozen=True)
class Known:
    """What an attacker knows of the columns beside what is published, as anybody can who knows such tables."""

    support: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """Column → the only values that it can have."""
    whole: frozenset[str] = frozenset()
    """Columns of whole numbers."""
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Column → the columns that add up to it."""
    crossed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Column of categories → the two whose pairs, with a blank between, are its categories."""
    valued: str | None = None
    """The column that adds up to customers' value."""


def segments(published: Published) -> list[Cell]:
    """The segments as cells."""
    return [("segment", one["id"]) for one in published.segments]


def sizes(system: System, published: Published) -> None:
    """Sizes of segments and what they add up to."""
    system.unknown(("customers",), *published.customers)
    whole = published.contract["data"]["customers"]
    for one in published.segments:
        name = system.unknown(("size", ("segment", one["id"])), *published.count(one["size"]))
        system.count(name, published.share(one["share"], whole))
        for told in _percentages(one, published, whole):
            system.count(name, told)
        lifetime = one.get("lifetime")
        if lifetime:
            value, brought = (published.modelled(lifetime[name]) for name in ("value", "total"))
            if value and brought and value[0] > 0:
                system.unknown(name, brought[0] / value[1] - 1e-6, brought[1] / value[0] + 1e-6)
    system.equal(total(("size", each) for each in segments(published)) | {("customers",): -1.0}, "sizes add up")


def _percentages(one: Node, published: Published, whole: float) -> Iterator[Span]:
    """Sentences tell a segment's share to a digit, which may be more than its rounded size tells."""
    low, high = published.customers
    for criterion in one["criteria"]:
        found = HOLDS.search(criterion["reason"])
        if not found:
            continue
        share, digits = float(found[1] + (found[2] or "")) / 100, len(found[2] or "")
        if abs(share - one["size"] / whole) > 0.6 * 10.0 ** -(digits + 1):
            half = 0.5 * 10.0 ** -(max(digits - 1, 0) + 2)
            yield (share - half) * low, (share + half) * high


def apart(system: System, published: Published) -> bool:
    """Customers set apart, by segment; whether there can be any."""
    told = published.contract["data"]["set_apart"]
    if told == 0:
        return False
    most = published.count(told)[1]
    most = min(most, math.ceil(APART * published.customers[1]))
    system.unknown(("apart", EVERYBODY), 0, most)
    cells = segments(published)
    for each in cells:
        system.unknown(("apart", each), 0, most)
    system.equal(total(("apart", each) for each in cells) | {("apart", EVERYBODY): -1.0}, "set apart add up")
    return True


@dataclass
class Column:
    """One numeric column: its unknowns and relations, written into `system`."""

    published: Published
    feature: Node
    known: Known
    system: System = field(default_factory=System)
    spread: bool = False
    """Whether customers set apart stand behind no mean."""

    @property
    def name(self) -> str:
        """The column's name."""
        return str(self.feature["name"])

    @property
    def support(self) -> tuple[float, ...]:
        """The values that it can have, where they are few; empty elsewhere."""
        given = self.known.support.get(self.name) or self.feature["two_values"]
        levels = self.feature["levels"]
        values = given or tuple(float(level) for level in range(1, len(levels) + 1))
        return tuple(values) if len(values) <= FEW_VALUES else ()

    def build(self) -> Column:
        """Write everything."""
        sizes(self.system, self.published)
        amount = self.feature["measure"] in {"numeric", "date"} and self.feature["two_values"] is None
        summed = self.known.valued == self.name
        self.spread = apart(self.system, self.published) and amount and not summed and not self.support
        cells = segments(self.published)
        groups = dict(self._groups())
        for cell in [EVERYBODY, *cells, *(each for made in groups.values() for each in made)]:
            self._cell(cell)
        self.system.unknown(("lacking", self.name, EVERYBODY), *self.published.count(self.feature["missing"]))
        self._add_up(cells)
        for made in groups.values():
            self._add_up(made)
        self._told(EVERYBODY, self.feature, self.published.contract["data"]["customers"])
        for one in self.published.segments:
            for profile in one["profile"]:
                if profile["feature"] == self.name:
                    self._profile(("segment", one["id"]), profile)
            centre = one["centroid"].get(self.name)
            if centre is not None:
                self._centroid(("segment", one["id"]), one["profile"], centre)
        for made in self._comparisons():
            for group in made["groups"]:
                self._group(("by", made["by"], group["group"]), group)
        self._bars()
        self._values()
        if self.feature["two_values"] and len(self.support) == 2:
            contrasts(self.system, self.published, self.name, tuple(self.feature["two_values"]))
        return self

    def _comparisons(self) -> Iterator[Node]:
        yield from (one for one in self.published.contract["exploration"]["comparisons"] if one["feature"] == self.name)

    def _groups(self) -> Iterator[tuple[str, list[Cell]]]:
        for one in self._comparisons():
            named = [("by", one["by"], group["group"]) for group in one["groups"]]
            yield one["by"], [*named, ("by", one["by"], REST)]

    def _cell(self, cell: Cell) -> None:
        system, name = self.system, self.name
        size: Name = ("customers",) if cell == EVERYBODY else ("size", cell)
        system.unknown(size)
        known, lacking = system.unknown(("known", name, cell)), system.unknown(("lacking", name, cell))
        system.equal({known: 1.0, lacking: 1.0, size: -1.0}, "known and lacking make all")
        behind = system.unknown(("behind", name, cell))
        terms = {known: 1.0, behind: -1.0}
        if self.spread:
            aside = system.unknown(("apart", cell), 0, system.upper[system.place["apart", EVERYBODY]])
            if self.feature["missing"] == 0:
                system.equal(terms | {aside: -1.0}, "those set apart stand behind no mean")
            else:
                system.relate(terms, 0, math.inf, "those set apart stand behind no mean")
                system.relate(terms | {aside: -1.0}, -math.inf, 0, "those set apart stand behind no mean")
        else:
            system.equal(terms, "all known stand behind the mean")
        if self.support:
            counts = [system.unknown(("count", name, cell, value)) for value in self.support]
            system.equal(total(counts) | {known: -1.0}, "counts of values add up")
        else:
            system.unknown(("sum", name, cell), whole=name in self.known.whole)

    def _add_up(self, cells: Sequence[Cell]) -> None:
        kinds = ["known", "lacking", "behind"] + ([] if self.support else ["sum"])
        for kind in kinds:
            parts = total((kind, self.name, each) for each in cells)
            self.system.equal(parts | {(kind, self.name, EVERYBODY): -1.0}, f"{kind} of parts add up")
        for value in self.support:
            parts = total(("count", self.name, each, value) for each in cells)
            self.system.equal(parts | {("count", self.name, EVERYBODY, value): -1.0}, "counts of parts add up")

    def _moment(self, cell: Cell, power: int, low: float, high: float, stated: str) -> None:
        """The mean of a power of the values lies between two figures."""
        if self.support:
            counts = {value: ("count", self.name, cell, value) for value in self.support}
            part = {count: value**power for value, count in counts.items()}
            whole = total(counts.values())
        else:
            part, whole = total([("sum", self.name, cell)]), total([("behind", self.name, cell)])
        self.system.ratio(part, whole, (low, high), self.published.customers[1], stated)

    def _figures(self, cell: Cell, node: Node) -> None:
        mean, spread = span(node, "mean"), span(node, "standard_deviation")
        if mean:
            self._moment(cell, 1, *mean, f"mean of {self.name} in {cell}")
        if mean and spread and self.support:
            least = 0.0 if mean[0] <= 0 <= mean[1] else min(mean[0] ** 2, mean[1] ** 2)
            most = max(mean[0] ** 2, mean[1] ** 2)
            self._moment(
                cell, 2, max(spread[0], 0.0) ** 2 + least, spread[1] ** 2 + most, f"spread of {self.name} in {cell}"
            )
        if self.support:
            for figure, part in QUANTILES.items():
                if found := span(node, figure):
                    self._quantile(cell, part, *found)

    def _quantile(self, cell: Cell, part: float, low: float, high: float) -> None:
        """At least that part lies at or below it, and no more than that part below; by linear interpolation."""
        below = [value for value in self.support if value < low]
        within = [value for value in self.support if value <= high]
        every = dict.fromkeys((("count", self.name, cell, value) for value in self.support), -part)
        # k = part × (n − 1): the value lies between the k-th and the next, counted from 0.
        for values, lower, upper in ((within, -part, math.inf), (below, -math.inf, 1 - part)):
            terms = every | {("count", self.name, cell, value): 1 - part for value in values}
            self.system.relate(terms, lower, upper, f"quantile of {self.name} in {cell}")

    def _profile(self, cell: Cell, node: Node) -> None:
        if node.get("known") is not None:
            self.system.unknown(("known", self.name, cell), *self.published.count(node["known"]))
        if node.get("withheld"):
            return
        self._told(cell, node, node["known"])
        self._beside(cell, node)

    def _beside(self, cell: Cell, node: Node) -> None:
        """What effect and difference say of the mean beyond what it says itself."""
        everybody, own = self.feature, node["mean"]
        spread, mean = span(everybody, "standard_deviation"), span(everybody, "mean")
        if own is None or not spread or not mean:
            return
        straight = everybody["transform"] in {"none", "standardised"}
        if straight and node["effect"] is not None:
            expected = (own - everybody["mean"]) / (everybody["standard_deviation"] or 1.0)
            found = printed(node["effect"])
            if not found[0] - DERIVED <= expected <= found[1] + DERIVED:
                ends = [m + a * b for m in mean for a in found for b in spread]
                self._moment(cell, 1, min(ends), max(ends), f"effect of {self.name} in {cell}")
        if everybody["typical"] == "mean" and node["difference"] is not None:
            expected = own - everybody["mean"]
            if abs(expected - node["difference"]) > 1e-6 * max(1.0, abs(own)):
                low, high = exact(node["difference"])
                self._moment(cell, 1, mean[0] + low, mean[1] + high, f"difference of {self.name} in {cell}")

    def _centroid(self, cell: Cell, profile: Sequence[Node], centre: float) -> None:
        """A centre that is not the mean in the profile says something of its own."""
        if centre not in [one["mean"] for one in profile if one["feature"] == self.name]:
            self._moment(cell, 1, *exact(centre), f"centroid of {self.name} in {cell}")

    def _group(self, cell: Cell, node: Node) -> None:
        self.system.unknown(("known", self.name, cell), *self.published.count(node["count"]))
        self._told(cell, node, node["count"])

    def _told(self, cell: Cell, node: Node, whole: float | None) -> None:
        """The figures of a cell; of a column of two values a share of rounded counts."""
        if self._is_share(node, whole):
            self._shared(cell, node["mean"], whole or 0.0)
        else:
            self._figures(cell, node)

    def _is_share(self, node: Node, whole: float | None) -> bool:
        """Whether the mean of a column of two values is that of rounded counts."""
        if self.published.base == 1 or self.feature["two_values"] is None or node["mean"] is None or not whole:
            return False
        low, high = self.feature["two_values"]
        count = (node["mean"] - low) / (high - low) * whole
        return abs(count - self.published.base * round(count / self.published.base)) < 1e-6 * whole

    def _shared(self, cell: Cell, mean: float, whole: float) -> None:
        low, high = self.feature["two_values"]
        yes = (mean - low) / (high - low)
        self.system.count(("count", self.name, cell, high), self.published.share(yes, whole))

    def _bars(self) -> None:
        bins = self.published.bins(self.name)
        cells = [EVERYBODY, *segments(self.published)]
        ends = [_ends(bins, place) for place in range(len(bins))]
        for cell in cells if bins else ():
            bars = [self.system.unknown(("bar", self.name, cell, each)) for each in ends]
            self.system.equal(total(bars) | {("known", self.name, cell): -1.0}, "bars add up")
            for bar, each in zip(bars, ends, strict=True):
                if self.support:
                    inside = [
                        ("count", self.name, cell, value)
                        for value in self.support
                        if each[0] <= value < each[1] or (each[2] and value == each[1])
                    ]
                    self.system.equal(total(inside) | {bar: -1.0}, "values in a bar add up")
        for one, each in zip(bins, ends, strict=True):
            self.system.unknown(("bar", self.name, EVERYBODY, each), *self.published.count(one["count"]))
            for segment, count in one["by_segment"].items():
                bar = self.system.unknown(("bar", self.name, ("segment", int(segment)), each))
                self.system.unknown(bar, *self.published.count(count))
            parts = total(("bar", self.name, cell, each) for cell in cells[1:])
            self.system.equal(parts | {("bar", self.name, EVERYBODY, each): -1.0}, "bars of segments add up")
        if bins and not self.support and not self.spread:
            self._within(cells, ends)
        for made in self._comparisons():
            self._bands(made)

    def _within(self, cells: Sequence[Cell], ends: Sequence[tuple[float, float, bool]]) -> None:
        """A sum lies between the lower and the upper edges of its customers' bars."""
        for cell in cells:
            lows = {("bar", self.name, cell, each): -each[0] for each in ends if each[0] > -math.inf}
            if len(lows) == len(ends):
                self.system.relate({("sum", self.name, cell): 1.0} | lows, 0.0, math.inf, "sum above lower edges")
            highs = {("bar", self.name, cell, each): -each[1] for each in ends if each[1] < math.inf}
            if len(highs) == len(ends):
                self.system.relate({("sum", self.name, cell): 1.0} | highs, -math.inf, 0.0, "sum below upper edges")

    def _bands(self, made: Node) -> None:
        """Bands of another column whose bars are published: their customers are those of the bars between."""
        bins = self.published.bins(made["by"])
        edges = [_ends(bins, place) for place in range(len(bins))]
        for group in made["groups"] if bins and self.feature["missing"] == 0 else ():
            band = BAND.fullmatch(group["group"])
            if not band:
                continue
            low, high = float(band[1]), float(band[2]) + 1
            inside = [one for one, end in zip(bins, edges, strict=True) if low <= end[0] and end[1] <= high]
            touched = [one for one, end in zip(bins, edges, strict=True) if end[0] < high and low < end[1]]
            least = sum(self.published.count(one["count"])[0] for one in inside)
            most = sum(self.published.count(one["count"])[1] for one in touched)
            cell = ("by", made["by"], group["group"])
            self.system.unknown(("size", cell), least, most)

    def _values(self) -> None:
        """Shares of value, where the column adds up to it."""
        if self.known.valued != self.name or self.support:
            return
        told = {one["id"]: one["value_share"] for one in self.published.segments if one["value_share"] is not None}
        unit = step(told.values())
        for segment, share in told.items():
            low, high = (share - unit, share + unit) if unit else exact(share)
            part, whole = total([("sum", self.name, ("segment", segment))]), total([("sum", self.name, EVERYBODY)])
            self.system.ratio(part, whole, (low, high), math.inf, "share of value")


def _ends(bins: Sequence[Node], place: int) -> tuple[float, float, bool]:
    one = bins[place]
    low = -math.inf if one["beyond"] == "below" else float(one["lower"])
    high = math.inf if one["beyond"] == "above" else float(one["upper"])
    return low, high, bool(one["closed"])
