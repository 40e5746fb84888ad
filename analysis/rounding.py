"""Random rounding of counts: each to a multiple of a base, up or down, so that on average it is right.

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
from math import ceil

SALT = "SEGMENT_ATLAS_SALT"
"""The environment variable with a secret for the draws."""
BASE = 5
"""As the Office for National Statistics and the Higher Education Statistics Agency round counts of people."""
FINE = 2**64


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

    def count(self, number: int, what: str = "count") -> int:
        """A multiple of the base; of `least` or more again one of `least` or more, and nought of nought alone."""
        down, over = divmod(number, self.base)
        up = over > 0 and self._drawn(what, number) * self.base < over * FINE
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

    def found(self, correct: int, picked: int, size: int) -> tuple[int, int]:
        """Rounded counts of a rule, those rightly found and all that it picks; each is all only if it is all."""
        right, all_picked = self.part(correct, size), self.count(picked)
        return right, right if picked == correct else max(all_picked, right + self.base)

    def _drawn(self, what: str, number: int) -> int:
        """A number below 2⁶⁴ that is the same for the same count."""
        return int.from_bytes(blake2b(f"{what} {number}".encode(), key=self.key[:64], digest_size=8).digest())
