"""What an evaluation of segments is made of, as the plot's table and the page name it."""

from __future__ import annotations

PARTS = {
    "size": "Size",
    "value": "Value",
    "customer_value": "Value of one customer",
    "responsiveness": "Responsiveness",
    "fit": "Fit of the persona",
    "actions": "Actions at hand",
    "recognition": "Recognition by a rule",
    "certainty": "Certainty",
}
"""Part of attractiveness or competitiveness → its name."""
