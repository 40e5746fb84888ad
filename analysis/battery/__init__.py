"""How far each number of segments can be trusted, measured on resamples, halves and structureless tables."""

from analysis.battery.battery import Battery, Measures, battery
from analysis.battery.kmeans import kmeans
from analysis.battery.tables import Kinds, Sample

__all__ = ["Battery", "Kinds", "Measures", "Sample", "battery", "kmeans"]
