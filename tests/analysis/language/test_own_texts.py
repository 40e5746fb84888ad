"""Personas and actions that ship are told in the language of the site; the team's own stay as they are."""

from __future__ import annotations

from analysis.configuration import Configuration
from analysis.language import speaking
from analysis.naming.persona import _in_the_language_of_the_site as persona_told
from analysis.recommendation.recommend import _in_the_language_of_the_site as action_told


def test_a_persona_that_ships_is_translated_whole(mall: Configuration) -> None:
    shipped = next(one for one in mall.personas.personas if one.name == "Premium Shoppers")
    with speaking("de"):
        told = persona_told(shipped)
        own = persona_told(shipped.model_copy(update={"story": "They come on Mondays."}))
    assert (told.name, told.levels) == ("Premium-Käufer", shipped.levels)
    assert told.story != shipped.story
    assert (own.name, own.story) == ("Premium Shoppers", "They come on Mondays.")


def test_an_action_that_ships_is_translated_whole(mall: Configuration) -> None:
    shipped = next(one for one in mall.playbook.actions if one.id == "early-access")
    with speaking("de"):
        told = action_told(shipped)
        own = action_told(shipped.model_copy(update={"because": "We tried it last year."}))
    assert (told.title, told.kpi.target) == ("Vorabzugang statt Rabatt", "15\u00a0% mehr als in der Kontrollgruppe")
    assert (told.when, told.requires) == (shipped.when, shipped.requires)
    assert own == shipped.model_copy(update={"because": "We tried it last year."})
