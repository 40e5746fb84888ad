"""Quintile RFM scores as an alternative division: what they are, how they compare, and what each is good for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.contract import ScoreBand, ScoredSegment, Scoring
from report.captions.words import WITHHELD
from report.views.story import Story
from report.views.words import lower_first, spelt

LIKE, PARTLY = 0.65, 0.3
"""Adjusted Rand indices from which two divisions are called much alike, and alike in part."""
GOOD_FOR = (
    (
        "Scores are good for a first look and for comparing with others who use them: they need no fit, and "
        "everybody can follow them. But their edges are fifths of whoever is in the table: there are always “best” "
        "customers, however good they are, and the edges go through the middle of customers who are alike."
    ),
    (
        "The segments found are good for deciding what to do: their edges lie where customers differ most, how sure "
        "they are is tested on this page, and they may take in more than three measures. But they are this table’s "
        "own, and another table gives other ones."
    ),
)


@dataclass(frozen=True)
class BandRow:
    """One measure, and what each score from 1 to 5 means on it."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CrossRow:
    """One segment by scores, and its customers in each segment found."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class QuintileScoring:
    """The usual segments by quintile scores, beside those found."""

    sentences: Sequence[str]
    bands: Sequence[BandRow]
    heads: Sequence[str]
    crossed: Sequence[CrossRow]
    mostly: Sequence[CrossRow]
    withheld: int | None
    to: str
    good_for: Sequence[str]


def scoring(story: Story) -> QuintileScoring | None:
    """The section; None where the table has no recency, frequency and monetary."""
    found = story.contract.scoring
    if found is None:
        return None
    return QuintileScoring(
        sentences=[_made(story, found), _agreement(story, found)],
        bands=[_bands(story, found, name) for name in (found.recency, found.frequency, found.monetary)],
        heads=[segment.name for segment in story.contract.segments],
        crossed=[_cross(story, found, one.name) for one in found.segments if one.size != 0] if found.crossings else [],
        mostly=[] if found.crossings else [row for one in found.segments if (row := _mostly(story, one))],
        withheld=story.contract.privacy.min_cell if story.contract.privacy.mode == "public" else None,
        to=story.formats.percent(0.1),
        good_for=GOOD_FOR,
    )


def _made(story: Story, found: Scoring) -> str:
    labels = [lower_first(story.feature(name).label) for name in (found.recency, found.frequency, found.monetary)]
    return (
        f"Every customer gets a score from 1 to 5 for {labels[0]}, for {labels[1]} and for {labels[2]}, by fifths of "
        "all customers; 5 is best, and for recency that is the latest. Customers with equal figures always get the "
        "same score, that of the middle of the ranks they share, whatever their order in the table; so a score may "
        "hold more or fewer than a fifth, or nobody. The scores of the last two are averaged, halves down, and the "
        f"grid names the segment.{_once(found)}"
    )


def _once(found: Scoring) -> str:
    """What becomes of customers who bought once, where there are any."""
    ends = [band.up_to for band in found.bands if band.feature == found.frequency and band.score == 1]
    if not any(end is not None and end <= 1 for end in ends):
        return ""
    return (
        " Customers who bought once score 1 for frequency and 1 for the two together, whatever they spent, so that no "
        "segment whose name speaks of coming back holds them."
    )


def _agreement(story: Story, found: Scoring) -> str:
    index, percent = found.adjusted_rand, story.formats.percent
    alike = (
        "divide the customers much alike" if index >= LIKE else "agree in part" if index >= PARTLY else "agree little"
    )
    count = len(story.contract.segments)
    return (
        f"The scores and the {spelt(count)} segments of this site {alike} (adjusted Rand index "
        f"{story.formats.number(index, 2)}; 1 is the same division, 0 no more than chance). Of the differences between "
        f"customers in the columns used, the ten segments by scores explain {percent(found.explained)} and the "
        f"{spelt(count)} found {percent(found.explained_found)}."
    )


def _bands(story: Story, found: Scoring, name: str) -> BandRow:
    """The values of each score, from 1 to 5."""
    feature = story.feature(name)
    own = [band for band in found.bands if band.feature == name]
    words: dict[int, str] = {}
    below: float | None = None
    whole = story.contract.data.transactions is not None and name != found.monetary
    for band in own:
        words[band.score] = _between(story, below, band, whole=whole)
        below = band.up_to
    return BandRow(feature.label, tuple(words.get(score, "nobody") for score in range(1, 6)))


def _between(story: Story, below: float | None, band: ScoreBand, *, whole: bool) -> str:
    """`up to 25 days`, `26 to 73 days`, `over 372 days`; `whole`: days and purchases, which know no fractions."""
    feature, figures = story.feature(band.feature), story.formats
    count = "" if band.customers is None else f" ({figures.number(band.customers)})"
    if band.up_to is None:
        return f"all{count}" if below is None else f"over {figures.of(feature, below)}{count}"
    upper = figures.of(feature, band.up_to)
    if below is None:
        return f"up to {upper}{count}"
    if whole and below + 1 == band.up_to:
        return f"{upper}{count}"
    lower = figures.of(feature, below + whole, unit=False)
    return f"{lower if whole else f'over {lower}'} to {upper}{count}"


def _mostly(story: Story, one: ScoredSegment) -> CrossRow | None:
    """Where most customers of a segment by scores are, if that much may be told."""
    if one.mostly is None or one.size is None:
        return None
    part = one.mostly_share
    share = WITHHELD if part is None else f"about {story.formats.percent(part)}"
    return CrossRow(one.name, (story.formats.number(one.size), story.segment(one.mostly).name, share))


def _cross(story: Story, found: Scoring, name: str) -> CrossRow:
    counts = {one.segment: one.customers for one in found.crossings if one.name == name}
    return CrossRow(name, tuple(_counted(story, counts, segment.id) for segment in story.contract.segments))


def _counted(story: Story, counts: Mapping[int, int | None], segment: int) -> str:
    """A dash where nobody is in both."""
    count = counts.get(segment, 0)
    return WITHHELD if count is None else story.formats.number(count) if count else "–"
