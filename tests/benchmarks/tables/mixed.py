"""Families of tables in which numbers stand beside categories, or answers of yes and no alone.

Without groups:

mixed, independent    normal columns and categories of any share, each column on its own
mixed, correlated     one normal cloud, of whose columns some were cut into categories: no group, but much that hangs
                      together
answers               yes or no alone, cut from normal dispositions that are independent, or one's own on a topic
categories            categories alone, cut in the same way

With groups:

mixed groups          groups as far apart in the numbers as the rule of `groups` says, each with its own habits in the
                      categories, and a column of two categories that has nothing to do with them
latent classes        categories alone: each class has one that it prefers in every column (Lazarsfeld & Henry 1968); no
                      gap between them, since what is seen of anybody is a handful of words
"""

from __future__ import annotations

import numpy as np

from .groups import equal_sizes, place, round_groups
from .known import Drawn, Frame, Labels, Matrix, Spec, in_units

WORDS = ("north", "south", "east", "west", "centre")
HABIT = 0.75
"""Share of a group that has its usual category."""
PREFERENCE = 0.85
"""Share of a class that has the category that it prefers."""
DISPOSITIONS = (0.0, 0.6, 0.85)
"""Correlation of each two dispositions behind answers: to unrelated questions, to one topic, and to one question put
in several ways. Which of them a table has, its columns tell."""


def independent(spec: Spec, generator: np.random.Generator) -> Frame:
    """Half of the columns numbers, the others categories, each on its own."""
    return _cut(generator.standard_normal((spec.rows, spec.columns)), generator)


def correlated(spec: Spec, generator: np.random.Generator) -> Frame:
    """The same, cut from one normal cloud."""
    return _cut(_disposed(spec, generator, generator.uniform(0.2, 0.7)), generator)


def answers(spec: Spec, generator: np.random.Generator) -> Frame:
    """Yes or no, from dispositions that may go together."""
    hidden = _disposed(spec, generator, DISPOSITIONS[spec.columns % len(DISPOSITIONS)])
    edges = generator.uniform(-1, 1, spec.columns)
    frame = in_units(hidden[:, :1]).iloc[:, :0]
    for number, column in enumerate((hidden > edges).T):
        frame[f"question {number + 1}"] = np.where(column, "yes", "no")
    return frame


def categories(spec: Spec, generator: np.random.Generator) -> Frame:
    """Categories alone."""
    return _cut(_disposed(spec, generator, DISPOSITIONS[spec.columns % len(DISPOSITIONS)]), generator, numbers=0)


def mixed_groups(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Groups apart in the numbers, with habits in the categories."""
    groups = place(round_groups(np.ones(spec.groups), spec.columns), generator)
    matrix, labels = groups.draw(equal_sizes(spec.rows, spec.groups), generator)
    frame = in_units(matrix)
    frame["region"] = _habitual(labels, HABIT, generator)
    frame["letter"] = generator.choice(["yes", "no"], spec.rows)
    return frame, labels


def latent_classes(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Categories that depend on the class and on nothing else."""
    labels = np.repeat(np.arange(spec.groups), equal_sizes(spec.rows, spec.groups))
    frame = in_units(generator.standard_normal((spec.rows, 1))).iloc[:, :0]
    for number in range(spec.columns):
        frame[f"choice {number + 1}"] = _habitual(labels, PREFERENCE, generator)
    return frame, labels


def _habitual(labels: Labels, share: float, generator: np.random.Generator) -> Matrix:
    """The category of each customer: that of the group, or any at random."""
    names = generator.permutation(np.array(WORDS))
    usual = names[labels % len(names)]
    return np.where(generator.random(len(labels)) < share, usual, generator.choice(names, len(labels)))


def _disposed(spec: Spec, generator: np.random.Generator, correlation: float) -> Matrix:
    shared = generator.standard_normal((spec.rows, 1))
    own = generator.standard_normal((spec.rows, spec.columns))
    signs = generator.choice([-1, 1], spec.columns)
    disposed: Matrix = signs * np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * own
    return disposed


def _cut(hidden: Matrix, generator: np.random.Generator, numbers: int | None = None) -> Frame:
    """The first columns as they are, half of them unless said; the others cut into two to five categories."""
    columns = hidden.shape[1]
    kept = columns // 2 if numbers is None else numbers
    frame = in_units(hidden[:, : max(kept, 1)]).iloc[:, :kept]
    for number in range(kept, columns):
        parts = int(generator.integers(2, len(WORDS) + 1))
        edges = np.quantile(hidden[:, number], np.sort(generator.uniform(0.1, 0.9, parts - 1)))
        frame[f"kind {number + 1}"] = np.array(WORDS)[np.digitize(hidden[:, number], edges)]
    return frame
