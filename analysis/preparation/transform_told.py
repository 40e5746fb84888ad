"""Why a column was transformed, or left as it is, in the sentences of the contract."""

from __future__ import annotations

from analysis.language import gettext


def not_a_logarithm() -> str:
    """Of a column that the configuration leaves as it is."""
    return gettext("Not taken as a logarithm, as set in the configuration.")


def limited_as_set() -> str:
    """Of a column that the configuration limits by its quartiles."""
    told = gettext("Limited by its quartiles, as set in the configuration.")
    return f"{told} {_limited()} {_own_unit()}"


def logarithm_as_set(skewness: tuple[float, float] | None) -> str:
    """Of a column that the configuration takes as a logarithm; `skewness` of the values and of their logarithms."""
    told = gettext("Taken as a logarithm, as set in the configuration.")
    return f"{told} {_before_and_after(skewness)} {_own_unit()}" if skewness else f"{told} {_own_unit()}"


def skewed(skewness: tuple[float, float]) -> str:
    """Of a column that is simpler as a logarithm; `skewness` as above."""
    told = gettext(
        "Skewed to the right and simpler to describe by its logarithm. The logarithm is taken of the value plus a "
        "constant that balances both ends."
    )
    return f"{told} {_before_and_after(skewness)} {_own_unit()}"


def far_out(skewness: float | None, *, helps: bool) -> str:
    """Of a column with a handful of values far out.

    `skewness` of an amount's others, where it was measured; `helps`: whether it is one that a logarithm may lower.
    """
    told = gettext("A handful of its values are very far out.")
    if skewness is None:
        return f"{told} {_limited()} {_own_unit()}"
    if helps:
        rest = gettext(
            "The rest is not simpler to describe by its logarithm. Skewness: {figure} (0 is symmetric, 1 is the "
            "maximum).",
            figure=_written(skewness),
        )
    else:
        rest = gettext(
            "The rest needs no logarithm. Skewness: {figure} (0 is symmetric, 1 is the maximum).",
            figure=_written(skewness),
        )
    return f"{told} {rest} {_limited()} {_own_unit()}"


def _limited() -> str:
    return gettext(
        "Values farther beyond the quartiles than three times the middle half count as exactly that far, so that they "
        "do not set the scale."
    )


def _before_and_after(skewness: tuple[float, float]) -> str:
    before, after = map(_written, skewness)
    return gettext(
        "Skewness: {before}, and {after} as a logarithm (0 is symmetric, 1 is the maximum).", before=before, after=after
    )


def _own_unit() -> str:
    return gettext("All figures shown are in the column's own unit.")


def _written(figure: float) -> str:
    """Two decimals with a minus sign, and none before nought."""
    return f"{round(figure, 2) + 0:.2f}".replace("-", "\N{MINUS SIGN}")
