"""What the notes of a public site tell: the table's own, what is withheld, and how figures are rounded."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.contract import Contract, Exploration
from analysis.language import gettext
from analysis.rounding.random_rounding import BASE
from report.disclosure.answers import dominated

MOST_NAMED = 3
"""Comparisons that are named where they are withheld; of more it is said that there are some."""


def notes(contract: Contract, hidden: frozenset[str], explored: Exploration) -> tuple[str, ...]:
    """The notes of the published copy; `hidden` are the columns that are withheld, `explored` is what is not."""
    least = contract.privacy.min_cell
    return (
        *contract.data.public_notes,
        *_columns(contract, hidden),
        *_histograms(contract, hidden, explored),
        *_comparisons(contract, hidden, explored),
        *_map(contract, explored),
        gettext(
            "Counts below {least} customers are not published. They are merged with others or withheld.", least=least
        ),
        gettext(
            "Counts are rounded at random to multiples of {base}, and shares are calculated from the rounded counts. "
            "So parts may not add up to their total.",
            base=BASE,
        ),
        gettext(
            "Means, medians and other figures are rounded at random before any text is written. The rounding step of "
            "each is so wide that no single customer could change the figure by more."
        ),
        gettext("The outermost bar of a histogram that has an arrow also includes all values beyond it."),
    )


def _columns(contract: Contract, hidden: frozenset[str]) -> Iterator[str]:
    for one in contract.data.features:
        if one.name in hidden:
            yield gettext(
                "The column “{column}” is withheld, because too many customers have no value in it.", column=one.label
            )


def _histograms(contract: Contract, hidden: frozenset[str], explored: Exploration) -> Iterator[str]:
    """Of columns that are told of."""
    drawn, labels = hidden | {one.feature for one in explored.distributions}, _labels(contract)
    for one in contract.exploration.distributions:
        if one.feature not in drawn:
            yield gettext(
                "The histogram of “{column}” is withheld, because it would describe fewer than {least} customers.",
                column=labels[one.feature],
                least=contract.privacy.min_cell,
            )


def _comparisons(contract: Contract, hidden: frozenset[str], explored: Exploration) -> Iterator[str]:
    """Of columns that are told of."""
    least, labels, summed = contract.privacy.min_cell, _labels(contract), dominated(contract)
    kept = {(one.feature, one.by) for one in explored.comparisons}
    pairs = [(one.feature, one.by) for one in contract.exploration.comparisons]
    gone = [pair for pair in pairs if not hidden.intersection(pair) and pair not in kept]
    if len(gone) > MOST_NAMED:
        yield gettext(
            "Some comparisons of columns by groups are withheld, because each would describe fewer than {least} "
            "customers.",
            least=least,
        )
        return
    for feature, by in gone:
        slots = {"column": labels[feature], "group": labels[by], "least": least}
        if feature in summed:
            yield gettext(
                "The comparison of “{column}” by “{group}” is withheld, because it would describe fewer than {least} "
                "customers, or one or two customers who make up nearly all of a sum.",
                **slots,
            )
        else:
            yield gettext(
                "The comparison of “{column}” by “{group}” is withheld, because it would describe fewer than {least} "
                "customers.",
                **slots,
            )


def _map(contract: Contract, explored: Exploration) -> Iterator[str]:
    if contract.exploration.map and explored.map is None:
        yield gettext(
            "The segment map is withheld, because it would describe fewer than {least} customers.",
            least=contract.privacy.min_cell,
        )


def _labels(contract: Contract) -> dict[str, str]:
    return {one.name: one.label for one in contract.data.features}
