"""The indices by which numbers of segments are compared, by their keys in the contract (`Selection.preferred`).

What each measures, and where it was published, stands where it is worked out: `analysis.clustering.trials` and
`analysis.clustering.battery`. How the best number is told from it: `analysis.results.selection`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.basics.letters import in_sentence

Key = Literal[
    "silhouette", "calinski_harabasz", "davies_bouldin", "stability", "agreement", "prediction_strength", "gap", "bic"
]


@dataclass(frozen=True)
class Index:
    """One index in words."""

    name: str
    term: str
    """Its anchor in the glossary."""
    asks: str
    """The question that it answers."""
    proper: bool = False
    """Whether it is named after people, or is a name: it keeps its capital inside a sentence."""
    read: str = ""
    """How the chart of candidates says which end is better; empty: not drawn."""
    places: int = 2
    """Decimal places in that chart."""
    bounded: bool = False
    """Whether it lies between −1 and 1, so that two decimals tell it in a table."""

    @property
    def inside(self) -> str:
        """The name inside a sentence."""
        return self.name if self.proper else in_sentence(self.name)


INDICES: Mapping[Key, Index] = {
    "silhouette": Index(
        "Silhouette", "silhouette", "Are customers nearer to their own segment than to the next?",
        read="higher is better", bounded=True,
    ),
    "calinski_harabasz": Index(
        "Calinski–Harabasz", "calinski-harabasz", "Is the spread between segments large against the spread within?",
        proper=True, read="higher", places=0,
    ),
    "davies_bouldin": Index(
        "Davies–Bouldin", "davies-bouldin", "Does a segment overlap with the one most like it?",
        proper=True, read="lower is better",
    ),
    "stability": Index(
        "Jaccard stability", "jaccard-stability", "Does even the weakest segment come back?", proper=True
    ),
    "agreement": Index(
        "Agreement beyond chance", "adjusted-rand-index", "Do redraws agree more than those of tables without groups?"
    ),
    "prediction_strength": Index(
        "Prediction strength", "prediction-strength",
        "Does one half of the customers predict the segments of the other?", read="higher", bounded=True,
    ),
    "gap": Index("Gap statistic", "gap-statistic", "Are segments tighter than those of tables without groups?"),
    "bic": Index(
        "Bayesian information criterion", "bic",
        "Does the model describe the customers well for the number of its parameters?", proper=True,
    ),
}  # fmt: skip
"""In the order in which pages tell them."""
DRAWN: Mapping[Key, Index] = {key: index for key, index in INDICES.items() if index.read}
"""Those that the chart of candidates draws."""
