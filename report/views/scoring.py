"""Quintile RFM scores beside the segments found: what they are, how they compare, and what each is good for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.contract import ScoreBand, ScoredSegment, Scoring
from analysis.language import gettext, gettext_noop
from analysis.language.words import in_sentence, spelt
from report.captions.words import withheld
from report.views.story import Story

LIKE, PARTLY = 0.65, 0.3
"""Adjusted Rand indices from which two divisions agree largely, and in part."""
GOOD_FOR = (
    gettext_noop(
        "Scores are good for a first look and for comparisons with others who use them: they need no model, and "
        "everyone can follow them. But their limits are fifths of the customers in the table: there are always “best” "
        "customers, however good they are, and a limit can separate customers who are alike."
    ),
    gettext_noop(
        "The segments found are good for decisions: their limits are where customers differ most, their reliability is "
        "tested on this page, and they can use more than three columns. But they belong to this table; another table "
        "gives other segments."
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
        good_for=[gettext(text) for text in GOOD_FOR],
    )


def _made(story: Story, found: Scoring) -> str:
    names = (found.recency, found.frequency, found.monetary)
    recency, frequency, monetary = (in_sentence(story.feature(name).label) for name in names)
    scored = gettext(
        "Each customer gets a score from 1 to 5 for each of these: {recency}, {frequency} and {monetary}. Each score "
        "divides all customers into fifths; 5 is best, which for recency means the latest purchase. Customers with "
        "equal figures always get the same score, that of the middle of the ranks they share, so a score may hold more "
        "or fewer than a fifth of the customers, or none. The scores of the last two are averaged (halves are rounded "
        "down). Recency and this average give the segment.",
        recency=recency, frequency=frequency, monetary=monetary,
    )  # fmt: skip
    return f"{scored} {_once(found)}".rstrip()


def _once(found: Scoring) -> str:
    """How customers who bought once are scored, where there are any."""
    ends = [band.up_to for band in found.bands if band.feature == found.frequency and band.score == 1]
    if not any(end is not None and end <= 1 for end in ends):
        return ""
    return gettext(
        "Customers who bought once score 1 for frequency and 1 for the average, whatever they spent. So they are in no "
        "segment whose name refers to buying again."
    )


def _agreement(story: Story, found: Scoring) -> str:
    percent, count = story.formats.percent, spelt(len(story.contract.segments))
    explained = gettext(
        "Of the differences between customers in the columns used, the ten segments by scores explain {scored} and the "
        "{count} segments found explain {found}.",
        scored=percent(found.explained), count=count, found=percent(found.explained_found),
    )  # fmt: skip
    return f"{_alike(found.adjusted_rand, story, count)} {explained}"


def _alike(index: float, story: Story, count: str) -> str:
    """How similar both divisions are, in a sentence."""
    figures = {"count": count, "index": story.formats.number(index, 2)}
    if index >= LIKE:
        return gettext(
            "The scores and the {count} segments of this site largely agree (adjusted Rand index {index}; 1: the same "
            "division, 0: no more alike than by chance).",
            **figures,
        )
    if index >= PARTLY:
        return gettext(
            "The scores and the {count} segments of this site agree in part (adjusted Rand index {index}; 1: the same "
            "division, 0: no more alike than by chance).",
            **figures,
        )
    return gettext(
        "The scores and the {count} segments of this site agree little (adjusted Rand index {index}; 1: the same "
        "division, 0: no more alike than by chance).",
        **figures,
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
    return BandRow(feature.label, tuple(words.get(score, gettext("no customers")) for score in range(1, 6)))


def _between(story: Story, below: float | None, band: ScoreBand, *, whole: bool) -> str:
    """`up to 25 days`, `26 to 73 days`, `over 372 days`; `whole`: days and purchases, which have no fractions."""
    written = _limits(story, below, band, whole=whole)
    return written if band.customers is None else f"{written} ({story.formats.number(band.customers)})"


def _limits(story: Story, below: float | None, band: ScoreBand, *, whole: bool) -> str:
    feature, figures = story.feature(band.feature), story.formats
    if band.up_to is None:
        if below is None:
            return gettext("all")
        return gettext("over {value}", value=figures.of(feature, below))
    upper = figures.of(feature, band.up_to)
    if below is None:
        return gettext("up to {value}", value=upper)
    if whole and below + 1 == band.up_to:
        return upper
    lower = figures.of(feature, below + whole, unit=False)
    if whole:
        return gettext("{low} to {high}", low=lower, high=upper)
    return gettext("over {low} to {high}", low=lower, high=upper)


def _mostly(story: Story, one: ScoredSegment) -> CrossRow | None:
    """The segment found that holds most customers of a segment by scores, if that may be published."""
    if one.mostly is None or one.size is None:
        return None
    part = one.mostly_share
    share = withheld() if part is None else gettext("about {share}", share=story.formats.percent(part))
    return CrossRow(one.name, (story.formats.number(one.size), story.segment(one.mostly).name, share))


def _cross(story: Story, found: Scoring, name: str) -> CrossRow:
    counts = {one.segment: one.customers for one in found.crossings if one.name == name}
    return CrossRow(name, tuple(_counted(story, counts, segment.id) for segment in story.contract.segments))


def _counted(story: Story, counts: Mapping[int, int | None], segment: int) -> str:
    """A dash where no customer is in both."""
    count = counts.get(segment, 0)
    return withheld() if count is None else story.formats.number(count) if count else "–"
