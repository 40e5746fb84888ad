"""Why a column was transformed, or left as it is: the sentences of the contract, told where the locale is known."""

from __future__ import annotations

from analysis.language import gettext_noop
from analysis.language.notes import Figure, Note, note

NOT_A_LOGARITHM = gettext_noop("Not taken as a logarithm, as set in the configuration.")
LIMITED_AS_SET = gettext_noop("Limited by its quartiles, as set in the configuration.")
LOGARITHM_AS_SET = gettext_noop("Taken as a logarithm, as set in the configuration.")
SKEWED = gettext_noop(
    "Skewed to the right and simpler to describe by its logarithm. The logarithm is taken of the value plus a "
    "constant that balances both ends."
)
FAR_OUT = gettext_noop("A handful of its values are very far out.")
NOT_SIMPLER = gettext_noop(
    "The rest is not simpler to describe by its logarithm. Skewness: {figure} (0 is symmetric, 1 is the maximum)."
)
NO_LOGARITHM = gettext_noop("The rest needs no logarithm. Skewness: {figure} (0 is symmetric, 1 is the maximum).")
LIMITED = gettext_noop(
    "Values farther beyond the quartiles than three times the middle half count as exactly that far, so that they do "
    "not set the scale."
)
BEFORE_AND_AFTER = gettext_noop("Skewness: {before}, and {after} as a logarithm (0 is symmetric, 1 is the maximum).")
OWN_UNIT = gettext_noop("All figures shown are in the column’s own unit.")
DECIMALS = 2

Sentences = tuple[Note, ...]


def not_a_logarithm() -> Sentences:
    """Of a column that the configuration leaves as it is."""
    return (note(NOT_A_LOGARITHM),)


def limited_as_set() -> Sentences:
    """Of a column that the configuration limits by its quartiles."""
    return note(LIMITED_AS_SET), note(LIMITED), note(OWN_UNIT)


def logarithm_as_set(skewness: tuple[float, float] | None) -> Sentences:
    """Of a column that the configuration takes as a logarithm; `skewness` of the values and of their logarithms."""
    measured = (_before_and_after(skewness),) if skewness else ()
    return note(LOGARITHM_AS_SET), *measured, note(OWN_UNIT)


def skewed(skewness: tuple[float, float]) -> Sentences:
    """Of a column that is simpler as a logarithm; `skewness` as above."""
    return note(SKEWED), _before_and_after(skewness), note(OWN_UNIT)


def far_out(skewness: float | None, *, helps: bool) -> Sentences:
    """Of a column with a handful of values far out.

    `skewness` of an amount's others, where it was measured; `helps`: whether it is one that a logarithm may lower.
    """
    told = NOT_SIMPLER if helps else NO_LOGARITHM
    rest = () if skewness is None else (note(told, figure=Figure(skewness, DECIMALS)),)
    return note(FAR_OUT), *rest, note(LIMITED), note(OWN_UNIT)


def _before_and_after(skewness: tuple[float, float]) -> Note:
    before, after = (Figure(each, DECIMALS) for each in skewness)
    return note(BEFORE_AND_AFTER, before=before, after=after)
