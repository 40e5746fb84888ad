"""How far each number of segments can be trusted, measured on resamples, halves and structureless tables.

In: the matrix, and a way to divide it.
Out: stability, gap, prediction strength, silhouette.
May import: the rooms up to `statistics`, in the order of `pyproject.toml`.
"""

from analysis.clustering.battery.battery import Battery, Measures, battery
from analysis.clustering.battery.kmeans import kmeans
from analysis.clustering.battery.tables import ColumnWeights, Sample

__all__ = ["Battery", "ColumnWeights", "Measures", "Sample", "battery", "kmeans"]
