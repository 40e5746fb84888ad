"""What a chart draws, read from its specification: each layer's marks, with the figure that every channel gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Row = dict[str, Any]


@dataclass(frozen=True)
class Layer:
    """Marks of one kind: `point`, `bar`, `rule`, …; of each the value by channel: `x`, `y2`, `text`, `fill`, …"""

    kind: str
    marks: tuple[Row, ...]
    aggregated: bool = False
    """Whether the browser filters or adds up the records before they are drawn."""

    def get(self, *channels: str) -> list[Any]:
        """The marks' values on these channels: single values of one channel, tuples of several."""
        rows = [tuple(mark.get(channel) for channel in channels) for mark in self.marks]
        return [row[0] for row in rows] if len(channels) == 1 else rows


def layers(spec: Mapping[str, Any]) -> list[Layer]:
    """Every layer of a Vega-Lite specification with its data inside, in its own order."""
    return list(_layers(spec, None, {}, {}))


def _layers(
    spec: Mapping[str, Any], data: Mapping[str, Any] | None, encoding: Mapping[str, Any], sets: Mapping[str, Any]
) -> Iterator[Layer]:
    data, encoding = spec.get("data", data), {**encoding, **spec.get("encoding", {})}
    sets = {**sets, **spec.get("datasets", {})}
    for parts in ("layer", "hconcat", "vconcat"):
        for part in spec.get(parts, ()):
            yield from _layers(part, data, encoding, sets)
    if "mark" in spec:
        assert data is not None
        records = data["values"] if "values" in data else sets[data["name"]]
        kind = spec["mark"] if isinstance(spec["mark"], str) else spec["mark"]["type"]
        yield Layer(kind, tuple(_resolved(encoding, one) for one in records), bool(spec.get("transform")))


def _resolved(encoding: Mapping[str, Any], record: Mapping[str, Any]) -> Row:
    return {channel: _value(one, record) for channel, one in encoding.items() if isinstance(one, Mapping)}


def _value(channel: Mapping[str, Any], record: Mapping[str, Any]) -> object:
    if "field" in channel:
        return record.get(channel["field"])
    return channel.get("datum", channel.get("value"))


def of(found: Sequence[Layer], kind: str) -> list[Layer]:
    """The layers of this kind of mark."""
    return [one for one in found if one.kind == kind]


def affine(pixels: Sequence[float], figures: Sequence[float], *, rising: bool = True) -> bool:
    """Whether the pixels are the figures on one linear scale, rising (or falling) with them."""
    slope, start = np.polyfit(figures, pixels, 1)
    straight = np.allclose(np.polyval([slope, start], figures), pixels, atol=0.02)
    return bool(straight and (slope > 1e-9 if rising else slope < -1e-9))
