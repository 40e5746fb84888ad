"""Captions of what sets segments apart: the heat map, the profile plot, the ranges, and each segment's own profile."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from analysis.basics.letters import capital
from analysis.basics.listed import listed
from analysis.contract import Feature, FeatureProfile, Segment, WithheldProfile
from analysis.wording.typical import tells
from report.captions.caption import Caption
from report.captions.pictured import MOST_IN_HEATMAP, MOST_RANGES, barless, drawn_half, ranged, spread
from report.captions.strength import is_rated, limits, signed_range, stands_out, strength
from report.captions.words import WITHHELD, Words, quoted

ALIKE, MOST_SHARP = 0.95, 3
"""Differences at least this near to the sharpest are told as well; and how many of them at most."""
MOST_NAMED = 5
"""Columns named in a profile's takeaway."""


def segment_heatmap(words: Words) -> Caption:
    """The heat map's words; the table gives typical figures beside differences."""
    segments = words.contract.segments
    features = [words.feature(one.feature) for one in segments[0].profile]
    everybody = "the average customer" if words.typical == "mean" else "everybody’s"
    return Caption(
        name="segment-heatmap",
        takeaway=_sharpest(words),
        subtitle=f"Segment {words.typical} against {everybody}; the stronger the colour, the more standard deviations"
                 + _most(len(features), MOST_IN_HEATMAP),
        description=" ".join(_whole_row(words, segment) for segment in segments),
        columns=("Segment", *(
            f"{one.label}, {figure}" for one in features for figure in (words.figure(one), "difference")
        )),
        rows=tuple((segment.name, *_cells(words, segment)) for segment in segments),
    )  # fmt: skip


def _sharpest(words: Words) -> str:
    """The strongest colour, and those that nobody can tell from it."""
    shown = sorted(
        ((abs(one.effect), segment, one) for segment in words.contract.proper for one in segment.figures),
        key=lambda each: -each[0],
    )
    told: dict[str, list[str]] = {}
    for effect, segment, one in shown[:MOST_SHARP]:
        if effect >= ALIKE * shown[0][0]:
            told.setdefault(f"with {words.label(one.feature)} {words.against(one)}", []).append(segment.name)
    several = len(told) > 1 or len(next(iter(told.values()))) > 1
    where = "; ".join(f"{listed([quoted(name) for name in names])}, {what}" for what, names in told.items())
    published = "published " if words.withholds else ""
    return f"The sharpest {published}{'differences' if several else 'difference'} in standard deviations: {where}."


def segment_profiles(words: Words) -> Caption:
    """The profile plot's words: the column that marks most segments; the table holds every figure and its interval."""
    segments = words.contract.segments
    return Caption(
        name="segment-profiles",
        takeaway=_markers(words),
        subtitle="Standard deviations from everybody else (the line), with 95% intervals; filled, with its difference "
                 "from the average: what sets the segment apart; shaded: too small to count",
        description=" ".join(_row(words, segment) for segment in segments),
        columns=("Segment", *_columns(words)),
        rows=tuple((segment.name, *_row_of(words, one)) for segment in segments for one in segment.profile),
    )  # fmt: skip


def segment_ranges(words: Words) -> Caption:
    """The column that keeps the segments apart best, and between which medians."""
    segments = words.contract.segments
    features, drawn = ranged(words.contract), spread(words.contract)
    strongest = _strongest(words, features)
    told = [
        (segment, one.median)
        for segment in words.contract.proper
        if (one := _of(segment, strongest)) and one.median is not None
    ]
    low, high = min(told, key=lambda each: each[1]), max(told, key=lambda each: each[1])
    low_text, high_text = (words.of(strongest, each[1]) for each in (low, high))
    published = "published " if len(told) < len(words.contract.proper) else ""
    return Caption(
        name="segment-ranges",
        takeaway=f"The segments differ most in {words.label(strongest)}: {published}medians run from {low_text} "
                 f"({quoted(low[0].name)}) to {high_text} ({quoted(high[0].name)}).",
        subtitle="Dot: median; bar: the middle half of the segment’s customers; dashed: everybody’s median"
                 + barless([one for segment in segments for one in segment.figures if one.feature in features])
                 + _most(len(drawn), MOST_RANGES),
        description=(
            f"For each of {listed([words.label(name) for name in features])} a panel with a row a segment. "
            f"On {words.label(strongest)} the lowest {published}median is {low_text} ({low[0].name}), the highest "
            f"{high_text} ({high[0].name}).{_gaps(words, features)}"
        ),
        columns=("Segment", "Column", "Lower quartile", "Median", "Upper quartile"),
        rows=tuple(
            (segment.name, words.feature(one.feature).label,
             *(words.of(one.feature, value) for value in (one.q1, one.median, one.q3)))
            for segment in segments for one in segment.profile if one.feature in drawn
        ),
    )  # fmt: skip


def _strongest(words: Words, features: list[str]) -> str:
    """The column on which segments differ most; before others one that is told of all of them."""
    proper = words.contract.proper

    def apart(name: str) -> tuple[bool, float]:
        found = [(segment.share, one.effect) for segment in proper if (one := _of(segment, name)) and drawn_half(one)]
        return len(found) == len(proper), sum(share * effect**2 for share, effect in found)

    return max(features, key=apart)


def _gaps(words: Words, features: list[str]) -> str:
    """Which figures of these columns are withheld, by column, as in `Withheld: churn of A and B`."""
    parts = [
        f"{words.label(name)} of {listed([one.name for one in words.contract.segments if name in one.withheld])}"
        for name in features
        if any(name in one.withheld for one in words.contract.segments)
    ]
    return f" Withheld: {'; '.join(parts)}." if parts else ""


def profile(words: Words, segment: Segment) -> Caption:
    """One segment against everybody else; the takeaway says on what it stands out, strongest first."""
    ordered = sorted(segment.figures, key=lambda one: -abs(strength(one)))
    gaps = [one for one in segment.profile if isinstance(one, WithheldProfile)]
    parts = [
        f"{standing} {listed([words.label(one.feature) for one in group])}"
        for standing, group in groupby(ordered[:MOST_NAMED], key=_standing)
    ]
    seen = [f"{words.label(one.feature)} {words.against(one)}" for one in ordered]
    seen += [f"{words.label(one.feature)} {WITHHELD}" for one in gaps]
    whiskers = "; lines: 95% intervals" if any(limits(one) for one in ordered) else ""
    return Caption(
        name=f"profile-{segment.slug}",
        takeaway=f"{capital(', '.join(parts))}.",
        subtitle=f"Standard deviations from everybody else; grey ticks: the other segments{whiskers}; pale: "
                 "too small, or too uncertain, to count",
        description=f"{segment.name}: {listed(seen)}. Bars run left of the middle for below average, right for above.",
        columns=_columns(words),
        rows=(*(_figures(words, one) for one in ordered), *(_row_of(words, one) for one in gaps)),
        small=True,
    )  # fmt: skip


def _columns(words: Words) -> tuple[str, ...]:
    return (
        "Column", f"Segment {words.typical}", "95% interval", f"Everybody’s {words.typical}", "Difference",
        "Effect size (Hedges’ g)", "Interval of the effect", "Counts",
    )  # fmt: skip


def _row_of(words: Words, one: FeatureProfile | WithheldProfile) -> tuple[str, ...]:
    """The figures of a column under the heads of `_columns`."""
    if isinstance(one, FeatureProfile):
        return _figures(words, one)
    feature = words.feature(one.feature)
    usual = words.of(one.feature, feature.usual)
    return (_named(words, feature), WITHHELD, WITHHELD, usual, *[WITHHELD] * 4)


def _named(words: Words, feature: Feature) -> str:
    return f"{feature.label}, {feature.typical}" if " or " in words.typical else feature.label


def _figures(words: Words, one: FeatureProfile) -> tuple[str, ...]:
    feature = words.feature(one.feature)
    return (
        _named(words, feature), words.of(one.feature, one.typical), words.interval(one.feature, one.typical_interval),
        words.of(one.feature, feature.usual), _difference(words, one),
        "–" if one.contrast is None else words.figures.signed(one.contrast, 2),
        signed_range(words.figures, limits(one)), _counts(one),
    )  # fmt: skip


def _counts(one: FeatureProfile) -> str:
    if not is_rated(one):
        return "–"
    if one.marker and not stands_out(one):
        return "not by its typical figure"
    return "marker variable" if one.marker else "no"


def _standing(one: FeatureProfile) -> str:
    """How the segment stands on a column, in a word or two; a large difference that may be chance is `perhaps low`."""
    if not is_rated(one):
        return "ordinary" if one.level == "medium" else one.level
    if not stands_out(one):
        doubtful = one.level != "medium" and not one.marker and tells(one, strength(one))
        return f"perhaps {one.level}" if doubtful else "ordinary"
    if one.level == "medium":
        return "somewhat higher" if strength(one) > 0 else "somewhat lower"
    return one.level


def _markers(words: Words) -> str:
    """Which column sets most segments apart: `Spending score sets 5 of 6 segments apart`."""
    segments = words.contract.proper
    marked = Counter(one.feature for segment in segments for one in segment.figures if stands_out(one))
    if not marked:
        figures = "of which figures are published " if words.withholds else ""
        return f"No column {figures}sets any segment clearly apart from everybody else."
    most = max(marked.values())
    leading = [one.feature for one in segments[0].profile if marked[one.feature] == most]
    names = capital(listed([words.label(name) for name in leading[:MOST_NAMED]]))
    how_many = "every segment" if most == len(segments) > 1 else f"{most} of {len(segments)} segments"
    verb = "sets" if len(leading) == 1 else "each set"
    published = ", by the figures published" if words.withholds else ""
    return f"{names} {verb} {how_many} clearly apart from everybody else{published}."


def _most(columns: int, most: int) -> str:
    return f"; the {most} columns that differ most" if columns > most else ""


def _whole_row(words: Words, segment: Segment) -> str:
    told = [
        f"{words.label(one.feature)} {words.against(one) if isinstance(one, FeatureProfile) else WITHHELD}"
        for one in segment.profile
    ]
    return f"{segment.name}: {listed(told)}."


def _cells(words: Words, segment: Segment) -> tuple[str, ...]:
    return tuple(
        text
        for one in segment.profile
        for text in (
            (words.of(one.feature, one.typical), _difference(words, one))
            if isinstance(one, FeatureProfile)
            else (WITHHELD, WITHHELD)
        )
    )


def _row(words: Words, segment: Segment) -> str:
    told = [f"{words.label(one.feature)} {words.against(one)}" for one in segment.figures if stands_out(one)]
    told += [f"{words.label(name)} {WITHHELD}" for name in segment.withheld]
    return f"{segment.name}: {listed(told) if told else 'nothing that counts'}."


def _difference(words: Words, one: FeatureProfile) -> str:
    return words.figures.signed_difference(words.feature(one.feature), one.difference, one.ratio)


def _of(segment: Segment, feature: str) -> FeatureProfile | None:
    return next((one for one in segment.figures if one.feature == feature), None)
