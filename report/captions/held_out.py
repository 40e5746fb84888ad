"""How far the model of repeat purchases may be trusted, by purchases that it has not seen."""

from __future__ import annotations

from analysis.contract import HeldOut

ROUGH = 0.25
"""Part of the purchases by which classes may be missed; beyond it the model is said to foretell roughly only."""


def is_rough(check: HeldOut) -> bool:
    """Whether the model is known to have missed so many purchases that what it expects is rough."""
    return check.class_error is not None and check.class_error > ROUGH
