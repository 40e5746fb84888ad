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
    nearest_centre: bool = True
    """Whether customers are given to the segment of the nearest centre, so that a division can be kept."""
    in_notebook: bool = False
    """Whether the notebook finds segments by it, and so the same as the site."""


DESCRIBED: Mapping[str, Description] = {
    "kmeans": Description(
        gettext_noop("K-Means"),
        gettext_noop(
            "It places that many centres, assigns every customer to the nearest, moves each centre to the mean of its "
            "customers, and repeats this until nothing changes. It does so from many starts and keeps the tightest "
            "result."
        ),
        in_notebook=True,
    ),
    "gaussian_mixture": Description(
        gettext_noop("Gaussian mixture"),
        gettext_noop(
            "It describes the customers as a mixture of that many normal distributions, each with its own place, size "
            "and direction, and assigns every customer to the most likely one."
        ),
        placed=gettext_noop("to their most likely segment"),
        nearest_centre=False,
    ),
    "ward": Description(
        gettext_noop("Ward’s method"),
        gettext_noop(
            "It begins with every customer as a group of one and repeatedly joins the two groups whose union increases "
            "the spread within groups least."
        ),
    ),
    "bisecting": Description(
        gettext_noop("Bisecting K-Means"),
        gettext_noop(
            "It begins with all customers in one group and repeatedly divides the group with the largest spread in two."
        ),
    ),
    "hdbscan": Description(
        gettext_noop("HDBSCAN"),
        gettext_noop(
            "It looks for regions where customers are dense, with sparser regions between them. Customers in no dense "
            "region stay unassigned."
        ),
        placed=gettext_noop("to the segment of the nearest customer who took part, or to none"),
        finds_number=True,
        nearest_centre=False,
    ),
}
"""Messages in English; a site tells them by `gettext`."""


def described(name: str) -> Description:
    """The description of that algorithm; of one that only another version knows, its name alone."""
    return DESCRIBED.get(name) or Description(name, "")
