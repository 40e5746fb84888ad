"""The parts of an evaluation of segments, as the table of the chart and the page name them."""

from __future__ import annotations

from analysis.language import gettext_noop

PARTS = {
    "size": gettext_noop("Size"),
    "value": gettext_noop("Value"),
    "customer_value": gettext_noop("Value per customer"),
    "responsiveness": gettext_noop("Responsiveness"),
    "fit": gettext_noop("Persona fit"),
    "actions": gettext_noop("Available actions"),
    "recognition": gettext_noop("Recognition by a rule"),
    "certainty": gettext_noop("Stability"),
}
"""Part of attractiveness or competitiveness → its name; use `gettext` to show it."""
