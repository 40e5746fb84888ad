"""The marketing budget, split over the segments by value, size and responsiveness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.configuration.site import BudgetSettings, Site
from analysis.contract import Budget, BudgetShare
from analysis.language import gettext, gettext_noop
from analysis.language.words import in_a_period
from analysis.naming.persona import Named
from analysis.profiling.profile import Profile
from analysis.rounding.random_rounding import AS_IT_IS, Rounding
from analysis.wording.number_format import NumberFormat

PARTS = ("value", "size", "responsiveness")
ValueKind = Literal["known", "estimated", "expected"]
"""Whether value is money that the table holds, an estimate from other columns, or what lifetime models expect."""
SPLIT_BY: Mapping[ValueKind, str] = {
    "known": gettext_noop(
        "{budget}: {value} is split by the segments’ value, {size} by their number of customers and {response} by the "
        "customers expected to respond."
    ),
    "estimated": gettext_noop(
        "{budget}: {value} is split by the segments’ estimated value, {size} by their number of customers and "
        "{response} by the customers expected to respond."
    ),
    "expected": gettext_noop(
        "{budget}: {value} is split by the segments’ expected value, {size} by their number of customers and "
        "{response} by the customers expected to respond."
    ),
}
STANDS_FOR: Mapping[ValueKind | None, str] = {
    "known": gettext_noop(
        "The segment has {value} of value, {size} of customers and {response} of the customers expected to respond."
    ),
    "estimated": gettext_noop(
        "The segment has {value} of estimated value, {size} of customers and {response} of the customers expected to "
        "respond."
    ),
    "expected": gettext_noop(
        "The segment has {value} of expected value, {size} of customers and {response} of the customers expected to "
        "respond."
    ),
    None: gettext_noop("The segment has {size} of customers and {response} of the customers expected to respond."),
}
TOLD_DECIMALS = 3
"""Of the shares of value and of responses on a public site, so that the text tells the figure that is published."""
EXACT = 1e-9
"""How far the sum of shares that were not rounded may lie from 1."""


@dataclass(frozen=True, eq=False)
class Split:
    """The whole budget and each segment's part, in the segments' order."""

    budget: Budget
    shares: tuple[BudgetShare, ...]


def split(
    profiles: Sequence[Profile],
    names: Sequence[Named],
    site: Site,
    formats: NumberFormat,
    rounding: Rounding = AS_IT_IS,
) -> Split | None:
    """Split the configured budget; None where the configuration has none.

    A segment's share is the weighted mean of three shares: of estimated value, of customers, and of the customers
    expected to respond (size × responsiveness). Amounts are whole units of the currency and add up to the total.
    """
    if site.budget is None:
        return None
    parts = _parts(profiles, names, site.budget)
    weights = _weights(site.budget)
    shares = parts @ np.array([weights[part] for part in PARTS])
    shares = shares / shares.sum()  # rounded sizes need not add up
    amounts = largest_remainder(site.budget.total, shares)
    by_value = site.value.stated and any(profile.value_share is not None for profile in profiles)
    budget = Budget(
        total=site.budget.total,
        currency=site.site.currency,
        period=site.budget.period,
        weights=weights,
        value_label=site.value.called,
        explanation=_overall(site, site.budget, weights, formats, by_value=by_value),
    )
    return Split(
        budget,
        tuple(
            _share(
                profile,
                amount,
                share,
                part,
                _explanation(profile, amount, told, _kind_of_value(site) if by_value else None, formats),
            )
            for profile, amount, share, part, told in zip(
                profiles, amounts, shares, parts, _told(parts, rounding), strict=True
            )
        ),
    )


def _weights(settings: BudgetSettings) -> dict[str, float]:
    given = settings.weights.model_dump()
    total = sum(given.values())
    return {part: given[part] / total for part in PARTS}


def _parts(profiles: Sequence[Profile], names: Sequence[Named], settings: BudgetSettings) -> Matrix:
    """The three shares of each segment, (segments, 3), each column summing to 1."""
    size = _of_all([profile.share for profile in profiles])
    # Without a value for each customer, all count the same.
    value = _of_all([profile.share if profile.value_share is None else profile.value_share for profile in profiles])
    responding = size * np.array([_responsiveness(name, settings) for name in names])
    responding = responding / responding.sum() if responding.sum() > 0 else size
    return np.column_stack([value, size, responding])


def _told(parts: Matrix, rounding: Rounding) -> Matrix:
    """The parts as they are published; that of customers is a share of rounded counts and is published as it is."""
    if rounding.open:
        return parts
    value, size, responding = parts.T
    return np.column_stack([value.round(TOLD_DECIMALS), size, responding.round(TOLD_DECIMALS)])


def _of_all(shares: Sequence[float]) -> Matrix:
    """Shares that add up to 1; rounded ones do not quite."""
    whole = sum(shares)
    return np.array(shares) if abs(whole - 1) < EXACT or whole <= 0 else np.array(shares) / whole


def _responsiveness(name: Named, settings: BudgetSettings) -> float:
    stated = name.persona.responsiveness if name.persona else None
    return settings.default_responsiveness if stated is None else stated


def largest_remainder(total: float, shares: Matrix) -> Matrix:
    """Whole amounts in proportion to `shares` that add up to `total`; what is left goes to the largest remainders.

    A total with a fraction leaves that fraction with the first of them.
    """
    exact = total * shares / shares.sum()
    amounts = np.floor(np.round(exact, 6))
    left = round(total - float(amounts.sum()), 6)
    for position in np.argsort(-np.round(exact - amounts, 6), kind="stable"):
        if left <= 0:
            break
        amounts[position] += min(1.0, left)
        left -= 1.0
    return np.asarray(amounts)


def _overall(
    site: Site, settings: BudgetSettings, weights: dict[str, float], formats: NumberFormat, *, by_value: bool
) -> str:
    value, size, response = (formats.percent(weights[part]) for part in PARTS)
    whole = in_a_period(formats.money(settings.total), settings.period)
    if by_value:
        return gettext(SPLIT_BY[_kind_of_value(site)], budget=whole, value=value, size=size, response=response)
    number = formats.percent(weights["value"] + weights["size"])
    split_by = gettext(
        "{budget}: {size} is split by the segments’ number of customers and {response} by the customers expected to "
        "respond.",
        budget=whole, size=number, response=response,
    )  # fmt: skip
    why = (
        gettext("The segments’ shares of value are not published, so every customer counts the same.")
        if site.value.stated
        else gettext("No value is configured, so every customer counts the same.")
    )
    return f"{split_by} {why}"


def _kind_of_value(site: Site) -> ValueKind:
    if site.value_known:
        return "known"
    return "expected" if site.value.lifetime else "estimated"


def _share(profile: Profile, amount: float, share: float, part: Matrix, explanation: str) -> BudgetShare:
    return BudgetShare(
        amount=float(amount),
        share=float(share),
        value_part=float(part[0]),
        size_part=float(part[1]),
        responsiveness_part=float(part[2]),
        per_customer=amount / profile.size,
        explanation=explanation,
    )


def _explanation(profile: Profile, amount: float, part: Matrix, worth: ValueKind | None, formats: NumberFormat) -> str:
    """`worth`: where value comes from; None where the split does not go by it."""
    value, size, response = (formats.percent(float(p)) for p in part)
    each = gettext(
        "{amount}, or {each} per customer.",
        amount=formats.money(amount), each=formats.money_each(amount / profile.size),
    )  # fmt: skip
    stands_for = gettext(STANDS_FOR[worth], value=value, size=size, response=response)
    return f"{each} {stands_for}"
