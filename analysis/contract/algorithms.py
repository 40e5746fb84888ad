"""The algorithms by name, and what is said of each wherever no engine may be loaded.

A new algorithm is a name and a description here, and a module of that name in `analysis.clustering.algorithms`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from analysis.language import gettext_noop

Algorithm = Literal["kmeans", "gaussian_mixture", "ward", "bisecting", "hdbscan"]
ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
"""In the order in which they are compared."""
DEFAULT = ALGORITHMS[0]
"""Whose segments a site shows unless it asks for another's; with `algorithm: compare`, too."""


@dataclass(frozen=True)
class Description:
    """One algorithm in words."""

    label: str
    """As people write it."""
    works: str
    """How it finds segments, in a sentence."""
    placed: str = gettext_noop("to the nearest segment")
    """The end of “assigned …”: where customers go who took no part in the fit."""
    finds_number: bool = False
    """Whether it finds the number of segments by itself and leaves customers unassigned; else it is told the number."""
    in_notebook: bool = False
    """Whether the notebook finds segments by it, and so the same as the site."""


DESCRIBED: Mapping[str, Description] = {
    "kmeans": Description(
        "K-Means",
        "It places that many centres, gives every customer to the nearest, moves each centre to the mean of its "
        "customers, and repeats until nothing changes; many starts are tried and the tightest result is kept.",
        in_notebook=True,
    ),
    "gaussian_mixture": Description(
        "Gaussian mixture",
        "It describes the customers as a mixture of that many clouds, each of its own place, size and direction, and "
        "gives everybody to the cloud they most likely belong to.",
        placed=gettext_noop("to the segment that is likeliest theirs"),
    ),
    "ward": Description(
        "Ward’s method",
        "It begins with every customer alone and joins, again and again, the two groups whose union loosens them "
        "least.",
    ),
    "bisecting": Description(
        "Bisecting K-Means",
        "It begins with all customers together and cuts the loosest group in two, again and again.",
    ),
    "hdbscan": Description(
        "HDBSCAN",
        "It looks for places where customers lie densely, with sparser ones between; whoever lies in none stays "
        "unassigned.",
        placed=gettext_noop("to the segment of the nearest customer who took part, or to none"),
        finds_number=True,
    ),
}


def described(name: str) -> Description:
    """The description of that algorithm; of one that only another version knows, its name alone."""
    return DESCRIBED.get(name) or Description(name, "")
