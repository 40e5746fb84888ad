"""Customers of known groups, who change from month to month.

A group is a normal cloud; its customers keep most of their place in it from month to month. The centres of any two
groups are `SEPARATION` standard deviations apart or more: the clouds touch, so that some customers at the edges are in
another segment than their group is. Every month 5 % of the customers leave, as many come, each centre strays a little,
and all customers drift along one direction. Beside this, events happen to some months (`EVENTS`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.intp]

SEPARATION = 4.5
CHURN = 0.05
STRAYS = 0.1
"""Standard deviations that a centre strays in a month."""
STAYS = 0.95
"""Correlation of a customer's place in the group from month to month."""
SMALLEST = 0.07
"""Of all customers, that a group has at least when it comes up."""
LARGEST_PART = (0.5, 0.9)
"""The larger part of a group that splits."""
FURTHER = 1.1
"""How much farther apart than others groups are made, which may stray."""


@dataclass
class Groups:
    """The true groups of one month."""

    centres: dict[int, Matrix]
    tastes: dict[int, list[Matrix]]
    """Group → of each column of categories the chance of each."""
    former: list[Matrix] = field(default_factory=list)
    """Centres of groups that are no more."""
    vanished: dict[int, tuple[Matrix, list[Matrix]]] = field(default_factory=dict)
    """Groups whose customers all left, with their centre and tastes: they may come back."""
    fresh: int = 0

    def number(self) -> int:
        """Of a group that there never was."""
        self.fresh += 1
        return self.fresh


class World:
    """Customers, the group of each, and what happens to them."""

    def __init__(self, seed: int, *, mixed: bool) -> None:
        self.draw = np.random.default_rng(seed)
        self.columns = int(self.draw.integers(2, 5))
        self.mixed = mixed
        self.levels = [int(each) for each in self.draw.integers(2, 5, self.draw.integers(1, 3))] if mixed else []
        self.logs = self.draw.random(self.columns) < 0.4
        """Columns of amounts: the exponential of a coordinate."""
        self.direction = self.draw.normal(size=self.columns)
        self.direction /= np.linalg.norm(self.direction)
        self.groups = Groups({}, {})
        self.kept_in = int(self.draw.integers(200, 1200))
        self.ids, self.group = np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        self.offset, self.tastes = np.empty((0, self.columns)), np.empty((0, len(self.levels)), dtype=np.intp)
        self.next_id = 1
        for _ in range(int(self.draw.integers(3, 8))):
            self.new_group(self.draw.uniform(0.1, 0.25))

    @property
    def size(self) -> int:
        """Number of customers."""
        return len(self.ids)

    def month(self) -> None:
        """What happens in every month: customers leave and come, and all change a little."""
        leave = self.draw.random(self.size) < CHURN
        self._keep(~leave)
        for group, count in zip(*np.unique(self.group, return_counts=True), strict=True):
            self._join(int(group), int(self.draw.binomial(count, CHURN)))
        noise = self.draw.normal(size=self.offset.shape)
        self.offset = STAYS * self.offset + np.sqrt(1 - STAYS**2) * noise
        for group in self.groups.centres:
            self.groups.centres[group] = self.groups.centres[group] + self.draw.normal(0, STRAYS, self.columns)
        self.drift(0.1)

    def drift(self, far: float) -> None:
        """All customers move: prices rise, everybody gets older."""
        for group in self.groups.centres:
            self.groups.centres[group] = self.groups.centres[group] + far * self.direction

    def new_group(self, share: float) -> bool:
        """Customers come who are like nobody before."""
        place = self._free()
        if place is None:
            return False
        self._found(place, max(12, round(share * self.kept_in)))
        return True

    def vanish(self) -> bool:
        """All customers of a group leave."""
        if len(self.groups.centres) < 4:
            return False
        gone = int(self.draw.choice(list(self.groups.centres)))
        self._keep(self.group != gone)
        centre, tastes = self._end(gone)
        self.groups.vanished[gone] = centre, tastes
        return True

    def come_back(self) -> bool:
        """A group that vanished is there again, with other customers."""
        for group, (centre, tastes) in self.groups.vanished.items():
            if self._is_free(centre, former=False):
                del self.groups.vanished[group]
                self.groups.centres[group], self.groups.tastes[group] = centre, tastes
                self._join(group, max(12, round(self.draw.uniform(0.1, 0.25) * self.kept_in)))
                return True
        return False

    def grow(self) -> bool:
        """A group gets half as many customers more, or up to twice."""
        group = int(self.draw.choice(list(self.groups.centres)))
        self._join(group, round(self.draw.uniform(0.5, 1) * int((self.group == group).sum())))
        return True

    def split(self) -> bool:
        """The customers of a group become two groups, which move apart from its centre."""
        sizes = {group: int((self.group == group).sum()) for group in self.groups.centres}
        group = max(sizes, key=lambda one: sizes[one])
        part = self.draw.uniform(*LARGEST_PART)
        if (1 - part) * sizes[group] < max(12, SMALLEST * self.size):
            return False
        old = self.groups.centres[group]
        others = [centre for one, centre in self.groups.centres.items() if one != group] + self.groups.former
        for _ in range(200):
            apart = self.draw.normal(size=self.columns)
            apart *= FURTHER * SEPARATION / np.linalg.norm(apart)
            larger, smaller = old - (1 - part) * apart, old + part * apart
            if all(np.linalg.norm(each - other) >= SEPARATION for each in (larger, smaller) for other in others):
                break
        else:
            return False
        moving = (self.group == group) & (self.draw.random(self.size) >= part)
        part = 1 - int(moving.sum()) / sizes[group]
        tastes = self.groups.tastes[group]
        if 1 - part >= 0.3:  # the thresholds of the rule: neither part is the group any longer
            self._end(group)
            larger_group = self.groups.number()
            self.group[(self.group == group) & ~moving] = larger_group
        else:
            larger_group = group
        smaller_group = self.groups.number()
        self.group[moving] = smaller_group
        for number, centre in ((larger_group, larger), (smaller_group, smaller)):
            self.groups.centres[number], self.groups.tastes[number] = centre, tastes
        return True

    def merge(self) -> bool:
        """Two groups become one, between the two."""
        groups = list(self.groups.centres)
        if len(groups) < 4:
            return False
        sizes = {group: int((self.group == group).sum()) for group in groups}
        pairs = sorted(
            ((one, other) for one in groups for other in groups if one < other),
            key=lambda pair: float(np.linalg.norm(self.groups.centres[pair[0]] - self.groups.centres[pair[1]])),
        )
        for pair in pairs:
            small, large = sorted(pair, key=lambda one: sizes[one])
            part = sizes[small] / (sizes[small] + sizes[large])
            place = part * self.groups.centres[small] + (1 - part) * self.groups.centres[large]
            others = [centre for one, centre in self.groups.centres.items() if one not in pair]
            if any(np.linalg.norm(place - other) < SEPARATION for other in others):
                continue
            tastes = self.groups.tastes[large]
            self._end(small)
            number = large
            if part >= 0.3:
                self._end(large)
                number = self.groups.number()
            self.group[np.isin(self.group, pair)] = number
            self.groups.centres[number], self.groups.tastes[number] = place, tastes
            return True
        return False

    def values(self) -> Matrix:
        """The columns of numbers, in the data's own units, (customers, columns)."""
        place = np.array([self.groups.centres[group] for group in self.group.tolist()]) + self.offset
        return np.where(self.logs, 40 * np.exp(0.12 * place), 200 + 10 * place).round(2)

    def _free(self) -> Matrix | None:
        side = SEPARATION
        for _ in range(400):
            place = self.draw.uniform(-side, side, self.columns)
            if self._is_free(place):
                return place
            side *= 1.01
        return None

    def _is_free(self, place: Matrix, *, former: bool = True) -> bool:
        taken = [*self.groups.centres.values(), *(self.groups.former if former else [])]
        return all(np.linalg.norm(place - each) >= FURTHER * SEPARATION for each in taken)

    def _found(self, centre: Matrix, count: int) -> None:
        number = self.groups.number()
        self.groups.centres[number] = centre
        self.groups.tastes[number] = [self.draw.dirichlet(np.full(each, 0.3)) for each in self.levels]
        self._join(number, count)

    def _end(self, group: int) -> tuple[Matrix, list[Matrix]]:
        centre, tastes = self.groups.centres.pop(group), self.groups.tastes.pop(group)
        self.groups.former.append(centre)
        return centre, tastes

    def _keep(self, who: NDArray[np.bool_]) -> None:
        self.ids, self.group, self.offset = self.ids[who], self.group[who], self.offset[who]
        self.tastes = self.tastes[who]

    def _join(self, group: int, count: int) -> None:
        tastes = [self.draw.choice(len(each), count, p=each) for each in self.groups.tastes[group]]
        own = np.column_stack(tastes) if tastes else np.empty((count, 0), dtype=np.intp)
        self.ids = np.append(self.ids, np.arange(self.next_id, self.next_id + count))
        self.group = np.append(self.group, np.full(count, group))
        self.offset = np.vstack([self.offset, self.draw.normal(size=(count, self.columns))])
        self.tastes = np.vstack([self.tastes, own])
        self.next_id += count


EVENTS: dict[str, Callable[[World], bool]] = {
    "drift": lambda world: world.drift(0.5) is None,
    "growth": World.grow,
    "a new group": lambda world: world.new_group(world.draw.uniform(0.1, 0.25)),
    "a group vanishes": World.vanish,
    "a group comes back": World.come_back,
    "split": World.split,
    "merge": World.merge,
    "another k": lambda world: len(world.groups.centres) > 3,
}
"""What can happen in a month; each tells whether it could. Of another number of segments only the division knows."""
