"""Every number of segments tried on the same customers, and what was measured of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from analysis.basics.arrays import Labels
from analysis.basics.sample import sample
from analysis.basics.seeds import Seeds, seeds
from analysis.clustering.algorithms import Algorithm, algorithm
from analysis.clustering.algorithms.cluster import Points, points
from analysis.clustering.algorithms.measured import Measured, measured
from analysis.clustering.battery import ColumnWeights, Sample
from analysis.clustering.choose import ChoiceRule, smallest_allowed
from analysis.clustering.kept import KeptDivision
from analysis.clustering.trials import Distances, Trial, distances, numbers_tried, trials
from analysis.configuration import Site
from analysis.contract.algorithms import Algorithm as Name
from analysis.errors import ConfigurationError, DataError
from analysis.language import gettext
from analysis.preparation.features import Features, is_mark
from analysis.statistics.resampled import Resampled


class NoPlaceError(ConfigurationError):
    """An algorithm that knows numbers alone was asked to go by categories."""

    def __init__(self, way: Algorithm) -> None:
        self.why = gettext(way.numbers_alone)
        super().__init__(
            f"model.algorithm: {way.name} handles numbers only, and some column of categories has use: cluster; "
            "take another algorithm, or set use to describe."
        )


class NothingFoundError(DataError):
    """An algorithm makes no segments of this table."""

    def __init__(self, source: str, way: Algorithm, fixed: int | None) -> None:
        why, remedy = way.nothing(fixed)
        self.why = gettext(why, k=fixed)
        super().__init__(f"{source}: model.algorithm is {way.name}. {why.format(k=fixed).rstrip('.')}; {remedy}.")


@dataclass(frozen=True, eq=False)
class TrialGround:
    """What every algorithm is tried on: the same customers, numbers of segments and seeds."""

    distinct: Points
    sample: Sample
    """The clustering columns of the customers fitted."""
    ks: Sequence[int]
    rule: ChoiceRule
    fitted: Labels
    """Positions of the customers fitted among the features' rows."""
    seed: int
    resamples: int
    source: str
    """The table's name."""
    kept: KeptDivision | None = None
    """The division of an earlier build, which takes the place of the one found with as many segments."""

    @cached_property
    def distances(self) -> Distances:
        """Between the customers compared; the same for every algorithm."""
        return distances(self.distinct, self.streams.comparison)

    @property
    def numbers(self) -> list[int]:
        """The numbers of segments to try, that of a kept division among them."""
        return sorted({*self.ks, *([self.kept.k] if self.kept else [])})

    @property
    def streams(self) -> Seeds:
        """Fresh ones for each algorithm: who spawns from a stream changes it, and all shall draw alike."""
        return seeds(self.seed)


@dataclass(frozen=True, eq=False)
class Candidates:
    """The numbers of segments tried, the rule to choose by, and the resamples behind it."""

    way: Algorithm
    trials: tuple[Trial, ...]
    rule: ChoiceRule
    fitted: Labels
    """Positions of the customers fitted among the features' rows."""
    measured: Labels
    """Positions of the customers on whom the battery ran, among those fitted."""
    found: Measured
    compared: tuple[Candidates, ...] = ()
    """With `algorithm: compare`, what the other algorithms make of the same customers."""
    kept: KeptDivision | None = None
    """The division of an earlier build that is taken as it was."""
    failed: Mapping[Name, str] = field(default_factory=dict)
    """… and those that make nothing of them, with the reason."""

    @property
    def algorithm(self) -> Name:
        """Who divided."""
        return self.way.name

    @property
    def finds_number(self) -> bool:
        """Whether the algorithm found the number by itself, and may have left customers unassigned."""
        return self.way.finds_number

    def resampled(self, k: int) -> Resampled:
        """The resamples of one number of segments, numbered as its partition numbers them."""
        trial = next(trial for trial in self.trials if trial.k == k)
        return self.found.resampled(trial.partition, trial.labels[self.measured], self.fitted[self.measured])


def candidates(table: Features, site: Site, source: str, kept: KeptDivision | None = None) -> Candidates:
    """Try every number of segments. Raises DataError where the table has too few different customers.

    A `kept` division stands among them for its number of segments, and is the one taken; the battery measures how well
    it is found again among the customers of today.
    """
    ground = _ground(table, site, source, kept)
    shown = site.model.shown
    compared, failed = [], {}
    for name in site.model.beside:
        try:
            compared.append(_tried(ground, name))
        except (NothingFoundError, NoPlaceError) as nothing:
            failed[name] = nothing.why
    return replace(_tried(ground, shown, kept), compared=tuple(compared), failed=failed)


def _ground(table: Features, site: Site, source: str, kept: KeptDivision | None) -> TrialGround:
    fitted = np.flatnonzero(table.kept)
    distinct = points(table.standard[fitted])
    return TrialGround(
        distinct=distinct,
        sample=Sample(table.matrix[fitted], tuple(axis.transform for axis in table.design.axes), kinds(table)),
        ks=numbers_tried(site.model, distinct.count, len(fitted), source),
        rule=_rule(site, len(fitted)),
        fitted=fitted,
        seed=site.model.seed,
        resamples=site.model.resamples,
        source=source,
        kept=kept,
    )


def kinds(table: Features) -> ColumnWeights:
    """What the battery must know of the axes; nothing of amounts that count the same."""
    design, rows = table.design, table.matrix[table.kept]
    weights = tuple(design.weights.tolist())
    steps = {feature.name for feature in table.clustering if feature.measure in {"ordinal", "boolean"}}
    return ColumnWeights(
        weights=weights if any(weight != 1 for weight in weights) else (),
        blocks=design.blocks,
        marks=tuple(int(at) for at in design.numeric if design.axes[at].feature in steps or is_mark(rows[:, at])),
    )


def _tried(ground: TrialGround, name: Name, kept: KeptDivision | None = None) -> Candidates:
    """Every number of segments by one algorithm, or the one number that it finds; a `kept` division in its place."""
    rows = len(ground.fitted)
    streams, way = ground.streams, algorithm(name, ground.rule.smallest / rows)
    if way.numbers_alone and ground.sample.kinds.blocks:
        raise NoPlaceError(way)
    partitions = way.fit(ground.distinct, ground.numbers, streams.fit)
    rule = replace(ground.rule, fixed=None) if way.finds_number else ground.rule
    if kept:
        own = kept.partition(ground.distinct)
        partitions = [own if division.k == own.k else division for division in partitions]
        rule = replace(rule, fixed=own.k)
    if not partitions or rule.fixed not in {None, *(division.k for division in partitions)}:
        raise NothingFoundError(ground.source, way, ground.rule.fixed)
    # Who divides many tables at once can afford everybody; with fewer customers segments seem less stable.
    chosen = sample(rows, rows if way.side_by_side else way.measured, streams.comparison)
    labels = [(division.k, division.labels[ground.distinct.row][chosen]) for division in partitions]
    drawn = ground.sample._replace(table=ground.sample.table[chosen])
    found = measured(way, drawn, labels, (ground.resamples, streams.resamples))
    blocks = ground.sample.kinds.blocks
    tried = trials(ground.distinct, partitions, found.measures, ground.distances, blocks)
    return Candidates(way, tried, rule, ground.fitted, chosen, found, kept=kept)


def _rule(site: Site, rows: int) -> ChoiceRule:
    published = site.privacy.min_cell if site.privacy.mode == "public" else 0
    fixed = None if site.model.selection == "auto" else site.model.selection.k
    return ChoiceRule(fixed, max(smallest_allowed(rows), published))
