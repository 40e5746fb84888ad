"""What the axes of the evaluation plot combine, in words; the weights are set in the configuration."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.contract.evaluation_parts import PARTS
from analysis.language import gettext
from report.views.story import Story
from report.views.words import weighted


def weights_words(story: Story) -> str:
    """`Attractiveness combines size (30%), value (30%) …`; empty without a plot."""
    if not any(segment.evaluation for segment in story.contract.segments):
        return ""
    settings = story.site.evaluation
    return gettext(
        "Attractiveness combines {attractiveness}. Competitiveness, how well we can serve a segment, combines "
        "{competitiveness}. Each part runs from 0 to 1. A part that is unknown for a segment is left out, and its "
        "weight goes to the others. The team sets the weights in the configuration.",
        attractiveness=_weighted(story, settings.attractiveness.model_dump()),
        competitiveness=_weighted(story, settings.competitiveness.model_dump()),
    )


def _weighted(story: Story, weights: Mapping[str, float]) -> str:
    parts = {gettext(PARTS[part]): weight for part, weight in weights.items() if weight}
    return weighted(parts, story.formats)
