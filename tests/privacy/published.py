"""What a published site states: its contract and texts, and how far from a stated figure the true one may lie.

Read as any outsider reads it. How far is what the documentation states: counts are rounded at random to a multiple of
`privacy.rounding_base`, so that the true one is less than that away; a figure beside which `rounded_to` (of quantiles
`quantiles_rounded_to`) stands is within that of it; all others are exact to ten significant digits, as they are
written. A figure that follows from other published figures tells nothing more than they do.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

DIGITS = 10
QUANTILES = {"p05": 0.05, "q1": 0.25, "median": 0.5, "q3": 0.75, "p95": 0.95}
TEXTS = {".html", ".json", ".csv", ".xml", ".txt", ".ipynb"}
DERIVED = 1.1e-3
"""Figures that follow from others are told to three decimals."""
Node = Mapping[str, Any]
Span = tuple[float, float]


@dataclass(frozen=True)
class Published:
    """One published site."""

    contract: dict[str, Any]
    texts: Mapping[str, str]
    """Path on the site → text of each file, also of the search index."""

    @classmethod
    def read(cls, site: Path) -> Published:
        """From the folder of a finished site."""
        texts = {
            path.relative_to(site).as_posix(): text
            for path in sorted(site.rglob("*"))
            if path.is_file() and (text := _text(path)) is not None
        }
        return cls(json.loads(texts["data/analysis.json"]), texts)

    @property
    def least(self) -> int:
        """`privacy.min_cell`."""
        return int(self.contract["privacy"]["min_cell"])

    @property
    def base(self) -> int:
        """What counts are rounded to; 1 where the contract states none."""
        return int(self.contract["privacy"].get("rounding_base") or 1)

    @property
    def features(self) -> list[Node]:
        """The columns."""
        return list(self.contract["data"]["features"])

    @property
    def segments(self) -> list[Node]:
        """The segments."""
        return list(self.contract["segments"])

    @cached_property
    def customers(self) -> Span:
        """How many customers there can be; rows are stated exactly, and are customers unless they are purchases."""
        data = self.contract["data"]
        return self.count(data["customers" if data["transactions"] else "rows_used"])

    @cached_property
    def written(self) -> frozenset[float]:
        """Every number that stands in a text."""
        return frozenset(number for text in self.texts.values() for number in numbers(text))

    def bins(self, column: str) -> list[Node]:
        """The bars of a column's histogram."""
        drawn = self.contract["exploration"]["distributions"]
        return next((one["bins"] for one in drawn if one["feature"] == column), [])

    def count(self, value: float | None) -> Span:
        """What a stated count may be in truth: small ones are not stated, and nought is of nobody."""
        if value is None:
            return 0.0, math.inf
        if self.base > 1 and value > 0 and value % self.base == 0:
            return max(min(self.least, value), value - self.base + 1), value + self.base - 1
        return float(value), float(value)

    def modelled(self, value: float | None) -> Span | None:
        """Expected value, which in a rounded publication has few digits: within a unit of the last that is not 0."""
        if value is None or self.base == 1 or not value:
            return None if value is None else exact(value)
        digits = f"{abs(value):.10e}".split("e")
        unit = 10.0 ** (int(digits[1]) - len(digits[0].rstrip("0").rstrip(".").replace(".", "")) + 1)
        return value - unit, value + unit

    def share(self, share: float | None, whole: float | None) -> Span:
        """What count may stand behind a share of `whole` customers, as they are stated; of a rounded count, its own."""
        if share is None or not whole:
            return 0.0, math.inf
        count = share * whole
        if self.base > 1 and abs(count - round(count)) < 1e-6 * whole and round(count) % self.base == 0:
            return self.count(round(count))
        low, high = exact(share)
        most = self.count(whole)
        return low * most[0], high * most[1]


def span(node: Node, name: str) -> Span | None:
    """Between what the true figure lies that a part of the contract states; None where it states none."""
    value = node.get(name)
    if value is None:
        return None
    unit = node.get("quantiles_rounded_to" if name in QUANTILES else "rounded_to")
    if name == "standard_deviation":
        unit = node.get("deviation_rounded_to") or unit
    return (value - unit, value + unit) if unit else exact(value)


def exact(value: float) -> Span:
    """Half a unit of the last significant digit either way."""
    half = 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - DIGITS + 1) if value else 0.0
    return value - half, value + half


def step(values: Collection[float]) -> float | None:
    """The largest of 1, 2 and 5 times a power of ten of which all are multiples: they were rounded to no more.

    None of figures that no rounding can have made.
    """
    steps = (times * 10.0**-digits for digits in range(1, DIGITS - 1) for times in (5, 2, 1))
    return next((each for each in steps if all(abs(one / each - round(one / each)) < 1e-6 for one in values)), None)


def printed(value: float) -> Span:
    """Half a unit of the last digit that is written either way, of figures that are hardly ever round by chance."""
    digits = re.sub(r".*\.", "", f"{value:.10g}") if "." in f"{value:.10g}" else ""
    half = 0.5 * 10.0 ** -len(digits) if "e" not in digits else abs(value) * 1e-6
    return value - half * 1.001, value + half * 1.001


def numbers(text: str) -> Iterator[float]:
    """Every number in a text, thousands separated by commas put together."""
    for found in re.findall(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?", text):
        plain = found.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", found) else None
        for part in [plain] if plain else found.split(","):
            if part:
                yield float(part)


def _text(path: Path) -> str | None:
    if path.suffix in TEXTS:
        return path.read_text(encoding="utf-8")
    if path.suffix == ".pf_fragment":
        return gzip.decompress(path.read_bytes()).decode("utf-8", errors="replace")
    return None
