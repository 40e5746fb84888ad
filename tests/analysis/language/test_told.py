"""What the analysis tells of segments comes out of the catalogue: seen in a language whose letters all bear marks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest

from analysis.configuration import Configuration
from analysis.contract import Contract, Segment
from analysis.language import messages
from analysis.pipeline import analyse
from tests.pseudo import WORD, write_pseudo

OWN = re.compile(r"age|annual income|spending score|of 100|Female|Male", re.IGNORECASE)
"""Words of the table and its settings."""


@pytest.fixture(scope="module")
def told(mall: Configuration, tmp_path_factory: pytest.TempPathFactory) -> Contract:
    """The shipped table in that language; segments are named by persona, and where none is given, by their traits."""
    folder = tmp_path_factory.mktemp("catalogues")
    write_pseudo(folder)
    site = mall.site.model_copy(update={"site": mall.site.site.model_copy(update={"language": "eo"})})
    few = mall.personas.model_copy(update={"personas": mall.personas.personas[:3]})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(messages, "CATALOGUES", folder)
        messages._catalogue.cache_clear()
        return analyse(dataclasses.replace(mall, site=site, personas=few)).contract


def _of(segment: Segment) -> Iterator[str]:
    yield from (segment.name, segment.summary)
    yield from (trait.phrase for trait in segment.traits)
    yield from (one.reason for one in segment.criteria)
    if segment.rule:
        yield segment.rule.sentence
    if segment.evaluation:
        yield segment.evaluation.explanation
    if segment.budget:
        yield segment.budget.explanation
    if segment.persona:
        yield from (segment.persona.name, segment.persona.story)
        yield from (one.sentence for one in segment.persona.mismatches)
    for action in segment.recommendations:
        yield from (action.title, action.channel, action.message, action.offer, action.timing, action.owner or "")
        yield from (action.reason, action.kpi.measure, action.kpi.target)


def test_every_sentence_on_a_segment_is_translated(told: Contract):
    for segment in told.segments:
        for text in _of(segment):
            assert not WORD.search(OWN.sub(" ", text)), text


def test_the_choice_and_the_budget_are_translated(told: Contract):
    selection = told.selection
    refused = [one.refused for one in selection.candidates if one.refused]
    assert refused
    for text in (selection.reason, selection.auto_reason, *selection.rule, *refused, told.budget.explanation):
        assert not WORD.search(OWN.sub(" ", text)), text
