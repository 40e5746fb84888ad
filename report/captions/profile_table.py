"""The numbers behind the charts of profiles: a row a column of the table, with its interval and whether it counts."""

from __future__ import annotations

from analysis.contract import Feature, FeatureProfile, WithheldProfile
from report.captions.strength import is_rated, limits, signed_range, stands_out
from report.captions.words import Words

MOST_NAMED = 5
"""Columns named in the takeaway of a chart of profiles."""


def table_heads(words: Words) -> tuple[str, ...]:
    """What stands above the figures of `table_row`."""
    return (
        "Column", f"Segment {words.typical}", "95% interval", f"Everybody’s {words.typical}", "Difference",
        "Effect size (Hedges’ g)", "Interval of the effect", "Counts",
    )  # fmt: skip


def table_row(words: Words, one: FeatureProfile | WithheldProfile) -> tuple[str, ...]:
    """A segment's figures in one column, or that they are withheld."""
    feature = words.feature(one.feature)
    usual = words.of(one.feature, feature.usual)
    if isinstance(one, WithheldProfile):
        return (_named(words, feature), words.nothing, words.nothing, usual, *[words.nothing] * 4)
    return (
        _named(words, feature), words.of(one.feature, one.typical), words.interval(one.feature, one.typical_interval),
        usual, words.difference(one), "–" if one.contrast is None else words.formats.signed(one.contrast, 2),
        signed_range(words.formats, limits(one)), _counts(one),
    )  # fmt: skip


def _named(words: Words, feature: Feature) -> str:
    return f"{feature.label}, {feature.typical}" if " or " in words.typical else feature.label


def _counts(one: FeatureProfile) -> str:
    if not is_rated(one):
        return "–"
    if one.marker and not stands_out(one):
        return "not by its typical figure"
    return "marker variable" if one.marker else "no"
