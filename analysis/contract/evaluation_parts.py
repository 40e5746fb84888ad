"""The parts of an evaluation of segments, as the analysis names them to the reader; the report names them the same."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.language import gettext_noop

PARTS: Mapping[str, str] = {
    "size": gettext_noop("size"),
    "value": gettext_noop("value"),
    "customer_value": gettext_noop("value per customer"),
    "responsiveness": gettext_noop("responsiveness"),
    "fit": gettext_noop("persona fit"),
    "actions": gettext_noop("available actions"),
    "recognition": gettext_noop("recognition by a rule"),
    "certainty": gettext_noop("stability"),
}
"""Part of attractiveness or competitiveness → its name inside a sentence, in English; `gettext` tells it."""
