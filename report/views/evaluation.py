"""What the axes of the evaluation plot are made of, in words; the weights are the configuration's."""

from __future__ import annotations

from collections.abc import Mapping

from report.captions.parts import PARTS
from report.views.story import Story
from report.views.words import listed


def weights_words(story: Story) -> str:
    """`Attractiveness is size (30%), value (30%) …; competitiveness is …`; empty without a plot."""
    if not any(segment.evaluation for segment in story.contract.segments):
        return ""
    settings = story.site.evaluation
    attractive = _weighted(story, settings.attractiveness.model_dump())
    competitive = _weighted(story, settings.competitiveness.model_dump())
    return (
        f"Attractiveness is made of {attractive}; competitiveness, how well we can serve a segment, of {competitive}. "
        "Each part runs from 0 to 1; a part that is not known of a segment is left out and its weight goes to the "
        "others. The weights are the team’s, set in the configuration."
    )


def _weighted(story: Story, weights: Mapping[str, float]) -> str:
    total = sum(weights.values())
    return listed(
        [
            f"{PARTS[part].lower()} ({story.formats.percent(weight / total)})"
            for part, weight in weights.items()
            if weight
        ]
    )
