"""Unknown counts and sums, the linear relations between them, and the least and the most that each can be.

The attacker's side: nothing here knows how figures are protected. Bounds are found by integer programming
(`scipy.optimize.milp`, HiGHS). Every solution found is kept: an unknown that differs between two of them is not
determined, so most unknowns need no solving of their own.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import coo_array, csr_array

Name = Hashable
ROOM = 1e-6
"""How far a relation may miss, as a part of its largest coefficient: HiGHS solves to that."""
NARROW = 1e-3
MOST_SECONDS = 10.0
INFEASIBLE = 2
"""SciPy's status."""


@dataclass(frozen=True)
class Relation:
    """`lower` ≤ Σ coefficient × unknown ≤ `upper`, and what states it."""

    terms: Mapping[Name, float]
    lower: float
    upper: float
    stated: str


@dataclass(frozen=True)
class Interval:
    """What an unknown can be by all relations."""

    least: float
    most: float

    @property
    def single(self) -> bool:
        """Whether only one whole number is left."""
        return round(self.most - self.least, 3) == 0


class InfeasibleError(Exception):
    """The relations contradict each other, so at least one is false."""


@dataclass
class System:
    """Unknowns and relations; `solved` holds the solutions found so far, a row each."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    place: dict[Name, int] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    solved: list[np.ndarray] = field(default_factory=list)
    _matrix: tuple[csr_array, np.ndarray, np.ndarray] | None = None

    def unknown(self, name: Name, lower: float = 0.0, upper: float = math.inf, *, whole: bool = True) -> Name:
        """Add an unknown once; asked again, its bounds are narrowed."""
        if name not in self.place:
            self.place[name] = len(self.place)
            self.lower.append(lower)
            self.upper.append(upper)
            self.whole.append(whole)
        at = self.place[name]
        self.lower[at], self.upper[at] = max(self.lower[at], lower), min(self.upper[at], upper)
        return name

    def count(self, name: Name, between: tuple[float, float]) -> Name:
        """Add an unknown whole number, or narrow it, between two figures that need not be whole."""
        low, high = (end if math.isinf(end) else edge(end) for edge, end in zip((_up, _down), between, strict=True))
        return self.unknown(name, low, high)

    def relate(self, terms: Mapping[Name, float], lower: float, upper: float, stated: str) -> None:
        """Add a relation between unknowns that are there already."""
        kept = {name: float(value) for name, value in terms.items() if value}
        missing = [name for name in kept if name not in self.place]
        if missing:
            raise KeyError(missing[0])
        if kept and (lower > -math.inf or upper < math.inf):
            self.relations.append(Relation(kept, float(lower), float(upper), stated))
            self._matrix = None

    def equal(self, terms: Mapping[Name, float], stated: str, value: float = 0.0) -> None:
        """Add a relation that holds exactly."""
        self.relate(terms, value, value, stated)

    def ratio(
        self,
        part: Mapping[Name, float],
        whole: Mapping[Name, float],
        between: tuple[float, float],
        most: float,
        stated: str,
    ) -> None:
        """Σ part lies between two figures times Σ whole, of which there are `most` at most."""
        low, high = between
        middle, half = (low + high) / 2, (high - low) / 2
        if half * most < NARROW:  # two rows so close together would be taken for one by the solver
            self.relate(_less(part, whole, middle), -half * most, half * most, stated)
            return
        self.relate(_less(part, whole, low), 0.0, math.inf, stated)
        self.relate(_less(part, whole, high), -math.inf, 0.0, stated)

    def violated(self, true: Mapping[Name, float]) -> list[Relation]:
        """The relations that the true values, where all of a relation's are known, do not meet."""
        found = []
        for one in self.relations:
            if all(name in true for name in one.terms):
                value = sum(each * true[name] for name, each in one.terms.items())
                room = 1e-7 * max(1.0, *(abs(each * true[name]) for name, each in one.terms.items()))
                if not one.lower - room <= value <= one.upper + room:
                    found.append(one)
        return found

    def interval(self, name: Name) -> Interval:
        """The least and the most that an unknown can be. Raises InfeasibleError."""
        return Interval(self._end(name, 1), self._end(name, -1))

    def seen(self, name: Name) -> tuple[float, float]:
        """The least and the most of an unknown in the solutions found so far."""
        values = [one[self.place[name]] for one in self.solved]
        return (min(values), max(values)) if values else (math.inf, -math.inf)

    def spread(self, names: Sequence[Name], draws: int, seed: int = 0) -> None:
        """Find solutions that lie apart, each at the end of a random direction. Raises InfeasibleError."""
        random = np.random.default_rng(seed)
        scale = self._scale()
        for _ in range(draws):
            goal = np.zeros(len(self.place))
            at = [self.place[name] for name in names]
            goal[at] = random.normal(size=len(at)) / scale[at]
            self._found(goal)

    def _scale(self) -> np.ndarray:
        upper = np.minimum(np.array(self.upper), 1e6)
        return np.maximum(upper - np.maximum(np.array(self.lower), -1e6), 1.0)

    def _end(self, name: Name, sign: int) -> float:
        goal = np.zeros(len(self.place))
        goal[self.place[name]] = sign
        found = self._found(goal)
        bound = found.mip_dual_bound if found.mip_dual_bound is not None else found.fun
        if bound is None:
            return -sign * math.inf
        end = sign * float(bound)
        if not self.whole[self.place[name]]:
            return end
        return float(math.ceil(end - 1e-4) if sign > 0 else math.floor(end + 1e-4))

    def _found(self, goal: np.ndarray) -> OptimizeResult:
        matrix, lower, upper = self._rows()
        for presolve in (True, False):  # HiGHS' presolve takes some feasible problems for infeasible ones
            found = milp(
                goal,
                integrality=np.array(self.whole, dtype=int),
                bounds=Bounds(np.array(self.lower), np.array(self.upper)),
                constraints=LinearConstraint(matrix, lower, upper),
                options={"time_limit": MOST_SECONDS, "presolve": presolve},
            )
            if found.status != INFEASIBLE:
                break
        else:
            raise InfeasibleError
        if found.x is not None:
            self.solved.append(np.where(self.whole, np.round(found.x), found.x))
        return found

    def _rows(self) -> tuple[csr_array, np.ndarray, np.ndarray]:
        if self._matrix is None:
            rows, columns, values, lower, upper = [], [], [], [], []
            for row, one in enumerate(self.relations):
                scale = max(map(abs, one.terms.values()))
                for name, value in one.terms.items():
                    rows.append(row)
                    columns.append(self.place[name])
                    values.append(value / scale)
                room = 0.0 if one.lower == one.upper else ROOM
                lower.append(one.lower / scale - room)
                upper.append(one.upper / scale + room)
            shape = (len(self.relations), len(self.place))
            self._matrix = (
                coo_array((values, (rows, columns)), shape=shape).tocsr(), np.array(lower), np.array(upper)
            )  # fmt: skip
        return self._matrix


def _less(part: Mapping[Name, float], whole: Mapping[Name, float], factor: float) -> dict[Name, float]:
    names = dict.fromkeys((*part, *whole))
    return {name: part.get(name, 0.0) - factor * whole.get(name, 0.0) for name in names}


def _up(end: float) -> float:
    return float(math.ceil(end - 1e-6))


def _down(end: float) -> float:
    return float(math.floor(end + 1e-6))


def total(names: Iterable[Name]) -> dict[Name, float]:
    """The terms of a sum."""
    return dict.fromkeys(names, 1.0)
