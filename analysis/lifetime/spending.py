"""How much a customer spends each time: the Gamma-Gamma model in closed form.

Amounts of one customer scatter round a mean of their own (gamma: `p`), and the means differ between customers (`q`,
`gamma`). Means and numbers of purchases are assumed to have nothing to do with each other.

Fader, Hardie & Lee (2005), RFM and CLV, Journal of Marketing Research 42:415; Fader & Hardie (2013), The Gamma-Gamma
model of monetary value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.language import gettext
from analysis.lifetime.maximum import NotFittedError, maximised
from analysis.lifetime.purchases import REPEATERS

if TYPE_CHECKING:
    from analysis.basics.arrays import Matrix

STARTS = ((5.0, 4.0, 2.0), (1.0, 2.0, 1.0), (20.0, 3.0, 0.2))


@dataclass(frozen=True)
class Spending:
    """A fitted Gamma-Gamma model; `gamma` is in the unit of the amounts."""

    p: float
    q: float
    gamma: float

    @property
    def mean(self) -> float:
        """Mean amount of a purchase of a customer of whom nothing is known."""
        return self.p * self.gamma / (self.q - 1)

    def expected(self, repeats: Matrix, amount: Matrix) -> Matrix:
        """Mean amount of a customer's purchases to come, given the mean `amount` of `repeats` purchases.

        Amounts below 0, of customers who returned more than they kept, count as 0; nobody's are looked at who never
        bought again.
        """
        spent = np.where(repeats > 0, repeats * np.maximum(np.nan_to_num(amount), 0), 0)
        return np.asarray(self.p * (self.gamma + spent) / (self.p * repeats + self.q - 1))


def usable(repeats: Matrix, amount: Matrix) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Customers to whom the model can be fitted: who bought again, for more than nothing."""
    return np.asarray((repeats > 0) & (np.nan_to_num(amount) > 0))


def fitted(repeats: Matrix, amount: Matrix, weights: Matrix | None = None, start: Spending | None = None) -> Spending:
    """The model of greatest likelihood, from the customers who are `usable`; `weights`: how often each counts.

    Raises NotFittedError: too few of them, no maximum, all amounts alike, or amounts so uneven that they have no mean.
    """
    weights = np.ones(len(repeats)) if weights is None else weights
    chosen = usable(repeats, amount) & (weights > 0)
    x, amounts, counts = repeats[chosen], amount[chosen], weights[chosen]
    if counts.sum() < REPEATERS:
        raise NotFittedError(
            gettext("fewer than {least} customers bought again for an amount above 0", least=REPEATERS)
        )
    unit = float(np.average(amounts, weights=counts))
    if np.ptp(amounts) <= 1e-9 * unit:
        raise NotFittedError(gettext("all customers who bought again spent the same amount"))

    def mean(parameters: Matrix) -> tuple[float, Matrix]:
        each, slopes = _likelihood(parameters, x, amounts / unit)
        return float(counts @ each) / counts.sum(), slopes @ counts / counts.sum() * parameters

    starts = STARTS if start is None else ((start.p, start.q, start.gamma / unit),)
    p, q, gamma = maximised(mean, starts, gettext("no best parameters could be found for the model of amounts"))
    if q <= 1:
        raise NotFittedError(gettext("amounts differ so much between customers that they have no expected mean"))
    return Spending(float(p), float(q), float(gamma * unit))


def _likelihood(parameters: Matrix, x: Matrix, amount: Matrix) -> tuple[Matrix, Matrix]:
    """Log-likelihood of each customer, (customers,), and its derivatives, (3, customers); equation 1a of the note."""
    from scipy.special import digamma, gammaln  # noqa: PLC0415 (slow to import, and most tables hold no transactions)

    p, q, gamma = parameters
    shape, total = p * x + q, np.log(gamma + x * amount)
    each = gammaln(shape) - gammaln(p * x) - gammaln(q) + q * np.log(gamma) - shape * total
    each += (p * x - 1) * np.log(amount) + p * x * np.log(x)
    of_p = x * (digamma(shape) - digamma(p * x) + np.log(amount) + np.log(x) - total)
    of_q = digamma(shape) - digamma(q) + np.log(gamma) - total
    of_gamma = q / gamma - shape / (gamma + x * amount)
    return each, np.array([of_p, of_q, of_gamma])
