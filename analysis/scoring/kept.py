"""Whether the division of the last build is kept, and if not, why segments are found anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pydantic import ValidationError

from analysis.clustering.choose import smallest_allowed
from analysis.clustering.kept import KeptDivision, drifted
from analysis.configuration import Site
from analysis.configuration.column import Column
from analysis.contract.changes import Refit
from analysis.history.remembered import Remembered
from analysis.preparation.cleaned import Cleaned
from analysis.preparation.design import Design
from analysis.preparation.features import LARGEST_FITTED, Features
from analysis.scoring.document import Model, Nearest
from analysis.scoring.model import placement


@dataclass(frozen=True, eq=False)
class Division:
    """Whether a division is kept, why, and the customers in its scale."""

    why: Refit
    found_in: int
    """The build in which the division was found."""
    kept: KeptDivision | None = None
    features: Features | None = None
    """In the scale of the division kept; None where segments are found anew."""

    @property
    def told(self) -> dict[str, object]:
        """The fields of `Edition` that say so."""
        return {"fitted": self.why, "fitted_in": self.found_in}


def division(ready: Cleaned, remembered: Remembered | None) -> Division:
    """What is done in this build: keep the last division, or find segments anew."""
    if remembered is None or remembered.last is None:
        return Division("first", remembered.number if remembered else 1)
    why = _unasked(ready.configuration.site, found := last_division(remembered))
    if why is not None or found is None:
        return Division(why or "missing", remembered.number)
    return _tested(found[1], ready, remembered.number)


def _unasked(site: Site, found: tuple[Model, KeptDivision] | None) -> Refit | None:
    """Why the division is not kept, whatever the customers are."""
    if site.model.refit == "always":
        return "always"
    if found is None:
        return "missing"
    return None if _same_question(found[0], site) else "asked"


def _tested(kept: KeptDivision, ready: Cleaned, number: int) -> Division:
    """The division kept while it fits the customers; `number` of the build at work."""
    site, table = ready.configuration.site, ready.features(LARGEST_FITTED, kept.design)
    published = site.privacy.min_cell if site.privacy.mode == "public" else 0
    why = drifted(kept, table, max(smallest_allowed(int(table.kept.sum())), published))
    if why == "emptied":
        return Division("emptied", number)
    if why is not None and site.model.refit == "when drifted":
        return Division("drifted", number)
    return Division("kept", kept.number, kept, table)


def last_division(remembered: Remembered) -> tuple[Model, KeptDivision] | None:
    """The last build’s model, and the division in it; None where it is not at hand, or not by the nearest centre."""
    if remembered.model is None or remembered.last is None or remembered.last.edition is None:
        return None
    try:
        model = Model.model_validate_json(remembered.model)
    except ValidationError:
        return None
    if not isinstance(model.rule, Nearest) or model.leaves_over:
        return None
    return model, KeptDivision(
        placement(model),
        Design(model.axes),
        tuple(segment.id for segment in model.segments),
        np.array([segment.usual_distance for segment in model.segments]),
        np.array([segment.farthest_usual for segment in model.segments]),
        remembered.last.edition.fitted_in,
    )


def _same_question(model: Model, site: Site) -> bool:
    """Whether the configuration asks for what the model was made for: algorithm, number, columns and their weights.

    The model knows the columns of its axes, and they are those asked for.
    """
    asked = {name: column.weight for name, column in site.columns.items() if column.clusters}
    made: dict[str, float] = {}
    for axis in model.axes:
        made[axis.feature] = made.get(axis.feature, 0.0) + axis.weight
    number = None if site.model.selection == "auto" else site.model.selection.k
    return (
        model.algorithm == site.model.shown
        and list(made) == list(asked)
        and all(abs(made[name] - weight) < 1e-9 for name, weight in asked.items())
        and number in {None, len(model.segments)}
        and all(_numbers(model.columns[name]) == _numbers(site.columns[name]) for name in asked)
    )


def _numbers(column: Column) -> tuple[object, ...]:
    """What decides how the cells of a column become coordinates."""
    return column.holds, column.scale, column.order
