"""Random rounding: a figure to a multiple of a step, up or down, so that on average it is right.

The method is unbiased random rounding (Cox 1987, Journal of the American Statistical Association 82:520). Counts go to
multiples of a base. A mean times its customers is a sum, and a sum less what is known of it is somebody's own value:
so the step of any other figure is so wide that no single customer could move the figure further
(`analysis.rounding.sensitivity`).

Statistics offices and universities round to 5 (ONS, HESA): small enough to read, and too coarse for the difference of
two tables to tell of one customer. At random, since whoever knows that 12 always becomes 10 learns from two tables
which of them has a customer more. The draw is a keyed hash of the count: the same count is the same figure wherever it
stands in a publication, and in each publication of the same table. The key is the table's own digest, so that the next
table is drawn anew: else only those figures would change that count the one customer who left. Whoever has the whole
table but for one cell could try its values; a secret in `SEGMENT_ATLAS_SALT` keeps the draws from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from math import ceil, floor, isfinite, log10

from analysis.basics.significant import significant

SALT = "SEGMENT_ATLAS_SALT"
"""The environment variable with a secret for the draws."""
BASE = 5
"""As the Office for National Statistics and the Higher Education Statistics Agency round counts of people."""
STEPS = (1, 2, 5, 10)
"""The steps of figures, times a power of ten."""
MULTIPLE = 12
"""Significant digits of a multiple of a step."""
FINE = 2**64
LAST_DIGIT = 1e-9
"""How far from a multiple, in steps, a figure may lie for its own last digit and still be that multiple."""


@dataclass(frozen=True)
class Rounding:
    """How counts of customers are published; with base 1 as they are."""

    base: int = 1
    least: int = 1
    """No count between 1 and this less one is published."""
    key: bytes = b""

    @classmethod
    def of(cls, *, public: bool, least: int, table: str | None, salt: str = "") -> Rounding:
        """The rounding of one publication of the table with this digest."""
        if not public:
            return cls()
        return cls(BASE, least, blake2b((table or "").encode(), key=blake2b(salt.encode()).digest()[:64]).digest())

    @property
    def open(self) -> bool:
        """Whether nothing is rounded."""
        return self.base == 1

    def count(self, number: int) -> int:
        """A multiple of the base; of `least` or more again one of `least` or more, and nought of nought alone."""
        down, over = divmod(number, self.base)
        up = over > 0 and self._drawn("count", number) * self.base < over * FINE
        found = (down + up) * self.base
        enough = ceil(min(max(self.least, 1), number) / self.base) * self.base
        return max(found, enough) if number else 0

    def part(self, part: int, whole: int) -> int:
        """The rounded count of a part: all of the rounded whole only if it is all of it, and never more."""
        of, own = self.count(whole), self.count(part)
        return of if part >= whole else max(min(own, of - self.base), min(own, self.base))

    def share(self, part: int, whole: int) -> float:
        """The share that the two rounded counts make; 0 of nobody."""
        of = self.count(whole)
        return self.part(part, whole) / of if of else 0.0

    def at_least(self, part: int, whole: int) -> float | None:
        """A share that is surely reached, in tenths; at least `least` of the whole may be none of the part.

        So all of it, nearly all and somewhat fewer are told alike. None where no tenth is left; exact without rounding.
        """
        if self.open:
            return part / whole if whole else 0.0
        tenths = min(10 * part // whole, 10 * (whole - self.least) // whole) if whole else 0
        return tenths / 10 if tenths > 0 else None

    def figure(self, value: float, step: float) -> float:
        """A figure as a multiple of `step`, the next below or the next above; as it is where the step is 0."""
        if self.base == 1 or step <= 0 or not isfinite(value):
            return value
        at = value / step
        if abs(at - round(at)) <= LAST_DIGIT * max(1.0, abs(at)):
            return multiple(round(at), step)
        below = floor(at)
        up = self._drawn(f"{step:.10g}", f"{value:.10g}") < (at - below) * FINE
        return multiple(below + up, step)

    def _drawn(self, what: str, number: int | str) -> int:
        """A number below 2⁶⁴ that is the same for the same figure."""
        return int.from_bytes(blake2b(f"{what} {number}".encode(), key=self.key[:64], digest_size=8).digest())


AS_IT_IS = Rounding()
"""Of a table that is public itself."""


def step_of(reach: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is not below `reach`; 0 where nothing can move the figure."""
    if reach <= 0 or not isfinite(reach):
        return 0.0
    power = 10.0 ** floor(log10(reach))
    return next(step for times in STEPS if (step := multiple(times, power)) >= reach * (1 - LAST_DIGIT))


def multiple(times: int, step: float) -> float:
    """`times` × `step`, without the last digits of a product: 3 × 0.1 is 0.3."""
    return float(significant(float(times * step), MULTIPLE))


def outward(lower: float, upper: float, step: float) -> tuple[float, float]:
    """The multiples of `step` around an interval."""
    if step <= 0:
        return lower, upper
    return multiple(floor(lower / step + LAST_DIGIT), step), multiple(ceil(upper / step - LAST_DIGIT), step)


def telling(count: int, size: int, least: int) -> bool:
    """Whether it tells something of nearly every customer of a group that `count` of its `size` have it.

    Nearly all or none: all but fewer than `least`, fewer than `least`, or a share that reads as 0 % or 100 %.
    """
    return bool(size) and (count < least or size - count < least or round(100 * count / size) in {0, 100})
