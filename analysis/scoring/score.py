"""New customers given the segments of a model, with how far they are from them and which one is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.cells.spellings import NO_CATEGORY, OTHER, plain
from analysis.clustering.algorithms.gaussian_assignment import Clouds
from analysis.clustering.placement import Placement
from analysis.language import gettext_noop
from analysis.language.notes import Names, Note, note
from analysis.preparation.design import Design
from analysis.preparation.partial import patterns
from analysis.scoring.document import Model
from analysis.scoring.model import placement
from analysis.scoring.reading import Arrived

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Texts = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class ScoredCustomers:
    """Every customer with a segment; the rows set aside; and what to tell of both."""

    rows: pd.DataFrame
    """Identifier (or `row`), `segment`, `slug`, `distance`, `second`, `second_distance`, `unlike`, `unseen`."""
    rejected: pd.DataFrame
    notes: tuple[Note, ...]


def score(arrived: Arrived, model: Model) -> ScoredCustomers:
    """Give each customer the segment that a training customer exactly like them has, or else the rule's.

    `distance` is that from the segment's centre in the design (standard deviations, each axis times the root of its
    weight), `second` the segment that would be theirs next and `second_distance` the distance from its centre. Who is
    in no segment has no distance, and `second` is the nearest. `unlike` is said of whoever stands farther from the
    centre than 99 % of the segment's own customers, or of those in no segment from the nearest centre, and of whoever
    is in a category that the training table does not have; `unseen` names the columns of such categories.
    """
    import pandas as pd  # noqa: PLC0415 (loaded by whoever read the table)

    customers = arrived.customers
    frame, unseen = _known_categories(customers.frame, model)
    rows = np.ascontiguousarray(Design(model.axes).place(frame, model.known.imputed))
    rule = placement(model)
    labels, distances = rule.assigned(rows), rule.distances(rows)
    proper = labels < rule.k
    at, own = np.arange(len(rows)), np.where(proper, labels, 0)
    second = _second(rule, rows, labels, distances)
    # Of somebody in no segment it counts how far the nearest is.
    away = np.where(proper, distances[at, own], distances[at, second])
    farthest = np.array([segment.farthest_usual for segment in model.segments])[labels]
    numbers = np.array([segment.id for segment in model.segments])
    slugs = np.array([segment.slug for segment in model.segments], dtype=object)
    identifier = arrived.site.identifier
    identity = customers.frame[identifier].to_numpy() if identifier else customers.row_numbers
    found = {
        identifier or "row": identity,
        "segment": numbers[labels],
        "slug": slugs[labels],
        "distance": np.where(proper, away, np.nan),
        "second": slugs[second] if rule.k > 1 else None,
        "second_distance": distances[at, second] if rule.k > 1 else np.nan,
        "unlike": np.where((away > farthest) | (unseen != ""), "yes", "no"),
        "unseen": unseen,
    }
    return ScoredCustomers(pd.DataFrame(found), arrived.rejected, _notes(arrived))


def _known_categories(frame: pd.DataFrame, model: Model) -> tuple[pd.DataFrame, Texts]:
    """The columns of categories in the spelling of the training table, and whose categories it does not have."""
    frame, unseen = frame.copy(), np.full(len(frame), "", dtype=object)
    for name, known in model.categories.items():
        spelled = {plain(category): category for category in known}
        values = frame[name].astype(object).where(frame[name].notna(), NO_CATEGORY).astype(str)
        gap = frame[name].isna() & (name in model.known.imputed)
        frame[name] = values.map({each: spelled.get(plain(each), each) for each in values.unique()}).mask(gap)
        # Where rare ones were counted together, nobody can tell which they were.
        new = (~frame[name].isin(known) & ~gap).to_numpy() & (OTHER not in known)
        unseen = np.where(new, np.where(unseen == "", name, unseen + ", " + name), unseen)
    return frame, unseen


def _second(rule: Placement, rows: Matrix, labels: Labels, distances: Matrix) -> Labels:
    """The segment that comes next: the likeliest other, or that of the nearest other centre."""
    far = _improbable(rule.rule, rows) if isinstance(rule.rule, Clouds) else distances.copy()
    proper = np.flatnonzero(labels < rule.k)
    far[proper, labels[proper]] = np.inf
    return np.asarray(far.argmin(axis=1), dtype=np.intp)


def _improbable(clouds: Clouds, rows: Matrix) -> Matrix:
    """How improbable each cloud is for a row by the coordinates that are known, (rows, k)."""
    found = np.empty((len(rows), len(clouds.weights)))
    for known, places in patterns(rows):
        found[places] = -clouds.along(known).likelihood(rows[np.ix_(places, known)])
    return found


def _notes(arrived: Arrived) -> tuple[Note, ...]:
    lacking = arrived.lacking
    if not lacking:
        return arrived.customers.notes
    told = gettext_noop("Not in this file, and not needed to assign segments: {columns}.")
    return (note(told, columns=Names(tuple(lacking))), *arrived.customers.notes)
