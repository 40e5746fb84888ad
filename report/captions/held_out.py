"""How accurate the model of repeat purchases is on purchases that it was not fitted to."""

from __future__ import annotations

from analysis.contract import HeldOut

ROUGH = 0.25
"""Error of the classes, as a share of the purchases, above which the model counts as rough."""


def is_rough(check: HeldOut) -> bool:
    """Whether the known error of the model is so large that its expectations are rough."""
    return check.class_error is not None and check.class_error > ROUGH
