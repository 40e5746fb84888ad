"""Generated tables whose groups are known, or that are known to have none: the truth that the analysis is held to."""

from .families import FAMILIES, Family, known_tables
from .known import OUTLIER, Known, Spec

__all__ = ["FAMILIES", "OUTLIER", "Family", "Known", "Spec", "known_tables"]
