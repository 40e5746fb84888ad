"""A segment's typical figure against that of all customers, in words.

Where the typical figure is a median, a phrase speaks of the median or of the typical customer, never of the average.
Large differences are told as multiples (`NumberFormat.times`): of skewed amounts they are many hundred per cent.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.basics.letters import capital
from analysis.configuration.column import Phrases
from analysis.contract import Feature, FeatureProfile
from analysis.language import gettext, pgettext
from analysis.language.words import in_sentence, listed
from analysis.wording.nouns import counted, counts_things
from analysis.wording.number_format import NumberFormat, is_nought
from analysis.wording.phrases import PLACED, Verb

TOLD = 3
"""Things that the sentence on a segment tells at most."""
WHO, HOW = ("age", "income", "spending"), ("recency", "frequency", "monetary")
"""Roles whose figures that sentence tells, often without the column's label: `about 33 years old`, `$87K a year`."""


def tells(figure: FeatureProfile, strength: float) -> bool:
    """Whether the typical figures differ, and the way that `strength`, the standardised difference, says.

    They need not: a skewed amount's median may lie above and its logarithms below, and of purchases both medians are
    often 1. Nor is more told of a segment whose level is low, since its typical customer has the least there is.
    """
    if figure.difference > 0 and figure.level in {"low", "very low"}:
        return False
    return strength * figure.difference > 0 or strength == figure.difference == 0


def compared(verb: Verb, feature: Feature, figure: FeatureProfile, formats: NumberFormat, *, own: str = "") -> str:
    """How far the segment is from all customers, in the words of a verb: `spends 43% more than average`.

    `own`: the segment's figure as it is written, where the verb tells it.
    """
    words = verb.median if feature.typical == "median" else verb.average
    label = in_sentence(feature.label)
    if multiple := _multiple(feature, figure, formats):
        return gettext(words.times, times=multiple, label=label, figure=own)
    side = words.more if figure.difference >= 0 else words.less
    return gettext(side, amount=_amount(feature, figure, formats), label=label, figure=own)


def as_configured(phrases: Phrases, feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str:
    """The analyst's own phrase for the column, with the amount in its place.

    A median is not called average, whatever the phrase says; the rest is told as it stands.
    """
    own = phrases.more if figure.difference >= 0 else phrases.less
    if feature.typical == "median":
        own = own.replace(" than average", " than the typical customer", 1)
    return own.replace("{}", _amount(feature, figure, formats))


def beside(feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str:
    """Both figures, where their ratio says nothing: `has 1.3 purchases, against an average of 2.9`."""
    own, usual = formats.of(feature, figure.typical), formats.everybody(feature, figure)
    label = in_sentence(feature.label)
    if counts_things(feature):
        things = counted(own, label)
        if feature.typical == "median":
            return gettext("has {things}, against a median of {usual}", things=things, usual=usual)
        return gettext("has {things}, against an average of {usual}", things=things, usual=usual)
    if feature.typical == "median":
        return gettext("is at {figure} in {label}, against a median of {usual}", figure=own, label=label, usual=usual)
    return gettext("is at {figure} in {label}, against an average of {usual}", figure=own, label=label, usual=usual)


def valued(feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str:
    """A figure and where it is: `groceries $23K, 5 times the median`, `complaints 2.4, against an average of 0.3`."""
    own = formats.of(feature, figure.typical, short=True)
    if feature.unit or feature.format == "money" or not formats.in_figures(feature, figure.ratio):
        where = placed(feature, figure, formats)
    elif feature.typical == "median":
        where = gettext("against a median of {usual}", usual=formats.everybody(feature, figure))
    else:
        where = gettext("against an average of {usual}", usual=formats.everybody(feature, figure))
    return gettext("{label} {figure}, {where}", label=in_sentence(feature.label), figure=own, where=where)


def placed(feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str:
    """`43% above average`, `3 years below average`, `average`; `43% above the median`, `3 times the median`."""
    if is_nought(formats.difference(feature, figure.difference, figure.ratio)):
        return gettext("at the median") if feature.typical == "median" else pgettext("figure", "average")
    return compared(PLACED, feature, figure, formats)


def strung(phrases: Sequence[str]) -> str:
    """The first phrases in one sentence, joined by semicolons where a phrase has a comma of its own."""
    told = phrases[:TOLD]
    return sentence("; ".join(told) if any(", " in each for each in told) else listed(told))


def sentence(words: str) -> str:
    """With a capital at its head and a full stop."""
    return f"{capital(words)}."


def _amount(feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str:
    """`43%`, `3 years`; of medians that differ by less than is written, `slightly`."""
    amount = formats.difference(feature, figure.difference, figure.ratio)
    return pgettext("amount", "slightly") if feature.typical == "median" and is_nought(amount) else amount


def _multiple(feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str | None:
    """`twice`, `3 times`, `3.4 times`, `15 times`; None where a per cent reads better."""
    times = formats.times(feature, figure.ratio)
    if times is None:
        return None
    return pgettext("multiple", "twice") if times == "2" else pgettext("multiple", "{number} times", number=times)
