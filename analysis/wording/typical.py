"""What a segment's typical figure is held against, in words: the average, or the typical customer.

Of a column whose typical figure is the median “average” would be wrong. Large differences are told as multiples
(`Figures.times`): of skewed amounts they are many hundred per cent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.basics.letters import capital
from analysis.basics.listed import listed
from analysis.contract import Feature, FeatureProfile
from analysis.wording.nouns import counted, counts_things
from analysis.wording.number_format import NumberFormat, is_nought

TOLD = 3
"""Things that the sentence on a segment tells at most."""
WHO, HOW = ("age", "income", "spending"), ("recency", "frequency", "monetary")
"""Roles whose figures that sentence tells, often without the column's label: `about 33 years old`, `$87K a year`."""
AVERAGE, MEDIAN, CUSTOMER = "average", "the median", "the typical customer"
MORE = re.compile(r"\{\} (more often|more|longer ago|longer|higher|older)((?: on .+?)?) than ")
"""A phrase with a per cent, `spends {} more than …`, which a multiple turns: `spends 3 times as much as …`."""
AS_MANY_TIMES = {
    "more often": "often",
    "more": "much",
    "longer ago": "long ago",
    "longer": "long",
    "higher": "high",
    "older": "old",
}
ABOVE = {
    f"is {{}} above {MEDIAN} on ": f"is at {{}} {MEDIAN} on ",
    f"is {{}} above {AVERAGE} on ": f"is at {{}} the {AVERAGE} on ",
}


def against(feature: Feature) -> str:
    """Beside figures: `43% above average`, `43% above the median`."""
    return MEDIAN if feature.typical == "median" else AVERAGE


def than(feature: Feature) -> str:
    """Of customers: `longer ago than average`, `longer ago than the typical customer`."""
    return CUSTOMER if feature.typical == "median" else AVERAGE


def tells(figure: FeatureProfile, strength: float) -> bool:
    """Whether the typical figures differ, and the way that `strength`, the standardised difference, says.

    They need not: a skewed amount's median may lie above and its logarithms below, and of purchases both medians are
    often 1. Nor is more told of a segment whose level is low, since its typical customer has the least there is.
    """
    if figure.difference > 0 and figure.level in {"low", "very low"}:
        return False
    return strength * figure.difference > 0 or strength == figure.difference == 0


def worded(template: str, feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str:
    """A phrase of a column with how much it is: `spends {} more than average` → `spends 43% more than average`."""
    # Not str.format: a label may hold braces.
    if feature.typical == "median":
        template = template.replace(" than average", f" than {CUSTOMER}", 1)
    if (multiple := _multiple(feature, figure, formats)) and (turned := _turned(template)) != template:
        return turned.replace("{}", multiple, 1)
    amount = formats.difference(feature, figure.difference, figure.ratio)
    return template.replace("{}", "slightly" if feature.typical == "median" and is_nought(amount) else amount)


def beside(feature: Feature, label: str, figure: FeatureProfile, formats: NumberFormat) -> str:
    """Both figures, where their ratio says nothing: `has 1.3 purchases, against an average of 2.9`."""
    own = formats.of(feature, figure.typical)
    has = f"has {counted(own, label)}" if counts_things(feature) else f"is at {own} on {label}"
    return f"{has}, {_usual(feature, figure, formats)}"


def valued(feature: Feature, label: str, figure: FeatureProfile, formats: NumberFormat) -> str:
    """A figure and where it is: `groceries $23K, 5 times the median`, `complaints 2.4, against an average of 0.3`."""
    plain = feature.unit or feature.format == "money" or not formats.in_figures(feature, figure.ratio)
    where = placed(feature, figure, formats) if plain else _usual(feature, figure, formats)
    return f"{label} {formats.of(feature, figure.typical, short=True)}, {where}"


def placed(feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str:
    """`43% above average`, `3 years below average`, `average`; `43% above the median`, `3 times the median`."""
    if multiple := _multiple(feature, figure, formats):
        return f"{multiple} {MEDIAN if feature.typical == 'median' else f'the {AVERAGE}'}"
    amount, usual = formats.difference(feature, figure.difference, figure.ratio), against(feature)
    if is_nought(amount):
        return f"at {usual}" if feature.typical == "median" else usual
    return f"{amount} {'above' if figure.difference > 0 else 'below'} {usual}"


def strung(phrases: Sequence[str]) -> str:
    """The first phrases in one sentence; commas would not part them where a phrase has one itself."""
    told = phrases[:TOLD]
    return sentence("; ".join(told) if any(", " in each for each in told) else listed(told))


def sentence(words: str) -> str:
    """With a capital at its head and a full stop."""
    return f"{capital(words)}."


def _usual(feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str:
    usual = "a median" if feature.typical == "median" else "an average"
    return f"against {usual} of {formats.everybody(feature, figure)}"


def _turned(template: str) -> str:
    """With room for a multiple where a per cent would stand; the same where there is none."""
    for above, times in ABOVE.items():
        template = template.replace(above, times, 1)
    return MORE.sub(lambda found: f"{{}} as {AS_MANY_TIMES[found[1]]}{found[2]} as ", template, count=1)


def _multiple(feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str | None:
    """`twice`, `3 times`, `3.4 times`, `15 times`; None where a per cent reads better."""
    times = formats.times(feature, figure.ratio)
    return times and ("twice" if times == "2" else f"{times} times")
