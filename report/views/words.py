"""Small words of the pages: names in a row, labels inside sentences and in heads of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten

from markupsafe import Markup

from analysis.basics.letters import capital
from analysis.contract import Feature
from analysis.contract.stability import Band
from analysis.language import gettext, gettext_noop
from analysis.language.words import in_sentence, listed
from analysis.wording.number_format import NumberFormat
from report.captions.words import quoted

MOST_NAMED = 6
"""Columns that a sentence names one by one."""
BANDS: Mapping[Band, str] = {
    "highly stable": gettext_noop("highly stable"),
    "stable": gettext_noop("stable"),
    "doubtful": gettext_noop("doubtful"),
    "unstable": gettext_noop("unstable"),
}
"""Band of stability → its name."""


def band(found: Band | None) -> str:
    """The name of a band of stability; empty where stability was not measured."""
    return gettext(BANDS[found]) if found else ""


def typical(feature: Feature) -> str:
    """The name of a column's typical figure: `Mean annual income`, `Median total spent`, `Yes to newsletter`."""
    label = brief(in_sentence(feature.label))
    if feature.kind == "category":
        return gettext("Most common {column}", column=label)
    if feature.measure == "boolean":
        return gettext("Yes to {column}", column=label)
    if feature.typical == "median":
        return gettext("Median {column}", column=label)
    return gettext("Mean {column}", column=label)


def sentence(text: str) -> str:
    """Text with a capital first letter and a full stop."""
    if not text:
        return ""
    ended = capital(text)
    return ended if ended[-1] in ".!?…" else f"{ended}."


def column_names(labels: Sequence[str]) -> str:
    """Columns inside a sentence: all by name, or how many there are and the first few."""
    inside = [in_sentence(label) for label in labels]
    if len(inside) <= MOST_NAMED:
        return listed(inside)
    return gettext("{count} columns ({names} and others)", count=len(inside), names=", ".join(inside[:3]))


def named(names: Sequence[str]) -> str:
    """Names of segments in a row; those that hold commas are set in quotation marks."""
    return listed([quoted(name) for name in names])


def weighted(weights: Mapping[str, float], formats: NumberFormat) -> str:
    """Names with their share of all weights: `value (40%), size (20%) and responsiveness (40%)`."""
    total = sum(weights.values())
    shares = {name: formats.percent(weight / total) for name, weight in weights.items()}
    return listed([gettext("{name} ({share})", name=name, share=share) for name, share in shares.items()])


def brief(label: str, most: int = 40) -> str:
    """A label in the head of a column, cut after its words where it is long; the data page has it in full."""
    if len(label) <= most:
        return label
    cut = shorten(label, most, placeholder="…")
    return cut if len(cut) > 1 else f"{label[: most - 1]}…"


def strong(text: object) -> Markup:
    """Escaped text, emphasised."""
    return Markup("<strong>{}</strong>").format(text)
