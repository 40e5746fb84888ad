"""How often a customer will buy again: the BG/NBD model in closed form.

While active a customer buys at random at a rate of their own (gamma-distributed: `r`, `alpha`), and after each purchase
leaves for good with a probability of their own (beta-distributed: `a`, `b`).

Fader, Hardie & Lee (2005), “Counting your customers” the easy way: an alternative to the Pareto/NBD model, Marketing
Science 24:275. P(alive): Fader, Hardie & Lee (2008), Computing P(alive) using the BG/NBD model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.language import gettext
from analysis.lifetime.histories import CountedHistories
from analysis.lifetime.maximum import NotFittedError, maximised

if TYPE_CHECKING:
    from analysis.basics.arrays import Matrix

REPEATERS = 50
"""Customers who bought again, below which four parameters are not asked for."""
STARTS = ((0.5, 1.0, 0.8, 2.5), (0.2, 0.1, 0.3, 3.0), (2.0, 2.0, 1.5, 1.5), (1.0, 0.3, 0.05, 1.0))
NEARLY = 1e-5
"""How near a parameter may come to a value at which numerator and denominator of a formula both vanish."""
WHOLE = 1e-9
"""How near `a` − `r` may come to a whole number: there SciPy 1.17.1 has no value of 2F1 for many purchases."""


@dataclass(frozen=True)
class BetaGeometricModel:
    """A fitted BG/NBD model; `alpha` is in the unit of time of the histories."""

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, repeats: Matrix, last: Matrix, observed: Matrix) -> Matrix:
        """Probability that a customer with this history is still active; 1 where nothing was bought again."""
        left = np.log(self.a / np.maximum(self.b + repeats - 1, np.finfo(float).tiny))
        odds = left + (self.r + repeats) * np.log((self.alpha + observed) / (self.alpha + last))
        return np.where(repeats > 0, _below_one(-odds), 1.0)

    def if_alive(self, ahead: Matrix | float, repeats: Matrix, observed: Matrix) -> Matrix:
        """Purchases expected in the time `ahead` of a customer who is still active; arguments broadcast.

        Equation 10 of the paper without its denominator, 2F1 by Euler's transformation (DLMF 15.8.1): its arguments
        then stay small however often a customer bought, where the plain form overflows.
        """
        from scipy.special import hyp2f1  # noqa: PLC0415 (slow to import, and most tables hold no transactions)

        a = self.a if abs(self.a - 1) > NEARLY else 1 + NEARLY
        apart = a - self.r
        a += WHOLE * (abs(apart - round(apart)) < WHOLE)
        c = a + self.b + repeats - 1
        c = np.where(np.abs(c) > NEARLY, c, NEARLY)
        z = ahead / (self.alpha + observed + ahead)
        stay = (1 - z) ** (a - 1) * hyp2f1(c - self.r - repeats, a - 1, c, z)
        return np.asarray(np.maximum(c / (a - 1) * (1 - stay), 0))

    def expected(self, ahead: Matrix | float, repeats: Matrix, last: Matrix, observed: Matrix) -> Matrix:
        """Purchases expected in the time `ahead`, given the history: E[Y(t) | x, t_x, T]."""
        return self.alive(repeats, last, observed) * self.if_alive(ahead, repeats, observed)

    def returning(self, ahead: float, repeats: Matrix, last: Matrix, observed: Matrix) -> Matrix:
        """Probability of at least one purchase in the time `ahead`, given the history."""
        none = (self.r + repeats) * np.log((self.alpha + observed) / (self.alpha + observed + ahead))
        return np.asarray(self.alive(repeats, last, observed) * -np.expm1(none))

    def log_likelihood(self, histories: CountedHistories) -> float:
        """Of all customers together."""
        each, _ = _likelihood(np.array([self.r, self.alpha, self.a, self.b]), histories)
        return float(histories.weights @ each)


def fitted(histories: CountedHistories, start: BetaGeometricModel | None = None) -> BetaGeometricModel:
    """The model of greatest likelihood; `start`, if given, is the only place from which it is looked for.

    Raises NotFittedError: fewer than `REPEATERS` customers bought again, or there is no maximum.
    """
    repeaters = histories.weights[histories.repeats > 0].sum()
    if repeaters < REPEATERS:
        raise NotFittedError(gettext("fewer than {least} customers bought again", least=REPEATERS))
    # Time in units of the mean time observed: what is found does not depend on days or weeks.
    unit = float(np.average(histories.observed, weights=histories.weights))
    scaled = CountedHistories(histories.repeats, histories.last / unit, histories.observed / unit, histories.weights)
    everybody = histories.weights.sum()

    def mean(parameters: Matrix) -> tuple[float, Matrix]:
        each, slopes = _likelihood(parameters, scaled)
        return float(scaled.weights @ each) / everybody, slopes @ scaled.weights / everybody * parameters

    starts = STARTS if start is None else ((start.r, start.alpha / unit, start.a, start.b),)
    r, alpha, a, b = maximised(
        mean, starts, gettext("no best parameters could be found for the model of repeat purchases")
    )
    return BetaGeometricModel(float(r), float(alpha * unit), float(a), float(b))


def _likelihood(parameters: Matrix, of: CountedHistories) -> tuple[Matrix, Matrix]:
    """Log-likelihood of each history, (histories,), and its derivatives, (4, histories); equation 6 of the paper."""
    from scipy.special import digamma, gammaln  # noqa: PLC0415 (slow to import, as above)

    r, alpha, a, b = parameters
    x = of.repeats
    again = x > 0
    counts, place = of.numbers  # gamma functions of few numbers of purchases, for many customers
    common = gammaln(r + counts) - gammaln(r) + gammaln(a + b) + gammaln(b + counts)
    common = (common - gammaln(b) - gammaln(a + b + counts))[place] + r * np.log(alpha)
    active = -(r + x) * np.log(alpha + of.observed)
    gone = np.log(a) - np.log(np.where(again, b + x - 1, 1)) - (r + x) * np.log(alpha + of.last)
    either = np.logaddexp(active, np.where(again, gone, -np.inf))
    left = np.where(again, np.exp(gone - either), 0.0)
    stayed = 1 - left
    of_r = (digamma(r + counts) - digamma(r))[place] + np.log(alpha)
    of_r -= stayed * np.log(alpha + of.observed) + left * np.log(alpha + of.last)
    of_alpha = r / alpha - (r + x) * (stayed / (alpha + of.observed) + left / (alpha + of.last))
    of_a = (digamma(a + b) - digamma(a + b + counts))[place] + left / a
    of_b = (digamma(a + b) + digamma(b + counts) - digamma(b) - digamma(a + b + counts))[place]
    of_b = of_b - left / np.where(again, b + x - 1, 1)
    return common + either, np.array([of_r, of_alpha, of_a, of_b])


def _below_one(logit: Matrix) -> Matrix:
    """1 / (1 + e^−logit) without overflow."""
    return np.exp(-np.logaddexp(0.0, -logit))
