"""Every number of segments tried on the same customers, and what was measured of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.battery import Battery, Sample, battery, kmeans
from analysis.choose import Rule, smallest_allowed
from analysis.cluster import partition, points
from analysis.configuration import Site
from analysis.evidence.resampled import Resampled
from analysis.features import Features, Labels
from analysis.sample import sample
from analysis.seeds import seeds
from analysis.trials import Trial, numbers_tried, trials

LARGEST_MEASURED = 1_000
"""Customers on whom the battery runs at most; with fewer customers segments seem less stable, if anything."""


@dataclass(frozen=True, eq=False)
class Candidates:
    """The numbers of segments tried, the rule to choose by, and the resamples behind it."""

    trials: tuple[Trial, ...]
    rule: Rule
    fitted: Labels
    """Positions of the customers fitted among the features' rows."""
    measured: Labels
    """Positions of the customers on whom the battery ran, among those fitted."""
    battery: Battery

    def resampled(self, k: int) -> Resampled:
        """The resamples of one number of segments, numbered as its partition numbers them."""
        trial = next(trial for trial in self.trials if trial.k == k)
        bootstrap, labels = self.battery.bootstrap, trial.labels[self.measured]
        return Resampled(
            labels=bootstrap.matched(labels, k).astype(np.int8),
            weights=bootstrap.counts,
            jaccard=trial.measures.jaccard,
            rows=self.fitted[self.measured],
        )


def candidates(table: Features, site: Site, source: str) -> Candidates:
    """Try every number of segments. Raises DataError where the table has too few different customers."""
    streams = seeds(site.model.seed)
    fitted = np.flatnonzero(table.kept)
    distinct = points(table.standard[fitted])
    ks = numbers_tried(site.model, distinct.count, len(fitted), source)
    partitions = [partition(distinct, k, streams.fit(k)) for k in ks]
    measured = sample(len(fitted), LARGEST_MEASURED, streams.comparison)
    labels = {division.k: division.labels[distinct.row][measured] for division in partitions}
    rows = Sample(table.matrix[fitted][measured], table.transforms)
    found = battery(rows, labels, kmeans(ks), (site.model.resamples, streams.resamples))
    tried = trials(distinct, partitions, found.measures, streams.comparison)
    return Candidates(tried, _rule(site, len(fitted)), fitted, measured, found)


def _rule(site: Site, rows: int) -> Rule:
    published = site.privacy.min_cell if site.privacy.mode == "public" else 0
    fixed = None if site.model.selection == "auto" else site.model.selection.k
    return Rule(fixed, max(smallest_allowed(rows), published))
