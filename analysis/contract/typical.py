"""What a segment's typical figure is held against, in words: the average, or the typical customer.

Of a column whose typical figure is the median “average” would be wrong, and large differences are told as multiples:
of skewed amounts they are many hundred per cent.
"""

from __future__ import annotations

from analysis.contract import Feature, FeatureProfile
from analysis.figures import Figures, is_nought

AVERAGE, MEDIAN, CUSTOMER = "average", "the median", "the typical customer"
MANY = 1.0
"""Ratio from which a multiple reads better than a per cent: `3 times as much`, not `200% more`."""
MULTIPLES = {
    "{} more than ": "{} as much as ",
    "{} more often than ": "{} as often as ",
    f"is {{}} above {CUSTOMER} on ": f"has {{}} {CUSTOMER}’s ",
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


def worded(template: str, feature: Feature, figure: FeatureProfile, figures: Figures) -> str:
    """A phrase of a column with how much it is: `spends {} more than average` → `spends 43% more than average`."""
    # Not str.format: a label may hold braces.
    if feature.typical == "median":
        template = template.replace(" than average", f" than {CUSTOMER}", 1)
        more = next((words for words in MULTIPLES if words in template), None)
        if more and (multiple := _multiple(feature, figure, figures)):
            return template.replace(more, MULTIPLES[more].replace("{}", multiple), 1)
    amount = figures.difference(feature, figure.difference, figure.ratio)
    return template.replace("{}", "slightly" if feature.typical == "median" and is_nought(amount) else amount)


def beside(feature: Feature, label: str, figure: FeatureProfile, figures: Figures) -> str:
    """Both figures, where their ratio says nothing: `is at 1.3 on purchases, against an average of 2.9`."""
    own, usual = (figures.of(feature, value) for value in (figure.typical, figure.typical - figure.difference))
    return f"is at {own} on {label}, against {'a median' if feature.typical == 'median' else 'an average'} of {usual}"


def placed(feature: Feature, figure: FeatureProfile, figures: Figures) -> str:
    """`43% above average`, `3 years below average`, `average`; `43% above the median`, `3 times the median`."""
    if multiple := _multiple(feature, figure, figures):
        return f"{multiple} {MEDIAN}"
    amount, usual = figures.difference(feature, figure.difference, figure.ratio), against(feature)
    if is_nought(amount):
        return f"at {usual}" if feature.typical == "median" else usual
    return f"{amount} {'above' if figure.difference > 0 else 'below'} {usual}"


def _multiple(feature: Feature, figure: FeatureProfile, figures: Figures) -> str | None:
    """How many times a median, `twice`, `3 times`, `3.4 times`, `15 times`; None where a per cent reads better."""
    if feature.typical != "median" or feature.compare != "ratio" or figure.ratio is None or figure.ratio < MANY:
        return None
    multiple = 1 + figure.ratio
    if round(multiple, 1) == 2:
        return "twice"
    whole = multiple >= 10 or round(multiple, 1) == round(multiple)
    return f"{figures.number(multiple, 0 if whole else 1)} times"
