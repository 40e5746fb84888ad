"""How precisely figures of customers may be told on a public site.

A mean times its customers is a sum, and a sum less what is known of it is somebody's own value. So every figure is
told as a multiple of a step, and the step is so wide that no single customer could move the figure further than that;
counts are multiples of five (as the Office for National Statistics and HESA publish them).

Up or down is drawn at random, in proportion to how near each multiple is (unbiased random rounding; Cox 1987, Journal
of the American Statistical Association 82:520): what lies between two multiples may be either, and two publications
that one customer parts do not differ at the one place where that customer was. The draw comes from a keyed hash of the
figure itself, so that the same figure is the same wherever it stands in one publication. The key is made of the
table's own digest: with another table all draws are others, and the same table gives the same site again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from hashlib import blake2b

SECRET = "SEGMENT_ATLAS_SALT"  # noqa: S105 (the name of it)
"""Environment variable with a secret: without it whoever has all of the table but one cell could draw again."""
BASE = 5
"""Counts are multiples of this."""
STEPS = (1, 2, 5, 10)
"""The steps of figures, times a power of ten."""
CORRELATION = 0.02
"""The least step of a correlation."""
RANKED = 3.0
"""The square of the outermost rank, in standard deviations of ranks: one customer moves a rank correlation by that over
their number."""
NEAR = 1e-9
"""How far from a multiple, in steps, a figure may lie for its own last digit and still be that multiple."""


@dataclass(frozen=True)
class Precision:
    """Random rounding with a key, for one table."""

    key: bytes
    least: int
    """Customers that must lie on either side of a quantile (`privacy.min_cell`)."""

    @classmethod
    def of(cls, digest: str, secret: str, least: int) -> Precision:
        """From the table's digest and a secret; whoever has neither cannot draw again."""
        return cls(blake2b(digest.encode(), key=blake2b(secret.encode()).digest()).digest()[:32], least)

    def count(self, customers: int) -> int:
        """A number of customers as a multiple of five; of as many as make a group that may be told never fewer."""
        told = round(self.figure(customers, BASE))
        return told + BASE if told < self.least <= customers else told

    def figure(self, value: float, step: float) -> float:
        """A figure as a multiple of `step`, the next below or the next above; as it is where the step is 0."""
        if step <= 0 or not math.isfinite(value):
            return value
        at = value / step
        if abs(at - round(at)) <= NEAR * max(1.0, abs(at)):
            return multiple(round(at), step)
        below = math.floor(at)
        return multiple(below + (self._drawn(value, step) < at - below), step)

    def _drawn(self, value: float, step: float) -> float:
        """A number from 0 to 1 that the figure and the key decide."""
        said = blake2b(f"{value:.10g} {step:.10g}".encode(), key=self.key, digest_size=8).digest()
        return int.from_bytes(said, "big") / 2**64


def step_of(reach: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is not below `reach`; 0 where nothing can move the figure."""
    if reach <= 0 or not math.isfinite(reach):
        return 0.0
    power = math.floor(math.log10(reach))
    return next(step for each in STEPS if (step := multiple(each, 10.0**power)) >= reach * (1 - NEAR))


def multiple(times: int, step: float) -> float:
    """`times` × `step`, without the last digits of a product: 3 × 0.1 is 0.3."""
    return float(f"{times * step:.12g}") + 0.0


def outward(lower: float, upper: float, step: float) -> tuple[float, float]:
    """The multiples of `step` around an interval."""
    if step <= 0:
        return lower, upper
    return multiple(math.floor(lower / step + NEAR), step), multiple(math.ceil(upper / step - NEAR), step)
