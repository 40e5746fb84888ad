"""What the contract says of the models and of each segment's prospects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis import contract
from analysis.contract import FrequencyClass, Interval, Parameter, Prospect, Segment
from analysis.customers.histories import Past
from analysis.lifetime.holdout import held_out
from analysis.lifetime.horizon import Outlook
from analysis.lifetime.maximum import NotFittedError
from analysis.lifetime.prospects import Prospects
from analysis.rounding.random_rounding import AS_IT_IS, Rounding, step_of
from analysis.rounding.rounded_figures import around as around_told
from analysis.rounding.rounded_figures import within_one
from analysis.rounding.sensitivity import value_step
from analysis.statistics.resampled import around, interval

if TYPE_CHECKING:
    from analysis.basics.arrays import Labels, Mask, Matrix


def models(found: Prospects) -> dict[str, dict[str, Parameter]]:
    """The parameters of both models with their intervals, as `contract.Lifetime` names them."""
    values = {**vars(found.purchases), **vars(found.spending)}
    # No parameter of either model is negative.
    ends = np.maximum(around(np.array(list(values.values())), found.futures.parameters), 0).T
    told = {
        name: Parameter(value=value, interval=interval(pair))
        for (name, value), pair in zip(values.items(), ends, strict=True)
    }
    return {part: {name: told[name] for name in vars(getattr(found, part))} for part in ("purchases", "spending")}


def checked(past: Past | None) -> contract.HeldOut | None:
    """Expected against actual purchases in the second part of the time, where the first carries a model."""
    if past is None:
        return None
    try:
        classes = held_out(past)
    except NotFittedError:
        return None
    return contract.HeldOut(
        days_fitted=past.days_known,
        days_predicted=past.days,
        classes=tuple(FrequencyClass(**vars(one)) for one in classes),
    )


def with_prospects(
    segments: Sequence[Segment], found: Prospects | None, labels: Labels, rounding: Rounding = AS_IT_IS
) -> tuple[Segment, ...]:
    """The segments with what their customers will bring; `labels` run along the histories, `segments` along labels.

    With a `rounding` figures are as precise as they may be told.
    """
    if found is None:
        return tuple(segments)
    groups = len(segments)
    values = _means(found, found.futures.value, found.outlook.value, labels, groups)
    sizes = np.bincount(labels, minlength=groups).astype(np.float64)
    parts = _shares(values, sizes)
    worth = value_step(found.outlook.value, labels)
    purchases = _means(found, found.futures.purchases, found.outlook.purchases, labels, groups)
    return tuple(
        segment.model_copy(
            update={
                "lifetime": as_told(
                    _prospect(found, labels == place, values[:, place], parts[:, place], purchases[:, place]),
                    found.outlook,
                    labels == place,
                    rounding,
                    worth,
                )
            }
        )
        for place, segment in enumerate(segments)
    )


def as_told(prospect: Prospect, outlook: Outlook, members: Mask, rounding: Rounding, share: float | None) -> Prospect:
    """What customers will bring, each figure to a step that none of the `members`, (customers,), moves it by.

    `share`: the step of shares of value; without one none is told.
    """
    if rounding.open:
        return prospect
    size = int(members.sum())
    worth, bought, back = (
        step_of(float(np.ptp(each[members])) / size) for each in (outlook.value, outlook.purchases, outlook.returning)
    )
    # Of those who bought again, who are half of them or more (`_active`).
    active = step_of(2 / size)
    value = rounding.figure(prospect.value, worth)
    return prospect.model_copy(
        update={
            "value": value,
            "value_interval": around_told(prospect.value_interval, value, worth),
            "share_interval": None if share is None else _outward(prospect.share_interval, share),
            "purchases": (often := rounding.figure(prospect.purchases, bought)),
            "purchases_interval": around_told(prospect.purchases_interval, often, bought),
            "returning": rounding.figure(prospect.returning, back),
            "alive": None if prospect.alive is None else within_one(prospect.alive, active, rounding),
        }
    )


def _outward(found: Interval | None, step: float) -> Interval | None:
    return found and around_told(found, found.lower, step)


def _means(found: Prospects, drawn: Matrix, expected: Matrix, labels: Labels, groups: int) -> Matrix:
    """Mean over each segment in each draw, (draws, segments).

    Where only a sample was drawn for, it is moved to what is expected of all; the models were fitted to the sample, so
    that most of what they stray is the sample's.
    """
    own = labels[found.rows]
    everybody = found.futures.means(expected[None, :], labels, groups)
    sampled = found.futures.means(expected[found.rows][None, :], own, groups)
    return found.futures.means(drawn, own, groups) * everybody / sampled


def _shares(values: Matrix, sizes: Matrix) -> Matrix:
    """Each segment's share of all value in each draw, (draws, segments)."""
    totals = values * sizes
    whole = totals.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(totals, whole, out=np.full_like(totals, np.nan), where=whole > 0))


def _prospect(found: Prospects, members: Mask, values: Matrix, parts: Matrix, purchases: Matrix) -> Prospect:
    outlook, size = found.outlook, int(members.sum())
    value = float(outlook.value[members].mean())
    ends = _above_nought(np.array(value), values)
    share = value * size / float(outlook.value.sum()) if outlook.value.sum() > 0 else np.nan
    bought = float(outlook.purchases[members].mean())
    return Prospect(
        value=value,
        value_interval=interval(ends),
        total=value * size,
        total_interval=interval(ends * size),
        share_interval=interval(np.minimum(_above_nought(np.array(share), parts), 1)),
        purchases=bought,
        purchases_interval=interval(_above_nought(np.array(bought), purchases)),
        returning=float(outlook.returning[members].mean()),
        alive=_active(outlook.alive[members], found.repeats[members]),
        bought_once=float(np.mean(found.repeats[members] == 0)),
    )


def _active(alive: Matrix, repeats: Matrix) -> float | None:
    """Mean probability of being still active, of those who bought again; None where they are fewer than half.

    Under BG/NBD nobody can leave before a second purchase, so P(alive) is 1 of those who bought once (Fader, Hardie &
    Lee 2008, Computing P(alive) using the BG/NBD model): that is the model’s assumption and no finding.
    """
    again = repeats > 0
    return float(alive[again].mean()) if 2 * int(again.sum()) >= len(again) else None


def _above_nought(figure: Matrix, drawn: Matrix) -> Matrix:
    """Bounds around a figure that cannot be negative, (2,)."""
    return np.maximum(around(figure, drawn), 0)
