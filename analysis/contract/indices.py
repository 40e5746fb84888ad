"""The indices by which numbers of segments are compared, by their keys in the contract (`Selection.preferred`).

What each measures, and where it was published, stands where it is worked out: `analysis.clustering.trials` and
`analysis.clustering.battery`. How the best number is told from it: `analysis.results.selection`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.language import gettext, gettext_noop
from analysis.language.words import in_sentence

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
        """The name inside a sentence, in the language of the site."""
        told = gettext(self.name)
        return told if self.proper else in_sentence(told)


INDICES: Mapping[Key, Index] = {
    "silhouette": Index(
        gettext_noop("Silhouette"),
        "silhouette",
        gettext_noop("Are customers nearer to their own segment than to the next?"),
        read=gettext_noop("higher is better"),
        bounded=True,
    ),
    "calinski_harabasz": Index(
        gettext_noop("Calinski–Harabasz"),
        "calinski-harabasz",
        gettext_noop("Is the spread between segments large against the spread within?"),
        proper=True,
        read=gettext_noop("higher"),
        places=0,
    ),
    "davies_bouldin": Index(
        gettext_noop("Davies–Bouldin"),
        "davies-bouldin",
        gettext_noop("Does a segment overlap with the one most like it?"),
        proper=True,
        read=gettext_noop("lower is better"),
    ),
    "stability": Index(
        gettext_noop("Jaccard stability"),
        "jaccard-stability",
        gettext_noop("Is even the weakest segment stable?"),
        proper=True,
    ),
    "agreement": Index(
        gettext_noop("Agreement beyond chance"),
        "adjusted-rand-index",
        gettext_noop("Do resamples agree more than those of tables without groups?"),
    ),
    "prediction_strength": Index(
        gettext_noop("Prediction strength"),
        "prediction-strength",
        gettext_noop("Does one half of the customers predict the segments of the other?"),
        read=gettext_noop("higher"),
        bounded=True,
    ),
    "gap": Index(
        gettext_noop("Gap statistic"),
        "gap-statistic",
        gettext_noop("Are segments tighter than those of tables without groups?"),
    ),
    "bic": Index(
        gettext_noop("Bayesian information criterion"),
        "bic",
        gettext_noop("Does the model describe the customers well for the number of its parameters?"),
        proper=True,
    ),
}
"""In the order in which pages tell them."""
DRAWN: Mapping[Key, Index] = {key: index for key, index in INDICES.items() if index.read}
"""Those that the chart of candidates draws."""
