"""The numbers behind profile charts: one row for each column, with intervals and whether it is a marker variable."""

from __future__ import annotations

from analysis.contract import Feature, FeatureProfile, WithheldProfile
from analysis.language import gettext, pgettext
from report.captions.strength import is_rated, limits, signed_range, stands_out
from report.captions.words import Words, with_figure

MOST_NAMED = 5
"""Columns named in the takeaway of a chart of profiles."""


def table_heads(words: Words) -> tuple[str, ...]:
    """The column heads for `table_row`."""
    return (
        gettext("Column"), *_typical_heads(words), gettext("Difference"), gettext("Effect size (Hedges’ g)"),
        gettext("95% interval of the effect size"), gettext("Marker variable"),
    )  # fmt: skip


def _typical_heads(words: Words) -> tuple[str, str, str]:
    """Of the segment's figure, its interval, and the figure of all customers."""
    interval = gettext("95% interval")
    if words.typical == "mean":
        return gettext("Mean, segment"), interval, gettext("Mean, all customers")
    if words.typical == "median":
        return gettext("Median, segment"), interval, gettext("Median, all customers")
    return gettext("Mean or median, segment"), interval, gettext("Mean or median, all customers")


def table_row(words: Words, one: FeatureProfile | WithheldProfile) -> tuple[str, ...]:
    """A segment's figures in one column; where they are withheld, `withheld`."""
    feature = words.feature(one.feature)
    usual = words.of(one.feature, feature.usual)
    if isinstance(one, WithheldProfile):
        return (_named(words, feature), words.nothing, words.nothing, usual, *[words.nothing] * 4)
    return (
        _named(words, feature), words.of(one.feature, one.typical), words.interval(one.feature, one.typical_interval),
        usual, words.difference(one), "–" if one.contrast is None else words.formats.signed(one.contrast, 2),
        signed_range(words.formats, limits(one)), _marker(one),
    )  # fmt: skip


def _named(words: Words, feature: Feature) -> str:
    return with_figure(feature.label, feature.typical) if words.mixed else feature.label


def _marker(one: FeatureProfile) -> str:
    if not is_rated(one):
        return "–"
    if one.marker and not stands_out(one):
        return gettext("yes, but its typical figure does not show it")
    return pgettext("marker variable", "yes") if one.marker else pgettext("marker variable", "no")
