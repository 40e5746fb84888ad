"""Shared parts of charts with a row for each segment, group or column; on a phone, names are above their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from report.charts import grammar as alt
from report.style.lettering import lined, shorten, text_width, wrapped
from report.style.theme import INK, INK_2, TEXT


@dataclass(frozen=True)
class RowLayout:
    """Vertical layout in pixels. Row `i` has its mark at `middle(i)`; its name is beside it, or `rise` above it."""

    labels: tuple[str, ...]
    narrow: bool
    pitch: float = 34
    size: float = TEXT + 0.5
    rise: float = 18

    @property
    def height(self) -> float:
        """Height of all rows together."""
        return len(self.labels) * self.pitch

    def middle(self, index: int) -> float:
        """Where the mark of a row is centred."""
        return index * self.pitch + (self.pitch / 2 + self.rise / 2 if self.narrow else self.pitch / 2)

    def name_height(self, index: int) -> float:
        """Where the name of a row is centred."""
        return self.middle(index) - (self.rise if self.narrow else 0)

    def names(self, limit: float, *, bold: bool = False) -> alt.Chart:
        """The layer of names, starting at the left edge of the picture."""
        values = [
            {"py": height, "text": line}
            for index, label in enumerate(self.labels)
            for height, line in lined(self._lines(label, limit), self.name_height(index))
        ]
        mark = alt.Chart(data(values)).mark_text(
            align="left", baseline="middle", fontSize=self.size, color=INK, aria=False, fontWeight=600 if bold else 400
        )
        drawn: alt.Chart = mark.encode(x=alt.XValue(0), y=pixels_down(self.height), text=alt.Text("text:N"))
        return drawn

    def in_two_lines(self, limit: float) -> bool:
        """Whether a name needs two lines in that many pixels, so that rows need more space."""
        return any(len(self._lines(label, limit)) > 1 for label in self.labels)

    def _lines(self, label: str, limit: float) -> list[str]:
        """Beside its row a name may take two lines; above it one."""
        return [shorten(label, limit, self.size)] if self.narrow else wrapped(label, limit, self.size)

    def figures(
        self, texts: Sequence[str], x: float, *, align: Literal["left", "right"] = "left", color: str = INK_2
    ) -> alt.Chart:
        """A column of figures, one a row, at `x` pixels from the left."""
        values = [{"py": self.middle(index), "text": text} for index, text in enumerate(texts)]
        mark = alt.Chart(data(values)).mark_text(align=align, baseline="middle", color=color, aria=False)
        drawn: alt.Chart = mark.encode(x=alt.XValue(x), y=pixels_down(self.height), text=alt.Text("text:N"))
        return drawn


def name_space(labels: Sequence[str], narrow: bool, widest: float = 190) -> float:  # noqa: FBT001 (the context's own flag)
    """Pixels to leave on the left for names: none if they are above the rows."""
    if narrow:
        return 0
    return min(widest, max(text_width(label, TEXT + 0.5) for label in labels) + 4) + 16


def pixels_down(height: float, field: str = "py") -> alt.Y:
    """The channel that reads a field as pixels from the top."""
    return alt.Y(
        f"{field}:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False), axis=None
    )


def across_pixels(field: str, width: float) -> alt.X:
    """The channel that reads a field as pixels from the left."""
    scale = alt.Scale(domain=[0, width], range=[0, width], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def pixel_scale(domain: Sequence[float], start: float, end: float) -> alt.Scale:
    """A scale from data to pixels, with room for names and figures beside it."""
    return alt.Scale(domain=list(domain), range=[start, end], nice=False, zero=False)


def pressed() -> alt.VariableParameter:
    """The segments whose buttons are pressed; none pressed shows them all."""
    return alt.VariableParameter(name=alt.ParameterName("shown"), value=[])


def pale() -> alt.OpacityValue:
    """Opacity of bars that count all customers: lower if bars of chosen segments are drawn over them."""
    return alt.OpacityValue(0.25, condition={"test": "!length(shown)", "value": 0.75})


def chosen_together(values: list[dict[str, Any]], places: Sequence[str]) -> alt.Chart:
    """The customers `n` of the chosen segments, added up over each place; `s` is the segment of a record."""
    chosen = alt.Chart(data(values)).transform_filter("indexof(shown, datum.s) >= 0")
    together: alt.Chart = chosen.transform_aggregate(n="sum(n)", groupby=[*places])
    return together


def stacked(*layers: alt.Chart, **properties: Any) -> alt.LayerChart:  # noqa: ANN401 (Altair's own properties)
    """The layers, first at the bottom, in one chart of that width and height."""
    return alt.LayerChart(layer=list(layers), **properties)


def data(values: list[dict[str, Any]]) -> dict[str, Any]:
    """Records as inline data; a mapping, because Altair tests anything else for being a data frame."""
    return {"values": values}
